import type { EntityManager } from 'typeorm';
import { rows } from '../infra/database';
import type { StatsDelta } from '../stats/delta';
import { codesOf } from '../whatsapp/error-catalogue';
import { settle } from './settle';
import { RecipientStatus } from './status';

/**
 * Puts failed people back into the queue when another try makes sense: passing trouble whose tries were used up, and
 * 131049 (enough marketing for now) after 24 hours. Their tries start anew.
 */
export async function requeueFailed(
  transaction: EntityManager,
  campaignId: string,
): Promise<{ requeued: number; leftOut: number; deltas: StatsDelta[] }> {
  const failed = await rows<{ seq: number; claim_no: number; attempts: number; worth: boolean }>(
    transaction,
    `/* requeueFailed */ SELECT seq, claim_no, attempts,
       coalesce(error_code = ANY ($2::int[]) OR (error_code = ANY ($3::int[]) AND failed_at < now() - interval '24 hours'), false) AS worth
     FROM campaign_recipients WHERE campaign_id = $1 AND status = 'FAILED'`,
    [campaignId, codesOf('retry'), codesOf('later')],
  );
  const worth = failed.filter((one) => one.worth);
  const deltas = await settle(
    transaction,
    worth.map(({ seq, claim_no, attempts }) => ({
      campaignId,
      seq,
      claimNo: claim_no,
      attempts: -attempts,
      to: RecipientStatus.QUEUED,
      dueAt: new Date(),
    })),
  );
  return { requeued: worth.length, leftOut: failed.length - worth.length, deltas };
}
