import { Button } from '@mantine/core';
import { useErrorWords } from '../../api/use-error-words';
import { useFormat } from '../../format/use-format';
import { useBusiness } from '../../frame/business';
import { useText } from '../../i18n/text';
import type { Saved } from './saver';
import styles from './step-header.module.css';

interface Props {
  saved: Saved;
  /** What the server does not have, one sentence each. */
  notes: readonly string[];
  retry: () => void;
}

/** What became of the latest change, "saved 14:02:11", and what of the draft is not saved. */
export function SavedWords({ saved, notes, retry }: Props) {
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
  const state =
    saved.is === 'SAVED'
      ? saved.at !== undefined && say('campaigns.saved', { time: format.exactTime(saved.at, timezone) })
      : saved.is === 'NEW'
        ? notes.length === 0 && say('campaigns.savesItself')
        : say('campaigns.saving');
  return (
    <div className={styles.saved}>
      {state && <p>{state}</p>}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}
