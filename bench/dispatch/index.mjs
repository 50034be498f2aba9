// The whole path of sending (claim, render, post, settle, publish) by one worker, against bare keep-alive POSTs of the
// same messages to the same simulator, in the same run. Statuses are switched off on both sides: they are another path.
import { child, product, startRig, table } from '../rig.mjs';
import { addCampaigns } from './campaigns.mjs';

const recipients = Number(process.env.BENCH_RECIPIENTS ?? 20_000);
/** A number sends at most 1,000 a second, so several share the load; each has one campaign. */
const numbers = 10;
const connections = 200;

export async function dispatch() {
  console.log(
    `dispatch: ${recipients} recipients, ${numbers} numbers, one worker; bare POSTs on ${connections} connections`,
  );
  const rig = await startRig();
  try {
    await rig.steer('PUT', 'behaviour', {
      messagesPerSecond: 0,
      pairLimit: false,
      webhooks: { enabled: false },
      failures: {},
    });
    const before = await bare(rig);
    const campaigns = await addCampaigns(rig, recipients, numbers);
    await rig.steer('POST', 'reset', { keepBehaviour: true });
    // BENCH_PROFILE=<folder> keeps a CPU profile of the worker there
    const profile = process.env.BENCH_PROFILE
      ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
      : [];
    const worker = await child('dispatch/worker.mjs', [], rig.env, profile);
    await completed(rig, campaigns);
    const { stages, cpuSeconds, rssMb } = await worker.ask('report');
    await worker.stop();
    const sent = await throughput(rig);
    const after = await bare(rig);
    const limit = (before + after) / 2;
    return report({ sent, before, after, limit, ratio: sent.perSecond / limit, stages, cpuSeconds, rssMb });
  } finally {
    await rig.stop();
  }
}

async function bare(rig) {
  await rig.steer('POST', 'reset', { keepBehaviour: true });
  const poster = await child(
    'dispatch/bare.mjs',
    [rig.simulatorUrl, String(recipients), String(connections)],
    {},
  );
  await poster.stop();
  return poster.ready.perSecond;
}

async function completed(rig, campaigns) {
  const { rows } = product('../dist/infra/database');
  for (;;) {
    const [{ left }] = await rows(
      rig.database,
      `SELECT count(*)::int AS left FROM campaigns WHERE id = ANY ($1) AND status <> 'COMPLETED'`,
      [campaigns],
    );
    if (left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** From the first to the last message that the simulator took. */
async function throughput(rig) {
  const times = [];
  for (let after = ''; ;) {
    const page = await rig.steer(
      'GET',
      `messages?limit=10000&fields=acceptedAtMs,to${after ? `&after=${after}` : ''}`,
    );
    times.push(...page.messages.map((message) => message.acceptedAtMs));
    if (!page.next) break;
    after = page.next;
  }
  if (times.length !== recipients)
    throw new Error(`${times.length} messages accepted, expected ${recipients}`);
  const seconds = (Math.max(...times.slice(-1000)) - Math.min(...times.slice(0, 1000))) / 1000;
  return { messages: times.length, seconds, perSecond: times.length / seconds };
}

function report(result) {
  const { sent, before, after, limit, ratio, stages, cpuSeconds, rssMb } = result;
  const total = Object.values(stages).reduce((sum, seconds) => sum + seconds, 0);
  const round = (number) => Math.round(number).toLocaleString('en');
  table([
    ['', 'messages/s'],
    ['bare POSTs, before', round(before)],
    ['bare POSTs, after', round(after)],
    ['whole path', round(sent.perSecond)],
    ['whole path / bare', ratio.toFixed(2)],
  ]);
  console.log();
  table([
    ['stage', 'share of batch time'],
    ...Object.entries(stages)
      .sort(([, a], [, b]) => b - a)
      .map(([stage, seconds]) => [stage, `${((seconds / total) * 100).toFixed(1)} %`]),
  ]);
  console.log(
    `\n  worker: ${((cpuSeconds / sent.messages) * 1e6).toFixed(0)} µs of CPU a message, ${Math.round(rssMb)} MB; ${sent.seconds.toFixed(1)} s in all\n`,
  );
  return { ...result, limit };
}
