import 'reflect-metadata';
import { Command, InvalidArgumentError, Option } from 'commander';
import { Role as UserRole } from './accounts/viewer';
import { isUuid } from './infra/input';
import { signToken } from './accounts/token';
import { rereadPhones } from './audience/contacts/reread-phones';
import { databaseOf, startApi, startWorkerRole } from './compose';
import type { Running } from './compose';
import { ConfigError, loadConfig } from './config';
import type { Role } from './config';
import { seedDemo } from './start/demo/seed';
import { verifyCampaign } from './consistency/verify';
import { reportOf } from './consistency/verify-report';
import { connectDatabase, migrate } from './infra/database';
import { createLog } from './infra/log';
import { endOnUnhandledErrors } from './infra/unhandled-errors';
import { startSimulator } from './simulator';
import { dataDir, runningDatabase, startAll } from './start';
import { readSecrets } from './start/secrets';

const say = (line: string) => console.log(line);
const environment = process.env;

const program = new Command('dakiya')
  .description(
    'WhatsApp campaigns that send each person one message. Settings are environment variables: see .env.example.',
  )
  .showHelpAfterError();

program
  .command('start')
  .description('Starts everything: PostgreSQL, Redis, WhatsApp simulator, demo business, API, worker, pages')
  .action(async () => {
    let end: (reason?: string) => void = () => undefined;
    const starting = startAll(environment, say, (what) =>
      end(
        `${what} has ended unexpectedly, so everything stops. Run npm start again to continue where it stopped.`,
      ),
    );
    const stop = () =>
      starting.then(
        (stopAll) => stopAll(),
        () => undefined,
      );
    end = untilStopped(stop, loadConfig(environment, 'start').startedByNpm);
    await starting;
  });

program
  .command('api')
  .description('Serves GraphQL over HTTP and WebSocket, webhooks, clicks, conversions and the pages, on PORT')
  .action(() => run('api', startApi));

program
  .command('worker')
  .description('Sends campaigns. Start as many workers as you like')
  .action(() => run('worker', startWorkerRole));

program
  .command('simulator')
  .description("Simulates WhatsApp's Cloud API, on PORT; its webhooks go to PUBLIC_URL/webhooks/whatsapp")
  .action(() =>
    run('simulator', async (config, log) => {
      const { appSecret, verifyToken } = config.whatsapp;
      const simulator = await startSimulator({
        port: config.port,
        // with a state file it belongs to an `npm start`, and only this machine may use it
        host: config.simulatorState ? '127.0.0.1' : '0.0.0.0',
        linkBase: config.publicUrl,
        webhook: { url: `${config.publicUrl}/webhooks/whatsapp`, appSecret, verifyToken },
        log: (line) => log.info(line),
        ...(config.simulatorState ? { stateFile: config.simulatorState } : {}),
      });
      return { port: simulator.port, stop: () => simulator.close() };
    }),
  );

