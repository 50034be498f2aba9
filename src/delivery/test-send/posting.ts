import { setTimeout as delay } from 'node:timers/promises';
import { noteSendError, noteTestAccepted } from '../../accounts/send-errors';
import type { Sender } from '../../accounts/sender.entity';
import { marketingOnly } from '../../audience/opt-outs/suppression.entity';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { SendResult } from '../../whatsapp/client';
import { policyFor, refusalText, refusalWords } from '../../whatsapp/error-catalogue';
import type { RateLimiter } from '../send/rate-limiter';
import type { TestMessage } from './test-send.graphql';

/** What became of one message, apart from whom it was for. */
export type Result = Omit<TestMessage, 'phone'>;

/** How long the messages of one request may wait for the sender's limit, which campaigns use too. */
export const longestWaitMs = 5000;

export function refused(errorMessage: string, errorCode: number | null = null): Result {
  return { accepted: false, errorCode, errorMessage };
}

export const phoneOptedOut = refused('The phone has opted out');
export const atLimit = refused(
  'The phone number is at its limit of messages per second; please try again later',
);

/**
 * The result for the person who tests. It is noted with the number, too: an error whose reason is the number or its account,
 * and that a message was accepted.
 */
export async function recordResult(sql: Sql, senderId: string, sent: SendResult): Promise<Result> {
  if (sent.kind === 'refused' && policyFor(sent.error).class === 'sender')
    await noteSendError(sql, senderId, refusalText(sent.error));
  if (sent.kind === 'accepted') await noteTestAccepted(sql, senderId);
  return resultOf(sent);
}

function resultOf(result: SendResult): Result {
  switch (result.kind) {
    case 'accepted':
      return { accepted: true, errorCode: null, errorMessage: null };
    case 'refused':
      return refused(refusalWords(result.error), result.error.code);
    case 'unknown':
      return refused(`No answer from WhatsApp (${result.reason}): it may have been sent`);
    case 'unreachable':
      return refused(`WhatsApp cannot be reached (${result.reason})`);
  }
}

/**
 * Waits for a permit for one message.
 * @param deadline by performance.now()
 * @returns false when there was none before the deadline
 */
export async function permitted(
  rateLimiter: RateLimiter,
  { id, messagesPerSecond }: Sender,
  deadline: number,
): Promise<boolean> {
  for (;;) {
    const [answer] = await rateLimiter.take([{ senderId: id, messagesPerSecond, want: 1 }]);
    if (!answer) return false;
    if (!('waitMs' in answer)) return true;
    if (performance.now() + answer.waitMs > deadline) return false;
    await delay(answer.waitMs);
  }
}

/** The phones among those given that a message of this category may not go to. */
export async function optedOutPhones(
  sql: Sql,
  businessId: string,
  phones: readonly string[],
  category: string | undefined,
): Promise<Set<string>> {
  const found = await rows<{ phone: string }>(
    sql,
    `/* optedOutOfTest */ SELECT p.phone FROM unnest($2::text[]) AS p (phone) WHERE EXISTS (
       SELECT FROM suppressions s WHERE s.business_id = $1 AND s.identity = phone_identity(p.phone) AND NOT s.lifted
         AND (s.source NOT IN (${marketingOnly}) OR $3))`,
    [businessId, phones, category === 'MARKETING'],
  );
  return new Set(found.map(({ phone }) => phone));
}
