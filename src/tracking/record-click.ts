import type { CampaignDelta } from '../campaigns/deltas';
import { noteBlocks, reactionBit } from '../campaigns/recipients/blocks';
import { prepared, rows } from '../infra/database';
import type { Sql } from '../infra/database';
import type { RecipientPlace } from './mark';

/** An opening of a tracked link. */
export interface Click extends RecipientPlace {
  businessId: string;
  /** Place of the link in the message, from 0. */
  link: number;
  /** Opened by a program. */
  bot: boolean;
}

/**
 * Stores one opening of a link and counts it: every hit, and a person once for the campaign and once for each of its
 * links, however often they open it, at the same time or not. A recipient who was never claimed counts as no person.
 *
 * Locks as settle does: the recipient, then the campaign.
 *
 * @returns the id of the click, and what to publish after the commit
 */
export async function recordClick(
  sql: Sql,
  { businessId, campaignId, seq, link, bot }: Click,
): Promise<{ clickId: string; delta: CampaignDelta }> {
  const [row] = await rows<{ click_id: string; version: number; updated_at: Date; people: number }>(
    sql,
    recordStatement,
    [businessId, campaignId, seq, link, bot],
  );
  if (!row) throw new Error(`Campaign ${campaignId} is gone`);
  const people = row.people > 0 ? { clicked: row.people } : {};
  return {
    clickId: row.click_id,
    delta: {
      campaignId,
      businessId,
      version: row.version,
      at: row.updated_at.toISOString(),
      deltas: bot ? { botClicks: 1 } : { clicks: 1, ...people },
    },
  };
}

/**
 * click    the hit itself; a shop gets the id of a person's
 * marked   the recipient, if this person has not opened this link before; checked again after waiting for the lock
 * counted  1 or 0: a new person of the campaign (`people`), of the link (`on_link`)
 */
const recordStatement = prepared(`/* recordClick */ WITH click AS (
    INSERT INTO clicks (business_id, campaign_id, seq, link, bot) VALUES ($1::uuid, $2::uuid, $3::int, $4::int, $5::boolean) RETURNING id
  ), marked AS (
    UPDATE campaign_recipients r SET clicked_at = coalesce(r.clicked_at, now()), clicked_links = r.clicked_links | (1 << least($4::int, 30))
    WHERE r.campaign_id = $2 AND r.seq = $3 AND NOT $5 AND r.claim_no > 0 AND r.clicked_links & (1 << least($4::int, 30)) = 0
    RETURNING r.campaign_id, r.seq, old.clicked_at IS NULL AS is_first
  ), counted AS (
    SELECT count(*)::int AS on_link, count(*) FILTER (WHERE is_first)::int AS people FROM marked
  ), minute AS (
    INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, clicked)
    SELECT $2, date_trunc('minute', now()), people FROM counted WHERE people > 0
    ON CONFLICT (campaign_id, minute) DO UPDATE SET clicked = m.clicked + excluded.clicked
  ), link AS (
    INSERT INTO campaign_link_clicks AS l (campaign_id, link, people, clicks, bot_clicks)
    SELECT $2, $4, on_link, (NOT $5)::int, $5::int FROM counted
    ON CONFLICT (campaign_id, link) DO UPDATE SET people = l.people + excluded.people,
      clicks = l.clicks + excluded.clicks, bot_clicks = l.bot_clicks + excluded.bot_clicks
  ), ordered AS (
    SELECT id FROM campaigns WHERE id = $2 FOR NO KEY UPDATE
  ), noted AS (
    ${noteBlocks('marked WHERE is_first', String(reactionBit('clicked')))}
  )
  UPDATE campaigns c SET clicked_count = c.clicked_count + t.people, clicks = c.clicks + (NOT $5)::int,
    bot_clicks = c.bot_clicks + $5::int, version = c.version + 1, updated_at = now()
  FROM counted t, click k, ordered o WHERE c.id = o.id
  RETURNING k.id AS click_id, c.version, c.updated_at, t.people`);
