import type { ReactNode } from 'react';
import { Mark } from '../frame/mark';

/** Says that there is nothing to show, and what to do. */
export function EmptyNote({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="empty">
      <Mark size={56} />
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Says what failed and why, with a button to try again. */
export function ErrorNote({ what, words, retry }: { what: string; words: string; retry: () => void }) {
  return (
    <div className="notice notice-bad notice-row" role="alert">
      <p>
        <strong>{what}</strong> {words}
      </p>
      <button type="button" className="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
