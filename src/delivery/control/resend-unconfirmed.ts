import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';
import type { SelectRecipients } from './retry-failed';
import { RecipientStatus } from '../../campaigns/recipient-status';

/** People put back in one transaction. */
const largestSet = 2000;

/** Their silence is over: no follow-up waits for them any more. */
const silent = `r.campaign_id = $1 AND r.status = 'UNCONFIRMED' AND NOT EXISTS (
  SELECT FROM delivery_followups f WHERE f.campaign_id = $1 AND f.seq = r.seq AND f.kind = 'UNCONFIRMED')`;

/** Unconfirmed people whose silence is over, and those a status may still settle. */
export async function countUnconfirmed(
  sql: EntityManager,
  campaignId: string,
): Promise<{ silent: number; waiting: number }> {
  const [found] = await rows<{ silent: number; waiting: number }>(
    sql,
    `/* countUnconfirmed */ SELECT count(*) FILTER (WHERE ${silent})::int AS silent,
       count(*) FILTER (WHERE NOT (${silent}))::int AS waiting
     FROM campaign_recipients r WHERE r.campaign_id = $1 AND r.status = 'UNCONFIRMED'`,
    [campaignId],
  );
  return found ?? { silent: 0, waiting: 0 };
}

/** The next of the silent after a place, as {@link SelectRecipients} wants it. */
export const pickUnconfirmed: SelectRecipients = async (transaction, campaignId, afterSeq) => {
  const people = await rows<{ seq: number; claim_no: number }>(
    transaction,
    `/* pickUnconfirmed */ SELECT r.seq, r.claim_no FROM campaign_recipients r WHERE ${silent} AND r.seq > $2
     ORDER BY r.seq LIMIT ${largestSet} FOR NO KEY UPDATE OF r`,
    [campaignId, afterSeq],
  );
  return people.map((one) => ({
    campaignId,
    seq: one.seq,
    claimNo: one.claim_no,
    from: RecipientStatus.UNCONFIRMED,
    to: RecipientStatus.QUEUED,
    dueInMs: 0,
  }));
};
