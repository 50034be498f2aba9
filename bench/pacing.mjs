// The rate limit of one WhatsApp number, shared by two worker processes, measured at WhatsApp. The simulator enforces no
// limit: messages above it are counted, not refused.
import { completed, hold, openBusiness, release } from './campaigns.mjs';
import { child, startRig, workerFlags } from './rig.mjs';
import { atLeast, atMost, round, table, tableOfBounds } from './report.mjs';
import { acceptedTimes, emptyLedger, expectLedger, prepareSimulator } from './simulator.mjs';

const seconds = Number(process.env.BENCH_SECONDS ?? 60);
const limit = 80;
const recipients = seconds * limit;

export async function pacing() {
  console.log(`pacing: ${round(recipients)} recipients, one number at ${limit} a second, two workers\n`);
  const rig = await startRig();
  try {
    await prepareSimulator(rig);
    const business = await openBusiness(rig, { contacts: recipients, numbers: 1, messagesPerSecond: limit });
    const campaigns = await business.addCampaigns();
    await hold(rig.database, campaigns);
    const start = () => child(import.meta.resolve('./dispatch/worker.mjs'), [], rig.env, workerFlags);
    const workers = await Promise.all([start(), start()]);
    await emptyLedger(rig);
    await release(rig.database, campaigns);
    await completed(rig.database, campaigns);
    const shares = [];
    for (const worker of workers) {
      shares.push((await worker.ask('report')).posted);
      await worker.stop();
    }
    await expectLedger(rig, recipients);
    return report(await acceptedTimes(rig), shares);
  } finally {
    await rig.stop();
  }
}

function report(times, shares) {
  const busiest = busiestSecond(times);
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  const longestGapMs = Math.max(...gaps);
  const sendingSeconds = (times.at(-1) - times[0]) / 1000;
  // n messages are n - 1 intervals apart from the first to the last
  const percent = ((times.length - 1) / sendingSeconds / limit) * 100;
  const bounds = [
    atMost('most in any second [t, t + 1 s)', busiest.count, limit),
    atLeast('percent of the limit', percent, 95),
  ];
  table([
    ['', ''],
    ['messages', round(times.length)],
    ['of each worker', shares.map(round).join(' + ')],
    ['seconds from first to last', sendingSeconds.toFixed(2)],
    ['percent of the limit', percent.toFixed(2)],
    ['most in any second', busiest.count],
    ['which begins at second', busiest.atSecond.toFixed(2)],
    ['longest gap, ms', longestGapMs.toFixed(1)],
  ]);
  tableOfBounds(bounds);
  return { messages: times.length, shares, sendingSeconds, percent, busiest, longestGapMs, bounds };
}

/** The most messages in any window [t, t + 1 s). Only windows that begin at a message need to be counted. */
function busiestSecond(times) {
  let busiest = { count: 0, atSecond: 0 };
  let end = 0;
  for (const [i, from] of times.entries()) {
    while (end < times.length && times[end] < from + 1000) end++;
    if (end - i > busiest.count) busiest = { count: end - i, atSecond: (from - times[0]) / 1000 };
  }
  return busiest;
}
