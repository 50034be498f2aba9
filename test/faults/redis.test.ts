import Redis from 'ioredis';
import { DeliveryQueue, queueName } from '../../src/delivery/queue';
import { Sweep } from '../../src/delivery/sweep/sweep';
import { connectRedis, whenReady } from '../../src/infra/redis';
import { acceptedCount, createCampaign, people, sendCampaign } from '../support/campaigns';
import { silent } from '../support/database';
import { readiness } from '../support/proxied-app';
import { waitFor } from '../support/wait';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import type { Chance } from '../support/chance';
import type { Outcome } from './harness';
import { OwnServer } from './servers';
import { Workers } from './workers';

let server: OwnServer;
let rig: FaultRig;
let workers: Workers;

beforeAll(async () => {
  server = await OwnServer.start('redis');
  process.env.TEST_REDIS_URL = server.url;
  rig = await FaultRig.start({ messagesPerSecond: 125, env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '3' } });
  workers = await Workers.start(rig.app, 2);
}, 60_000);
afterAll(async () => {
  await workers?.killAll();
  await rig?.close();
  await server?.remove();
});

async function ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(server.direct);
  try {
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}

/** Sends one campaign and disturbs Redis at random moments; sending must go on after each of them. */
async function disturbed(
  recipients: number,
  times: number,
  chance: Chance,
  continuesWithinMs: number,
  disturb: (id: string) => Promise<void>,
): Promise<Outcome> {
  const id = await rig.campaign(recipients);
  let longest = 0;
  for (let i = 1; i <= times; i++) {
    await rig.accepted(id, chance.between((i - 0.8) / times, (i - 0.4) / times) * recipients);
    await disturb(id);
    const back = performance.now();
    await sendingContinues(id);
    longest = Math.max(longest, performance.now() - back);
  }
  const counts = await rig.ended(id);
  if (longest > continuesWithinMs)
    counts.problems.push(`sending continued only after ${(longest / 1000).toFixed(1)} s`);
  if (workers.lost > 0) counts.problems.push(`${workers.lost} workers ended`);
  return { ...counts, tries: times, note: `continues after at most ${(longest / 1000).toFixed(1)} s` };
}

async function sendingContinues(id: string): Promise<void> {
  // claimed recipients are sent to without Redis; anything beyond them shows that sending continues
  const [row] = await rig.app.database.query<{ held: number }[]>(
    `SELECT coalesce(sum(cardinality(seqs)), 0)::int AS held FROM delivery_claims WHERE campaign_id = $1`,
    [id],
  );
  const more = (await acceptedCount(rig.app, id)) + (row?.held ?? 0) + 1;
  await waitFor(
    async () => {
      const [left] = await rig.app.database.query<{ queued: number }[]>(
        `SELECT queued_count AS queued FROM campaigns WHERE id = $1`,
        [id],
      );
      return left?.queued === 0 || (await acceptedCount(rig.app, id)) >= more;
    },
    { what: 'sending continues', timeoutMs: 70_000 },
  );
}

async function waitWhileDown(ms: number): Promise<void> {
  const since = performance.now();
  await waitFor(() => performance.now() - since > ms, {
    what: 'Redis was down for long enough',
    timeoutMs: ms * 2 + 10_000,
  });
}

testFault({
  id: 'F6',
  what: 'Redis stopped and started again with its data',
  short: { recipients: 500, times: 1, awayMs: 1500, longAwayMs: 0 },
  long: { recipients: 3000, times: 4, awayMs: 3000, longAwayMs: 15_000 },
  withinSeconds: 300,
  run: async ({ recipients, times, awayMs, longAwayMs }, chance) => {
    let time = 0;
    return disturbed(recipients, times, chance, 30_000, async () => {
      await server.stop();
      await waitWhileDown(++time === times && longAwayMs > 0 ? longAwayMs : awayMs);
      await server.up();
    });
  },
});

testFault({
  id: 'F7',
  what: 'kill -9 of Redis; all keys deleted (FLUSHALL); a random half of the keys deleted one by one',
  short: { recipients: 500, kills: 1, flushes: 1, evictions: 2 },
  long: { recipients: 3000, kills: 5, flushes: 5, evictions: 20 },
  withinSeconds: 400,
  run: async ({ recipients, kills, flushes, evictions }, chance) => {
    const killed = await disturbed(recipients, kills, chance, 60_000, async () => {
      await server.end('SIGKILL');
      await server.up();
    });
    const flushed = await disturbed(recipients, flushes, chance, 60_000, async () => {
      expect(await ask((redis) => redis.dbsize())).toBeGreaterThan(0);
      await ask((redis) => redis.flushall());
    });
    const evicted = await disturbed(recipients, evictions, chance, 60_000, () => evictHalf(chance));
    killed.note = `killed ${kills}: ${killed.note}`;
    flushed.note = `flushed ${flushes}: ${flushed.note}`;
    evicted.note = `half lost ${evictions}: ${evicted.note}`;
    return together([killed, flushed, evicted]);
  },
});

/** Like a Redis that evicts: some keys of a job, a list or a lock are gone, others stay. */
async function evictHalf(chance: Chance): Promise<void> {
  const lost = (await ask((redis) => redis.keys('*'))).sort().filter(() => chance.next() < 0.5);
  await ask(async (redis) => {
    for (const key of lost) await redis.unlink(key);
  });
}

