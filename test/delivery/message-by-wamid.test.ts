import { randomBytes, randomUUID } from 'node:crypto';
import { findByWamid } from '../../src/delivery/webhook/message-by-wamid';
import type { NamedMessage } from '../../src/delivery/webhook/message-by-wamid';
import { createTestDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db?.drop());

/** A business with a WhatsApp number. */
async function addSender(phoneNumberId: string): Promise<{ businessId: string; senderId: string }> {
  const [businessId, senderId] = [randomUUID(), randomUUID()];
  await db.database.query(
    `INSERT INTO businesses (id, name, timezone, default_country) VALUES ($1, 'B', 'UTC', 'IN')`,
    [businessId],
  );
  await db.database.query(
    `INSERT INTO senders (id, business_id, phone_number_id, waba_id, display_phone_number, access_token_encrypted)
     VALUES ($1, $2, $3, '1', '1', 'x')`,
    [senderId, businessId, phoneNumberId],
  );
  return { businessId, senderId };
}

/** A campaign that started some days ago, with one recipient for each phone: the wamid of the nth is `<name>.<n>`. */
async function addCampaign(
  sender: { businessId: string; senderId: string },
  name: string,
  phones: string[],
  { daysAgo = 1, status = 'SENT' } = {},
): Promise<string> {
  const id = randomUUID();
  await db.database.query(
    `INSERT INTO campaigns (id, business_id, sender_id, campaign_name, campaign_type, channel, status, audience_type,
       link_id, link_key, total_recipients, queued_count, started_at)
     VALUES ($1, $2, $3, $4, 'PROMOTIONAL', 'WHATSAPP', 'ACTIVE', 'CUSTOM', $5, $6, $7, $7, now() - make_interval(days => $8))`,
    [id, sender.businessId, sender.senderId, name, randomBytes(8), randomBytes(8), phones.length, daysAgo],
  );
  await db.database.query(
    `INSERT INTO campaign_recipients (campaign_id, seq, phone, contact_kind, status, claim_no, wamid)
     SELECT $1, place, phone, 'CUSTOM', $4, 2, $2 || '.' || place
     FROM unnest($3::text[]) WITH ORDINALITY AS p (phone, place)`,
    [id, name, phones, status],
  );
  return id;
}

test('many messages at once are found by any spelling of the phone or none, in the campaigns of their sender', async () => {
  const [a, b] = [await addSender('101'), await addSender('102')];
  const first = await addCampaign(a, 'first', ['+919876500001', '+5511987654321']);
  const second = await addCampaign(a, 'second', ['+919876500001', '+5511954321098', '+5215512345678']);
  const other = await addCampaign(b, 'other', ['+919876500001']);
  const found = await findByWamid(db.database, [
    { wamid: 'first.1', phoneNumberId: '101', phone: '+919876500001' },
    { wamid: 'first.2', phoneNumberId: '101', phone: '+551187654321' },
    { wamid: 'second.1', phoneNumberId: '101' },
    { wamid: 'second.2', phoneNumberId: '101', phone: '+551154321098' },
    { wamid: 'second.3', phoneNumberId: '101', phone: '+525512345678' },
    { wamid: 'other.1', phoneNumberId: '102' },
    { wamid: 'other.1', phoneNumberId: '102' },
  ]);
  expect(Object.fromEntries(found)).toEqual({
    'first.1': { campaignId: first, seq: 1, claimNo: 2 },
    'first.2': { campaignId: first, seq: 2, claimNo: 2 },
    'second.1': { campaignId: second, seq: 1, claimNo: 2 },
    'second.2': { campaignId: second, seq: 2, claimNo: 2 },
    'second.3': { campaignId: second, seq: 3, claimNo: 2 },
    'other.1': { campaignId: other, seq: 1, claimNo: 2 },
  });
});

