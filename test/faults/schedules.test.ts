import { waitFor } from '../support/wait';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import type { Chance } from '../support/chance';
import type { Outcome } from './harness';
import { allStarted, judgeStarts, noteStarts, scheduleAtOnce } from './scheduled-starts';
import type { Outage } from './scheduled-starts';
import { Workers } from './workers';

let rig: FaultRig;
beforeAll(async () => {
  rig = await FaultRig.start({ env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '5' } });
  await noteStarts(rig.app);
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
  const due = await scheduleAtOnce(rig, schedules, recipients);
  const workers = await Workers.start(rig.app, 0, failpoint ? { FAILPOINT: failpoint } : {});
  /** Two workers, of whom so many last until they are killed, and the others die by the failpoint. */
  const addTwo = (last: number) =>
    Promise.all([1, 2].map((n) => workers.add(n <= last ? { FAILPOINT: '' } : {})));
  /** From the kill of all workers until new ones said that they run. */
  const outages: Outage[] = [];
  try {
    await addTwo(lasting);
    await waitFor(() => Date.now() >= due.sendAt.getTime() - 300, {
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
    await allStarted(rig.app, due);
    const counts = [];
    for (const id of due.ids)
      counts.push({ ...(await rig.ended(id, { unconfirmedAtMost: recipients })), tries: 0 });
    const { problems, waits } = await judgeStarts(rig.app, due, outages);
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
