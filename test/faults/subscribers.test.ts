/** @alone It holds bounds of time: see test/support/alone.js. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { sendCampaign, stats, webhooksDelivered } from '../support/campaigns';
import { Proxy } from '../support/proxy';
import { waitFor } from '../support/wait';
import { killHard, startApiProcess } from '../support/worker-process';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import type { Outcome } from './harness';
import { Seen } from './seen';
import { OwnServer } from './servers';
import { Subscribers } from './subscribers';
import type { Plan } from './subscribers';
import { Workers } from './workers';

/** Within this time of the last change, or of the return of what was away, everybody sees the right figures. */
const rightWithinMs = 5000;

let postgres: OwnServer;
let rig: FaultRig;
let workers: Workers;
/** The api that is watched and gets the webhooks: a process of its own, behind an address that stays. */
let api: ChildProcess;
let apiAddress: Proxy;
/** What lies between this api and Redis; workers reach Redis directly. */
let redis: Proxy;

const startApi = () => startApiProcess(rig.app, { REDIS_URL: redis.urlOf(rig.app.config.redisUrl ?? '') });

beforeAll(async () => {
  postgres = await OwnServer.start('postgres');
  process.env.TEST_POSTGRES_URL = postgres.url;
  rig = await FaultRig.start({
    messagesPerSecond: 100,
    env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '3' },
    behaviour: { clickShare: 0.3, previewShare: 0, clickDelayMs: { min: 1, max: 2000 } },
  });
  redis = await Proxy.before(rig.app.config.redisUrl ?? '');
  const started = await startApi();
  api = started.child;
  apiAddress = await Proxy.before(started.url);
  const { appSecret, verifyToken } = rig.app.config.whatsapp;
  const url = `${apiAddress.urlOf(rig.app.url)}/webhooks/whatsapp`;
  await rig.app.steer('PUT', 'webhook', { url, appSecret, verifyToken });
  workers = await Workers.start(rig.app, 1);
}, 90_000);
afterAll(async () => {
  await workers?.killAll();
  if (api) await killHard(api);
  await apiAddress?.cut();
  await rig?.close();
  await redis?.cut();
  await postgres?.remove();
});

const drafts = (count: number, recipients: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      rig.draft(recipients, { messageText: 'Hi {{name}} {{link}}', linkUrl: 'https://shop.example.com/' }),
    ),
  );

/** @returns subscribers who have all got figures, and how long that took, in ms */
async function watch(
  campaignIds: string[],
  plan: Partial<Plan>,
): Promise<{ subscribers: Subscribers; tookMs: number }> {
  const subscribers = await Subscribers.start({
    url: `${apiAddress.urlOf(rig.app.url).replace('http', 'ws')}/graphql`,
    authorization: `Bearer ${await rig.app.token()}`,
    sockets: 1,
    onEachSocket: campaignIds.length + 1,
    campaignIds,
    businessId: rig.app.businessId,
    reconnects: true,
    dropEveryMs: 0,
    ...plan,
  });
  try {
    return { subscribers, tookMs: await caughtUp(subscribers, campaignIds, 60_000) };
  } catch (error) {
    await subscribers.stop();
    throw error;
  }
}

const now = (ids: readonly string[]) => Promise.all(ids.map((id) => stats(rig.app, id)));

/** Waits until everybody has seen figures as new as those of this moment. @returns how long that took, in ms */
async function caughtUp(subscribers: Subscribers, ids: readonly string[], withinMs: number): Promise<number> {
  const since = performance.now();
  const expected = await now(ids);
  await waitFor(
    async () => {
      const { behind, examples } = await subscribers.ask({ expected, exactly: false });
      if (behind > 0) throw new Error(`${behind} are behind, such as ${examples.join('; ')}`);
      return true;
    },
    { what: 'everybody has caught up', timeoutMs: withinMs },
  );
  return performance.now() - since;
}

/** Waits until the campaigns have ended and nothing more is reported. */
async function over(ids: readonly string[]): Promise<void> {
  await waitFor(async () => (await now(ids)).every(({ status }) => status === 'COMPLETED'), {
    what: 'all campaigns have ended',
    timeoutMs: 120_000,
  });
  await webhooksDelivered(rig.app, 60_000);
}

/** How many subscribers do not show the final figures, a while after the last change. @returns also how long it took, in ms */
async function wrongAtTheEnd(
  subscribers: Subscribers,
  ids: readonly string[],
): Promise<{ wrong: number; tookMs: number }> {
  const since = performance.now();
  for (;;) {
    const expected = await now(ids);
    const wrong = (await subscribers.ask({ expected, exactly: true })).behind;
    const tookMs = performance.now() - since;
    if (wrong === 0 || tookMs > rightWithinMs) return { wrong, tookMs };
    await delay(25);
  }
}

