import { randomInt, randomUUID } from 'node:crypto';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import type { Move } from '../../src/delivery/settle/move';
import { settle } from '../../src/delivery/settle/settle';
import type { Settled } from '../../src/delivery/settle/settle';
import { App } from '../support/app';
import { createCampaign, people } from '../support/campaigns';
import { Chance } from '../support/chance';

/*
 * In a transaction there is one statement for all reports; outside of one, progress has a statement of its own. Both must
 * do the same, whatever the rows are and whatever is reported about them.
 */

let app: App;
/** The same campaigns twice: the first pair is settled outside of transactions, the second inside. */
let quick: string[];
let whole: string[];

beforeAll(async () => {
  app = await App.start({ workers: 0 });
  const create = () => createCampaign(app, { customRecipients: people(1) });
  const ids = [await create(), await create(), await create(), await create()].sort();
  [quick, whole] = [ids.slice(0, 2), ids.slice(2)];
});
afterAll(() => app?.close());

const { QUEUED, SENDING, UNCONFIRMED, SENT, DELIVERED, READ, FAILED, SKIPPED } = RecipientStatus;
const statuses = [QUEUED, SENDING, UNCONFIRMED, SENT, DELIVERED, READ, FAILED, SKIPPED];
const onTheWay = [SENDING, SENT, DELIVERED, READ];
const rowsEach = 60;
const second = 1000;
const startedAt = new Date(Math.floor(Date.now() / second) * second - 3600 * second);

/** Whole seconds, more than two minutes away from now. */
const someTime = (chance: Chance): Date =>
  new Date(
    chance.pick([
      startedAt.getTime() - 600 * second,
      startedAt.getTime() + chance.whole(0, 3000) * second,
      startedAt.getTime() + 3600 * second + 600 * second,
    ]),
  );

interface Row {
  seq: number;
  status: RecipientStatus;
  [column: string]: unknown;
}

function someRow(chance: Chance, seq: number): Row {
  const status = chance.next() < 0.7 ? chance.pick(onTheWay) : chance.pick(statuses);
  const often = (share: number, value: unknown) => (chance.next() < share ? value : null);
  const sent = [SENT, DELIVERED, READ].includes(status);
  const time = () => new Date(startedAt.getTime() + chance.whole(0, 3000) * second).toISOString();
  return {
    seq,
    status,
    phone: `+9198${String(seq).padStart(8, '0')}`,
    identity: chance.next() < 0.95 ? `9198${String(seq).padStart(8, '0')}` : null,
    claim_no: chance.whole(1, 2),
    attempts: chance.whole(0, 1),
    pair_tries: chance.whole(0, 1),
    wamid: sent || chance.next() < 0.2 ? `wamid.${seq}` : null,
    wa_id: often(0.1, '919800000000'),
    user_id: often(0.1, `IN.${seq}`),
    message_status: status === SENT ? often(0.1, 'paused') : null,
    error_code: status === FAILED ? 131026 : often(0.1, 131056),
    error_message: status === FAILED ? 'Refused' : often(0.1, 'Too often'),
    sent_at: sent ? (chance.next() < 0.95 ? time() : null) : null,
    delivered_at: status === DELIVERED || status === READ ? time() : often(0.05, time()),
    read_at: status === READ ? time() : null,
    failed_at: status === FAILED ? time() : null,
    skipped_reason: status === SKIPPED ? 'CANCELLED' : null,
    charges: often(0.3, { [chance.whole(1, 2)]: ['0.7846', 'INR'] }),
  };
}

type Report = Omit<Move, 'campaignId'> & { campaign: number };

function someReport(chance: Chance): Report {
  const to =
    chance.next() < 0.9 ? chance.pick([SENT, DELIVERED, READ]) : chance.pick([FAILED, QUEUED, UNCONFIRMED]);
  const seq = chance.whole(1, rowsEach + 2);
  const maybe = <T>(share: number, value: T): T | undefined => (chance.next() < share ? value : undefined);
  const claimNo = chance.whole(1, 2);
  const charge = [chance.pick(['0.7846', '1.10', '0']), chance.pick(['INR', 'USD'])] as const;
  const report = {
    campaign: chance.whole(0, 1),
    seq,
    to,
    claimNo,
    wamid: maybe(0.8, chance.pick([`wamid.${seq}`, `wamid."\\{${seq},`])),
  };
  if (to === SENT)
    return {
      ...report,
      sentAt: maybe(0.7, someTime(chance)),
      waId: maybe(0.2, '919811111111'),
      userId: maybe(0.2, `IN.new${seq}`),
      messageStatus: maybe(0.05, 'held_for_quality_assessment'),
    };
  const charges = maybe(0.6, { [claimNo]: charge });
  if (to === DELIVERED) return { ...report, deliveredAt: maybe(0.9, someTime(chance)), charges };
  if (to === READ) return { ...report, readAt: maybe(0.9, someTime(chance)), charges };
  if (to === FAILED) return { ...report, errorCode: 131026, errorMessage: 'Refused', attempts: 1 };
  return { ...report, errorCode: 131056, errorMessage: 'Later', dueInMs: 60_000 };
}

