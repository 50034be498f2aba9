// Measures the live figures of one api process: 2,000 sockets watch 20 campaigns, 50 of them stop reading, and 1,000 messages a second
// are sent and their statuses come in at the same process. Three phases in one run: the sending alone, the sending with
// watchers, and a bare broadcast of as many frames of the same size. BENCH_WATCHERS=10000 for the aim.
import { createHmac } from 'node:crypto';
import Redis from 'ioredis';
import { openBusiness } from '../campaigns.mjs';
import { child, product, startRig, usageOf, workerFlags } from '../rig.mjs';
import { atMost, quantile, round, table, tableOfBounds } from '../report.mjs';

const { signToken } = product('../dist/accounts/token.js');
const { loadConfig } = product('../dist/config.js');

const watchers = Number(process.env.BENCH_WATCHERS ?? 2000);
const stalled = Math.round(watchers / 40);
const seconds = Number(process.env.BENCH_SECONDS ?? 20);
const numbers = 20;
const perSecond = 1000;
const port = 18_471;
const url = `http://127.0.0.1:${port}`;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function live() {
  console.log(
    `live: ${round(watchers)} watchers of ${numbers} campaigns, ${stalled} stalled; ${round(perSecond)} messages a second and their statuses\n`,
  );
  const rig = await startRig({ publicUrl: url });
  try {
    rig.env.PORT = String(port);
    await rig.steer('PUT', 'behaviour', {
      messagesPerSecond: 0,
      pairLimit: false,
      failures: {},
      clickShare: 0,
      previewShare: 0,
      latencyMs: { min: 20, max: 20 },
      sentDelayMs: { min: 50, max: 500 },
      deliveredDelayMs: { min: 200, max: 2000 },
      readDelayMs: { min: 500, max: 3000 },
    });
    // the phases, opening the sockets, and what is left when the last phase has ended
    const contacts = perSecond * (2 * seconds + 40 + watchers / 100);
    const business = await openBusiness(rig, {
      contacts,
      numbers,
      messagesPerSecond: perSecond / numbers,
    });
    const api = await start(rig, 'api');
    const campaigns = await business.addCampaigns();
    const commits = await watchCommits(rig, campaigns);
    const prober = probe(rig, campaigns[0]);
    const worker = await start(rig, 'worker');
    await wait(4000);

    const alone = await phase(api, prober);
    const { watching, frames, kept } = await watched(rig, api, prober, campaigns);
    const latencies = latenciesOf(frames, campaigns, commits);
    const bare = await bareBroadcast(frames, campaigns);
    const rest = await settled(rig, campaigns);
    await worker.stop();
    return report({ alone, watching, frames, kept, latencies, bare, rest });
  } finally {
    await rig.stop();
  }
}

/** BENCH_PROFILE is a folder for CPU profiles. */
const profile = process.env.BENCH_PROFILE;
const flags = [...workerFlags, ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [])];

async function start(rig, role) {
  const started = await child(import.meta.resolve('../../dist/main.js'), [role], rig.env, flags);
  rig.atEnd(started.stop);
  return started;
}

/** Measures the api for some seconds. */
async function phase(api, prober) {
  const before = usageOf(api.pid);
  prober.begin();
  await wait(seconds * 1000);
  const after = usageOf(api.pid);
  return {
    cpu: (after.cpuSeconds - before.cpuSeconds) / seconds,
    megabytes: after.megabytes,
    answers: prober.end(),
  };
}

