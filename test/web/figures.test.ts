import { count, money, percent, share } from '../../web/src/format/numbers';
import { ownPhone, phone } from '../../web/src/format/phone';
import { absolute, ago, duration } from '../../web/src/format/time';
import { NewestFigures } from '../../web/src/live/newest-figures';
import { may, readToken, tokenIn } from '../../web/src/sign-in/token';

const figures = (id: string, version: number, sentCount: number) => ({
  __typename: 'CampaignStats',
  id,
  version,
  sentCount,
});

describe('figures never jump backwards', () => {
  it('puts the newer figures in the place of older ones, wherever they are in an answer', () => {
    const newest = new NewestFigures();
    const event = { campaignStats: figures('a', 7, 70) };
    expect(newest.keep(event)).toEqual(event);

    const list = (a: object) => ({
      campaigns: {
        total: 2,
        campaigns: [
          { id: 'a', stats: a },
          { id: 'b', stats: figures('b', 1, 1) },
        ],
      },
    });
    expect(newest.keep(list(figures('a', 6, 60)))).toEqual(list(figures('a', 7, 70)));
    expect(newest.keep(list(figures('a', 8, 80)))).toEqual(list(figures('a', 8, 80)));
    // the same version again: what the server says now, e.g. of the duration
    expect(newest.keep({ campaignStats: figures('a', 8, 81) })).toEqual({
      campaignStats: figures('a', 8, 81),
    });
  });
});

describe('figures in words', () => {
  it.each([
    [1510, 1520, '99.34\u00a0%'],
    [342, 1510, '22.65\u00a0%'],
    [3, 3, '100.00\u00a0%'],
    [0, 0, '–'],
  ])('%d of %d is %s', (part, whole, words) => {
    expect(percent(share(part, whole))).toBe(words);
  });

  it.each([
    [-5, '0 secs'],
    [59_400, '59 secs'],
    [42 * 60_000, '42 mins'],
    [65 * 60_000, '1 hr 5 mins'],
    [25 * 3_600_000, '1 day 1 hr'],
  ])('%d ms take %s', (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });

  it.each([
    [3, undefined],
    [-10, undefined],
    [5 * 60, '5 minutes ago'],
    [26 * 3600, 'yesterday'],
    [3 * 86_400, '3 days ago'],
  ])('%d s before now is %s', (seconds, words) => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect(ago(new Date(now - seconds * 1000).toISOString(), now)).toBe(words);
  });
});

describe('figures as people of a country write them', () => {
  it('groups digits by the language', () => {
    expect(count(1_234_567)).toBe('1,234,567');
    expect(count(1_234_567, 'hi-IN')).toBe('12,34,567');
    expect(money('18400.00', 'INR')).toBe('₹18,400');
    expect(money('1840000.50', 'INR', 'hi-IN')).toBe('₹18,40,000.50');
    expect(money('12', 'nothing')).toBe('12 nothing');
  });

  it.each([
    ['+919876543210', '+91 98765 43210'],
    ['+14155552671', '+1 415 555 2671'],
    ['+4915123456789', '+49 151 234 567 89'],
    ['+971501234567', '+971 501 234 567'],
    ['+91 98765-43210', '+91 98765 43210'],
    ['98765 43210', '98765 43210'],
    ['not a number', 'not a number'],
  ])('%s is %s', (value, written) => {
    expect(phone(value)).toBe(written);
  });

  it("leaves a number of one's own in its groups, and spells it if it has none", () => {
    expect(ownPhone('+91 22 4000 1234')).toBe('+91 22 4000 1234');
    expect(ownPhone('+912240001234')).toBe('+91 22400 01234');
  });

  it('names the zone of a time', () => {
    expect(absolute('2026-11-22T10:26:00Z', 'Asia/Kolkata')).toBe('22 Nov 2026, 15:56 IST');
    expect(absolute('2026-07-22T10:26:00Z', 'Europe/London')).toBe('22 Jul 2026, 11:26 BST');
    expect(absolute('2026-11-22T10:26:00Z', 'Not/AZone')).toBe('22 Nov 2026, 10:26 UTC');
  });
});

describe('a token', () => {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const token = `${encode({ alg: 'HS256' })}.${encode({ sub: 'प्रिया', role: 'MARKETER', businessIds: ['b'], exp: 2 })}.c2ln`;

  it('is read as far as its claims go', () => {
    expect(readToken(token)).toEqual({
      subject: 'प्रिया',
      role: 'MARKETER',
      businessIds: ['b'],
      expiresAt: 2000,
    });
  });

  it.each(['', 'abc', 'a.b.c', `${encode({})}.${encode({ sub: 'a', role: 'KING', exp: 1 })}.x`])(
    '%j is none',
    (text) => {
      expect(readToken(text)).toBeUndefined();
    },
  );

  it('is found in a link', () => {
    expect(tokenIn(`http://localhost:8000/sign-in#token=${token}`)).toBe(token);
    expect(tokenIn(` ${token}\n`)).toBe(token);
  });

  it('lets a role do what the roles below it may', () => {
    expect(may('ADMIN', 'MARKETER')).toBe(true);
    expect(may('VIEWER', 'MARKETER')).toBe(false);
  });
});
