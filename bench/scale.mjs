// Compares a large campaign with small ones: the rate must be the same, and memory must not grow with recipients.
import { completed, hold, openBusiness, release } from './campaigns.mjs';
import { child, startRig, workerFlags } from './rig.mjs';
import { atLeast, atMost, median, round, table, tableOfBounds } from './report.mjs';
import {
  barePosts,
  emptyLedger,
  expectLedger,
  prepareSimulator,
  rateBetween,
  throughput,
} from './simulator.mjs';

/** The minimum for useful memory figures, with one sample a second. */
const large = Math.max(100_000, Number(process.env.BENCH_RECIPIENTS ?? 1_000_000));
const small = 10_000;
const numbers = 20;
/**
 * A small run lasts seconds, so several are made before and after the large one: the load of a machine changes over
 * time. The first run of a worker is the warm-up and is not counted.
 */
const smallRuns = 3;
const tenths = 10;
/**
 * Between two garbage collections resident memory varies by half, so smaller growth means nothing; a worker that kept
 * 200 bytes of each recipient would have doubled after a million.
 */
const flat = 1.5;
/** Messages of the bare poster, enough to see whether a large ledger slows the simulator down. */
const posts = 50_000;

export async function scale() {
  console.log(`scale: ${round(small)} against ${round(large)} recipients, ${numbers} numbers, one worker\n`);
  const rig = await startRig();
  try {
    await prepareSimulator(rig);
    const business = await openBusiness(rig, { contacts: small, numbers });
    const before = await runSmall(rig, business);
    const many = await runLarge(rig);
    // with the ledger of the large run, which the simulator keeps in memory
    const { perSecond: bareFull } = await barePosts(rig, posts);
    await emptyLedger(rig);
    const { perSecond: bareEmpty } = await barePosts(rig, posts);
    const after = await runSmall(rig, business);
    const rates = [...before.rates, ...after.rates];
    const medianOf = (which) => median(rates.map((rate) => rate[which]));
    const few = { rates, whole: medianOf('whole'), middle: medianOf('middle'), runs: [before, after] };
    return report({ few, many, bareEmpty, bareFull });
  } finally {
    await rig.stop();
  }
}

const startWorker = (rig) => child(import.meta.resolve('./dispatch/worker.mjs'), [], rig.env, workerFlags);

async function runSmall(rig, business) {
  const runs = [];
  for (let i = 0; i <= smallRuns; i++) {
    const campaigns = await business.addCampaigns();
    await hold(rig.database, campaigns);
    runs.push(campaigns);
  }
  const worker = await startWorker(rig);
  const rates = [];
  let warm;
  for (const campaigns of runs) {
    await emptyLedger(rig);
    await release(rig.database, campaigns);
    await completed(rig.database, campaigns);
    await expectLedger(rig, small);
    rates.push(await throughput(rig, small));
    warm ??= await worker.ask('report');
  }
  const { cpuSeconds, rssMb } = await worker.ask('report');
  await worker.stop();
  const cpuMicros = ((cpuSeconds - warm.cpuSeconds) / (smallRuns * small)) * 1e6;
  return { rates: rates.slice(1), cpuMicros, rssMb };
}

async function runLarge(rig) {
  const business = await openBusiness(rig, { contacts: large, numbers });
  const campaigns = await business.addCampaigns();
  await hold(rig.database, campaigns);
  await emptyLedger(rig);
  const worker = await startWorker(rig);
  await release(rig.database, campaigns);
  const samples = await sampledUntil(completed(rig.database, campaigns), async () => {
    const { accepted } = await rig.steer('GET', 'summary');
    const { rssMb, heapMb } = await worker.ask('report');
    return { sent: accepted, rssMb, heapMb };
  });
  const { cpuSeconds } = await worker.ask('report');
  await worker.stop();
  await expectLedger(rig, large);
  const rates = [];
  const place = (tenth) => Math.round(((large - 1) * tenth) / tenths);
  for (let i = 0; i < tenths; i++) rates.push(await rateBetween(rig, place(i), place(i + 1)));
  const cpuMicros = (cpuSeconds / large) * 1e6;
  return { ...(await throughput(rig, large)), tenths: rates, cpuMicros, ...memory(samples) };
}

/** One sample a second until the work is done. */
async function sampledUntil(done, sample) {
  let going = true;
  const end = done.finally(() => (going = false));
  const samples = [];
  while (going) {
    samples.push(await sample());
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, 1000))]);
  }
  await end;
  return samples;
}

/**
 * Resident memory varies with garbage collection, so its begin and end are medians over a tenth of the run; the lowest
 * heap use there is close to what is really retained. The slope is a least-squares fit over everything after
 * the first 5 %.
 */
function memory(samples) {
  const between = (from, to) => samples.filter(({ sent }) => sent >= from * large && sent <= to * large);
  const held = (some) => ({
    rssMb: median(some.map(({ rssMb }) => rssMb)),
    heapMb: Math.min(...some.map(({ heapMb }) => heapMb)),
  });
  const after = between(0.05, 1);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(after.map(({ sent }) => sent)), mean(after.map(({ rssMb }) => rssMb))];
  const slope =
    after.reduce((sum, { sent, rssMb }) => sum + (sent - x) * (rssMb - y), 0) /
    after.reduce((sum, { sent }) => sum + (sent - x) ** 2, 0);
  return {
    samples,
    early: held(between(0.05, 0.15)),
    late: held(between(0.9, 1)),
    rssSlopeMbPerMillion: slope * 1e6,
  };
}

function report({ few, many, bareEmpty, bareFull }) {
  const bounds = [
    atLeast('throughput, large / small', many.middle / few.middle, 0.9),
    atMost("worker's memory, end / after 5 %", many.late.rssMb / many.early.rssMb, flat),
  ];
  const ofRates = (which) => few.rates.map((rate) => rate[which]);
  const row = (name, of) => [name, round(of('whole')), round(of('middle'))];
  table([
    ['messages/s', 'first to last', 'middle 80 %'],
    row(`${round(small)} recipients, median of ${few.rates.length}`, (which) => few[which]),
    row('  lowest', (which) => Math.min(...ofRates(which))),
    row('  highest', (which) => Math.max(...ofRates(which))),
    row(`${round(large)} recipients`, (which) => many[which]),
  ]);
  table([
    ['messages/s', ''],
    ...many.tenths.map((rate, i) => [`${round(large)} recipients, tenth ${i + 1}`, round(rate)]),
    ['bare POSTs, empty ledger of the simulator', round(bareEmpty)],
    [`bare POSTs, ledger of ${round(large)}`, round(bareFull)],
  ]);
  table([
    ["worker's CPU a message", 'µs'],
    [`${round(small)} recipients, before and after`, few.runs.map((run) => round(run.cpuMicros)).join(', ')],
    [`${round(large)} recipients`, round(many.cpuMicros)],
  ]);
  table([
    ["worker's memory", 'MB'],
    [
      `resident, ${round(small)} recipients, before and after`,
      few.runs.map((run) => round(run.rssMb)).join(', '),
    ],
    [`resident, ${round(large)} recipients, 5 to 15 % of the way`, round(many.early.rssMb)],
    ['  the last tenth', round(many.late.rssMb)],
    ['  slope after 5 %, a million messages', round(many.rssSlopeMbPerMillion)],
    ['lowest used heap, 5 to 15 % of the way', round(many.early.heapMb)],
    ['  the last tenth', round(many.late.heapMb)],
  ]);
  tableOfBounds(bounds);
  return { small: few, large: many, bareEmpty, bareFull, bounds };
}
