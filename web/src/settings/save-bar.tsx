import { Button } from '@mantine/core';
import { useId } from 'react';
import { useText } from '../i18n/text';
import styles from './settings.module.css';

interface Props {
  changed: boolean;
  busy: boolean;
  saved: boolean;
  undo: () => void;
}

/** Saves the form. It stays in view while one scrolls, and says what there is to be saved. */
export function SaveBar({ changed, busy, saved, undo }: Props) {
  const say = useText();
  const wordsId = useId();
  return (
    <div className={styles.saveBar}>
      <p id={wordsId} role="status">
        {saved && !changed
          ? say('settings.saved')
          : say(changed ? 'settings.unsaved' : 'settings.nothingChanged')}
      </p>
      {changed && <Button onClick={undo}>{say('settings.undo')}</Button>}
      <Button
        type="submit"
        variant="filled"
        aria-describedby={wordsId}
        aria-disabled={!changed}
        data-disabled={!changed || undefined}
        aria-busy={busy}
      >
        {say('settings.save')}
      </Button>
    </div>
  );
}
