import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './step.module.css';

interface Props {
  number: number;
  title: string;
  children: ReactNode;
}

/** A numbered part of the form. All of them are on the screen at once. */
export function Step({ number, title, children }: Props) {
  const id = useId();
  return (
    <section className={styles.step} aria-labelledby={id}>
      <h2 id={id}>
        <span className={styles.number} aria-hidden="true">
          {number}
        </span>
        {title}
      </h2>
      <div className={styles.content}>{children}</div>
    </section>
  );
}
