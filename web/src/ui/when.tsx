import { useFormat } from '../format/use-format';
import { useNow } from '../format/use-now';
import { useText } from '../i18n/text';
import styles from './when.module.css';

/** "2 minutes ago", with the full time and its zone on hover and on focus. */
export function When({ at, timeZone }: { at: string; timeZone: string }) {
  const say = useText();
  const format = useFormat();
  const now = useNow(30_000);
  return (
    <time dateTime={at} className={styles.when} tabIndex={0}>
      {format.ago(at, now) ?? say('ui.justNow')}
      <span className={styles.full}>{format.absolute(at, timeZone)}</span>
    </time>
  );
}
