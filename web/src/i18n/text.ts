import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { MessageId } from './message-ids';

export type Values = Record<string, string | number | Date | null | undefined>;
export type Say = (id: MessageId, values?: Values) => string;

/** `const say = useText(); say('campaigns.title')`: a text of the catalogue in the page's language. */
export function useText(): Say {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl]);
}
