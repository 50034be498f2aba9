import { Batcher, setEnd, waitBeforeSet } from '../../src/delivery/settle/batcher';
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