program
  .command('migrate')
  .description('Brings the database schema up to date')
  .action(() =>
    withDatabase('migrate', environment, async (database, { logLevel }) => {
      await rereadPhones(database, createLog(logLevel, 'migrate'));
      const applied = await migrate(database);
      say(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The schema is up to date');
    }),
  );

program
  .command('seed')
  .description('Fills an empty database with a demo business; templates come from WHATSAPP_API_URL')
  .action(() =>
    withDatabase('seed', environment, async (database, config) => {
      const demo = await seedDemo(database, config, say);
      say(demo ? `Demo business ${demo.businessId}` : 'The database is not empty; nothing was changed');
    }),
  );

program
  .command('verify')
  .description(
    'Compares a campaign with its rows, in DATABASE_URL or the database of npm start. Exits with 0 if everything holds, 1 if something does not, 2 if it could not check',
  )
  .requiredOption('--campaign <id>', 'id of the campaign')
  .exitOverride(({ exitCode }) => process.exit(exitCode && 2))
  .action(async ({ campaign }: { campaign: string }) => {
    process.exitCode = 2; // until it is checked
    if (!isUuid(campaign)) throw new Error(`--campaign: expected the id of a campaign, not ${campaign}`);
    const settings = { DATABASE_URL: runningDatabase(), ...environment };
    await withDatabase('verify', settings, async (database) => {
      const verification = await verifyCampaign(database, campaign, { patient: true });
      if (!verification) throw new Error(`There is no campaign ${campaign}`);
      reportOf(verification).forEach(say);
      process.exitCode = verification.checks.every(({ holds }) => holds) ? 0 : 1;
    });
  });

program
  .command('token')
  .description('Signs an access token with JWT_SECRET, or with the secret that npm start created')
  .option('--sub <name>', 'name of the person or program that uses the token', 'demo')
  .addOption(
    new Option('--role <role>', 'what the token allows')
      .choices(Object.values(UserRole))
      .default(UserRole.MARKETER),
  )
  .option(
    '--business <id...>',
    'ids of the businesses that the token gives access to; an OPERATOR sees all',
    [],
  )
  .option('--ttl <hours>', 'hours until it expires', positive, 12)
  .action(async (options: { sub: string; role: UserRole; business: string[]; ttl: number }) => {
    const config = loadConfig({ ...readSecrets(dataDir), ...environment }, 'token');
    say(
      await signToken(config.jwt, {
        subject: options.sub,
        role: options.role,
        businessIds: options.business,
        ttlSeconds: Math.round(options.ttl * 3600),
      }),
    );
  });

/** Runs a role until it is told to stop. */
async function run(
  role: Role,
  start: (
    config: ReturnType<typeof loadConfig>,
    log: ReturnType<typeof createLog>,
  ) => Promise<Pick<Running, 'port' | 'stop'>>,
): Promise<void> {
  const config = loadConfig(environment, role);
  const log = createLog(config.logLevel, role);
  endOnUnhandledErrors(log);
  const starting = start(config, log);
  untilStopped(() => starting.then((running) => running.stop()));
  const running = await starting;
  process.send?.({ ready: true, ...(running.port === undefined ? {} : { port: running.port }) });
}

/**
 * Stops once, on a signal, when the supervisor is gone or when the returned function is called, and then ends the
 * process. A supervised role leaves Ctrl-C to its supervisor, which stops the roles in order.
 */
function untilStopped(stop: () => Promise<void>, endsWithParent = false): (reason?: string) => void {
  let stopping = false;
  const end = (problem?: string) => {
    if (stopping) return;
    stopping = true;
    if (problem) console.error(problem);
    setTimeout(() => process.exit(1), 20_000).unref();
    stop().then(
      () => process.exit(problem ? 1 : 0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end());
  process.on('SIGHUP', () => end());
  process.on('SIGINT', () => {
    if (!process.connected) end();
  });
  if (process.connected) process.on('disconnect', () => end());
  if (endsWithParent) {
    // npm killed the hard way tells nobody; then this process has another parent
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && end(), 500).unref();
  }
  return end;
}

async function withDatabase(
  role: 'migrate' | 'seed' | 'verify',
  settings: typeof environment,
  work: (database: ReturnType<typeof databaseOf>, config: ReturnType<typeof loadConfig>) => Promise<void>,
): Promise<void> {
  const config = loadConfig(settings, role);
  const log = createLog(config.logLevel, role);
  const database = databaseOf(config, log, 'jobs');
  await connectDatabase(database, log, AbortSignal.timeout(60_000));
  if (!database.isInitialized) throw new Error('The database of DATABASE_URL cannot be reached');
  try {
    await work(database, config);
  } finally {
    await database.destroy();
  }
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError('expected a number above 0');
  return number;
}

program.parseAsync().catch((error: unknown) => {
  // The message of a ConfigError or of a failed start is enough for the user; DEBUG also shows the stack.
  const plain = error instanceof ConfigError || !(error instanceof Error) || !environment.DEBUG;
  console.error(plain ? (error instanceof Error ? error.message : String(error)) : error.stack);
  process.exit(process.exitCode ?? 1);
});
