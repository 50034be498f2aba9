import type { DataSource, EntityManager } from 'typeorm';
import { CampaignStatus } from '../../campaigns/campaign';
import { campaignRepository } from '../../campaigns/campaign.repository';
import type { CampaignDelta, PublishDeltas } from '../../campaigns/deltas';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { databaseNow, rows, transact } from '../../infra/database';
import { failpoint } from '../../infra/failpoint';
import type { DeliveryQueue, JobResult } from '../queue';
import { settle } from '../settle/settle';
import { requeueRules } from './requeue-rules';
import type { RequeueKind } from './requeue-rules';

/** Recipients put back in one transaction, at most: all at once would lock the campaign's row for too long. */
const largestSet = 2000;

/** How many recipients of a kind a request puts back, and how many of the same status it leaves. */
export interface RequeueCount {
  wanted: number;
  leftOut: number;
}

/** Counts, in one statement, without locks. */
export async function countRequeue(
  transaction: EntityManager,
  campaignId: string,
  kind: RequeueKind,
): Promise<RequeueCount> {
  const { from, condition } = requeueRules[kind];
  const parameters: unknown[] = [campaignId, from];
  const wanted = condition(
    () => 'now()',
    (value) => `$${parameters.push(value)}`,
  );
  const [found] = await rows<RequeueCount>(
    transaction,
    `/* countRequeue */ SELECT count(*) FILTER (WHERE ${wanted})::int AS wanted,
       count(*) FILTER (WHERE NOT ${wanted})::int AS "leftOut"
     FROM campaign_recipients r WHERE r.campaign_id = $1 AND r.status = $2`,
    parameters,
  );
  return found ?? { wanted: 0, leftOut: 0 };
}

/**
 * Records a request, as of the start of its transaction. A request that is still open is replaced by the new one, which
 * starts from the first recipient again: those already put back are no longer FAILED or UNCONFIRMED.
 */
export async function recordRequeue(
  transaction: EntityManager,
  campaignId: string,
  kind: RequeueKind,
  requestedBy: string,
): Promise<void> {
  await rows(
    transaction,
    `/* recordRequeue */ INSERT INTO delivery_requeues (campaign_id, kind, requested_at, requested_by)
     VALUES ($1, $2, now(), $3)
     ON CONFLICT (campaign_id, kind) DO UPDATE
     SET requested_at = excluded.requested_at, requested_by = excluded.requested_by, next_seq = 1`,
    [campaignId, kind, requestedBy],
  );
}

interface OpenRequeue {
  kind: RequeueKind;
  /** As text: a Date would lose the microseconds. */
  requested_at: string;
  next_seq: number;
}

/** The job behind retryFailed and resendUnconfirmed: puts recipients back into the queue, a set at a time. */
export class Requeuer {
  constructor(
    private readonly database: DataSource,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
  ) {}

  /**
   * Puts back the next set of an open request. While the campaign is paused nothing is put back; of a cancelled or
   * failed campaign the request is dropped.
   */
  async requeueSet(campaignId: string): Promise<JobResult> {
    const { moved, deltas, more } = await transact(this.database, (transaction) =>
      moveSet(transaction, campaignId),
    );
    if (moved > 0) failpoint('after_requeue');
    await this.publish(deltas);
    if (moved > 0) await this.queue.send(campaignId);
    return more ? { kind: 'later', ms: 0 } : { kind: 'done' };
  }
}

/** Locks the request, then in the usual order its recipients and their campaign, so that two workers cannot deadlock. */
async function moveSet(
  transaction: EntityManager,
  campaignId: string,
): Promise<{ moved: number; deltas: CampaignDelta[]; more: boolean }> {
  const nothing = { moved: 0, deltas: [], more: false };
  const [open] = await rows<OpenRequeue>(
    transaction,
    // skipped if another worker has it: that worker continues it
    `/* openRequeue */ SELECT kind, requested_at::text, next_seq FROM delivery_requeues
     WHERE campaign_id = $1 ORDER BY kind LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [campaignId],
  );
  if (!open) return nothing;
  const recipients = await nextRecipients(transaction, campaignId, open);
  const campaign = await campaignRepository(transaction).lockById(campaignId);
  if (campaign?.status === CampaignStatus.PAUSED) return nothing;
  const isOver = campaign?.deadlineAt && campaign.deadlineAt <= (await databaseNow(transaction));
  if (
    isOver ||
    (campaign?.status !== CampaignStatus.ACTIVE && campaign?.status !== CampaignStatus.COMPLETED)
  ) {
    await closeRequeue(transaction, campaignId, open.kind);
    return { ...nothing, more: true };
  }
  const { from } = requeueRules[open.kind];
  const { deltas } = await settle(
    transaction,
    recipients.map(({ seq, claim_no: claimNo, attempts }) => ({
      campaignId,
      seq,
      claimNo,
      from,
      to: RecipientStatus.QUEUED,
      // a failed message gets all its attempts again
      ...(from === RecipientStatus.FAILED ? { attempts: -attempts } : {}),
      dueInMs: 0,
    })),
  );
  if (recipients.length < largestSet) await closeRequeue(transaction, campaignId, open.kind);
  else await advanceRequeue(transaction, campaignId, open.kind, recipients);
  // the last set of one kind may be followed by a request of the other
  return { moved: recipients.length, deltas, more: true };
}

interface Requeued {
  seq: number;
  claim_no: number;
  attempts: number;
}

/** The next recipients of a request in order of `seq`, locked. */
function nextRecipients(
  transaction: EntityManager,
  campaignId: string,
  open: OpenRequeue,
): Promise<Requeued[]> {
  const { from, condition } = requeueRules[open.kind];
  const parameters: unknown[] = [campaignId, from, open.next_seq];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const wanted = condition(() => `${bind(open.requested_at)}::timestamptz`, bind);
  return rows<Requeued>(
    transaction,
    `/* nextRecipients */ SELECT r.seq, r.claim_no, r.attempts FROM campaign_recipients r
     WHERE r.campaign_id = $1 AND r.status = $2 AND r.seq >= $3 AND ${wanted}
     ORDER BY r.seq LIMIT ${largestSet} FOR NO KEY UPDATE OF r`,
    parameters,
  );
}

async function advanceRequeue(
  transaction: EntityManager,
  campaignId: string,
  kind: RequeueKind,
  recipients: readonly Requeued[],
): Promise<void> {
  await rows(
    transaction,
    `/* advanceRequeue */ UPDATE delivery_requeues SET next_seq = $3, requeued = requeued + $4
     WHERE campaign_id = $1 AND kind = $2`,
    [campaignId, kind, (recipients.at(-1)?.seq ?? 0) + 1, recipients.length],
  );
}

async function closeRequeue(
  transaction: EntityManager,
  campaignId: string,
  kind: RequeueKind,
): Promise<void> {
  await rows(
    transaction,
    `/* closeRequeue */ DELETE FROM delivery_requeues WHERE campaign_id = $1 AND kind = $2`,
    [campaignId, kind],
  );
}
