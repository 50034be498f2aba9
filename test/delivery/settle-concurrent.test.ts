import { randomInt, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { CampaignDelta } from '../../src/campaigns/deltas';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import { confirmArrival } from '../../src/delivery/settle/confirm-arrival';
import type { Move } from '../../src/delivery/settle/move';
import { settle } from '../../src/delivery/settle/settle';
import { entities } from '../../src/entities';
import { createDatabase, persistently, transact } from '../../src/infra/database';
import { Clicks } from '../../src/tracking/clicks';
import { linkTokens } from '../../src/campaigns/link';
import { App } from '../support/app';
import { createCampaign, people } from '../support/campaigns';
import { Chance } from '../support/chance';
import { expectCountersAreRows } from '../support/consistency';
import { silent } from '../support/database';
import { browser } from '../support/visits';
import { storeSending } from '../support/stored-recipients';

/*
 * Two apis and a worker settle reports about the same recipients at once, by the quick statement, by the whole one and in
 * transactions, while retries are claimed, links are opened and people are erased. The reports are chosen so that their order
 * does not matter: each recipient has one right status in the end.
 */

const { QUEUED, SENT, DELIVERED, READ, FAILED } = RecipientStatus;
const size = 200;
const charge = ['0.7846', 'INR'] as const;
const seed = Number(process.env.FAULT_SEED ?? randomInt(1, 2 ** 31));

let app: App;
let pools: DataSource[];

beforeAll(async () => {
  app = await App.start({ workers: 0 });
  pools = [0, 1, 2].map(() =>
    createDatabase({ url: app.test.url, entities, poolSize: 4, statementTimeoutMs: 30_000, log: silent }),
  );
  await Promise.all(pools.map((pool) => pool.initialize()));
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.destroy()));
  await app?.close();
});

/** What happens to a recipient, and the status that it must have in the end. */
interface Fate {
  reports: Omit<Move, 'campaignId' | 'seq'>[];
  end: RecipientStatus;
  isCharged?: boolean;
  /** Opens the link. */
  clicks?: boolean;
}

const sent = { to: SENT, claimNo: 1, wamid: 'wamid."1"' };
const delivered = (claimNo = 1) => ({
  to: DELIVERED,
  claimNo,
  deliveredAt: new Date(),
  charges: { [claimNo]: charge },
});
const read = () => ({ to: READ, claimNo: 1, readAt: new Date(), charges: { 1: charge } });
const failed = { to: FAILED, claimNo: 1, errorCode: 131026, errorMessage: 'Refused', attempts: 1 };
const later = { to: QUEUED, claimNo: 1, errorCode: 131056, errorMessage: 'Later', dueInMs: 0 };

const fates: (() => Fate)[] = [
  () => ({ reports: [sent], end: SENT }),
  () => ({ reports: [sent, delivered()], end: DELIVERED, isCharged: true }),
  () => ({ reports: [sent, delivered(), read()], end: READ, isCharged: true }),
  () => ({ reports: [sent, delivered(), read()], end: READ, isCharged: true, clicks: true }),
  () => ({ reports: [sent], end: DELIVERED, clicks: true }),
  () => ({ reports: [sent, failed], end: FAILED }),
  () => ({ reports: [sent, failed, delivered()], end: DELIVERED, isCharged: true }),
  // fails for now, is claimed again, and the second message arrives
  () => ({
    reports: [sent, later, { ...sent, claimNo: 2 }, { ...delivered(2) }],
    end: DELIVERED,
    isCharged: true,
  }),
];

type Settle = (reports: Move[], ended: string[]) => Promise<CampaignDelta[]>;

/** A campaign whose recipients are all being sent to, their rows in any order. */
async function sendingToAll(chance: Chance): Promise<string> {
  const { database } = app;
  const id = await createCampaign(app, {
    customRecipients: people(1),
    whatsappTemplateName: 'weekend_sale',
    whatsappTemplateLanguage: 'en',
    templateParameters: ['{{name}}'],
    linkUrl: 'https://shop.example.com/sale',
  });
  await database.query('DELETE FROM campaign_recipients WHERE campaign_id = $1', [id]);
  await database.query('DELETE FROM campaign_recipient_blocks WHERE campaign_id = $1', [id]);
  const order = chance.shuffled(Array.from({ length: size }, (_, i) => i + 1));
  await storeSending(database, id, order);
  return id;
}

/** A retry is claimed: each QUEUED recipient is sent to by the second claim. */
const claimAgain = (id: string) =>
  app.database.query(
    `UPDATE campaign_recipients SET status = 'SENDING', claim_no = 2 WHERE (campaign_id, seq) IN (
       SELECT campaign_id, seq FROM campaign_recipients WHERE campaign_id = $1 AND status = 'QUEUED' AND claim_no = 1
       ORDER BY seq FOR NO KEY UPDATE) AND status = 'QUEUED'`,
    [id],
  );

