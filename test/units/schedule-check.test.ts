import { checkSchedule } from '../../src/campaigns/schedule/check';
import { ScheduleTimeZone, Weekday } from '../../src/campaigns/schedule/schedule';
import type { ScheduleInput } from '../../src/campaigns/schedule/schedule.graphql';

const now = new Date('2026-11-08T04:00:00Z');
const check = (input: Partial<ScheduleInput>) =>
  checkSchedule({ sendAt: new Date('2026-11-08T15:00:00Z'), ...input }, 'Asia/Kolkata', now);

/** The field that the refusal names. */
function refused(input: Partial<ScheduleInput>): unknown {
  try {
    return check(input);
  } catch (error) {
    return (error as { extensions?: { field?: string } }).extensions?.field;
  }
}

test('what is left out has a value', () => {
  expect(check({})).toEqual({
    sendAt: '2026-11-08T15:00:00.000Z',
    timeZone: ScheduleTimeZone.BUSINESS,
    zone: 'Asia/Kolkata',
    window: null,
    deadline: null,
    startsAt: '2026-11-08T15:00:00.000Z',
  });
  const { window, startsAt } = check({ window: { from: '10:00', to: '19:00' } });
  expect(window?.days).toEqual(Object.values(Weekday));
  // 20:30 in Kolkata: the next morning
  expect(startsAt).toBe('2026-11-09T04:30:00.000Z');
});

test('the days of a window are stored in their order, each once', () => {
  const days = [Weekday.SUN, Weekday.MON, Weekday.SUN];
  expect(check({ window: { from: '10:00', to: '24:00', days } }).window?.days).toEqual([
    Weekday.MON,
    Weekday.SUN,
  ]);
});

test.each<[string, Partial<ScheduleInput>]>([
  ['input.sendAt', { sendAt: now }],
  ['input.sendAt', { sendAt: new Date('2025-11-08T15:00:00Z') }],
  ['input.sendAt', { sendAt: new Date('2029-11-08T15:00:00Z') }],
  ['input.deadline', { deadline: new Date('2026-11-08T15:00:00Z') }],
  ['input.window.from', { window: { from: '25:00', to: '19:00' } }],
  ['input.window.from', { window: { from: '24:00', to: '19:00' } }],
  ['input.window.from', { window: { from: '9:00', to: '19:00' } }],
  ['input.window.from', { window: { from: '', to: '19:00' } }],
  ['input.window.to', { window: { from: '10:00', to: '10:60' } }],
  ['input.window.to', { window: { from: '10:00', to: '10:00' } }],
  ['input.window.days', { window: { from: '10:00', to: '19:00', days: [] } }],
  // it opens the next morning, after the deadline
  ['input.deadline', { window: { from: '10:00', to: '19:00' }, deadline: new Date('2026-11-09T04:00:00Z') }],
])('%s is named when it is wrong', (field, input) => {
  expect(refused(input)).toBe(field);
});
