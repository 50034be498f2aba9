import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { AbstractLogger, DataSource } from 'typeorm';
import type {
  EntityManager,
  EntityMetadata,
  EntityTarget,
  LogLevel,
  LogMessage,
  MigrationInterface,
  MixedList,
  EntitySchema,
  QueryRunner,
  ReplicationMode,
} from 'typeorm';
import { isUnavailable, NotConnected } from './errors';
import type { Log } from './log';

/** What runs a statement: the pool, or the transaction that the caller holds. */
export type Sql = DataSource | EntityManager;

export interface DatabaseOptions {
  url: string;
  entities: MixedList<(new () => object) | EntitySchema>;
  /** Connections of this process; the sum over all processes stays below max_connections. */
  poolSize: number;
  /** A statement that runs longer is cancelled by the server. */
  statementTimeoutMs: number;
  log: Log;
}

/** A data source that is not connected yet; see {@link connectDatabase}. */
export function createDatabase({
  url,
  entities,
  poolSize,
  statementTimeoutMs,
  log,
}: DatabaseOptions): DataSource {
  return new Database({
    type: 'postgres',
    url,
    entities,
    migrations: migrations(),
    migrationsTableName: 'migrations',
    synchronize: false,
    installExtensions: false,
    logger: new DatabaseLogger(log),
    logging: ['error', 'warn'],
    poolSize,
    applicationName: 'dakiya',
    connectTimeoutMS: 5000,
    extra: {
      statement_timeout: statementTimeoutMs,
      // short: who waits for a lock holds up others, and tries again by itself
      lock_timeout: Math.min(statementTimeoutMs, 2_000),
      idle_in_transaction_session_timeout: 30_000,
      keepAlive: true,
    },
  });
}

/**
 * A data source that says when it is not connected. TypeORM's own answers then (an entity without metadata, a driver
 * without a master) look like programming errors.
 */
class Database extends DataSource {
  override getMetadata(target: EntityTarget<object>): EntityMetadata {
    // between connecting and the end of initialize() there is a connection, and no metadata yet
    if (!this.isInitialized || this.entityMetadatas.length === 0) throw notConnected();
    return super.getMetadata(target);
  }

  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    if (!this.isInitialized) throw notConnected();
    return super.createQueryRunner(mode);
  }
}

const notConnected = () => new NotConnected('PostgreSQL is not connected');

