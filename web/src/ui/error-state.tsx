import { Button } from '@mantine/core';
import { useErrorWords } from '../api/use-error-words';
import { useText } from '../i18n/text';
import styles from './states.module.css';

interface Props {
  /** What failed: "The campaigns could not be loaded". */
  title: string;
  error: unknown;
  retry?: () => void;
}

/** Says what failed, why, and what to do. */
export function ErrorState({ title, error, retry }: Props) {
  const say = useText();
  const words = useErrorWords();
  return (
    <div className={styles.error} role="alert">
      <p>
        <strong>{title}</strong>
        <br />
        {words(error)}
      </p>
      {retry && <Button onClick={retry}>{say('ui.tryAgain')}</Button>}
    </div>
  );
}
