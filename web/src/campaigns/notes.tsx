import type { ReactNode } from 'react';
import { Mark } from '../frame/mark';

/** There is nothing, and what to do about it. */
export function EmptyNote({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="empty">
      <Mark size={56} />
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** It did not work, why, and another try. */
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
