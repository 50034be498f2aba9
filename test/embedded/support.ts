import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Redis from 'ioredis';
import { Client } from 'pg';
import { startPostgres, startRedis } from '../../src/start/embedded';
import { recordOf } from '../../src/start/embedded/process';

export const packagesDir = path.resolve('.cache/redis');
export const silent = (): void => {};
export const runsAsRoot = process.getuid?.() === 0;

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** A directory that the servers' user can access, removed after the tests of the file. */
export function temporaryDir(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'dakiya-embedded-'));
  chmodSync(directory, 0o755);
  directories.push(directory);
  return directory;
}

export function startBoth(directory: string) {
  return Promise.all([
    startPostgres({ dataDir: path.join(directory, 'postgres'), log: silent, durable: true }),
    startRedis({ dataDir: path.join(directory, 'redis'), packagesDir, log: silent, durable: true }),
  ]);
}

export function isAlive(pid: number): boolean {
  return recordOf(pid) !== undefined;
}

/** Runs a query. @returns the first column of the first row */
export async function queryPostgres(url: string, sql: string): Promise<unknown> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

export async function askRedis<T>(url: string, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', silent);
  try {
    return await ask(redis);
  } finally {
    redis.disconnect();
  }
}

interface Running {
  process: ChildProcess;
  postgres: { pid: number; url: string };
  redis: { pid: number; url: string };
}

/** Starts child.js, as the user `owner` if given; resolves when both servers run. */
export async function startChild(
  directory: string,
  { mode, owner }: { mode?: 'guard-off'; owner?: { uid: number; gid: number } } = {},
): Promise<Running> {
  const child = launchChild(directory, { mode, owner });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const answer = await Promise.race([
    once(child.stdout!, 'data').then(([chunk]) => (chunk as Buffer).toString()),
    once(child, 'close').then(() => Promise.reject(new Error(errors))),
  ]);
  return { process: child, ...(JSON.parse(answer) as Omit<Running, 'process'>) };
}

export function launchChild(
  directory: string,
  { mode, owner }: { mode?: 'guard-off'; owner?: { uid: number; gid: number } } = {},
): ChildProcess {
  const args = [path.join(__dirname, 'child.js'), directory, ...(mode ? [mode] : [])];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], ...owner });
}
