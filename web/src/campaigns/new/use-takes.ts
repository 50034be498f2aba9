import { useFormat } from '../../format/use-format';
import type { WizardSendersQuery } from '../../generated/graphql';
import { useText } from '../../i18n/text';

/** "It takes about 24 mins, at 80 messages a second from +91 …"; undefined while the people are not counted. */
export function useTakes(
  count: number | undefined,
  sender: WizardSendersQuery['senders'][number] | undefined,
): string | undefined {
  const say = useText();
  const format = useFormat();
  if (count === undefined || count === 0 || !sender) return undefined;
  const { messagesPerSecond } = sender;
  const seconds = Math.max(1, Math.ceil(count / messagesPerSecond));
  return say('campaigns.takes', { time: format.duration(seconds * 1000), speed: messagesPerSecond });
}
