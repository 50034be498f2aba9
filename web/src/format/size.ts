const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;

/** "41.2 MB": a number of bytes in the unit that suits it. */
export function size(bytes: number, locale: string): string {
  const kilobytes = bytes === 0 ? 0 : Math.max(0.1, bytes / 1000);
  const step = kilobytes < 1000 ? 0 : kilobytes < 1e6 ? 1 : 2;
  const value = kilobytes / 1000 ** step;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step],
    maximumFractionDigits: value >= 100 ? 0 : 1,
  }).format(value);
}
