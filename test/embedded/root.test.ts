import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { startPostgres } from '../../src/start/embedded';
import { firstBlocked, outsideDir } from '../../src/start/embedded/server-user';
import { waitFor } from '../support/wait';
import {
  askRedis,
  isAlive,
  queryPostgres,
  runsAsRoot,
  silent,
  startBoth,
  startChild,
  temporaryDir,
} from './support';

// What is different for root; skipped for other users.
const asRoot = runsAsRoot ? test : test.skip;
const nobody = { name: 'nobody', uid: 65534, gid: 65534 };
const nobodyCanReadUs = runsAsRoot && !firstBlocked(nobody, __dirname, process.execPath);

asRoot('neither server runs as root', async () => {
  const servers = await startBoth(temporaryDir());
  const owners = servers.map(({ pid }) =>
    execFileSync('ps', ['-o', 'uid=', '-p', String(pid)])
      .toString()
      .trim(),
  );
  expect(owners).not.toContain('0');
  await Promise.all(servers.map((server) => server.stop()));
});

(nobodyCanReadUs ? test : test.skip)(
  'an ordinary user starts both servers, and root can start them later with the same data',
  async () => {
    const directory = temporaryDir();
    chownSync(directory, nobody.uid, nobody.gid);
    const child = await startChild(directory, { owner: { uid: nobody.uid, gid: nobody.gid } });
    expect(await queryPostgres(child.postgres.url, "SELECT 'here'")).toBe('here');
    expect(await askRedis(child.redis.url, (client) => client.set('note', 'kept'))).toBe('OK');
    child.process.kill('SIGKILL');
    await waitFor(() => !isAlive(child.postgres.pid) && !isAlive(child.redis.pid), {
      what: 'both servers have ended',
    });

    const [postgres, redis] = await startBoth(directory);
    expect(await askRedis(redis.url, (client) => client.get('note'))).toBe('kept');
    await Promise.all([postgres.stop(), redis.stop()]);
  },
);

asRoot(
  'if the user of the servers cannot access a parent directory, the data is kept elsewhere, now and later',
  async () => {
    const closed = path.join(temporaryDir(), 'home');
    mkdirSync(closed, { mode: 0o700 });
    const dataDir = path.join(closed, 'checkout', '.data', 'postgres');
    const outside = outsideDir(dataDir);
    const lines: string[] = [];
    const options = { dataDir, log: (line: string) => void lines.push(line), durable: true };
    try {
      const first = await startPostgres(options);
      await queryPostgres(first.url, "CREATE TABLE note AS SELECT 'kept' AS text");
      await first.stop();
      expect(lines[0]).toMatch(
        new RegExp(`^The database is kept in ${outside} \\(.+ cannot get through ${closed}\\)\\.$`),
      );
      expect(existsSync(path.join(dataDir, 'cluster'))).toBe(false);

      // Even if it is opened up later, the data is still found.
      chmodSync(closed, 0o755);
      const second = await startPostgres(options);
      expect(await queryPostgres(second.url, 'SELECT text FROM note')).toBe('kept');
      await second.stop();
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  },
);

asRoot('a data directory that does not belong to root is refused', async () => {
  const closed = path.join(temporaryDir(), 'home');
  mkdirSync(closed, { mode: 0o700 });
  const dataDir = path.join(closed, 'postgres');
  const outside = outsideDir(dataDir);
  symlinkSync('/', outside);
  try {
    await expect(startPostgres({ dataDir, log: silent, durable: true })).rejects.toThrow(
      `not root's own: remove it`,
    );
  } finally {
    rmSync(outside);
  }
});

asRoot(
  'PG_BIN in a directory that is closed to the user of the servers is refused; the error says what to do',
  async () => {
    const directory = temporaryDir();
    const closed = path.join(directory, 'home');
    const binDir = path.join(closed, 'bin');
    mkdirSync(binDir, { recursive: true });
    for (const name of ['initdb', 'postgres']) symlinkSync('/bin/true', path.join(binDir, name));
    chmodSync(closed, 0o700);
    const dataDir = path.join(directory, 'data');
    const start = startPostgres({ dataDir, log: silent, durable: true, binDir });
    await expect(start).rejects.toThrow(
      `cannot get through ${closed}: allow it (chmod o+x ${closed}) or choose another PG_BIN`,
    );
    expect(existsSync(path.join(dataDir, 'cluster'))).toBe(false);
  },
);

asRoot('new directories are accessible to the user of the servers under any umask', async () => {
  const before = process.umask(0o077);
  try {
    const dataDir = path.join(temporaryDir(), 'a', 'b');
    const server = await startPostgres({ dataDir, log: silent, durable: false });
    await server.stop();
    expect(statSync(dataDir).mode & 0o777).toBe(0o755);
  } finally {
    process.umask(before);
  }
});