/** As erasing a person does. */
const erase = (id: string, seq: number) =>
  app.database.query(
    `UPDATE campaign_recipients SET identity = NULL, wamid = NULL WHERE campaign_id = $1 AND seq = $2`,
    [id, seq],
  );

/** Runs jobs, `atOnce` of them at a time. */
async function together(jobs: (() => Promise<unknown>)[], atOnce: number): Promise<void> {
  const waiting = [...jobs];
  const run = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await job();
  };
  await Promise.all(Array.from({ length: atOnce }, run));
}

interface Load {
  id: string;
  fateOf: Map<number, Fate>;
  /** All that was said of the campaign's changes, in any order. */
  deltas: CampaignDelta[];
}

/** Settles each report one to three times, in sets of any size and order, many sets at once. */
async function settleAtOnce(chance: Chance, settleOf: (set: number) => Settle): Promise<Load> {
  const id = await sendingToAll(chance);
  const fateOf = new Map<number, Fate>();
  for (let seq = 1; seq <= size; seq++) fateOf.set(seq, chance.pick(fates)());
  const reports = chance.shuffled(
    [...fateOf].flatMap(([seq, fate]) =>
      fate.reports.flatMap((report) =>
        Array.from({ length: chance.whole(1, 3) }, (): Move => ({ campaignId: id, seq, ...report })),
      ),
    ),
  );
  const deltas: CampaignDelta[] = [];
  const jobs: (() => Promise<unknown>)[] = [];
  while (reports.length > 0) {
    const set = reports.splice(0, chance.whole(1, 120));
    const claim = randomUUID();
    await app.database.query(
      `INSERT INTO delivery_claims (id, campaign_id, seqs, claim_nos, expires_at) VALUES ($1, $2, '{1}', '{1}', now() + interval '1 hour')`,
      [claim, id],
    );
    const settling = settleOf(jobs.length);
    jobs.push(async () => deltas.push(...(await settling(set, [claim]))));
    if (chance.next() < 0.5) jobs.push(() => persistently(() => claimAgain(id)));
  }
  const [link] = await app.database.query<{ link_id: Buffer; link_key: Buffer }[]>(
    `SELECT link_id, link_key FROM campaigns WHERE id = $1`,
    [id],
  );
  if (!link) throw new Error('The campaign does not exist');
  const tokenOf = linkTokens({ linkId: link.link_id, linkKey: link.link_key });
  const publish = (more: readonly CampaignDelta[]) => Promise.resolve(void deltas.push(...more));
  const clicks = pools.map((pool) => new Clicks(pool, publish, confirmArrival));
  for (const [seq, fate] of fateOf) {
    if (fate.clicks)
      for (const one of clicks)
        jobs.push(() =>
          one.follow({ path: tokenOf(seq), method: 'GET', userAgent: browser, purpose: undefined }),
        );
    if (chance.next() < 0.1) jobs.push(() => erase(id, seq));
  }
  await together(chance.shuffled(jobs), 12);
  return { id, fateOf, deltas };
}

/** Compares rows, counters, costs, claims and what was published with what must be. */
async function check({ id, fateOf, deltas }: Load): Promise<void> {
  const rows = await app.database.query<
    { seq: number; status: string; charges: object | null; clicked: boolean }[]
  >(
    `SELECT seq, status, charges, clicked_at IS NOT NULL AS clicked FROM campaign_recipients WHERE campaign_id = $1 ORDER BY seq`,
    [id],
  );
  expect(
    rows.map(({ seq, status, charges, clicked }) => ({ seq, status, charged: charges !== null, clicked })),
  ).toEqual(
    [...fateOf].map(([seq, { end, isCharged = false, clicks = false }]) => ({
      seq,
      status: end,
      charged: isCharged,
      clicked: clicks,
    })),
  );
  const [campaign] = await app.database.query<Record<string, unknown>[]>(
    `SELECT unconfirmed_count AS unconfirmed, sent_count AS sent, delivered_count AS delivered, read_count AS read,
       failed_count AS failed, clicked_count AS clicked, clicks, cost->>'INR' AS cost,
       (SELECT count(*)::int FROM delivery_claims WHERE campaign_id = c.id) AS claims FROM campaigns c WHERE id = $1`,
    [id],
  );
  const charged = [...fateOf.values()].filter(({ isCharged }) => isCharged).length;
  expect(Number(campaign?.cost)).toBeCloseTo(charged * Number(charge[0]), 4);
  expect(campaign?.claims).toBe(0);
  const clickers = [...fateOf.values()].filter(({ clicks }) => clicks).length;
  expect(campaign).toMatchObject({ clicked: clickers, clicks: clickers * pools.length });
  // WhatsApp's id of a message contains the number
  const named = await app.database.query<{ seq: number }[]>(
    `SELECT seq FROM campaign_recipients WHERE campaign_id = $1 AND identity IS NULL AND wamid IS NOT NULL`,
    [id],
  );
  expect(named).toEqual([]);
  const published: Record<string, number> = {};
  for (const delta of deltas)
    for (const [name, by] of Object.entries(delta.deltas)) published[name] = (published[name] ?? 0) + by;
  for (const name of ['sent', 'delivered', 'read', 'failed', 'clicked', 'clicks'])
    expect([name, published[name] ?? 0]).toEqual([name, campaign?.[name]]);
  expect(published.queued).toBe(-size);
  await expectCountersAreRows(app, id);
}

