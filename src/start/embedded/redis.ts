import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { startGuarded } from './guard';
import { freePort } from './ports';
import { fetchedRedis, type RedisBinary } from './redis-packages';
import { asServer, claimServerDir, serverLog, startOnFreePort, type EmbeddedServer } from './server';
import { firstBlocked, makePassable, serverUserFor, type ServerUser } from './server-user';

interface RedisOptions {
  /** Its own directory; made if it does not exist. */
  dataDir: string;
  /** Where Redis is kept if it has to be fetched. */
  packagesDir: string;
  log: (line: string) => void;
  /** false: nothing is written to disk, for tests. */
  durable: boolean;
  /** The directories to look for redis-server or valkey-server in; default PATH. */
  path?: string;
}

/**
 * A private Redis (or Valkey) on a free port of 127.0.0.1 that ends with this process.
 *
 * `dataDir` then holds `store` (Redis's own), `server.log` and `server.pid`.
 */
export async function startRedis(options: RedisOptions): Promise<EmbeddedServer> {
  const { dataDir, packagesDir, log, durable } = options;
  makePassable(dataDir);
  await claimServerDir(dataDir);
  const binary =
    installedRedis(options.path ?? process.env.PATH ?? '') ??
    (await fetchedRedis({ packagesDir, path: options.path, log }));
  const { store, user } = prepareStore(dataDir, binary);

  const { process: server, url } = await startOnFreePort('Redis', dataDir, async () => {
    const port = await freePort();
    const password = randomBytes(24).toString('hex');
    const config = writeConfig(store, { port, password, durable }, user);
    const server = await startGuarded({
      command: binary.command,
      args: [config],
      stopSignal: 'TERM',
      logFile: serverLog(dataDir),
      user,
      env: binary.libraryPath ? { LD_LIBRARY_PATH: binary.libraryPath } : {},
    });
    const url = `redis://:${password}@127.0.0.1:${port}`;
    return { process: server, url, isReady: () => answersPing(port, password) };
  });
  return asServer(server, url);
}

function installedRedis(searchPath: string): RedisBinary | undefined {
  const directories = searchPath.split(path.delimiter).filter((dir) => dir !== '');
  const commands = ['redis-server', 'valkey-server'].flatMap((name) =>
    directories.map((dir) => path.resolve(dir, name)),
  );
  const command = commands.find((file) => existsSync(file));
  return command === undefined ? undefined : { command };
}

/** Unlike PostgreSQL, Redis does run as root: where another user cannot reach the checkout, that is what it does. */
function prepareStore(dataDir: string, binary: RedisBinary): { store: string; user?: ServerUser } {
  const store = path.join(dataDir, 'store');
  if (!existsSync(store)) {
    mkdirSync(store, { mode: 0o700 });
    const user = serverUserFor(store);
    if (user && !firstBlocked(user, dataDir, binary.command)) chownSync(store, user.uid, user.gid);
  }
  const user = statSync(store).uid === 0 ? undefined : serverUserFor(store);
  return { store, user: firstBlocked(user, dataDir, binary.command) ? undefined : user };
}

interface RedisSettings {
  port: number;
  password: string;
  durable: boolean;
}

// In a file that only Redis can read: everybody can read a command line.
function writeConfig(store: string, { port, password, durable }: RedisSettings, user?: ServerUser): string {
  const file = path.join(store, 'redis.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `requirepass ${password}`,
    'daemonize no',
    `dir ${JSON.stringify(store)}`,
    'save ""',
    `appendonly ${durable ? 'yes' : 'no'}`,
    'appendfsync everysec',
    'maxmemory-policy noeviction', // an evicted key would be a lost job
  ];
  rmSync(file, { force: true });
  writeFileSync(file, lines.join('\n') + '\n', { mode: 0o600 });
  if (user) chownSync(file, user.uid, user.gid);
  return file;
}

// By hand: ioredis keeps a timer of two seconds after every connection that fails, and the first ones do.
function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 });
    let answer = '';
    socket.write(`AUTH ${password}\r\nPING\r\n`);
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      if (answer.split('\r\n').length > 2) socket.destroy();
    });
    socket.on('timeout', () => socket.destroy());
    socket.on('error', () => {}); // refused: 'close' follows
    socket.on('close', () => resolve(answer === '+OK\r\n+PONG\r\n'));
  });
}
