import { App } from '../support/app';

describe('what operators look at', () => {
  let app: App;

  beforeAll(async () => {
    app = await App.start({ env: { METRICS_TOKEN: 'metrics-token' } });
  });
  afterAll(() => app?.close());

  it('/healthz and /readyz say that all is well', async () => {
    const alive = await fetch(`${app.url}/healthz`);
    expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await fetch(`${app.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', checks: { database: 'ok', redis: 'ok' } },
    ]);
  });

  it('/readyz says why not, when a migration has not run', async () => {
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

  it('/metrics wants the token, and holds what Prometheus reads', async () => {
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

  it('answer HEAD, and nothing else than GET', async () => {
    expect((await fetch(`${app.url}/healthz`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${app.url}/healthz`, { method: 'POST' })).status).toBe(404);
  });
});
