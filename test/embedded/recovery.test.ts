import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres } from '../../src/start/embedded';
import { waitFor } from '../support/wait';
import { launchChild, queryPostgres, runsAsRoot, silent, temporaryDir } from './support';

function start(dataDir: string) {
  return startPostgres({ dataDir, log: silent, durable: false });
}

test('an initdb that was killed halfway is run again', async () => {
  const directory = temporaryDir();
  const dataDir = path.join(directory, 'postgres');
  const child = launchChild(directory);
  const unfinished = () => readdirSync(dataDir).find((name) => name.startsWith('unfinished-')) ?? 'none';
  await waitFor(() => existsSync(path.join(dataDir, unfinished(), 'PG_VERSION')), {
    what: 'initdb has begun',
  });
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(existsSync(path.join(dataDir, 'cluster'))).toBe(false);
  const server = await start(dataDir);
  expect(await queryPostgres(server.url, 'SELECT current_database()')).toBe('dakiya');
  expect(unfinished()).toBe('none');
  await server.stop();
});

test('a cluster without PG_VERSION is incomplete and is created again', async () => {
  const dataDir = temporaryDir();
  mkdirSync(path.join(dataDir, 'cluster', 'base'), { recursive: true });
  const server = await start(dataDir);
  expect(await queryPostgres(server.url, 'SELECT 1')).toBe(1);
  await server.stop();
});

test('a lock file whose pid another process now has is replaced', async () => {
  const dataDir = temporaryDir();
  const lockFile = path.join(dataDir, 'cluster', 'postmaster.pid');
  const recordFile = path.join(dataDir, 'server.pid');
  const crashed = await start(dataDir);
  process.kill(crashed.pid, 'SIGKILL');
  await crashed.exited;

  // As after a restart of a container: the same small pid belongs to another program of the same user.
  const { uid, gid } = statSync(lockFile);
  const otherProcess = spawn('sleep', ['600'], { stdio: 'ignore', ...(runsAsRoot && { uid, gid }) });
  try {
    const lock = readFileSync(lockFile, 'utf8').replace(/^\d+/, String(otherProcess.pid));
    const record = readFileSync(recordFile, 'utf8').replace(
      `"pid":${crashed.pid}`,
      `"pid":${otherProcess.pid}`,
    );
    writeFileSync(lockFile, lock);
    // Control: without our record of the process, PostgreSQL takes the other program for a running server.
    rmSync(recordFile);
    await expect(start(dataDir)).rejects.toThrow('lock file "postmaster.pid" already exists');

    writeFileSync(recordFile, record);
    const server = await start(dataDir);
    expect(await queryPostgres(server.url, 'SELECT 1')).toBe(1);
    await server.stop();
  } finally {
    otherProcess.kill();
  }
});

test('a cluster of another version, or without its password, is refused with a clear error', async () => {
  const dataDir = temporaryDir();
  await (await start(dataDir)).stop();
  const password = path.join(dataDir, 'password');
  const version = path.join(dataDir, 'cluster', 'PG_VERSION');
  const [keptPassword, keptVersion] = [readFileSync(password), readFileSync(version)];
  rmSync(password);
  await expect(start(dataDir)).rejects.toThrow('is gone: put it back or remove');
  writeFileSync(password, keptPassword);
  writeFileSync(version, '9.6\n');
  await expect(start(dataDir)).rejects.toThrow(/was made by PostgreSQL 9.6, and this is \d+/);
  writeFileSync(version, keptVersion);
  await (await start(dataDir)).stop();
});
