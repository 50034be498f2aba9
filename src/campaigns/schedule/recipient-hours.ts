import { audienceIdentities, binder } from '../../audience/source';
import { exclusions } from '../../audience/exclusions';
import type { Selection } from '../../audience/exclusions';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import { allZones, zoneDigits, zoneOfNumber } from './number-zone';
import { ScheduleTimeZone } from './schedule';
import type { Schedule } from './schedule';
import { momentOf, wallClockOf } from './wall-clock';
import { nextOpen, openingAt } from './window';

/** The zone of a person for a schedule with RECIPIENT: of the number's country, else the business's. */
function zoneFor(schedule: Schedule, number: string): string {
  return zoneOfNumber(number) ?? schedule.zone;
}

/** When a person is due, by the first digits of the number: at their hour, or at once if it has passed; in the window. Pure. */
export function dueAt(schedule: Schedule, number: string, now: Date): Date {
  const zone = zoneFor(schedule, number);
  const hour = hourIn(schedule, zone);
  return nextOpen(schedule.window, zone, hour > now ? hour : now);
}

/** How long until the window is open where a person is, in ms; 0 while it is. Pure. */
export function closedForMs(schedule: Schedule, number: string, now: Date): number {
  if (!schedule.window) return 0;
  const { opensAt } = openingAt(schedule.window, zoneFor(schedule, number), now);
  return Math.max(0, opensAt.getTime() - now.getTime());
}

/**
 * When a schedule with RECIPIENT must be looked at next: it starts when the first person is due, at the latest at sendAt,
 * and ends at its deadline.
 * Until then it is looked at whenever an hour comes somewhere in the world, since the audience may change. Pure.
 * @param first when the first person of the audience is due
 */
export function nextLook(schedule: Schedule, first: Date | undefined, now: Date): Date {
  const hours = allZones().map((zone) => hourIn(schedule, zone).getTime());
  const next = Math.min(
    new Date(schedule.sendAt).getTime(),
    first?.getTime() ?? Infinity,
    schedule.deadline === null ? Infinity : new Date(schedule.deadline).getTime(),
    ...hours.filter((hour) => hour > now.getTime()),
  );
  return new Date(Math.max(next, now.getTime()));
}

/**
 * A schedule with its start, and when it must be looked at next. With RECIPIENT the start depends on who is in the audience:
 * plan anew when that changes.
 */
export async function planFor(
  sql: Sql,
  schedule: Schedule,
  selection: Selection,
  now: Date,
): Promise<{ schedule: Schedule; due: Date }> {
  if (schedule.timeZone === ScheduleTimeZone.BUSINESS) return { schedule, due: new Date(schedule.sendAt) };
  const first = await firstDue(sql, selection, schedule, now);
  const startsAt = first?.toISOString() ?? schedule.startsAt;
  return { schedule: { ...schedule, startsAt }, due: nextLook(schedule, first, now) };
}

/** When the first person of an audience is due; undefined when nobody is in it. */
export async function firstDue(
  sql: Sql,
  selection: Selection,
  schedule: Schedule,
  now: Date,
): Promise<Date | undefined> {
  const parameters: unknown[] = [];
  const bind = binder(parameters);
  const identities = audienceIdentities(
    selection.audience,
    selection.businessId,
    bind,
    selection.policy.needsPhone,
  );
  const { joins, allowed } = exclusions(selection, 'audience', bind);
  const found = await rows<{ digits: string }>(
    sql,
    `/* audienceDigits */ WITH audience AS (${identities})
     SELECT DISTINCT left(p.identity, ${zoneDigits}) AS digits FROM audience p ${joins}
     WHERE p.identity IS NOT NULL AND ${allowed}`,
    parameters,
  );
  const due = found.map(({ digits }) => dueAt(schedule, digits, now).getTime());
  return due.length === 0 ? undefined : new Date(due.reduce((a, b) => Math.min(a, b)));
}

/** The moment at which the clocks of a zone show what the business's show at sendAt. */
function hourIn(schedule: Schedule, zone: string): Date {
  const sendAt = new Date(schedule.sendAt);
  // when clocks are set back, a local time occurs twice, and sendAt may be the second
  if (zone === schedule.zone) return sendAt;
  const second = momentOf(wallClockOf(sendAt, schedule.zone), zone);
  return new Date(second.getTime() + sendAt.getUTCMilliseconds());
}
