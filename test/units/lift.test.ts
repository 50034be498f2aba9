import { heldOut } from '../../src/audience/holdout';
import { differenceInterval, liftOf } from '../../src/stats/lift';

// the examples of Newcombe (1998), table II, method 10
test.each([
  [56, 70, 48, 80, 0.2, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.6, 0.1705, 0.809],
  [6, 7, 2, 7, 0.5714, 0.0582, 0.8062],
  [5, 56, 0, 29, 0.0893, -0.0381, 0.1926],
  [0, 10, 0, 20, 0, -0.1611, 0.2775],
  [10, 10, 0, 10, 1, 0.6075, 1],
])('%d of %d against %d of %d', (a, m, b, n, difference, low, high) => {
  const found = differenceInterval({ people: m, converted: a }, { people: n, converted: b });
  expect(found?.difference).toBeCloseTo(difference, 4);
  expect(found?.low).toBeCloseTo(low, 4);
  expect(found?.high).toBeCloseTo(high, 4);
});

test('the lift is in orders of the people sent to, and its sentence says whether it may be chance', () => {
  const clear = liftOf({ people: 9000, converted: 450 }, { people: 1000, converted: 20 });
  expect(clear).toMatchObject({ convertedRate: 5, holdoutRate: 2, incremental: 270, confidence: 95 });
  expect(clear.low).toBeGreaterThan(150);
  expect(clear.high).toBeLessThan(370);
  expect(clear.sentence).toMatch(/brought about 270 orders/);
  const unclear = liftOf({ people: 90, converted: 5 }, { people: 10, converted: 1 });
  expect(unclear.sentence).toMatch(/may be chance/);
  const fewer = liftOf({ people: 9000, converted: 90 }, { people: 1000, converted: 50 });
  expect(fewer).toMatchObject({ incremental: -360 });
  expect(fewer.sentence).toMatch(/360 orders fewer/);
  expect(liftOf({ people: 0, converted: 0 }, { people: 10, converted: 0 })).toMatchObject({
    convertedRate: null,
    incremental: null,
    low: null,
  });
});

test('the percentage is rounded, and never everybody is held out', () => {
  expect([0, 1, 2, 5, 10, 1000].map((people) => heldOut(people, 10))).toEqual([0, 0, 0, 1, 1, 100]);
  expect([1, 2, 3].map((people) => heldOut(people, 90))).toEqual([0, 1, 2]);
  expect(heldOut(1_000_000, 0)).toBe(0);
  expect(heldOut(50, 12.5)).toBe(6);
});
