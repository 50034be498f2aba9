import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import type { Counter } from '../campaigns/counters';
import type { CampaignDelta } from '../campaigns/deltas';

/** One recipient of one campaign. */
export interface RecipientPlace {
  campaignId: string;
  seq: number;
}

const columns = {
  converted: { at: 'converted_at', count: 'converted_count', minute: 'converted', needsMessage: true },
  optedOut: { at: 'opted_out_at', count: 'opted_out_count', minute: undefined, needsMessage: false },
} as const satisfies Partial<Record<Counter, unknown>>;

/** {@link markAllOnce} for one recipient. */
export function markOnce(
  sql: Sql,
  what: keyof typeof columns,
  campaignId: string,
  seq: number,
): Promise<CampaignDelta[]> {
  return markAllOnce(sql, what, [{ campaignId, seq }]);
}

/**
 * Notes that recipients converted or opted out, and counts them: once per recipient, however often it happens.
 * An order of a recipient who was never claimed is not counted. The marks and the counters are
 * one statement, so that a counter changes by exactly the recipients that were marked.
 *
 * Locks as settle does: recipients by (campaign_id, seq), then campaigns by id.
 *
 * @returns what to publish after the commit: one delta per campaign that changed
 */
export async function markAllOnce(
  sql: Sql,
  what: keyof typeof columns,
  places: readonly RecipientPlace[],
): Promise<CampaignDelta[]> {
  if (places.length === 0) return [];
  const changed = await rows<{
    id: string;
    business_id: string;
    version: number;
    updated_at: Date;
    people: number;
  }>(sql, markStatement(what), [places.map((place) => place.campaignId), places.map((place) => place.seq)]);
  return changed.map((row) => ({
    campaignId: row.id,
    businessId: row.business_id,
    version: row.version,
    at: row.updated_at.toISOString(),
    deltas: { [what]: row.people },
  }));
}

/**
 * pending  the recipients not marked yet, locked in order
 * marked   those of them that are marked now; the condition is checked again after waiting for a lock
 * total    how many that are per campaign
 */
function markStatement(what: keyof typeof columns): string {
  const { at, count, minute, needsMessage } = columns[what];
  const timeline = minute
    ? `, minute AS (
      INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, ${minute})
      SELECT campaign_id, date_trunc('minute', now()), people FROM total ORDER BY campaign_id
      ON CONFLICT (campaign_id, minute) DO UPDATE SET ${minute} = m.${minute} + excluded.${minute})`
    : '';
  return `/* markAllOnce */ WITH pending AS (
      SELECT r.campaign_id, r.seq FROM campaign_recipients r
      WHERE (r.campaign_id, r.seq) IN (SELECT * FROM unnest($1::uuid[], $2::int[]))
        AND r.${at} IS NULL ${needsMessage ? 'AND r.claim_no > 0' : ''}
      ORDER BY r.campaign_id, r.seq FOR NO KEY UPDATE OF r
    ), marked AS (
      UPDATE campaign_recipients r SET ${at} = now() FROM pending p
      WHERE r.campaign_id = p.campaign_id AND r.seq = p.seq AND r.${at} IS NULL RETURNING r.campaign_id
    ), total AS (
      SELECT campaign_id, count(*)::int AS people FROM marked GROUP BY campaign_id
    )${timeline}, ordered AS (
      SELECT c.id FROM campaigns c JOIN total t ON t.campaign_id = c.id ORDER BY c.id FOR NO KEY UPDATE OF c
    )
    UPDATE campaigns c SET ${count} = c.${count} + t.people, version = c.version + 1, updated_at = now()
    FROM total t JOIN ordered o ON o.id = t.campaign_id WHERE c.id = t.campaign_id
    RETURNING c.id, c.business_id, c.version, c.updated_at, t.people`;
}
