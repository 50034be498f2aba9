// The complete send path (claim, render, post, settle, publish) of one worker, compared with two others that send the same
// messages to the same simulator with the same HTTP client in the same run: bare POSTs, and a baseline of one job, one row
// update, one counter update and one publish a message.
import { completed, hold, openBusiness, release } from '../campaigns.mjs';
import { child, startRig, workerFlags } from '../rig.mjs';
import { atLeast, atMost, round, table, tableOfBounds } from '../report.mjs';
import {
  bareConnections,
  barePosts,
  emptyLedger,
  expectLedger,
  prepareSimulator,
  throughput,
} from '../simulator.mjs';
import { runBaseline } from './baseline-run.mjs';

const recipients = Number(process.env.BENCH_RECIPIENTS ?? 200_000);
/** Sent before the measurement, by the product and the bare poster: V8 needs about a second to compile everything. */
const warmUp = 10_000;
/** The baseline sends only a fraction of the messages, since it is slow. */
const ofBaseline = Math.min(recipients, 25_000);
/**
 * WhatsApp does not answer at once; Meta publishes no figure for it, but asks webhooks for a median of 250 ms. With
 * immediate answers ten jobs at a time are as good as a thousand, so the two designs are also compared with answers
 * after this.
 */
const answerMs = 20;
/**
 * A number sends at most 1,000 messages a second, so many share the load, otherwise the benchmark would measure the
 * rate limit. Each has one campaign.
 */
const numbers = 20;

export async function dispatch() {
  console.log(
    `dispatch: ${round(recipients)} recipients, ${numbers} numbers, one worker; bare POSTs on ${bareConnections} connections\n`,
  );
  const rig = await startRig();
  try {
    await prepareSimulator(rig);
    const before = await bare(rig);
    const business = await openBusiness(rig, { contacts: recipients, numbers });
    const warm = await openBusiness(rig, { contacts: warmUp, numbers });
    const campaigns = await business.addCampaigns();
    const whole = await wholePath(rig, await warm.addCampaigns(), campaigns);
    const baseline = await runBaseline(rig, campaigns, Math.ceil(ofBaseline / numbers));
    const after = await bare(rig);
    await rig.steer('PUT', 'behaviour', { latencyMs: { min: answerMs, max: answerMs } });
    const late = {
      whole: await wholePath(rig, await warm.addCampaigns(), await business.addCampaigns()),
      baseline: await runBaseline(rig, campaigns, Math.ceil(2000 / numbers)),
    };
    const bounds = [
      atLeast('whole path / bare POSTs', whole.perSecond / ((before.perSecond + after.perSecond) / 2), 0.45),
      atLeast(
        `whole path / baseline, answers after ${answerMs} ms`,
        late.whole.perSecond / late.baseline.perSecond,
        15,
      ),
      atMost(
        'CPU a message: worker and PostgreSQL / bare client',
        (((whole.cpuSeconds + whole.postgresCpuSeconds) / whole.messages) * 1e6) /
          ((before.cpuMicroseconds + after.cpuMicroseconds) / 2),
        3,
      ),
    ];
    report({ before, after, whole, baseline, late, bounds });
    return { before, after, whole, baseline, late, bounds };
  } finally {
    await rig.stop();
  }
}

async function bare(rig) {
  await emptyLedger(rig);
  return barePosts(rig, recipients, warmUp);
}

/** One worker sends the first campaigns as a warm-up and then the others, which are measured. */
async function wholePath(rig, first, campaigns) {
  await hold(rig.database, campaigns);
  // BENCH_PROFILE=<folder> writes a CPU profile of the worker there
  const profile = process.env.BENCH_PROFILE
    ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
    : [];
  const worker = await child(import.meta.resolve('./worker.mjs'), [], rig.env, [...workerFlags, ...profile]);
  await completed(rig.database, first);
  const warm = await worker.ask('report');
  const postgresBefore = rig.postgresCpuSeconds();
  await emptyLedger(rig);
  await release(rig.database, campaigns);
  await completed(rig.database, campaigns);
  const { stages, cpuSeconds, rssMb } = await worker.ask('report');
  const postgresCpuSeconds = rig.postgresCpuSeconds() - postgresBefore;
  await worker.stop();
  await expectLedger(rig, recipients);
  const { whole: perSecond, middle } = await throughput(rig, recipients);
  return {
    messages: recipients,
    perSecond,
    middle,
    stages: Object.fromEntries(
      Object.entries(stages).map(([stage, seconds]) => [stage, seconds - (warm.stages[stage] ?? 0)]),
    ),
    cpuSeconds: cpuSeconds - warm.cpuSeconds,
    postgresCpuSeconds,
    rssMb,
  };
}

function report({ before, after, whole, baseline, late, bounds }) {
  table([
    ['', 'messages/s'],
    ['bare POSTs, before', round(before.perSecond)],
    ['whole path', round(whole.perSecond)],
    ['  its middle 80 %', round(whole.middle)],
    [
      `baseline, ${round(baseline.messages)} messages, ${baseline.concurrency} at once`,
      round(baseline.perSecond),
    ],
    ['bare POSTs, after', round(after.perSecond)],
    [`whole path, answers after ${answerMs} ms`, round(late.whole.perSecond)],
    [`baseline, answers after ${answerMs} ms`, round(late.baseline.perSecond)],
  ]);
  tableOfBounds(bounds);
  const [times, most] = [whole.perSecond, (before.perSecond + after.perSecond) / 2].map(
    (one) => one / baseline.perSecond,
  );
  console.log(
    `  answers at once: whole path / baseline ${times.toFixed(1)}; bare POSTs / baseline ${most.toFixed(1)}, more than which no product can reach\n`,
  );
  const total = Object.values(whole.stages).reduce((sum, seconds) => sum + seconds, 0);
  table([
    ['stage', 'share of batch time'],
    ...Object.entries(whole.stages)
      .sort(([, a], [, b]) => b - a)
      .map(([stage, seconds]) => [stage, `${((seconds / total) * 100).toFixed(1)} %`]),
  ]);
  const { cpuSeconds, postgresCpuSeconds, messages, perSecond, rssMb } = whole;
  const bare = (before.cpuMicroseconds + after.cpuMicroseconds) / 2;
  console.log(
    `  worker: ${((cpuSeconds / messages) * 1e6).toFixed(0)} µs of CPU a message, ${Math.round(rssMb)} MB; ${(messages / perSecond).toFixed(1)} s in all\n  PostgreSQL: ${((postgresCpuSeconds / messages) * 1e6).toFixed(0)} µs of CPU a message\n  bare client: ${bare.toFixed(0)} µs of CPU a message\n`,
  );
}
