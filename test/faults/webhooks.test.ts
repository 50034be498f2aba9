import { accepted, reached, stats, summary, webhooksDelivered } from '../support/campaigns';
import { waitFor } from '../support/wait';
import { census } from './census';
import { FaultRig } from './rig';
import { testControl, testFault } from './harness';
import { postWebhook, startRelay, webhookOf } from './relay';
import { Workers } from './workers';

let rig: FaultRig;
let workers: Workers;

const defaults = {
  enabled: true,
  pauseUntilResumed: false,
  duplicateShare: 0,
  duplicateTimes: 1,
  shuffle: false,
  raceShare: 0,
  batchSize: 100,
};

beforeAll(async () => {
  rig = await FaultRig.start({ messagesPerSecond: 300, env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '3' } });
  workers = await Workers.start(rig.app, 2);
});
afterEach(() =>
  rig.app.behave({
    webhooks: defaults,
    latencyMs: { min: 0, max: 0 },
    sentDelayMs: { min: 1, max: 20 },
    deliveredDelayMs: { min: 1, max: 30 },
    readDelayMs: { min: 1, max: 30 },
  }),
);
afterAll(async () => {
  await workers?.killAll();
  await rig?.close();
});

/** How many transitions a recipient made more than once: an event would have been counted twice. */
async function movedTwice(id: string): Promise<number> {
  const moves = (await rig.audited(id)).filter((move) => move.from_status !== move.to_status);
  return moves.length - new Set(moves.map((move) => `${move.seq} ${move.to_status}`)).size;
}

testFault({
  id: 'F14',
  what: 'each webhook three times, shuffled, in batches of changing size',
  short: { recipients: 1000, shuffleMs: 1500 },
  long: { recipients: 5000, shuffleMs: 15_000 },
  withinSeconds: 300,
  run: async ({ recipients, shuffleMs }, chance) => {
    await rig.app.behave({
      seed: chance.seed(),
      webhooks: { duplicateShare: 1, duplicateTimes: 2, shuffle: true, shuffleWindowMs: shuffleMs },
    });
    const id = await rig.campaign(recipients);
    for (let part = 1; part <= 10; part++) {
      await rig.accepted(id, (recipients * part) / 10);
      await rig.app.behave({ webhooks: { batchSize: chance.pick([1, 3, 7, 40, 200, 1000]) } });
    }
    const counts = await rig.ended(id, { timeoutMs: 180_000 });
    const twice = await movedTwice(id);
    if (twice > 0) counts.problems.push(`${twice} transitions happened twice`);
    const statuses = (await accepted(rig.app, id, ['statuses'])).reduce(
      (sum, one) => sum + one.statuses.length,
      0,
    );
    return { ...counts, tries: statuses * 3, note: `${statuses} statuses, delivered ${statuses * 3} times` };
  },
});

testControl(
  'F14',
  'storing each status as it arrives moves rows backwards and leaves counters wrong',
  async (chance) => {
    await rig.app.behave({ seed: chance.seed(), webhooks: { enabled: false } });
    const id = await rig.campaign(100);
    await reached(rig.app, id);
    await webhooksDelivered(rig.app);
    const events = (await accepted(rig.app, id, ['callbackData', 'statuses'])).flatMap(
      ({ callbackData, statuses }) =>
        [...statuses, ...statuses].map(({ status }) => ({
          seq: Number(callbackData.split(':')[1]),
          status: status.toUpperCase(),
          at: chance.next(),
        })),
    );
    const shuffled = events.sort((a, b) => a.at - b.at);
    for (const { seq, status } of shuffled) {
      await rig.app.database.query(
        `UPDATE campaign_recipients SET status = $3 WHERE campaign_id = $1 AND seq = $2`,
        [id, seq, status],
      );
    }
    const { problems } = await census(rig.app, id, { audited: rig.audited });
    for (const found of [
      'rows that differ from the ledger',
      'counters differ from the rows',
      'transitions that are not allowed',
    ])
      expect(problems.join()).toContain(found);
  },
);

