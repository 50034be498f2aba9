import { useSyncExternalStore } from 'react';

const moved = 'dakiya:moved';

/** The address says what the page shows: `?business=…&page=…`. So reloading, bookmarks and Back work. */
export function useAddress(): URLSearchParams {
  const search = useSyncExternalStore(subscribe, () => location.search);
  return new URLSearchParams(search);
}

/** Changes the address. Undefined removes a parameter; `replace` adds no entry to the history. */
export function go(parameters: Record<string, string | undefined>, { replace = false } = {}): void {
  const next = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  const query = next.size > 0 ? `?${next}` : '';
  history[replace ? 'replaceState' : 'pushState'](null, '', `${location.pathname}${query}`);
  dispatchEvent(new Event(moved));
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(moved, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(moved, listener);
  };
}
