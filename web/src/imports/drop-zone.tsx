import { useEffect, useId, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language';
import { useText } from '../i18n/text';
import styles from './drop-zone.module.css';
import { size } from '../format/size';

interface Props {
  file: File | undefined;
  choose: (file: File) => void;
  disabled: boolean;
}

/** Takes a file by its input, or dropped anywhere on the screen. */
export function DropZone({ file, choose, disabled }: Props) {
  const say = useText();
  const { locale } = useLanguage();
  const id = useId();
  const over = useDrop(disabled ? undefined : choose);
  return (
    <div className={styles.zone} data-over={over}>
      <input
        id={id}
        className={styles.input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        aria-describedby={`${id}-state`}
        disabled={disabled}
        // Otherwise choosing the same file again, mended meanwhile, would change nothing.
        onClick={({ currentTarget }) => (currentTarget.value = '')}
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? [];
          if (chosen) choose(chosen);
        }}
      />
      <label htmlFor={id} className={styles.label}>
        {say('imports.csvFile')}
      </label>
      <span id={`${id}-state`} className={styles.state}>
        {file ? (
          <>
            <strong>{file.name}</strong> <span className="muted">{size(file.size, locale)}</span>
          </>
        ) : (
          say('imports.drop')
        )}
      </span>
      <span className={styles.button} aria-hidden="true">
        {say(file ? 'imports.chooseAnother' : 'imports.choose')}
      </span>
    </div>
  );
}

/** Takes a file that is dropped on the page: the browser would open it instead of the page, and the form would be lost. */
function useDrop(choose: ((file: File) => void) | undefined): boolean {
  const [over, setOver] = useState(false);
  const taker = useRef(choose);
  useEffect(() => {
    taker.current = choose;
  });
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      if (taker.current) setOver(true);
      else event.dataTransfer.dropEffect = 'none';
    };
    const onLeave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      const [file] = event.dataTransfer?.files ?? [];
      if (!file) return;
      event.preventDefault();
      setOver(false);
      taker.current?.(file);
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
    };
  }, []);
  return over;
}
