import type { ChildProcess } from 'node:child_process';
import Redis from 'ioredis';
import { settle } from '../../src/delivery/settle/settle';
import type { Move } from '../../src/delivery/settle/move';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { transact } from '../../src/infra/database';
import { acceptedCount, sendCampaign, stats } from '../support/campaigns';
import { killHard, startApiProcess } from '../support/worker-process';
import { waitFor } from '../support/wait';
import { OpenPosts } from './open-posts';
import { census } from './census';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import type { Chance } from '../support/chance';
import type { Outcome } from './harness';
import { Workers } from './workers';

/** A dead worker's claims are released after its lease and the next sweep; with a margin for a busy machine. */
const releasedAfterMs = 15_000;
/** Sends that are in progress without an open POST: marked as begun, or answered and not yet settled. */
const inProgressMs = 400;

let rig: FaultRig;
let openPosts: OpenPosts;
let redis: Redis;

const perSecond = 125;

beforeAll(async () => {
  rig = await FaultRig.start({
    messagesPerSecond: perSecond,
    env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '5' },
  });
  openPosts = new OpenPosts(rig.app);
  redis = new Redis(rig.app.config.redisUrl ?? '');
});
beforeEach(() => rig.app.behave({ latencyMs: { min: 100, max: 100 }, faults: {} }));
afterAll(async () => {
  openPosts?.close();
  redis?.disconnect();
  await rig?.close();
});

interface KillOptions {
  recipients: number;
  kills: number;
  onUnconfirmed?: 'HOLD' | 'RESEND';
  /** Run once, when half of the messages are accepted. */
  inTheMiddle?: () => Promise<unknown>;
}

/** Two workers send; a random one is killed repeatedly and replaced at once. */
async function sendWithKills(
  { recipients, kills, ...more }: KillOptions,
  chance: Chance,
): Promise<Outcome & { ms: number }> {
  const workers = await Workers.start(rig.app, 2);
  const starting: Promise<ChildProcess>[] = [];
  try {
    const abandonedBefore = openPosts.abandoned;
    const started = performance.now();
    const onUnconfirmed = more.onUnconfirmed ?? 'HOLD';
    const id = await rig.campaign(recipients, { onUnconfirmed });
    const times: { at: number; what: () => Promise<unknown> }[] = Array.from({ length: kills }, () => ({
      at: chance.between(0.03, 0.95) * recipients,
      what: async () => {
        await waitFor(() => workers.all.length > 0, { what: 'a worker is running', timeoutMs: 30_000 });
        await workers.kill(chance.pick(workers.all));
        starting.push(workers.add());
      },
    }));
    if (more.inTheMiddle) times.push({ at: recipients / 2, what: more.inTheMiddle });
    for (const { at, what } of times.sort((a, b) => a.at - b.at)) {
      await rig.accepted(id, at);
      await what();
    }
    await rig.sent(id);
    const ms = performance.now() - started;
    await Promise.all(starting);
    const abandoned = openPosts.abandoned - abandonedBefore;
    const atMost = abandoned + Math.ceil((kills * perSecond * inProgressMs) / 1000);
    const counts = await rig.ended(id, { unconfirmedAtMost: onUnconfirmed === 'RESEND' ? 0 : atMost });
    const became = await rig.moved(id, RecipientStatus.UNCONFIRMED);
    if (kills > 0 && became > atMost + counts.duplicates)
      counts.problems.push(`${became} became unconfirmed, ${abandoned} POSTs were open at the kills`);
    return {
      ...counts,
      tries: kills,
      ms,
      note: `${abandoned} POSTs open at the kills, ${became} became unconfirmed`,
    };
  } finally {
    await Promise.allSettled(starting);
    await workers.killAll();
  }
}

/** The same run without kills, to compare with; once for each size. */
async function undisturbedRun(recipients: number, chance: Chance): Promise<{ ms: number }> {
  const known = undisturbed.get(recipients) ?? (await sendWithKills({ recipients, kills: 0 }, chance));
  undisturbed.set(recipients, known);
  return known;
}

const undisturbed = new Map<number, { ms: number }>();

