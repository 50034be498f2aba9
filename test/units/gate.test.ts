import { Gate } from '../../src/delivery/gate';

/** Slots of a limit of 80 a second, as the schedule spreads them. */
const slots = (seconds: number, from = 0) =>
  Array.from({ length: Math.floor(seconds * 78.4) }, (_, i) => from + i * (1000 / 78.4));

/** Posts as many as the gate lets through, every 5 ms, standing still during `stalls`. */
function run(gate: Gate, seconds: number, stalls: readonly [number, number][]): number[] {
  const posts: number[] = [];
  const due = slots(seconds);
  for (let now = 0; now < seconds * 1000; now += 5) {
    if (stalls.some(([from, to]) => now >= from && now < to)) continue;
    const open = Math.min(gate.open(now), due.filter((slot) => slot <= now).length - posts.length);
    for (let i = 0; i < open; i++) {
      gate.posted(now);
      gate.answered(now + 1);
      posts.push(now);
    }
  }
  return posts;
}

function mostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));
}

test('in step with its slots it lets everybody through', () => {
  const gate = new Gate();
  gate.slots(slots(3));
  expect(run(gate, 3, [])).toHaveLength(slots(3).length);
});

test('after a stall no second gets more than the limit', () => {
  const gate = new Gate();
  gate.slots(slots(5));
  const posts = run(gate, 5, [
    [1000, 1400],
    [2100, 2250],
  ]);
  expect(mostInASecond(posts)).toBeLessThanOrEqual(80);
});

test('control: without the gate the same stall makes a second too full', () => {
  const gate = new Gate();
  jest.spyOn(gate, 'open').mockReturnValue(Number.MAX_SAFE_INTEGER);
  expect(mostInASecond(run(gate, 5, [[1000, 1400]]))).toBeGreaterThan(80);
});

test('answers that come in a bunch hold the next posts back', () => {
  const gate = new Gate();
  gate.slots(slots(2));
  for (const slot of slots(1)) gate.posted(slot);
  // everything that was posted in the first second arrived at its end
  for (const _ of slots(1)) gate.answered(1000);
  expect(gate.open(1200)).toBeLessThanOrEqual(1);
  // control: by the posts alone there would be room
  const blind = new Gate();
  blind.slots(slots(2));
  for (const slot of slots(1)) blind.posted(slot);
  expect(blind.open(1200)).toBeGreaterThan(10);
});