async function watched(rig, api, prober, campaigns) {
  const secret = loadConfig(rig.env, 'api').jwt;
  const tokens = await Promise.all(
    // at most 50 sockets a person
    Array.from({ length: Math.ceil(watchers / 50) }, (_, i) =>
      signToken(secret, { subject: `w${i}`, role: 'OPERATOR', businessIds: [], ttlSeconds: 3600 }),
    ),
  );
  const options = {
    url: `ws://127.0.0.1:${port}/graphql`,
    tokens,
    campaigns,
    subscribers: watchers,
    stalled,
  };
  const watching = await child(import.meta.resolve('./watchers.mjs'), [JSON.stringify(options)], {});
  await wait(1000);
  await watching.ask('begin');
  const measured = await phase(api, prober);
  const frames = await watching.ask('end');
  // what they have at last is compared with the rows
  const kept = async () => watching.ask('latest');
  rig.atEnd(watching.stop);
  return { watching: measured, frames, kept };
}

async function bareBroadcast(frames, campaigns) {
  const count = frames.at.length;
  const frameBytes = Math.round(frames.bytes / count);
  const everyMs = Math.round((seconds * 1000 * (watchers - stalled)) / count);
  const options = { frameBytes, everyMs, campaigns };
  const server = await child(import.meta.resolve('./bare.mjs'), [JSON.stringify(options)], {});
  const clients = {
    url: `ws://127.0.0.1:${server.ready.port}`,
    campaigns,
    subscribers: watchers,
    stalled: 0,
  };
  const watching = await child(
    import.meta.resolve('./watchers.mjs'),
    [JSON.stringify({ ...clients, bare: true })],
    {},
  );
  await server.ask('begin');
  await wait(seconds * 500);
  const { cpuSeconds, sent } = await server.ask('report');
  await watching.stop();
  await server.stop();
  return { sent, frameBytes, microseconds: (cpuSeconds / sent) * 1e6 };
}

/** When each version of each campaign was committed: its delta is published at once. */
async function watchCommits({ env, atEnd }, campaigns) {
  const redis = new Redis(env.REDIS_URL);
  atEnd(() => redis.disconnect());
  const commits = new Map(campaigns.map((id) => [id, []]));
  const prefix = loadConfig(env, 'api').redisPrefix;
  await redis.subscribe(...campaigns.map((id) => `${prefix}:stats:${id}`));
  redis.on('message', (_channel, text) => {
    const { campaignId, version } = JSON.parse(text);
    commits.get(campaignId)[version] = Date.now();
  });
  return commits;
}

/**
 * From the commit of a change to the watcher, in milliseconds, sorted: for each frame that of the oldest change in it, which
 * has waited longest.
 */
function latenciesOf(frames, campaigns, commits) {
  const seen = new Map();
  const latencies = [];
  for (let i = 0; i < frames.at.length; i++) {
    const socket = frames.socket[i];
    const before = seen.get(socket);
    seen.set(socket, frames.version[i]);
    if (before === undefined) continue;
    const committed = commits.get(campaigns[socket % campaigns.length]);
    const oldest = committed[before + 1];
    if (oldest !== undefined) latencies.push(frames.at[i] - oldest);
  }
  return latencies.sort((a, b) => a - b);
}

