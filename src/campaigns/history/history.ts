import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { HistoryAction } from './actions';

/** One line of a campaign's history. */
export interface HistoryEntry {
  at: Date;
  action: HistoryAction;
  /** Null: the system. */
  actor: string | null;
  /** In words; of a person in their own. */
  reason: string | null;
}

/** Writes a line of history that comes with no change of the status; those with one come from `writeStatus`. */
export async function writeHistory(
  sql: Sql,
  campaignId: string,
  { action, actor, reason }: Omit<HistoryEntry, 'at'>,
): Promise<void> {
  await rows(
    sql,
    `/* writeHistory */ INSERT INTO campaign_history (campaign_id, action, actor, reason) VALUES ($1, $2, $3, $4)`,
    [campaignId, action, actor, reason],
  );
}

/** The history of a campaign, oldest first; the latest 200 lines. */
export async function readHistory(sql: Sql, campaignId: string): Promise<HistoryEntry[]> {
  const found = await rows<HistoryEntry>(
    sql,
    `/* campaignHistory */ SELECT at, action, actor, reason FROM campaign_history WHERE campaign_id = $1
     ORDER BY id DESC LIMIT 200`,
    [campaignId],
  );
  return found.reverse();
}