/** Makes both campaigns of a pair have these rows, the counters that follow from them, and a claim. */
async function set(ids: readonly string[], rowsOf: readonly Row[][], claim: string): Promise<void> {
  const { database } = app;
  const tables = [
    'campaign_recipients',
    'campaign_recipient_blocks',
    'campaign_stats_minutes',
    'campaign_failures',
    'delivery_followups',
    'recipient_retries',
    'campaign_history',
    'delivery_claims',
  ];
  for (const table of tables)
    await database.query(`DELETE FROM ${table} WHERE campaign_id = ANY ($1)`, [ids]);
  for (const [i, id] of ids.entries()) {
    const rows = rowsOf[i] ?? [];
    await database.query(
      `INSERT INTO campaign_recipients (campaign_id, contact_kind, seq, status, phone, identity, claim_no, attempts, pair_tries, wamid, wa_id, user_id,
         message_status, error_code, error_message, sent_at, delivered_at, read_at, failed_at, skipped_reason, charges)
       SELECT $1, 'CUSTOM', seq, status, phone, identity, claim_no, attempts, pair_tries, wamid, wa_id, user_id,
         message_status, error_code, error_message, sent_at, delivered_at, read_at, failed_at, skipped_reason, nullif(charges, 'null')
       FROM jsonb_populate_recordset(NULL::campaign_recipients, $2)`,
      [id, JSON.stringify(rows)],
    );
    // erased: their identity is gone, and inserting a row gives it one
    await database.query(
      `UPDATE campaign_recipients SET identity = NULL WHERE campaign_id = $1 AND seq = ANY ($2)`,
      [id, rows.filter(({ identity }) => identity === null).map(({ seq }) => seq)],
    );
    await database.query(
      `INSERT INTO campaign_recipient_blocks (campaign_id, block, seen) VALUES ($1, 0, 0)`,
      [id],
    );
    await database.query(
      `INSERT INTO delivery_followups (campaign_id, seq, kind, due_at)
       SELECT campaign_id, seq, CASE status WHEN 'QUEUED' THEN 'RETRY' ELSE 'UNCONFIRMED' END, now() FROM campaign_recipients
       WHERE campaign_id = $1 AND status IN ('QUEUED', 'UNCONFIRMED')`,
      [id],
    );
    await database.query(
      `INSERT INTO campaign_failures (campaign_id, code, count)
       SELECT campaign_id, error_code, count(*) FROM campaign_recipients WHERE campaign_id = $1 AND status = 'FAILED' GROUP BY 1, 2`,
      [id],
    );
    const of = (...counted: RecipientStatus[]) =>
      rows.filter(({ status }) => counted.includes(status)).length;
    await database.query(
      `UPDATE campaigns SET status = 'ACTIVE', started_at = $2, version = 1, cost = '{"INR": "5.00"}', total_recipients = $3,
         queued_count = $4, unconfirmed_count = $5, sent_count = $6, delivered_count = $7, read_count = $8, failed_count = $9,
         skipped_count = $10, held_count = $11 WHERE id = $1`,
      [
        id,
        startedAt,
        rows.length,
        of(QUEUED, SENDING),
        of(UNCONFIRMED),
        of(SENT, DELIVERED, READ),
        of(DELIVERED, READ),
        of(READ),
        of(FAILED),
        of(SKIPPED),
        rows.filter((row) => row.message_status !== null).length,
      ],
    );
  }
  await database.query(
    `INSERT INTO delivery_claims (id, campaign_id, seqs, claim_nos, expires_at) VALUES ($1, $2, '{1}', '{1}', now() + interval '1 hour')`,
    [claim, ids[0]],
  );
  await database.query('INSERT INTO delivery_begun (claim_id) VALUES ($1)', [claim]);
}

