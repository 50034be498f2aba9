import { useFormat } from '../format/use-format';
import { useBusiness } from '../frame/business';
import type { ImportStateFragment } from '../generated/graphql';
import { useText } from '../i18n/text';

/** What an import is called: as its file, or, if that has no name, by when it began. */
export function useImportName(): (one: Pick<ImportStateFragment, 'fileName' | 'startedAt'>) => string {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  return ({ fileName, startedAt }) =>
    fileName ?? say('imports.unnamed', { time: format.dayAndTime(startedAt, timezone) });
}
