import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { startGuarded } from './guard';
import { freePort } from './ports';
import { findPostgres } from './postgres-binaries';
import { CLUSTER_USER, openCluster, readPassword } from './postgres-cluster';
import {
  asServer,
  claimServerDir,
  isServed,
  predecessorPid,
  serverLog,
  startOnFreePort,
  type EmbeddedServer,
} from './server';
import {
  firstBlocked,
  makeOutsideDir,
  makePassable,
  outsideDir,
  serverUserFor,
  type ServerUser,
} from './server-user';

interface PostgresOptions {
  /** Its own directory; made if it does not exist. */
  dataDir: string;
  log: (line: string) => void;
  /** false: no fsync, for tests; a crash of the machine may lose everything. */
  durable: boolean;
  /** Connections at most; 100 unless given, which suits a laptop with 2 cores. */
  connections?: number;
  /** PostgreSQL's bin directory (PG_BIN), instead of npm's binaries. */
  binDir?: string;
}

const DATABASE = 'dakiya';

/**
 * A private PostgreSQL on a free port of 127.0.0.1, with the database `dakiya`, that ends with this process.
 *
 * `dataDir` then holds `cluster` (PostgreSQL's own), `password`, `server.log` and `server.pid`.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedServer> {
  const { dir, user } = placeFor(options);
  await claimServerDir(dir);
  const binaries = findPostgres({ binDir: options.binDir, user, copyTo: dir, log: options.log });
  const { cluster, password } = await openCluster(dir, binaries, user, options.log);

  const { process, port } = await startOnFreePort('PostgreSQL', dir, async () => {
    const port = await freePort();
    const process = await startGuarded({
      command: binaries.postgres,
      args: ['-D', cluster, ...settings(port, options)],
      stopSignal: 'INT', // "fast": open transactions are rolled back
      logFile: serverLog(dir),
      user,
      env: takeOverStaleLock(dir, cluster),
    });
    return { process, port, isReady: () => isReady(cluster, process.pid) };
  });
  try {
    await createDatabase(urlOf(password, port, 'postgres'));
  } catch (error) {
    await process.stop();
    throw error;
  }
  return asServer(process, urlOf(password, port, DATABASE));
}

/**
 * The URL of the server that {@link startPostgres} runs on a directory right now, for commands beside it. Undefined
 * when there is none, or it is not ours to use.
 */
export function runningPostgres(dataDir: string): string | undefined {
  const dir = [dataDir, outsideDir(dataDir)].find(isServed);
  // line 4 of the file is the port
  const port = dir && postmasterFile(path.join(dir, 'cluster'))[3];
  return port && urlOf(readPassword(dir), Number(port), DATABASE);
}

function urlOf(password: string, port: number, database: string): string {
  return `postgres://${CLUSTER_USER}:${password}@127.0.0.1:${port}/${database}`;
}

/** As root the server's user may not be able to reach the checkout; then the data goes where it can. */
function placeFor({ dataDir, log }: PostgresOptions): { dir: string; user?: ServerUser } {
  makePassable(dataDir);
  const user = serverUserFor(path.join(dataDir, 'cluster'));
  const blocked = firstBlocked(user, dataDir);
  const outside = outsideDir(dataDir);
  const usedBefore =
    user !== undefined &&
    !existsSync(path.join(dataDir, 'cluster')) &&
    existsSync(path.join(outside, 'cluster'));
  if (!blocked && !usedBefore) return { dir: dataDir, user };
  const reason = blocked
    ? `PostgreSQL's user ${user?.name} cannot get through ${blocked}`
    : 'as at earlier starts';
  log(`The database is kept in ${outside} (${reason}).`);
  makeOutsideDir(outside);
  return { dir: outside, user: serverUserFor(path.join(outside, 'cluster')) };
}

// 256 MB suit a laptop with 2 cores. Without sockets only the password opens the door.
function settings(port: number, { durable, connections = 100 }: PostgresOptions): string[] {
  const lines = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'shared_buffers=256MB',
    `max_connections=${connections}`,
  ];
  const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  return [...lines, 'timezone=UTC', 'log_timezone=UTC', ...(durable ? [] : careless)].flatMap((line) => [
    '-c',
    line,
  ]);
}

/**
 * After kill -9 a lock file with the old pid is left. PostgreSQL takes it over, unless that pid runs again as another
 * process of the same user, which in containers is common. What pg_ctl says of its own shell says it of that pid:
 * not a server. The check for backends that still have the shared memory open stays in force.
 */
function takeOverStaleLock(dir: string, cluster: string): Record<string, string> {
  const [pid] = postmasterFile(cluster);
  // claimServerDir has made sure that this very process is gone.
  return pid !== undefined && Number(pid) === predecessorPid(dir) ? { PG_GRANDPARENT_PID: pid } : {};
}

// Line 1 is the pid, line 8 the state (src/include/utils/pidfile.h). Asking the file, not the port, cannot mistake
// another server for ours.
function isReady(cluster: string, pid: number): boolean {
  const lines = postmasterFile(cluster);
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

function postmasterFile(cluster: string): string[] {
  try {
    return readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
