import { useFormat } from '../../format/use-format';
import { useBusiness } from '../../frame/business';
import { useText } from '../../i18n/text';
import { scheduleOf } from './when';
import type { When } from './when';

/** "It starts on Tue 28 Oct, 10:00 IST." with what limits it; undefined for now. */
export function useStarts(when: When): string | undefined {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  const schedule = scheduleOf(when, timezone);
  if (!schedule) return undefined;
  const { sendAt, deadline } = schedule;
  return [
    when.ownTime
      ? say('campaigns.startsOwn', { time: when.time, day: format.day(sendAt, timezone) })
      : say('campaigns.starts', { at: format.dayAndZone(sendAt, timezone) }),
    when.windowed && say('campaigns.onlyBetween', { from: when.from, to: when.to }),
    deadline && say('campaigns.notAfter', { at: format.dayAndZone(deadline, timezone) }),
  ]
    .filter(Boolean)
    .join(' ');
}
