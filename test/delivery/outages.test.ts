import { App } from '../support/app';
import {
  accepted,
  createCampaign,
  people,
  reached,
  recipients,
  sendCampaign,
  startCampaign,
  stats,
  summary,
  webhooksDelivered,
} from '../support/campaigns';
import { expectConsistent } from '../support/consistency';
import { readiness, startProxied } from '../support/proxied-app';
import type { ProxiedApp } from '../support/proxied-app';
import { waitFor } from '../support/wait';

let app: App;

beforeAll(async () => {
  app = await App.start({
    workers: 0,
    messagesPerSecond: 150,
    env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '1', DELIVERY_BATCH_SIZE: '20' },
  });
  await app.behave({ webhooks: { retryFirstMs: 100, retryMaxMs: 500 } });
});
afterAll(() => app?.close());

async function sentSome(id: string, atLeast: number): Promise<void> {
  await waitFor(async () => (await accepted(app, id)).length >= atLeast, { what: 'some are accepted' });
}

describe('after an outage of a dependency sending continues without a restart', () => {
  let proxied: ProxiedApp;
  beforeAll(async () => {
    proxied = await startProxied(app, { workers: 2 });
  });
  afterAll(() => proxied?.stop());

  test('Redis', () => redisOutage(proxied));
  test('PostgreSQL', () => postgresOutage(proxied));
  test('WhatsApp', () => whatsappOutage(proxied));
});

async function redisOutage({ app: behind, redis: proxy }: ProxiedApp): Promise<void> {
  const running = await startCampaign(behind, { customRecipients: people(200, 4000) });
  await sentSome(running, 20);
  await proxy.cut();
  await waitFor(async () => (await readiness(behind)).status === 503, { what: '/readyz answers 503' });
  expect((await readiness(behind)).checks).toMatchObject({ database: 'ok', redis: 'not reachable' });
  // a start is a row in PostgreSQL: it must not need Redis
  const started = await createCampaign(behind, { customRecipients: people(10, 4500) });
  expect(await sendCampaign(behind, started)).toMatchObject({ status: 'ACTIVE', totalRecipients: 10 });
  expect(await stats(behind, running)).toMatchObject({ totalRecipients: 200 });
  await proxy.restore();
  await waitFor(async () => (await readiness(behind)).status === 200, { what: '/readyz answers 200 again' });
  for (const id of [running, started]) await reached(behind, id);
  await webhooksDelivered(behind);
  expect(await expectConsistent(behind, running)).toHaveLength(200);
  expect(await expectConsistent(behind, started)).toHaveLength(10);
}

async function postgresOutage({ app: behind, postgres: proxy }: ProxiedApp): Promise<void> {
  // slow statuses, so that many of them arrive during the outage
  await app.behave({ sentDelayMs: { min: 1, max: 900 }, deliveredDelayMs: { min: 1, max: 900 } });
  const id = await startCampaign(behind, { customRecipients: people(200, 5000) });
  await sentSome(id, 60);
  await proxy.cut();
  await waitFor(async () => (await readiness(behind)).status === 503, { what: '/readyz answers 503' });
  expect((await readiness(behind)).checks).toMatchObject({ database: 'not reachable', redis: 'ok' });
  const { errors } = await behind.graphql(`query ($id: ID!) { campaignStats(campaignId: $id) { status } }`, {
    id,
  });
  expect(errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
  // webhooks are refused, kept by WhatsApp and delivered again
  await waitFor(async () => (await summary(app)).pendingWebhooks > 0, { what: 'webhooks wait at WhatsApp' });
  await proxy.restore();
  await waitFor(async () => (await readiness(behind)).status === 200, { what: '/readyz answers 200 again' });
  await waitFor(
    async () => {
      const now = await stats(behind, id);
      return now.queuedCount === 0 || false;
    },
    { what: 'nobody is being sent to', timeoutMs: 20_000 },
  );
  await reached(behind, id);
  await webhooksDelivered(behind);
  await app.behave({ sentDelayMs: { min: 1, max: 20 }, deliveredDelayMs: { min: 1, max: 30 } });
  const messages = await expectConsistent(behind, id);
  const { sentCount, unconfirmedCount, failedCount } = await stats(behind, id);
  expect(failedCount).toBe(0);
  expect(sentCount).toBe(messages.length);
  expect(sentCount + unconfirmedCount).toBe(200);
}

async function whatsappOutage({ app: behind, whatsapp: proxy }: ProxiedApp): Promise<void> {
  const id = await startCampaign(behind, { customRecipients: people(200, 6000), onUnconfirmed: 'RESEND' });
  await sentSome(id, 40);
  await proxy.cut();
  const inside = await startCampaign(behind, { customRecipients: people(20, 6500) });
  await waitFor(
    async () =>
      (await recipients(app, inside)).some((row) => /cannot be reached/.test(row.error_message ?? '')),
    { what: 'a send has failed to connect' },
  );
  expect(await stats(behind, id)).toMatchObject({ status: 'ACTIVE', failedCount: 0 });
  await proxy.restore();
  expect(await reached(behind, id)).toMatchObject({ sentCount: 200, failedCount: 0 });
  // nothing was written to the connection: no attempt is used up, nobody is unconfirmed
  expect(await reached(behind, inside)).toMatchObject({ sentCount: 20, failedCount: 0, unconfirmedCount: 0 });
  expect((await recipients(app, inside)).every((row) => row.attempts === 0)).toBe(true);
  await webhooksDelivered(behind);
  await expectConsistent(behind, inside);
  await expectConsistent(behind, id);
}

test.each(['postgres', 'redis'] as const)(
  'an api started during an outage of %s listens, reports why it is not ready, and recovers by itself',
  async (what) => {
    const proxied = await startProxied(app, { workers: 1, away: [what] });
    const { app: behind } = proxied;
    try {
      expect((await fetch(`${behind.url}/healthz`)).status).toBe(200);
      expect(await readiness(behind)).toMatchObject({
        status: 503,
        checks: { [what === 'postgres' ? 'database' : what]: 'not reachable' },
      });
      let id: string | undefined;
      if (what === 'redis') {
        id = await createCampaign(behind, { customRecipients: people(10, 7000) });
        expect(await sendCampaign(behind, id)).toMatchObject({ status: 'ACTIVE' });
      } else {
        const { errors } = await behind.graphql(`{ businesses { id } }`);
        expect(errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
      }
      await proxied[what].restore();
      await waitFor(async () => (await readiness(behind)).status === 200, { what: '/readyz answers 200' });
      id ??= await startCampaign(behind, { customRecipients: people(10, 7100) });
      expect(await reached(behind, id)).toMatchObject({ sentCount: 10 });
    } finally {
      await proxied.stop();
    }
  },
);
