import type { ReactNode } from 'react';
import styles from './state-chip.module.css';

/** What a colour says: works on it, done well, waits, went wrong, or nothing in particular. */
export type Tone = 'busy' | 'good' | 'waiting' | 'bad' | 'quiet';

/** A state by word and colour; `status` is its name in the API. */
export function StateChip({ tone, status, children }: { tone: Tone; status: string; children: ReactNode }) {
  return (
    <span className={styles.chip} data-tone={tone} data-status={status}>
      {children}
    </span>
  );
}
