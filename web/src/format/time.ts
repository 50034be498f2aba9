import { once } from './once';

const relative = once((locale: string) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
const units = once(
  (locale: string, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
);
const dates = once(
  (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

const steps = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** "5 minutes ago", "yesterday"; undefined within a minute, before or after now: "just now" is a text of the catalogue. */
export function ago(iso: string, now: number, locale = 'en-GB'): string | undefined {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative(locale).format(Math.trunc(seconds / size), unit);
  }
  return undefined;
}

/** "22 Nov 2026, 15:56 IST" in a time zone; in UTC if the browser does not know the zone. */
export function absolute(iso: string, timeZone: string, locale = 'en-GB'): string {
  return `${format(iso, timeZone, locale, { day: 'numeric', month: 'short', year: 'numeric', ...clock })} ${zoneName(timeZone, iso)}`;
}

/** "22 Nov, 15:56" in a time zone. */
export function dayAndTime(iso: string, timeZone: string, locale = 'en-GB'): string {
  return format(iso, timeZone, locale, { day: 'numeric', month: 'short', ...clock });
}

/** "22 Nov, 15:56:07" in a time zone. */
export function dayAndExactTime(iso: string, timeZone: string, locale = 'en-GB'): string {
  return format(iso, timeZone, locale, { day: 'numeric', month: 'short', ...clock, second: '2-digit' });
}

/** "Sun, 22 Nov, 15:56 IST" in a time zone. */
export function dayAndZone(iso: string, timeZone: string, locale = 'en-GB'): string {
  return `${format(iso, timeZone, locale, { weekday: 'short', day: 'numeric', month: 'short', ...clock })} ${zoneName(timeZone, iso)}`;
}

/** "Sun, 22 Nov" in a time zone. */
export function day(iso: string, timeZone: string, locale = 'en-GB'): string {
  return format(iso, timeZone, locale, { weekday: 'short', day: 'numeric', month: 'short' });
}

/** "15:56" in a time zone. */
export function clockTime(iso: string | number, timeZone: string, locale = 'en-GB'): string {
  return format(iso, timeZone, locale, clock);
}

/** "15:56:07" in a time zone. */
export function exactTime(at: string | number, timeZone: string, locale = 'en-GB'): string {
  return format(at, timeZone, locale, { ...clock, second: '2-digit' });
}

/** "IST", or "GMT+5:30" where the zone has no short name in the language. */
export function zoneName(timeZone: string, at: string | number = Date.now()): string {
  // English as spoken in India knows IST, in Britain GMT and BST; other zones come out as an offset in both.
  const locale = timeZone === 'Asia/Kolkata' || timeZone === 'Asia/Calcutta' ? 'en-IN' : 'en-GB';
  const parts = formatter(locale, timeZone, { timeZoneName: 'short' }).formatToParts(new Date(at));
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

/** A length of time in its two largest units; seconds only below one minute. */
export function duration(milliseconds: number, locale = 'en-GB'): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const parts: [number, string][] =
    seconds < 60
      ? [[seconds, 'second']]
      : minutes < 60
        ? [[minutes, 'minute']]
        : hours < 24
          ? [
              [hours, 'hour'],
              [minutes % 60, 'minute'],
            ]
          : [
              [Math.floor(hours / 24), 'day'],
              [hours % 24, 'hour'],
            ];
  return parts
    .filter(([value], index) => index === 0 || value > 0)
    .map(([value, unit]) => units(locale, unit).format(value))
    .join(' ');
}

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

function format(
  at: string | number,
  timeZone: string,
  locale: string,
  options: Intl.DateTimeFormatOptions,
): string {
  return formatter(locale, timeZone, options).format(new Date(at));
}

function formatter(
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  try {
    return dates(locale, { ...options, timeZone });
  } catch {
    return dates(locale, { ...options, timeZone: 'UTC' });
  }
}
