import { scheduleCampaign } from '../support/schedules';
import { waitFor } from '../support/wait';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import type { Chance, Outcome } from './harness';
import { Workers } from './workers';

/** The promise: so long after its time, or after a worker is there again. */
const promisedMs = 5000;
/** From now to the time of all schedules: long enough to set them. */
const aheadMs = 10_000;

let rig: FaultRig;
beforeAll(async () => {
  rig = await FaultRig.start({ env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '5' } });
  // every start, as the database makes it
  await rig.app.database.query(
    `CREATE TABLE starts (campaign_id uuid, at timestamptz);
     CREATE FUNCTION note_start() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO starts VALUES (NEW.id, clock_timestamp()); RETURN NULL; END $$;
     CREATE TRIGGER note_start AFTER UPDATE ON campaigns FOR EACH ROW
       WHEN (OLD.status = 'SCHEDULED' AND NEW.status <> 'SCHEDULED') EXECUTE FUNCTION note_start()`,
  );
});
afterAll(() => rig?.close());

type Numbers = { schedules: number; recipients: number; kills: number };

/**
 * Schedules so many campaigns for the same moment, and kills all workers again and again around it: some by a failpoint
 * between taking a campaign and starting it.
 */
async function startWithKills(
  { schedules, recipients, kills }: Numbers,
  chance: Chance,
  { failpoint = 'after_take_due:exit@0.2', lasting = 1, earliestKillMs = 200 } = {},
): Promise<Outcome> {
  const ids = await Promise.all(Array.from({ length: schedules }, () => rig.draft(recipients)));
  const sendAt = new Date(Date.now() + aheadMs);
  for (const id of ids) await scheduleCampaign(rig.app, id, { sendAt: sendAt.toISOString() });
  const workers = await Workers.start(rig.app, 0, failpoint ? { FAILPOINT: failpoint } : {});
  /** Two workers, of whom so many last until they are killed, and the others die by the failpoint. */
  const addTwo = (last: number) =>
    Promise.all([1, 2].map((n) => workers.add(n <= last ? { FAILPOINT: '' } : {})));
  const outages: Outage[] = [];
  try {
    await addTwo(lasting);
    await waitFor(() => Date.now() >= sendAt.getTime() - 300, {
      what: 'the time has come',
      timeoutMs: 60_000,
    });
    for (let i = 0; i < kills; i++) {
      await new Promise((resolve) =>
        setTimeout(resolve, chance.between(earliestKillMs, earliestKillMs + 1300)),
      );
      const from = Date.now();
      await workers.killAll();
      await addTwo(i === kills - 1 ? 2 : lasting);
      outages.push({ from, to: Date.now() });
    }
    const started = () =>
      rig.app.database.query<{ campaign_id: string; at: Date }[]>(
        `SELECT campaign_id, at FROM starts WHERE campaign_id = ANY ($1::uuid[]) ORDER BY at`,
        [ids],
      );
    await waitFor(async () => new Set((await started()).map((one) => one.campaign_id)).size === schedules, {
      what: 'all campaigns have started',
      timeoutMs: 30_000,
    });
    const counts = [];
    for (const id of ids)
      counts.push({ ...(await rig.ended(id, { unconfirmedAtMost: recipients })), tries: 0 });
    const starts = await started();
    const waits = starts.map(({ at }) => waited(at.getTime(), sendAt.getTime(), outages));
    const problems = [
      ...starts.filter(({ at }) => at < sendAt).map(({ campaign_id: id }) => `${id} started too early`),
      ...(starts.length === schedules ? [] : [`${starts.length} starts of ${schedules} campaigns`]),
      ...waits.filter((ms) => ms > promisedMs).map((ms) => `started ${ms} ms after it could`),
    ];
    const all = together(counts);
    return {
      ...all,
      tries: kills,
      problems: [...all.problems, ...problems],
      note: `the last start ${(Math.max(...waits) / 1000).toFixed(1)} s after its time or the restart`,
    };
  } finally {
    await workers.killAll();
  }
}

/** From the kill of all workers until new ones said that they run. */
interface Outage {
  from: number;
  to: number;
}

/** From the time of the schedules, or the end of the latest outage, to the start; 0 for new workers that have not said so yet. */
function waited(at: number, sendAt: number, outages: readonly Outage[]): number {
  const last = outages.filter(({ from }) => from <= at).at(-1);
  return Math.max(0, at - Math.max(sendAt, last?.to ?? 0));
}

testFault({
  id: 'F32',
  what: 'kill -9 of all workers, again and again, while 20 schedules are due at the same moment',
  short: { schedules: 20, recipients: 3, kills: 2 },
  long: { schedules: 20, recipients: 100, kills: 12 },
  withinSeconds: 600,
  run: (numbers, chance) => startWithKills(numbers, chance),
});

testControl('F32', 'a campaign that a dead worker had taken stays taken for long', async (chance) => {
  await rig.app.database.query(
    `CREATE FUNCTION long_lease() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       NEW.due_at := now() + interval '25 seconds'; RETURN NEW; END $$;
     CREATE TRIGGER long_lease BEFORE UPDATE ON campaigns FOR EACH ROW
     WHEN (OLD.status = 'SCHEDULED' AND NEW.status = 'SCHEDULED' AND OLD.due_at <= now()) EXECUTE FUNCTION long_lease()`,
  );
  try {
    const numbers = { schedules: 3, recipients: 2, kills: 1 };
    const { problems } = await startWithKills(numbers, chance, {
      failpoint: 'after_take_due:exit',
      lasting: 0,
      // not before the workers look for what is due: they must have taken some
      earliestKillMs: 2500,
    });
    expect(problems.join()).toContain('after it could');
  } finally {
    await rig.app.database.query('DROP FUNCTION long_lease CASCADE');
  }
});

// The trigger's name lets it run after the one that notes the start.
testControl('F32', 'the start is not stored with the status', async (chance) => {
  await rig.app.database.query(
    `CREATE FUNCTION forget_start() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF (SELECT count(*) FROM starts WHERE campaign_id = NEW.id) = 1 THEN
         UPDATE campaigns SET status = 'SCHEDULED', due_at = now() WHERE id = NEW.id; END IF;
       RETURN NULL; END $$;
     CREATE TRIGGER then_forget_start AFTER UPDATE ON campaigns FOR EACH ROW
     WHEN (OLD.status = 'SCHEDULED' AND NEW.status = 'ACTIVE') EXECUTE FUNCTION forget_start()`,
  );
  try {
    const numbers = { schedules: 2, recipients: 2, kills: 1 };
    const { problems } = await startWithKills(numbers, chance, { failpoint: '' });
    expect(problems.join()).toContain('4 starts of 2 campaigns');
  } finally {
    await rig.app.database.query('DROP FUNCTION forget_start CASCADE');
  }
});
