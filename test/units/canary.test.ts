import { canarySize, judgeCanary } from '../../src/delivery/sweep/canary';

const canary = { percent: 1, minimum: 50, waitMinutes: 15, maxFailurePercent: 10, maxOptOutPercent: 2 };
const good = {
  size: 100,
  queued: 0,
  unconfirmed: 0,
  awaited: 5,
  delivered: 93,
  failed: 2,
  optedOut: 1,
  quietMinutes: 15,
  commonCode: 131026,
};
const judge = (figures: Partial<typeof good>) => judgeCanary(canary, { ...good, ...figures });

test('the canary is one percent, at least fifty; there is none if that is everybody', () => {
  expect(canarySize(canary, 1_000_000)).toBe(10_000);
  expect(canarySize(canary, 1000)).toBe(50);
  expect(canarySize(canary, 50)).toBeUndefined();
});

test('a canary waits for the whole time, then passes', () => {
  expect(judge({ quietMinutes: 14.9 })).toEqual({ kind: 'wait' });
  expect(judge({})).toEqual({ kind: 'pass' });
});

test('more failures or opt-outs than allowed stop the canary at once, exactly as many do not', () => {
  expect(judge({ failed: 11, quietMinutes: 0 })).toMatchObject({ kind: 'stop' });
  expect(judge({ failed: 10 })).toEqual({ kind: 'pass' });
  expect(judge({ optedOut: 3, quietMinutes: 0 })).toMatchObject({ kind: 'stop' });
  expect(judge({ optedOut: 2 })).toEqual({ kind: 'pass' });
});

test('the rest waits as long as a recipient of the canary is queued, unless there are already too many failures', () => {
  expect(judge({ queued: 45, delivered: 5, awaited: 0, quietMinutes: 1000 })).toEqual({ kind: 'wait' });
  expect(judge({ queued: 45, delivered: 0, awaited: 0, failed: 11 })).toMatchObject({ kind: 'stop' });
});

test('a canary without a delivery after the wait stops; a canary that sent to nobody does not', () => {
  expect(judge({ unconfirmed: 100, awaited: 0, delivered: 0, failed: 0 })).toMatchObject({ kind: 'stop' });
  expect(judge({ awaited: 100, delivered: 0, failed: 0 })).toMatchObject({ kind: 'stop' });
  expect(judge({ awaited: 0, delivered: 0, failed: 0 })).toEqual({ kind: 'pass' });
});

test('a canary that need not wait still waits a moment for the first delivery', () => {
  const sent = { ...good, awaited: 100, delivered: 0, failed: 0, optedOut: 0 };
  const judgeAtOnce = (quietMinutes: number, more: Partial<typeof good> = {}) =>
    judgeCanary({ ...canary, waitMinutes: 0 }, { ...sent, quietMinutes, ...more });
  expect(judgeAtOnce(0.05)).toEqual({ kind: 'wait' });
  expect(judgeAtOnce(0.05, { awaited: 99, delivered: 1 })).toEqual({ kind: 'pass' });
  expect(judgeAtOnce(0.1)).toMatchObject({ kind: 'stop' });
});