test('messages are found by the number that WhatsApp named in its answer, whatever the phone is', async () => {
  const sender = await addSender('106');
  const id = await addCampaign(sender, 'named', ['+2290197123456', '+2250707123456', '+919876500001']);
  const waIds = ['22997123456', '22507123456', '917000000001'];
  for (const [i, waId] of waIds.entries())
    await db.database.query(`UPDATE campaign_recipients SET wa_id = $3 WHERE campaign_id = $1 AND seq = $2`, [
      id,
      i + 1,
      waId,
    ]);
  const found = await findByWamid(
    db.database,
    waIds.map((waId, i) => ({ wamid: `named.${i + 1}`, phoneNumberId: '106', phone: `+${waId}` })),
  );
  expect([...found.values()].map(({ campaignId, seq }) => [campaignId, seq])).toEqual([
    [id, 1],
    [id, 2],
    [id, 3],
  ]);
  // the same number of the person, another message
  const other = [{ wamid: 'named.1', phoneNumberId: '106', phone: '+22507123456' }];
  expect(await findByWamid(db.database, other)).toEqual(new Map());
});

test('nothing is found for other senders, people or ids, or in campaigns older than 30 days', async () => {
  const sender = await addSender('103');
  await addCampaign(sender, 'mine', ['+919876500001']);
  await addCampaign(sender, 'old', ['+919876500001'], { daysAgo: 31 });
  const strange = [
    { wamid: 'mine.1', phoneNumberId: '101', phone: '+919876500001' },
    { wamid: 'mine.1', phoneNumberId: '101' },
    { wamid: 'mine.1', phoneNumberId: '' },
    { wamid: 'mine.1', phoneNumberId: '103', phone: '+919876500002' },
    { wamid: 'mine.2', phoneNumberId: '103', phone: '+919876500001' },
    { wamid: 'old.1', phoneNumberId: '103', phone: '+919876500001' },
    { wamid: 'old.1', phoneNumberId: '103' },
  ];
  expect(await findByWamid(db.database, strange)).toEqual(new Map());
  expect(await findByWamid(db.database, [])).toEqual(new Map());
});

test('a recipient who is being sent to again is found by the id of the earlier message, with its claim number', async () => {
  const sender = await addSender('104');
  const id = await addCampaign(sender, 'again', ['+919876500001'], { status: 'SENDING' });
  const named = { wamid: 'again.1', phoneNumberId: '104', phone: '+919876500001' };
  expect((await findByWamid(db.database, [named])).get('again.1')).toEqual({
    campaignId: id,
    seq: 1,
    claimNo: 1,
  });
});

test('with many campaigns the recipients are scanned once, and with a phone only the rows of that phone are read', async () => {
  const sender = await addSender('105');
  const phones = Array.from({ length: 20_000 }, (_, i) => `+9198${String(i).padStart(8, '0')}`);
  await addCampaign(sender, 'large', phones);
  for (let i = 0; i < 40; i++) await addCampaign(sender, `small${i}`, phones.slice(0, 1));
  await db.database.query(`VACUUM ANALYZE campaign_recipients`);
  /** Pages of the table and its indexes that a search reads, relative to the pages of the table. */
  const read = async (named: NamedMessage[]): Promise<number> => {
    const runner = db.database.createQueryRunner();
    await runner.startTransaction();
    try {
      const hits = async () => {
        const [row] = (await runner.query(
          `SELECT sum(pg_stat_get_xact_blocks_fetched(oid))::int AS fetched FROM pg_class
           WHERE oid = 'campaign_recipients'::regclass OR oid IN (
             SELECT indexrelid FROM pg_index WHERE indrelid = 'campaign_recipients'::regclass)`,
        )) as { fetched: number }[];
        return row?.fetched ?? 0;
      };
      const before = await hits();
      expect((await findByWamid(runner.manager, named)).size).toBe(named.length);
      const [{ pages }] = (await runner.query(
        `SELECT pg_relation_size('campaign_recipients') / current_setting('block_size')::int AS pages`,
      )) as [{ pages: string }];
      return ((await hits()) - before) / Number(pages);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  };
  const message = { wamid: 'large.777', phoneNumberId: '105' };
  expect(await read([message])).toBeLessThan(2);
  expect(await read([message, { ...message, wamid: 'small7.1' }])).toBeLessThan(2);
  expect(await read([{ ...message, phone: phones[776] }])).toBeLessThan(0.4);
});
