import type { SendResult } from '../../whatsapp/client';
import { isKnown, policyFor } from '../../whatsapp/error-catalogue';
import type { ReportedError } from '../../whatsapp/error-catalogue';
import { RecipientStatus } from '../../campaigns/recipient-status';
import type { Move } from '../settle/settle';

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
  /** Refusals by the pair limit before this one. */
  pairTries: number;
}

/** What follows from one outcome: a move, and perhaps a halt of the campaign or of the number. */
export interface SendOutcome {
  move: Move;
  /** The campaign cannot go on: why, in words. */
  stopCampaign?: string;
  /** The number should rest this long. */
  holdSenderMs?: number;
  /** WhatsApp said that the number is too fast. */
  slowSender?: boolean;
  /** No answer, or one that says WhatsApp itself is in trouble. */
  trouble?: boolean;
  /** Decided here: nothing was posted to WhatsApp. */
  notPosted?: boolean;
}

const throttleRestMs = 1000;
const unreachableRestMs = 2000;
const mostPairTries = 5;
const longestRestMs = 15_000;

/** Grows with the claims that used up no attempt: a limit or an outage that lasts is asked less and less often. */
function growing(restMs: number, { claimNo, attempts }: Tried): number {
  return Math.min(restMs * 2 ** Math.min(Math.max(claimNo - attempts - 1, 0), 10), longestRestMs);
}

/** The table of architecture §5: what becomes of a recipient after one try. Pure. */
export function outcomeOf(tried: Tried, outcome: SendResult, policy: RetryPolicy): SendOutcome {
  const { campaignId, seq, claimNo } = tried;
  // the usual answer, written out: a spread costs as much as the rest of it
  if (outcome.kind === 'accepted')
    return { move: { campaignId, seq, claimNo, to: RecipientStatus.SENT, wamid: outcome.wamid } };
  const base = { campaignId, seq, claimNo };
  switch (outcome.kind) {
    case 'unknown':
      return {
        move: {
          ...base,
          to: RecipientStatus.UNCONFIRMED,
          errorMessage: `No answer from WhatsApp (${outcome.reason}): it may have been sent`,
          dueInMs: policy.unconfirmedAfterMs,
        },
        trouble: true,
        ...(outcome.retryAfterMs ? { holdSenderMs: outcome.retryAfterMs } : {}),
      };
    case 'unreachable':
      // Nothing was sent and it is nobody's fault: everybody waits, no attempt is used up.
      return {
        move: {
          ...base,
          to: RecipientStatus.QUEUED,
          errorMessage: `WhatsApp cannot be reached (${outcome.reason})`,
          dueInMs: growing(unreachableRestMs, tried),
        },
        holdSenderMs: unreachableRestMs,
      };
    case 'refused':
      return refusal(tried, outcome.error, policy, outcome.retryAfterMs);
  }
}

/** After an error that WhatsApp reported, in its answer or later in a `failed` status. */
export function refusal(
  tried: Tried,
  error: ReportedError,
  policy: RetryPolicy,
  retryAfterMs = 0,
): SendOutcome {
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
      const rest = { trouble: true, ...(retryAfterMs > 0 ? { holdSenderMs: retryAfterMs } : {}) };
      if (used >= policy.attempts)
        return { move: { ...base, to: RecipientStatus.FAILED, attempts: 1 }, ...rest };
      const wait = Math.max(policy.backoffMs * 2 ** tried.attempts, retryAfterMs);
      return { move: { ...base, to: RecipientStatus.QUEUED, attempts: 1, dueInMs: wait }, ...rest };
    }
    case 'throttle': {
      const holdSenderMs = Math.max(known.restMs ?? throttleRestMs, retryAfterMs);
      const rest = Math.max(growing(throttleRestMs, tried), holdSenderMs);
      return {
        move: { ...base, to: RecipientStatus.QUEUED, dueInMs: rest },
        holdSenderMs,
        // a number in maintenance is not too fast
        slowSender: known.restMs === undefined,
      };
    }
    case 'pair': {
      // Meta's advice: 4 s, 16 s, 64 s, …; somebody who still gets too much then must not keep the campaign open
      const tries = tried.pairTries + 1;
      if (tries > mostPairTries) return { move: { ...base, to: RecipientStatus.FAILED, attempts: 1 } };
      const rest = Math.max(4 ** tries * 1000, retryAfterMs);
      return { move: { ...base, to: RecipientStatus.QUEUED, dueInMs: rest } };
    }
    case 'recipient':
    case 'later':
      return { move: { ...base, to: RecipientStatus.FAILED, attempts: 1 } };
    case 'campaign':
      if (isPersonal(error.code) && tried.attempts > 0)
        return { move: { ...base, to: RecipientStatus.FAILED, attempts: 1 } };
      return {
        move: { ...base, to: RecipientStatus.QUEUED, dueInMs: 0, attempts: isPersonal(error.code) ? 1 : 0 },
        stopCampaign: stopReason(known.text, error.code),
      };
    case 'sender':
      return {
        move: { ...base, to: RecipientStatus.QUEUED, dueInMs: 0 },
        stopCampaign: stopReason(known.text, error.code),
      };
  }
}

/**
 * Errors about the form of a message. Mostly the campaign is at fault, and it stops; but a person's own values may be,
 * and one person must not stop it for good: the second time, or when others of the batch were accepted, that person
 * fails.
 */
function isPersonal(code: number | undefined): boolean {
  return code === 100 || code === 131008 || code === 131009 || code === 132012;
}

/** Whether an error is known to be one person's own, however many have it. */
export function isTheRecipients(code: number): boolean {
  return isKnown(code) && !isPersonal(code);
}

/**
 * Looks at answers together: where others of the campaign were accepted, an error about the form is that person's own.
 * @param acceptedLately campaigns in which somebody was accepted shortly before
 */
export function judgeTogether(
  consequences: readonly SendOutcome[],
  acceptedLately: (campaignId: string) => boolean = () => false,
): SendOutcome[] {
  const accepted = new Set<string>();
  for (const { move } of consequences) if (move.to === RecipientStatus.SENT) accepted.add(move.campaignId);
  return consequences.map((one) => {
    if (!one.stopCampaign || !isPersonal(one.move.errorCode)) return one;
    const { dueInMs: _, ...move } = one.move;
    const others = accepted.has(move.campaignId) || acceptedLately(move.campaignId);
    return others ? { move: { ...move, to: RecipientStatus.FAILED } } : one;
  });
}

function stopReason(text: string, code: number): string {
  return `WhatsApp refused the campaign: ${text} (error ${code})`;
}
