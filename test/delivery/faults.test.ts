import type { ChildProcess } from 'node:child_process';
import Redis from 'ioredis';
import { DeliveryQueue, queueName } from '../../src/delivery/jobs';
import { Sweep } from '../../src/delivery/sweep';
import { connectRedis, whenReady } from '../../src/infra/redis';
import { App } from '../support/app';
import { accepted, people, reached, startCampaign, summary, told } from '../support/campaigns';
import { auditMoves, expectConsistent, expectLegalMoves } from '../support/consistency';
import { silent } from '../support/database';
import { waitFor } from '../support/wait';
import { killHard, startWorkerProcess } from '../support/worker-process';

let app: App;
let redis: Redis;
let audited: Awaited<ReturnType<typeof auditMoves>>;

beforeAll(async () => {
  app = await App.start({
    workers: 0,
    messagesPerSecond: 150,
    env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '1', DELIVERY_BATCH_SIZE: '20' },
  });
  await app.behave({ webhooks: { retryFirstMs: 100, retryMaxMs: 500 } });
  audited = await auditMoves(app);
  redis = new Redis(app.config.redisUrl ?? '');
});
afterAll(async () => {
  redis?.disconnect();
  await app?.close();
});

async function sentSome(id: string, atLeast: number): Promise<void> {
  await waitFor(async () => (await accepted(app, id)).length >= atLeast, { what: 'some are accepted' });
}

/** Everything of this test in Redis: jobs, locks, rates. */
async function forgetInRedis(): Promise<number> {
  let gone = 0;
  const stream = redis.scanStream({
    match: `${app.config.redisPrefix.replace(/[[\]{}]/g, '\\$&')}*`,
    count: 1000,
  });
  for await (const keys of stream as AsyncIterable<string[]>)
    if (keys.length > 0) gone += await redis.unlink(...keys);
  return gone;
}

/** The claims of a dead worker have run out; a test need not wait the half minute. */
function leasesEnd(id: string): Promise<unknown> {
  return app.database.query(
    `UPDATE delivery_claims SET expires_at = now() - interval '1 second' WHERE campaign_id = $1`,
    [id],
  );
}

describe('a worker that is killed while it sends', () => {
  let workers: ChildProcess[] = [];
  beforeAll(async () => {
    workers = await Promise.all([startWorkerProcess(app), startWorkerProcess(app)]);
  });
  afterAll(() => Promise.all(workers.map(killHard)));

  test('another goes on: nobody is sent to twice, nobody is missing, figures are rows', async () => {
    await app.behave({ latencyMs: { min: 300, max: 300 } });
    const id = await startCampaign(app, { customRecipients: people(200), onUnconfirmed: 'RESEND' });
    await sentSome(id, 40);
    await killHard(workers.shift() as ChildProcess);
    await app.behave({ latencyMs: { min: 0, max: 0 } });
    // the other sends all the rest; only what the dead one held stays
    const { lost } = await waitFor(
      async () => {
        const [left] = await app.database.query<{ fed: boolean; young: number; lost: number }[]>(
          `SELECT (SELECT next_seq FROM campaign_feeds WHERE campaign_id = $1) > 200 AS fed,
             count(*) FILTER (WHERE expires_at > now() + interval '28 seconds')::int AS young,
             coalesce(sum(cardinality(seqs)), 0)::int AS lost
           FROM delivery_claims WHERE campaign_id = $1`,
          [id],
        );
        return left?.fed && left.young === 0 ? left : undefined;
      },
      { what: 'the other has sent the rest', timeoutMs: 25_000 },
    );
    expect(lost).toBeGreaterThan(0);
    await leasesEnd(id);
    expect(await reached(app, id)).toMatchObject({ sentCount: 200, unconfirmedCount: 0 });
    await told(app);
    expect(await expectConsistent(app, id)).toHaveLength(200);
    expectLegalMoves(await audited(id));
  });

  test('control: taken back to the queue blindly, as if a claim were no promise, people get it twice', async () => {
    workers.push(await startWorkerProcess(app));
    // without webhooks nothing but the claim tells what became of them
    await app.behave({ webhooks: { pauseUntilResumed: true }, latencyMs: { min: 700, max: 700 } });
    const id = await startCampaign(app, { customRecipients: people(120, 1000) });
    await sentSome(id, 20);
    for (const worker of workers.splice(0)) await killHard(worker);
    await app.behave({ latencyMs: { min: 0, max: 0 } });
    await app.database.query(
      `WITH back AS (UPDATE campaign_recipients SET status = 'QUEUED' WHERE campaign_id = $1 AND status = 'SENDING' RETURNING seq)
       INSERT INTO delivery_followups (campaign_id, seq, kind, due_at) SELECT $1, seq, 'RETRY', now() FROM back`,
      [id],
    );
    await app.database.query(`DELETE FROM delivery_claims WHERE campaign_id = $1`, [id]);
    await forgetInRedis();
    workers.push(await startWorkerProcess(app));
    await reached(app, id, 'COMPLETED', 30_000);
    await app.behave({ webhooks: { pauseUntilResumed: false } });
    await told(app);
    expect((await accepted(app, id)).length).toBeGreaterThan(120);
    expect((await summary(app)).duplicates).toBeGreaterThan(0);
    await expect(expectConsistent(app, id)).rejects.toThrow();
  });

  test('Redis forgets everything in the middle: the sweep brings the work back, nobody is sent to twice', async () => {
    await app.steer('POST', 'reset', { keepBehaviour: true });
    const id = await startCampaign(app, { customRecipients: people(200, 2000) });
    await sentSome(id, 30);
    expect(await forgetInRedis()).toBeGreaterThan(0);
    expect(await reached(app, id)).toMatchObject({ sentCount: 200 });
    await told(app);
    expect(await expectConsistent(app, id)).toHaveLength(200);
  });
});

test('control: what Redis forgot is in no queue, so that no worker could come to know of it; one sweep brings it back', async () => {
  const id = await startCampaign(app, { customRecipients: people(5, 3000) });
  const jobs = () => redis.exists(`${app.config.redisPrefix}:${queueName}:materialise-${id}`);
  expect(await jobs()).toBe(1);
  await forgetInRedis();
  expect(await jobs()).toBe(0);
  const connection = connectRedis(app.config.redisUrl ?? '', 'commands', silent);
  await whenReady(connection, 2000);
  const queue = new DeliveryQueue(connection, app.config.redisPrefix, () => undefined);
  await new Sweep(app.database, queue, () => Promise.resolve(), 1000, silent).runOnce();
  expect(await jobs()).toBe(1);
  await queue.close();
  connection.disconnect();
  const worker = await startWorkerProcess(app);
  expect(await reached(app, id)).toMatchObject({ sentCount: 5 });
  await killHard(worker);
});
