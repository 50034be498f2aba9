import type { ForecastFragment } from '../../generated/graphql';
import type { Say } from '../../i18n/text';

/** That WhatsApp's limit is not enough; undefined when it is. Whoever ticks it acknowledges MESSAGING_LIMIT. */
export function limitWarning(say: Say, forecast: ForecastFragment | undefined): string | undefined {
  const { perDay, exceededBy } = forecast?.messagingLimit ?? {};
  if (exceededBy === undefined || exceededBy === 0) return undefined;
  return say('campaigns.overLimit', { perDay: perDay ?? 0, count: exceededBy });
}

/** What the server warns of besides, in its words: it names the limit first. */
export function otherWarnings(forecast: ForecastFragment | undefined): readonly string[] {
  const { warnings = [], messagingLimit } = forecast ?? {};
  return messagingLimit && messagingLimit.exceededBy > 0 ? warnings.slice(1) : warnings;
}