testFault({
  id: 'F15',
  what: 'webhooks that arrive before the answer to their send',
  short: { recipients: 500, sharePercent: 50, latencyMs: 200 },
  long: { recipients: 4000, sharePercent: 50, latencyMs: 500 },
  run: async ({ recipients, sharePercent, latencyMs }, chance) => {
    await rig.app.behave({
      seed: chance.seed(),
      webhooks: { raceShare: sharePercent / 100 },
      latencyMs: { min: 0, max: latencyMs },
    });
    const id = await rig.campaign(recipients);
    const counts = await rig.ended(id);
    const twice = await movedTwice(id);
    if (twice > 0) counts.problems.push(`${twice} transitions happened twice`);
    return { ...counts, tries: Math.round((recipients * sharePercent) / 100) };
  },
});

testControl(
  'F15',
  'without callback data and with an unknown message id, statuses match no recipient',
  async () => {
    const relay = await startRelay(rig.app, (body) =>
      body
        .replaceAll('biz_opaque_callback_data', 'something_else')
        .replaceAll(/"id":"wamid\.[^"]*"/g, '"id":"wamid.unknown"'),
    );
    try {
      await rig.app.behave({ webhooks: { raceShare: 1 } });
      const id = await rig.campaign(50);
      const counts = await rig.ended(id);
      expect(counts.problems.join()).toContain('rows that differ from the ledger');
    } finally {
      await relay.close();
    }
  },
);

testFault({
  id: 'F16',
  what: 'webhooks an hour, a day and a week after the campaign ended; for unknown messages',
  long: { recipients: 1000, unknown: 1000 },
  run: async ({ recipients, unknown }) => {
    const counts = {
      recipients: 0,
      accepted: 0,
      duplicates: 0,
      lost: 0,
      unconfirmed: 0,
      problems: [] as string[],
    };
    for (const age of ['1 hour', '1 day', '7 days']) {
      await rig.app.behave({ webhooks: { pauseUntilResumed: true } });
      const id = await rig.campaign(recipients);
      await reached(rig.app, id);
      await rig.app.database.query(
        `UPDATE campaigns SET started_at = started_at - $2::interval, completed_at = completed_at - $2::interval WHERE id = $1`,
        [id, age],
      );
      await rig.app.behave({ webhooks: { pauseUntilResumed: false } });
      await webhooksDelivered(rig.app, 60_000);
      const late = await census(rig.app, id, { audited: rig.audited });
      const now = await stats(rig.app, id);
      if (now.status !== 'COMPLETED') late.problems.push(`after ${age} the campaign is ${now.status}`);
      if (now.deliveredCount === 0) late.problems.push('late webhooks were not counted');
      counts.recipients += late.recipients;
      counts.accepted += late.accepted;
      counts.duplicates += late.duplicates;
      counts.lost += late.lost;
      counts.problems.push(...late.problems);
    }
    const unknownMessages = Array.from({ length: unknown }, (_, i) => ({
      id: `wamid.unknown${i}`,
      status: 'delivered',
      timestamp: String(Math.floor(Date.now() / 1000)),
      recipient_id: '919820000000',
      // half of them with callback data in our format
      ...(i % 2 === 0 ? {} : { biz_opaque_callback_data: `00000000-0000-4000-8000-000000000000:${i}:1` }),
    }));
    for (let i = 0; i < unknown; i += 100) {
      const status = await postWebhook(rig.app, webhookOf(unknownMessages.slice(i, i + 100)));
      if (status !== 200) counts.problems.push(`unknown messages were answered with ${status}`);
    }
    return { ...counts, tries: 3, note: `${unknown} unknown, answered 200` };
  },
});

testControl('F16', 'without late webhooks, rows lack statuses', async () => {
  const relay = await startRelay(rig.app, () => undefined);
  try {
    const id = await rig.campaign(50);
    const counts = await rig.ended(id);
    expect(counts.problems.join()).toContain('rows that differ from the ledger');
  } finally {
    await relay.close();
  }
});

