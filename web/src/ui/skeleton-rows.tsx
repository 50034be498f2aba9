import { useText } from '../i18n/text';
import styles from './states.module.css';

/** A placeholder in the shape of a table while it loads. */
export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  const say = useText();
  return (
    <div className={styles.skeleton} role="status" aria-label={say('ui.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} aria-hidden="true">
          <span />
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
