import path from 'node:path';
import { signToken } from '../accounts/token';
import { Role } from '../accounts/viewer';
import { databaseOf } from '../compose';
import { ConfigError, loadConfig } from '../config';
import type { Config } from '../config';
import { seedDemo } from './demo/seed';
import type { Demo } from './demo/seed';
import { actAsShoppers } from './demo/shoppers';
import { rereadPhones } from '../audience/contacts/reread-phones';
import { connectDatabase, migrate } from '../infra/database';
import { holdCheckout, runningPostgres, startPostgres, startRedis } from './embedded';
import { createLog } from '../infra/log';
import { Child } from './child';
import { freePortFrom, isFree } from './port';
import { developmentSecrets } from './secrets';

type Environment = Record<string, string | undefined>;

const root = path.resolve(__dirname, '../..');
/** State of `npm start`: clusters, logs, secrets. */
export const dataDir = path.join(root, '.data');
const postgresDir = path.join(dataDir, 'postgres');

const tokenDays = 30;

/**
 * `npm start`: starts everything on a machine that has only Node. A server whose address is in the environment is used
 * and not started. `onLost` is called when an embedded server has ended, also when we stopped it. Returns a function that
 * stops in reverse order what was started; this also happens when the start fails.
 */
export async function startAll(
  environment: Environment,
  say: (line: string) => void,
  onLost: (what: string) => void,
): Promise<() => Promise<void>> {
  const { pgBin } = loadConfig(environment, 'start');
  const undo: (() => Promise<void> | void)[] = [];
  let failed = false;
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const hold = await holdCheckout(dataDir);
    undo.push(() => hold.release());
    const settings = await completeSettings(environment, pgBin, say, (what) => !failed && onLost(what), undo);
    const config = loadConfig(settings, 'api');
    const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel, 'start');

    const database = databaseOf(config, log, 'jobs');
    const connecting = new AbortController();
    undo.push(() => connecting.abort());
    await connectDatabase(database, log, connecting.signal);
    await rereadPhones(database, log);
    const applied = await migrate(database);
    if (applied.length > 0) say('Database schema is up to date');

    // Chosen here, so that a simulator that is started again is found where it was.
    const children = childrenOf(settings, String(await freePortFrom(Number(settings.PORT) + 1000)), say);
    if (!environment.WHATSAPP_API_URL) {
      undo.push(() => children.simulator.stop());
      const { port } = await children.simulator.start();
      settings.WHATSAPP_API_URL = `http://127.0.0.1:${port}`;
    }
    const demo = await seedDemo(database, loadConfig(settings, 'seed'), say);
    await database.destroy();
    undo.push(() => children.api.stop());
    await children.api.start();
    const simulatorUrl = environment.WHATSAPP_API_URL ? undefined : settings.WHATSAPP_API_URL;
    const shopToken = demo && (await tokenOf(config, 'shop', Role.MARKETER, demo));
    // before the worker: it starts the demo's sale, and the people must know where to order
    if (demo && shopToken && simulatorUrl) await introduceShop(simulatorUrl, demo, shopToken);
    undo.push(() => children.worker.stop());
    await children.worker.start();
    if (demo && shopToken && simulatorUrl) {
      const stopped = new AbortController();
      const places = { apiUrl: `http://127.0.0.1:${settings.PORT}`, simulatorUrl, token: shopToken };
      const acting = actAsShoppers(demo, places, stopped.signal).catch((err: unknown) => {
        if (!stopped.signal.aborted) log.warn({ err }, 'the people of the demo did not answer its sale');
      });
      undo.push(() => {
        stopped.abort();
        return acting;
      });
    }
    const token = await tokenOf(config, 'demo', Role.OPERATOR, demo);
    announce(config, settings, demo, token, say);
    return stop;
  } catch (error) {
    // the error is the news, not the servers that end with it
    failed = true;
    await stop();
    throw error;
  }
}

/** The URL of the database of an `npm start` that is running here now, for other commands. */
export function runningDatabase(): string | undefined {
  return runningPostgres(postgresDir);
}

