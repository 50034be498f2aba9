import { Button } from '@mantine/core';
import { useText } from '../i18n/text';
import { ErrorState } from './error-state';
import styles from './pager.module.css';

interface PagerProps {
  page: number;
  pageSize: number;
  total: number;
  /** Whether the rows go from the newest to the oldest. */
  newestFirst: boolean;
  turnTo: (page: number) => void;
}

/** Turns numbered pages. Renders nothing if everything fits on one page. */
export function Pager({ page, pageSize, total, newestFirst, turnTo }: PagerProps) {
  const say = useText();
  const pages = Math.ceil(total / pageSize);
  if (pages <= 1) return null;
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  const turn = (next: number) => {
    turnTo(next);
    scrollTo({ top: 0 });
  };
  return (
    <nav className={styles.pager} aria-label={say('ui.pages')}>
      <Button disabled={page <= 1} onClick={() => turn(page - 1)}>
        {say(newestFirst ? 'ui.newer' : 'ui.previousPage')}
      </Button>
      <span aria-live="polite">{say('ui.range', { first, last, total })}</span>
      <Button disabled={page >= pages} onClick={() => turn(page + 1)}>
        {say(newestFirst ? 'ui.older' : 'ui.nextPage')}
      </Button>
    </nav>
  );
}

interface LoadMoreProps {
  shown: number;
  /** Where counting them is cheap. */
  total?: number;
  hasMore: boolean;
  busy: boolean;
  /** Why the next part could not be loaded. */
  problem?: unknown;
  loadMore: () => void;
}

/** Continues a list that is read by cursor. */
export function LoadMore({ shown, total, hasMore, busy, problem, loadMore }: LoadMoreProps) {
  const say = useText();
  return (
    <>
      {problem !== undefined && <ErrorState title={say('ui.moreFailed')} error={problem} retry={loadMore} />}
      <div className={styles.pager}>
        <span className="muted" aria-live="polite">
          {total === undefined
            ? say('ui.shown', { count: shown })
            : say('ui.shownOf', { count: shown, total })}
        </span>
        {hasMore && problem === undefined && (
          <Button loading={busy} onClick={loadMore}>
            {say('ui.loadMore')}
          </Button>
        )}
      </div>
    </>
  );
}
