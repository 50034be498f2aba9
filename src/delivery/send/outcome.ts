import type { SendResult } from '../../whatsapp/client';
import { isKnown, policyFor, refusalText, refusalWords } from '../../whatsapp/error-catalogue';
import type { ReportedError } from '../../whatsapp/error-catalogue';
import { RecipientStatus } from '../../campaigns/recipient-status';
import type { Move } from '../settle/move';
import { isPreparing, preparationMs } from './route';
import type { RouteRefusal } from './route';

/** How failures are handled; from the configuration. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  attempts: number;
  /** Wait before the second attempt; doubled before each further one. */
  backoffMs: number;
  unconfirmedAfterMs: number;
}

/** One attempt to send to one recipient, as it stood before its result. */
export interface Attempt {
  campaignId: string;
  seq: number;
  claimNo: number;
  /** Attempts used up before this one. */
  attempts: number;
  /** Earlier refusals by WhatsApp's limit for this pair of numbers. */
  pairTries: number;
}

/** What follows from the result of one attempt: a move of the recipient, and perhaps more for the campaign or the sender. */
export interface SendOutcome {
  move: Move;
  /** Why the campaign cannot go on, in words: it pauses. */
  stopCampaign?: string;
  /** What is wrong with the number or its account, as a sentence with its cure: all its messages would be refused. */
  senderError?: string;
  /** How long the sender should rest, in ms. */
  restSenderMs?: number;
  /** WhatsApp said that the sender sends too fast. */
  slowSender?: boolean;
  /** No answer, or one that says WhatsApp itself is in trouble; counts towards the circuit breaker. */
  trouble?: boolean;
  /** Nothing was posted to WhatsApp: the decision was made here. */
  notPosted?: boolean;
}

const throttleRestMs = 1000;
const unreachableRestMs = 2000;
const mostPairTries = 5;
const longestRestMs = 15_000;

/** Grows with the number of claims that used up no attempt: while a limit or an outage lasts, attempts become rarer. */
function growing(restMs: number, { claimNo, attempts }: Attempt): number {
  return Math.min(restMs * 2 ** Math.min(Math.max(claimNo - attempts - 1, 0), 10), longestRestMs);
}

/** What becomes of a recipient after one attempt, by the kind of its result. Pure. */
export function outcomeOf(attempt: Attempt, result: SendResult, policy: RetryPolicy): SendOutcome {
  const { campaignId, seq, claimNo } = attempt;
  // by far the most frequent result: written without a spread, which would double its cost
  if (result.kind === 'accepted')
    return {
      move: {
        campaignId,
        seq,
        claimNo,
        to: RecipientStatus.SENT,
        wamid: result.wamid,
        waId: result.waId,
        messageStatus: result.messageStatus,
        userId: result.userId,
      },
    };
  const base = { campaignId, seq, claimNo };
  switch (result.kind) {
    case 'unknown':
      return {
        move: {
          ...base,
          to: RecipientStatus.UNCONFIRMED,
          errorMessage: `No answer from WhatsApp (${result.reason}): it may have been sent`,
          dueInMs: policy.unconfirmedAfterMs,
        },
        trouble: true,
        ...(result.retryAfterMs ? { restSenderMs: result.retryAfterMs } : {}),
      };
    case 'unreachable':
      // nothing was sent: the recipient waits for the next attempt, and none is used up
      return {
        move: {
          ...base,
          to: RecipientStatus.QUEUED,
          errorMessage: `WhatsApp cannot be reached (${result.reason})`,
          dueInMs: growing(unreachableRestMs, attempt),
        },
        restSenderMs: unreachableRestMs,
      };
    case 'refused':
      return refusal(attempt, result.error, policy, result.retryAfterMs);
  }
}