/** Of this database since it was created; the server adds up what a session has counted when that is idle. */
async function deadlocks(): Promise<number> {
  const [row] = await app.database.query<{ deadlocks: string }[]>(
    `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`,
  );
  return Number(row?.deadlocks);
}

/** Outside of transactions mostly, as reports of progress are; the pools take turns. */
const byPools =
  (chance: Chance) =>
  (set: number): Settle => {
    const pool = pools[set % pools.length] as DataSource;
    const isQuick = chance.next() < 0.7;
    return async (reports, ended) => {
      const { deltas } = isQuick
        ? await persistently(() => settle(pool, reports, ended))
        : await transact(pool, (transaction) => settle(transaction, reports, ended));
      return deltas;
    };
  };

test('many settles of the same recipients at once lose, double and confuse nothing, and none waits for another in a circle', async () => {
  process.stderr.write(`settle-concurrent: FAULT_SEED=${seed} repeats it\n`);
  const chance = new Chance(seed);
  for (let round = 0; round < 4; round++) {
    await check(await settleAtOnce(chance, byPools(chance)));
    // PostgreSQL plans otherwise when it knows that there are few rows
    await app.database.query('ANALYZE campaign_recipients');
  }
  expect(await deadlocks()).toBe(0);
});

test('control: a status that was lost, a counter that is wrong and a change that was not published are found', async () => {
  const chance = new Chance(seed + 1);
  const load = await settleAtOnce(chance, byPools(chance));
  await check(load);
  const { database } = app;
  const { id, deltas } = load;
  const [one] = await database.query<{ seq: number }[]>(
    `SELECT seq FROM campaign_recipients WHERE campaign_id = $1 AND status = 'READ' LIMIT 1`,
    [id],
  );
  const setStatus = (status: RecipientStatus) =>
    database.query(`UPDATE campaign_recipients SET status = $3 WHERE campaign_id = $1 AND seq = $2`, [
      id,
      one?.seq,
      status,
    ]);
  await setStatus(DELIVERED);
  await expect(check(load)).rejects.toThrow('toEqual');
  await setStatus(READ);
  await check(load);

  await database.query('UPDATE campaigns SET read_count = read_count - 1 WHERE id = $1', [id]);
  await expect(check(load)).rejects.toThrow('toEqual');
  await database.query('UPDATE campaigns SET read_count = read_count + 1 WHERE id = $1', [id]);

  const unpublished = deltas.filter((delta) => delta !== deltas.find((each) => each.deltas.sent));
  await expect(check({ ...load, deltas: unpublished })).rejects.toThrow('toEqual');
  await check(load);
});

test('what a quick statement changed is published, also when the statement for the rest must run again', async () => {
  const { database } = app;
  const id = await sendingToAll(new Chance(seed));
  // as a deadlock would, once; sequences are not rolled back
  await database.query(`CREATE SEQUENCE tries`);
  await database.query(
    `CREATE FUNCTION refuse_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF nextval('tries') = 1 THEN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END IF;
       RETURN new;
     END $$`,
  );
  await database.query(
    `CREATE TRIGGER refuse_once BEFORE UPDATE ON campaign_recipients FOR EACH ROW WHEN (new.status = 'FAILED') EXECUTE FUNCTION refuse_once()`,
  );
  try {
    const { deltas } = await persistently(() =>
      settle(database, [
        { campaignId: id, seq: 1, ...sent },
        { campaignId: id, seq: 2, ...failed },
      ]),
    );
    expect(deltas.map((delta) => delta.deltas)).toEqual([
      { queued: -1, sent: 1 },
      { queued: -1, failed: 1 },
    ]);
  } finally {
    await database.query('DROP TRIGGER refuse_once ON campaign_recipients');
  }
});
