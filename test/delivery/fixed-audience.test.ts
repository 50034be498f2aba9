import { App } from '../support/app';
import { refusal } from '../api/ask';
import {
  act,
  createCampaign,
  people,
  phoneOf,
  reached,
  recipients,
  sendCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import type { Stats } from '../support/campaigns';
import { expectConsistent, expectCountersAreRows } from '../support/consistency';
import { openWindows } from '../support/windows';
import { waitFor } from '../support/wait';

let app: App;

beforeAll(async () => {
  app = await App.start();
});
afterAll(() => app?.close());

const sale = {
  whatsappTemplateName: 'weekend_sale',
  whatsappTemplateLanguage: 'en',
  templateParameters: ['{{name}}'],
  linkUrl: 'https://shop.example.com/',
};

interface Fixed {
  status: string;
  totalRecipients: number;
  audienceFixedAt: string | null;
  drift: { previewed: number; now: number } | null;
}

const fields = 'status totalRecipients audienceFixedAt drift { previewed now }';

async function fix(id: string): Promise<Fixed> {
  const query = `mutation ($id: ID!) { fixAudience(campaignId: $id) { ${fields} } }`;
  return (await app.data<{ fixAudience: Fixed }>(query, { id })).fixAudience;
}

async function update(id: string, input: Record<string, unknown>): Promise<Fixed> {
  const query = `mutation ($id: ID!, $input: UpdateCampaignInput!) { updateCampaign(campaignId: $id, input: $input) { ${fields} } }`;
  return (await app.data<{ updateCampaign: Fixed }>(query, { id, input })).updateCampaign;
}

async function optOut(phone: string): Promise<void> {
  const query = `mutation ($id: ID!, $phone: String!) { optOut(businessId: $id, phones: [$phone], reason: "asked") { changed } }`;
  await app.data(query, { id: app.businessId, phone });
}

async function sent(id: string): Promise<Stats> {
  await sendCampaign(app, id);
  const figures = await reached(app, id);
  await webhooksDelivered(app);
  return figures;
}

/** Only these customers, so that each test has its own. */
async function onlyCustomers(count: number, from: number): Promise<void> {
  await app.database.query(`DELETE FROM customers`);
  await app.addCustomers(count, { from });
}

test('the people of the time of fixing are sent to; who opts out or is erased before the start is SKIPPED', async () => {
  await onlyCustomers(20, 0);
  await optOut(phoneOf(0));
  const id = await createCampaign(app, { ...sale, audienceType: 'CUSTOMERS' });
  expect(await fix(id)).toMatchObject({
    status: 'DRAFT',
    totalRecipients: 19,
    drift: { previewed: 19, now: 19 },
  });
  expect(await stats(app, id)).toMatchObject({ queuedCount: 19, excludedCount: 1, version: 2 });
  expect((await recipients(app, id)).filter(({ status }) => status === 'QUEUED')).toHaveLength(19);

  await app.addCustomers(5, { from: 100 });
  await app.database.query(`UPDATE customers SET name = 'Changed' WHERE phone = $1`, [phoneOf(1)]);
  await app.database.query(`DELETE FROM customers WHERE phone = $1`, [phoneOf(2)]);
  await optOut(phoneOf(3));
  const [contact] = await app.database.query<{ id: string }[]>(`SELECT id FROM customers WHERE phone = $1`, [
    phoneOf(4),
  ]);
  await app.data(`mutation ($id: ID!) { eraseContact(id: $id) }`, { id: contact?.id });
  expect((await recipients(app, id)).filter(({ phone }) => phone === phoneOf(4))).toEqual([]);
  const again = await fix(id);
  expect(again.drift).toEqual({ previewed: 19, now: 21 });

  expect(await sent(id)).toMatchObject({
    totalRecipients: 19,
    sentCount: 17,
    skippedCount: 2,
    excludedCount: 1,
  });
  const messages = await expectConsistent(app, id);
  const expected = Array.from({ length: 20 }, (_, i) => phoneOf(i)).filter((_, i) => ![0, 3, 4].includes(i));
  expect(messages.map(({ to }) => to).sort()).toEqual(expected);
  expect(messages.some(({ text }) => text.includes('Changed'))).toBe(false);
});

test('control: without fixing, the people of the start are sent to', async () => {
  await onlyCustomers(5, 200);
  const id = await createCampaign(app, { ...sale, audienceType: 'CUSTOMERS' });
  await app.addCustomers(5, { from: 300 });
  await optOut(phoneOf(200));
  expect(await sent(id)).toMatchObject({
    totalRecipients: 9,
    sentCount: 9,
    skippedCount: 0,
    excludedCount: 1,
  });
});

test('createCampaign fixes too; a changed audience or category is fixed anew; false lets the start select', async () => {
  await onlyCustomers(10, 400);
  await app.database.query(`UPDATE customers SET tags = '{few}' WHERE phone < $1`, [phoneOf(403)]);
  const id = await createCampaign(app, { ...sale, audienceType: 'CUSTOMERS', fixAudience: true });
  const phones = async () => (await recipients(app, id)).map(({ phone }) => phone);
  expect(await phones()).toHaveLength(10);
  await app.addCustomers(2, { from: 420 });
  const named = await update(id, { campaignName: 'Other name' });
  expect(named).toMatchObject({ totalRecipients: 10, drift: { previewed: 10, now: 12 } });
  expect(await phones()).toHaveLength(10);

  const few = await update(id, { audienceFilter: { tags: ['few'] } });
  expect(few.totalRecipients).toBe(3);
  expect(Date.parse(few.audienceFixedAt ?? '')).toBeGreaterThan(Date.parse(named.audienceFixedAt ?? ''));
  expect(await phones()).toEqual([phoneOf(400), phoneOf(401), phoneOf(402)]);
  await expectCountersAreRows(app, id);

  // an opt-out in WhatsApp concerns marketing only
  await app.database.query(
    `INSERT INTO suppressions (business_id, phone, reason, source) VALUES ($1, $2, 'test', 'WHATSAPP')`,
    [app.businessId, phoneOf(400)],
  );
  const utility = { whatsappTemplateName: 'hello_world', whatsappTemplateLanguage: 'en_US' };
  expect(await update(id, { ...utility, templateParameters: null })).toMatchObject({ totalRecipients: 3 });
  const { whatsappTemplateName, whatsappTemplateLanguage, templateParameters } = sale;
  const marketing = { whatsappTemplateName, whatsappTemplateLanguage, templateParameters };
  expect(await update(id, marketing)).toMatchObject({ totalRecipients: 2 });
  expect(await stats(app, id)).toMatchObject({ totalRecipients: 2, queuedCount: 2, excludedCount: 1 });

  expect(await update(id, { fixAudience: false })).toMatchObject({
    totalRecipients: 2,
    audienceFixedAt: null,
  });
  expect(await phones()).toEqual([]);
  expect((await update(id, { fixAudience: true })).audienceFixedAt).not.toBeNull();
  // as long as the audience is not chosen, there is nobody to fix
  const open = await update(id, { audienceType: 'SEGMENT', incomplete: true });
  expect(open).toMatchObject({ totalRecipients: 0, audienceFixedAt: null, drift: null });
  expect(await phones()).toEqual([]);
  const query = `mutation ($id: ID!) { fixAudience(campaignId: $id) { id } }`;
  expect(await refusal(app, query, { id })).toMatchObject({ code: 'CONFLICT', field: 'segmentId' });
});

test('a fixed audience begins with its canary', async () => {
  const customRecipients = people(30, 500);
  const canary = { percent: 10, minimum: 4, waitMinutes: 0 };
  const id = await createCampaign(app, { ...sale, customRecipients, canary, fixAudience: true });
  await app.behave({ deliveredShare: 1 });
  expect(await sent(id)).toMatchObject({ totalRecipients: 30, sentCount: 30 });
  const query = `query ($id: ID!) { campaign(id: $id) { canary { size state } } }`;
  expect(await app.data(query, { id })).toEqual({ campaign: { canary: { size: 4, state: 'PASSED' } } });
  expect(await expectConsistent(app, id)).toHaveLength(30);
});

test('a cancelled campaign with fixed people skips them all', async () => {
  const id = await createCampaign(app, { ...sale, customRecipients: people(25, 600), fixAudience: true });
  await act(app, 'cancelCampaign', id);
  await waitFor(async () => (await stats(app, id)).skippedCount === 25, { what: 'they are skipped' });
  expect((await recipients(app, id)).every(({ status }) => status === 'SKIPPED')).toBe(true);
  expect(await expectConsistent(app, id)).toEqual([]);
});

test('a deleted draft takes its fixed people with it', async () => {
  const id = await createCampaign(app, { ...sale, customRecipients: people(25, 700), fixAudience: true });
  expect(await recipients(app, id)).toHaveLength(25);
  await app.data(`mutation ($id: ID!) { deleteCampaign(campaignId: $id) { id } }`, { id });
  expect(await recipients(app, id)).toEqual([]);
});

test('the list of a fixed campaign stays, and a copy of it is not fixed', async () => {
  const id = await createCampaign(app, { ...sale, customRecipients: people(3, 800) });
  expect(await fix(id)).toMatchObject({ totalRecipients: 3, drift: { previewed: 3, now: 3 } });
  expect(await update(id, { campaignName: 'Listed' })).toMatchObject({ drift: { previewed: 3, now: 3 } });
  const query = `mutation ($id: ID!) { cloneCampaign(campaignId: $id, campaignName: "C") { id ${fields} } }`;
  const { cloneCampaign: copy } = await app.data<{ cloneCampaign: Fixed & { id: string } }>(query, { id });
  expect(copy).toMatchObject({ audienceFixedAt: null, totalRecipients: 3 });
  expect(await recipients(app, copy.id)).toEqual([]);
});

test('fixing at the same time stores everybody once', async () => {
  await onlyCustomers(50, 900);
  const id = await createCampaign(app, { ...sale, audienceType: 'CUSTOMERS' });
  await Promise.all(Array.from({ length: 5 }, () => fix(id)));
  expect((await recipients(app, id)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: 50 }, (_, i) => i + 1),
  );
  await openWindows(app, app.businessId);
  expect(await sent(id)).toMatchObject({ totalRecipients: 50, sentCount: 50 });
  expect(await expectConsistent(app, id)).toHaveLength(50);
});
