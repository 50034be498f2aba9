import type { RetryFailedMutation } from '../generated/graphql';
import type { Say } from '../i18n/text';

/**
 * How many failed messages the server put back into the queue: its sentence begins with the number. What was counted
 * before may have changed meanwhile. Without a number, the sentence itself.
 */
export function retriedWords(say: Say, data: RetryFailedMutation | undefined): string {
  const message = data?.retryFailed.message ?? '';
  const [number] = /^\d+/.exec(message) ?? [];
  return number === undefined ? message : say('campaigns.retried', { count: Number(number) });
}
