import Redis from 'ioredis';
import type { Log } from './log';

/**
 * Connections by what they are for, since each wants another behaviour while Redis is away:
 * `commands` fails within two seconds, so that a request is not kept waiting; `blocking` (BullMQ workers) and
 * `pubsub` wait and come back by themselves.
 */
export type RedisUse = 'commands' | 'blocking' | 'pubsub';

export function connectRedis(url: string, use: RedisUse, log: Log): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    enableReadyCheck: true,
    connectTimeout: 2000,
    retryStrategy: (tries) => Math.min(100 * 2 ** tries, 2000),
    ...(use === 'commands' ? { commandTimeout: 2000, enableOfflineQueue: false } : {}),
  });
  let away = false;
  redis.on('error', (error) => {
    if (!away) log.warn({ err: error, use }, 'redis is not reachable; trying again');
    away = true;
  });
  redis.on('ready', () => {
    if (away) log.info({ use }, 'redis is back');
    away = false;
  });
  return redis;
}

/** Settles when the connection is usable, or after the wait, whichever is first. */
export async function whenReady(redis: Redis, waitMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
