import { App } from '../support/app';
import {
  createCampaign,
  people,
  phoneOf,
  reached,
  recipients,
  sendCampaign,
  startCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import { expectConsistent } from '../support/consistency';
import { waitFor } from '../support/wait';
import { readRateCard } from '../../src/campaigns/forecast/rate-card';
import { Materialiser } from '../../src/delivery/materialise';
import { AudienceService } from '../../src/audience/audience.service';
import { DeliveryQueue } from '../../src/delivery/queue';
import { connectRedis } from '../../src/infra/redis';
import { silent } from '../support/database';

interface Preview {
  count: number;
  matched: number;
  excluded: { reason: string; count: number }[];
}

let app: App;

beforeAll(async () => {
  app = await App.start();
});
afterAll(() => app?.close());

async function preview(input: Record<string, unknown>): Promise<Preview> {
  const { previewAudience } = await app.data<{ previewAudience: Preview }>(
    `mutation ($input: PreviewAudienceInput!) { previewAudience(input: $input) { count matched excluded { reason count } } }`,
    { input: { businessId: app.businessId, ...input } },
  );
  return previewAudience;
}

test('the rows match the preview: duplicates, invalid phones and opt-outs are kept as EXCLUDED with their reason', async () => {
  await app.addCustomers(100);
  // the same phones again as leads (customers win), invalid phones, and two opt-outs
  await app.database.query(
    `INSERT INTO leads (business_id, name, phone, phone_e164) SELECT $1, 'Lead ' || i, p, p
     FROM generate_series(0, 29) i, LATERAL (SELECT '+9198200' || lpad(i::text, 5, '0') AS p) phone`,
    [app.businessId],
  );
  await app.database.query(
    `INSERT INTO leads (business_id, name, phone) SELECT $1, 'Nobody ' || i, '12' FROM generate_series(1, 7) i`,
    [app.businessId],
  );
  await app.database.query(
    `INSERT INTO suppressions (business_id, phone, reason) VALUES ($1, $2, 'test'), ($1, $3, 'test')`,
    [app.businessId, phoneOf(3), phoneOf(99)],
  );
  const expected = await preview({ audienceType: 'ALL' });
  expect(expected).toMatchObject({ matched: 137, count: 98 });

  const id = await startCampaign(app, { audienceType: 'ALL' });
  await reached(app, id);
  await webhooksDelivered(app);
  const rows = await recipients(app, id);
  const byReason = new Map<string, number>();
  for (const { excluded_reason: reason } of rows)
    if (reason) byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  expect(Object.fromEntries(byReason)).toEqual(
    Object.fromEntries(expected.excluded.map(({ reason, count }) => [reason, count])),
  );
  expect(Object.fromEntries(byReason)).toEqual({ DUPLICATE_PHONE: 30, INVALID_PHONE: 7, OPTED_OUT: 2 });
  // seq 1…98 are the recipients to send to, without a gap; the excluded follow
  expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 137 }, (_, i) => i + 1));
  expect(rows.findIndex((row) => row.excluded_reason !== null)).toBe(98);
  expect(await stats(app, id)).toMatchObject({ totalRecipients: 98, excludedCount: 39 });
  // of several contacts with the same phone the customer is sent to
  const messages = await expectConsistent(app, id);
  expect(messages.filter((message) => message.text.startsWith('Hi Customer'))).toHaveLength(98);
});

test('two spellings of one number are one recipient, sent to in the spelling of the first contact', async () => {
  const customRecipients = [
    { name: 'Ana', phone: '+5511987650001' },
    { name: 'Ana again', phone: '+551187650001' },
    { name: 'Luis', phone: '+5215512340001' },
    { name: 'Luis again', phone: '+525512340001' },
    { name: 'Eva', phone: '+5491123450001' },
  ];
  const id = await createCampaign(app, { customRecipients });
  await app.database.query(
    `INSERT INTO suppressions (business_id, phone, reason) VALUES ($1, '+541123450001', 'test')`,
    [app.businessId],
  );
  await sendCampaign(app, id);
  await reached(app, id);
  await webhooksDelivered(app);
  expect((await expectConsistent(app, id)).map(({ to }) => to).sort()).toEqual([
    '+5215512340001',
    '+5511987650001',
  ]);
  const rows = await app.database.query<{ name: string; identity: string; excluded_reason: string | null }[]>(
    `SELECT name, identity, excluded_reason FROM campaign_recipients WHERE campaign_id = $1 ORDER BY name`,
    [id],
  );
  expect(rows).toEqual([
    { name: 'Ana', identity: '+5511987650001', excluded_reason: null },
    { name: 'Ana again', identity: '+5511987650001', excluded_reason: 'DUPLICATE_PHONE' },
    { name: 'Eva', identity: '+541123450001', excluded_reason: 'OPTED_OUT' },
    { name: 'Luis', identity: '+525512340001', excluded_reason: null },
    { name: 'Luis again', identity: '+525512340001', excluded_reason: 'DUPLICATE_PHONE' },
  ]);
});

