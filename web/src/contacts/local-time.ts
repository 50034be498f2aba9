import { once } from '../format/once';

const dayMs = 86_400_000;

/** "2026-11-26T14:05", the form of a date and time field, of an instant in a time zone. */
export function toLocal(iso: string, timeZone: string): string {
  return new Date(Math.floor((Date.parse(iso) + offset(Date.parse(iso), timeZone)) / 60_000) * 60_000)
    .toISOString()
    .slice(0, 16);
}

/**
 * The instant at which clocks in a time zone show a date and time; ISO 8601. A time that clocks leave out in spring is
 * the hour after it; of a time that occurs twice in autumn it is the first.
 */
export function fromLocal(local: string, timeZone: string): string {
  const asUtc = Date.parse(`${local.slice(0, 16)}:00Z`);
  // The two offsets around it: they differ only when clocks are changed.
  const [before, after] = [offset(asUtc - dayMs, timeZone), offset(asUtc + dayMs, timeZone)];
  const instant = [asUtc - before, asUtc - after].find((at) => at + offset(at, timeZone) === asUtc);
  return new Date(instant ?? asUtc - before).toISOString();
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offset(at: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatter(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

const formatter = once((timeZone: string): Intl.DateTimeFormat => {
  const options: Intl.DateTimeFormatOptions = {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  };
  try {
    return new Intl.DateTimeFormat('en', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' });
  }
});
