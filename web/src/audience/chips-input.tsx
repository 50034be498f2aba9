import { CloseButton, Pill, PillsInput } from '@mantine/core';
import '@mantine/core/styles/Pill.layer.css';
import '@mantine/core/styles/PillsInput.layer.css';
import { useRef } from 'react';
import { useText } from '../i18n/text';
import styles from './audience.module.css';
import type { Scalar } from './tree';

interface Props {
  label: string;
  placeholder: string;
  values: readonly Scalar[];
  /** What is being typed. It counts as a value already. */
  pending: string;
  change: (values: readonly Scalar[], pending: string) => void;
}

/** A list of texts. Enter or a comma finishes one; Backspace takes the last one back. */
export function ChipsInput({ label, placeholder, values, pending, change }: Props) {
  const say = useText();
  const input = useRef<HTMLInputElement>(null);

  /** Splits at commas and line ends, as in a pasted list. */
  const finish = (text: string) => {
    const added = text
      .split(/[,\n\t]/)
      .map((one) => one.trim())
      .filter((one, i, all) => one !== '' && all.indexOf(one) === i && !values.map(String).includes(one));
    change([...values, ...added], '');
  };

  return (
    <PillsInput>
      <Pill.Group>
        {values.map((value, index) => (
          <Pill key={String(value)} className={styles.chip} component="span">
            {String(value)}
            <CloseButton
              size="xs"
              className={styles.chipRemove}
              aria-label={say('audience.removeValue', { value: String(value) })}
              onClick={() => {
                change(values.toSpliced(index, 1), pending);
                input.current?.focus();
              }}
            />
          </Pill>
        ))}
        <PillsInput.Field
          ref={input}
          className={styles.chipField}
          aria-label={label}
          placeholder={values.length === 0 ? placeholder : undefined}
          value={pending}
          autoComplete="off"
          enterKeyHint="done"
          onChange={({ currentTarget }) => {
            if (/[,\n]/.test(currentTarget.value)) finish(currentTarget.value);
            else change(values, currentTarget.value);
          }}
          onPaste={(event) => {
            const text = event.clipboardData.getData('text/plain');
            if (!/[,\n\t]/.test(text)) return;
            event.preventDefault();
            finish(`${pending}${text}`);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter') {
              event.preventDefault();
              finish(pending);
            } else if (event.key === 'Backspace' && pending === '' && values.length > 0) {
              change(values.slice(0, -1), '');
            }
          }}
        />
      </Pill.Group>
    </PillsInput>
  );
}
