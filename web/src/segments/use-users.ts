import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../i18n/text';

const most = 3;

/** The campaigns and segments that use a segment, in words: the first three by name. */
export function useUsers(): (names: readonly string[]) => string {
  const say = useText();
  const intl = useIntl();
  return useCallback(
    (names) => {
      const named = names.slice(0, most).map((name) => say('segments.quoted', { name }));
      const more = names.length - named.length;
      return intl.formatList(more > 0 ? [...named, say('segments.more', { count: more })] : named);
    },
    [say, intl],
  );
}
