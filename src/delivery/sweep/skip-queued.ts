import type { EntityManager } from 'typeorm';
import { rows } from '../../infra/database';
import type { CampaignDelta } from '../../campaigns/deltas';
import { CampaignStatus } from '../../campaigns/campaign';
import { completeIfDone, writeStatus } from '../../campaigns/lifecycle';
import type { Change } from '../../campaigns/lifecycle';
import { campaignRepository } from '../../campaigns/campaign.repository';
import { handOverFixed } from '../materialise';
import { settle } from '../settle/settle';
import type { Settled } from '../settle/settle';
import { RecipientStatus, SkippedReason } from '../../campaigns/recipient-status';

/** Recipients skipped in one transaction, at most; the next sweep takes the next, so a million takes some minutes. */
const largestSet = 20_000;

/**
 * Skips the queued recipients of cancelled campaigns, including those who return to the queue from a claim that a worker
 * held when the campaign was cancelled.
 */
export async function skipCancelled(transaction: EntityManager): Promise<CampaignDelta[]> {
  const skipped = await skipQueued(transaction, `c.status = 'CANCELLED'`, SkippedReason.CANCELLED);
  return [...skipped.deltas, ...(await skipDrafts(transaction))];
}

/**
 * Skips the queued recipients of campaigns whose deadline has passed, and completes these campaigns, also paused ones. Who
 * is being sent to at the deadline may still return to the queue: then the next sweep skips them. What was asked to be sent
 * again, and is not queued yet, is dropped.
 */
export async function skipPastDeadline(transaction: EntityManager): Promise<CampaignDelta[]> {
  const isLate = `c.status IN ('ACTIVE', 'PAUSED') AND c.deadline_at IS NOT NULL AND c.deadline_at <= now()`;
  await rows(
    transaction,
    `/* dropLateRequeues */ DELETE FROM delivery_requeues q USING campaigns c WHERE q.campaign_id = c.id AND ${isLate}`,
  );
  const skipped = await skipQueued(transaction, isLate, SkippedReason.DEADLINE);
  return [...skipped.deltas, ...(await completeIfDone(transaction, skipped.drained))];
}

/** Cancels the campaigns that could not start at their scheduled time and that nobody started before their deadline. */
export async function cancelNeverStarted(transaction: EntityManager): Promise<CampaignDelta[]> {
  const late = await rows<{ id: string }>(
    transaction,
    `/* neverStarted */ SELECT id FROM campaigns
     WHERE status = 'PAUSED' AND deadline_at <= now() AND started_at IS NULL ORDER BY id FOR NO KEY UPDATE`,
  );
  const deltas: CampaignDelta[] = [];
  for (const { id } of late) {
    const campaign = await campaignRepository(transaction).lockById(id);
    if (!campaign?.deadlineAt) continue;
    await handOverFixed(transaction, campaign);
    deltas.push(await writeStatus(transaction, id, missedDeadline(campaign.deadlineAt)));
  }
  return deltas;
}

/** How a scheduled campaign ends whose deadline came before its start. */
export function missedDeadline(deadline: Date): Change {
  return {
    status: CampaignStatus.CANCELLED,
    statusReason: `The deadline (${deadline.toISOString()}) passed before the campaign could start`,
  };
}

/** @param condition SQL on the campaign c: in which campaigns nobody is sent to any more */
async function skipQueued(
  transaction: EntityManager,
  condition: string,
  skippedReason: SkippedReason,
): Promise<Settled> {
  const waiting = await rows<{ campaign_id: string; seq: number; claim_no: number }>(
    transaction,
    `/* skipQueued */ SELECT r.campaign_id, r.seq, r.claim_no FROM campaigns c
     JOIN campaign_feeds f ON f.campaign_id = c.id
     JOIN campaign_recipients r ON r.campaign_id = c.id AND r.status = 'QUEUED' AND (r.seq >= f.next_seq
       OR r.seq IN (SELECT u.seq FROM delivery_followups u WHERE u.campaign_id = c.id AND u.kind = 'RETRY'))
     WHERE ${condition} AND c.queued_count > 0 LIMIT ${largestSet}`,
  );
  return settle(
    transaction,
    waiting.map((one) => ({
      campaignId: one.campaign_id,
      seq: one.seq,
      claimNo: one.claim_no,
      from: RecipientStatus.QUEUED,
      to: RecipientStatus.SKIPPED,
      skippedReason,
    })),
  );
}

/** Campaigns that were cancelled before their recipients were stored: only the counters change. */
async function skipDrafts(transaction: EntityManager): Promise<CampaignDelta[]> {
  const changed = await rows<{
    id: string;
    business_id: string;
    version: number;
    updated_at: Date;
    skipped: number;
  }>(
    transaction,
    `/* skipDrafts */ UPDATE campaigns c SET skipped_count = c.skipped_count + c.queued_count, queued_count = 0,
       version = c.version + 1, updated_at = now()
     FROM (SELECT id, queued_count FROM campaigns
       WHERE status = 'CANCELLED' AND materialised_at IS NULL AND queued_count > 0 ORDER BY id FOR NO KEY UPDATE) old
     WHERE c.id = old.id RETURNING c.id, c.business_id, c.version, c.updated_at, old.queued_count AS skipped`,
  );
  return changed.map(({ id, business_id, version, updated_at, skipped }) => ({
    campaignId: id,
    businessId: business_id,
    version,
    at: updated_at.toISOString(),
    deltas: { queued: -skipped, skipped },
  }));
}
