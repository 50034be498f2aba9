import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { verifyCampaign } from '../../src/consistency/verify';
import { accepted } from '../support/campaigns';
import { waitFor } from '../support/wait';
import { killHard, startApiProcess } from '../support/worker-process';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import type { Chance } from '../support/chance';
import type { Outcome } from './harness';
import { allStarted, judgeStarts, noteStarts, scheduleAtOnce } from './scheduled-starts';
import type { DueAtOnce, Outage } from './scheduled-starts';
import { OwnServer } from './servers';
import { Workers } from './workers';

/** Schedules while everything that the product consists of is restarted: processes and servers. WhatsApp stays. */
let postgres: OwnServer;
let redis: OwnServer;
let rig: FaultRig;
let workers: Workers;
let api: ChildProcess;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([OwnServer.start('postgres'), OwnServer.start('redis')]);
  process.env.TEST_POSTGRES_URL = postgres.url;
  process.env.TEST_REDIS_URL = redis.url;
  // after that long somebody whose message may be lost is sent to again: longer than the api may be away
  rig = await FaultRig.start({ env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '10' } });
  await noteStarts(rig.app);
  // an api that can be killed takes the place of the one in this process
  await rig.app.api.stop();
  await startApi();
  workers = await Workers.start(rig.app, 2);
}, 120_000);
afterAll(async () => {
  await workers?.killAll();
  if (api) await killHard(api);
  await rig?.close();
  await Promise.all([postgres?.remove(), redis?.remove()]);
});

async function startApi(): Promise<void> {
  api = (await startApiProcess(rig.app, { PORT: String(rig.app.config.port) })).child;
}

type Part = 'workers' | 'api' | 'postgres' | 'redis';
const all: readonly Part[] = ['workers', 'api', 'postgres', 'redis'];

const end: Record<Part, () => Promise<void>> = {
  workers: () => workers.killAll(),
  api: () => killHard(api),
  // at once, without writing down what is in memory only
  postgres: () => postgres.end('SIGQUIT'),
  redis: () => redis.end('SIGKILL'),
};
/** Each resolves when the part says that it runs; workers and the api wait for the servers. */
const begin: Record<Part, () => Promise<unknown>> = {
  workers: () => Promise.race([workers.add(), workers.add()]),
  api: startApi,
  postgres: () => postgres.up(),
  redis: () => redis.up(),
};

interface Restart {
  /** Ends and begins in these orders, one part so long after the other at most. */
  down: readonly Part[];
  up: readonly Part[];
  gapMs: number;
  /** While everything is down. */
  whileDown?: () => void;
}

interface Restarted {
  /** From the first end until PostgreSQL and a worker run, which is what a start needs. */
  outage: Outage;
  /** When the last part said that it runs. */
  backAt: number;
}

/** Ends everything, then begins everything again. */
async function restart({ down, up, gapMs, whileDown }: Restart, chance: Chance): Promise<Restarted> {
  const from = Date.now();
  for (const part of down) {
    await end[part]();
    await delay(chance.between(0, gapMs));
  }
  whileDown?.();
  const back = new Map<Part, number>();
  const beginning: Promise<unknown>[] = [];
  for (const part of up) {
    beginning.push(begin[part]().then(() => back.set(part, Date.now())));
    await delay(chance.between(0, gapMs));
  }
  await Promise.all(beginning);
  await waitFor(() => workers.all.length === 2, { what: 'two workers run', timeoutMs: 30_000 });
  const to = Math.max(back.get('postgres') ?? 0, back.get('workers') ?? 0);
  return { outage: { from, to }, backAt: Math.max(...back.values()) };
}

/** Everybody got one message; all invariants hold that `verify` looks at. */
async function checked(id: string): Promise<Outcome> {
  const counts = await rig.ended(id);
  const verification = await verifyCampaign(rig.app.database, id);
  const broken = verification?.checks.filter(({ holds }) => !holds) ?? [{ name: 'no such campaign' }];
  return {
    ...counts,
    tries: 0,
    problems: [
      ...counts.problems,
      ...broken.map(({ name }) => `${id}: verify: ${name}`),
      ...(counts.accepted - counts.duplicates === counts.recipients
        ? []
        : [`${id}: ${counts.accepted} messages for ${counts.recipients} people`]),
    ],
  };
}

