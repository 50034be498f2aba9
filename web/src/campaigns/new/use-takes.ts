import { useFormat } from '../../format/use-format';
import type { WizardSendersQuery } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import type { When } from './when';

/**
 * "It takes about 24 mins, at the 80 messages a second of this number." Undefined while the people are not counted, and
 * where hours decide it.
 */
export function useTakes(
  count: number | undefined,
  sender: WizardSendersQuery['senders'][number] | undefined,
  { later, ownTime, windowed }: When,
): string | undefined {
  const say = useText();
  const format = useFormat();
  if (count === undefined || count === 0 || !sender || (later && (ownTime || windowed))) return undefined;
  const { messagesPerSecond } = sender;
  const seconds = Math.max(1, Math.ceil(count / messagesPerSecond));
  return say('campaigns.takes', { time: format.duration(seconds * 1000), speed: messagesPerSecond });
}
