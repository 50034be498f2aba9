import { useFormat } from '../../format/use-format';
import { useBusiness } from '../../frame/business';
import type { ForecastFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { scheduleOf } from './when';
import type { When } from './when';

/** "It ends about Tue 28 Oct, 12:24 IST." Undefined while that is not known. */
export function useEnds(forecast: ForecastFragment | undefined, when: When): string | undefined {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  if (!forecast || forecast.finishesAt === null || forecast.recipients === 0) return undefined;
  // Until a change of the start is forecast, the end is the one of the start before it.
  const schedule = scheduleOf(when, timezone);
  if (schedule?.timeZone === 'BUSINESS' && Date.parse(forecast.finishesAt) < Date.parse(schedule.sendAt))
    return undefined;
  return say('campaigns.ends', {
    at: format.dayAndZone(forecast.finishesAt, timezone),
    speed: Math.round(forecast.messagesPerSecond),
  });
}
