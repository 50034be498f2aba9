import { CircuitBreaker } from '../../src/delivery/send/circuit-breaker';

const times = <T>(count: number, what: () => T) => Array.from({ length: count }, what);

test('when most of the latest sends fail the breaker opens, longer each time, until several sends in a row succeed', () => {
  const breaker = new CircuitBreaker();
  expect(times(19, () => breaker.note('a', true)).every((ms) => ms === 0)).toBe(true);
  expect(breaker.note('a', true)).toBe(2000);
  expect(times(20, () => breaker.note('a', true)).at(-1)).toBe(4000);
  expect(times(20, () => breaker.note('a', true)).at(-1)).toBe(8000);
  times(20, () => breaker.note('a', false));
  expect(times(16, () => breaker.note('a', true)).find((ms) => ms > 0)).toBe(2000);
});

test('half of the sends failing does not open the breaker, and other senders are not affected', () => {
  const breaker = new CircuitBreaker();
  expect(Array.from({ length: 200 }, (_, i) => breaker.note('a', i % 2 === 0)).every((ms) => ms === 0)).toBe(
    true,
  );
  times(100, () => breaker.note('a', true));
  expect(breaker.note('b', true)).toBe(0);
});
