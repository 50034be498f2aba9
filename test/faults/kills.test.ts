import type { ChildProcess } from 'node:child_process';
import Redis from 'ioredis';
import { settle } from '../../src/delivery/settle/settle';
import type { Move } from '../../src/delivery/settle/settle';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { transact } from '../../src/infra/database';
import { acceptedCount, sendCampaign, stats } from '../support/campaigns';
import { killHard, startApiProcess } from '../support/worker-process';
import { waitFor } from '../support/wait';
import { OpenPosts } from './open-posts';
import { census } from './census';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import type { Chance, Outcome } from './harness';
import { Workers } from './workers';

/** A dead worker's claims are taken up after its lease and the next sweep, with room for a busy machine. */
const takenUpMs = 15_000;
/** What can be on its way beside the posts that WhatsApp works on: marked, or answered and not yet written down. */
const onTheWayMs = 400;

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

interface Killing {
  recipients: number;
  kills: number;
  onUnconfirmed?: 'HOLD' | 'RESEND';
  /** Done once, when half of the people are accepted. */
  inTheMiddle?: () => Promise<unknown>;
}

/** Two workers send; one of them, by chance, is killed again and again and another started at once. */
async function killing(
  { recipients, kills, ...more }: Killing,
  chance: Chance,
): Promise<Outcome & { ms: number }> {
  const workers = await Workers.start(rig.app, 2);
  const starting: Promise<ChildProcess>[] = [];
  try {
    const inVain = openPosts.awaitedInVain;
    const started = performance.now();
    const onUnconfirmed = more.onUnconfirmed ?? 'HOLD';
    const id = await rig.campaign(recipients, { onUnconfirmed });
    const times: { at: number; what: () => Promise<unknown> }[] = Array.from({ length: kills }, () => ({
      at: chance.between(0.03, 0.95) * recipients,
      what: async () => {
        await waitFor(() => workers.all.length > 0, { what: 'somebody can be killed', timeoutMs: 30_000 });
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
    const awaited = openPosts.awaitedInVain - inVain;
    const atMost = awaited + Math.ceil((kills * perSecond * onTheWayMs) / 1000);
    const counts = await rig.ended(id, { unconfirmedAtMost: onUnconfirmed === 'RESEND' ? 0 : atMost });
    const became = await rig.moved(id, RecipientStatus.UNCONFIRMED);
    if (kills > 0 && became > atMost + counts.duplicates)
      counts.problems.push(`${became} became unconfirmed, ${awaited} posts were awaited`);
    return {
      ...counts,
      tries: kills,
      ms,
      note: `${awaited} posts awaited at the kills, ${became} became unconfirmed`,
    };
  } finally {
    await Promise.allSettled(starting);
    await workers.killAll();
  }
}

/** What the killing is compared with, made once for a size: the same without kills. */
async function undisturbedRun(recipients: number, chance: Chance): Promise<{ ms: number }> {
  const known = undisturbed.get(recipients) ?? (await killing({ recipients, kills: 0 }, chance));
  undisturbed.set(recipients, known);
  return known;
}

const undisturbed = new Map<number, { ms: number }>();

function noLongerThan(undisturbedMs: number, { ms }: { ms: number }): string[] {
  // a short run may not be over before the first lease is
  const atMost = Math.max(undisturbedMs * 1.5, undisturbedMs + takenUpMs);
  return ms <= atMost ? [] : [`the run took ${seconds(ms)}, undisturbed ${seconds(undisturbedMs)}`];
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

testFault({
  id: 'F1',
  what: 'kill -9 of a random worker of two, another started at once',
  short: { recipients: 500, kills: 2, rounds: 1 },
  long: { recipients: 5000, kills: 10, rounds: 2 },
  withinSeconds: 500,
  run: async ({ recipients, kills, rounds }, chance) => {
    const undisturbed = await undisturbedRun(recipients, chance);
    const outcomes: Outcome[] = [];
    for (let round = 0; round < rounds; round++) {
      const disturbed = await killing({ recipients, kills }, chance);
      disturbed.problems.push(...noLongerThan(undisturbed.ms, disturbed));
      disturbed.note += `, ${(disturbed.ms / undisturbed.ms).toFixed(2)} of the undisturbed ${seconds(undisturbed.ms)}`;
      outcomes.push(disturbed);
    }
    return together(outcomes);
  },
});

/** Everything of this app in Redis, at once: jobs, locks, the pace. Other files have their own keys in the same server. */
async function forgetInRedis(): Promise<number> {
  const pattern = `${rig.app.config.redisPrefix.replace(/[[\]{}]/g, '\\$&')}*`;
  const script = `local keys = redis.call('KEYS', ARGV[1])
    for _, key in ipairs(keys) do redis.call('UNLINK', key) end
    return #keys`;
  return (await redis.eval(script, 0, pattern)) as number;
}

/** Each 5 % of the sends: taken and never answered; taken and answered by a broken gateway; cut before it was taken. */
const ambiguous = { timeoutAfterAccept: 0.05, http502AfterAccept: 0.05, resetBeforeAccept: 0.05 };

testFault({
  id: 'F1+F7',
  what: 'the same, and Redis forgets everything in the middle',
  long: { recipients: 5000, kills: 10 },
  run: async ({ recipients, kills }, chance) => {
    const undisturbed = await undisturbedRun(recipients, chance);
    const inTheMiddle = async () => expect(await forgetInRedis()).toBeGreaterThan(0);
    const disturbed = await killing({ recipients, kills, inTheMiddle }, chance);
    disturbed.problems.push(...noLongerThan(undisturbed.ms, disturbed));
    disturbed.note += `, ${(disturbed.ms / undisturbed.ms).toFixed(2)} of the undisturbed ${seconds(undisturbed.ms)}`;
    return disturbed;
  },
});

testFault({
  id: 'F1+F11',
  what: 'the same, with 5 % each of no answer, 502 and reset; RESEND',
  long: { recipients: 5000, kills: 10 },
  withinSeconds: 400,
  run: async ({ recipients, kills }, chance) => {
    await rig.app.behave({ seed: chance.seed(), faults: ambiguous });
    const undisturbed = await killing({ recipients, kills: 0, onUnconfirmed: 'RESEND' }, chance);
    const disturbed = await killing({ recipients, kills, onUnconfirmed: 'RESEND' }, chance);
    disturbed.problems.push(...noLongerThan(undisturbed.ms, disturbed));
    disturbed.note += `, ${(disturbed.ms / undisturbed.ms).toFixed(2)} of the undisturbed ${seconds(undisturbed.ms)}`;
    return disturbed;
  },
});

testControl('F1', 'what the dead held is taken back blindly, and people get it twice', async () => {
  // without webhooks nothing but the claim tells what became of them
  await rig.app.behave({ webhooks: { pauseUntilResumed: true }, latencyMs: { min: 1000, max: 1000 } });
  const workers = await Workers.start(rig.app, 2);
  try {
    const id = await rig.campaign(250);
    await rig.accepted(id, 60);
    await workers.killAll();
    await rig.app.behave({ latencyMs: { min: 0, max: 0 } });
    await takeBackBlindly(id);
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

/** As if a claim were no promise and a mark nothing: whoever is being sent to goes back to the queue. */
async function takeBackBlindly(id: string): Promise<void> {
  await rig.app.database.query(
    `WITH back AS (UPDATE campaign_recipients SET status = 'QUEUED' WHERE campaign_id = $1 AND status = 'SENDING' RETURNING seq)
     INSERT INTO delivery_followups (campaign_id, seq, kind, due_at) SELECT $1, seq, 'RETRY', now() FROM back`,
    [id],
  );
  await rig.app.database.query(`DELETE FROM delivery_claims WHERE campaign_id = $1`, [id]);
}

testFault({
  id: 'F2',
  what: 'kill -9 of all workers, a while without any, then new ones',
  long: { recipients: 2000, times: 3, awaySeconds: 20 },
  run: async ({ recipients, times, awaySeconds }, chance) => {
    const workers = await Workers.start(rig.app, 2);
    try {
      const inVain = openPosts.awaitedInVain;
      const id = await rig.campaign(recipients);
      for (let i = 1; i <= times; i++) {
        await rig.accepted(id, chance.between((i - 0.8) / times, (i - 0.2) / times) * recipients);
        await workers.killAll();
        const since = performance.now();
        // the api answers all the while
        await waitFor(
          async () =>
            (await stats(rig.app, id)).status === 'ACTIVE' && performance.now() - since > awaySeconds * 1000,
          { what: 'a while without workers', timeoutMs: 2000 * awaySeconds },
        );
        await Promise.all([workers.add(), workers.add()]);
      }
      await rig.sent(id);
      const awaited = openPosts.awaitedInVain - inVain;
      const unconfirmedAtMost = awaited + Math.ceil((times * perSecond * onTheWayMs) / 1000);
      return {
        ...(await rig.ended(id, { unconfirmedAtMost })),
        tries: times,
        note: `${awaited} posts awaited`,
      };
    } finally {
      await workers.killAll();
    }
  },
});

testControl('F2', 'without the claim nobody comes to know of those who were in the air', async () => {
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
    await waitFor(left, { what: 'everybody else is sent to', timeoutMs: 40_000 });
    const counts = await census(rig.app, id, { told: false });
    expect(counts.lost).toBeGreaterThan(0);
    expect(counts.problems.join()).toContain('not at an end');
  } finally {
    await rig.app.behave({ webhooks: { pauseUntilResumed: false } });
    await workers.killAll();
  }
});

/** Where a worker kills itself, and about how often it passes there for each person. */
const places = { after_claim: 0.05, before_http: 0.4, after_http: 1, after_settle: 0.4 };
type Place = keyof typeof places;

/** Workers that kill themselves, each at its place; who died is replaced, until each place has had `deaths`. */
async function dying(
  at: readonly Place[],
  { recipients, deaths }: { recipients: number; deaths: number },
  chance: Chance,
): Promise<Outcome> {
  const workers = await Workers.start(rig.app, 0);
  const died = new Map<Place, number>();
  const peopleInALife = recipients / at.length / (deaths + 1);
  let ended = false;
  const live = async (place: Place): Promise<void> => {
    for (let dead = 0; !ended; dead++) {
      died.set(place, dead);
      const FAILPOINT = `${place}:exit@${Math.min(1, 3 / (peopleInALife * places[place]))}`;
      const deadly = dead < deaths;
      const child = await workers.add(deadly ? { FAILPOINT, FAILPOINT_SEED: String(chance.seed()) } : {});
      if (!deadly) return;
      const ends = () => child.signalCode !== null || ended;
      await waitFor(ends, { what: 'it dies or all is sent', timeoutMs: 200_000 });
      if (child.signalCode !== 'SIGKILL') return;
    }
  };
  const lives: Promise<void>[] = [];
  try {
    const id = await rig.campaign(recipients, { onUnconfirmed: 'RESEND' });
    lives.push(...at.map(live));
    const counts = await rig.ended(id, { timeoutMs: 180_000 });
    return {
      ...counts,
      tries: [...died.values()].reduce((sum, one) => sum + one, 0),
      note: [...died].map(([place, times]) => `${place} ${times}`).join(', '),
    };
  } finally {
    ended = true;
    await Promise.all(lives);
    await workers.killAll();
  }
}

testFault({
  id: 'F3',
  what: 'kill -9 after the claim, before the post, after the answer, after the settling; between start and job',
  short: { recipients: 400, deaths: 1, starts: 1 },
  long: { recipients: 1200, deaths: 8, starts: 3 },
  withinSeconds: 600,
  run: async ({ starts, ...numbers }, chance) => {
    const all = Object.keys(places) as Place[];
    const outcomes: Outcome[] = [];
    // each place for itself, or in the short form each by a worker of its own at once
    if (numbers.deaths === 1) outcomes.push(await dying(all, numbers, chance));
    else for (const place of all) outcomes.push(await dying([place], numbers, chance));
    if (numbers.deaths > 1) for (const place of all) outcomes.push(await failing(place, 400, chance));
    for (let i = 0; i < starts; i++) outcomes.push(await dyingStart(50));
    return together(outcomes);
  },
});

/** Two workers in which a place fails now and then as nobody foresaw. */
async function failing(place: Place, recipients: number, chance: Chance): Promise<Outcome> {
  const FAILPOINT = `${place}:throw@${Math.min(0.2, 0.05 / places[place])}`;
  const workers = await Workers.start(rig.app, 2, { FAILPOINT, FAILPOINT_SEED: String(chance.seed()) });
  try {
    const id = await rig.campaign(recipients, { onUnconfirmed: 'RESEND' });
    const counts = await rig.ended(id);
    if (workers.lost > 0) counts.problems.push(`${workers.lost} workers ended`);
    return { ...counts, tries: 0, note: `${place} also as an error` };
  } finally {
    await workers.killAll();
  }
}

/** The api dies between the commit of a start and the job: the tables alone start the campaign. */
async function dyingStart(recipients: number): Promise<Outcome> {
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
    if (answer === 'answered' || child.signalCode !== 'SIGKILL') counts.problems.push('the api did not die');
    return { ...counts, tries: 1, note: `before_enqueue 1, started after ${seconds(waited)}` };
  } finally {
    await killHard(child);
    await workers.killAll();
  }
}

testControl('F3', 'who was posted counts as not posted, and people get it twice', async () => {
  await rig.app.behave({ webhooks: { pauseUntilResumed: true } });
  const workers = await Workers.start(rig.app, 0);
  try {
    const id = await rig.campaign(60);
    const deadly = await workers.add({ FAILPOINT: 'after_http:exit@0.2', FAILPOINT_SEED: '1' });
    await waitFor(() => deadly.signalCode === 'SIGKILL', { what: 'it dies', timeoutMs: 60_000 });
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

/** Workers that stand still for longer than their lease while others go on, and come back. */
async function standingStill(
  { recipients, times, stillSeconds }: { recipients: number; times: number; stillSeconds: number },
  chance: Chance,
  stand: (child: ChildProcess, ms: number) => Promise<void>,
): Promise<Outcome> {
  const workers = await Workers.start(rig.app, 3);
  try {
    const id = await rig.campaign(recipients);
    for (let i = 1; i <= times; i++) {
      await rig.accepted(id, chance.between((i - 0.9) / times, (i - 0.5) / times) * recipients * 0.9);
      const still = chance.pick(workers.all);
      await stand(still, stillSeconds * 1000);
    }
    await rig.sent(id);
    // everybody stands still with what was on the way: marked, posted, answered
    const unconfirmedAtMost = Math.ceil((times * perSecond * (onTheWayMs + 100)) / 1000);
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
  what: 'a worker stopped (SIGSTOP) for three times its lease, then it goes on',
  long: { recipients: 9500, times: 3, stillSeconds: 24 },
  withinSeconds: 400,
  run: (numbers, chance) =>
    standingStill(numbers, chance, async (child, ms) => {
      child.kill('SIGSTOP');
      const since = performance.now();
      await waitFor(() => performance.now() - since > ms, { what: 'it has stood still', timeoutMs: 2 * ms });
      child.kill('SIGCONT');
    }),
});

testFault({
  id: 'F5',
  what: "a worker's event loop blocked for longer than its lease and BullMQ's lock",
  long: { recipients: 8000, times: 3, stillSeconds: 18 },
  withinSeconds: 300,
  run: (numbers, chance) =>
    standingStill(numbers, chance, async (child, ms) => {
      await Workers.block(child, ms);
      const since = performance.now();
      await waitFor(() => performance.now() - since > ms, { what: 'it has stood still', timeoutMs: 2 * ms });
    }),
});

/**
 * Somebody's claim has ended and another worker has sent to them. The late worker says "not posted" with its old claim
 * number: refused. With the number of today, which is what no fence would mean, the person is sent to again.
 */
testControl('F4', "F5: without the fence a late worker's word makes another send again", async () => {
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
    const say = (move: Move) => transact(rig.app.database, async (sql) => (await settle(sql, [move])).deltas);
    // as if the sweep had closed a claim of somebody who was posted
    await rig.app.database.query(
      `UPDATE campaign_recipients SET status = 'UNCONFIRMED', claim_no = 2 WHERE campaign_id = $1 AND seq = 1`,
      [id],
    );
    await rig.app.database.query(
      `UPDATE campaigns SET unconfirmed_count = 1, sent_count = 4, status = 'ACTIVE', completed_at = NULL WHERE id = $1`,
      [id],
    );
    expect(await say(late(1, RecipientStatus.UNCONFIRMED))).toEqual([]);
    expect(await acceptedCount(rig.app, id)).toBe(5);
    expect(await say(late(2, RecipientStatus.UNCONFIRMED))).toHaveLength(1);
    await rig.accepted(id, 6);
    expect((await census(rig.app, id, { told: false })).duplicates).toBe(1);
  } finally {
    await rig.app.behave({ webhooks: { pauseUntilResumed: false } });
    await workers.killAll();
  }
});
