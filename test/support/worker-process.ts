import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { App } from './app';
import { waitFor } from './wait';

/** Starts a worker of the app as a separate process and waits until it is ready. It ends with this process. */
export async function startWorkerProcess(app: App, env: Record<string, string> = {}): Promise<ChildProcess> {
  return (await startRole(app, env)).child;
}

/** Starts a worker with its own port. @returns the process and its URL */
export async function startWorkerWithPort(
  app: App,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; url: string }> {
  const { child, port } = await startRole(app, { WORKER_PORT: '0', ...env });
  return { child, url: `http://127.0.0.1:${port}` };
}

/** Starts an api of the app as a separate process and waits until it is ready. It ends with this process. */
export async function startApiProcess(
  app: App,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; url: string }> {
  const { appSecret, verifyToken } = app.config.whatsapp;
  const { child, port } = await startRole(app, {
    ROLE: 'api',
    PORT: '0',
    JWT_SECRET: app.config.jwt.secret ?? '',
    WHATSAPP_APP_SECRET: appSecret,
    WHATSAPP_VERIFY_TOKEN: verifyToken,
    ...env,
  });
  const url = `http://127.0.0.1:${port}`;
  await waitFor(async () => (await fetch(`${url}/readyz`)).ok, {
    what: 'the api is ready',
    timeoutMs: 30_000,
  });
  return { child, url };
}

async function startRole(
  app: App,
  env: Record<string, string>,
): Promise<{ child: ChildProcess; port?: number }> {
  const { config } = app;
  const child = fork(path.join(__dirname, 'worker-child.js'), [], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: config.databaseUrl,
      REDIS_URL: config.redisUrl,
      REDIS_PREFIX: app.test.name,
      PUBLIC_URL: config.publicUrl,
      WHATSAPP_API_URL: config.whatsapp.apiUrl,
      ENCRYPTION_KEY: config.encryptionKey.toString('hex'),
      WORKER_CONCURRENCY: String(config.delivery.concurrency),
      DELIVERY_BATCH_SIZE: String(config.delivery.batchSize),
      DELIVERY_ATTEMPTS: String(config.delivery.attempts),
      DELIVERY_BACKOFF_MS: String(config.delivery.backoffMs),
      DELIVERY_UNCONFIRMED_AFTER_SECONDS: String(config.delivery.unconfirmedAfterMs / 1000),
      ...env,
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [ready] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('The process ended while starting'))),
  ])) as [{ port?: number }];
  return { child, ...(ready.port === undefined ? {} : { port: ready.port }) };
}

/** Kills the process with SIGKILL, like a crash, and waits for its end. */
export async function killHard(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
