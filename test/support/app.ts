import { randomBytes, randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { createClient } from 'graphql-ws';
import type { Client as SocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { AccountsService } from '../../src/accounts/accounts.service';
import { signToken } from '../../src/accounts/token';
import { Role, Viewer } from '../../src/accounts/viewer';
import { startApi, startWorkerRole } from '../../src/compose';
import type { Running } from '../../src/compose';
import { loadConfig } from '../../src/config';
import type { Config } from '../../src/config';
import type { Log } from '../../src/infra/log';
import { startSimulator } from '../../src/simulator';
import type { Simulator } from '../../src/simulator';
import { createTestDatabase, silent } from './database';
import type { TestDatabase } from './database';
import { waitFor } from './wait';

export interface AppOptions {
  /** Environment variables in addition to those of every test. */
  env?: Record<string, string>;
  /** Workers to start; 1 by default. */
  workers?: number;
  /** Behaviour of the simulator, in addition to its defaults for tests, which are fast. */
  behaviour?: Record<string, unknown>;
  messagesPerSecond?: number;
  /** Of the api and the workers; silent by default. */
  log?: Log;
}

export interface GraphqlResult<T> {
  data?: T;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; field?: string } }[];
}

/** The product as it runs, in this process: real PostgreSQL, Redis and sockets; WhatsApp is the simulator, over HTTP. */
export class App {
  private constructor(
    readonly config: Config,
    readonly test: TestDatabase,
    readonly simulator: Simulator,
    readonly api: Running,
    readonly workers: Running[],
    readonly businessId: string,
    readonly senderId: string,
  ) {}

  static async start(options: AppOptions = {}): Promise<App> {
    const test = await createTestDatabase();
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const secrets = { appSecret: 'test_app_secret', verifyToken: 'test_verify_token' };
    const simulator = await startSimulator({
      linkBase: publicUrl,
      webhook: { url: `${publicUrl}/webhooks/whatsapp`, ...secrets },
    });
    const config = loadConfig(
      {
        PORT: String(port),
        PUBLIC_URL: publicUrl,
        DATABASE_URL: test.url,
        REDIS_URL: process.env.TEST_REDIS_URL,
        REDIS_PREFIX: test.name,
        JWT_SECRET: 'a-secret-of-the-tests-of-32-characters',
        ENCRYPTION_KEY: randomBytes(32).toString('hex'),
        WHATSAPP_API_URL: simulator.url,
        WHATSAPP_APP_SECRET: secrets.appSecret,
        WHATSAPP_VERIFY_TOKEN: secrets.verifyToken,
        ...options.env,
      },
      'api',
    );
    const accounts = new AccountsService(test.database, config.encryptionKey);
    const business = await accounts.createBusiness({
      name: 'Test Traders',
      timezone: 'Asia/Kolkata',
      defaultCountry: 'IN',
    });
    const sender = await accounts.createSender(operator, {
      businessId: business.id,
      phoneNumberId: String(randomInt(1e9, 1e10)),
      wabaId: String(randomInt(1e9, 1e10)),
      displayPhoneNumber: '+91 22 4000 1234',
      accessToken: 'EAATestToken',
      messagesPerSecond: options.messagesPerSecond ?? 1000,
    });
    const workers: Running[] = [];
    let app: App | undefined;
    try {
      const log = options.log ?? silent;
      const api = await startApi(config, log);
      app = new App(config, test, simulator, api, workers, business.id, sender.id);
      for (let i = 0; i < (options.workers ?? 1); i++) workers.push(await startWorkerRole(config, log));
      await app.behave({ ...quick, ...options.behaviour });
      await waitFor(async () => (await fetch(`${publicUrl}/readyz`)).ok, { what: 'the api is ready' });
      return app;
    } catch (error) {
      // A start that failed halfway must not keep Jest from ending.
      await app?.close();
      throw error;
    }
  }

  get url(): string {
    return this.config.publicUrl;
  }

  get database() {
    return this.test.database;
  }

  /** A token for the test's business, unless the claims say otherwise. */
  token(
    claims: { role?: Role; businessIds?: string[]; subject?: string; ttlSeconds?: number } = {},
  ): Promise<string> {
    return signToken(this.config.jwt, {
      subject: claims.subject ?? 'tester',
      role: claims.role ?? Role.ADMIN,
      businessIds: claims.businessIds ?? [this.businessId],
      ttlSeconds: claims.ttlSeconds ?? 3600,
    });
  }

  /** One GraphQL request over HTTP; `token: null` sends none. */
  async graphql<T>(
    query: string,
    variables: Record<string, unknown> = {},
    token?: string | null,
  ): Promise<GraphqlResult<T>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token ?? (await this.token())}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphqlResult<T>;
  }

  /** Makes a request that must succeed. @returns its data */
  async data<T>(query: string, variables: Record<string, unknown> = {}, token?: string): Promise<T> {
    const { data, errors } = await this.graphql<T>(query, variables, token);
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** A client for subscriptions; dispose of it in the test. */
  async socket(token?: string): Promise<SocketClient> {
    const authorization = `Bearer ${token ?? (await this.token())}`;
    return createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
    });
  }

  behave(behaviour: Record<string, unknown>): Promise<unknown> {
    return this.steer('PUT', 'behaviour', behaviour);
  }

  /** The simulator's control API, which also shows what WhatsApp has accepted. */
  async steer<T>(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.simulator.url}/_simulator/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async ledger(): Promise<LedgerMessage[]> {
    return (await this.steer<{ messages: LedgerMessage[] }>('GET', 'messages?limit=10000')).messages;
  }

  /** Adds customers with phones from +919820000000, each with 20 more spent than the one before. */
  async addCustomers(count: number, more: Record<string, unknown> = {}): Promise<void> {
    await this.database.query(
      `INSERT INTO customers (business_id, name, phone, phone_e164, email, engagement_score, total_spent, total_orders, last_order_at, tags)
       SELECT $1, 'Customer ' || i, '+9198200' || lpad(i::text, 5, '0'), '+9198200' || lpad(i::text, 5, '0'),
         'customer' || i || '@example.com', coalesce($3::int, 8), coalesce($4::numeric, 6000), 3, now() - interval '10 days', '{vip}'
       FROM generate_series($5::int, $5::int + $2::int - 1) i`,
      [this.businessId, count, more.engagementScore ?? null, more.totalSpent ?? null, more.from ?? 0],
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
    await this.api.stop();
    await this.simulator.close();
    await this.test.drop();
  }
}

/** An entry of the simulator's ledger, with the fields that tests use. */
export interface LedgerMessage {
  id: string;
  to: string;
  type: string;
  text: string;
  header: string | null;
  buttons: { type: string; text: string; url?: string }[];
  callbackData: string;
  acceptedAtMs: number;
  statuses: { status: string; at: string }[];
  clickedAt?: string | null;
  convertedAt?: string | null;
  price: number | null;
}

/** Statuses arrive within milliseconds; no failures unless a test sets them. */
const quick = {
  sentDelayMs: { min: 1, max: 20 },
  deliveredDelayMs: { min: 1, max: 30 },
  readDelayMs: { min: 1, max: 30 },
  clickDelayMs: { min: 1, max: 30 },
  conversionDelayMs: { min: 1, max: 30 },
  failures: {},
  messagesPerSecond: 0,
};

const operator = new Viewer('test', Role.OPERATOR, new Set(), Date.now() + 3_600_000);

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