/** After an error that WhatsApp reported, in its answer or later in a `failed` status. */
export function refusal(
  attempt: Attempt,
  error: ReportedError,
  policy: RetryPolicy,
  retryAfterMs = 0,
): SendOutcome {
  const known = policyFor(error);
  const base = {
    campaignId: attempt.campaignId,
    seq: attempt.seq,
    claimNo: attempt.claimNo,
    errorCode: error.code,
    errorMessage: refusalWords(error),
  };
  if (isJudgedByShare(error.code)) return { move: { ...base, to: RecipientStatus.FAILED, attempts: 1 } };
  switch (known.class) {
    case 'retry': {
      const used = attempt.attempts + 1;
      const rest = { trouble: true, ...(retryAfterMs > 0 ? { restSenderMs: retryAfterMs } : {}) };
      if (used >= policy.attempts)
        return { move: { ...base, to: RecipientStatus.FAILED, attempts: 1 }, ...rest };
      const wait = Math.max(policy.backoffMs * 2 ** attempt.attempts, retryAfterMs);
      return { move: { ...base, to: RecipientStatus.QUEUED, attempts: 1, dueInMs: wait }, ...rest };
    }
    case 'throttle': {
      const restSenderMs = Math.max(known.restMs ?? throttleRestMs, retryAfterMs);
      const rest = Math.max(growing(throttleRestMs, attempt), restSenderMs);
      return {
        move: { ...base, to: RecipientStatus.QUEUED, dueInMs: rest },
        restSenderMs,
        // a sender whose number is in maintenance does not send too fast
        slowSender: known.restMs === undefined,
      };
    }
    case 'pair': {
      // Meta's advice: 4 s, 16 s, 64 s, …; after that the recipient fails, so that the campaign can end
      const tries = attempt.pairTries + 1;
      if (tries > mostPairTries) return { move: { ...base, to: RecipientStatus.FAILED, attempts: 1 } };
      const rest = Math.max(4 ** tries * 1000, retryAfterMs);
      return { move: { ...base, to: RecipientStatus.QUEUED, dueInMs: rest } };
    }
    case 'recipient':
    case 'later':
      return { move: { ...base, to: RecipientStatus.FAILED, attempts: 1 } };
    case 'campaign':
      if (isAboutForm(error.code) && attempt.attempts > 0)
        return { move: { ...base, to: RecipientStatus.FAILED, attempts: 1 } };
      return {
        move: {
          ...base,
          to: RecipientStatus.QUEUED,
          dueInMs: 0,
          attempts: isAboutForm(error.code) ? 1 : 0,
        },
        stopCampaign: stopReason(known.text, error.code),
      };
    case 'sender':
      return {
        move: { ...base, to: RecipientStatus.QUEUED, dueInMs: 0 },
        stopCampaign: stopReason(known.text, error.code),
        senderError: refusalText(error),
      };
  }
}

/**
 * After an error about the way and not about the message: nobody fails and no attempt is used up. The recipient is sent to
 * over the other way, or later; with no way left the campaign pauses.
 */
export function routeOutcome(
  { campaignId, seq, claimNo }: Attempt,
  error: ReportedError,
  refusal: RouteRefusal,
): SendOutcome {
  const code = isPreparing(error) ? 134101 : error.code;
  const { text } = policyFor({ code });
  const move: Move = {
    ...{ campaignId, seq, claimNo, to: RecipientStatus.QUEUED, errorCode: code, errorMessage: text },
    dueInMs: refusal === 'wait' ? preparationMs : 0,
  };
  const stop = `WhatsApp takes this template neither over the Cloud API nor as a marketing message. The last refusal: ${text} (error ${code})`;
  return refusal === 'stop' ? { move, stopCampaign: stop } : { move };
}

/**
 * Errors about the form of a message. Mostly the campaign is at fault, and it pauses. But one person's own values may be,
 * and must not stop the campaign for good: that person fails the second time, or when others were accepted.
 */
function isAboutForm(code: number | undefined): boolean {
  return code === 100 || code === 131008 || code === 131009 || code === 132012;
}

/**
 * Errors that one person's values, or one fetch of the media, can cause, as well as the campaign's text or media: a text
 * that is too long or malformed once filled in (132005, 132018), media that could not be fetched (131053). Each such
 * recipient fails; the campaign pauses when many in a row have it (error-rate-guard.ts).
 */
function isJudgedByShare(code: number): boolean {
  return code === 132005 || code === 132018 || code === 131053;
}

/** Whether an error is the recipient's own, however many recipients have it: not on WhatsApp, opted out and the like. */
export function isRecipientsOwn(code: number): boolean {
  return isKnown(code) && !isAboutForm(code) && !isJudgedByShare(code);
}

/**
 * Looks at outcomes together: where other recipients of the campaign were accepted, an error about the form is that
 * recipient's own.
 * @param acceptedLately whether somebody of a campaign was accepted shortly before
 */
export function judgeTogether(
  outcomes: readonly SendOutcome[],
  acceptedLately: (campaignId: string) => boolean = () => false,
): SendOutcome[] {
  const accepted = new Set<string>();
  for (const { move } of outcomes) if (move.to === RecipientStatus.SENT) accepted.add(move.campaignId);
  return outcomes.map((one) => {
    if (!one.stopCampaign || !isAboutForm(one.move.errorCode)) return one;
    const { dueInMs: _, ...move } = one.move;
    const others = accepted.has(move.campaignId) || acceptedLately(move.campaignId);
    return others ? { move: { ...move, to: RecipientStatus.FAILED } } : one;
  });
}

function stopReason(text: string, code: number): string {
  return `WhatsApp refused the campaign: ${text} (error ${code})`;
}
