import { timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import type Redis from 'ioredis';
import type { DataSource } from 'typeorm';
import { unauthenticated } from './errors';
import type { Metrics } from './metrics';

export interface Dependencies {
  database: DataSource;
  redis: Redis;
  metrics: Metrics;
  metricsToken: string | undefined;
  /** Open to everybody without a token, unless in production. */
  production: boolean;
}

/** How long a dependency may take to answer, in milliseconds. */
const patienceMs = 2000;

/** `GET /healthz` (the process lives), `/readyz` (it can do its work, else why not) and `/metrics`. */
export function healthRoutes({ database, redis, metrics, metricsToken, production }: Dependencies): Router {
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
    if ((metricsToken || production) && !matches(request.get('authorization'), metricsToken))
      throw unauthenticated();
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  return router;
}

/** `ok`, or what is wrong in words that name no host. */
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
