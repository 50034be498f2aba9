import { codesOf, isKnown, knownCodes, listPolicies, policyFor } from '../../src/whatsapp/error-catalogue';
import type { ErrorClass } from '../../src/whatsapp/error-catalogue';

/** The codes of Meta's error reference that a send can get; those of template creation (2388xxx) are left out. */
const expected: Record<ErrorClass, number[]> = {
  retry: [1, 2, 131000, 131016, 133004, 134102],
  throttle: [4, 80007, 80008, 130429, 131057, 132069],
  pair: [131056],
  later: [131049, 131070],
  recipient: [
    130403, 130472, 130497, 131021, 131026, 131047, 131050, 131052, 131062, 131065, 132005, 132018, 137000,
  ],
  campaign: [
    100, 131008, 131009, 131030, 131051, 131053, 131055, 131058, 131061, 131063, 132000, 132001, 132007,
    132008, 132012, 132015, 132016, 132068, 134011, 134100, 134101, 135000,
  ],
  sender: [
    131048, 0, 3, 10, 33, 104, 190, 368, 131005, 131031, 131037, 131042, 131045, 131064, 133000, 133005,
    133006, 133008, 133009, 133010, 133015, 133016,
  ],
};

test.each(Object.entries(expected))('%s, whatever the HTTP status', (errorClass, codes) => {
  for (const httpStatus of [400, 403, 429, 500, 503, undefined]) {
    const found = codes.filter((code) => policyFor({ code, httpStatus }).class !== errorClass);
    expect(found).toEqual([]);
  }
  expect(codes.filter((code) => !isKnown(code))).toEqual([]);
});

test('every code of the catalogue is in the table above', () => {
  const codes = Object.values(expected)
    .flat()
    .sort((a, b) => a - b);
  expect(knownCodes()).toEqual(codes);
});

test.each([200, 210, 299])('%i is a missing permission', (code) => {
  expect(policyFor({ code, httpStatus: 403 }).class).toBe('sender');
  expect(isKnown(code)).toBe(true);
});

test('199 and 300 are not missing permissions', () => {
  for (const code of [199, 300]) expect(isKnown(code)).toBe(false);
});

test('a text can be followed by the code: it begins with a capital letter and ends without a full stop', () => {
  const odd = listPolicies().filter(({ text }) => !/^[A-Z].{20,200}[^.:;, ]$/.test(text));
  expect(odd).toEqual([]);
});

test('the text of an error that stops sending says what to do', () => {
  const actions =
    /\. (Accept|Check|Correct|Create|Give|Have|Leave|Register|Resume|Send|Set|Switch|Synchronise|Use|Verify|Wait)/;
  const stops = listPolicies().filter((policy) => policy.class === 'campaign' || policy.class === 'sender');
  expect(stops.filter(({ text }) => !actions.test(text))).toEqual([]);
});

test('100 with subcode 33 is an unknown sender, with another subcode a value of the message', () => {
  expect(policyFor({ code: 100, subcode: 33 }).class).toBe('sender');
  expect(policyFor({ code: 100, subcode: 2494010 }).class).toBe('campaign');
});

test('131009 about a phone number concerns that recipient, otherwise the campaign', () => {
  const details = 'The phone number is malformed: Please use the format: +1234567890.';
  expect(policyFor({ code: 131009, details })).toMatchObject({ class: 'recipient' });
  expect(policyFor({ code: 131009, details: 'Parameter value is not valid' }).class).toBe('campaign');
});

test('after a maintenance error the sender waits at least a minute', () => {
  expect(policyFor({ code: 131057 }).restMs).toBeGreaterThanOrEqual(60_000);
});

test('an unknown code is classified by the other fields of the error', () => {
  expect(policyFor({ code: 999_999, httpStatus: 500 }).class).toBe('retry');
  expect(policyFor({ code: 999_999, httpStatus: 503 }).class).toBe('retry');
  expect(policyFor({ code: 999_999, httpStatus: 400, transient: true }).class).toBe('retry');
  expect(policyFor({ code: 999_999, httpStatus: 429 }).class).toBe('throttle');
  expect(policyFor({ code: 999_999, httpStatus: 400 }).class).toBe('recipient');
  expect(policyFor({ code: 999_999 }).class).toBe('recipient');
  expect(policyFor({ code: 999_999 }).text).toContain('999999');
  expect(isKnown(999_999)).toBe(false);
});

test('retryFailed includes temporary errors, and after a day recipients who could not be reached then', () => {
  expect(codesOf('retry')).toEqual(expect.arrayContaining([131000, 131016]));
  expect(codesOf('later')).toEqual([131049, 131070]);
  for (const code of [131026, 130472, 131050])
    expect([...codesOf('retry'), ...codesOf('later')]).not.toContain(code);
});
