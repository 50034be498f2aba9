import { statSync } from 'node:fs';
import path from 'node:path';
import { runningPostgres, startPostgres, startRedis } from '../../src/start/embedded';
import { askRedis, isAlive, packagesDir, queryPostgres, silent, startBoth, temporaryDir } from './support';

test('both servers start, keep their data over a restart, and leave no process', async () => {
  const directory = temporaryDir();
  const [postgres, redis] = await startBoth(directory);
  await queryPostgres(postgres.url, "CREATE TABLE note AS SELECT 'São Paulo' AS city");
  await askRedis(redis.url, (client) => client.set('note', 'kept'));
  await Promise.all([postgres.stop(), redis.stop()]);
  await Promise.all([postgres.exited, redis.exited]);
  expect([isAlive(postgres.pid), isAlive(redis.pid)]).toEqual([false, false]);

  const again = await startBoth(directory);
  expect(await queryPostgres(again[0].url, 'SELECT upper(city) FROM note')).toBe('SÃO PAULO');
  expect(await askRedis(again[1].url, (client) => client.get('note'))).toBe('kept');
  await Promise.all(again.map((server) => server.stop()));
});

test('two checkouts run their own servers at the same time, on non-standard ports', async () => {
  const servers = (await Promise.all([startBoth(temporaryDir()), startBoth(temporaryDir())])).flat();
  const ports = servers.map((server) => Number(new URL(server.url).port));
  expect(new Set(ports).size).toBe(4);
  expect(ports).not.toContain(5432);
  expect(ports).not.toContain(6379);
  const answers = servers.map(({ url }) =>
    url.startsWith('redis') ? askRedis(url, (client) => client.ping()) : queryPostgres(url, "SELECT 'PONG'"),
  );
  expect(await Promise.all(answers)).toEqual(['PONG', 'PONG', 'PONG', 'PONG']);
  await Promise.all(servers.map((server) => server.stop()));
});

test('connections need the password, and other users cannot read it', async () => {
  const directory = temporaryDir();
  const [postgres, redis] = await startBoth(directory);
  const withoutPassword = (url: string) => url.replace(/:[0-9a-f]+@/, ':guess@');
  await expect(queryPostgres(withoutPassword(postgres.url), 'SELECT 1')).rejects.toThrow(
    'password authentication failed',
  );
  await expect(askRedis(redis.url.replace(/:[^/]*@/, ''), (client) => client.ping())).rejects.toThrow(
    'NOAUTH',
  );
  for (const file of ['postgres/password', 'redis/store/redis.conf']) {
    expect(statSync(path.join(directory, file)).mode & 0o777).toBe(0o600);
  }
  await Promise.all([postgres.stop(), redis.stop()]);
});

test('durable servers write everything to disk, servers for tests do not', async () => {
  const directory = temporaryDir();
  const settings = async (durable: boolean) => {
    const dataDir = (name: string) => path.join(directory, `${name}-${durable}`);
    const postgres = await startPostgres({ dataDir: dataDir('postgres'), log: silent, durable });
    const redis = await startRedis({ dataDir: dataDir('redis'), packagesDir, log: silent, durable });
    const found = {
      fsync: await queryPostgres(postgres.url, 'SHOW fsync'),
      appendonly: (await askRedis(redis.url, (client) => client.config('GET', 'appendonly'))) as string[],
      policy: (await askRedis(redis.url, (client) => client.config('GET', 'maxmemory-policy'))) as string[],
    };
    await Promise.all([postgres.stop(), redis.stop()]);
    return { fsync: found.fsync, appendonly: found.appendonly[1], policy: found.policy[1] };
  };
  expect(await settings(true)).toEqual({ fsync: 'on', appendonly: 'yes', policy: 'noeviction' });
  expect(await settings(false)).toEqual({ fsync: 'off', appendonly: 'no', policy: 'noeviction' });
});

test('the error for a missing PostgreSQL names the directory where it was expected', async () => {
  const binDir = path.join(temporaryDir(), 'nothing');
  const start = startPostgres({ dataDir: temporaryDir(), log: silent, durable: false, binDir });
  await expect(start).rejects.toThrow(`There is no PostgreSQL in ${binDir}`);
});

test('another command finds a running PostgreSQL, but not one that has ended', async () => {
  const dataDir = path.join(temporaryDir(), 'postgres');
  expect(runningPostgres(dataDir)).toBeUndefined();
  const postgres = await startPostgres({ dataDir, log: silent, durable: false });
  expect(runningPostgres(dataDir)).toBe(postgres.url);
  await postgres.stop();
  expect(runningPostgres(dataDir)).toBeUndefined();
});