function noLongerThan(undisturbedMs: number, { ms }: { ms: number }): string[] {
  // a short run may end before the first lease expires
  const atMost = Math.max(undisturbedMs * 1.5, undisturbedMs + releasedAfterMs);
  return ms <= atMost ? [] : [`the run took ${seconds(ms)}, undisturbed ${seconds(undisturbedMs)}`];
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

testFault({
  id: 'F1',
  what: 'kill -9 of a random one of two workers, replaced at once',
  short: { recipients: 500, kills: 2, rounds: 1 },
  long: { recipients: 5000, kills: 10, rounds: 2 },
  withinSeconds: 500,
  run: async ({ recipients, kills, rounds }, chance) => {
    const undisturbed = await undisturbedRun(recipients, chance);
    const outcomes: Outcome[] = [];
    for (let round = 0; round < rounds; round++) {
      const disturbed = await sendWithKills({ recipients, kills }, chance);
      disturbed.problems.push(...noLongerThan(undisturbed.ms, disturbed));
      disturbed.note += `, ${(disturbed.ms / undisturbed.ms).toFixed(2)} of the undisturbed ${seconds(undisturbed.ms)}`;
      outcomes.push(disturbed);
    }
    return together(outcomes);
  },
});

/** Deletes all keys of this app at once: jobs, locks, rate limits. Other test files use the same server, with other keys. */
async function deleteRedisKeys(): Promise<number> {
  const pattern = `${rig.app.config.redisPrefix.replace(/[[\]{}]/g, '\\$&')}*`;
  const script = `local keys = redis.call('KEYS', ARGV[1])
    for _, key in ipairs(keys) do redis.call('UNLINK', key) end
    return #keys`;
  return (await redis.eval(script, 0, pattern)) as number;
}

/** 5 % of the sends each: accepted without an answer; accepted, then 502; connection reset before acceptance. */
const ambiguous = { timeoutAfterAccept: 0.05, http502AfterAccept: 0.05, resetBeforeAccept: 0.05 };

testFault({
  id: 'F1+F7',
  what: 'F1, and all keys in Redis deleted halfway',
  long: { recipients: 5000, kills: 10 },
  run: async ({ recipients, kills }, chance) => {
    const undisturbed = await undisturbedRun(recipients, chance);
    const inTheMiddle = async () => expect(await deleteRedisKeys()).toBeGreaterThan(0);
    const disturbed = await sendWithKills({ recipients, kills, inTheMiddle }, chance);
    disturbed.problems.push(...noLongerThan(undisturbed.ms, disturbed));
    disturbed.note += `, ${(disturbed.ms / undisturbed.ms).toFixed(2)} of the undisturbed ${seconds(undisturbed.ms)}`;
    return disturbed;
  },
});

testFault({
  id: 'F1+F11',
  what: 'F1 with RESEND, and 5 % each of no answer, 502 and connection reset',
  long: { recipients: 5000, kills: 10 },
  withinSeconds: 400,
  run: async ({ recipients, kills }, chance) => {
    await rig.app.behave({ seed: chance.seed(), faults: ambiguous });
    const undisturbed = await sendWithKills({ recipients, kills: 0, onUnconfirmed: 'RESEND' }, chance);
    const disturbed = await sendWithKills({ recipients, kills, onUnconfirmed: 'RESEND' }, chance);
    disturbed.problems.push(...noLongerThan(undisturbed.ms, disturbed));
    disturbed.note += `, ${(disturbed.ms / undisturbed.ms).toFixed(2)} of the undisturbed ${seconds(undisturbed.ms)}`;
    return disturbed;
  },
});

testControl('F1', 'queueing all claims of dead workers again sends duplicates', async () => {
  // without webhooks only the claim shows what may have been sent
  await rig.app.behave({ webhooks: { pauseUntilResumed: true }, latencyMs: { min: 1000, max: 1000 } });
  const workers = await Workers.start(rig.app, 2);
  try {
    const id = await rig.campaign(250);
    await rig.accepted(id, 60);
    await workers.killAll();
    await rig.app.behave({ latencyMs: { min: 0, max: 0 } });
    await requeueAllClaimed(id);
    await workers.add();
    await rig.sent(id);
    await rig.app.behave({ webhooks: { pauseUntilResumed: false } });
    const counts = await rig.ended(id);
    expect(counts.duplicates).toBeGreaterThan(0);
    expect(counts.problems.join()).toContain('accepted more than once');
  } finally {
    await workers.killAll();
  }
});

/** Queues every recipient in SENDING again, whether or not the send had begun. */
async function requeueAllClaimed(id: string): Promise<void> {
  await rig.app.database.query(
    `WITH requeued AS (UPDATE campaign_recipients SET status = 'QUEUED' WHERE campaign_id = $1 AND status = 'SENDING' RETURNING seq)
     INSERT INTO delivery_followups (campaign_id, seq, kind, due_at) SELECT $1, seq, 'RETRY', now() FROM requeued`,
    [id],
  );
  await rig.app.database.query(`DELETE FROM delivery_claims WHERE campaign_id = $1`, [id]);
}

testFault({
  id: 'F2',
  what: 'kill -9 of all workers, no worker for a while, then new workers',
  long: { recipients: 2000, times: 3, withoutWorkersSeconds: 20 },
  run: async ({ recipients, times, withoutWorkersSeconds }, chance) => {
    const workers = await Workers.start(rig.app, 2);
    try {
      const abandonedBefore = openPosts.abandoned;
      const id = await rig.campaign(recipients);
      for (let i = 1; i <= times; i++) {
        await rig.accepted(id, chance.between((i - 0.8) / times, (i - 0.2) / times) * recipients);
        await workers.killAll();
        const since = performance.now();
        // the api answers meanwhile
        await waitFor(
          async () =>
            (await stats(rig.app, id)).status === 'ACTIVE' &&
            performance.now() - since > withoutWorkersSeconds * 1000,
          { what: 'a while without workers', timeoutMs: 2000 * withoutWorkersSeconds },
        );
        await Promise.all([workers.add(), workers.add()]);
      }
      await rig.sent(id);
      const abandoned = openPosts.abandoned - abandonedBefore;
      const unconfirmedAtMost = abandoned + Math.ceil((times * perSecond * inProgressMs) / 1000);
      return {
        ...(await rig.ended(id, { unconfirmedAtMost })),
        tries: times,
        note: `${abandoned} POSTs open at the kills`,
      };
    } finally {
      await workers.killAll();
    }
  },
});

testControl('F2', 'recipients without a claim stay in SENDING after their worker was killed', async () => {
  const workers = await Workers.start(rig.app, 1);
  try {
    await rig.app.behave({ latencyMs: { min: 1000, max: 1000 }, webhooks: { pauseUntilResumed: true } });
    const id = await rig.campaign(200);
    await rig.accepted(id, 50);
    await workers.killAll();
    await rig.app.database.query(`DELETE FROM delivery_claims WHERE campaign_id = $1`, [id]);
    await workers.add();
    const left = async () => {
      const [row] = await rig.app.database.query<{ claims: number; fed: boolean }[]>(
        `SELECT (SELECT count(*) FROM delivery_claims WHERE campaign_id = $1)::int AS claims,
           (SELECT next_seq FROM campaign_feeds WHERE campaign_id = $1) > 200 AS fed`,
        [id],
      );
      return row?.claims === 0 && row.fed;
    };
    await waitFor(left, { what: 'everybody else has been sent to', timeoutMs: 40_000 });
    const counts = await census(rig.app, id, { statusesDelivered: false });
    expect(counts.lost).toBeGreaterThan(0);
    expect(counts.problems.join()).toContain('still queued or being sent to');
  } finally {
    await rig.app.behave({ webhooks: { pauseUntilResumed: false } });
    await workers.killAll();
  }
});

/** The failpoints at which a worker kills itself, and about how often a worker passes each of them per recipient. */
const places = { after_claim: 0.05, before_http: 0.4, after_http: 1, after_settle: 0.4 };
type Place = keyof typeof places;

/** Workers that kill themselves, each at its failpoint, and are replaced until each failpoint has had `crashes`. */
async function crashAtFailpoints(
  at: readonly Place[],
  { recipients, crashes }: { recipients: number; crashes: number },
  chance: Chance,
): Promise<Outcome> {
  const workers = await Workers.start(rig.app, 0);
  const crashesAt = new Map<Place, number>();
  const recipientsPerCrash = recipients / at.length / (crashes + 1);
  let ended = false;
  const runAt = async (place: Place): Promise<void> => {
    for (let count = 0; !ended; count++) {
      crashesAt.set(place, count);
      const FAILPOINT = `${place}:exit@${Math.min(1, 3 / (recipientsPerCrash * places[place]))}`;
      const crashing = count < crashes;
      const child = await workers.add(crashing ? { FAILPOINT, FAILPOINT_SEED: String(chance.seed()) } : {});
      if (!crashing) return;
      const ends = () => child.signalCode !== null || ended;
      await waitFor(ends, { what: 'the worker crashes or the campaign ends', timeoutMs: 200_000 });
      if (child.signalCode !== 'SIGKILL') return;
    }
  };
  const running: Promise<void>[] = [];
  try {
    const id = await rig.campaign(recipients, { onUnconfirmed: 'RESEND' });
    running.push(...at.map(runAt));
    const counts = await rig.ended(id, { timeoutMs: 180_000 });
    return {
      ...counts,
      tries: [...crashesAt.values()].reduce((sum, one) => sum + one, 0),
      note: [...crashesAt].map(([place, times]) => `${place} ${times}`).join(', '),
    };
  } finally {
    ended = true;
    await Promise.all(running);
    await workers.killAll();
  }
}

testFault({
  id: 'F3',
  what: 'kill -9 after the claim, before the POST, after the answer, after settling; of the api before it enqueues',
  short: { recipients: 400, crashes: 1, starts: 1 },
  long: { recipients: 1200, crashes: 8, starts: 3 },
  withinSeconds: 600,
  run: async ({ starts, ...numbers }, chance) => {
    const all = Object.keys(places) as Place[];
    const outcomes: Outcome[] = [];
    // the short form has one campaign for all failpoints, with a worker for each; the long form a campaign for each
    if (numbers.crashes === 1) outcomes.push(await crashAtFailpoints(all, numbers, chance));
    else for (const place of all) outcomes.push(await crashAtFailpoints([place], numbers, chance));
    if (numbers.crashes > 1)
      for (const place of all) outcomes.push(await throwAtFailpoint(place, 400, chance));
    for (let i = 0; i < starts; i++) outcomes.push(await crashBeforeEnqueue(50));
    return together(outcomes);
  },
});

/** Two workers in which a failpoint throws an unexpected error now and then. */
async function throwAtFailpoint(place: Place, recipients: number, chance: Chance): Promise<Outcome> {
  const FAILPOINT = `${place}:throw@${Math.min(0.2, 0.05 / places[place])}`;
  const workers = await Workers.start(rig.app, 2, { FAILPOINT, FAILPOINT_SEED: String(chance.seed()) });
  try {
    const id = await rig.campaign(recipients, { onUnconfirmed: 'RESEND' });
    const counts = await rig.ended(id);
    if (workers.lost > 0) counts.problems.push(`${workers.lost} workers ended`);
    return { ...counts, tries: 0, note: `${place} also with an error` };
  } finally {
    await workers.killAll();
  }
}

/** The api is killed after it committed a start and before it enqueued the job: the sweep must start the campaign. */
async function crashBeforeEnqueue(recipients: number): Promise<Outcome> {
  const workers = await Workers.start(rig.app, 1);
  const { child, url } = await startApiProcess(rig.app, { FAILPOINT: 'before_enqueue:exit' });
  try {
    const id = await rig.draft(recipients);
    const asked = Object.create(rig.app, { url: { value: url } }) as typeof rig.app;
    const answer = await sendCampaign(asked, id).then(
      () => 'answered',
      () => 'cut off',
    );
    const started = performance.now();
    await rig.accepted(id, 1, 30_000);
    const waited = performance.now() - started;
    const counts = await rig.ended(id);
    if (answer === 'answered' || child.signalCode !== 'SIGKILL')
      counts.problems.push('the api was not killed');
    return { ...counts, tries: 1, note: `before_enqueue 1, started after ${seconds(waited)}` };
  } finally {
    await killHard(child);
    await workers.killAll();
  }
}

testControl('F3', 'treating sends that had begun as not begun sends duplicates', async () => {
  await rig.app.behave({ webhooks: { pauseUntilResumed: true } });
  const workers = await Workers.start(rig.app, 0);
  try {
    const id = await rig.campaign(60);
    const crashing = await workers.add({ FAILPOINT: 'after_http:exit@0.2', FAILPOINT_SEED: '1' });
    await waitFor(() => crashing.signalCode === 'SIGKILL', { what: 'the worker crashes', timeoutMs: 60_000 });
    await rig.app.database.query(
      `UPDATE delivery_begun SET begun = 0 WHERE claim_id IN (SELECT id FROM delivery_claims WHERE campaign_id = $1)`,
      [id],
    );
    await workers.add();
    await rig.sent(id);
    await rig.app.behave({ webhooks: { pauseUntilResumed: false } });
    const counts = await rig.ended(id);
    expect(counts.duplicates).toBeGreaterThan(0);
    expect(counts.problems.join()).toContain('accepted more than once');
  } finally {
    await rig.app.behave({ webhooks: { pauseUntilResumed: false } });
    await workers.killAll();
  }
});

/** Workers that stall for longer than their lease while others go on sending, and then continue. */
async function stallWorkers(
  { recipients, times, stallSeconds }: { recipients: number; times: number; stallSeconds: number },
  chance: Chance,
  stall: (child: ChildProcess, ms: number) => Promise<void>,
): Promise<Outcome> {
  const workers = await Workers.start(rig.app, 3);
  try {
    const id = await rig.campaign(recipients);
    for (let i = 1; i <= times; i++) {
      await rig.accepted(id, chance.between((i - 0.9) / times, (i - 0.5) / times) * recipients * 0.9);
      const stalled = chance.pick(workers.all);
      await stall(stalled, stallSeconds * 1000);
    }
    await rig.sent(id);
    // whatever a worker had in progress when it stalled: marked as begun, posted, answered
    const unconfirmedAtMost = Math.ceil((times * perSecond * (inProgressMs + 100)) / 1000);
    const counts = await rig.ended(id, { unconfirmedAtMost });
    if (workers.lost > 0) counts.problems.push(`${workers.lost} workers ended`);
    const became = await rig.moved(id, RecipientStatus.UNCONFIRMED);
    return { ...counts, tries: times, note: `${became} became unconfirmed` };
  } finally {
    await workers.killAll();
  }
}

testFault({
  id: 'F4',
  what: 'a worker stopped (SIGSTOP) for three times its lease, then continued',
  long: { recipients: 9500, times: 3, stallSeconds: 24 },
  withinSeconds: 400,
  run: (numbers, chance) =>
    stallWorkers(numbers, chance, async (child, ms) => {
      child.kill('SIGSTOP');
      const since = performance.now();
      await waitFor(() => performance.now() - since > ms, {
        what: 'the worker was stalled for long enough',
        timeoutMs: 2 * ms,
      });
      child.kill('SIGCONT');
    }),
});

testFault({
  id: 'F5',
  what: "a worker's event loop blocked for longer than its lease and BullMQ's lock",
  long: { recipients: 8000, times: 3, stallSeconds: 18 },
  withinSeconds: 300,
  run: (numbers, chance) =>
    stallWorkers(numbers, chance, async (child, ms) => {
      await Workers.block(child, ms);
      const since = performance.now();
      await waitFor(() => performance.now() - since > ms, {
        what: 'the worker was stalled for long enough',
        timeoutMs: 2 * ms,
      });
    }),
});

/**
 * A recipient's claim has expired and another worker has sent the message. The stalled worker then reports "not sent" with
 * its old claim number: ignored. With the current number, as if claim numbers were not checked, it is sent again.
 */
testControl(
  'F4',
  "F5: without the check of the claim number a stalled worker's late report causes a duplicate",
  async () => {
    const workers = await Workers.start(rig.app, 1);

    try {
      await rig.app.behave({ webhooks: { pauseUntilResumed: true } });
      const id = await rig.campaign(5);
      await rig.sent(id);
      const late = (claimNo: number, from: RecipientStatus): Move => ({
        campaignId: id,
        seq: 1,
        claimNo,
        from,
        to: RecipientStatus.QUEUED,
        dueInMs: 0,
      });
      const report = (move: Move) =>
        transact(rig.app.database, async (sql) => (await settle(sql, [move])).deltas);
      // as if the sweep had released the claim of a recipient whose send had begun
      await rig.app.database.query(
        `UPDATE campaign_recipients SET status = 'UNCONFIRMED', claim_no = 2 WHERE campaign_id = $1 AND seq = 1`,
        [id],
      );
      await rig.app.database.query(
        `UPDATE campaigns SET unconfirmed_count = 1, sent_count = 4, status = 'ACTIVE', completed_at = NULL WHERE id = $1`,
        [id],
      );
      expect(await report(late(1, RecipientStatus.UNCONFIRMED))).toEqual([]);
      expect(await acceptedCount(rig.app, id)).toBe(5);
      expect(await report(late(2, RecipientStatus.UNCONFIRMED))).toHaveLength(1);
      await rig.accepted(id, 6);
      expect((await census(rig.app, id, { statusesDelivered: false })).duplicates).toBe(1);
    } finally {
      await rig.app.behave({ webhooks: { pauseUntilResumed: false } });
      await workers.killAll();
    }
  },
);
