import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useFormat } from '../format/use-format';
import styles from './page-header.module.css';

interface Props {
  /** The heading, and the title of the browser's tab. */
  title: string;
  /** How many there are of what the screen lists. */
  count?: number;
  /** One sentence on what is going on, or what the screen is for. */
  sentence?: ReactNode;
  /** The primary action last. On a phone they stand in a bar at the bottom. */
  actions?: ReactNode;
}

/** The top of every screen. */
export function PageHeader({ title, count, sentence, actions }: Props) {
  const format = useFormat();
  useEffect(() => {
    document.title = `${title} · Dakiya`;
  }, [title]);
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <h1>
          {title}
          {/* The blank is for screen readers. */}
          {count !== undefined && (
            <>
              {' '}
              <span className={styles.count}>{format.count(count)}</span>
            </>
          )}
        </h1>
        {sentence !== undefined && <p className={styles.sentence}>{sentence}</p>}
      </div>
      {actions !== undefined && actions !== false && actions !== null && (
        <div className={styles.actions}>{actions}</div>
      )}
    </header>
  );
}
