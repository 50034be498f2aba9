import { Button } from '@mantine/core';
import { useErrorWords } from '../../api/use-error-words';
import { useFormat } from '../../format/use-format';
import { useBusiness } from '../../frame/business';
import { useText } from '../../i18n/text';
import type { Saved } from './saver';
import styles from './step-header.module.css';

/** What became of the latest change: "saved 14:02:11". */
export function SavedWords({ saved, retry }: { saved: Saved; retry: () => void }) {
  const say = useText();
  const format = useFormat();
  const words = useErrorWords();
  const { timezone } = useBusiness();
  if (saved.is === 'NOT_SAVED')
    return (
      <div className={styles.notSaved} role="alert">
        <p>
          <strong>{say('campaigns.notSaved')}</strong> {words(saved.problem)}
        </p>
        <Button onClick={retry}>{say('ui.tryAgain')}</Button>
      </div>
    );
  return (
    <p className={styles.saved}>
      {saved.is === 'SAVED'
        ? say('campaigns.saved', { time: format.exactTime(saved.at, timezone) })
        : saved.is === 'NEW'
          ? say('campaigns.savesItself')
          : say('campaigns.saving')}
    </p>
  );
}