/** kill -9 of the api and a new one. */
async function restartApi(): Promise<void> {
  await killHard(api);
  await apiAddress.cut();
  const { child, url } = await startApi();
  api = child;
  await apiAddress.restore(url);
}

testFault({
  id: 'F34',
  what: '500 subscribers of live figures: kill -9 of the api; the api cut off from Redis; PostgreSQL restarted',
  short: { campaigns: 3, recipients: 300, rounds: 1, cutMs: 2000 },
  long: { campaigns: 4, recipients: 1500, rounds: 2, cutMs: 20_000 },
  withinSeconds: 500,
  run: async ({ campaigns, recipients, rounds, cutMs }) => {
    const ids = await drafts(campaigns, recipients);
    const { subscribers, tookMs: subscribingMs } = await watch(ids, {
      sockets: 25,
      onEachSocket: 20,
      dropEveryMs: 2000,
    });
    const longest = { api: 0, redis: 0, postgres: 0 };
    try {
      for (const id of ids) await sendCampaign(rig.app, id);
      const total = campaigns * recipients;
      const part = async (share: number) =>
        waitFor(async () => (await now(ids)).reduce((sum, one) => sum + one.sentCount, 0) >= share * total, {
          what: `${Math.round(share * 100)} % are sent`,
          timeoutMs: 120_000,
        });
      for (let round = 0; round < rounds; round++) {
        await part((round + 0.1) / rounds);
        await restartApi();
        longest.api = Math.max(longest.api, await caughtUp(subscribers, ids, rightWithinMs));

        await part((round + 0.3) / rounds);
        // every other time the connections hang, as in a network that loses packets
        if (round % 2 === 0) await redis.cut();
        else redis.freeze();
        await delay(cutMs);
        await redis.cut();
        await redis.restore();
        longest.redis = Math.max(longest.redis, await caughtUp(subscribers, ids, rightWithinMs));

        await part((round + 0.6) / rounds);
        await postgres.stop();
        await postgres.up();
        await waitFor(async () => (await fetch(`${apiAddress.urlOf(rig.app.url)}/readyz`)).ok, {
          what: 'the api is ready again',
          timeoutMs: 30_000,
        });
        longest.postgres = Math.max(longest.postgres, await caughtUp(subscribers, ids, rightWithinMs));
      }
      await over(ids);
      const { wrong, tookMs } = await wrongAtTheEnd(subscribers, ids);
      const { problems, events, subscribers: all } = await subscribers.ask({ expected: [], exactly: true });
      const outcomes: Outcome[] = [];
      for (const id of ids) outcomes.push({ ...(await rig.ended(id)), tries: 0 });
      const counts = together(outcomes);
      if (wrong > 0) counts.problems.push(`${wrong} of ${all} subscribers show wrong figures at the end`);
      counts.problems.push(...problems);
      const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
      return {
        ...counts,
        tries: rounds * 3,
        note:
          `${all} subscribers, ready after ${seconds(subscribingMs)}, got ${events} events; all had caught up ${seconds(longest.api)} after the api was back, ` +
          `${seconds(longest.redis)} after Redis, ${seconds(longest.postgres)} after PostgreSQL; right at the end after ${seconds(tookMs)}`,
      };
    } finally {
      await subscribers.stop();
    }
  },
});

testControl('F34', 'an older event, and a client that does not reconnect, are noticed', async () => {
  const ids = await drafts(2, 100);
  const { subscribers: steady } = await watch(ids, {});
  const { subscribers: lost } = await watch(ids, { reconnects: false });
  try {
    for (const id of ids) await sendCampaign(rig.app, id);
    await waitFor(async () => (await now(ids)).some(({ sentCount }) => sentCount > 20), {
      what: 'some are sent',
    });
    await restartApi();
    await over(ids);
    await caughtUp(steady, ids, rightWithinMs);
    expect((await wrongAtTheEnd(steady, ids)).wrong).toBe(0);
    expect((await wrongAtTheEnd(lost, ids)).wrong).toBe(ids.length + 1);

    const { recorded } = await steady.ask({ expected: [], exactly: true });
    const problemsOf = (events: typeof recorded) => {
      const seen = new Seen();
      for (const event of events) seen.see(event);
      return seen.problems;
    };
    expect(problemsOf(recorded)).toEqual([]);
    const one = recorded.filter(({ id }) => id === ids[0]);
    const at = one.findIndex(({ version }, i) => i > 0 && version > (one[i - 1]?.version ?? 0));
    expect(at).toBeGreaterThan(0);
    const swapped = one.with(at - 1, one[at]!).with(at, one[at - 1]!);
    expect(problemsOf(swapped).join()).toContain(`version ${one[at - 1]?.version} after ${one[at]?.version}`);
  } finally {
    await Promise.all([steady.stop(), lost.stop()]);
  }
});
