import { gateOf } from '../../src/campaigns/schedule/gate';
import { ScheduleTimeZone, Weekday } from '../../src/campaigns/schedule/schedule';
import type { Schedule, SendWindow } from '../../src/campaigns/schedule/schedule';
import { momentOf, wallClockOf } from '../../src/campaigns/schedule/wall-clock';
import { nextOpen, openingAt } from '../../src/campaigns/schedule/window';

const everyDay = Object.values(Weekday);

/** The moment at which clocks show `2026-03-08 02:30`. */
function moment(text: string, zone: string): string {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number);
  return momentOf({ year, month, day, hour, minute, second: 0 }, zone).toISOString();
}

function opening(window: Partial<SendWindow>, zone: string, at: string): [string, string] {
  const whole = { from: '10:00', to: '19:00', days: everyDay, ...window };
  const { opensAt, closesAt } = openingAt(whole, zone, new Date(at));
  return [opensAt.toISOString(), closesAt.toISOString()];
}

describe('the moment of a time on the wall', () => {
  it.each([
    ['2026-11-08 10:00', 'Asia/Kolkata', '2026-11-08T04:30:00.000Z'],
    ['2026-11-08 10:00', 'Asia/Kathmandu', '2026-11-08T04:15:00.000Z'],
    ['2026-07-01 10:00', 'Australia/Lord_Howe', '2026-06-30T23:30:00.000Z'],
    ['2026-01-01 10:00', 'Australia/Lord_Howe', '2025-12-31T23:00:00.000Z'],
    ['2026-01-15 10:00', 'America/New_York', '2026-01-15T15:00:00.000Z'],
    ['2026-07-15 10:00', 'America/New_York', '2026-07-15T14:00:00.000Z'],
    ['2028-02-29 23:59', 'Pacific/Kiritimati', '2028-02-29T09:59:00.000Z'],
    ['2026-05-05 00:00', 'Pacific/Pago_Pago', '2026-05-05T11:00:00.000Z'],
    ['2026-03-29 12:00', 'Europe/Berlin', '2026-03-29T10:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, expected) => {
    expect(moment(text, zone)).toBe(expected);
    const { year, month, day, hour, minute } = wallClockOf(new Date(expected), zone);
    const two = (value: number) => String(value).padStart(2, '0');
    expect(`${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`).toBe(text);
  });

  it.each([
    ['2026-03-08 02:30', 'America/New_York', '2026-03-08T07:00:00.000Z'],
    ['2026-03-29 02:15', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    // half an hour only
    ['2026-10-04 02:10', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z'],
  ])('%s in %s never comes: it is when the clocks skip it, %s', (text, zone, expected) => {
    expect(moment(text, zone)).toBe(expected);
  });

  it.each([
    ['2026-11-01 01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-04-05 01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
  ])('%s in %s comes twice: it is the first, %s', (text, zone, expected) => {
    expect(moment(text, zone)).toBe(expected);
  });

  it('is found all over two years, at every time of day, in zones with all kinds of rules', () => {
    for (const zone of [
      'America/New_York',
      'Europe/London',
      'Asia/Kolkata',
      'Africa/Casablanca',
      'Asia/Gaza',
    ]) {
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2028, 0, 1); at += 49 * 1_800_000) {
        const wall = wallClockOf(new Date(at), zone);
        const found = momentOf(wall, zone).getTime();
        // of a time that comes twice the first
        expect([zone, at, at - found === 0 || at - found === 3_600_000]).toEqual([zone, at, true]);
        expect(wallClockOf(new Date(found), zone)).toEqual(wall);
      }
    }
  });
});

describe('a window', () => {
  it('is open from the one time, and no longer at the other', () => {
    const day = ['2026-11-08T04:30:00.000Z', '2026-11-08T13:30:00.000Z'];
    const next = ['2026-11-09T04:30:00.000Z', '2026-11-09T13:30:00.000Z'];
    expect(opening({}, 'Asia/Kolkata', '2026-11-07T20:00:00Z')).toEqual(day);
    expect(opening({}, 'Asia/Kolkata', '2026-11-08T04:29:59.999Z')).toEqual(day);
    expect(opening({}, 'Asia/Kolkata', '2026-11-08T04:30:00Z')).toEqual(day);
    expect(opening({}, 'Asia/Kolkata', '2026-11-08T13:29:59.999Z')).toEqual(day);
    expect(opening({}, 'Asia/Kolkata', '2026-11-08T13:30:00Z')).toEqual(next);
  });

  it('opens on its days only, by the date in its zone', () => {
    // a Sunday in Kolkata, where it is Monday already while it is Sunday in UTC
    const days = [Weekday.MON, Weekday.FRI];
    expect(opening({ days }, 'Asia/Kolkata', '2026-11-08T19:00:00Z')[0]).toBe('2026-11-09T04:30:00.000Z');
    expect(opening({ days }, 'Asia/Kolkata', '2026-11-09T13:30:00Z')[0]).toBe('2026-11-13T04:30:00.000Z');
    expect(opening({ days: [Weekday.SUN] }, 'Asia/Kolkata', '2026-11-08T13:30:00Z')[0]).toBe(
      '2026-11-15T04:30:00.000Z',
    );
  });

  it('may cross midnight, and then belongs to the day on which it begins', () => {
    const night = { from: '21:00', to: '02:00', days: [Weekday.FRI] };
    const friday = ['2026-11-13T15:30:00.000Z', '2026-11-13T20:30:00.000Z'];
    expect(opening(night, 'Asia/Kolkata', '2026-11-13T10:00:00Z')).toEqual(friday);
    // Saturday, 01:59
    expect(opening(night, 'Asia/Kolkata', '2026-11-13T20:29:00Z')).toEqual(friday);
    // Saturday, 02:00 and 22:00
    expect(opening(night, 'Asia/Kolkata', '2026-11-13T20:30:00Z')[0]).toBe('2026-11-20T15:30:00.000Z');
    expect(opening(night, 'Asia/Kolkata', '2026-11-14T16:30:00Z')[0]).toBe('2026-11-20T15:30:00.000Z');
  });

  it('can last the whole day', () => {
    const whole = { from: '00:00', to: '24:00', days: [Weekday.SAT] };
    expect(opening(whole, 'Asia/Kolkata', '2026-11-13T18:30:00Z')).toEqual([
      '2026-11-13T18:30:00.000Z',
      '2026-11-14T18:30:00.000Z',
    ]);
  });

  it('keeps its hours when the clocks change, and is shorter or longer at night', () => {
    expect(opening({}, 'America/New_York', '2026-03-07T20:00:00Z')[0]).toBe('2026-03-07T15:00:00.000Z');
    expect(opening({}, 'America/New_York', '2026-03-08T12:00:00Z')[0]).toBe('2026-03-08T14:00:00.000Z');
    const night = { from: '22:00', to: '06:00' };
    const hours = ([from, to]: [string, string]) => (Date.parse(to) - Date.parse(from)) / 3_600_000;
    expect(hours(opening(night, 'America/New_York', '2026-03-08T04:00:00Z'))).toBe(7);
    expect(hours(opening(night, 'America/New_York', '2026-11-01T04:00:00Z'))).toBe(9);
  });

  it('that the clocks skip as a whole does not open on that day', () => {
    const skipped = { from: '02:10', to: '02:50' };
    expect(opening(skipped, 'America/New_York', '2026-03-08T05:00:00Z')[0]).toBe('2026-03-09T06:10:00.000Z');
  });

  it('that is open lets messages go at once', () => {
    const window = { from: '10:00', to: '19:00', days: everyDay };
    const at = new Date('2026-11-08T05:00:00Z');
    expect(nextOpen(window, 'Asia/Kolkata', at)).toEqual(at);
    expect(nextOpen(null, 'Asia/Kolkata', at)).toEqual(at);
    expect(nextOpen(window, 'Asia/Tokyo', new Date('2026-11-08T10:00:00Z')).toISOString()).toBe(
      '2026-11-09T01:00:00.000Z',
    );
  });
});

describe('the gate of a campaign', () => {
  const schedule: Schedule = {
    sendAt: '2026-11-08T04:30:00.000Z',
    timeZone: ScheduleTimeZone.BUSINESS,
    zone: 'Asia/Kolkata',
    window: { from: '10:00', to: '19:00', days: everyDay },
    deadline: '2026-11-09T06:00:00.000Z',
    startsAt: '2026-11-08T04:30:00.000Z',
  };

  it('closes with the window or at the deadline, whichever comes first', () => {
    expect(gateOf(schedule, new Date('2026-11-08T05:00:00Z')).closesAt?.toISOString()).toBe(
      '2026-11-08T13:30:00.000Z',
    );
    expect(gateOf(schedule, new Date('2026-11-08T14:00:00Z'))).toEqual({
      opensAt: new Date('2026-11-09T04:30:00Z'),
      closesAt: new Date('2026-11-09T06:00:00Z'),
    });
  });

  it('opens by clocks that change, and closes at the deadline, which is a moment', () => {
    const gate = (now: string, deadline: string) => {
      const { opensAt, closesAt } = gateOf(
        { ...schedule, zone: 'America/New_York', deadline },
        new Date(now),
      );
      return [opensAt?.toISOString(), closesAt?.toISOString()];
    };
    const spring = ['2026-03-08T14:00:00.000Z', '2026-03-08T23:00:00.000Z'];
    expect(gate('2026-03-08T01:00:00Z', '2026-03-09T00:00:00.000Z')).toEqual(spring);
    // 18:00 by the clocks of summer, which would be 17:00 by those of winter
    expect(gate('2026-03-08T01:00:00Z', '2026-03-08T22:00:00.000Z')).toEqual([
      spring[0],
      '2026-03-08T22:00:00.000Z',
    ]);
    const autumn = ['2026-11-01T15:00:00.000Z', '2026-11-02T00:00:00.000Z'];
    expect(gate('2026-11-01T00:00:00Z', '2026-11-03T00:00:00.000Z')).toEqual(autumn);
  });

  it("has no window where each recipient's clock counts, and is always open without a schedule", () => {
    const zoned = { ...schedule, timeZone: ScheduleTimeZone.RECIPIENT };
    expect(gateOf(zoned, new Date('2026-11-08T05:00:00Z'))).toEqual({
      opensAt: null,
      closesAt: new Date('2026-11-09T06:00:00Z'),
    });
    expect(gateOf(null, new Date())).toEqual({ opensAt: null, closesAt: null });
  });
});
