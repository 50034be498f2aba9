import { RecipientStatus } from '../../campaigns/recipient-status';
import { laterCodes, retriedCodes } from '../../campaigns/worth-retrying';
import { knownCodes } from '../../whatsapp/error-catalogue';

/** Whom a request puts back into the queue: the failed (retryFailed) or the unconfirmed (resendUnconfirmed). */
export type RequeueKind = 'FAILED' | 'UNCONFIRMED';

export interface RequeueRule {
  kind: RequeueKind;
  from: RecipientStatus.FAILED | RecipientStatus.UNCONFIRMED;
  /**
   * Which recipients `r` of that status are put back, as SQL. `askedAt` gives an expression for the moment of the request.
   * `bind` adds a parameter and returns its placeholder.
   */
  condition: (askedAt: () => string, bind: (value: unknown) => string) => string;
}

/**
 * Failures worth another attempt (campaigns/worth-retrying.ts): those of some codes, codes that the catalogue does not
 * know, and 131049 (enough marketing for this person) after 24 hours.
 */
const failed: RequeueRule = {
  kind: 'FAILED',
  from: RecipientStatus.FAILED,
  condition: (askedAt, bind) => {
    const asked = askedAt();
    return `coalesce(r.failed_at <= ${asked} AND (
      r.error_code = ANY (${bind(retriedCodes)}::int[])
      OR r.error_code <> ALL (${bind(knownCodes())}::int[])
      OR (r.error_code = ANY (${bind(laterCodes)}::int[]) AND r.failed_at < ${asked} - interval '24 hours')), false)`;
  },
};

/**
 * Unconfirmed messages without a status for DELIVERY_UNCONFIRMED_AFTER_SECONDS: their follow-ups are gone. While a request
 * is open, the sweep deletes no further such follow-ups in its campaign (sweep/unconfirmed.ts), so the recipients stay
 * those of the time of the request.
 */
const unconfirmed: RequeueRule = {
  kind: 'UNCONFIRMED',
  from: RecipientStatus.UNCONFIRMED,
  condition: () =>
    `NOT EXISTS (SELECT FROM delivery_followups f
       WHERE f.campaign_id = r.campaign_id AND f.seq = r.seq AND f.kind = 'UNCONFIRMED')`,
};

export const requeueRules: Readonly<Record<RequeueKind, RequeueRule>> = {
  FAILED: failed,
  UNCONFIRMED: unconfirmed,
};
