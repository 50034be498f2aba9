import { ErrorRateGuard } from '../../src/delivery/send/error-rate-guard';
import type { NotedResult } from '../../src/delivery/send/error-rate-guard';

const newGuard = () => new ErrorRateGuard((code) => code === 131026);

let seq = 0;
const result = (campaignId: string, code: number | undefined): NotedResult => ({
  campaignId,
  seq: ++seq,
  claimNo: 1,
  code,
});
const note = (guard: ErrorRateGuard, count: number, code: number | undefined, campaignId = 'a') =>
  Array.from({ length: count }, () => guard.note(result(campaignId, code)));

test('one unknown error in half of the latest results pauses the campaign with a reason', () => {
  const guard = newGuard();
  note(guard, 10, undefined);
  const tripped = note(guard, 10, 999_999);
  expect(tripped.slice(0, 9).every((one) => one === undefined)).toBe(true);
  expect(tripped[9]?.reason).toMatch(/10 of the last 20 messages with error 999999/);
});

test('the recipients with that error are returned, so that they can be queued again; others are not', () => {
  const guard = newGuard();
  note(guard, 3, 131026);
  note(guard, 2, undefined);
  const [tripped] = note(guard, 15, 132005).slice(-1);
  expect(tripped?.blameless.map(({ code }) => code)).toEqual(Array<number>(15).fill(132005));
  expect(new Set(tripped?.blameless.map((one) => one.seq)).size).toBe(15);
});

test('errors of recipients never pause the campaign, however many', () => {
  expect(note(newGuard(), 100, 131026).every((tripped) => tripped === undefined)).toBe(true);
});

test('the share of errors counts, not their number: with one in ten of many the campaign continues', () => {
  const guard = newGuard();
  const tripped = Array.from({ length: 1000 }, (_, i) =>
    guard.note(result('a', i % 10 === 0 ? 999_999 : undefined)),
  );
  expect(tripped.every((one) => one === undefined)).toBe(true);
});

test('only the latest results count, separately for each campaign', () => {
  const guard = newGuard();
  note(guard, 1000, undefined);
  note(guard, 24, 999_999);
  expect(guard.note(result('b', 999_999))).toBeUndefined();
  expect(guard.note(result('a', 999_999))).toBeDefined();
});

test('reports whether a message was accepted recently', () => {
  const guard = newGuard();
  expect(guard.acceptedLately('a')).toBe(false);
  note(guard, 1, undefined);
  expect(guard.acceptedLately('a')).toBe(true);
  note(guard, 50, 131026);
  expect(guard.acceptedLately('a')).toBe(false);
});
