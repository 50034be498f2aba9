import type { SendWindow } from './schedule';
import { Weekday } from './schedule';
import { momentOf, wallClockOf } from './wall-clock';

/** One opening of a window: from the one moment on, and no longer at the other. */
interface Opening {
  opensAt: Date;
  closesAt: Date;
}

/** Days in the order of Date.getUTCDay. */
const weekdays = [Weekday.SUN, Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI, Weekday.SAT];

/** The last opening of each window and zone, since every message asks for it; good from when it was asked for until it ends. */
const known = new Map<string, Opening & { since: Date }>();
const mostKnown = 1000;

/**
 * The opening of a window at a moment; while the window is closed, the next one. A window that crosses midnight belongs
 * to the day on which it begins. Pure.
 */
export function openingAt(window: SendWindow, zone: string, at: Date): Opening {
  const key = `${zone} ${window.from} ${window.to} ${window.days.join()}`;
  const last = known.get(key);
  if (last && last.since <= at && at < last.closesAt) return last;
  if (known.size >= mostKnown) known.clear();
  const opening = { ...findOpening(window, zone, at), since: at };
  known.set(key, opening);
  return opening;
}

function findOpening(window: SendWindow, zone: string, at: Date): Opening {
  const { year, month, day } = wallClockOf(at, zone);
  const [from, to] = [timeOf(window.from), timeOf(window.to)];
  const nextDay = minutesOf(to) <= minutesOf(from) ? 1 : 0;
  // from yesterday, whose opening may last until today, to the same day of the week after next
  for (let days = -1; days <= 15; days++) {
    const date = { year, month, day: day + days, second: 0 };
    const weekday = weekdays[new Date(Date.UTC(year, month - 1, date.day)).getUTCDay()];
    if (!weekday || !window.days.includes(weekday)) continue;
    const opensAt = momentOf({ ...date, ...from }, zone);
    const closesAt = momentOf({ ...date, ...to, day: date.day + nextDay }, zone);
    // where the clocks skip the whole window there is none on that day
    if (closesAt > at && closesAt > opensAt) return { opensAt, closesAt };
  }
  throw new Error(`The window ${window.from}–${window.to} never opens in ${zone}`);
}

/** When it is next open: the moment itself, or the next opening. */
export function nextOpen(window: SendWindow | null, zone: string, at: Date): Date {
  const opensAt = window ? openingAt(window, zone, at).opensAt : at;
  return opensAt > at ? opensAt : at;
}

function timeOf(text: string): { hour: number; minute: number } {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return { hour, minute };
}

function minutesOf({ hour, minute }: { hour: number; minute: number }): number {
  return hour * 60 + minute;
}
