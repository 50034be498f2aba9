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

test('one percent, at least fifty; none when that is everybody', () => {
  expect(canarySize(canary, 1_000_000)).toBe(10_000);
  expect(canarySize(canary, 1000)).toBe(50);
  expect(canarySize(canary, 50)).toBeUndefined();
});

test('waits for the whole time, then passes', () => {
  expect(judge({ quietMinutes: 14.9 })).toEqual({ kind: 'wait' });
  expect(judge({})).toEqual({ kind: 'pass' });
});

test('too many failures or opt-outs stop it without a wait, exactly as many do not', () => {
  expect(judge({ failed: 11, quietMinutes: 0 })).toMatchObject({ kind: 'stop' });
  expect(judge({ failed: 10 })).toEqual({ kind: 'pass' });
  expect(judge({ optedOut: 3, quietMinutes: 0 })).toMatchObject({ kind: 'stop' });
  expect(judge({ optedOut: 2 })).toEqual({ kind: 'pass' });
});

test('while somebody is queued the rest waits, however long; unless it is bad already', () => {
  expect(judge({ queued: 45, delivered: 5, awaited: 0, quietMinutes: 1000 })).toEqual({ kind: 'wait' });
  expect(judge({ queued: 45, delivered: 0, awaited: 0, failed: 11 })).toMatchObject({ kind: 'stop' });
});

test('nobody delivered after the wait stops it; nobody to send to does not', () => {
  expect(judge({ unconfirmed: 100, awaited: 0, delivered: 0, failed: 0 })).toMatchObject({ kind: 'stop' });
  expect(judge({ awaited: 100, delivered: 0, failed: 0 })).toMatchObject({ kind: 'stop' });
  expect(judge({ awaited: 0, delivered: 0, failed: 0 })).toEqual({ kind: 'pass' });
});