/** Everything that settling writes, with `now` for times of this minute, and without what names the campaigns apart. */
async function written(ids: readonly string[]): Promise<unknown> {
  const found: unknown[] = [];
  for (const id of ids) {
    const [state] = await app.database.query<object[]>(
      `SELECT to_jsonb(c) - ARRAY['id', 'campaign_name', 'link_id', 'link_key', 'version', 'created_at'] AS campaign,
         (SELECT jsonb_agg(to_jsonb(r) - 'campaign_id' ORDER BY seq) FROM campaign_recipients r WHERE campaign_id = c.id) AS recipients,
         (SELECT jsonb_agg(to_jsonb(b) - 'campaign_id' ORDER BY block) FROM campaign_recipient_blocks b WHERE campaign_id = c.id) AS blocks,
         (SELECT jsonb_build_array(sum(sent), sum(delivered), sum(read), sum(failed)) FROM campaign_stats_minutes WHERE campaign_id = c.id) AS minutes,
         (SELECT jsonb_agg(to_jsonb(f) - 'campaign_id' ORDER BY code) FROM campaign_failures f WHERE campaign_id = c.id) AS failures,
         (SELECT jsonb_agg(to_jsonb(f) - 'campaign_id' ORDER BY seq) FROM delivery_followups f WHERE campaign_id = c.id) AS followups,
         (SELECT jsonb_agg(to_jsonb(f) - 'campaign_id' ORDER BY seq) FROM recipient_retries f WHERE campaign_id = c.id) AS retries,
         (SELECT count(*) FROM delivery_claims WHERE campaign_id = c.id) AS claims
       FROM campaigns c WHERE id = $1`,
      [id],
    );
    found.push(
      JSON.parse(JSON.stringify(state), (_, value: unknown) =>
        typeof value === 'string' &&
        /^\d{4}-\d\d-\d\dT/.test(value) &&
        Math.abs(Date.parse(value) - Date.now()) < 120 * second
          ? 'now'
          : value,
      ),
    );
  }
  return found;
}

/** What a settle said of each campaign, in all. */
function said(settled: Settled, ids: readonly string[], reports: readonly Move[]): unknown {
  const sum = (id: string) => {
    const deltas: Record<string, number> = {};
    for (const delta of settled.deltas.filter(({ campaignId }) => campaignId === id))
      for (const [name, by] of Object.entries(delta.deltas)) deltas[name] = (deltas[name] ?? 0) + by;
    return Object.fromEntries(
      Object.entries(deltas)
        .filter(([, by]) => by !== 0)
        .sort(),
    );
  };
  return {
    deltas: ids.map(sum),
    costs: ids.map(
      (id) => settled.deltas.findLast(({ campaignId, amounts }) => campaignId === id && amounts)?.amounts,
    ),
    drained: ids.map((id) => settled.drained.includes(id)),
    applied: reports.map((report) => settled.applied(report)),
  };
}

const seed = Number(process.env.FAULT_SEED ?? randomInt(1, 2 ** 31));

test('reports do the same by the quick statement and by the whole one, 60 times with random rows and reports', async () => {
  process.stderr.write(`settle-progress: FAULT_SEED=${seed} repeats it\n`);
  const chance = new Chance(seed);
  let moved = 0;
  for (let round = 0; round < 60; round++) {
    const rowsOf = [0, 1].map(() => Array.from({ length: rowsEach }, (_, i) => someRow(chance, i + 1)));
    const mixed = round % 3 === 0;
    const reports = Array.from({ length: chance.whole(1, 80) }, () => someReport(chance)).filter(
      ({ to }) => mixed || [SENT, DELIVERED, READ].includes(to),
    );
    const of = (ids: readonly string[]): Move[] =>
      reports.map(({ campaign, ...report }) => ({ ...report, campaignId: ids[campaign] as string }));
    const [quickClaim, wholeClaim] = [randomUUID(), randomUUID()];
    await set(quick, rowsOf, quickClaim);
    await set(whole, rowsOf, wholeClaim);
    const ended = round % 2 === 0;
    const byQuick = await settle(app.database, of(quick), ended ? [quickClaim] : []);
    const byWhole = await app.database.transaction((transaction) =>
      settle(transaction, of(whole), ended ? [wholeClaim] : []),
    );
    expect(await written(quick)).toEqual(await written(whole));
    expect(said(byQuick, quick, of(quick))).toEqual(said(byWhole, whole, of(whole)));
    moved += byQuick.deltas.length;
    // the same once more changes nothing
    const before = await written(quick);
    const again = await settle(
      app.database,
      of(quick).filter(({ to }) => [SENT, DELIVERED, READ].includes(to)),
    );
    if (!mixed) {
      expect(await written(quick)).toEqual(before);
      expect(again.deltas).toEqual([]);
    }
  }
  expect(moved).toBeGreaterThan(60);
});
