import { useState } from 'react';
import { steadyRows } from './steady-rows';
import type { SteadyRows } from './steady-rows';

/**
 * The rows of a list that is read again and again: after the first answer for a view, new rows wait until `drawAll`.
 * @param view what is looked at: page, filters and order
 * @param isRead whether `present` is an answer of the server for this view, and not what was kept of an earlier look
 */
export function useSteadyRows<Row extends { id: string }>(
  view: string,
  present: readonly Row[],
  isRead: boolean,
): SteadyRows<Row> & { drawAll: () => void } {
  const [seen, setSeen] = useState<{ view: string; ids: string[] }>();
  const now = { view, ids: present.map(({ id }) => id) };
  const isSeen = seen?.view === view;
  if (isRead && !isSeen) setSeen(now);
  const rows = steadyRows(isSeen ? seen.ids : now.ids, present);
  const added = isSeen ? rows.drawn.filter(({ id }) => !seen.ids.includes(id)) : [];
  // What was added at the end keeps its place too.
  if (isRead && isSeen && added.length > 0)
    setSeen({ view, ids: [...seen.ids, ...added.map(({ id }) => id)] });
  return { ...rows, drawAll: () => setSeen(now) };
}
