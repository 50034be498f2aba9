/** Which rows of a list are drawn while newer answers come in, so that none moves under the finger. Pure. */

export interface SteadyRows<Row> {
  drawn: Row[];
  /** Whether the list as it is now differs from what is drawn: rows that would push others down wait until they are asked for. */
  isBehind: boolean;
}

/**
 * Rows that are drawn keep their order. What is gone goes, and what comes after the last of them is added at the end.
 * @param drawnIds what is on the screen, in this order
 * @param present the list as it is now
 */
export function steadyRows<Row extends { id: string }>(
  drawnIds: readonly string[],
  present: readonly Row[],
): SteadyRows<Row> {
  const known = new Set(drawnIds);
  const byId = new Map(present.map((row) => [row.id, row]));
  const kept = drawnIds.flatMap((id) => byId.get(id) ?? []);
  const last = present.findLastIndex(({ id }) => known.has(id));
  const after = present.slice(last + 1);
  const drawn = [...kept, ...after];
  return { drawn, isBehind: present.some(({ id }, i) => drawn[i]?.id !== id) };
}
