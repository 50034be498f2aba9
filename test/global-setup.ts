import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres, startRedis, type EmbeddedServer } from '../src/start/embedded';
import { findBrowser } from './web/find-browser';

export interface TestServers {
  directory: string;
  servers: EmbeddedServer[];
}

/**
 * Starts one PostgreSQL and one Redis for the whole run, at TEST_POSTGRES_URL and TEST_REDIS_URL. They end with Jest,
 * even if it is killed. Each test file uses its own database and its own Redis prefix in them. TEST_BROWSER is the
 * browser for the tests of the pages, if there is one.
 */
export default async function globalSetup(): Promise<void> {
  execFileSync(process.execPath, ['test/support/pack.js'], { stdio: 'inherit' });
  const directory = mkdtempSync(path.join(os.tmpdir(), 'dakiya-test-'));
  // mkdtemp creates it with mode 0700; when root runs the tests, the servers' user needs access.
  chmodSync(directory, 0o755);
  const log = (line: string) => console.log(line);
  const packagesDir = path.resolve('.cache/redis');
  try {
    const [browser, ...servers] = await Promise.all([
      findBrowser(log),
      // for the processes of all files that run at once
      startPostgres({
        dataDir: path.join(directory, 'postgres'),
        log: () => {},
        durable: false,
        connections: 400,
      }),
      startRedis({ dataDir: path.join(directory, 'redis'), packagesDir, log, durable: false }),
    ]);
    const [postgres, redis] = servers;
    if (browser !== undefined) process.env.TEST_BROWSER = browser;
    process.env.TEST_POSTGRES_URL = postgres.url;
    process.env.TEST_REDIS_URL = redis.url;
    (globalThis as { testServers?: TestServers }).testServers = { directory, servers };
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}
