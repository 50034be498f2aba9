import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { startRedis } from '../../src/start/embedded';
import { askRedis, silent, temporaryDir } from './support';

const needed = ['/usr/bin/apt-get', '/usr/bin/dpkg-deb'];
const isDebian = needed.every((file) => existsSync(file));

const onDebian = isDebian ? test : test.skip;
onDebian(
  'if Redis is not installed its package is downloaded, once',
  async () => {
    const directory = temporaryDir();
    const packagesDir = path.join(directory, 'packages');
    const searchPath = path.join(directory, 'bin');
    mkdirSync(searchPath);
    for (const file of needed) symlinkSync(file, path.join(searchPath, path.basename(file)));
    // Left by an interrupted download; no process has this pid.
    mkdirSync(path.join(packagesDir, 'x.fetch-99999999'), { recursive: true });

    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    for (const attempt of ['first', 'second']) {
      const dataDir = path.join(directory, attempt);
      const redis = await startRedis({ dataDir, packagesDir, log, durable: true, path: searchPath });
      expect(await askRedis(redis.url, (client) => client.ping())).toBe('PONG');
      await redis.stop();
    }
    expect(lines).toEqual([expect.stringContaining('Fetching Redis packages')]);
    expect(readdirSync(packagesDir)).toHaveLength(1);
  },
  120_000,
);

test('if the download fails the error says how to install Redis', async () => {
  const directory = temporaryDir();
  const options = {
    dataDir: directory,
    packagesDir: path.join(directory, 'packages'),
    log: silent,
    durable: false,
  };
  await expect(startRedis({ ...options, path: directory })).rejects.toThrow(
    /^Dakiya needs a Redis and found neither redis-server nor valkey-server: .+, or set REDIS_URL to a Redis of your own\.$/,
  );
});
