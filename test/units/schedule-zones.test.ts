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
const wholeDay = { from: '00:00', to: '24:00', days: Object.values(Weekday) };
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

test.each([
  // 10:00 in Kolkata on each of these days; in New York clocks are set forward in between, and back
  ['2026-03-07T04:30:00.000Z', '2026-03-07T15:00:00.000Z'],
  ['2026-03-08T04:30:00.000Z', '2026-03-08T14:00:00.000Z'],
  ['2026-10-31T04:30:00.000Z', '2026-10-31T14:00:00.000Z'],
  ['2026-11-01T04:30:00.000Z', '2026-11-01T15:00:00.000Z'],
  // 02:30 and 01:30: an hour that New York skips, and one that comes twice
  ['2026-03-07T21:00:00.000Z', '2026-03-08T07:00:00.000Z'],
  ['2026-10-31T20:00:00.000Z', '2026-11-01T05:30:00.000Z'],
])('at sendAt %s a person whose clocks change is due at %s', (sendAt, expected) => {
  expect(due(newYork, '2026-01-01T00:00:00Z', { sendAt })).toBe(expected);
  expect(due(newYork, '2026-01-01T00:00:00Z', { sendAt, window: wholeDay })).toBe(expected);
});

test("where the business's clocks change, its hour is sendAt itself, also when the hour comes twice", () => {
  const zone = 'America/New_York';
  for (const sendAt of ['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z']) {
    // 01:30 on both clocks of that night, and in India the morning before
    expect(due(newYork, '2026-10-31T00:00:00Z', { sendAt, zone })).toBe(sendAt);
    expect(due(unknown, '2026-10-31T00:00:00Z', { sendAt, zone })).toBe(sendAt);
    expect(due(india, '2026-10-31T00:00:00Z', { sendAt, zone })).toBe('2026-10-31T20:00:00.000Z');
  }
  // 03:00 in New York, when the clocks were set forward: 03:00 in India
  const sendAt = '2026-03-08T07:00:00.000Z';
  expect(due(newYork, '2026-03-07T00:00:00Z', { sendAt, zone })).toBe(sendAt);
  expect(due(india, '2026-03-07T00:00:00Z', { sendAt, zone })).toBe('2026-03-07T21:30:00.000Z');
});

test("the recipient's window opens by clocks that change", () => {
  const window = { from: '09:00', to: '12:00', days: Object.values(Weekday) };
  const closed = (now: string) => closedForMs({ ...schedule, window }, newYork, new Date(now));
  // from 20:00 to 09:00: an hour less in spring, an hour more in autumn
  expect(closed('2026-03-07T01:00:00Z')).toBe(13 * 3_600_000);
  expect(closed('2026-03-08T01:00:00Z')).toBe(12 * 3_600_000);
  expect(closed('2026-11-01T00:00:00Z')).toBe(14 * 3_600_000);
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
