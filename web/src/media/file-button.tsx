import { Button, FileButton as Chooser } from '@mantine/core';
import { useId } from 'react';
import { useText } from '../i18n/text';
import styles from './file-button.module.css';
import { acceptedFiles } from './kinds';
import type { MediaKind } from './kinds';
import type { FileChoice } from './use-file-choice';

interface Props {
  kind: MediaKind;
  choice: FileChoice;
  /** The name of the file input. */
  label: string;
  /** Which files are accepted, and for what. */
  limits: string;
  /** Whether there is a file already. */
  has: boolean;
  /** The name of the file that is kept. */
  fileName: string;
  /** What is wrong besides the file that was chosen last. */
  wrong?: string | undefined;
}

/** Chooses a file. Which files are accepted stands above the button, what was wrong with the last one below it. */
export function FileButton({ kind, choice, label, limits, has, fileName, wrong }: Props) {
  const say = useText();
  const id = useId();
  const { sending } = choice;
  const problem = choice.problem ?? (sending ? undefined : wrong);
  return (
    <div className={styles.file}>
      <p className="muted small" id={id}>
        {limits}
      </p>
      <div className={styles.row}>
        <Chooser accept={acceptedFiles(kind)} onChange={choice.choose} inputProps={{ 'aria-label': label }}>
          {(button) => (
            <Button
              {...button}
              aria-describedby={id}
              aria-invalid={problem !== undefined}
              aria-busy={sending !== undefined}
            >
              {say(has ? 'ui.chooseAnother' : 'ui.chooseFile')}
            </Button>
          )}
        </Chooser>
        <span className={styles.name} role="status">
          {sending ? say('ui.uploading', { name: sending.file.name }) : fileName}
        </span>
      </div>
      {problem !== undefined && (
        <p className={styles.wrong} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
