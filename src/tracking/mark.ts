import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import type { Amounts } from '../campaigns/counters';
import type { CampaignDelta } from '../campaigns/deltas';
import { noteBlocks, reactionBit } from '../campaigns/recipients/blocks';

/** One recipient of one campaign. */
export interface RecipientPlace {
  campaignId: string;
  seq: number;
}

/**
 * Notes that a recipient opted out because of a message, and counts it: once, however often it happens. Locks as settle
 * does: the recipient, then the campaign.
 * @returns what to publish after the commit
 */
export async function markOptedOut(sql: Sql, { campaignId, seq }: RecipientPlace): Promise<CampaignDelta[]> {
  const changed = await rows<{ business_id: string; version: number; updated_at: Date }>(
    sql,
    `/* markOptedOut */ WITH marked AS (
       UPDATE campaign_recipients SET opted_out_at = now()
       WHERE campaign_id = $1 AND seq = $2 AND opted_out_at IS NULL RETURNING campaign_id
     )
     UPDATE campaigns c SET opted_out_count = c.opted_out_count + 1, version = c.version + 1, updated_at = now()
     FROM marked m WHERE c.id = m.campaign_id RETURNING c.business_id, c.version, c.updated_at`,
    [campaignId, seq],
  );
  return changed.map((row) => ({
    campaignId,
    businessId: row.business_id,
    version: row.version,
    at: row.updated_at.toISOString(),
    deltas: { optedOut: 1 },
  }));
}

/** Orders and refunds that were stored. */
export interface Earnings {
  /** Recipients whose orders they are. */
  converted: readonly RecipientPlace[];
  /** Held-out people whose orders they are. */
  heldOut: readonly RecipientPlace[];
  /** By how much the revenue of campaigns changes; negative for refunds. */
  revenue: readonly { campaignId: string; currency: string; amount: string }[];
}

/**
 * Counts the people who ordered, those sent to and those held out, once each, however often they order, and adds up what
 * the orders brought. An order of a recipient who was never claimed converts nobody. One statement, so that counters change
 * by exactly the recipients that were marked, and each campaign once.
 *
 * Locks as settle does: recipients by (campaign_id, seq), then campaigns by id.
 *
 * @returns what to publish after the commit: one delta per campaign that changed
 */
export async function markConverted(
  sql: Sql,
  { converted, heldOut, revenue }: Earnings,
): Promise<CampaignDelta[]> {
  const places = [...converted, ...heldOut];
  if (places.length + revenue.length === 0) return [];
  const changed = await rows<{
    id: string;
    business_id: string;
    version: number;
    updated_at: Date;
    people: number;
    revenue: Amounts | null;
  }>(sql, convertedStatement, [
    places.map(({ campaignId }) => campaignId),
    places.map(({ seq }) => seq),
    places.map((_, i) => i >= converted.length),
    revenue.map(({ campaignId }) => campaignId),
    revenue.map(({ currency }) => currency),
    revenue.map(({ amount }) => amount),
  ]);
  return changed.map((row) => ({
    campaignId: row.id,
    businessId: row.business_id,
    version: row.version,
    at: row.updated_at.toISOString(),
    deltas: row.people > 0 ? { converted: row.people } : {},
    ...(row.revenue ? { amounts: { revenue: row.revenue } } : {}),
  }));
}

/** Whether a recipient is not marked yet. */
const unmarked = (held: string) =>
  `CASE WHEN ${held} THEN r.holdout_converted_at IS NULL ELSE r.converted_at IS NULL AND r.claim_no > 0 END`;

/**
 * pending  the recipients not marked yet, locked in order
 * marked   those of them that are marked now; the condition is checked again after waiting for a lock
 * people   how many that are per campaign, of those sent to and of those held out
 * earned   the revenue per campaign
 */
const convertedStatement = `/* markConverted */ WITH place AS (
    SELECT DISTINCT * FROM unnest($1::uuid[], $2::int[], $3::boolean[]) AS p (campaign_id, seq, held)
  ), pending AS (
    SELECT r.campaign_id, r.seq, p.held FROM campaign_recipients r JOIN place p USING (campaign_id, seq)
    WHERE ${unmarked('p.held')} ORDER BY r.campaign_id, r.seq FOR NO KEY UPDATE OF r
  ), marked AS (
    UPDATE campaign_recipients r SET converted_at = CASE WHEN p.held THEN r.converted_at ELSE now() END,
      holdout_converted_at = CASE WHEN p.held THEN now() ELSE r.holdout_converted_at END
    FROM pending p WHERE r.campaign_id = p.campaign_id AND r.seq = p.seq AND ${unmarked('p.held')}
    RETURNING r.campaign_id, r.seq, p.held
  ), people AS (
    SELECT campaign_id, count(*) FILTER (WHERE NOT held)::int AS people, count(*) FILTER (WHERE held)::int AS held_out
    FROM marked GROUP BY campaign_id
  ), earned AS (
    SELECT campaign_id, jsonb_object_agg(currency, amount::text) AS revenue FROM (
      SELECT campaign_id, currency, sum(amount) AS amount
      FROM unnest($4::uuid[], $5::text[], $6::numeric[]) AS o (campaign_id, currency, amount) GROUP BY 1, 2) AS sums
    GROUP BY campaign_id
  ), total AS (
    SELECT campaign_id, coalesce(people, 0) AS people, coalesce(held_out, 0) AS held_out, revenue
    FROM people FULL JOIN earned USING (campaign_id)
  ), minute AS (
    INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, converted)
    SELECT campaign_id, date_trunc('minute', now()), people FROM total WHERE people > 0 ORDER BY campaign_id
    ON CONFLICT (campaign_id, minute) DO UPDATE SET converted = m.converted + excluded.converted
  ), ordered AS (
    SELECT c.id FROM campaigns c JOIN total t ON t.campaign_id = c.id ORDER BY c.id FOR NO KEY UPDATE OF c
  ), noted AS (
    ${noteBlocks('marked WHERE NOT held', String(reactionBit('converted')))}
  )
  UPDATE campaigns c SET converted_count = c.converted_count + t.people,
    holdout_converted = c.holdout_converted + t.held_out,
    revenue = CASE WHEN t.revenue IS NULL THEN c.revenue ELSE add_amounts(c.revenue, t.revenue) END,
    version = c.version + 1, updated_at = now()
  FROM total t JOIN ordered o ON o.id = t.campaign_id WHERE c.id = t.campaign_id
  RETURNING c.id, c.business_id, c.version, c.updated_at, t.people, CASE WHEN t.revenue IS NOT NULL THEN c.revenue END AS revenue`;
