import { Queue } from 'bullmq';
import Redis from 'ioredis';
import { randomInt } from 'node:crypto';
import { Role } from '../../src/accounts/viewer';
import { queueName } from '../../src/delivery/queue';
import type { App } from '../support/app';
import { acceptedCount, createCampaign, people, reached, sendCampaign } from '../support/campaigns';
import { waitFor } from '../support/wait';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import { Workers } from './workers';

let rig: FaultRig;
let workers: Workers;
/** The same app as used by another tenant, whose WhatsApp number may send 80 messages a second. */
let other: App;

beforeAll(async () => {
  rig = await FaultRig.start({ messagesPerSecond: 1000 });
  workers = await Workers.start(rig.app, 2);
  other = await secondTenant(rig.app);
});
afterAll(async () => {
  await workers?.killAll();
  await rig?.close();
});

async function secondTenant(app: App): Promise<App> {
  const operator = await app.token({ role: Role.OPERATOR });
  const { createBusiness } = await app.data<{ createBusiness: { id: string } }>(
    `mutation ($input: CreateBusinessInput!) { createBusiness(input: $input) { id } }`,
    { input: { name: 'Other Traders', timezone: 'Asia/Kolkata', defaultCountry: 'IN' } },
    operator,
  );
  const digits = () => String(randomInt(1e9, 1e10));
  await app.data(
    `mutation ($input: CreateSenderInput!) { createSender(input: $input) { id } }`,
    {
      input: {
        businessId: createBusiness.id,
        phoneNumberId: digits(),
        wabaId: digits(),
        displayPhoneNumber: '+91 22 4000 5678',
        accessToken: 'EAATestToken2',
        messagesPerSecond: 80,
      },
    },
    operator,
  );
  return Object.create(app, {
    businessId: { value: createBusiness.id },
    token: { value: () => app.token({ businessIds: [createBusiness.id] }) },
  }) as App;
}

/** Starts a campaign of the other tenant and measures how long it takes. */
async function timed(count: number, from: number): Promise<{ id: string; firstMs: number; doneMs: number }> {
  const id = await createCampaign(other, { customRecipients: people(count, from) });
  const started = performance.now();
  await sendCampaign(other, id);
  await waitFor(async () => (await acceptedCount(rig.app, id)) > 0, {
    what: 'the first message is accepted',
    timeoutMs: 90_000,
  });
  const firstMs = performance.now() - started;
  await reached(other, id, 'COMPLETED', 120_000);
  return { id, firstMs, doneMs: performance.now() - started };
}

testFault({
  id: 'F29',
  what: 'tenant A sends ten campaigns at full speed, then tenant B starts one to 100 people',
  long: { campaigns: 10, recipients: 3000, others: 100 },
  withinSeconds: 300,
  run: async ({ campaigns, recipients, others }) => {
    const large = await Promise.all(Array.from({ length: campaigns }, () => rig.campaign(recipients)));
    const [first = ''] = large;
    await rig.accepted(first, recipients / 20);
    const { id, firstMs, doneMs } = await timed(others, 90_000);
    const queued = await rig.app.database.query<{ queued: number }[]>(
      `SELECT sum(queued_count)::int AS queued FROM campaigns WHERE id = ANY ($1)`,
      [large],
    );
    const outcomes = [];
    for (const one of large) outcomes.push(await rig.ended(one, { timeoutMs: 200_000 }));
    const counts = together(
      [...outcomes, await rig.ended(id, { seenBy: other })].map((outcome) => ({ ...outcome, tries: 0 })),
    );
    if (firstMs > 5000)
      counts.problems.push(`B's first message was accepted after ${(firstMs / 1000).toFixed(1)} s`);
    if (doneMs > 60_000) counts.problems.push(`B was completed after ${(doneMs / 1000).toFixed(1)} s`);
    if (!queued[0]?.queued) counts.problems.push('A was completed before B, so the test proves nothing');
    const note = `B: first message after ${(firstMs / 1000).toFixed(1)} s, completed after ${(doneMs / 1000).toFixed(1)} s; A then had ${queued[0]?.queued} queued`;
    return { ...counts, tries: 1, note };
  },
});

testControl(
  'F29',
  'a campaign with an unlimited number of jobs in the queue delays other tenants',
  async () => {
    const id = await rig.campaign(5000);
    await rig.accepted(id, 50);
    const connection = new Redis(rig.app.config.redisUrl ?? '', { maxRetriesPerRequest: null });
    const queue = new Queue(queueName, {
      connection,
      prefix: rig.app.config.redisPrefix,
      skipVersionCheck: true,
    });
    try {
      const jobs = Array.from({ length: 20_000 }, (_, i) => ({
        name: 'send',
        data: { kind: 'send', campaignId: id },
        opts: { jobId: `flood-${i}`, removeOnComplete: true, removeOnFail: true },
      }));
      await queue.addBulk(jobs);
      const { firstMs } = await timed(10, 91_000);
      expect(firstMs).toBeGreaterThan(5000);
      await queue.drain();
    } finally {
      await queue.close();
      connection.disconnect();
    }
  },
);
