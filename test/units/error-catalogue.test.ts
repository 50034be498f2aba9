import { codesOf, policyFor } from '../../src/whatsapp/error-catalogue';
import type { ErrorClass } from '../../src/whatsapp/error-catalogue';

/** Meta's error reference as far as it concerns sending; codes of template forms (2388xxx) are none of a send. */
const expected: Record<ErrorClass, number[]> = {
  retry: [1, 2, 131000, 131016, 133004, 134102],
  throttle: [4, 80007, 80008, 130429, 131057, 132069],
  pair: [131056],
  later: [131049],
  recipient: [130403, 130472, 130497, 131021, 131026, 131047, 131050, 131052, 131062, 132005, 132018, 137000],
  campaign: [
    100, 131008, 131009, 131030, 131051, 131053, 131055, 131058, 131063, 132000, 132001, 132007, 132008,
    132012, 132015, 132016, 132068, 134011, 134100, 134101, 135000,
  ],
  sender: [
    131048, 0, 3, 10, 33, 104, 190, 200, 210, 299, 368, 131005, 131031, 131037, 131042, 131045, 131064,
    133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016,
  ],
};

test.each(Object.entries(expected))('%s', (errorClass, codes) => {
  const found = codes.filter((code) => policyFor({ code, httpStatus: 400 }).class !== errorClass);
  expect(found).toEqual([]);
  for (const code of codes) expect(policyFor({ code }).text).not.toMatch(/reported error/);
});

test('100 with subcode 33 is an unknown number', () => {
  expect(policyFor({ code: 100, subcode: 33 }).class).toBe('sender');
});

test('an unknown code goes by what else was said', () => {
  expect(policyFor({ code: 999_999, httpStatus: 500 }).class).toBe('retry');
  expect(policyFor({ code: 999_999, httpStatus: 503 }).class).toBe('retry');
  expect(policyFor({ code: 999_999, httpStatus: 400, transient: true }).class).toBe('retry');
  expect(policyFor({ code: 999_999, httpStatus: 429 }).class).toBe('throttle');
  expect(policyFor({ code: 999_999, httpStatus: 400 }).class).toBe('recipient');
  expect(policyFor({ code: 999_999 }).class).toBe('recipient');
  expect(policyFor({ code: 999_999 }).text).toContain('999999');
});

test('retryFailed takes passing trouble only, and 131049 apart', () => {
  expect(codesOf('retry')).toEqual(expect.arrayContaining([131000, 131016]));
  expect(codesOf('later')).toEqual([131049]);
  for (const code of [131026, 130472, 131050])
    expect([...codesOf('retry'), ...codesOf('later')]).not.toContain(code);
});
