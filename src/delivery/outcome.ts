import type { SendOutcome } from '../whatsapp/client';
import { policyFor } from '../whatsapp/error-catalogue';
import type { ReportedError } from '../whatsapp/error-catalogue';
import { RecipientStatus } from './status';
import type { Move } from './settle';

/** How failures are handled; from the configuration. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  attempts: number;
  /** Before the second try; doubles with each further one. */
  backoffMs: number;
  unconfirmedAfterMs: number;
}

/** Somebody whose message was posted, or failed by a webhook. */
export interface Tried {
  campaignId: string;
  seq: number;
  claimNo: number;
  /** Used up before this one. */
  attempts: number;
}

/** What follows from one outcome: a move, and perhaps a halt of the campaign or of the number. */
export interface Consequence {
  move: Move;
  /** The campaign cannot go on: why, in words. */
  stopCampaign?: string;
  /** The number should rest this long. */
  holdSenderMs?: number;
}

const throttleRestMs = 1000;
const unreachableRestMs = 2000;
const pairRestMs = 30_000;

/** The table of architecture §5: what becomes of a recipient after one try. Pure. */
export function consequenceOf(
  tried: Tried,
  outcome: SendOutcome,
  policy: RetryPolicy,
  now: Date,
): Consequence {
  const base = { campaignId: tried.campaignId, seq: tried.seq, claimNo: tried.claimNo };
  switch (outcome.kind) {
    case 'accepted':
      return { move: { ...base, to: RecipientStatus.SENT, wamid: outcome.wamid, sentAt: now } };
    case 'unknown':
      return {
        move: {
          ...base,
          to: RecipientStatus.UNCONFIRMED,
          errorMessage: `No answer from WhatsApp (${outcome.reason}): it may have been sent`,
          dueAt: after(now, policy.unconfirmedAfterMs),
        },
      };
    case 'unreachable':
      // Nothing was sent and it is nobody's fault: everybody waits, no attempt is used up.
      return {
        move: {
          ...base,
          to: RecipientStatus.QUEUED,
          errorMessage: `WhatsApp cannot be reached (${outcome.reason})`,
          dueAt: after(now, unreachableRestMs),
        },
        holdSenderMs: unreachableRestMs,
      };
    case 'refused':
      return refusal(tried, outcome.error, policy, now, outcome.retryAfterMs);
  }
}

/** After an error that WhatsApp reported, in its answer or later in a `failed` status. */
export function refusal(
  tried: Tried,
  error: ReportedError,
  policy: RetryPolicy,
  now: Date,
  retryAfterMs = 0,
): Consequence {
  const known = policyFor(error);
  const base = {
    campaignId: tried.campaignId,
    seq: tried.seq,
    claimNo: tried.claimNo,
    errorCode: error.code,
    errorMessage:
      error.details && error.details !== known.text ? `${known.text} (${error.details})` : known.text,
  };
  switch (known.class) {
    case 'retry': {
      const used = tried.attempts + 1;
      if (used >= policy.attempts) return { move: { ...base, to: RecipientStatus.FAILED, attempts: 1 } };
      const wait = Math.max(policy.backoffMs * 2 ** tried.attempts, retryAfterMs);
      return { move: { ...base, to: RecipientStatus.QUEUED, attempts: 1, dueAt: after(now, wait) } };
    }
    case 'throttle': {
      const rest = Math.max(throttleRestMs, retryAfterMs);
      return { move: { ...base, to: RecipientStatus.QUEUED, dueAt: after(now, rest) }, holdSenderMs: rest };
    }
    case 'pair':
      return {
        move: { ...base, to: RecipientStatus.QUEUED, dueAt: after(now, Math.max(pairRestMs, retryAfterMs)) },
      };
    case 'recipient':
    case 'later':
      return { move: { ...base, to: RecipientStatus.FAILED, attempts: 1 } };
    case 'campaign':
    case 'sender':
      return {
        move: { ...base, to: RecipientStatus.QUEUED, dueAt: now },
        stopCampaign: `WhatsApp refused the campaign: ${known.text} (error ${error.code})`,
      };
  }
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
