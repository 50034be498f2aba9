import { CircuitBreaker } from '../../src/delivery/send/circuit-breaker';

const times = <T>(count: number, what: () => T) => Array.from({ length: count }, what);

test('most of the latest answers in trouble: the number rests, longer each time, until a calm', () => {
  const storms = new CircuitBreaker();
  expect(times(19, () => storms.note('a', true)).every((ms) => ms === 0)).toBe(true);
  expect(storms.note('a', true)).toBe(2000);
  expect(times(20, () => storms.note('a', true)).at(-1)).toBe(4000);
  expect(times(20, () => storms.note('a', true)).at(-1)).toBe(8000);
  times(20, () => storms.note('a', false));
  expect(times(16, () => storms.note('a', true)).find((ms) => ms > 0)).toBe(2000);
});

test('some trouble is no storm, and another number is not touched', () => {
  const storms = new CircuitBreaker();
  expect(Array.from({ length: 200 }, (_, i) => storms.note('a', i % 2 === 0)).every((ms) => ms === 0)).toBe(
    true,
  );
  times(100, () => storms.note('a', true));
  expect(storms.note('b', true)).toBe(0);
});
