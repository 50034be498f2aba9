import { limitOf } from '../../src/accounts/messaging-limit';
import { costOf } from '../../src/campaigns/forecast/cost';
import { finishOf } from '../../src/campaigns/forecast/finish';
import { amountText, millionths } from '../../src/campaigns/forecast/money';
import { countryOfNumber } from '../../src/campaigns/forecast/number-country';
import { readRateCard } from '../../src/campaigns/forecast/rate-card';

const card = readRateCard(undefined);
const part = (count: number, dueAt = 0) => ({ count, dueAt });

test('amounts are exact, with two decimals or more', () => {
  expect(amountText(millionths('0.0118') * 3n)).toBe('0.0354');
  expect(amountText(millionths('12.5'))).toBe('12.50');
  expect(amountText(millionths('1000'))).toBe('1000.00');
});

test.each([
  ['+919820000001', 'IN'],
  ['+12125551234', 'US'],
  ['+14165551234', 'CA'],
  ['+18765551234', 'JM'],
  ['+77012345678', 'KZ'],
  ['+79161234567', 'RU'],
  // Guernsey has the calling code of the United Kingdom
  ['+447781123456', 'GB'],
  ['+3530000000', 'IE'],
  ['+9990000000', undefined],
])('a message to %s is charged as to %s', (number, country) => {
  expect(countryOfNumber(number)).toBe(country);
});

test('a country without a price of its own has the price of the others; the largest amount comes first', () => {
  const place = (example: string, people: number) => ({
    ...{ digits: '', example, people },
    ...{ outside: people, fresh: people },
  });
  const places = [place('+919820000001', 10), place('+919930000001', 5), place('+33612345678', 10)];
  expect(costOf(card, places, 'MARKETING')).toEqual({
    amount: '0.781',
    currency: 'USD',
    rateCardDate: '2026-10-01',
    perCountry: [
      { country: 'FR', recipients: 10, unitPrice: '0.0604', amount: '0.604' },
      { country: 'IN', recipients: 15, unitPrice: '0.0118', amount: '0.177' },
    ],
  });
});

test.each([
  ['TIER_250', 250],
  ['TIER_2K', 2000],
  ['TIER_100K', 100_000],
  ['TIER_UNLIMITED', null],
  ['UNLIMITED', null],
  ['NONE', undefined],
])('the messaging limit %s is %s people', (text, people) => {
  expect(limitOf(text)).toBe(people);
});

test('a campaign alone takes its recipients by the speed', () => {
  expect(finishOf({ parts: [part(100)] }, [], 10, 0)).toEqual({ at: 10_000, late: 0 });
});

test('two campaigns share the speed while both send', () => {
  const other = { parts: [part(50)] };
  expect(finishOf({ parts: [part(100)] }, [other], 10, 0)?.at).toBeCloseTo(15_000);
});

test('a canary waits before the rest', () => {
  const canary = { size: 20, waitMs: 60_000 };
  expect(finishOf({ parts: [part(100)], canary }, [], 10, 0)?.at).toBeCloseTo(70_000);
});

test('a closed window is waited for, and the deadline leaves recipients out', () => {
  // open for the first 5 s of each 100 s
  const openingAt = (at: number) => {
    const from = Math.floor(at / 100_000) * 100_000;
    const opensAt = at < from + 5000 ? from : from + 100_000;
    return { opensAt, closesAt: opensAt + 5000 };
  };
  const parts = [{ ...part(80), openingAt }];
  expect(finishOf({ parts }, [], 10, 0)?.at).toBeCloseTo(103_000);
  expect(finishOf({ parts, deadline: 50_000 }, [], 10, 0)).toEqual({ at: 50_000, late: 30 });
});

test('people of other zones are due later', () => {
  expect(finishOf({ parts: [part(10), part(10, 30_000)] }, [], 10, 0)?.at).toBeCloseTo(31_000);
});
