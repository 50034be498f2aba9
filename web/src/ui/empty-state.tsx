import type { ReactNode } from 'react';
import styles from './states.module.css';

interface Props {
  title: string;
  /** What to do next, in a sentence. */
  children: ReactNode;
  /** The one next step. */
  action?: ReactNode;
}

/** Stands where nothing is to be shown yet, and teaches the next step. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <section className={styles.empty}>
      <h2>{title}</h2>
      <div className={styles.words}>{children}</div>
      {action}
    </section>
  );
}
