import { readFileSync } from 'node:fs';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js';
import { countryZones } from '../../src/campaigns/schedule/country-zones';
import { allZones, zoneOfNumber } from '../../src/campaigns/schedule/number-zone';
import { closedForMs, dueAt, nextLook } from '../../src/campaigns/schedule/recipient-hours';
import { ScheduleTimeZone, Weekday } from '../../src/campaigns/schedule/schedule';
import type { Schedule } from '../../src/campaigns/schedule/schedule';
import { wallClockOf } from '../../src/campaigns/schedule/wall-clock';

/** A mobile number of each country, without its calling code. */
const examples = JSON.parse(
  readFileSync(require.resolve('libphonenumber-js/examples.mobile.json'), 'utf8'),
) as Record<string, string>;

/** How far a zone is ahead of UTC in January and in July, in minutes. */
function offsets(zone: string): number[] {
  return [Date.UTC(2027, 0, 15), Date.UTC(2027, 6, 15)].map((at) => {
    const { year, month, day, hour, minute } = wallClockOf(new Date(at), zone);
    return (Date.UTC(year, month - 1, day, hour, minute) - at) / 60_000;
  });
}

/** Their numbers begin like those of the largest country with the same calling code, whose clocks show another time. */
const notTold = ['CC', 'CX'];

test('every country has a zone that exists', () => {
  expect(Object.keys(countryZones).sort()).toEqual([...getCountries()].sort());
  for (const zone of Object.values(countryZones))
    expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  expect(allZones().every((zone) => zone.includes('/'))).toBe(true);
});

test.each(getCountries().filter((country) => !notTold.includes(country)))(
  'a mobile number of %s has the time of its country',
  (country) => {
    const number = `+${getCountryCallingCode(country)}${examples[country]}`;
    expect([number, offsets(zoneOfNumber(number) ?? '')]).toEqual([
      number,
      offsets(countryZones[country] ?? ''),
    ]);
  },
);

test.each([
  ['+919876543210', 'Asia/Kolkata'],
  ['+12125550100', 'America/New_York'],
  ['+13105550100', 'America/New_York'],
  ['+18095550100', 'America/Santo_Domingo'],
  ['+77012345678', 'Asia/Almaty'],
  ['+79161234567', 'Europe/Moscow'],
  ['+5511987654321', 'America/Sao_Paulo'],
  ['+61412345678', 'Australia/Sydney'],
  ['+9198', 'Asia/Kolkata'],
  ['+883510012345', undefined],
])('%s is in %s', (number, zone) => {
  expect(zoneOfNumber(number)).toBe(zone);
});

const schedule: Schedule = {
  // 10:00 in Kolkata
  sendAt: '2026-11-08T04:30:00.000Z',
  timeZone: ScheduleTimeZone.RECIPIENT,
  zone: 'Asia/Kolkata',
  window: null,
  deadline: null,
  startsAt: '2026-11-08T04:30:00.000Z',
};
const [india, japan, newYork, unknown] = ['+91982', '+81901', '+12125', '+88351'];
const due = (number: string, now: string, more: Partial<Schedule> = {}) =>
  dueAt({ ...schedule, ...more }, number, new Date(now)).toISOString();

test('each person is due at the same time of their own clock', () => {
  const now = '2026-11-07T12:00:00Z';
  expect(due(india, now)).toBe('2026-11-08T04:30:00.000Z');
  expect(due(japan, now)).toBe('2026-11-08T01:00:00.000Z');
  expect(due(newYork, now)).toBe('2026-11-08T15:00:00.000Z');
  // no country: the business's clock
  expect(due(unknown, now)).toBe('2026-11-08T04:30:00.000Z');
});

test('whose hour has passed is due at once', () => {
  expect(due(japan, '2026-11-08T02:00:00Z')).toBe('2026-11-08T02:00:00.000Z');
  expect(due(india, '2026-11-08T02:00:00Z')).toBe('2026-11-08T04:30:00.000Z');
});

test("the window is in the recipient's zone", () => {
  const window = { from: '09:00', to: '12:00', days: Object.values(Weekday) };
  // 13:00 in Tokyo: tomorrow at 9
  expect(due(japan, '2026-11-08T04:00:00Z', { window })).toBe('2026-11-09T00:00:00.000Z');
  expect(due(newYork, '2026-11-08T04:00:00Z', { window })).toBe('2026-11-08T15:00:00.000Z');
  const closed = (number: string) =>
    closedForMs({ ...schedule, window }, number, new Date('2026-11-08T04:00:00Z'));
  expect(closed(japan)).toBe(20 * 3_600_000);
  expect(closed(india)).toBe(0);
  expect(closedForMs(schedule, japan, new Date())).toBe(0);
});

test('it is looked at when an hour comes somewhere, when the first person is due, and at sendAt at the latest', () => {
  const at = (first: string | undefined, now: string) =>
    nextLook(schedule, first ? new Date(first) : undefined, new Date(now)).toISOString();
  // 10:00 in Auckland and Apia (UTC+13)
  expect(at('2026-11-08T01:00:00Z', '2026-11-07T12:00:00Z')).toBe('2026-11-07T21:00:00.000Z');
  expect(at('2026-11-08T01:00:00Z', '2026-11-08T00:30:00Z')).toBe('2026-11-08T01:00:00.000Z');
  expect(at('2026-11-08T01:00:00Z', '2026-11-08T02:00:00Z')).toBe('2026-11-08T02:00:00.000Z');
  expect(at('2026-11-08T15:00:00Z', '2026-11-08T04:20:00Z')).toBe('2026-11-08T04:30:00.000Z');
  expect(at(undefined, '2026-11-08T04:20:00Z')).toBe('2026-11-08T04:30:00.000Z');
});
