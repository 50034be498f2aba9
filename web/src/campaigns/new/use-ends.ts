import { useFormat } from '../../format/use-format';
import { useBusiness } from '../../frame/business';
import type { ForecastFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';

/** "It ends about Tue 28 Oct, 12:24 IST." Undefined while that is not known. */
export function useEnds(forecast: ForecastFragment | undefined): string | undefined {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  if (!forecast || forecast.finishesAt === null || forecast.recipients === 0) return undefined;
  return say('campaigns.ends', {
    at: format.dayAndZone(forecast.finishesAt, timezone),
    speed: Math.round(forecast.messagesPerSecond),
  });
}
