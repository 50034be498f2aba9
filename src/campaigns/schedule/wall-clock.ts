/** Wall-clock times of IANA zones, by the rules that Intl knows. Pure. */

/** A date and a time of day as a clock on the wall shows them. Values beyond a unit carry over, as in Date.UTC. */
export interface WallClock {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than using it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

/** What the clocks of a zone show at a moment. */
export function wallClockOf(at: Date, zone: string): WallClock {
  // 11/8/2026, 10:00:00; formatToParts takes three times as long
  const [month = NaN, day = NaN, year = NaN, hour = NaN, minute = NaN, second = NaN] = formatOf(zone)
    .format(at)
    .split(/\D+/)
    .map(Number);
  return { year, month, day, hour, minute, second };
}

/**
 * The moment at which the clocks of a zone show a time. A time that comes twice (clocks are set back) is the first of the
 * two; one that never comes (clocks are set forward) is the moment at which it is skipped.
 */
export function momentOf(wall: WallClock, zone: string): Date {
  const local = asUtc(wall);
  // the offsets before and after any change of the clocks nearby
  const [before, after] = [local - dayMs, local + dayMs].map((at) => offsetAt(at, zone)) as [number, number];
  const candidates = [local - before, local - after].sort((a, b) => a - b) as [number, number];
  const real = candidates.find((at) => at + offsetAt(at, zone) === local);
  return new Date(real ?? changeBetween(...candidates, zone));
}

/** How far the clocks of a zone are ahead of UTC, in ms. */
function offsetAt(at: number, zone: string): number {
  const second = Math.floor(at / 1000) * 1000;
  return asUtc(wallClockOf(new Date(second), zone)) - second;
}

/** The moment in between at which the clocks are set to another time. */
function changeBetween(from: number, to: number, zone: string): number {
  const offset = offsetAt(from, zone);
  let [low, high] = [from, to];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (offsetAt(middle, zone) === offset) low = middle;
    else high = middle;
  }
  return high;
}

function asUtc({ year, month, day, hour, minute, second }: WallClock): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
