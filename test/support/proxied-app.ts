import { startApi, startWorkerRole } from '../../src/compose';
import type { Running } from '../../src/compose';
import type { App } from './app';
import { silent } from './database';
import { Proxy } from './proxy';
import { waitFor } from './wait';

/** A second installation of an app, with a proxy before each dependency to cut it off. */
export interface ProxiedApp {
  /** The app with the address of this installation's api. */
  app: App;
  postgres: Proxy;
  redis: Proxy;
  whatsapp: Proxy;
  stop(): Promise<void>;
}

export interface ProxiedAppOptions {
  workers?: number;
  /** Dependencies that are down when the processes start. */
  away?: readonly ('postgres' | 'redis')[];
}

/** Starts an api and workers for the app's database behind proxies; webhooks go to this api from now on. */
export async function startProxied(
  app: App,
  { workers = 1, away = [] }: ProxiedAppOptions = {},
): Promise<ProxiedApp> {
  const { config } = app;
  const [databaseUrl, redisUrl] = [config.databaseUrl ?? '', config.redisUrl ?? ''];
  const proxies = {
    postgres: await Proxy.before(databaseUrl),
    redis: await Proxy.before(redisUrl),
    whatsapp: await Proxy.before(config.whatsapp.apiUrl),
  };
  for (const one of away) await proxies[one].cut();
  const behind = {
    ...config,
    databaseUrl: proxies.postgres.urlOf(databaseUrl),
    redisUrl: proxies.redis.urlOf(redisUrl),
    whatsapp: { ...config.whatsapp, apiUrl: proxies.whatsapp.urlOf(config.whatsapp.apiUrl) },
  };
  const api = await startApi({ ...behind, port: 0 }, silent);
  const running: Promise<Running>[] = Array.from({ length: workers }, () => startWorkerRole(behind, silent));
  if (!away.includes('postgres')) await Promise.all(running);
  const url = `http://127.0.0.1:${api.port}`;
  // the same app at another address
  const asked = Object.create(app, { config: { value: { ...config, publicUrl: url } } }) as App;
  if (away.length === 0)
    await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { what: 'the second api is ready' });
  const { appSecret, verifyToken } = config.whatsapp;
  await app.steer('PUT', 'webhook', { url: `${url}/webhooks/whatsapp`, appSecret, verifyToken });
  return {
    app: asked,
    ...proxies,
    stop: async () => {
      for (const one of Object.values(proxies)) await one.restore();
      await Promise.all(running.map(async (worker) => (await worker).stop()));
      await api.stop();
      for (const one of Object.values(proxies)) await one.cut();
    },
  };
}

/** The answer of GET /readyz. */
export async function readiness(app: App): Promise<{ status: number; checks: Record<string, string> }> {
  const response = await fetch(`${app.url}/readyz`);
  const { checks } = (await response.json()) as { checks: Record<string, string> };
  return { status: response.status, checks };
}
