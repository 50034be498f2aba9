import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import type { Counter } from '../campaigns/counters';
import type { CampaignDelta } from '../campaigns/deltas';

const columns = {
  clicked: { at: 'clicked_at', count: 'clicked_count', minute: 'clicked' },
  converted: { at: 'converted_at', count: 'converted_count', minute: 'converted' },
  optedOut: { at: 'opted_out_at', count: 'opted_out_count', minute: undefined },
} as const satisfies Partial<Record<Counter, unknown>>;

/**
 * Notes that a person clicked, converted or opted out, and counts it: once per person, however often it happens.
 * The mark and the counter are one statement. Returns what to publish, nothing when it was known already.
 */
export async function markOnce(
  sql: Sql,
  what: keyof typeof columns,
  campaignId: string,
  seq: number,
): Promise<CampaignDelta[]> {
  const { at, count, minute } = columns[what];
  const timeline = minute
    ? `, minute AS (
      INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, ${minute}) SELECT $1, date_trunc('minute', now()), 1 FROM marked
      ON CONFLICT (campaign_id, minute) DO UPDATE SET ${minute} = m.${minute} + 1)`
    : '';
  const changed = await rows<{ version: number; updated_at: Date }>(
    sql,
    `/* markOnce */ WITH marked AS (
      UPDATE campaign_recipients SET ${at} = now() WHERE campaign_id = $1 AND seq = $2 AND ${at} IS NULL RETURNING seq
    )${timeline}
    UPDATE campaigns SET ${count} = ${count} + 1, version = version + 1, updated_at = now()
    WHERE id = $1 AND EXISTS (SELECT FROM marked)
    RETURNING version, updated_at`,
    [campaignId, seq],
  );
  return changed.map((row) => ({
    campaignId,
    version: row.version,
    at: row.updated_at.toISOString(),
    deltas: { [what]: 1 },
  }));
}
