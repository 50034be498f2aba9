import type { ScheduleInput, Weekday, WizardCampaignFragment } from '../../generated/graphql';
import { fromLocal, toLocal } from '../../contacts/local-time';
import type { Say } from '../../i18n/text';

export const weekdays: readonly Weekday[] = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** When it is sent. Dates and times are as the clocks of the business show them. */
export interface When {
  later: boolean;
  /** 2026-11-08 */
  date: string;
  /** 10:00 */
  time: string;
  /** At this time where each person lives. */
  ownTime: boolean;
  /** Only between `from` and `to`, on the days of `days`. */
  windowed: boolean;
  from: string;
  to: string;
  days: readonly Weekday[];
  /** Not after `untilDate`, `untilTime`. */
  limited: boolean;
  untilDate: string;
  untilTime: string;
}

export const startNow: When = {
  later: false,
  date: '',
  time: '10:00',
  ownTime: false,
  windowed: false,
  from: '10:00',
  to: '19:00',
  days: weekdays,
  limited: false,
  untilDate: '',
  untilTime: '19:00',
};

/** Tomorrow at ten, if no date was chosen yet. */
export function later(when: When, zone: string, now: number): When {
  const date = when.date || toLocal(new Date(now + 86_400_000).toISOString(), zone).slice(0, 10);
  return { ...when, later: true, date };
}

/** As the API takes it; undefined for now, and while something of it is wrong. */
export function scheduleOf(when: When, zone: string): ScheduleInput | undefined {
  const { date, time, ownTime, windowed, from, to, days, limited, untilDate, untilTime } = when;
  if (!when.later || !isDay(date) || !isTime(time)) return undefined;
  return {
    sendAt: fromLocal(`${date}T${time}`, zone),
    timeZone: ownTime ? 'RECIPIENT' : 'BUSINESS',
    window: windowed ? { from, to, days: days.length === weekdays.length ? null : [...days] } : null,
    deadline: limited && isDay(untilDate) ? fromLocal(`${untilDate}T${untilTime}`, zone) : null,
  };
}

/** A stored schedule as the steps show it. */
export function whenOf(
  { sendAt, timeZone, window, deadline }: NonNullable<WizardCampaignFragment['schedule']>,
  zone: string,
): When {
  const [date = '', time = ''] = toLocal(sendAt, zone).split('T');
  const [untilDate = '', untilTime = ''] = deadline === null ? [] : toLocal(deadline, zone).split('T');
  return {
    ...startNow,
    later: true,
    date,
    time,
    ownTime: timeZone === 'RECIPIENT',
    windowed: window !== null,
    ...window,
    ...(deadline !== null && { limited: true, untilDate, untilTime }),
  };
}

/** What is wrong with it, in the order of the fields. */
export function whenProblems(say: Say, when: When, zone: string, now: number): string[] {
  const { date, time, windowed, from, to, days, limited, untilDate, untilTime } = when;
  if (!when.later) return [];
  const problems: string[] = [];
  const sendAt = isDay(date) && isTime(time) ? Date.parse(fromLocal(`${date}T${time}`, zone)) : undefined;
  if (sendAt === undefined) problems.push(say('campaigns.blocker.when'));
  else if (sendAt <= now) problems.push(say('campaigns.blocker.past'));
  if (windowed) {
    if (!isTime(from) || !isTime(to) || from === to) problems.push(say('campaigns.blocker.window'));
    if (days.length === 0) problems.push(say('campaigns.blocker.days'));
  }
  if (limited) {
    const until =
      isDay(untilDate) && isTime(untilTime)
        ? Date.parse(fromLocal(`${untilDate}T${untilTime}`, zone))
        : undefined;
    if (until === undefined || (sendAt !== undefined && until <= sendAt))
      problems.push(say('campaigns.blocker.until'));
  }
  return problems;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

function isTime(text: string): boolean {
  return /^\d{2}:\d{2}$/.test(text);
}
