const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const steps = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** "5 minutes ago", "yesterday"; "just now" within a minute, before or after now. */
export function ago(iso: string, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return 'just now';
}

/** "22 Nov 2026, 15:56" in a time zone; in UTC, marked as such, if the browser does not know the zone. */
export function absolute(iso: string, timeZone: string): string {
  return format(iso, timeZone, { dateStyle: 'medium', timeStyle: 'short' });
}

/** "22 Nov, 15:56" in a time zone. */
export function dayAndTime(iso: string, timeZone: string): string {
  return format(iso, timeZone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** "42 min", "1 h 5 min", "8 s": the two largest units; seconds only below one minute. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return join(hours, 'h', minutes % 60, 'min');
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

function format(iso: string, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(new Date(iso));
  } catch {
    return `${new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(new Date(iso))} UTC`;
  }
}
