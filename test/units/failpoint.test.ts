import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { armFailpoints, failpoint, parseFailpoints } from '../../src/infra/failpoint';

afterEach(() => armFailpoints(undefined));

function arm(text: string, seed = 1): void {
  const points = parseFailpoints(text);
  if (typeof points === 'string') throw new Error(points);
  armFailpoints({ points, seed });
}

/** Whether each of `times` passes failed. */
function passes(times: number): boolean[] {
  return Array.from({ length: times }, () => {
    try {
      failpoint('before_http');
      return false;
    } catch {
      return true;
    }
  });
}

test('nothing happens without a failpoint; with one, only at its name', () => {
  expect(passes(3)).toEqual([false, false, false]);
  arm('after_http:throw');
  expect(passes(3)).toEqual([false, false, false]);
  expect(() => failpoint('after_http')).toThrow('The failpoint after_http was told to fail');
});

test('a share fails about that often, and the same seed gives the same failures', () => {
  arm('before_http:throw@0.05', 42);
  const first = passes(4000);
  expect(first.filter(Boolean).length / 4000).toBeCloseTo(0.05, 2);
  arm('before_http:throw@0.05', 42);
  expect(passes(4000)).toEqual(first);
  arm('before_http:throw@0.05', 43);
  expect(passes(4000)).not.toEqual(first);
});

test('delay blocks the whole process, including timers', () => {
  arm('before_http:delay(60)');
  const started = performance.now();
  let timer = false;
  setTimeout(() => (timer = true), 1).unref();
  failpoint('before_http');
  expect(performance.now() - started).toBeGreaterThanOrEqual(59);
  expect(timer).toBe(false);
});

test('exit kills the process: no handler and no later code runs', () => {
  const child = spawnSync(
    process.execPath,
    [path.join(__dirname, 'failpoint-child.js'), path.join(__dirname, '../../src/infra/failpoint.ts')],
    { encoding: 'utf8' },
  );
  expect({ signal: child.signal, out: child.stdout, err: child.stderr }).toEqual({
    signal: 'SIGKILL',
    out: 'before\n',
    err: '',
  });
});

test('without a failpoint a call costs nanoseconds', () => {
  // CPU time, so that other processes on the machine do not count
  const started = process.cpuUsage();
  for (let i = 0; i < 1_000_000; i++) failpoint('before_http');
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(200);
});
