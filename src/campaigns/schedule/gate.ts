import { ScheduleTimeZone } from './schedule';
import type { Gate, Schedule } from './schedule';
import { openingAt } from './window';

/**
 * When a campaign's messages may go out, as far as it is the same for all its recipients: in the window of the business's
 * clock, and before the deadline. Windows of the recipients' clocks are checked for each person. Pure.
 */
export function gateOf(schedule: Schedule | null, now: Date): Gate {
  const deadline = schedule?.deadline ? new Date(schedule.deadline) : null;
  if (!schedule?.window || schedule.timeZone === ScheduleTimeZone.RECIPIENT)
    return { opensAt: null, closesAt: deadline };
  const { opensAt, closesAt } = openingAt(schedule.window, schedule.zone, now);
  return { opensAt, closesAt: deadline && deadline < closesAt ? deadline : closesAt };
}
