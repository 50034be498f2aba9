import { useRouterState } from '@tanstack/react-router';
import styles from './contacts.module.css';

/** What has just been done on the screen before, e.g. that a contact was deleted. */
declare module '@tanstack/react-router' {
  interface HistoryState {
    notice?: string;
  }
}

/** Shows what the screen before left to be told. */
export function Notice() {
  const notice = useRouterState({ select: ({ location }) => location.state.notice });
  return <div role="status">{notice !== undefined && <p className={styles.notice}>{notice}</p>}</div>;
}