/** Connects, trying again every second for as long as the server is away, until it works or `signal` ends it. */
export async function connectDatabase(database: DataSource, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !database.isInitialized) {
    try {
      await database.initialize();
    } catch (error) {
      log.warn({ err: error }, 'database is not reachable; trying again');
      await delay(1000, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Collations and the row before an UPDATE (`OLD`) are needed that PostgreSQL has from this version on. */
const oldestVersion = 18;

/** Why the server cannot be used, in words; undefined if it can, or does not say its version. Pure. */
export function whyTooOld(version: string | undefined): string | undefined {
  return version !== undefined && Number.parseInt(version) < oldestVersion
    ? `DATABASE_URL: expected PostgreSQL ${oldestVersion} or newer, and this server is ${version}`
    : undefined;
}

/**
 * Runs the pending migrations. TypeORM has no lock of its own, and two processes at once would collide:
 * an advisory lock on a connection of its own lets the second wait for the first.
 * @throws when the server is too old
 */
export async function migrate(database: DataSource): Promise<string[]> {
  const tooOld = whyTooOld(database.driver.version);
  if (tooOld) throw new Error(tooOld);
  const lock = database.createQueryRunner();
  await lock.connect();
  try {
    await lock.query(`SET statement_timeout = 0; SET lock_timeout = 0`);
    await lock.query(`SELECT pg_advisory_lock(hashtext('dakiya migrations'))`);
    const done = await database.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  } finally {
    await lock.query(`SELECT pg_advisory_unlock_all()`).catch(() => undefined);
    await lock.query(`RESET statement_timeout; RESET lock_timeout`).catch(() => undefined);
    await lock.release();
  }
}

/** A statement that each connection parses and plans once. */
export interface Prepared {
  name: string;
  text: string;
}

/** For the statements of the hot path, which take longer to plan than to run; `text` begins with `/* name *\/`. */
export function prepared(text: string): Prepared {
  const [, name] = /^\/\* (\w+) \*\//.exec(text) ?? [];
  if (!name) throw new Error(`expected a statement that begins with its name, not ${text.slice(0, 40)}`);
  return { name, text };
}

/** Whether statements are part of a transaction that the caller holds; otherwise each is committed by itself. */
export function isInTransaction(sql: Sql): sql is EntityManager & { queryRunner: QueryRunner } {
  return 'queryRunner' in sql && sql.queryRunner !== undefined;
}

/**
 * Runs one statement and gives its rows, whatever the command: for statements written by hand.
 * `T` is the shape the statement returns; counts come as the types that pg maps (bigint as text).
 */
export async function rows<T>(
  sql: Sql,
  statement: string | Prepared,
  parameters: unknown[] = [],
): Promise<T[]> {
  if (isInTransaction(sql)) return structured<T>(sql.queryRunner, statement, parameters);
  const own = (sql instanceof DataSource ? sql : sql.connection).createQueryRunner();
  try {
    return await structured<T>(own, statement, parameters);
  } finally {
    await own.release();
  }
}

async function structured<T>(
  runner: QueryRunner,
  statement: string | Prepared,
  parameters: unknown[],
): Promise<T[]> {
  if (typeof statement !== 'string') {
    // TypeORM has no prepared statements; the connection is pg's own
    const connection = (await runner.connect()) as PoolClient;
    return (await connection.query({ ...statement, values: parameters })).rows as T[];
  }
  const result = await runner.query(statement, parameters, true);
  return result.records as T[];
}

/** The time by the server's clock: what is due is decided by it, whatever the clocks of processes say. */
export async function databaseNow(sql: Sql): Promise<Date> {
  const [row] = await rows<{ now: Date }>(sql, `/* now */ SELECT now() AS now`);
  if (!row) throw new Error('SELECT without FROM has one row');
  return row.now;
}

/**
 * The migrations are plain SQL files named `<timestamp>-<name>.sql`, read as SQL by people and editors;
 * TypeORM keeps the record of what ran. They lie at the same distance from src/infra and dist/infra.
 */
function migrations(): (new () => MigrationInterface)[] {
  const folder = path.resolve(__dirname, '../../migrations');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const [, timestamp, name] = /^(\d{13})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
      if (!timestamp || !name) throw new Error(`migrations/${file}: expected <13 digits>-<name>.sql`);
      const migrationName = `${name.replaceAll('-', '_')}_${timestamp}`;
      return class implements MigrationInterface {
        name = migrationName;
        async up(runner: QueryRunner): Promise<void> {
          await runner.query(readFileSync(path.join(folder, file), 'utf8'));
        }
        down(): Promise<void> {
          return Promise.reject(new Error('Migrations only go forward; restore a backup to go back'));
        }
      };
    });
}

/** Never logs parameters: TypeORM's own logger prints a failing statement with all of them, people's data included. */
class DatabaseLogger extends AbstractLogger {
  constructor(private readonly out: Log) {
    super(['error', 'warn']);
  }

  protected writeLog(level: LogLevel, message: LogMessage | LogMessage[]): void {
    for (const { type, message: text } of this.prepareLogMessages(message, {
      appendParameterAsComment: false,
    })) {
      const line = String(text).replace(/\s+/g, ' ').slice(0, 200);
      if (level === 'warn') this.out.warn({ sql: line }, type);
      else this.out.debug({ sql: line }, type);
    }
  }
}

/** Serialization failure and deadlock: the same transaction is likely to succeed when it is run again at once. */
const atOnce = new Set(['40001', '40P01']);
/**
 * The same for this constraint: PostgreSQL checks it against the counters as they were when the statement began, before it
 * sees that another transaction has changed them meanwhile. Counters that are really wrong fail every time.
 */
const checkedTooEarly = 'campaigns_counts_add_up';

function canRunAgain(error: unknown): boolean {
  // TypeORM copies the fields of pg's errors to its own
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return atOnce.has(String(code)) || constraint === checkedTooEarly;
}

/** Runs a transaction, {@link persistently}: `work` may run twice, so side effects outside the database come after it. */
export function transact<T>(
  database: DataSource,
  work: (transaction: EntityManager) => Promise<T>,
  patienceMs = 0,
): Promise<T> {
  return persistently(() => database.transaction(work), patienceMs);
}

/**
 * Runs work on the database: again at once after a deadlock, a serialization failure or a conflict of counters, and again every 300 ms while the
 * server is away, for up to `patienceMs`. The work must be able to run twice. A lock or statement timeout is no outage
 * (see isBusy) and is thrown at once.
 */
export async function persistently<T>(work: () => Promise<T>, patienceMs = 0): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const again = canRunAgain(error) && tries < 5;
      if (!again && !(isUnavailable(error) && Date.now() < deadline)) throw error;
      await delay(again ? 10 * tries * Math.random() : 300);
    }
  }
}
