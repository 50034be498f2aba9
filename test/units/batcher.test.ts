import { Batcher, setEnd, waitBeforeSet } from '../../src/infra/batcher';
import { waitFor } from '../support/wait';

test.each([
  ['the queue is empty', [], 10, 0],
  ['everything fits', [1, 2, 3], 10, 3],
  ['the first two fill it exactly', [4, 6, 1], 10, 2],
  ['an item larger than a set is a set alone', [50, 1], 10, 1],
  ['an item that does not fit waits for the next set', [1, 50], 10, 1],
])('how many items the next set takes: %s', (_, sizes, largest, expected) => {
  expect(setEnd(sizes, largest)).toBe(expected);
});

test.each([
  [0, 50, 1000, 0],
  [980, 50, 1000, 30],
  [1000, 0, 1000, 0],
])(
  'after a set at %i ms, with sets at least %i ms apart, at %i ms: the next set waits %i ms',
  (last, every, now, expected) => {
    expect(waitBeforeSet(last, every, now)).toBe(expected);
  },
);

interface Item {
  key: string;
  name: string;
}

const busy = () => Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });

/** A batcher whose store fails with the error that `refuse` returns. */
function batcherOf(refuse: (set: readonly Item[]) => Error | undefined, patienceMs = 1000) {
  const sets: string[][] = [];
  const failed: string[] = [];
  const batcher = new Batcher<Item>({
    commit: (set) => {
      const error = refuse(set);
      if (error) return Promise.reject(error);
      sets.push(set.map(({ name }) => name));
      return Promise.resolve();
    },
    failed: (items) => void failed.push(...items.map(({ name }) => name)),
    keyOf: ({ key }) => key,
    largestSet: 4,
    everyMs: 0,
    patienceMs,
  });
  const add = (...names: string[]) => names.forEach((name) => batcher.add({ key: name[0] ?? '', name }));
  return { batcher, sets, failed, add };
}

test('items added together are one set, in order, as far as they fit', async () => {
  const { batcher, sets, add } = batcherOf(() => undefined);
  add('a1', 'b1', 'a2', 'b2', 'a3');
  await batcher.idle();
  expect(sets).toEqual([['a1', 'b1', 'a2', 'b2'], ['a3']]);
});

test('an item that cannot be stored fails alone', async () => {
  const { batcher, sets, failed, add } = batcherOf((set) =>
    set.some(({ name }) => name === 'b1') ? new Error('bad value') : undefined,
  );
  add('a1', 'b1', 'a2', 'b2');
  await batcher.idle();
  expect(failed).toEqual(['b1']);
  expect(sets.flat().sort()).toEqual(['a1', 'a2', 'b2']);
});

test('items of a locked key wait and keep their order; other keys are stored meanwhile', async () => {
  let locked = true;
  const { batcher, sets, failed, add } = batcherOf((set) =>
    locked && set.some(({ key }) => key === 'a') ? busy() : undefined,
  );
  add('a1', 'b1', 'a2', 'c1');
  await waitFor(() => sets.flat().length === 2, { what: 'b1 and c1 are stored' });
  add('a3', 'b2');
  await waitFor(() => sets.flat().includes('b2'), { what: 'b2 is stored' });
  expect(sets.flat().filter((name) => name.startsWith('a'))).toEqual([]);
  locked = false;
  await batcher.idle();
  expect(sets.flat().filter((name) => name.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  expect(failed).toEqual([]);
});

test('an item whose key stays locked fails after the time limit', async () => {
  const { batcher, sets, failed, add } = batcherOf(
    (set) => (set.some(({ key }) => key === 'a') ? busy() : undefined),
    300,
  );
  add('a1', 'b1');
  await batcher.idle();
  expect([failed, sets]).toEqual([['a1'], [['b1']]]);
});

test('a key that stays locked for several tries loses no item, while more are added', async () => {
  let locked = true;
  // each try for the locked key waits for the lock, as in the database
  const tries: string[][] = [];
  const written: string[] = [];
  const failed: string[] = [];
  const writingKeys = new Map<string, number>();
  let together = 0;
  const batcher = new Batcher<Item>({
    commit: async (set) => {
      const keys = new Set(set.map(({ key }) => key));
      for (const key of keys) {
        writingKeys.set(key, (writingKeys.get(key) ?? 0) + 1);
        together = Math.max(together, writingKeys.get(key) ?? 0);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
      for (const key of keys) writingKeys.set(key, (writingKeys.get(key) ?? 0) - 1);
      if (locked && keys.has('a')) {
        tries.push(set.map(({ name }) => name));
        throw busy();
      }
      written.push(...set.map(({ name }) => name));
    },
    failed: (items) => void failed.push(...items.map(({ name }) => name)),
    keyOf: ({ key }) => key,
    largestSet: 4,
    everyMs: 0,
    patienceMs: 60_000,
  });
  const names = Array.from({ length: 60 }, (_, i) => `${i % 2 === 0 ? 'a' : 'b'}${i}`);
  for (const name of names) {
    batcher.add({ key: name[0] ?? '', name });
    if (name.endsWith('0'))
      await waitFor(() => tries.length > Number(name.slice(1)) / 20, {
        what: 'another try for the locked key',
      });
  }
  await waitFor(() => tries.length > 5, { what: 'several tries for the locked key' });
  locked = false;
  await batcher.idle();
  expect([...written].sort()).toEqual([...names].sort());
  expect(written.filter((name) => name.startsWith('a'))).toEqual(
    names.filter((name) => name.startsWith('a')),
  );
  expect([failed, together]).toEqual([[], 1]);
});
