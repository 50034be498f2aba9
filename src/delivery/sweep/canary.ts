import type { EntityManager } from 'typeorm';
import { pauseCampaign } from '../../campaigns/lifecycle';
import { CanaryState } from '../../campaigns/campaign';
import type { Canary } from '../../campaigns/campaign';
import { rows } from '../../infra/database';
import type { CampaignDelta } from '../../campaigns/deltas';
import { isKnown, policyFor } from '../../whatsapp/error-catalogue';
import { handOutByHour } from '../hand-out';

/**
 * The number of people in a campaign's canary: the feed is open only for them, and for the rest when their results are
 * good. Undefined when the audience is no larger than the canary, so that there is nothing to wait for.
 */
export function canarySize({ percent, minimum }: Canary, total: number): number | undefined {
  const size = Math.max(minimum, Math.ceil((total * percent) / 100));
  return size < total ? size : undefined;
}

/** The results of the canary so far. */
export interface CanaryFigures {
  size: number;
  /** Queued or being sent. */
  queued: number;
  /** Posted, and WhatsApp never said whether it took the message. */
  unconfirmed: number;
  /** Accepted, and neither delivered nor failed yet. */
  awaited: number;
  delivered: number;
  failed: number;
  optedOut: number;
  /** Since the last of them was accepted or failed, or since the campaign went on, in minutes. */
  quietMinutes: number;
  /** What most of the failures have in common. */
  commonCode: number | null;
}

export type CanaryVerdict = { kind: 'wait' } | { kind: 'pass' } | { kind: 'stop'; reason: string };

/** A delivery takes a moment, and is reported after it: that there is none counts after this, however short the wait is. */
const deliveryMinutes = 0.1;

/** Sends the rest, waits, or stops. A canary that has failed already is not waited for. Pure. */
export function judgeCanary(canary: Canary, figures: CanaryFigures): CanaryVerdict {
  const { size, queued, unconfirmed, awaited, delivered, failed, optedOut, quietMinutes, commonCode } =
    figures;
  const stop = (what: string): CanaryVerdict => ({
    kind: 'stop',
    reason: `Of the first ${size} messages ${what}. Find the cause before you resume: resuming sends the rest`,
  });
  const percentOf = (count: number) => (count / size) * 100;
  if (percentOf(failed) > canary.maxFailurePercent) {
    const why = commonCode === null ? '' : `, most of them: ${textOf(commonCode)}`;
    return stop(`${failed} failed (more than ${canary.maxFailurePercent} %)${why}`);
  }
  if (percentOf(optedOut) > canary.maxOptOutPercent)
    return stop(`${optedOut} led to an opt-out (more than ${canary.maxOptOutPercent} %)`);
  // wait the whole time even if every message was delivered: opt-outs come after the delivery
  if (queued > 0 || quietMinutes < canary.waitMinutes) return { kind: 'wait' };
  if (delivered === 0 && awaited + unconfirmed > 0)
    return quietMinutes < deliveryMinutes ? { kind: 'wait' } : stop('none was delivered');
  return { kind: 'pass' };
}

function textOf(code: number): string {
  return isKnown(code) ? `${policyFor({ code }).text} (error ${code})` : `error ${code}`;
}

/** Judges every canary whose results are awaited: opens the feed, or pauses the campaign with the reason. */
export async function decideCanaries(transaction: EntityManager): Promise<CampaignDelta[]> {
  const waiting = await rows<CanaryFigures & { id: string; canary: Canary; now: Date }>(
    transaction,
    `/* decideCanaries */ SELECT c.id, c.canary, c.canary_size AS size, now() AS now, f.* FROM campaigns c,
       LATERAL (SELECT
         count(*) FILTER (WHERE r.status IN ('QUEUED', 'SENDING'))::int AS queued,
         count(*) FILTER (WHERE r.status = 'UNCONFIRMED')::int AS unconfirmed,
         count(*) FILTER (WHERE r.status = 'SENT')::int AS awaited,
         count(*) FILTER (WHERE r.status IN ('DELIVERED', 'READ'))::int AS delivered,
         count(*) FILTER (WHERE r.status = 'FAILED')::int AS failed,
         count(r.opted_out_at)::int AS "optedOut",
         extract(epoch FROM now() - greatest(max(r.sent_at), max(r.failed_at), c.resumed_at))::float8 / 60 AS "quietMinutes",
         mode() WITHIN GROUP (ORDER BY r.error_code) FILTER (WHERE r.status = 'FAILED') AS "commonCode"
       FROM campaign_recipients r WHERE r.campaign_id = c.id AND r.seq <= c.canary_size) f
     WHERE c.status = 'ACTIVE' AND c.canary_state = 'WAITING' AND c.materialised_at IS NOT NULL ORDER BY c.id`,
  );
  const deltas: CampaignDelta[] = [];
  for (const { id, canary, now, ...figures } of waiting) {
    const verdict = judgeCanary(canary, figures);
    if (verdict.kind === 'pass') await openFeed(transaction, id, CanaryState.PASSED);
    if (verdict.kind === 'stop') {
      const paused = await pauseCampaign(transaction, id, verdict.reason, now);
      // paused by somebody else meanwhile: judged again after the campaign is resumed
      if (paused.length > 0) await writeState(transaction, id, CanaryState.STOPPED);
      deltas.push(...paused);
    }
  }
  return deltas;
}

/** Opens the feed for all recipients. */
export async function openFeed(
  transaction: EntityManager,
  campaignId: string,
  state: CanaryState.PASSED | CanaryState.OVERRULED,
): Promise<void> {
  await writeState(transaction, campaignId, state);
  await rows(
    transaction,
    `/* openFeed */ UPDATE campaign_feeds f SET open_until = least(c.total_recipients, f.affordable_until) FROM campaigns c
     WHERE f.campaign_id = $1 AND c.id = $1`,
    [campaignId],
  );
  await handOutByHour(transaction, campaignId);
}

async function writeState(transaction: EntityManager, campaignId: string, state: CanaryState): Promise<void> {
  await rows(transaction, `/* writeCanaryState */ UPDATE campaigns SET canary_state = $2 WHERE id = $1`, [
    campaignId,
    state,
  ]);
}
