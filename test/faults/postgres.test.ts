import { Client } from 'pg';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { waitFor } from '../support/wait';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import type { Chance, Outcome } from './harness';
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

/** On a connection of the test's own, past the proxy, to the database of the app. */
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

type Disturbance = { what: string; happens: () => Promise<unknown> };

/** One campaign; what is to happen happens at a time by chance in between; afterwards sending goes on. */
async function disturbed(recipients: number, disturbances: Disturbance[], chance: Chance): Promise<Outcome> {
  // slow people, so that many of their statuses fall into the fault
  await rig.app.behave({ sentDelayMs: { min: 1, max: 600 }, deliveredDelayMs: { min: 1, max: 600 } });
  const id = await rig.campaign(recipients);
  let longest = 0;
  for (const [i, { what, happens }] of disturbances.entries()) {
    const part = recipients / disturbances.length;
    await rig.accepted(id, (i + chance.between(0.2, 0.6)) * part);
    await happens();
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

const times = (count: number, what: string, happens: () => Promise<unknown>): Disturbance[] =>
  Array.from({ length: count }, () => ({ what, happens }));

const restart = async () => {
  await server.stop();
  await server.up();
};
const crash = async () => {
  await server.end('SIGQUIT');
  await server.up();
};
const throwOut = () =>
  query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dakiya' AND datname = current_database()`,
  );
const away = (ms: number) => async () => {
  await server.stop();
  const since = performance.now();
  await waitFor(() => performance.now() - since > ms, {
    what: 'PostgreSQL was away',
    timeoutMs: 2 * ms + 10_000,
  });
  await server.up();
};

testFault({
  id: 'F9',
  what: 'PostgreSQL restarted (fast), crashed (immediate), all connections thrown out, away',
  short: { recipients: 400, fast: 1, immediate: 1, thrownOut: 1, away: 0, awaySeconds: 0 },
  long: { recipients: 1500, fast: 3, immediate: 5, thrownOut: 10, away: 1, awaySeconds: 20 },
  withinSeconds: 600,
  run: async ({ recipients, fast, immediate, thrownOut, ...more }, chance) => {
    const all = [
      times(fast, 'restarted', restart),
      times(immediate, 'crashed', crash),
      times(thrownOut, 'thrown out', throwOut),
      times(more.away, `away for ${more.awaySeconds} s`, away(more.awaySeconds * 1000)),
    ].filter((each) => each.length > 0);
    // the short form has one campaign for all of them
    const campaigns = recipients <= 400 ? [all.flat()] : all;
    const outcomes: Outcome[] = [];
    for (const disturbances of campaigns) outcomes.push(await disturbed(recipients, disturbances, chance));
    return together(outcomes);
  },
});

testControl(
  'F9',
  'statuses that are not told again after the outage leave rows behind the ledger',
  async (chance) => {
    await rig.app.behave({
      webhooks: { giveUpAfterMs: 0 },
      sentDelayMs: { min: 1, max: 600 },
      deliveredDelayMs: { min: 1, max: 600 },
    });
    const id = await rig.campaign(200);
    await rig.accepted(id, chance.between(60, 120));
    await server.stop();
    await waitFor(async () => (await fetch(`${rig.app.url}/readyz`)).status === 503, {
      what: 'not ready',
    });
    await server.up();
    const counts = await rig.ended(id);
    expect(counts.problems.join()).toContain('do not say what the ledger says');
  },
);

/**
 * Errors that PostgreSQL gives on a bad day, on a share of the statements that change rows of the hot path: made by a
 * trigger of the test.
 */
async function failing(codes: readonly string[], share: number): Promise<void> {
  await query(`CREATE OR REPLACE FUNCTION bad_day() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF random() < ${share} THEN
      RAISE EXCEPTION 'A bad day' USING ERRCODE = (ARRAY['${codes.join("','")}'])[1 + floor(random() * ${codes.length})];
    END IF;
    RETURN NULL;
  END $$`);
  for (const table of hotTables)
    await query(
      `CREATE TRIGGER bad_day AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION bad_day()`,
    );
}

async function wellAgain(): Promise<void> {
  for (const table of hotTables) await query(`DROP TRIGGER IF EXISTS bad_day ON ${table}`);
}

const hotTables = ['campaign_recipients', 'campaigns', 'delivery_claims', 'delivery_followups'];

/** Somebody who locks what the product wants, the other way round, and is in nobody's way for long. */
async function quarrel(id: string, chance: Chance): Promise<void> {
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
  what: 'PostgreSQL refuses: serialization, deadlock, too many connections, timeouts',
  long: { recipients: 3000, shareInThousand: 20, quarrels: 20 },
  withinSeconds: 300,
  run: async ({ recipients, shareInThousand, quarrels }, chance) => {
    const id = await rig.campaign(recipients);
    await failing(['40001', '40P01', '53300', '57014'], shareInThousand / 1000);
    let refused = 0;
    try {
      for (let i = 0; i < quarrels; i++) {
        await rig.accepted(id, ((i + chance.between(0.1, 0.9)) / quarrels) * recipients * 0.95);
        await quarrel(id, chance).catch(() => refused++);
      }
      // the product itself must come to the end on the bad day
      await rig.sent(id);
      await wellAgain();
      const counts = await rig.ended(id);
      return {
        ...counts,
        tries: quarrels,
        note: `${quarrels} quarrels over locks, ${refused} lost by the test`,
      };
    } finally {
      await wellAgain();
    }
  },
});

testControl('F10', 'an error that is not tried again leaves people unconfirmed', async () => {
  // without webhooks nothing but the answers tells what became of them
  await rig.app.behave({ webhooks: { pauseUntilResumed: true } });
  const id = await rig.campaign(300);
  await failing(['P0001'], 0.2);
  try {
    await rig.accepted(id, 60);
  } finally {
    await wellAgain();
  }
  await rig.sent(id);
  expect(await rig.moved(id, RecipientStatus.UNCONFIRMED)).toBeGreaterThan(0);
  // and WhatsApp's word settles them after all
  await rig.app.behave({ webhooks: { pauseUntilResumed: false } });
  expect((await rig.ended(id)).problems).toEqual([]);
});