testControl('F6', 'F7: without the sweep a campaign whose jobs Redis lost stops', async () => {
  await workers.killAll();
  const unswept = await Workers.start(rig.app, 1, { TEST_WITHOUT: 'sweep' });
  try {
    const id = await rig.campaign(300);
    await rig.accepted(id, 30);
    await ask((redis) => redis.flushall());
    // the worker sends to the recipients it has claimed; then it finds no further job
    await waitFor(
      async () => {
        const [row] = await rig.app.database.query<{ held: number; queued: number }[]>(
          `SELECT (SELECT count(*) FROM delivery_claims WHERE campaign_id = $1)::int AS held, queued_count AS queued
           FROM campaigns WHERE id = $1`,
          [id],
        );
        const jobs = await ask((redis) => redis.keys(`*:${queueName}:send-*`));
        return row?.held === 0 && row.queued > 0 && jobs.length === 0;
      },
      { what: 'people are queued, and no job reminds of them', timeoutMs: 30_000 },
    );
    // one sweep in its turn, and the work is back
    await withQueue((queue) =>
      sweepUntil(
        queue,
        async () => (await ask((redis) => redis.keys(`*:${queueName}:send-*`))).length > 0,
        'a send job',
      ),
    );
    expect((await rig.ended(id)).problems).toEqual([]);
  } finally {
    await unswept.killAll();
  }
  await Promise.all([workers.add(), workers.add()]);
});

testControl(
  'F7',
  'F7: a job that is in no list blocks new jobs with its id until the sweep removes it',
  async () => {
    await workers.killAll();
    const id = await rig.campaign(50);
    const lists = ['wait', 'active', 'delayed', 'prioritized'].map((list) => `*:${queueName}:${list}`);
    const listed = async () =>
      (await Promise.all(lists.map((list) => ask((redis) => redis.keys(list))))).flat();
    const lost = await listed();
    expect(lost).not.toEqual([]);
    await ask((redis) => redis.unlink(...lost));
    await withQueue(async (queue) => {
      await queue.materialise(id);
      expect(await listed()).toEqual([]);
      await sweepUntil(queue, async () => (await listed()).length === 1, 'one job in one list');
    });
    await Promise.all([workers.add(), workers.add()]);
    expect((await rig.ended(id)).problems).toEqual([]);
  },
);

/** Sweeps until something is so: a worker that was killed may have had the turn of the last second and a half. */
async function sweepUntil(queue: DeliveryQueue, done: () => Promise<boolean>, what: string): Promise<void> {
  await waitFor(
    async () => {
      await new Sweep(rig.app.database, queue, () => Promise.resolve(), 1000, silent).runOnce();
      return done();
    },
    { what, timeoutMs: 4000 },
  );
}

async function withQueue(work: (queue: DeliveryQueue) => Promise<void>): Promise<void> {
  const connection = connectRedis(rig.app.config.redisUrl ?? '', 'commands', silent);
  await whenReady(connection, 2000);
  const queue = new DeliveryQueue(connection, rig.app.config.redisPrefix, () => undefined);
  try {
    await work(queue);
  } finally {
    await queue.close();
    connection.disconnect();
  }
}

testFault({
  id: 'F8',
  what: 'Redis out of memory (noeviction), then with an eviction policy',
  long: { recipients: 2000, fullMs: 8000 },
  run: async ({ recipients, fullMs }) => {
    const id = await rig.campaign(recipients);
    await rig.accepted(id, recipients / 4);
    expect((await readiness(rig.app)).status).toBe(200);
    await ask((redis) => redis.config('SET', 'maxmemory', '1mb'));
    await expect(ask((redis) => redis.set('one', 'more'))).rejects.toThrow(/OOM/);
    const asked = performance.now();
    const other = await createCampaign(rig.app, { customRecipients: people(50, 90_000) });
    const answer = await sendCampaign(rig.app, other);
    const tookMs = performance.now() - asked;
    await waitWhileDown(fullMs);
    await ask((redis) => redis.config('SET', 'maxmemory', '0'));
    const back = performance.now();
    await sendingContinues(id);
    const continuedMs = performance.now() - back;
    const outcomes = await Promise.all([rig.ended(id), rig.ended(other)]);

    await ask((redis) => redis.config('SET', 'maxmemory-policy', 'allkeys-lru'));
    const warned = await readiness(rig.app);
    await ask((redis) => redis.config('SET', 'maxmemory-policy', 'noeviction'));
    const counts = together(outcomes.map((one) => ({ ...one, tries: 1 })));
    if (answer.status !== 'ACTIVE' || tookMs > 5000)
      counts.problems.push(`a start took ${tookMs} ms and left it ${answer.status}`);
    if (continuedMs > 60_000) counts.problems.push(`sending continued only after ${continuedMs} ms`);
    if (warned.status !== 503 || !/policy/.test(warned.checks.redis ?? ''))
      counts.problems.push(`/readyz does not report the eviction policy: ${JSON.stringify(warned)}`);
    counts.note = `a start takes ${(tookMs / 1000).toFixed(1)} s; sending continues after ${(continuedMs / 1000).toFixed(1)} s`;
    return counts;
  },
});
