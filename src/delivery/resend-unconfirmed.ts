import type { EntityManager } from 'typeorm';
import { rows } from '../infra/database';
import type { StatsDelta } from '../stats/delta';
import { settle } from './settle';
import { RecipientStatus } from './status';

/** People put back in one transaction. */
const largestSet = 10_000;

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

/** Puts the next of the silent back into the queue. Returns how many, 0 when there are no more. */
export async function requeueUnconfirmed(
  transaction: EntityManager,
  campaignId: string,
): Promise<{ requeued: number; deltas: StatsDelta[] }> {
  const people = await rows<{ seq: number; claim_no: number }>(
    transaction,
    `/* requeueUnconfirmed */ SELECT r.seq, r.claim_no FROM campaign_recipients r WHERE ${silent}
     ORDER BY r.seq LIMIT ${largestSet}`,
    [campaignId],
  );
  const deltas = await settle(
    transaction,
    people.map((one) => ({
      campaignId,
      seq: one.seq,
      claimNo: one.claim_no,
      from: RecipientStatus.UNCONFIRMED,
      to: RecipientStatus.QUEUED,
      dueAt: new Date(),
    })),
  );
  return { requeued: people.length, deltas };
}