/** Posts a status of a message again, 50 times a second, and measures how long the answer takes. */
function probe({ env }, campaignId) {
  let times = [];
  let measuring = false;
  const post = async () => {
    const value = {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '912240000', phone_number_id: '1000000' },
      statuses: [
        {
          id: 'wamid.probe',
          status: 'sent',
          timestamp: String(Math.floor(Date.now() / 1000)),
          recipient_id: '919800000000',
          biz_opaque_callback_data: `${campaignId}:1:1`,
        },
      ],
    };
    const entry = [{ id: '55501', changes: [{ field: 'messages', value }] }];
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
    const signature = createHmac('sha256', env.WHATSAPP_APP_SECRET).update(body).digest('hex');
    const from = performance.now();
    const response = await fetch(`${url}/webhooks/whatsapp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
      body,
    });
    await response.arrayBuffer();
    if (response.status === 200 && measuring) times.push(performance.now() - from);
  };
  setInterval(() => void post().catch(() => undefined), 20).unref();
  return {
    begin: () => {
      times = [];
      measuring = true;
    },
    end: () => {
      measuring = false;
      return times.sort((a, b) => a - b);
    },
  };
}

/** How long the statuses take that are still on their way when no more messages are sent; and the sums at the end. */
async function settled(rig, campaigns) {
  await rig.database.query(
    `WITH ordered AS (SELECT id FROM campaigns WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE)
     UPDATE campaigns c SET status = 'PAUSED' FROM ordered WHERE c.id = ordered.id`,
    [campaigns],
  );
  const from = performance.now();
  await wait(4000);
  for (;;) {
    const { pendingWebhooks, pendingEvents } = await rig.steer('GET', 'summary');
    if (pendingWebhooks + pendingEvents === 0) break;
    await wait(200);
  }
  const secondsAfter = (performance.now() - from) / 1000;
  await wait(2000);
  const versions = await rig.database.query(`SELECT id, version FROM campaigns WHERE id = ANY ($1)`, [
    campaigns,
  ]);
  const [{ wrong }] = await rig.database.query(
    `SELECT count(*)::int AS wrong FROM campaigns c WHERE id = ANY ($1) AND ROW (sent_count::bigint, delivered_count::bigint, read_count::bigint)
       IS DISTINCT FROM (SELECT ROW (count(*) FILTER (WHERE status IN ('SENT', 'DELIVERED', 'READ')), count(*) FILTER (WHERE status IN ('DELIVERED', 'READ')),
         count(*) FILTER (WHERE status = 'READ')) FROM campaign_recipients r WHERE r.campaign_id = c.id)`,
    [campaigns],
  );
  const versionOf = new Map(versions.map(({ id, version }) => [id, version]));
  return { secondsAfter, wrong, versions: campaigns.map((id) => versionOf.get(id)) };
}

async function report({ alone, watching, frames, kept, latencies, bare, rest }) {
  const count = frames.at.length;
  const microseconds = (((watching.cpu - alone.cpu) * seconds) / count) * 1e6;
  const behind = (await kept()).filter(
    ([i, version]) => i >= stalled && version !== rest.versions[i % numbers],
  ).length;
  table([
    ['', 'alone', 'watched'],
    ['CPU of the api, of one core', alone.cpu.toFixed(2), watching.cpu.toFixed(2)],
    ['memory of the api, MB', round(alone.megabytes), round(watching.megabytes)],
    [
      'webhook answered, p50 ms',
      quantile(alone.answers, 0.5).toFixed(1),
      quantile(watching.answers, 0.5).toFixed(1),
    ],
    [
      'webhook answered, p99 ms',
      quantile(alone.answers, 0.99).toFixed(1),
      quantile(watching.answers, 0.99).toFixed(1),
    ],
  ]);
  table([
    ['', ''],
    ['frames a second', round(count / seconds)],
    ['bytes a frame', bare.frameBytes],
    ['commit to client, p50 ms', quantile(latencies, 0.5)],
    ['commit to client, p99 ms', quantile(latencies, 0.99)],
    ['CPU a frame, µs', microseconds.toFixed(1)],
    ['CPU a frame of the bare broadcast, µs', bare.microseconds.toFixed(1)],
    ['sockets that the api closed', frames.closed],
    ['older figures after newer ones', frames.backward],
    ['seconds from the last message to the last status', rest.secondsAfter.toFixed(1)],
    ['watchers without the last figures', behind],
    ['campaigns whose counters differ from their rows', rest.wrong],
  ]);
  const bounds = [
    atMost('commit to client, p99 ms', quantile(latencies, 0.99), 500),
    atMost('CPU a frame, of the bare broadcast', microseconds / bare.microseconds, 2),
    atMost('webhook answered beside watchers, p99 ms', quantile(watching.answers, 0.99), 250),
  ];
  tableOfBounds(bounds);
  return { watchers, alone: alone.cpu, watching: watching.cpu, microseconds, bare, bounds };
}