/** From the end of the outage, or the time of the schedules, to the first message of each campaign, in ms. */
async function firstMessages({ ids, sendAt }: DueAtOnce, backAt: number): Promise<number[]> {
  const waits = [];
  for (const id of ids) {
    const first = Math.min(...(await accepted(rig.app, id, ['acceptedAtMs'])).map((one) => one.acceptedAtMs));
    waits.push(Math.max(0, first - Math.max(sendAt.getTime(), backAt)));
  }
  return waits;
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);

/** One restart of everything around the moment at which all schedules are due. */
async function round(
  due: DueAtOnce,
  how: Restart,
  chance: Chance,
): Promise<Outcome & { startMs: number; messageMs: number }> {
  const { outage, backAt } = await restart(how, chance);
  await allStarted(rig.app, due);
  const counts = [];
  for (const id of due.ids) counts.push(await checked(id));
  const { problems, waits } = await judgeStarts(rig.app, due, [outage]);
  const sum = together(counts);
  const [startMs, messageMs] = [Math.max(...waits), Math.max(...(await firstMessages(due, backAt)))];
  const began = seconds(outage.from - due.sendAt.getTime());
  return {
    ...sum,
    tries: 1,
    problems: [...sum.problems, ...problems],
    startMs,
    messageMs,
    note:
      `down from ${began} s for ${seconds(outage.to - outage.from)} s (${how.down.join(', ')}; up ${how.up.join(', ')}): ` +
      `last start ${seconds(startMs)} s, last first message ${seconds(messageMs)} s after it could`,
  };
}

/** Waits until so many ms after the time of the schedules; before it, if negative. */
function until({ sendAt }: DueAtOnce, ms: number): Promise<unknown> {
  return delay(Math.max(0, sendAt.getTime() + ms - Date.now()));
}

testFault({
  id: 'F33',
  what: 'kill -9 of all workers, the api, PostgreSQL and Redis (with its data lost) while 20 schedules are due at once',
  short: { rounds: 1, schedules: 20, recipients: 5 },
  long: { rounds: 12, schedules: 20, recipients: 50 },
  withinSeconds: 1200,
  run: async ({ rounds, schedules, recipients }, chance) => {
    const outcomes = [];
    for (let i = 0; i < rounds; i++) {
      const due = await scheduleAtOnce(rig, schedules, recipients, { onUnconfirmed: 'RESEND' });
      await until(due, chance.between(-3500, 2500));
      const orders = { down: chance.shuffled(all), up: chance.shuffled(all), gapMs: 500 };
      // its data is lost every other time
      const whileDown = i % 2 === 0 ? () => redis.loseData() : undefined;
      outcomes.push(await round(due, { ...orders, ...(whileDown ? { whileDown } : {}) }, chance));
    }
    return together(outcomes);
  },
});

/** The servers are back before the processes. */
const inOrder: Restart = { down: all, up: ['postgres', 'redis', 'api', 'workers'], gapMs: 0 };

testControl(
  'F33',
  'a campaign is taken for long, and its start is not stored with its status',
  async (chance) => {
    const due = await scheduleAtOnce(rig, 3, 2);
    // The trigger's name lets it run after the one that notes the start.
    await rig.app.database.query(
      `CREATE FUNCTION forget_start() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF (SELECT count(*) FROM starts WHERE campaign_id = NEW.id) = 1 THEN
         UPDATE campaigns SET status = 'SCHEDULED', due_at = now() WHERE id = NEW.id; END IF;
       RETURN NULL; END $$;
     CREATE TRIGGER then_forget_start AFTER UPDATE ON campaigns FOR EACH ROW
     WHEN (OLD.status = 'SCHEDULED' AND NEW.status = 'ACTIVE') EXECUTE FUNCTION forget_start();
     UPDATE campaigns SET due_at = now() + interval '25 seconds' WHERE status = 'SCHEDULED'`,
    );
    try {
      const { problems } = await round(due, inOrder, chance);
      expect(problems.join()).toContain('after it could');
      expect(problems.join()).toContain('6 starts of 3 campaigns');
    } finally {
      await rig.app.database.query('DROP FUNCTION forget_start CASCADE');
    }
  },
);

testControl('F33', 'PostgreSQL comes back as it was before the starts', async (chance) => {
  const due = await scheduleAtOnce(rig, 3, 2);
  await postgres.keepData();
  await allStarted(rig.app, due);
  for (const id of due.ids) await rig.ended(id);
  const { problems } = await round(due, { ...inOrder, whileDown: () => postgres.forgetLaterData() }, chance);
  expect(problems.join()).toContain('accepted more than once');
});
