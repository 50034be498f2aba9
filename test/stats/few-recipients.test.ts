import { RecipientOutcome } from '../../src/audience/filter/filter';
import { RecipientStatus } from '../../src/campaigns/recipient-status';
import type { RecipientFilter } from '../../src/campaigns/recipients/filter';
import { settle } from '../../src/delivery/settle/settle';
import { FewRecipients } from '../../src/stats/recipients/few-recipients';
import { App } from '../support/app';
import { createCampaign, people } from '../support/campaigns';

const { SENT, DELIVERED, READ, FAILED, QUEUED } = RecipientStatus;
const size = 60_000;
/** Who has stayed at "sent". */
const left = [7, 300, 301, 59_999];

let app: App;
let id: string;

beforeAll(async () => {
  app = await App.start({ workers: 0 });
  id = await createCampaign(app, { customRecipients: people(1) });
  const { database } = app;
  await database.query('DELETE FROM campaign_recipients WHERE campaign_id = $1', [id]);
  await database.query(
    `INSERT INTO campaign_recipients (campaign_id, contact_kind, seq, phone, identity, status, claim_no, sent_at, delivered_at)
     SELECT $1, 'CUSTOM', seq, phone, phone, CASE WHEN seq = ANY ($3) THEN 'SENT' ELSE 'DELIVERED' END, 1, now(),
       CASE WHEN seq = ANY ($3) THEN NULL ELSE now() END
     FROM generate_series(1, $2::int) seq, LATERAL (SELECT '+9198' || lpad(seq::text, 8, '0')) made (phone)`,
    [id, size, left],
  );
  // all bits everywhere: everybody passed through both
  await database.query(
    `INSERT INTO campaign_recipient_blocks (campaign_id, block, seen) SELECT $1, block, 6 FROM generate_series(0, ($2::int - 1) / 256) block`,
    [id, size],
  );
  await database.query(
    `UPDATE campaigns SET status = 'ACTIVE', started_at = now() - interval '1 hour', materialised_at = now(), queued_count = 0,
       total_recipients = $2::int, sent_count = $2::int, delivered_count = $2::int - $3::int WHERE id = $1`,
    [id, size, left.length],
  );
});
afterAll(() => app?.close());

function listOf(filter: RecipientFilter) {
  return { campaign: { id, businessId: app.businessId }, size, filter, search: '', country: 'IN' };
}

/** The places of a page; undefined when they are not few. */
async function places(few: FewRecipients, filter: RecipientFilter, limit = 50, after = 0) {
  return (await few.page(listOf(filter), limit, after))?.map(({ seq }) => seq);
}

const moved = (seq: number, to: RecipientStatus, more = {}) =>
  settle(app.database, [{ campaignId: id, seq, claimNo: 1, to, ...more }]);

test('those who stayed are found, in pages, also after some left, others came, and both at once', async () => {
  const few = new FewRecipients(app.database);
  const sent = { status: [SENT] };
  expect(await places(few, sent)).toEqual(left);
  expect(await places(few, sent, 2)).toEqual([7, 300]);
  expect(await places(few, sent, 2, 300)).toEqual([301, 59_999]);
  expect(await places(few, { outcome: [RecipientOutcome.NOT_DELIVERED] })).toEqual(left);

  await moved(300, DELIVERED, { deliveredAt: new Date() });
  expect(await places(few, sent)).toEqual([7, 301, 59_999]);

  // comes back to "sent" by a second message, while another leaves: as many as before, and not the same
  await moved(7, FAILED, { errorCode: 131026, attempts: 1 });
  await moved(7, QUEUED, { from: FAILED });
  expect(await places(few, sent)).toEqual([301, 59_999]);
  await moved(7, SENT);
  await moved(301, READ, { readAt: new Date() });
  expect(await places(few, sent)).toEqual([7, 59_999]);
  expect(await places(few, { status: [FAILED] })).toEqual([]);
  expect(await places(few, { status: [READ] })).toEqual([301]);
});

test('many, those who wait, and searches are left to the walk', async () => {
  const few = new FewRecipients(app.database);
  expect(await places(few, { status: [DELIVERED] })).toBeUndefined();
  expect(await places(few, { status: [QUEUED] })).toBeUndefined();
  expect(await places(few, {})).toBeUndefined();
  expect(await few.page({ ...listOf({ status: [SENT] }), search: 'asha' }, 50, 0)).toBeUndefined();
});

test('pages that are read while people move hold only who matches, each once and in order, and all of them in the end', async () => {
  const { database } = app;
  // a draft with the same filter: a list of its own
  const other = await createCampaign(app, { customRecipients: people(1) });
  const processes = [new FewRecipients(database), new FewRecipients(database)];
  const filter = { status: [SENT] };
  const movers = [11, 600, 30_000, 30_001, 59_000];
  const rounds = 12;
  let moving = true;
  const move = async (seq: number) => {
    for (let round = 0; round < rounds; round++) {
      // DELIVERED is final for reports: the row and the counter are taken back by hand, together
      await database.query(
        `WITH back AS (
           UPDATE campaign_recipients SET status = 'SENT', delivered_at = NULL
           WHERE campaign_id = $1 AND seq = $2 AND status = 'DELIVERED' RETURNING seq)
         UPDATE campaigns SET delivered_count = delivered_count - (SELECT count(*) FROM back) WHERE id = $1`,
        [id, seq],
      );
      if (round < rounds - 1) await moved(seq, DELIVERED, { deliveredAt: new Date() });
    }
  };
  let pages = 0;
  const read = async (few: FewRecipients) => {
    while (moving) {
      const page = (await few.page(listOf(filter), 50, 0)) ?? [];
      expect(page.every(({ status }) => status === SENT)).toBe(true);
      const seqs = page.map(({ seq }) => seq);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      // those who stayed all the time are never missing
      expect(seqs).toEqual(expect.arrayContaining([7, 59_999]));
      expect(
        await few.page({ ...listOf(filter), campaign: { id: other, businessId: app.businessId } }, 50, 0),
      ).toEqual([]);
      pages++;
    }
  };
  const reading = Promise.all(processes.map(read));
  try {
    await Promise.all(movers.map(move));
  } finally {
    moving = false;
    await reading;
  }
  expect(pages).toBeGreaterThan(10);
  for (const few of processes) expect(await places(few, filter)).toEqual([7, ...movers, 59_999]);
});
