// Statuses that come in by webhook: posted to the api by a process of its own, and the same bodies to a server that only
// verifies and parses, by turns; the same rows by UPDATE … FROM unnest; and while messages are being sent.
import { setTimeout as delay } from 'node:timers/promises';
import { completed, openBusiness, release } from '../campaigns.mjs';
import { atLeast, atMost, median, round, table, tableOfBounds } from '../report.mjs';
import { child, startRig, usageOf, workerFlags } from '../rig.mjs';
import { emptyLedger, prepareSimulator, throughput } from '../simulator.mjs';
import { addSent, bareUpdates, expectDelivered, hotShare, sendRest } from './rows.mjs';

/** Statuses of a round, with 100 in a request; with one in a request a fifth of them. */
const statuses = Number(process.env.BENCH_STATUSES ?? 50_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const numbers = 10;
const kinds = [
  { perRequest: 1, count: statuses / 5, connections: 512, wanted: 3000 },
  { perRequest: 100, count: statuses, connections: 64, wanted: 30_000 },
];
const setOf = 1000;
/** V8 compiles everything in this time, and PostgreSQL's statements are prepared. */
const warmUp = 10_000;
/** With sending: statuses of each kind of request, for this many seconds. */
const seconds = 5;
const sendPerSecond = 1000;

export async function webhooks() {
  console.log(
    `webhooks: ${round(statuses)} statuses of ${numbers} campaigns in requests of 100, ${round(statuses / 5)} in requests of one; ${rounds} rounds\n`,
  );
  const rig = await startRig();
  try {
    const bench = await prepare(rig);
    const measured = kinds.map(() => ({ bare: [], ours: [] }));
    const updates = [];
    for (let i = 0; i < rounds; i++) {
      for (const [k, kind] of kinds.entries()) {
        const { bare, ours } = await bench.oneByOne(kind);
        measured[k].bare.push(bare);
        measured[k].ours.push(ours);
      }
      updates.push(await bench.update());
    }
    const sending = [];
    for (const kind of kinds) sending.push(await bench.whileSending(kind));
    await bench.check();
    return report(measured, updates, sending, await bench.hot());
  } finally {
    await rig.stop();
  }
}

async function prepare(rig) {
  await prepareSimulator(rig);
  const { env, database } = rig;
  const used = { perCampaign: 0 };
  const ofPhase = (count) => count / numbers;
  const whole =
    2 * warmUp +
    rounds * (kinds.reduce((sum, { count }) => sum + count, 0) + statuses) +
    kinds.reduce((sum, { wanted }) => sum + wanted * seconds, 0);
  const sent = ofPhase(whole);
  // half of the campaigns are still being sent later on
  const tail = (sendPerSecond * (seconds + 3) * kinds.length) / (numbers / 2);
  const business = await openBusiness(rig, {
    contacts: tail * numbers,
    numbers,
    messagesPerSecond: sendPerSecond / (numbers / 2),
  });
  const ids = await business.addCampaigns();
  await addSent(database, ids, sent);
  await sendRest(database, ids.slice(0, numbers / 2));
  const campaigns = ids.map((id, i) => ({ id, phoneNumberId: String(1_000_000 + i) }));
  const load = await child(import.meta.resolve('./load.mjs'), [], {});
  const bareServer = await child(import.meta.resolve('./bare.mjs'), [], env);
  const api = await startApi(rig);
  rig.atEnd(() => Promise.all([load.stop(), bareServer.stop()]));
  let delivered = 0;

  /** Statuses of recipients who had none yet. */
  const make = async ({ perRequest, count }) => {
    const from = used.perCampaign + 1;
    used.perCampaign += ofPhase(count);
    await load.ask({ make: { campaigns, from, count, perRequest, secret: env.WHATSAPP_APP_SECRET } });
  };
  const run = async (to, { connections, count }, perSecond) => {
    const cpu = () => ({ server: usageOf(to.pid).cpuSeconds, postgres: rig.postgresCpuSeconds() });
    const before = cpu();
    const url = `http://127.0.0.1:${to.ready.port}`;
    const measured = await load.ask({ run: { url, connections, perSecond } });
    const after = cpu();
    const micros = (used) => (used / count) * 1e6;
    return {
      ...measured,
      perSecond: count / measured.seconds,
      cpu: {
        server: micros(after.server - before.server),
        postgres: micros(after.postgres - before.postgres),
        load: micros(measured.cpuSeconds),
      },
    };
  };
  const toApi = async (kind, perSecond) => {
    const measured = await run(api, kind, perSecond);
    delivered += kind.count;
    return measured;
  };
  const oneByOne = async (kind) => {
    await make(kind);
    return { bare: await run(bareServer, kind), ours: await toApi(kind) };
  };
  const bench = {
    oneByOne,
    async update() {
      const from = used.perCampaign + 1;
      used.perCampaign += ofPhase(statuses);
      const before = rig.postgresCpuSeconds();
      const { seconds } = await bareUpdates(database, campaigns, { from, count: statuses, setOf });
      const cpu = ((rig.postgresCpuSeconds() - before) / statuses) * 1e6;
      await database.query(
        'UPDATE campaigns SET delivered_count = delivered_count + $2 WHERE id = ANY ($1::uuid[])',
        [ids, ofPhase(statuses)],
      );
      delivered += statuses;
      return { perSecond: statuses / seconds, cpu };
    },
    async whileSending({ perRequest, connections, wanted }) {
      const kind = { perRequest, connections, count: wanted * seconds };
      await make(kind);
      await emptyLedger(rig);
      const worker = await child(import.meta.resolve('../dispatch/worker.mjs'), [], env, workerFlags);
      await release(database, ids.slice(numbers / 2));
      await atWork(rig);
      const measured = await toApi(kind, wanted / perRequest);
      await database.query(
        `UPDATE campaigns SET status = 'PAUSED' WHERE id = ANY ($1) AND status = 'ACTIVE'`,
        [ids],
      );
      await worker.stop();
      const { accepted } = await rig.steer('GET', 'summary');
      return { ...measured, perRequest, sent: (await throughput(rig, accepted)).middle };
    },
    check: async () => {
      await release(database, ids.slice(numbers / 2));
      const worker = await child(import.meta.resolve('../dispatch/worker.mjs'), [], env, workerFlags);
      await completed(database, ids);
      await worker.stop();
      await expectDelivered(database, ids, delivered);
    },
    hot: () => hotShare(database),
  };
  for (const { perRequest, connections } of kinds) await oneByOne({ perRequest, connections, count: warmUp });
  return bench;
}

async function startApi({ env, atEnd }) {
  // BENCH_PROFILE=<folder> writes a CPU profile of the api there
  const profile = process.env.BENCH_PROFILE
    ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
    : [];
  const api = await child(import.meta.resolve('../../dist/main.js'), ['api'], { ...env, PORT: '0' }, profile);
  atEnd(() => api.stop());
  // it listens before PostgreSQL is connected
  while (!(await fetch(`http://127.0.0.1:${api.ready.port}/readyz`)).ok) await delay(50);
  return api;
}

/** Resolves when messages are being sent. */
async function atWork(rig) {
  while ((await rig.steer('GET', 'summary')).accepted < sendPerSecond) await delay(50);
}

function report(measured, updates, sending, { updates: updated, hot }) {
  const of = (list, what) => median(list.map(what));
  const perSecond = (list) => of(list, (one) => one.perSecond);
  const ratios = measured.map(({ bare, ours }) =>
    median(ours.map((one, i) => one.perSecond / bare[i].perSecond)),
  );
  const name = ({ perRequest }) => `${perRequest} in a request`;
  table([
    ['statuses/s, medians', 'bare server', 'Dakiya', 'ratio', 'p50 ms', 'p99 ms'],
    ...measured.map(({ bare, ours }, k) => [
      name(kinds[k]),
      round(perSecond(bare)),
      round(perSecond(ours)),
      ratios[k].toFixed(2),
      of(ours, ({ p50 }) => p50).toFixed(1),
      of(ours, ({ p99 }) => p99).toFixed(1),
    ]),
  ]);
  const hundred = measured[1].ours;
  const ofUpdates = median(hundred.map((one, i) => one.perSecond / updates[i].perSecond));
  const micros = (list, which) => of(list, ({ cpu }) => cpu[which]).toFixed(1);
  table([
    ['µs of CPU a status, medians', 'bare server', 'Dakiya', 'PostgreSQL', 'load'],
    ...measured.map(({ bare, ours }, k) => [
      name(kinds[k]),
      micros(bare, 'server'),
      micros(ours, 'server'),
      micros(ours, 'postgres'),
      micros(ours, 'load'),
    ]),
    ['UPDATE … FROM unnest', '', '', of(updates, ({ cpu }) => cpu).toFixed(1), ''],
  ]);
  console.log(
    `  UPDATE … FROM unnest, sets of ${round(setOf)}: ${round(perSecond(updates))} rows/s; 100 in a request / it: ${ofUpdates.toFixed(2)}\n  ${((hot / updated) * 100).toFixed(1)} % of all updates of recipients touched no index\n`,
  );
  table([
    [`while messages are sent`, 'statuses/s', 'p50 ms', 'p99 ms', 'longest', 'messages/s'],
    ...sending.map((one) => [
      name(one),
      round(one.perSecond),
      one.p50.toFixed(1),
      one.p99.toFixed(1),
      one.most.toFixed(0),
      round(one.sent),
    ]),
  ]);
  const bounds = [
    atLeast('1 in a request / bare server', ratios[0], 0.4),
    atLeast('100 in a request / bare server', ratios[1], 0.5),
    ...sending.flatMap((one, k) => [
      // posted at exactly this rate: the last answers come a little later
      atLeast(`while sending, ${name(one)}, statuses/s`, Math.round(one.perSecond), kinds[k].wanted * 0.98),
      atMost(`while sending, ${name(one)}, p99 ms`, one.p99, 250),
    ]),
  ];
  tableOfBounds(bounds);
  return { measured, updates, ofUpdates, sending, hot: hot / updated, bounds };
}
