import Redis from 'ioredis';
import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { App } from '../support/app';
import {
  createCampaign,
  people,
  reached,
  sendCampaign,
  stats,
  statsFields,
  webhooksDelivered,
} from '../support/campaigns';
import type { Stats } from '../support/campaigns';
import { waitFor } from '../support/wait';

let app: App;
let redis: Redis;

beforeAll(async () => {
  app = await App.start({ messagesPerSecond: 150 });
  redis = new Redis(app.config.redisUrl ?? '');
});
afterAll(async () => {
  redis?.disconnect();
  await app?.close();
});

const subscription = `subscription ($id: ID!) { campaignStats(campaignId: $id) { ${statsFields} } }`;

interface Watch {
  events: (Stats & { at: number })[];
  stop: () => void;
}

function watch(socket: Client, id: string): Watch {
  const events: Watch['events'] = [];
  const stop = socket.subscribe<{ campaignStats: Stats }>(
    { query: subscription, variables: { id } },
    {
      next: ({ data }) => data && events.push({ ...data.campaignStats, at: performance.now() }),
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return { events, stop };
}

/** How many Redis connections are subscribed to a campaign. */
async function subscriptions(id: string): Promise<number> {
  const [, count] = (await redis.pubsub('NUMSUB', `${app.config.redisPrefix}:stats:${id}`)) as [
    string,
    number,
  ];
  return count;
}

/** Expects the last event to equal the query, and no other event to follow. */
async function expectLastIsNow({ events }: Watch, id: string): Promise<void> {
  const now = await stats(app, id);
  await waitFor(() => (events.at(-1)?.version ?? 0) >= now.version, {
    what: 'the event of the last version',
    timeoutMs: 6000,
  });
  expect(events.at(-1)).toMatchObject(now);
}

test('a snapshot first, then rising versions, at most four a second, the last one equal to the query', async () => {
  const id = await createCampaign(app, { customRecipients: people(300) });
  const socket = await app.socket();
  const one = watch(socket, id);
  await waitFor(() => one.events.length > 0, { what: 'the snapshot' });
  expect(one.events[0]).toMatchObject({ status: 'DRAFT', queuedCount: 300, sentCount: 0 });
  const began = performance.now();
  await sendCampaign(app, id);
  await reached(app, id);
  await webhooksDelivered(app);
  await expectLastIsNow(one, id);
  const versions = one.events.map((event) => event.version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  // sending and its statuses took two seconds, with many more changes than events
  const later = one.events.slice(1);
  // measured from before the first event was sent until after the last arrived, so that delays cannot shorten it
  const seconds = ((later.at(-1)?.at ?? 0) - began) / 1000;
  expect(seconds).toBeGreaterThan(1);
  expect(later.length).toBeLessThanOrEqual(Math.ceil(seconds * 4) + 1);
  expect(one.events.at(-1)?.version).toBeGreaterThan(later.length * 2);
  for (const { queuedCount, unconfirmedCount, sentCount, failedCount, skippedCount } of one.events)
    expect(queuedCount + unconfirmedCount + sentCount + failedCount + skippedCount).toBe(300);
  await socket.dispose();
});

test('fifty subscribers share one Redis subscription, which ends with the last of them', async () => {
  const id = await createCampaign(app, { customRecipients: people(20, 1000) });
  const socket = await app.socket();
  const watches = Array.from({ length: 50 }, () => watch(socket, id));
  await waitFor(() => watches.every(({ events }) => events.length > 0), { what: 'fifty snapshots' });
  expect(await subscriptions(id)).toBe(1);
  await sendCampaign(app, id);
  await reached(app, id);
  await webhooksDelivered(app);
  await Promise.all(watches.map((each) => expectLastIsNow(each, id)));
  watches.slice(1).forEach(({ stop }) => stop());
  expect(await subscriptions(id)).toBe(1);
  watches[0]?.stop();
  await waitFor(async () => (await subscriptions(id)) === 0, { what: 'the Redis subscription has ended' });
  // a new subscriber starts it again
  const again = watch(socket, id);
  await waitFor(() => again.events.length > 0, { what: 'a new snapshot' });
  await socket.dispose();
  await waitFor(async () => (await subscriptions(id)) === 0, {
    what: 'the Redis subscription has ended with the socket',
  });
});

test('lost deltas are corrected from the row within seconds, with and without later deltas', async () => {
  const id = await createCampaign(app, { customRecipients: people(10, 2000) });
  const socket = await app.socket();
  const one = watch(socket, id);
  await waitFor(() => one.events.length > 0, { what: 'the snapshot' });
  const change = (name: string) =>
    app.database.query(
      `UPDATE campaigns SET campaign_name = $2, clicked_count = clicked_count + 1, version = version + 1 WHERE id = $1`,
      [id, name],
    );
  // a change that is not published, with no delta after it
  await change('lost in silence');
  await waitFor(() => one.events.at(-1)?.clickedCount === 1, { what: 'the lost change', timeoutMs: 6000 });

  // a lost delta with later ones: version v+1 is never published, v+2 and later are published every few milliseconds
  await change('lost in a stream');
  const { version } = await stats(app, id);
  let next = version;
  const stream = setInterval(() => {
    next++;
    void redis.publish(
      `${app.config.redisPrefix}:stats:${id}`,
      JSON.stringify({
        campaignId: id,
        version: next,
        at: new Date().toISOString(),
        deltas: { converted: 1 },
      }),
    );
  }, 20);
  try {
    await waitFor(() => (one.events.at(-1)?.clickedCount ?? 0) === 2, {
      what: 'the gap is closed',
      timeoutMs: 2000,
    });
  } finally {
    clearInterval(stream);
  }
  await socket.dispose();
});

test('deltas out of order are applied in order; repeated deltas count once', async () => {
  const id = await createCampaign(app, { customRecipients: people(10, 3000) });
  const socket = await app.socket();
  const one = watch(socket, id);
  await waitFor(() => one.events.length > 0, { what: 'the snapshot' });
  const { version } = await stats(app, id);
  const publish = (by: number) =>
    redis.publish(
      `${app.config.redisPrefix}:stats:${id}`,
      JSON.stringify({
        campaignId: id,
        version: version + by,
        at: new Date().toISOString(),
        deltas: { clicked: 10 ** (by - 1) },
      }),
    );
  await app.database.query(`UPDATE campaigns SET version = version + 3, clicked_count = 111 WHERE id = $1`, [
    id,
  ]);
  for (const by of [3, 3, 1, 1, 2, 2, 1, 3]) await publish(by);
  await waitFor(() => one.events.at(-1)?.version === version + 3, { what: 'all three deltas are applied' });
  expect(one.events.at(-1)?.clickedCount).toBe(111);
  await socket.dispose();
});

test('a socket that is not read does not delay other subscribers', async () => {
  const id = await createCampaign(app, { customRecipients: people(200, 4000) });
  const stalled = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await new Promise((resolve) => stalled.once('open', resolve));
  stalled.send(
    JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${await app.token()}` } }),
  );
  await new Promise((resolve) => stalled.once('message', resolve));
  for (let i = 0; i < 40; i++)
    stalled.send(
      JSON.stringify({ id: `s${i}`, type: 'subscribe', payload: { query: subscription, variables: { id } } }),
    );
  stalled.pause();

  const socket = await app.socket();
  const healthy = watch(socket, id);
  await waitFor(() => healthy.events.length > 0, { what: 'the snapshot' });
  await sendCampaign(app, id);
  await reached(app, id);
  await webhooksDelivered(app);
  await expectLastIsNow(healthy, id);
  expect(healthy.events.length).toBeGreaterThan(4);

  // when it is read again, it gets the latest figures, not all that it missed
  const versions: number[] = [];
  stalled.on('message', (data: Buffer) => {
    const { id: operation, payload } = JSON.parse(data.toString()) as {
      id?: string;
      payload?: { data?: { campaignStats: Stats } };
    };
    if (operation === 's0' && payload?.data) versions.push(payload.data.campaignStats.version);
  });
  stalled.resume();
  const { version } = await stats(app, id);
  await waitFor(() => versions.at(-1) === version, { what: 'the latest event on the stalled socket' });
  stalled.terminate();
  await socket.dispose();
});

test('a campaign of another business cannot be subscribed to', async () => {
  const id = await createCampaign(app, { customRecipients: people(1, 5000) });
  const socket = await app.socket(await app.token({ businessIds: ['00000000-0000-4000-8000-000000000000'] }));
  const stream = socket.iterate({ query: subscription, variables: { id } });
  const first = await stream.next();
  expect((first.value as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code).toBe(
    'NOT_FOUND',
  );
  await socket.dispose();
  expect(await subscriptions(id)).toBe(0);
});
