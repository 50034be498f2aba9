import type { CampaignDelta } from '../campaigns/deltas';
import { noteBlocks, reactionBit } from '../campaigns/recipients/blocks';
import { prepared, rows } from '../infra/database';
import type { Sql } from '../infra/database';
import type { RecipientPlace } from './mark';

/** An opening of a tracked link. */
export interface Click extends RecipientPlace {
  /** Chosen by the caller, a UUID; of a person's click the shop gets it. */
  id: string;
  businessId: string;
  /** Place of the link in the message, from 0. */
  link: number;
  /** Opened by a program. */
  bot: boolean;
}

/**
 * Stores openings of links and counts them: every hit, and a person once for the campaign and once for each of its
 * links, however often they open it, at the same time or not. A recipient who was never claimed counts as no person.
 * One statement, so that each campaign changes once, however many of its links are opened.
 *
 * Locks as settle does: recipients by (campaign_id, seq), then campaigns by id.
 *
 * @returns what to publish after the commit: one delta per campaign
 */
export async function recordClicks(sql: Sql, clicks: readonly Click[]): Promise<CampaignDelta[]> {
  const changed = await record(sql, clicks, false);
  const gone = clicks.find(({ campaignId }) => !changed.some((one) => one.campaignId === campaignId));
  if (gone) throw new Error(`Campaign ${gone.campaignId} is gone`);
  return changed;
}

/**
 * The same if the messages of all these people are known to have arrived, as most are when somebody opens a link. Else
 * it stores nothing.
 * @returns undefined when nothing was stored
 */
export async function recordDeliveredClicks(
  sql: Sql,
  clicks: readonly Click[],
): Promise<CampaignDelta[] | undefined> {
  const changed = await record(sql, clicks, true);
  return changed.length > 0 ? changed : undefined;
}

async function record(
  sql: Sql,
  clicks: readonly Click[],
  onlyIfDelivered: boolean,
): Promise<CampaignDelta[]> {
  const changed = await rows<{
    id: string;
    business_id: string;
    version: number;
    updated_at: Date;
    people: number;
    clicks: number;
    bot_clicks: number;
  }>(sql, recordStatement, [
    clicks.map(({ id }) => id),
    clicks.map(({ businessId }) => businessId),
    clicks.map(({ campaignId }) => campaignId),
    clicks.map(({ seq }) => seq),
    clicks.map(({ link }) => link),
    clicks.map(({ bot }) => bot),
    onlyIfDelivered,
  ]);
  return changed.map((row) => ({
    campaignId: row.id,
    businessId: row.business_id,
    version: row.version,
    at: row.updated_at.toISOString(),
    deltas: {
      ...(row.clicks > 0 ? { clicks: row.clicks } : {}),
      ...(row.bot_clicks > 0 ? { botClicks: row.bot_clicks } : {}),
      ...(row.people > 0 ? { clicked: row.people } : {}),
    },
  }));
}

/**
 * given    the hits; none of them if only delivered messages count and one is not
 * stored   the hits themselves
 * pending  recipients who have not opened one of these links before, locked in order
 * marked   those of them that are marked now; the condition is checked again after waiting for the lock
 * by_link  what that is for each link of each campaign, people counted only if they are new to the link
 * counted  the same for each campaign, people counted only if they are new to the campaign
 */
const recordStatement = prepared(`/* recordClicks */ WITH given AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::boolean[])
      AS g (id, business_id, campaign_id, seq, link, bot)
    WHERE NOT $7::boolean OR NOT EXISTS (
      SELECT FROM unnest($3::uuid[], $4::int[], $6::boolean[]) AS o (campaign_id, seq, bot) JOIN campaign_recipients r USING (campaign_id, seq)
      WHERE NOT o.bot AND r.claim_no > 0 AND r.status NOT IN ('DELIVERED', 'READ'))
  ), stored AS (
    INSERT INTO clicks (id, business_id, campaign_id, seq, link, bot) SELECT * FROM given
  ), place AS (
    SELECT campaign_id, seq, bit_or(1 << least(link, 30)) AS links FROM given WHERE NOT bot GROUP BY 1, 2
  ), pending AS (
    SELECT r.campaign_id, r.seq, p.links FROM campaign_recipients r JOIN place p USING (campaign_id, seq)
    WHERE r.claim_no > 0 AND r.clicked_links & p.links <> p.links
    ORDER BY r.campaign_id, r.seq FOR NO KEY UPDATE OF r
  ), marked AS (
    UPDATE campaign_recipients r SET clicked_at = coalesce(r.clicked_at, now()), clicked_links = r.clicked_links | p.links
    FROM pending p WHERE r.campaign_id = p.campaign_id AND r.seq = p.seq AND r.clicked_links & p.links <> p.links
    RETURNING r.campaign_id, r.seq, old.clicked_at IS NULL AS is_first, p.links & ~old.clicked_links AS new_links
  ), by_link AS (
    SELECT g.campaign_id, g.link, count(*) FILTER (WHERE NOT g.bot)::int AS clicks, count(*) FILTER (WHERE g.bot)::int AS bot_clicks,
      count(DISTINCT g.seq) FILTER (WHERE m.new_links & (1 << least(g.link, 30)) <> 0)::int AS people
    FROM given g LEFT JOIN marked m ON m.campaign_id = g.campaign_id AND m.seq = g.seq AND NOT g.bot GROUP BY 1, 2
  ), counted AS (
    SELECT b.campaign_id, sum(b.clicks)::int AS clicks, sum(b.bot_clicks)::int AS bot_clicks,
      (SELECT count(*)::int FROM marked m WHERE m.campaign_id = b.campaign_id AND m.is_first) AS people
    FROM by_link b GROUP BY 1
  ), minute AS (
    INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, clicked)
    SELECT campaign_id, date_trunc('minute', now()), people FROM counted WHERE people > 0 ORDER BY campaign_id
    ON CONFLICT (campaign_id, minute) DO UPDATE SET clicked = m.clicked + excluded.clicked
  ), link AS (
    INSERT INTO campaign_link_clicks AS l (campaign_id, link, people, clicks, bot_clicks)
    SELECT campaign_id, link, people, clicks, bot_clicks FROM by_link ORDER BY campaign_id, link
    ON CONFLICT (campaign_id, link) DO UPDATE SET people = l.people + excluded.people,
      clicks = l.clicks + excluded.clicks, bot_clicks = l.bot_clicks + excluded.bot_clicks
  ), ordered AS (
    SELECT c.id FROM campaigns c JOIN counted t ON t.campaign_id = c.id ORDER BY c.id FOR NO KEY UPDATE OF c
  ), noted AS (
    ${noteBlocks('marked WHERE is_first', String(reactionBit('clicked')))}
  )
  UPDATE campaigns c SET clicked_count = c.clicked_count + t.people, clicks = c.clicks + t.clicks,
    bot_clicks = c.bot_clicks + t.bot_clicks, version = c.version + 1, updated_at = now()
  FROM counted t JOIN ordered o ON o.id = t.campaign_id WHERE c.id = t.campaign_id
  RETURNING c.id, c.business_id, c.version, c.updated_at, t.people, t.clicks, t.bot_clicks`);
