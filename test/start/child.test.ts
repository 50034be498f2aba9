import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { waitFor } from '../support/wait';

// From the build, since the supervisor starts the main.js in its own folder.
const { Child } = jest.requireActual<typeof import('../../src/start/child')>('../../dist/start/child');

describe('A worker that npm start supervises', () => {
  const logDir = mkdtempSync(path.join(os.tmpdir(), 'dakiya-start-'));
  const said: string[] = [];
  let test: TestDatabase;
  let worker: InstanceType<typeof Child>;

  beforeAll(async () => {
    test = await createTestDatabase();
    worker = new Child({
      role: 'worker',
      env: {
        PATH: process.env.PATH ?? '',
        DATABASE_URL: test.url,
        REDIS_URL: process.env.TEST_REDIS_URL ?? '',
        REDIS_PREFIX: test.name,
        PUBLIC_URL: 'http://127.0.0.1:1',
        WHATSAPP_API_URL: 'http://127.0.0.1:1',
        ENCRYPTION_KEY: 'ab'.repeat(32),
      },
      logDir,
      say: (line) => said.push(line),
    });
    await worker.start();
  });
  afterAll(async () => {
    await worker?.stop();
    await test?.drop();
    rmSync(logDir, { recursive: true, force: true });
  });

  /** How often a worker has logged that it is ready. */
  function starts(): number {
    const lines = readFileSync(path.join(logDir, 'worker.log'), 'utf8').split('\n').slice(0, -1);
    return lines.filter((line) => (JSON.parse(line) as { msg: string }).msg === 'worker runs').length;
  }

  it('starts with its V8 flags, and is restarted with them after it was killed', async () => {
    const command = [
      process.execPath,
      ...process.execArgv,
      '--no-parallel-scavenge',
      '--max-old-space-size=1024',
      expect.stringMatching(/main\.js$/),
      'worker',
    ];
    const first = worker['process'];
    expect(first?.spawnargs).toEqual(command);
    await waitFor(() => starts() === 1, { what: 'the worker is ready' });
    first?.kill('SIGKILL');
    await waitFor(() => starts() === 2, { what: 'the restarted worker is ready' });
    expect(worker['process']).not.toBe(first);
    expect(worker['process']?.spawnargs).toEqual(command);
    expect(said).toEqual([expect.stringMatching(/^worker ended \(SIGKILL\); see .*; starting it again$/)]);
  });
});
