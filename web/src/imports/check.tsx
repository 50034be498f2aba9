import { useState } from 'react';
import { useText } from '../i18n/text';
import { LoadMore } from '../ui/pager';
import styles from './new-import.module.css';
import { isWhole, mostErrors } from './preview';
import type { Preview } from './preview';
import { RowProblems } from './row-problems';

const pageSize = 5;

/** How many of the first rows can be imported, in a sentence. */
export function useVerdict(): (file: File, preview: Preview) => string {
  const say = useText();
  return (file, { rows, errors }) => {
    const values = {
      rows,
      bad: errors.length,
      fine: rows - errors.length,
      whole: isWhole(file) ? 'yes' : 'no',
    };
    if (rows === 0) return say('imports.noRows');
    if (errors.length === 0) return say('imports.allFine', values);
    return say(errors.length >= mostErrors ? 'imports.manyBad' : 'imports.someBad', values);
  };
}

/** What the beginning of the file says about the rest. */
export function Check({ file, preview, busy }: { file: File; preview: Preview; busy: boolean }) {
  const say = useText();
  const verdict = useVerdict();
  const [shown, setShown] = useState(pageSize);
  const { errors } = preview;
  return (
    <>
      <p role="status" data-busy={busy} className={styles.verdict}>
        {busy ? say('imports.checking') : verdict(file, preview)}
      </p>
      {errors.length > 0 && (
        <div className={styles.problems}>
          <p className={styles.hint}>{say('imports.badNext')}</p>
          <RowProblems
            caption={say('imports.problemsCaption')}
            problems={errors.slice(0, shown)}
            busy={busy}
          />
          {errors.length > pageSize && (
            <LoadMore
              shown={Math.min(shown, errors.length)}
              total={errors.length}
              hasMore={shown < errors.length}
              busy={false}
              loadMore={() => setShown(shown + 50)}
            />
          )}
        </div>
      )}
    </>
  );
}
