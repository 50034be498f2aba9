/** How far an import was at a time, in milliseconds since 1970. */
export interface Reading {
  at: number;
  rows: number;
  bytes: number;
}

/** Long enough to smooth the sets in which rows are written, short enough to notice a change. */
const windowMs = 8_000;
const shortestMs = 900;

/** The readings with a new one, without those that no longer count. One that says nothing new is not added. */
export function withReading(readings: readonly Reading[], next: Reading): readonly Reading[] {
  const last = readings.at(-1);
  if (last && last.rows === next.rows && last.bytes === next.bytes) return readings;
  // The window begins with a reading: after a pause there is still one to compare with.
  const begins = readings.findLastIndex(({ at }) => at <= next.at - windowMs);
  return [...readings.slice(Math.max(0, begins)), next];
}

export interface Pace {
  rowsPerSecond: number;
  secondsLeft: number;
}

/** How quick an import is; undefined until that can be said, and when nothing has moved for a while. */
export function paceOf(readings: readonly Reading[], bytesTotal: number, now: number): Pace | undefined {
  const first = readings[0];
  const last = readings.at(-1);
  if (!first || !last || last.at - first.at < shortestMs || now - last.at > windowMs) return undefined;
  const seconds = (last.at - first.at) / 1000;
  const bytesPerSecond = (last.bytes - first.bytes) / seconds;
  if (bytesPerSecond <= 0) return undefined;
  return {
    rowsPerSecond: (last.rows - first.rows) / seconds,
    secondsLeft: Math.max(0, bytesTotal - last.bytes) / bytesPerSecond,
  };
}

/** How many rows the file will have had, by its size and the rows so far, to three digits. */
export function expectedRows(rows: number, bytesRead: number, bytesTotal: number): number {
  if (rows === 0 || bytesRead <= 0) return 0;
  const expected = Math.max(rows, (rows * bytesTotal) / bytesRead);
  const digit = 10 ** Math.max(0, Math.floor(Math.log10(expected)) - 2);
  return Math.max(rows, Math.round(expected / digit) * digit);
}
