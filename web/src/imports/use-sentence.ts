import { useFormat } from '../format/use-format';
import type { ImportStateFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { expectedRows } from './pace';
import { usePace } from './use-pace';

/** Where an import stands, in a sentence or two. */
export function useSentence(one: ImportStateFragment): string {
  const say = useText();
  const format = useFormat();
  const pace = usePace(one);
  const { status, totalRows, importedRows, updatedRows, failedRows, bytesRead, bytesTotal } = one;
  const values = { imported: importedRows, updated: updatedRows, failed: failedRows };
  switch (status) {
    case 'COMPLETED':
      return totalRows === 0 ? say('imports.doneEmpty') : say('imports.done', values);
    case 'CANCELLED':
      return say('imports.cancelled', values);
    case 'FAILED':
      return say('imports.failed', values);
    case 'RUNNING': {
      if (bytesTotal === null) return say('imports.receiving');
      if (totalRows === 0) return say('imports.waiting');
      const progress = say('imports.running', {
        rows: totalRows,
        total: expectedRows(totalRows, bytesRead, bytesTotal),
      });
      if (!pace) return progress;
      return `${progress} ${say('imports.pace', {
        rate: Math.round(pace.rowsPerSecond),
        left: format.duration(Math.max(1, pace.secondsLeft) * 1000),
      })}`;
    }
  }
}
