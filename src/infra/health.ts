import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { Router } from 'express';
import type { ErrorRequestHandler } from 'express';
import type Redis from 'ioredis';
import type { DataSource } from 'typeorm';
import { unauthenticated } from './errors';
import type { Metrics } from './metrics';

export interface HealthOptions {
  database: DataSource;
  redis: Redis;
  metrics: Metrics;
  /** Asked for by /metrics; undefined: open to everybody, in production closed to everybody. */
  metricsToken: string | undefined;
  production: boolean;
}

/** How long a check waits for a dependency, in milliseconds. */
const patienceMs = 2000;

/** `GET /healthz` (the process is alive), `/readyz` (it can work, or why not) and `/metrics` (Prometheus). */
export function healthRoutes({ database, redis, metrics, metricsToken, production }: HealthOptions): Router {
  const router = Router();

  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });

  router.get('/readyz', async (_request, response) => {
    const checks = {
      database: await check(() => checkDatabase(database)),
      redis: await check(() => checkRedis(redis)),
    };
    const ready = Object.values(checks).every((result) => result === 'ok');
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', checks });
  });

  router.get('/metrics', async (request, response) => {
    if ((metricsToken || production) && !matches(request.get('authorization'), metricsToken)) {
      const { httpStatus, code, message } = unauthenticated();
      response.status(httpStatus).json({ error: { code, message } });
      return;
    }
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  return router;
}

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/** The same three paths on a port of their own, for a role without an API. `port` 0 takes a free one. */
export async function serveHealth(port: number, options: HealthOptions): Promise<HealthServer> {
  const app = express().disable('x-powered-by');
  app.use(healthRoutes(options));
  app.use((_request, response) => {
    response.status(404).json({ error: { code: 'NOT_FOUND', message: 'There is nothing at this path' } });
  });
  app.use(((_error, _request, response, _next) => {
    response.status(500).json({ error: { code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error' } });
  }) satisfies ErrorRequestHandler);
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** `ok`, or what is wrong; never names a host. */
async function check(look: () => Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>(
    (resolve) => (timer = setTimeout(() => resolve('not answering'), patienceMs)),
  );
  try {
    return await Promise.race([look(), late]);
  } catch {
    return 'not reachable';
  } finally {
    clearTimeout(timer);
  }
}

async function checkDatabase(database: DataSource): Promise<string> {
  if (!database.isInitialized) return 'not reachable';
  const pending = await database.showMigrations();
  return pending ? 'migrations are pending (node dist/main.js migrate)' : 'ok';
}

async function checkRedis(redis: Redis): Promise<string> {
  const memory = await redis.info('memory');
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  return !policy || policy === 'noeviction' ? 'ok' : `maxmemory-policy is ${policy}, expected noeviction`;
}

function matches(authorization: string | undefined, token: string | undefined): boolean {
  const given = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token ?? ''}`);
  return token !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted);
}
