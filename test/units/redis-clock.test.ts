import { RedisClock } from '../../src/delivery/redis-clock';

test('the least delayed reply tells where the clocks stand', () => {
  let now = 5000;
  const clock = new RedisClock(() => now);
  expect(clock.here(1_000_000)).toBe(5000);
  // 100 ms later by Redis, but the reply was looked at 60 ms too late
  now = 5160;
  expect(clock.here(1_000_100)).toBe(5100);
});

test('follows a drift within a minute, and a clock that was set at once', () => {
  let now = 0;
  const clock = new RedisClock(() => now);
  clock.here(1_000_000);
  for (let second = 1; second <= 60; second++) {
    now = second * 1000;
    clock.here(1_000_000 + second * 999);
  }
  now = 61_000;
  expect(clock.here(1_000_000 + 61 * 999)).toBeGreaterThan(60_950);
  now = 62_000;
  expect(clock.here(4_600_000)).toBe(62_000);
  now = 63_000;
  expect(clock.here(1_001_000)).toBe(63_000);
});
