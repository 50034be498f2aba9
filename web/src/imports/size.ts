const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "41.2 MB": a number of bytes in the unit that suits it. */
export function size(bytes: number, locale: string): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step],
    maximumFractionDigits: step === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}
