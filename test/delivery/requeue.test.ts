import type { ChildProcess } from 'node:child_process';
import Redis from 'ioredis';
import { AudienceService } from '../../src/audience/audience.service';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { DeliveryQueue } from '../../src/delivery/queue';
import { readRateCard } from '../../src/campaigns/forecast/rate-card';
import { Materialiser } from '../../src/delivery/materialise';
import { connectRedis, whenReady } from '../../src/infra/redis';
import { App } from '../support/app';
import {
  accepted,
  act,
  people,
  reached,
  recipients,
  resendUnconfirmed,
  retryFailed,
  startCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import { auditMoves, expectConsistent, expectLegalMoves } from '../support/consistency';
import { silent } from '../support/database';
import { waitFor } from '../support/wait';
import { killHard, startWorkerProcess } from '../support/worker-process';

const setSize = 2000;

let app: App;
let audited: Awaited<ReturnType<typeof auditMoves>>;
const children: ChildProcess[] = [];

beforeAll(async () => {
  app = await App.start({ workers: 0, messagesPerSecond: 1000 });
  audited = await auditMoves(app);
});
afterEach(async () => {
  for (const child of children.splice(0)) await killHard(child);
});
afterAll(() => app?.close());

async function worker(env: Record<string, string> = {}): Promise<ChildProcess> {
  const child = await startWorkerProcess(app, env);
  children.push(child);
  return child;
}

/** A campaign in which everybody has failed with no attempt left, or is UNCONFIRMED and the wait is over. */
async function ended(count: number, status: 'FAILED' | 'UNCONFIRMED', from: number): Promise<string> {
  const id = await startCampaign(app, { customRecipients: people(count, from) });
  const redis = connectRedis(app.config.redisUrl ?? '', 'commands', silent);
  await whenReady(redis, 2000);
  const queue = new DeliveryQueue(redis, app.config.redisPrefix, () => undefined);
  const published = () => Promise.resolve();
  const audiences = new AudienceService(app.database);
  await new Materialiser(app.database, audiences, queue, published, readRateCard(undefined)).materialise(id);
  await queue.close();
  await redis.quit();
  const failed = status === 'FAILED';
  await app.database.query(
    `WITH people AS (UPDATE campaign_recipients SET status = $2, claim_no = 1, attempts = $3,
         error_code = $4, failed_at = CASE WHEN $2 = 'FAILED' THEN now() END WHERE campaign_id = $1),
       feed AS (UPDATE campaign_feeds SET next_seq = open_until + 1 WHERE campaign_id = $1),
       minute AS (INSERT INTO campaign_stats_minutes (campaign_id, minute, failed)
         SELECT $1, date_trunc('minute', now()), total_recipients FROM campaigns WHERE id = $1 AND $2 = 'FAILED'),
       failures AS (INSERT INTO campaign_failures (campaign_id, code, count)
         SELECT $1, $4, total_recipients FROM campaigns WHERE id = $1 AND $2 = 'FAILED')
     UPDATE campaigns SET status = 'COMPLETED', completed_at = now(), queued_count = 0,
       failed_count = CASE WHEN $2 = 'FAILED' THEN total_recipients ELSE 0 END,
       unconfirmed_count = CASE WHEN $2 = 'FAILED' THEN 0 ELSE total_recipients END WHERE id = $1`,
    [id, status, failed ? 3 : 0, failed ? 131016 : null],
  );
  await app.database.query(`DELETE FROM audited_moves WHERE campaign_id = $1`, [id]);
  return id;
}

async function openRequeues(id: string): Promise<{ kind: string; next_seq: number; requeued: number }[]> {
  return app.database.query(
    `SELECT kind, next_seq, requeued FROM delivery_requeues WHERE campaign_id = $1 ORDER BY kind`,
    [id],
  );
}

/** Expects that everybody was queued again once and sent to once. */
async function expectOnce(id: string, count: number): Promise<void> {
  await webhooksDelivered(app, 60_000);
  const messages = await expectConsistent(app, id);
  expect(messages).toHaveLength(count);
  const moves = await audited(id);
  expectLegalMoves(moves);
  const requeued = moves.filter(
    (move) =>
      move.to_status === RecipientStatus.QUEUED &&
      [RecipientStatus.FAILED, RecipientStatus.UNCONFIRMED].includes(move.from_status),
  );
  expect(requeued).toHaveLength(count);
  expect(new Set(requeued.map(({ seq }) => seq)).size).toBe(count);
  expect((await recipients(app, id)).every((row) => row.claim_no === 2)).toBe(true);
}

test('retryFailed answers at once, while a recipient is locked; the campaign is ACTIVE until the job is done', async () => {
  const id = await ended(5, 'FAILED', 0);
  const blocker = app.database.createQueryRunner();
  await blocker.startTransaction();
  await blocker.query(`SELECT FROM campaign_recipients WHERE campaign_id = $1 AND seq = 3 FOR UPDATE`, [id]);
  const asked = performance.now();
  const answer = await retryFailed(app, id);
  expect(performance.now() - asked).toBeLessThan(2000);
  expect(answer).toMatchObject({
    status: 'ACTIVE',
    message: expect.stringMatching(/^5 failed .*; 0 left/) as string,
  });
  await worker();
  // the job waits for the lock, is tried again after the lock timeout, and nobody is queued
  const tries = new Set<string>();
  await waitFor(
    async () => {
      const waiting = await app.database.query<{ since: string }[]>(
        `SELECT query_start::text AS since FROM pg_stat_activity
         WHERE query LIKE '/* nextRecipients%' AND wait_event_type = 'Lock' AND datname = current_database()`,
      );
      for (const { since } of waiting) tries.add(since);
      return tries.size > 2;
    },
    { what: 'the job has waited for the lock three times', timeoutMs: 20_000 },
  );
  expect(await stats(app, id)).toMatchObject({ status: 'ACTIVE', queuedCount: 0, failedCount: 5 });
  await blocker.rollbackTransaction();
  await blocker.release();
  expect(await reached(app, id)).toMatchObject({ sentCount: 5, failedCount: 0 });
  expect(await openRequeues(id)).toEqual([]);
  await expectOnce(id, 5);
}, 60_000);

test.each([
  ['retryFailed', 'FAILED', 2, 10_000],
  ['resendUnconfirmed', 'UNCONFIRMED', 1, 20_000],
] as const)(
  '%s: when workers are killed after each set, everybody is queued again exactly once',
  async (action, status, sets, from) => {
    const count = sets * setSize + 100;
    const id = await ended(count, status, from);
    const ask = action === 'retryFailed' ? retryFailed : resendUnconfirmed;
    expect(await ask(app, id)).toMatchObject({
      status: 'ACTIVE',
      message: expect.stringContaining(`${count} `) as string,
    });
    expect(await openRequeues(id)).toMatchObject([{ kind: status, next_seq: 1, requeued: 0 }]);
    for (let set = 1; set <= sets; set++) {
      // without the sweep nobody is sent to before the last set, so a killed worker leaves nobody unconfirmed
      const child = await worker({ FAILPOINT: 'after_requeue:exit', TEST_WITHOUT: 'sweep' });
      await waitFor(() => child.signalCode, { what: 'the worker has killed itself', timeoutMs: 30_000 });
      expect(child.signalCode).toBe('SIGKILL');
      expect(await openRequeues(id)).toEqual([
        { kind: status, next_seq: set * setSize + 1, requeued: set * setSize },
      ]);
      expect((await stats(app, id)).status).toBe('ACTIVE');
    }
    await worker();
    expect(await reached(app, id, 'COMPLETED', 120_000)).toMatchObject({ sentCount: count });
    await expectOnce(id, count);
  },
  240_000,
);

test('ten requests at once, more while the job runs, and a pause and resume queue everybody once', async () => {
  const count = setSize + 100;
  const id = await ended(count, 'FAILED', 30_000);
  const answers = await Promise.all(Array.from({ length: 10 }, () => retryFailed(app, id)));
  for (const { message } of answers) expect(message).toMatch(new RegExp(`^${count} failed messages`));
  expect(await openRequeues(id)).toHaveLength(1);
  await act(app, 'pauseCampaign', id);
  const { errors } = await app.graphql(`mutation ($id: ID!) { retryFailed(campaignId: $id) { message } }`, {
    id,
  });
  expect(errors?.[0]).toMatchObject({
    message: 'Only an active or completed campaign can send again; this one is PAUSED: resume it first',
    extensions: { code: 'CONFLICT' },
  });
  const paused = await worker({ FAILPOINT: 'after_requeue:exit' });
  // another campaign shows that the worker is running
  const other = await startCampaign(app, { customRecipients: people(3, 39_000) });
  await reached(app, other);
  expect(await openRequeues(id)).toMatchObject([{ requeued: 0 }]);
  await act(app, 'resumeCampaign', id);
  await waitFor(() => paused.signalCode, { what: 'the job continues after the resume', timeoutMs: 20_000 });
  await retryFailed(app, id);
  await worker();
  expect(await reached(app, id, 'COMPLETED', 60_000)).toMatchObject({ sentCount: count, failedCount: 0 });
  await expectOnce(id, count);
}, 120_000);

test('in a cancelled campaign nobody is queued again', async () => {
  const id = await ended(5, 'FAILED', 40_000);
  await retryFailed(app, id);
  await act(app, 'cancelCampaign', id);
  await worker();
  await waitFor(async () => (await openRequeues(id)).length === 0, { what: 'the request is dropped' });
  expect(await stats(app, id)).toMatchObject({ status: 'CANCELLED', failedCount: 5, queuedCount: 0 });
  expect(await accepted(app, id)).toHaveLength(0);
});

test('a recipient who fails after the request is left to the next one', async () => {
  const id = await ended(5, 'FAILED', 41_000);
  await retryFailed(app, id);
  await app.database.query(
    `UPDATE campaign_recipients SET failed_at = now() WHERE campaign_id = $1 AND seq = 5`,
    [id],
  );
  await worker();
  expect(await reached(app, id)).toMatchObject({ sentCount: 4, failedCount: 1 });
  expect((await retryFailed(app, id)).message).toMatch(/^1 failed message queued again/);
  expect(await reached(app, id)).toMatchObject({ sentCount: 5, failedCount: 0 });
});

test.each([
  ['a held message dropped with its paused template', 132015, '0 minutes', 1],
  ['a held message dropped by portfolio pacing', 135000, '0 minutes', 1],
  ['a code that nobody knows', 987654, '0 minutes', 1],
  ['enough marketing, one hour ago', 131049, '1 hour', 0],
  ['enough marketing, 25 hours ago', 131049, '25 hours', 1],
  ['not on WhatsApp', 131026, '25 hours', 0],
  ['an experiment', 130472, '25 hours', 0],
  ['stopped marketing', 131050, '25 hours', 0],
  ['the template has other parameters', 132000, '25 hours', 0],
])('worth another attempt: %s', async (_what, code, ago, taken) => {
  const id = await ended(1, 'FAILED', 42_000);
  await app.database.query(
    `UPDATE campaign_recipients SET error_code = $2, failed_at = now() - $3::interval WHERE campaign_id = $1`,
    [id, code, ago],
  );
  expect((await retryFailed(app, id)).message).toMatch(
    taken ? /^1 failed message queued again; 0 left out/ : /^0 failed messages queued again; 1 left out/,
  );
  expect(await openRequeues(id)).toHaveLength(taken);
  expect((await stats(app, id)).status).toBe(taken ? 'ACTIVE' : 'COMPLETED');
  if (taken) await act(app, 'cancelCampaign', id);
});

describe('a job that is lost', () => {
  async function lost(from: number): Promise<string> {
    const id = await ended(3, 'FAILED', from);
    await retryFailed(app, id);
    const redis = new Redis(app.config.redisUrl ?? '');
    const keys = await redis.keys(`${app.config.redisPrefix.replace(/[{}]/g, '?')}:*`);
    if (keys.length > 0) await redis.del(keys);
    await redis.quit();
    return id;
  }

  test('is added again by the sweep', async () => {
    const id = await lost(43_000);
    await worker();
    expect(await reached(app, id)).toMatchObject({ sentCount: 3 });
  });

  test('is not added without the sweep', async () => {
    const id = await lost(44_000);
    await worker({ TEST_WITHOUT: 'sweep' });
    const other = await startCampaign(app, { customRecipients: people(3, 45_000) });
    await waitFor(async () => (await stats(app, other)).sentCount === 3, { what: 'the worker is running' });
    expect(await openRequeues(id)).toHaveLength(1);
    expect(await stats(app, id)).toMatchObject({ status: 'ACTIVE', failedCount: 3 });
  });
});
