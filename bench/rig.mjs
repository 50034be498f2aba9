// The environment of every benchmark: its own PostgreSQL and Redis with durable settings, the simulator and workers as
// separate processes, all ended with the benchmark.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
export const product = createRequire(import.meta.url);
product('reflect-metadata');

const { startPostgres, startRedis } = product('../dist/start/embedded/index.js');
const { createDatabase, connectDatabase, migrate } = product('../dist/infra/database.js');
const { createLog } = product('../dist/infra/log.js');
const { entities } = product('../dist/entities.js');

/** @param publicUrl where the simulator posts its webhooks; nobody listens at the usual one */
export async function startRig({ publicUrl = 'http://127.0.0.1:9' } = {}) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'dakiya-bench-'));
  chmodSync(directory, 0o755);
  const stops = [() => rmSync(directory, { recursive: true, force: true })];
  const say = () => undefined;
  const postgres = await startPostgres({
    dataDir: path.join(directory, 'postgres'),
    log: say,
    durable: true,
  });
  stops.push(() => postgres.stop());
  const packagesDir = path.join(root, '.cache/redis');
  const redis = await startRedis({
    dataDir: path.join(directory, 'redis'),
    packagesDir,
    log: say,
    durable: true,
  });
  stops.push(() => redis.stop());
  const env = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    JWT_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    WHATSAPP_APP_SECRET: randomBytes(16).toString('hex'),
    WHATSAPP_VERIFY_TOKEN: randomBytes(16).toString('hex'),
    PUBLIC_URL: publicUrl,
    LOG_LEVEL: 'error',
  };
  const simulator = await child(import.meta.resolve('../dist/main.js'), ['simulator'], {
    ...env,
    PORT: '0',
    SIMULATOR_STATE: '',
  });
  stops.push(() => simulator.stop());
  env.WHATSAPP_API_URL = `http://127.0.0.1:${simulator.ready.port}`;
  const log = createLog('error', 'bench');
  const database = createDatabase({ url: postgres.url, entities, poolSize: 4, statementTimeoutMs: 0, log });
  await connectDatabase(database, log, AbortSignal.timeout(30_000));
  stops.push(() => database.destroy());
  await migrate(database);
  return {
    env,
    database,
    log,
    simulatorUrl: env.WHATSAPP_API_URL,
    postgresCpuSeconds: () => cpuSecondsOfServer(path.join(directory, 'postgres')),
    steer: (method, what, body) => steer(env.WHATSAPP_API_URL, method, what, body),
    atEnd: (stop) => stops.push(stop),
    stop: async () => {
      for (const stop of stops.reverse()) await stop();
    },
  };
}

/**
 * CPU that a PostgreSQL server has used: its main process, the processes of connections that are open, and those that have
 * ended. Undefined where there is no /proc.
 */
function cpuSecondsOfServer(dataDir) {
  const [pid] = readFileSync(path.join(dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  const ticks = [];
  try {
    for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
      const fields = statOf(name);
      if (name === pid) ticks.push(...fields.slice(11, 15));
      else if (fields?.[1] === pid) ticks.push(...fields.slice(11, 13));
    }
  } catch {
    return undefined;
  }
  // a clock tick is a hundredth of a second on every Linux that Node runs on
  return ticks.reduce((sum, one) => sum + Number(one), 0) / 100;
}

/** CPU that a process has used, and its resident memory. Undefined where there is no /proc. */
export function usageOf(pid) {
  const fields = statOf(pid);
  if (!fields) return undefined;
  return {
    // a clock tick is a hundredth of a second on every Linux that Node runs on, a page has 4 kB
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
    megabytes: Number(fields[21]) * 0.004096,
  };
}

/** The fields of /proc/<pid>/stat from the state on: state, parent, … user and system time, the same of ended children. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined; // it ended meanwhile
  }
}

/** The Node flags of a deployed worker. */
export const workerFlags = ['--no-parallel-scavenge', '--max-old-space-size=1024'];

/** Forks a module and waits for its first message. If it ends before it is stopped, the benchmark ends. */
export function child(url, args, env, execArgv = []) {
  return new Promise((resolve, reject) => {
    const process_ = fork(new URL(url), args, { env: { PATH: process.env.PATH, ...env }, execArgv });
    let started = false;
    let stopped;
    process_.once('error', reject);
    process_.once('exit', (code) => {
      const error = new Error(`${path.basename(url)} ended with ${code}`);
      if (started) throw error;
      reject(error);
    });
    process_.once('message', (ready) => {
      started = true;
      resolve({
        ready,
        pid: process_.pid,
        ask: (question) =>
          new Promise((answered) => {
            process_.once('message', answered);
            process_.send(question);
          }),
        // a second time it only waits
        stop: () =>
          (stopped ??= new Promise((gone) => {
            process_.removeAllListeners('exit');
            process_.once('exit', gone);
            process_.kill('SIGTERM');
          })),
      });
    });
  });
}

async function steer(url, method, what, body) {
  const response = await fetch(`${url}/_simulator/${what}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${what}: ${response.status} ${await response.text()}`);
  return response.json();
}
