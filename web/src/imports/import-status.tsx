import type { ImportStatus } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './import-status.module.css';

/** An import's status by word and colour. */
export function ImportStatusChip({ status }: { status: ImportStatus }) {
  const say = useText();
  return (
    <span className={styles.chip} data-status={status}>
      {say('imports.status', { status })}
    </span>
  );
}
