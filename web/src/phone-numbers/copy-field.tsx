import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useText } from '../i18n/text';
import styles from './phone-numbers.module.css';

/** A value to take elsewhere. Where the page may not write to the clipboard (plain http), it is selected instead. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const say = useText();
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<string>();

  const copy = async () => {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setSaid(say('phoneNumbers.copied'));
    } catch {
      setSaid(say('phoneNumbers.selected'));
    }
  };
  return (
    <div className={styles.copy}>
      <TextInput ref={input} label={label} value={value} readOnly />
      <Button onClick={() => void copy()} aria-label={say('phoneNumbers.copyOf', { label })}>
        {say('phoneNumbers.copy')}
      </Button>
      <span className="muted small" role="status">
        {said}
      </span>
    </div>
  );
}
