import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';
import { codesOf, knownCodes } from '../../whatsapp/error-catalogue';
import type { Move } from '../settle/settle';
import { RecipientStatus } from '../../campaigns/recipient-status';

/** People put back in one transaction. */
const largestSet = 2000;

/**
 * Errors worth another try, as a condition on recipients: passing trouble and limits whose tries were used up or came
 * after the end, troubles of the number or the account that may be mended by now, unknown errors,
 * and 131049 (enough marketing for now) after 24 hours.
 */
const worth = `coalesce(error_code = ANY ($2::int[]) OR (error_code = ANY ($3::int[]) AND failed_at < now() - interval '24 hours')
  OR error_code <> ALL ($4::int[]), false)`;

function conditions(): unknown[] {
  const again = (['retry', 'throttle', 'pair', 'sender'] as const).flatMap(codesOf);
  return [again, codesOf('later'), knownCodes()];
}

/** How many failed people are worth another try, and how many are not. */
export async function countFailed(
  sql: EntityManager,
  campaignId: string,
): Promise<{ worthIt: number; leftOut: number }> {
  const [found] = await rows<{ worth_it: number; left_out: number }>(
    sql,
    `/* countFailed */ SELECT count(*) FILTER (WHERE ${worth})::int AS worth_it, count(*) FILTER (WHERE NOT ${worth})::int AS left_out
     FROM campaign_recipients WHERE campaign_id = $1 AND status = 'FAILED'`,
    [campaignId, ...conditions()],
  );
  return { worthIt: found?.worth_it ?? 0, leftOut: found?.left_out ?? 0 };
}

/**
 * The next people to put back after a place, locked, as the moves that do it; none when there are no more. Their tries
 * start anew.
 */
export type SelectRecipients = (
  transaction: EntityManager,
  campaignId: string,
  afterSeq: number,
) => Promise<Move[]>;

export const pickFailed: SelectRecipients = async (transaction, campaignId, afterSeq) => {
  const failed = await rows<{ seq: number; claim_no: number; attempts: number }>(
    transaction,
    `/* pickFailed */ SELECT seq, claim_no, attempts FROM campaign_recipients
     WHERE campaign_id = $1 AND status = 'FAILED' AND ${worth} AND seq > $5 ORDER BY seq LIMIT ${largestSet}
     FOR NO KEY UPDATE`,
    [campaignId, ...conditions(), afterSeq],
  );
  return failed.map((one) => ({
    campaignId,
    seq: one.seq,
    claimNo: one.claim_no,
    attempts: -one.attempts,
    from: RecipientStatus.FAILED,
    to: RecipientStatus.QUEUED,
    dueInMs: 0,
  }));
};
