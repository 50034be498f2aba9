import { ErrorRateGuard } from '../../src/delivery/settle/error-rate-guard';

const newGuard = () => new ErrorRateGuard((code) => code === 131026);

let seq = 0;
const failure = (code: number, campaignId = 'a', since = new Date(0)) => ({
  campaignId,
  seq: ++seq,
  claimNo: 1,
  code,
  since,
});
const fail = (guard: ErrorRateGuard, count: number, code: number, campaignId = 'a') =>
  Array.from({ length: count }, () => guard.noteFailure(failure(code, campaignId)));
const succeed = (guard: ErrorRateGuard, count: number) => {
  for (let i = 0; i < count; i++) guard.noteSuccess('a');
};

test('one unknown error in half of the latest results pauses the campaign with a reason', () => {
  const guard = newGuard();
  succeed(guard, 10);
  const tripped = fail(guard, 10, 999_999);
  expect(tripped.slice(0, 9).every((one) => one === undefined)).toBe(true);
  expect(tripped[9]?.reason).toMatch(/10 of the last 20 messages with error 999999/);
});

test('the recipients with that error are returned, so that they can be queued again; others are not', () => {
  const guard = newGuard();
  fail(guard, 3, 131026);
  succeed(guard, 2);
  const [tripped] = fail(guard, 15, 132005).slice(-1);
  expect(tripped?.blameless.map(({ code }) => code)).toEqual(Array<number>(15).fill(132005));
  expect(new Set(tripped?.blameless.map((one) => one.seq)).size).toBe(15);
});

test('failures that arrive before the pause, or of messages prepared before it, are returned too', () => {
  const guard = newGuard();
  const pausedAt = new Date(10_000);
  fail(guard, 20, 132005);
  expect(fail(guard, 3, 132005)).toMatchObject(Array(3).fill({ reason: undefined, blameless: [{}] }));
  guard.paused('a', pausedAt);
  expect(guard.noteFailure(failure(132005, 'a', new Date(9_999)))?.blameless).toHaveLength(1);
  // of a message that was prepared after a resume, and with another error
  expect(guard.noteFailure(failure(132005, 'a', new Date(10_001)))).toBeUndefined();
  expect(guard.noteFailure(failure(132018, 'a', new Date(9_999)))).toBeUndefined();
});

test('counting starts again for a campaign that could not be paused', () => {
  const guard = newGuard();
  fail(guard, 20, 132005);
  guard.paused('a', undefined);
  expect(fail(guard, 19, 132005).every((tripped) => tripped === undefined)).toBe(true);
  expect(fail(guard, 1, 132005)[0]?.reason).toBeDefined();
});

test('errors of the recipients never pause a campaign, however many', () => {
  expect(fail(newGuard(), 100, 131026).every((tripped) => tripped === undefined)).toBe(true);
});

test('the share of errors counts, not their number: with one in ten of many the campaign continues', () => {
  const guard = newGuard();
  for (let i = 0; i < 100; i++) {
    succeed(guard, 9);
    expect(fail(guard, 1, 999_999)).toEqual([undefined]);
  }
});

test('only the latest results count, separately for each campaign', () => {
  const guard = newGuard();
  succeed(guard, 1000);
  fail(guard, 24, 999_999);
  expect(fail(guard, 1, 999_999, 'b')).toEqual([undefined]);
  expect(fail(guard, 1, 999_999)[0]).toBeDefined();
});

test('reports whether a message was accepted recently', () => {
  const guard = newGuard();
  expect(guard.acceptedLately('a')).toBe(false);
  succeed(guard, 1);
  expect(guard.acceptedLately('a')).toBe(true);
  fail(guard, 50, 131026);
  expect(guard.acceptedLately('a')).toBe(false);
});

describe('a campaign of fewer than twenty', () => {
  test('all failed at the first try with one error that can be the campaign’s: it should pause', () => {
    const guard = newGuard();
    fail(guard, 10, 131053);
    const tripped = guard.judgeSmall('a');
    expect(tripped?.reason).toMatch(/refused all 10 messages with error 131053/);
    expect(tripped?.blameless).toHaveLength(10);
    expect(guard.judgeSmall('a')).toBeUndefined();
  });

  test.each([
    ['somebody was accepted', (guard: ErrorRateGuard) => succeed(guard, 1)],
    ['another error', (guard: ErrorRateGuard) => void fail(guard, 1, 132018)],
    [
      'somebody failed at a later try',
      (guard: ErrorRateGuard) => void guard.noteFailure({ ...failure(132005), claimNo: 2 }),
    ],
  ])('not when %s', (_, otherwise) => {
    const guard = newGuard();
    fail(guard, 5, 132005);
    otherwise(guard);
    expect(guard.judgeSmall('a')).toBeUndefined();
  });

  test('not for one recipient, nor for errors that are the recipients’ own', () => {
    const guard = newGuard();
    fail(guard, 1, 132005);
    fail(guard, 5, 131026, 'b');
    expect([guard.judgeSmall('a'), guard.judgeSmall('b')]).toEqual([undefined, undefined]);
  });
});
