import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { entities } from '../../src/entities';
import { createDatabase, migrate } from '../../src/infra/database';

/** A log that writes nothing. */
export const silent = pino({ level: 'silent' });

const template = 'dakiya_template';

export interface TestDatabase {
  name: string;
  url: string;
  /** For the test's own queries; the product has its own connections. */
  database: DataSource;
  drop(): Promise<void>;
}

/** A database for one test file, cloned from a template on which the migrations have run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withServer(async (server) => {
    // Two Jest workers may do this at the same time: the first creates the template, the second waits.
    await server.query(`SELECT pg_advisory_lock(1)`);
    const { rowCount } = await server.query(`SELECT FROM pg_database WHERE datname = $1`, [template]);
    if (rowCount === 0) await createTemplate(server);
    await server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  const url = urlOf(name);
  const database = createDatabase({ url, entities, poolSize: 4, statementTimeoutMs: 30_000, log: silent });
  await database.initialize();
  return {
    name,
    url,
    database,
    drop: async () => {
      if (database.isInitialized) await database.destroy();
      await withServer((server) => server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

async function createTemplate(server: Client): Promise<void> {
  const unfinished = `${template}_unfinished`;
  await server.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
  await server.query(`CREATE DATABASE ${unfinished}`);
  const database = createDatabase({
    url: urlOf(unfinished),
    entities,
    poolSize: 2,
    statementTimeoutMs: 30_000,
    log: silent,
  });
  await database.initialize();
  await migrate(database);
  await database.destroy();
  await server.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
}

/** Runs `work` with a connection to the server's default database. */
async function withServer<T>(work: (server: Client) => Promise<T>): Promise<T> {
  const server = new Client({ connectionString: serverUrl() });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

function urlOf(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

function serverUrl(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) throw new Error('TEST_POSTGRES_URL is missing; test/global-setup.ts sets it');
  return url;
}
