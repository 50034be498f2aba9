import { useState } from 'react';

interface Loading {
  /** The list that is continued. */
  of: string;
  busy: boolean;
  problem?: unknown;
}

/**
 * Loads the next page of a list, and keeps why that failed. The results of `useQuery` do not tell it: a failed `fetchMore`
 * is not in `error`, and with `no-cache` leaves `loading` true (Apollo Client 4.3).
 * @param of which list it is: what happened to another one is not shown
 * @param load rejects if the page cannot be loaded
 */
export function useLoadMore(of: string, load: () => Promise<unknown>) {
  const [latest, setLatest] = useState<Loading>();
  const shown = latest?.of === of ? latest : undefined;
  const loadMore = () => {
    const begun: Loading = { of, busy: true };
    setLatest(begun);
    const end = (problem?: unknown) =>
      setLatest((before) => (before === begun ? { of, busy: false, problem } : before));
    load().then(() => end(), end);
  };
  return { loadMore, busy: shown?.busy ?? false, problem: shown?.problem };
}
