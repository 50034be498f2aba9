const counts = new Intl.NumberFormat('en');
const percents = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** 1,523 */
export function count(value: number): string {
  return counts.format(value);
}

/** "99.34 %", or a dash when there is no rate. */
export function percent(rate: number | null): string {
  return rate === null ? '–' : `${percents.format(rate)}\u00a0%`;
}

/** A percentage that the API has no field for, rounded as the API rounds its rates. Null if `whole` is 0. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 100;
}

/** "1 person", "1,523 people" */
export function people(value: number): string {
  return value === 1 ? '1 person' : `${count(value)} people`;
}
