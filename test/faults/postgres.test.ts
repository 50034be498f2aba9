import { Client } from 'pg';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { waitFor } from '../support/wait';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import type { Chance } from '../support/chance';
import type { Outcome } from './harness';
import { OwnServer } from './servers';
import { Workers } from './workers';

const perSecond = 125;

let server: OwnServer;
let rig: FaultRig;
let workers: Workers;

beforeAll(async () => {
  server = await OwnServer.start('postgres');
  process.env.TEST_POSTGRES_URL = server.url;
  rig = await FaultRig.start({
    messagesPerSecond: perSecond,
    env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '3' },
  });
  workers = await Workers.start(rig.app, 2);
}, 90_000);
afterEach(() => rig.app.behave({ webhooks: { pauseUntilResumed: false, giveUpAfterMs: 604_800_000 } }));
afterAll(async () => {
  await workers?.killAll();
  await rig?.close();
  await server?.remove();
});

/** Runs a query in the app's database on a separate connection, not through the proxy. */
async function query<T>(sql: string, parameters: unknown[] = []): Promise<T[]> {
  const url = new URL(server.direct);
  url.pathname = `/${rig.app.test.name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows as T[];
  } finally {
    await client.end();
  }
}

type Disturbance = { what: string; cause: () => Promise<unknown> };

/** Sends one campaign with disturbances at random moments; sending must go on after each of them. */
async function disturbed(recipients: number, disturbances: Disturbance[], chance: Chance): Promise<Outcome> {
  // slow statuses, so that many of them arrive during the fault
  await rig.app.behave({ sentDelayMs: { min: 1, max: 600 }, deliveredDelayMs: { min: 1, max: 600 } });
  const id = await rig.campaign(recipients);
  let longest = 0;
  for (const [i, { what, cause }] of disturbances.entries()) {
    const part = recipients / disturbances.length;
    await rig.accepted(id, (i + chance.between(0.2, 0.6)) * part);
    await cause();
    const back = performance.now();
    await waitFor(async () => (await fetch(`${rig.app.url}/readyz`)).ok, {
      what: `ready after ${what}`,
      timeoutMs: 30_000,
    });
    longest = Math.max(longest, performance.now() - back);
  }
  const counts = await rig.ended(id, { timeoutMs: 180_000 });
  if (longest > 10_000) counts.problems.push(`ready only after ${(longest / 1000).toFixed(1)} s`);
  if (workers.lost > 0) counts.problems.push(`${workers.lost} workers ended`);
  return {
    ...counts,
    tries: disturbances.length,
    note: `${[...new Set(disturbances.map((one) => one.what))].join(', ')}: ready after at most ${(longest / 1000).toFixed(1)} s`,
  };
}

const times = (count: number, what: string, cause: () => Promise<unknown>): Disturbance[] =>
  Array.from({ length: count }, () => ({ what, cause }));

const restart = async () => {
  await server.stop();
  await server.up();
};
const crash = async () => {
  await server.end('SIGQUIT');
  await server.up();
};
const terminateConnections = () =>
  query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dakiya' AND datname = current_database()`,
  );
const stopFor = (ms: number) => async () => {
  await server.stop();
  const since = performance.now();
  await waitFor(() => performance.now() - since > ms, {
    what: 'PostgreSQL was down for long enough',
    timeoutMs: 2 * ms + 10_000,
  });
  await server.up();
};

testFault({
  id: 'F9',
  what: 'PostgreSQL restarted (fast), crashed (immediate), all connections terminated, down for a while',
  short: { recipients: 400, fast: 1, immediate: 1, terminated: 1, down: 0, downSeconds: 0 },
  long: { recipients: 1500, fast: 3, immediate: 5, terminated: 10, down: 1, downSeconds: 20 },
  withinSeconds: 600,
  run: async ({ recipients, fast, immediate, terminated, ...more }, chance) => {
    const all = [
      times(fast, 'restarted', restart),
      times(immediate, 'crashed', crash),
      times(terminated, 'connections terminated', terminateConnections),
      times(more.down, `down for ${more.downSeconds} s`, stopFor(more.downSeconds * 1000)),
    ].filter((each) => each.length > 0);
    // the short form has one campaign for all of them
    const campaigns = recipients <= 400 ? [all.flat()] : all;
    const outcomes: Outcome[] = [];
    for (const disturbances of campaigns) outcomes.push(await disturbed(recipients, disturbances, chance));
    return together(outcomes);
  },
});