/** Posts the statuses of a campaign repeatedly, at a steady rate. @returns the times of the answers, sorted */
async function flood(
  id: string,
  perSecond: number,
  seconds: number,
): Promise<{ ms: number[]; refused: number }> {
  const statuses = (await accepted(rig.app, id, ['id', 'callbackData', 'statuses'])).flatMap((message) =>
    message.statuses.map(({ status, at }) => ({
      id: message.id,
      status,
      timestamp: String(Math.floor(Date.parse(at) / 1000)),
      recipient_id: '91',
      biz_opaque_callback_data: message.callbackData,
    })),
  );
  const inOne = 20;
  const ms: number[] = [];
  const posts: Promise<void>[] = [];
  let refused = 0;
  const started = performance.now();
  const post = async (i: number) => {
    const from = (i * inOne) % (statuses.length - inOne);
    const at = performance.now();
    const status = await postWebhook(rig.app, webhookOf(statuses.slice(from, from + inOne))).catch(() => 0);
    ms.push(performance.now() - at);
    if (status !== 200) refused++;
  };
  await waitFor(
    () => {
      const due = Math.min(((performance.now() - started) / 1000) * perSecond, perSecond * seconds) / inOne;
      while (posts.length < Math.floor(due)) posts.push(post(posts.length));
      return posts.length >= Math.floor((perSecond * seconds) / inOne);
    },
    { what: 'the flood is over', timeoutMs: seconds * 2000 + 10_000 },
  );
  await Promise.all(posts);
  return { ms: ms.sort((a, b) => a - b), refused };
}

const p99 = (sorted: number[]) => sorted[Math.floor(sorted.length * 0.99)] ?? 0;

testFault({
  id: 'F17',
  what: 'a flood of webhooks while no worker runs',
  long: { recipients: 3000, perSecond: 2000, seconds: 30 },
  withinSeconds: 200,
  run: async ({ recipients, perSecond, seconds }) => {
    await rig.app.behave({ webhooks: { pauseUntilResumed: true } });
    const id = await rig.campaign(recipients);
    await rig.sent(id);
    await waitFor(async () => (await summary(rig.app)).pendingEvents === 0, {
      what: 'WhatsApp has created all webhooks',
    });
    await workers.killAll();
    const { ms, refused } = await flood(id, perSecond, seconds);
    await rig.app.behave({ webhooks: { pauseUntilResumed: false } });
    await Promise.all([workers.add(), workers.add()]);
    const counts = await rig.ended(id);
    if (refused > 0) counts.problems.push(`${refused} were not answered with 200`);
    if (p99(ms) > 1000) counts.problems.push(`99 % were answered within ${p99(ms).toFixed(0)} ms`);
    const twice = await movedTwice(id);
    if (twice > 0) counts.problems.push(`${twice} transitions happened twice`);
    const note = `${perSecond * seconds} statuses at ${perSecond}/s, 99 % answered within ${p99(ms).toFixed(0)} ms`;
    return { ...counts, tries: perSecond * seconds, note };
  },
});

testControl('F17', 'webhooks that wait for a row lock are answered too late', async () => {
  const id = await rig.campaign(100);
  await rig.ended(id);
  // nobody counts as read, so that each status of the flood has to lock its row
  await rig.app.database.query(
    `UPDATE campaign_recipients SET status = 'SENT', delivered_at = NULL, read_at = NULL WHERE campaign_id = $1`,
    [id],
  );
  const runner = rig.app.database.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query(`SELECT FROM campaign_recipients WHERE campaign_id = $1 FOR UPDATE`, [id]);
    const flooded = flood(id, 400, 2);
    const since = performance.now();
    await waitFor(() => performance.now() - since > 2500, { what: 'the lock was held' });
    await runner.rollbackTransaction();
    expect(p99((await flooded).ms)).toBeGreaterThan(1000);
  } finally {
    await runner.release();
  }
});
