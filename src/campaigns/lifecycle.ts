import type { EntityManager } from 'typeorm';
import { rows } from '../infra/database';
import { CampaignStatus } from './campaign';
import type { CanaryState } from './campaign';
import type { CampaignDelta } from './deltas';

/** What people and the engine do to a campaign. */
export type CampaignAction = 'send' | 'pause' | 'resume' | 'cancel' | 'complete' | 'retry';

const { DRAFT, SCHEDULED, ACTIVE, PAUSED, COMPLETED, CANCELLED } = CampaignStatus;

/** Where each action leads, by where the campaign is. What is not here is refused. Pure. */
const transitions: Record<CampaignAction, Partial<Record<CampaignStatus, CampaignStatus>>> = {
  send: { [DRAFT]: ACTIVE, [SCHEDULED]: ACTIVE },
  pause: { [ACTIVE]: PAUSED },
  resume: { [PAUSED]: ACTIVE },
  cancel: { [DRAFT]: CANCELLED, [SCHEDULED]: CANCELLED, [ACTIVE]: CANCELLED, [PAUSED]: CANCELLED },
  complete: { [ACTIVE]: COMPLETED },
  retry: { [COMPLETED]: ACTIVE, [ACTIVE]: ACTIVE },
};

/** The status that an action leads to; undefined when the campaign is not in a state for it. */
export function after(action: CampaignAction, status: CampaignStatus): CampaignStatus | undefined {
  return transitions[action][status];
}

/** A campaign's row as far as its life goes, locked by the caller's transaction. */
export interface LockedCampaign {
  id: string;
  business_id: string;
  status: CampaignStatus;
  total_recipients: number;
  queued_count: number;
  sent_count: number;
  unconfirmed_count: number;
  materialised_at: Date | null;
  resumed_at: Date | null;
  canary_state: CanaryState | null;
}

/** Locks a campaign until the transaction ends: whoever changes its status takes turns here. */
export async function lockCampaign(
  transaction: EntityManager,
  id: string,
): Promise<LockedCampaign | undefined> {
  const [campaign] = await rows<LockedCampaign>(
    transaction,
    `/* lockCampaign */ SELECT id, business_id, status, total_recipients, queued_count, sent_count, unconfirmed_count, materialised_at, resumed_at, canary_state
     FROM campaigns WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return campaign;
}

/** What may change together with the status. */
export interface Change {
  status: CampaignStatus;
  statusReason: string | null;
  /** New totals; everybody of them is queued. */
  audience?: { total: number; excluded: number };
}

/**
 * Writes a status. `started_at` is set by the first ACTIVE, `completed_at` by every end of one that had begun, and taken
 * back by ACTIVE.
 * @returns the delta to publish after the commit
 */
export async function writeStatus(
  transaction: EntityManager,
  id: string,
  change: Change,
): Promise<CampaignDelta> {
  const [row] = await rows<{
    version: number;
    updated_at: Date;
    started_at: Date | null;
    completed_at: Date | null;
    total_recipients: number;
    excluded_count: number;
    queued_by: number;
  }>(
    transaction,
    `/* writeStatus */ UPDATE campaigns c SET
       status = $2, status_reason = $3,
       resumed_at = CASE WHEN $2 = 'ACTIVE' THEN clock_timestamp() ELSE c.resumed_at END,
       started_at = CASE WHEN $2 = 'ACTIVE' THEN coalesce(c.started_at, now()) ELSE c.started_at END,
       completed_at = CASE WHEN $2 IN ('COMPLETED', 'CANCELLED', 'FAILED') AND c.started_at IS NOT NULL THEN now()
         WHEN $2 = 'ACTIVE' THEN NULL ELSE c.completed_at END,
       queued_count = c.queued_count + coalesce($4::int - c.total_recipients, 0),
       total_recipients = coalesce($4::int, c.total_recipients),
       excluded_count = coalesce($5::int, c.excluded_count),
       version = c.version + 1, updated_at = now()
     FROM campaigns old WHERE old.id = c.id AND c.id = $1
     RETURNING c.version, c.updated_at, c.started_at, c.completed_at, c.total_recipients, c.excluded_count,
       c.queued_count - old.queued_count AS queued_by`,
    [
      id,
      change.status,
      change.statusReason,
      change.audience?.total ?? null,
      change.audience?.excluded ?? null,
    ],
  );
  if (!row) throw new Error(`Campaign ${id} is gone`);
  return {
    campaignId: id,
    version: row.version,
    at: row.updated_at.toISOString(),
    deltas: row.queued_by === 0 ? {} : { queued: row.queued_by },
    set: {
      status: change.status,
      startedAt: row.started_at?.toISOString() ?? null,
      completedAt: row.completed_at?.toISOString() ?? null,
      totalRecipients: row.total_recipients,
      excludedCount: row.excluded_count,
    },
  };
}

/**
 * Pauses an active campaign for a reason in words; nothing when it is not active, or was resumed after the message
 * that gives the reason was prepared: who resumes has dealt with the reason. Returns what to publish.
 * @param since when the message was prepared, by the database's clock
 */
export async function pauseCampaign(
  transaction: EntityManager,
  id: string,
  reason: string,
  since: Date,
): Promise<CampaignDelta[]> {
  const campaign = await lockCampaign(transaction, id);
  if (campaign?.resumed_at && campaign.resumed_at >= since) return [];
  const status = campaign && after('pause', campaign.status);
  return status ? [await writeStatus(transaction, id, { status, statusReason: reason })] : [];
}

/**
 * Ends the active campaigns in which nobody is queued, being sent, or unconfirmed with time left. Returns what to
 * publish. The row lock makes the look and the end one step.
 */
export async function completeIfDone(
  transaction: EntityManager,
  campaignIds: readonly string[],
): Promise<CampaignDelta[]> {
  const done = await rows<{ id: string }>(
    transaction,
    `/* completeIfDone */ SELECT id FROM campaigns c
     WHERE id = ANY ($1::uuid[]) AND status = 'ACTIVE' AND materialised_at IS NOT NULL AND queued_count = 0
       AND (unconfirmed_count = 0 OR NOT EXISTS (
         SELECT FROM delivery_followups f WHERE f.campaign_id = c.id AND f.kind = 'UNCONFIRMED'))
     ORDER BY id FOR NO KEY UPDATE`,
    [campaignIds],
  );
  const deltas: CampaignDelta[] = [];
  for (const { id } of done) {
    deltas.push(await writeStatus(transaction, id, { status: CampaignStatus.COMPLETED, statusReason: null }));
  }
  return deltas;
}