testControl('F9', 'without repeated webhooks after the outage, rows lack statuses', async (chance) => {
  await rig.app.behave({
    webhooks: { giveUpAfterMs: 0 },
    sentDelayMs: { min: 1, max: 600 },
    deliveredDelayMs: { min: 1, max: 600 },
  });
  const id = await rig.campaign(200);
  await rig.accepted(id, chance.between(60, 120));
  await server.stop();
  await waitFor(async () => (await fetch(`${rig.app.url}/readyz`)).status === 503, {
    what: '/readyz answers 503',
  });
  await server.up();
  const counts = await rig.ended(id);
  expect(counts.problems.join()).toContain('rows that differ from the ledger');
});

/**
 * Makes a share of the statements that write to the tables of the send path fail with these SQLSTATEs, by a trigger
 * of the test.
 */
async function injectErrors(codes: readonly string[], share: number): Promise<void> {
  await query(`CREATE OR REPLACE FUNCTION injected_error() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF random() < ${share} THEN
      RAISE EXCEPTION 'Injected by the test' USING ERRCODE = (ARRAY['${codes.join("','")}'])[1 + floor(random() * ${codes.length})];
    END IF;
    RETURN NULL;
  END $$`);
  for (const table of sendPathTables)
    await query(
      `CREATE TRIGGER injected_error AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION injected_error()`,
    );
}

async function removeErrors(): Promise<void> {
  for (const table of sendPathTables) await query(`DROP TRIGGER IF EXISTS injected_error ON ${table}`);
}

const sendPathTables = ['campaign_recipients', 'campaigns', 'delivery_claims', 'delivery_followups'];

/** Locks rows that the product locks, in the opposite order, which leads to deadlocks; holds them only briefly. */
async function competeForLocks(id: string, chance: Chance): Promise<void> {
  const url = new URL(server.direct);
  url.pathname = `/${rig.app.test.name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`BEGIN; SET LOCAL deadlock_timeout = '3s'`);
    await client.query(`SELECT FROM campaigns WHERE id = $1 FOR UPDATE`, [id]);
    await client.query(
      `SELECT FROM campaign_recipients WHERE campaign_id = $1 AND status = 'SENDING' ORDER BY seq DESC LIMIT $2 FOR UPDATE`,
      [id, chance.whole(5, 50)],
    );
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

testFault({
  id: 'F10',
  what: 'PostgreSQL reports serialization failures, deadlocks, too many connections, timeouts',
  long: { recipients: 3000, shareInThousand: 20, lockConflicts: 20 },
  withinSeconds: 300,
  run: async ({ recipients, shareInThousand, lockConflicts }, chance) => {
    const id = await rig.campaign(recipients);
    await injectErrors(['40001', '40P01', '53300', '57014'], shareInThousand / 1000);
    let refused = 0;
    try {
      for (let i = 0; i < lockConflicts; i++) {
        await rig.accepted(id, ((i + chance.between(0.1, 0.9)) / lockConflicts) * recipients * 0.95);
        await competeForLocks(id, chance).catch(() => refused++);
      }
      // the product must finish sending while errors are injected
      await rig.sent(id);
      await removeErrors();
      const counts = await rig.ended(id);
      return {
        ...counts,
        tries: lockConflicts,
        note: `${lockConflicts} lock conflicts, in ${refused} the test was refused`,
      };
    } finally {
      await removeErrors();
    }
  },
});

testControl('F10', 'a settle that is not retried after an error leaves recipients unconfirmed', async () => {
  // without webhooks only the answers show what was sent
  await rig.app.behave({ webhooks: { pauseUntilResumed: true } });
  const id = await rig.campaign(300);
  await injectErrors(['P0001'], 0.2);
  try {
    await rig.accepted(id, 60);
  } finally {
    await removeErrors();
  }
  await rig.sent(id);
  expect(await rig.moved(id, RecipientStatus.UNCONFIRMED)).toBeGreaterThan(0);
  // the webhooks settle them in the end
  await rig.app.behave({ webhooks: { pauseUntilResumed: false } });
  expect((await rig.ended(id)).problems).toEqual([]);
});
