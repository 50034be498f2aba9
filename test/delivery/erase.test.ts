import { App } from '../support/app';
import { verifyCampaign } from '../../src/consistency/verify';
import { openWindows } from '../support/windows';
import { webhooksDelivered } from '../support/campaigns';
import { waitFor } from '../support/wait';
import { createCampaign, refusal, sendCampaign, stats } from '../api/ask';

const erase = `mutation ($id: ID!) { eraseContact(id: $id) }`;

let app: App;

beforeAll(async () => {
  // nobody reads or clicks later, between two looks at the figures
  app = await App.start({ behaviour: { readShare: 0, clickShare: 0, previewShare: 0 } });
});
afterAll(() => app?.close());

const person = {
  name: 'Asha Ungewöhnlich',
  phone: '+5511987654321',
  other: '551187654321',
  email: 'asha.u@example.com',
};

async function add(table: 'leads' | 'customers', phone: string | null, more: Record<string, string> = {}) {
  const [row] = await app.database.query<{ id: string }[]>(
    `INSERT INTO ${table} (business_id, name, phone, phone_e164, email, bsuid) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [
      app.businessId,
      more.name ?? person.name,
      phone ?? '98',
      phone,
      more.email ?? person.email,
      more.bsuid ?? null,
    ],
  );
  return row?.id ?? '';
}

async function sent(rest: Record<string, unknown>): Promise<string> {
  const id = await createCampaign(app, [], { customRecipients: undefined, ...rest });
  await app.data(sendCampaign, { id });
  await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', { what: 'it is sent' });
  return id;
}

async function expectConsistent(id: string): Promise<void> {
  const { checks } = (await verifyCampaign(app.database, id)) ?? {};
  expect(checks?.filter(({ holds }) => !holds)).toEqual([]);
}

/** Tables and columns that hold a text, in any form in which PostgreSQL prints a row. */
async function placesOf(texts: readonly string[]): Promise<string[]> {
  const tables = await app.database.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [hit] = await app.database.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM ${name} t WHERE EXISTS (
         SELECT FROM unnest($1::text[]) AS text WHERE strpos(lower(to_jsonb(t)::text), lower(text)) > 0)`,
      [texts],
    );
    if (hit?.count) found.push(name);
  }
  return found.sort();
}

test('an erased person is in no table but those of the opt-outs, and no figure changes', async () => {
  const lead = await add('leads', person.phone);
  await add('customers', `+${person.other}`, { bsuid: 'BR.77' });
  const stranger = await add('leads', '+919876500001', { name: 'Bina', email: 'bina@example.com' });
  const named = { name: person.name, phone: `+${person.other}`, email: person.email };
  const campaigns = [
    await sent({ audienceType: 'ALL' }),
    await sent({
      audienceType: 'CUSTOM',
      customRecipients: [named, { ...named, phone: person.phone }, { phone: '+919876500002' }],
    }),
  ];
  const draft = await createCampaign(app, [], { customRecipients: [named, { phone: '+919876500002' }] });
  await waitFor(async () => (await stats(app, campaigns[0] ?? '')).deliveredCount === 2, {
    what: 'delivery',
  });
  await webhooksDelivered(app);
  await app.database.query(
    `INSERT INTO conversions (business_id, order_id, phone, occurred_at) VALUES ($1, 'o1', $2, now()), ($1, 'o2', $3, now())`,
    [app.businessId, person.phone, '+919876500001'],
  );
  await app.database.query(
    `UPDATE campaign_recipients SET wa_id = $2, error_message = 'not sent to ' || ltrim(phone, '+') WHERE phone = $1`,
    [person.phone, person.other],
  );
  await app.data(
    `mutation ($id: ID!, $phone: String!) { optOut(businessId: $id, phones: [$phone], reason: "asked") { changed } }`,
    { id: app.businessId, phone: person.phone },
  );
  const texts = ['Ungewöhnlich', '11987654321', '1187654321', person.email, 'BR.77'];
  expect(await placesOf(texts)).toEqual([
    'campaign_recipients',
    'campaigns',
    'conversation_windows',
    'conversions',
    'customers',
    'leads',
    'suppression_changes',
    'suppressions',
  ]);
  const before = await Promise.all(campaigns.map((id) => stats(app, id)));

  expect(await app.data(erase, { id: lead })).toEqual({ eraseContact: true });

  expect(await placesOf(texts)).toEqual(['suppression_changes', 'suppressions']);
  // WhatsApp's ids of messages contain the number
  const ids = await app.database.query<{ wamid: string | null }[]>(
    `SELECT DISTINCT wamid FROM campaign_recipients WHERE phone LIKE 'erased %' AND wamid IS NOT NULL`,
  );
  expect(ids).toEqual([{ wamid: 'erased' }]);
  expect(await Promise.all(campaigns.map((id) => stats(app, id)))).toEqual(before);
  for (const id of campaigns) await expectConsistent(id);
  expect(await refusal(app, erase, { id: lead })).toMatchObject({ code: 'NOT_FOUND' });
  const { contact } = await app.data<{ contact: { name: string } }>(
    `query ($id: ID!) { contact(id: $id) { name } }`,
    { id: stranger },
  );
  expect(contact.name).toBe('Bina');
  // the draft still reaches the other
  await openWindows(app, app.businessId, [{ phone: '+919876500002' }]);
  await app.data(sendCampaign, { id: draft });
  await waitFor(async () => (await stats(app, draft)).status === 'COMPLETED', { what: 'it is sent' });
  expect(await stats(app, draft)).toMatchObject({ sentCount: 1, excludedCount: 1 });
});

