import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/** Starts a role of the command line: the simulator, since it needs no database. */
const settings = {
  PATH: process.env.PATH,
  PORT: '0',
  WHATSAPP_APP_SECRET: 'secret of the test',
  WHATSAPP_VERIFY_TOKEN: 'token of the test',
};

interface Line {
  level: number;
  role: string;
  msg: string;
  err?: { message: string; stack: string };
}

describe('A role with an unhandled error', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  it.each([
    ['a rejection', 'rejection', 'unhandled rejection'],
    ['an exception', 'exception', 'uncaught exception'],
  ])('logs %s in one line and exits with 1', async (_what, fail, message) => {
    child = fork(path.join(__dirname, 'unhandled-child.js'), ['simulator'], {
      env: settings,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const [logged, errors, ended] = [text(child.stdout!), text(child.stderr!), once(child, 'exit')];
    await once(child, 'message'); // it has started
    child.send({ fail });
    expect(await ended).toEqual([1, null]);
    const lines = (await logged)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    const fatal = lines.filter(({ level }) => level === 60);
    expect(fatal).toEqual([
      expect.objectContaining({ role: 'simulator', msg: `${message}: the process ends` }),
    ]);
    expect(fatal[0]?.err).toMatchObject({ message: 'unhandled error of the test' });
    expect(fatal[0]?.err?.stack).toContain('unhandled-child.js');
    expect(await errors).toBe('');
  });
});
