import { badInput } from '../../infra/errors';
import { ScheduleTimeZone, Weekday } from './schedule';
import type { Schedule, SendWindow } from './schedule';
import type { ScheduleInput, SendWindowInput } from './schedule.graphql';
import { nextOpen } from './window';

/** So far ahead a campaign can be scheduled, in days. */
const furthestDays = 731;

const dayMs = 86_400_000;
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * Checks a schedule and fills in what was left out. Pure.
 * @param zone the business's IANA zone
 * @param now by the database's clock, which also decides when the schedule is due
 * @param at the path of the input, for errors
 * @throws BAD_USER_INPUT naming the field
 */
export function checkSchedule(input: ScheduleInput, zone: string, now: Date, at = 'input'): Schedule {
  const { sendAt, deadline = null } = input;
  if (!(sendAt > now)) throw badInput(`${at}.sendAt`, 'a time in the future');
  if (sendAt.getTime() - now.getTime() > furthestDays * dayMs)
    throw badInput(`${at}.sendAt`, 'a time within two years');
  if (deadline && !(deadline > sendAt)) throw badInput(`${at}.deadline`, 'a time after sendAt');
  const window = input.window ? checkWindow(input.window, `${at}.window`) : null;
  const timeZone = input.timeZone ?? ScheduleTimeZone.BUSINESS;
  const startsAt = nextOpen(window, zone, sendAt);
  if (deadline && timeZone === ScheduleTimeZone.BUSINESS && startsAt >= deadline)
    throw badInput(`${at}.deadline`, `a time after the window opens (${startsAt.toISOString()})`);
  return {
    sendAt: sendAt.toISOString(),
    timeZone,
    zone,
    window,
    deadline: deadline?.toISOString() ?? null,
    startsAt: startsAt.toISOString(),
  };
}

function checkWindow({ from, to, days }: SendWindowInput, at: string): SendWindow {
  if (!timeOfDay.test(from)) throw badInput(`${at}.from`, 'a time of day as HH:MM, e.g. "10:00"');
  if (to !== '24:00' && !timeOfDay.test(to))
    throw badInput(`${at}.to`, 'a time of day as HH:MM, e.g. "19:00", or "24:00"');
  if (from === to) throw badInput(`${at}.to`, 'another time than from (the whole day is "00:00" to "24:00")');
  if (days?.length === 0) throw badInput(`${at}.days`, 'at least one day (leave it out for every day)');
  const week = Object.values(Weekday);
  return { from, to, days: days ? week.filter((day) => days.includes(day)) : week };
}