test('a person whose contact has another phone since, or none that can be read, is erased too', async () => {
  const id = await add('leads', '+919876510001', { name: 'Chand Früher', email: 'c@example.com' });
  const broken = await add('leads', null, { name: 'Dev Ohne', email: 'd@example.com' });
  const campaign = await sent({ audienceType: 'LEADS' });
  await app.database.query(`UPDATE leads SET phone = '1', phone_e164 = NULL WHERE id = $1`, [id]);
  await app.data(erase, { id });
  await app.data(erase, { id: broken });
  expect(await placesOf(['Früher', '9876510001', 'c@example.com', 'Ohne', 'd@example.com'])).toEqual([]);
  await expectConsistent(campaign);
});

test('a person to whom a campaign still sends is not erased; the answer names the campaign', async () => {
  const phone = '+919876520001';
  const id = await add('leads', phone, { name: 'Esha', email: 'e@example.com' });
  const campaign = await sent({ audienceType: 'LEADS', campaignName: 'Winter sale' });
  const as = async (status: string, campaignStatus: string, followup = false) => {
    await app.database.query(`UPDATE campaign_recipients SET status = $2 WHERE phone = $1`, [phone, status]);
    await app.database.query(`UPDATE campaigns SET status = $2 WHERE id = $1`, [campaign, campaignStatus]);
    await app.database.query(`DELETE FROM delivery_followups`);
    if (followup)
      await app.database.query(
        `INSERT INTO delivery_followups SELECT campaign_id, seq, 'UNCONFIRMED', now() + interval '1 hour'
         FROM campaign_recipients WHERE phone = $1`,
        [phone],
      );
  };
  for (const [status, campaignStatus, followup] of [
    ['QUEUED', 'PAUSED', false],
    ['SENDING', 'PAUSED', false],
    ['SENDING', 'CANCELLED', false],
    ['UNCONFIRMED', 'PAUSED', true],
  ] as const) {
    await as(status, campaignStatus, followup);
    const refused = await refusal(app, erase, { id });
    expect([status, campaignStatus, refused.code]).toEqual([status, campaignStatus, 'CONFLICT']);
    expect(refused.message).toContain('"Winter sale"');
  }
  expect((await placesOf(['Esha', 'e@example.com'])).length).toBeGreaterThan(0);
  await as('UNCONFIRMED', 'PAUSED');
  expect(await app.data(erase, { id })).toEqual({ eraseContact: true });
  expect(await placesOf(['Esha', phone, 'e@example.com'])).toEqual([]);
});

test('nothing is sent to an erased person again, and late reports bring no number back', async () => {
  const phone = '+919876530001';
  await app.behave({ failures: { '131026': 1 }, webhooks: { enabled: false } });
  const id = await add('leads', phone, { name: 'Farid', email: 'f@example.com' });
  await app.database.query(`DELETE FROM leads WHERE id <> $1`, [id]);
  await app.database.query(`DELETE FROM customers`);
  const campaign = await sent({ audienceType: 'LEADS' });
  await app.behave({ failures: {}, webhooks: { enabled: true } });
  await app.data(erase, { id });
  const messages = (await app.ledger()).length;
  await app.database.query(
    `WITH r AS (UPDATE campaign_recipients SET status = 'QUEUED', failed_at = NULL WHERE campaign_id = $1),
       f AS (INSERT INTO delivery_followups VALUES ($1, 1, 'RETRY', now()))
     UPDATE campaigns SET status = 'ACTIVE', completed_at = NULL, queued_count = 1, sent_count = 0, failed_count = 0,
       delivered_count = 0, read_count = 0 WHERE id = $1`,
    [campaign],
  );
  await waitFor(async () => (await stats(app, campaign)).skippedCount === 1, { what: 'skipped' });
  expect(await app.ledger()).toHaveLength(messages);
});
