import { Button } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './action.module.css';

interface Props extends Pick<ButtonProps, 'variant' | 'color' | 'size'> {
  /** The label, a verb. */
  children: ReactNode;
  run: () => void;
  /** Why it cannot be done now, in a sentence. It stands beside the disabled button. */
  reason?: string;
  busy?: boolean;
  /** The accessible name, if the label alone does not say what it acts on. */
  label?: string;
  /** Takes the focus when it appears: what had it before is gone. */
  autoFocus?: boolean;
  /** The id of an element beside it that says what it concerns. */
  describedBy?: string;
}

/**
 * A button that says its reason when it is disabled. It stays focusable then, so that the keyboard finds the reason,
 * and while it is busy, so that the focus is not lost.
 */
export function Action({
  children,
  run,
  reason,
  busy = false,
  label,
  autoFocus,
  describedBy,
  ...look
}: Props) {
  const reasonId = useId();
  const off = reason !== undefined;
  return (
    <span className={styles.action}>
      {off && (
        <span id={reasonId} className={styles.reason}>
          {reason}
        </span>
      )}
      <Button
        {...look}
        autoFocus={autoFocus}
        aria-label={label}
        aria-describedby={off ? reasonId : describedBy}
        aria-disabled={off || busy}
        data-disabled={off || undefined}
        aria-busy={busy}
        onClick={({ detail }) => {
          // The second click of a double click would hit the button that has replaced this one.
          if (!off && !busy && detail < 2) run();
        }}
      >
        {children}
      </Button>
    </span>
  );
}
