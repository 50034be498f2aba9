import type { EntityManager } from 'typeorm';
import { rows } from '../infra/database';
import { CampaignStatus } from './campaign';
import { campaignRepository } from './campaign.repository';
import type { CampaignDelta } from './deltas';
import { historyAction } from './history/actions';

/** What people do to a campaign. It also pauses ({@link pauseCampaign}) and completes ({@link completeIfDone}) by itself. */
export type CampaignAction = 'send' | 'schedule' | 'unschedule' | 'pause' | 'resume' | 'cancel' | 'retry';

const { DRAFT, SCHEDULED, ACTIVE, PAUSED, COMPLETED, CANCELLED } = CampaignStatus;

/** The status that each action leads to, by the present status. What is not listed is refused. Pure. */
const transitions: Record<CampaignAction, Partial<Record<CampaignStatus, CampaignStatus>>> = {
  send: { [DRAFT]: ACTIVE, [SCHEDULED]: ACTIVE },
  schedule: { [DRAFT]: SCHEDULED, [SCHEDULED]: SCHEDULED },
  unschedule: { [SCHEDULED]: DRAFT },
  pause: { [ACTIVE]: PAUSED },
  resume: { [PAUSED]: ACTIVE },
  cancel: { [DRAFT]: CANCELLED, [SCHEDULED]: CANCELLED, [ACTIVE]: CANCELLED, [PAUSED]: CANCELLED },
  retry: { [COMPLETED]: ACTIVE, [ACTIVE]: ACTIVE },
};

/** The status that an action leads to; undefined when the campaign is not in a state for it. */
export function after(action: CampaignAction, status: CampaignStatus): CampaignStatus | undefined {
  return transitions[action][status];
}

/** What may change together with the status. */
export interface Change {
  status: CampaignStatus;
  statusReason: string | null;
  /** The audience as counted anew: people to send to, all of them queued, and people excluded. */
  audience?: { total: number; excluded: number };
  /** Who did it (null: the system) and the reason, for the history; left out: the system did, for `statusReason`. */
  by?: { actor: string | null; words?: string | null };
}

/**
 * Writes a status, and a line of the campaign's history; the caller holds the campaign's row. The first ACTIVE sets `started_at`; the end of a campaign that
 * had started sets `completed_at`, and ACTIVE clears it.
 * @returns the delta to publish after the commit
 */
export async function writeStatus(
  transaction: EntityManager,
  id: string,
  change: Change,
): Promise<CampaignDelta> {
  const [row] = await rows<{
    business_id: string;
    version: number;
    updated_at: Date;
    started_at: Date | null;
    completed_at: Date | null;
    total_recipients: number;
    excluded_count: number;
    queued_by: number;
  }>(
    transaction,
    `/* writeStatus */ WITH written AS (UPDATE campaigns c SET
       status = $2, status_reason = $3,
       resumed_at = CASE WHEN $2 = 'ACTIVE' AND c.status <> 'ACTIVE' THEN clock_timestamp() ELSE c.resumed_at END,
       started_at = CASE WHEN $2 = 'ACTIVE' THEN coalesce(c.started_at, now()) ELSE c.started_at END,
       completed_at = CASE WHEN $2 IN ('COMPLETED', 'CANCELLED', 'FAILED') AND c.started_at IS NOT NULL THEN now()
         WHEN $2 = 'ACTIVE' THEN NULL ELSE c.completed_at END,
       queued_count = c.queued_count + coalesce($4::int - c.total_recipients, 0),
       total_recipients = coalesce($4::int, c.total_recipients),
       excluded_count = coalesce($5::int, c.excluded_count),
       version = c.version + 1, updated_at = now()
     FROM campaigns old WHERE old.id = c.id AND c.id = $1
     RETURNING c.business_id, c.version, c.updated_at, c.started_at, c.completed_at, c.total_recipients, c.excluded_count,
       c.queued_count - old.queued_count AS queued_by, old.status AS was
     ), history AS (
       INSERT INTO campaign_history (campaign_id, action, actor, reason)
       SELECT $1, action, $6, $7 FROM (SELECT ${historyAction('was', '$2')} AS action FROM written) done WHERE action IS NOT NULL
     )
     SELECT * FROM written`,
    [
      id,
      change.status,
      change.statusReason,
      change.audience?.total ?? null,
      change.audience?.excluded ?? null,
      change.by?.actor ?? null,
      change.by ? (change.by.words ?? null) : change.statusReason,
    ],
  );
  if (!row) throw new Error(`Campaign ${id} is gone`);
  return {
    campaignId: id,
    businessId: row.business_id,
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
 * Pauses an active campaign, with the reason in words. Changes nothing when the campaign is not active, or was resumed
 * after `since`: whoever resumed it has dealt with the reason.
 * @param since when the message that gives the reason was prepared, by the database's clock
 * @returns what to publish after the commit
 */
export async function pauseCampaign(
  transaction: EntityManager,
  id: string,
  reason: string,
  since: Date,
): Promise<CampaignDelta[]> {
  const campaign = await campaignRepository(transaction).lockById(id);
  if (campaign?.resumedAt && campaign.resumedAt >= since) return [];
  const status = campaign && after('pause', campaign.status);
  return status ? [await writeStatus(transaction, id, { status, statusReason: reason })] : [];
}

/** SQL: whether a campaign goes on by itself: it is active, or paused and its deadline, which ends it, has passed. */
export function isUnderWay(campaign: string): string {
  const isLate = `${campaign}.status = 'PAUSED' AND ${campaign}.deadline_at <= now() AND ${campaign}.started_at IS NOT NULL`;
  return `(${campaign}.status = 'ACTIVE' OR (${isLate}))`;
}

/**
 * Completes active campaigns, and paused ones whose deadline has passed, when all is done: no recipient is queued or being
 * sent to, none is unconfirmed whose status is still waited for, and no request to send again is open (delivery_requeues).
 * The rows are locked first, and a second statement decides: one that had to wait for the lock would not see what was
 * committed in other tables meanwhile.
 * @returns what to publish after the commit
 */
export async function completeIfDone(
  transaction: EntityManager,
  campaignIds: readonly string[],
): Promise<CampaignDelta[]> {
  const drained = await rows<{ id: string }>(
    transaction,
    `/* lockDrained */ SELECT id FROM campaigns
     WHERE id = ANY ($1::uuid[]) AND ${isUnderWay('campaigns')} AND materialised_at IS NOT NULL AND queued_count = 0
     ORDER BY id FOR NO KEY UPDATE`,
    [campaignIds],
  );
  if (drained.length === 0) return [];
  const done = await rows<{ id: string }>(
    transaction,
    `/* completeIfDone */ SELECT id FROM campaigns c
     WHERE id = ANY ($1::uuid[])
       AND (unconfirmed_count = 0 OR NOT EXISTS (
         SELECT FROM delivery_followups f WHERE f.campaign_id = c.id AND f.kind = 'UNCONFIRMED'))
       AND NOT EXISTS (SELECT FROM delivery_requeues q WHERE q.campaign_id = c.id)`,
    [drained.map(({ id }) => id)],
  );
  const deltas: CampaignDelta[] = [];
  for (const { id } of done) {
    deltas.push(await writeStatus(transaction, id, { status: COMPLETED, statusReason: null }));
  }
  return deltas;
}
