import { count } from '../format/numbers';
import { go } from '../frame/address';

/** Renders nothing if everything fits on one page. */
export function Pagination({ page, pageSize, total }: { page: number; pageSize: number; total: number }) {
  const pages = Math.ceil(total / pageSize);
  if (pages <= 1) return null;
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  const turnTo = (next: number) => {
    go({ page: next === 1 ? undefined : String(next) });
    scrollTo({ top: 0 });
  };
  return (
    <nav className="pagination" aria-label="Pages">
      <button type="button" className="button" disabled={page <= 1} onClick={() => turnTo(page - 1)}>
        Newer
      </button>
      <span aria-live="polite">
        {count(first)}–{count(last)} of {count(total)}
      </span>
      <button type="button" className="button" disabled={page >= pages} onClick={() => turnTo(page + 1)}>
        Older
      </button>
    </nav>
  );
}
