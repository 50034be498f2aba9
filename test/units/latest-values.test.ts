import { LatestValues } from '../../src/stats/latest-values';

test('a slow reader gets only the latest value of each key', async () => {
  const latest = new LatestValues<number>(() => undefined);
  for (let i = 1; i <= 1000; i++) latest.put('a', i);
  expect(await latest.next()).toEqual({ value: 1000, done: false });
});

test('a waiting reader gets the next value at once', async () => {
  const latest = new LatestValues<number>(() => undefined);
  const waiting = latest.next();
  latest.put('a', 1);
  latest.put('a', 2);
  expect([await waiting, await latest.next()]).toEqual([
    { value: 1, done: false },
    { value: 2, done: false },
  ]);
});

test('the end reaches a waiting reader, is reported once, and no value follows it', async () => {
  let ends = 0;
  const latest = new LatestValues<number>(() => ends++);
  const waiting = latest.next();
  await latest.return();
  await latest.return();
  expect(await waiting).toEqual({ value: undefined, done: true });
  latest.put('a', 5);
  expect(await latest.next()).toEqual({ value: undefined, done: true });
  expect(ends).toBe(1);
});

test('an unread value is dropped at the end, and break ends a for loop', async () => {
  let ends = 0;
  const latest = new LatestValues<number>(() => ends++);
  latest.put('a', 1);
  for await (const letter of latest) {
    expect(letter).toBe(1);
    latest.put('a', 2);
    break;
  }
  expect(await latest.next()).toEqual({ value: undefined, done: true });
  expect(ends).toBe(1);
});
