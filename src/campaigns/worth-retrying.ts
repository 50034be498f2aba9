import { codesOf, heldAndDropped, knownCodes } from '../whatsapp/error-catalogue';

/** WhatsApp could not fetch the media: a slow host may answer the next time. */
const mediaNotFetched = [131053];

/**
 * Codes of failures worth another attempt at any time: transient errors whose attempts are used up, limits, problems of
 * the sender or the account that may be solved by now, held messages that were dropped, media that could not be fetched.
 * Codes that the catalogue does not know are worth one, too.
 */
export const retriedCodes: readonly number[] = [
  ...(['retry', 'throttle', 'pair', 'sender'] as const).flatMap(codesOf),
  ...heldAndDropped,
  ...mediaNotFetched,
];

/** Codes of failures worth another attempt after 24 hours. */
export const laterCodes: readonly number[] = codesOf('later');

/** Whether `retryFailed` sends failures with this code again, of `laterCodes` once 24 hours have passed. */
export function isRetryable(code: number): boolean {
  return retriedCodes.includes(code) || laterCodes.includes(code) || !knownCodes().includes(code);
}