/** The environment, completed with secrets, the port and the addresses of the embedded servers. */
async function completeSettings(
  environment: Environment,
  pgBin: string | undefined,
  say: (line: string) => void,
  onLost: (what: string) => void,
  undo: (() => Promise<void> | void)[],
): Promise<Record<string, string>> {
  const secrets: Environment = environment.JWT_JWKS_URL
    ? { ...developmentSecrets(dataDir), JWT_SECRET: undefined }
    : { ...developmentSecrets(dataDir) };
  const settings: Environment = { ...secrets, ...withoutEmpty(environment) };
  const port = Number(settings.PORT ?? 8000);
  if (settings.PORT && port !== 0 && !(await isFree(port)))
    throw new ConfigError([`PORT: expected a free port; ${port} is taken`]);
  settings.PORT = String(settings.PORT && port !== 0 ? port : await freePortFrom(port || 8000));
  settings.PUBLIC_URL ??= `http://localhost:${settings.PORT}`;
  if (!settings.DATABASE_URL) {
    say('Starting PostgreSQL ...');
    const postgres = await startPostgres({
      dataDir: postgresDir,
      log: say,
      durable: true,
      ...(pgBin ? { binDir: pgBin } : {}),
    });
    undo.push(() => postgres.stop());
    void postgres.exited.then(() => onLost('PostgreSQL'));
    settings.DATABASE_URL = postgres.url;
  }
  if (!settings.REDIS_URL) {
    say('Starting Redis ...');
    const redis = await startRedis({
      dataDir: path.join(dataDir, 'redis'),
      packagesDir: path.join(dataDir, 'packages'),
      log: say,
      durable: true,
    });
    undo.push(() => redis.stop());
    void redis.exited.then(() => onLost('Redis'));
    settings.REDIS_URL = redis.url;
  }
  return withoutEmpty(settings);
}

/** A token for the demo; undefined with JWT_JWKS_URL, because then somebody else signs them. */
async function tokenOf(
  config: Config,
  subject: string,
  role: Role,
  demo: Demo | undefined,
): Promise<string | undefined> {
  if (!config.jwt.secret) return undefined;
  const businessIds = demo ? [demo.businessId] : [];
  return signToken(config.jwt, { subject, role, businessIds, ttlSeconds: tokenDays * 86_400 });
}

function withoutEmpty(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

function childrenOf(settings: Record<string, string>, simulatorPort: string, say: (line: string) => void) {
  // Read when the child starts: the simulator's address is put into the settings in between.
  const child = (role: 'api' | 'worker' | 'simulator', more: Record<string, string> = {}) =>
    new Child({
      role,
      get env() {
        return { ...settings, ...more };
      },
      logDir: path.join(dataDir, 'logs'),
      say,
    });
  return {
    simulator: child('simulator', {
      PORT: simulatorPort,
      SIMULATOR_STATE: path.join(dataDir, 'simulator.jsonl'),
    }),
    api: child('api'),
    worker: child('worker'),
  };
}

/** Shares of messages that fail by WhatsApp's word: not reachable, too many messages, an experiment, stopped marketing. */
const failures = { '131026': 0.02, '131049': 0.015, '130472': 0.008, '131050': 0.005 };

/** Tells the simulator where simulated people order (at the demo business), and how many messages fail. */
async function introduceShop(simulatorUrl: string, demo: Demo, token: string): Promise<void> {
  const put = (what: string, body: unknown) =>
    fetch(`${simulatorUrl}/_simulator/${what}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await put('accounts', demo.account);
  await put('behaviour', { failures, shop: { businessId: demo.businessId, token, currency: 'INR' } });
}

function announce(
  config: Config,
  settings: Record<string, string>,
  demo: Demo | undefined,
  token: string | undefined,
  say: (line: string) => void,
): void {
  const { publicUrl } = config;
  say('');
  say(`  Dakiya is running. Ctrl-C stops everything it started.`);
  say('');
  if (token) say(`  Sign in      ${publicUrl}/sign-in#token=${token}`);
  say(`  Campaigns    ${publicUrl}/`);
  say(`  Playground   ${publicUrl}/playground`);
  say(`  GraphQL      ${publicUrl}/graphql`);
  say(`  WhatsApp     ${settings.WHATSAPP_API_URL ?? ''}`);
  say(`  Logs         ${path.relative(process.cwd(), path.join(dataDir, 'logs')) || '.'}`);
  if (demo) say(`  Business     ${demo.businessId} (${demo.businessName})`);
  say('');
}
