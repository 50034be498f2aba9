import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { holdCheckout } from '../../src/start/embedded';
import { recordOf } from '../../src/start/embedded/process';
import { waitFor } from '../support/wait';
import { isAlive, temporaryDir } from './support';

test('only one process can hold the lock; the error for the second names the holder and the directory', async () => {
  const dataDir = path.join(temporaryDir(), '.data');
  const hold = await holdCheckout(dataDir);
  await expect(holdCheckout(dataDir)).rejects.toThrow(`process ${process.pid} works on ${dataDir}`);
  hold.release();
  (await holdCheckout(dataDir)).release();
  expect(readdirSync(dataDir)).toEqual([]);
});

test.each([
  ['was killed', (pid: number) => JSON.stringify({ ...recordOf(pid), pid })],
  [
    'had a pid that another process now has',
    () => JSON.stringify({ pid: process.pid, identity: 'an earlier boot' }),
  ],
  ['was killed while writing it', () => '{"pid":'],
])('the lock of a process that %s is taken over', async (_case, contentFor) => {
  const dataDir = temporaryDir();
  const sleeper = spawn('sleep', ['600'], { stdio: 'ignore' });
  const content = contentFor(sleeper.pid!);
  sleeper.kill('SIGKILL');
  await waitFor(() => !isAlive(sleeper.pid!), { what: 'the holder has ended' });
  writeFileSync(path.join(dataDir, 'running.lock'), content);
  const hold = await holdCheckout(dataDir);
  await expect(holdCheckout(dataDir)).rejects.toThrow('Dakiya already runs here');
  hold.release();
});

test('of many processes that try to take over a stale lock, exactly one gets it', async () => {
  const dataDir = temporaryDir();
  writeFileSync(path.join(dataDir, 'running.lock'), JSON.stringify({ pid: 1, identity: 'an earlier boot' }));
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => holdCheckout(dataDir)));
  const held = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  expect(held).toHaveLength(1);
  held[0]?.value.release();
  expect(existsSync(path.join(dataDir, 'running.lock'))).toBe(false);
});
