import { waitFor } from '../support/wait';
import { askRedis, isAlive, queryPostgres, startBoth, startChild, temporaryDir } from './support';

test.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'when Node ends by %s its servers end too, and the next start finds their data',
  async (signal) => {
    const directory = temporaryDir();
    const child = await startChild(directory);
    await queryPostgres(child.postgres.url, 'CREATE TABLE note AS SELECT 1');
    await askRedis(child.redis.url, (client) => client.set('note', 'kept'));
    child.process.kill(signal);
    // Started at once, while the old servers may still be shutting down.
    const [postgres, redis] = await startBoth(directory);
    await waitFor(() => !isAlive(child.postgres.pid), { what: 'PostgreSQL has ended' });
    await waitFor(() => !isAlive(child.redis.pid), { what: 'Redis has ended' });
    expect(await queryPostgres(postgres.url, 'SELECT count(*) FROM note')).toBe('1');
    expect(await askRedis(redis.url, (client) => client.get('note'))).toBe('kept');
    await Promise.all([postgres.stop(), redis.stop()]);
  },
);

test('control: without the guard process the servers outlive Node', async () => {
  const child = await startChild(temporaryDir(), { mode: 'guard-off' });
  try {
    child.process.kill('SIGKILL');
    await waitFor(() => !isAlive(child.process.pid!), { what: 'Node has ended' });
    // Each accepts a new connection, so it is not just slow to stop.
    expect(await queryPostgres(child.postgres.url, "SELECT 'here'")).toBe('here');
    expect(await askRedis(child.redis.url, (client) => client.ping())).toBe('PONG');
    await expect(
      waitFor(() => !isAlive(child.redis.pid), { what: 'Redis has ended', timeoutMs: 2000 }),
    ).rejects.toThrow();
    expect(isAlive(child.postgres.pid)).toBe(true);
  } finally {
    process.kill(child.postgres.pid, 'SIGINT');
    process.kill(child.redis.pid, 'SIGTERM');
  }
  await waitFor(() => !isAlive(child.postgres.pid) && !isAlive(child.redis.pid), {
    what: 'both servers have ended',
  });
});

test('a server that ends unexpectedly is reported, and can be started again', async () => {
  const directory = temporaryDir();
  const servers = await startBoth(directory);
  for (const server of servers) process.kill(server.pid, 'SIGKILL');
  await Promise.all(servers.map((server) => server.exited));
  const again = await startBoth(directory);
  expect(await queryPostgres(again[0].url, "SELECT 'here'")).toBe('here');
  await Promise.all(again.map((server) => server.stop()));
});
