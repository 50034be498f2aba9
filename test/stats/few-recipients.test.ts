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
