import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useErrorWords } from '../api/use-error-words';
import { useText } from '../i18n/text';
import styles from './states.module.css';

interface Props {
  /** What failed: "The campaigns could not be loaded". */
  title: string;
  error: unknown;
  /** Why, and what to do, where the error itself does not say it. */
  words?: ReactNode;
  retry?: () => void;
}

/** Says what failed, why, and what to do. */
export function ErrorState({ title, error, words, retry }: Props) {
  const say = useText();
  const wordsOf = useErrorWords();
  return (
    <div className={styles.error} role="alert">
      <p>
        <strong>{title}</strong>
        <br />
        {words ?? wordsOf(error)}
      </p>
      {retry && <Button onClick={retry}>{say('ui.tryAgain')}</Button>}
    </div>
  );
}
