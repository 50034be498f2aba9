import { CircuitBreaker } from '../../src/delivery/settle/circuit-breaker';

/** A breaker whose clock moves by a millisecond with each result. */
function newBreaker() {
  const breaker = new CircuitBreaker();
  let now = 0;
  const note = (count: number, troubled: boolean, senderId = 'a', postedAt?: number) =>
    Array.from({ length: count }, () => {
      now++;
      return breaker.note(senderId, troubled, postedAt ?? now - 0.5, now);
    });
  return { note, now: () => now };
}

test('when most of the latest sends fail the breaker opens, longer each time, until several sends in a row succeed', () => {
  const { note } = newBreaker();
  expect(note(19, true).every((ms) => ms === 0)).toBe(true);
  expect(note(1, true)).toEqual([2000]);
  expect(note(20, true).at(-1)).toBe(4000);
  expect(note(20, true).at(-1)).toBe(8000);
  note(20, false);
  expect(note(16, true).find((ms) => ms > 0)).toBe(2000);
});

test('half of the sends failing does not open the breaker, and other senders are not affected', () => {
  const { note } = newBreaker();
  const half = Array.from({ length: 100 }, () => [...note(1, true), ...note(1, false)]).flat();
  expect(half.every((ms) => ms === 0)).toBe(true);
  note(100, true);
  expect(note(1, true, 'b')).toEqual([0]);
});

test('results of messages posted before the breaker opened do not open it again, however many time out together', () => {
  const { note, now } = newBreaker();
  expect(note(20, true).at(-1)).toBe(2000);
  const openedAt = now();
  expect(note(184, true, 'a', openedAt - 1).every((ms) => ms === 0)).toBe(true);
  expect(note(20, true).at(-1)).toBe(4000);
});