test('an opt-out in another spelling after the audience was materialised is skipped', async () => {
  const id = await createCampaign(app, {
    customRecipients: [{ phone: '+5511987650002' }, { phone: phoneOf(7000) }],
  });
  // in the transaction of materialise: after the audience was selected, before anybody is claimed
  await app.database.query(`
    CREATE FUNCTION opt_out_when_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO suppressions (business_id, phone, reason, source) VALUES (NEW.business_id, '+551187650002', 'test', 'KEYWORD');
      RETURN NULL;
    END $$;
    CREATE TRIGGER opt_out_when_fixed AFTER UPDATE ON campaigns FOR EACH ROW
      WHEN (OLD.materialised_at IS NULL AND NEW.materialised_at IS NOT NULL) EXECUTE FUNCTION opt_out_when_fixed()`);
  await sendCampaign(app, id);
  expect(await reached(app, id)).toMatchObject({ totalRecipients: 2, sentCount: 1, skippedCount: 1 });
  await app.database.query(`DROP TRIGGER opt_out_when_fixed ON campaigns`);
  await webhooksDelivered(app);
  expect((await expectConsistent(app, id)).map(({ to }) => to)).toEqual([phoneOf(7000)]);
});

test('running twice creates the rows once', async () => {
  const id = await startCampaign(app, { customRecipients: people(50, 1000) });
  await reached(app, id);
  const before = await recipients(app, id);
  const redis = connectRedis(app.config.redisUrl ?? '', 'commands', silent);
  const queue = new DeliveryQueue(redis, app.config.redisPrefix, () => undefined);
  const published = () => Promise.resolve();
  const audiences = new AudienceService(app.database);
  const again = new Materialiser(app.database, audiences, queue, published, readRateCard(undefined));
  await waitFor(() => redis.status === 'ready', { what: 'redis' });
  await Promise.all(Array.from({ length: 5 }, () => again.materialise(id)));
  await queue.close();
  redis.disconnect();
  expect((await recipients(app, id)).map((row) => row.seq)).toEqual(before.map((row) => row.seq));
  await webhooksDelivered(app);
  await expectConsistent(app, id);
});

test('contacts that change after createCampaign are used as they are at sendCampaign', async () => {
  await app.database.query(`DELETE FROM leads`);
  await app.database.query(`DELETE FROM customers`);
  await app.addCustomers(40, { from: 2000 });
  const id = await createCampaign(app, { audienceType: 'CUSTOMERS' });
  expect(await stats(app, id)).toMatchObject({ totalRecipients: 40, queuedCount: 40 });
  await app.addCustomers(10, { from: 3000 });
  await app.database.query(`DELETE FROM customers WHERE phone_e164 < $1`, [phoneOf(2005)]);
  expect(await sendCampaign(app, id)).toMatchObject({
    totalRecipients: 45,
    message: 'Campaign queued for delivery. 45 messages will be sent.',
  });
  expect(await reached(app, id)).toMatchObject({ totalRecipients: 45, sentCount: 45 });
  await webhooksDelivered(app);
  expect(await expectConsistent(app, id)).toHaveLength(45);
});

test('sendCampaign with nobody left is a CONFLICT and leaves the draft', async () => {
  await app.database.query(`DELETE FROM customers`);
  await app.addCustomers(3, { from: 4000 });
  const id = await createCampaign(app, { audienceType: 'CUSTOMERS' });
  await app.database.query(`DELETE FROM customers`);
  const { errors } = await app.graphql(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, {
    id,
  });
  expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
  expect(await stats(app, id)).toMatchObject({ status: 'DRAFT' });
});
