import { App } from '../support/app';
import { people, reached, startCampaign } from '../support/campaigns';
import { Proxy } from '../support/proxy';
import { waitFor } from '../support/wait';
import { killHard, startWorkerWithPort } from '../support/worker-process';

describe('endpoints for operators', () => {
  let app: App;

  beforeAll(async () => {
    app = await App.start({ env: { METRICS_TOKEN: 'metrics-token' } });
  });
  afterAll(() => app?.close());

  it('/healthz and /readyz answer 200 when everything works', async () => {
    const alive = await fetch(`${app.url}/healthz`);
    expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await fetch(`${app.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', checks: { database: 'ok', redis: 'ok' } },
    ]);
  });

  it('/readyz says which migration has not run', async () => {
    await app.database.query(`UPDATE migrations SET name = 'another' || name, timestamp = timestamp - 1`);
    const ready = await fetch(`${app.url}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([
      503,
      {
        status: 'not ready',
        checks: { database: expect.stringContaining('migrate') as unknown, redis: 'ok' },
      },
    ]);
    await app.database.query(`UPDATE migrations SET name = substr(name, 8), timestamp = timestamp + 1`);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });

  it('/metrics requires the token and returns Prometheus metrics', async () => {
    const ask = (authorization?: string) =>
      fetch(`${app.url}/metrics`, { headers: authorization ? { authorization } : {} });
    for (const wrong of [
      undefined,
      'Bearer metrics-tokem',
      'Bearer',
      'metrics-token',
      `Bearer ${await app.token()}`,
    ])
      expect([wrong, (await ask(wrong)).status]).toEqual([wrong, 401]);
    const metrics = await ask('Bearer metrics-token');
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await metrics.text();
    for (const name of [
      'dakiya_process_cpu_seconds_total',
      'dakiya_statuses_total',
      'dakiya_webhook_seconds_bucket',
    ])
      expect(text).toContain(name);
  });

  it('answer only GET and HEAD', async () => {
    expect((await fetch(`${app.url}/healthz`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${app.url}/healthz`, { method: 'POST' })).status).toBe(404);
  });
});

describe('a worker with WORKER_PORT', () => {
  let app: App;

  beforeAll(async () => {
    app = await App.start({ workers: 0 });
  });
  afterAll(() => app?.close());

  it('answers the three paths from its process, and counts its sends', async () => {
    const { child, url } = await startWorkerWithPort(app, { METRICS_TOKEN: 'metrics-token' });
    try {
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { what: 'the worker is ready' });
      const ready = await fetch(`${url}/readyz`);
      expect(await ready.json()).toEqual({ status: 'ready', checks: { database: 'ok', redis: 'ok' } });
      for (const authorization of [undefined, 'Bearer metrics-tokem']) {
        const refused = await fetch(`${url}/metrics`, { headers: authorization ? { authorization } : {} });
        expect(refused.status).toBe(401);
        expect(await refused.json()).toMatchObject({ error: { code: 'UNAUTHENTICATED' } });
      }
      const id = await startCampaign(app, { customRecipients: people(7) });
      await reached(app, id);
      const metrics = await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer metrics-token' } });
      expect(await metrics.text()).toContain('dakiya_sends_total{outcome="accepted"} 7');
      const nothing = await fetch(`${url}/graphql`, { method: 'POST' });
      expect([nothing.status, await nothing.json()]).toMatchObject([404, { error: { code: 'NOT_FOUND' } }]);
      const odd = await fetch(`${url}/%`);
      expect(await odd.text()).not.toMatch(/node_modules|\n +at /);
    } finally {
      await killHard(child);
    }
  });

  it('reports a missing dependency at start-up', async () => {
    const redis = await Proxy.before(app.config.redisUrl ?? '');
    const redisUrl = redis.urlOf(app.config.redisUrl ?? '');
    const { child, url } = await startWorkerWithPort(app, { REDIS_URL: redisUrl });
    try {
      await waitFor(async () => (await fetch(`${url}/readyz`)).ok, { what: 'the worker is ready' });
      await redis.cut();
      const missing = await waitFor(
        async () => {
          const answer = await fetch(`${url}/readyz`);
          return answer.status === 503 ? ((await answer.json()) as unknown) : undefined;
        },
        { what: '/readyz reports the missing dependency' },
      );
      expect(missing).toEqual({ status: 'not ready', checks: { database: 'ok', redis: 'not reachable' } });
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    } finally {
      await killHard(child);
      await redis.cut();
    }
  });
});
