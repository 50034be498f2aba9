import { MarketingApi } from '../../src/accounts/marketing-api';
import { routeOf, routeRefusal } from '../../src/delivery/send/route';
import type { RouteFacts } from '../../src/delivery/send/route';
import { App } from '../support/app';
import {
  accepted,
  act,
  people,
  phoneOf,
  reached,
  recipients,
  startCampaign,
  stats,
  statusReason,
  summary,
} from '../support/campaigns';
import { waitFor } from '../support/wait';

let app: App;
let wabaId: string;
let phoneNumberId: string;

beforeAll(async () => {
  app = await App.start({ behaviour: { messagesPerSecond: 'perNumber' } });
  const [sender] = await app.database.query<{ waba_id: string; phone_number_id: string }[]>(
    `SELECT waba_id, phone_number_id FROM senders`,
  );
  wabaId = sender?.waba_id ?? '';
  phoneNumberId = sender?.phone_number_id ?? '';
  await app.steer('PUT', 'accounts', {
    wabaId,
    phoneNumberIds: [sender?.phone_number_id],
    messagesPerSecond: 0,
  });
});
afterAll(() => app?.close());

const template = {
  whatsappTemplateName: 'weekend_sale',
  whatsappTemplateLanguage: 'en',
  templateParameters: ['{{firstName|there}}'],
  linkUrl: 'https://shop.example.com/',
};
const utility = { whatsappTemplateName: 'hello_world', whatsappTemplateLanguage: 'en_US' };

/** What WhatsApp says of the account from now on, as if it had never been asked. */
async function account(behaviour: Record<string, unknown>, marketingOnly = false): Promise<void> {
  await app.behave({ marketingSyncing: [], ...behaviour });
  await fetch(`${app.simulator.url}/v25.0/${wabaId}`, {
    method: 'POST',
    headers: { authorization: 'Bearer EAATestToken', 'content-type': 'application/json' },
    body: JSON.stringify({ disable_marketing_messages_on_cloud_api: marketingOnly }),
  });
  await app.database.query(
    `UPDATE senders SET marketing_onboarding = NULL, marketing_onboarding_read_at = NULL`,
  );
}
/** WhatsApp's word as it is kept, which may have become wrong. */
const kept = (word: string) =>
  app.database.query(`UPDATE senders SET marketing_onboarding = $1, marketing_onboarding_read_at = now()`, [
    word,
  ]);

async function choose(marketingApi: string): Promise<unknown> {
  const { updateSender } = await app.data<{ updateSender: { marketingApi: string } }>(
    `mutation ($id: ID!, $marketingApi: MarketingApi) {
      updateSender(id: $id, input: { marketingApi: $marketingApi }) { marketingApi } }`,
    { id: app.senderId, marketingApi },
  );
  return updateSender.marketingApi;
}

/** The ways that the accepted messages of a campaign took, each once. */
async function ways(id: string): Promise<string[]> {
  const found = (await accepted(app, id)) as unknown as { endpoint: string }[];
  return [...new Set(found.map(({ endpoint }) => endpoint))].sort();
}

/** Refusals by code since `before`. */
async function refusals(before: Record<string, number> = {}): Promise<Record<string, number>> {
  const { refusedByCode } = await summary(app);
  const since = Object.entries(refusedByCode).map(
    ([code, count]) => [code, count - (before[code] ?? 0)] as const,
  );
  return Object.fromEntries(since.filter(([, count]) => count > 0));
}

async function finished(content: Record<string, unknown>, count: number, from: number) {
  const before = (await summary(app)).refusedByCode;
  const id = await startCampaign(app, { ...content, customRecipients: people(count, from) });
  const { sentCount, failedCount } = await reached(app, id);
  const attempts = (await recipients(app, id)).map((one) => one.attempts);
  return {
    id,
    sentCount,
    failedCount,
    attempts: Math.max(...attempts),
    ways: await ways(id),
    refused: await refusals(before),
  };
}

test('AUTO sends marketing templates as marketing messages where the account has them, all else over the Cloud API', async () => {
  await account({ marketingOnboarding: 'ONBOARDED' });
  expect(await finished(template, 30, 0)).toMatchObject({
    sentCount: 30,
    ways: ['marketing_messages'],
    refused: {},
  });
  expect(await finished(utility, 5, 100)).toMatchObject({ sentCount: 5, ways: ['messages'] });
  expect(await finished({ messageText: 'Hi' }, 5, 200)).toMatchObject({ sentCount: 5, ways: ['messages'] });
  await account({ marketingOnboarding: 'ELIGIBLE' });
  expect(await finished(template, 5, 300)).toMatchObject({ sentCount: 5, ways: ['messages'], refused: {} });

  // accepting the terms is told by a webhook
  await app.behave({ marketingOnboarding: 'ONBOARDED' });
  await app.steer('POST', 'webhooks', {
    wabaId,
    field: 'account_update',
    value: { event: 'MM_LITE_TERMS_SIGNED' },
  });
  await waitFor(
    async () =>
      (await app.database.query<unknown[]>(`SELECT FROM senders WHERE marketing_onboarding = 'ONBOARDED'`))
        .length === 1,
    { what: 'the terms are known' },
  );
  expect(await finished(template, 5, 400)).toMatchObject({ ways: ['marketing_messages'] });

  // where the webhook was lost, a test of the number finds it
  await kept('ELIGIBLE');
  await app.data(`mutation ($id: ID!) { testSender(id: $id) { ok } }`, { id: app.senderId });
  expect(await finished(template, 5, 500)).toMatchObject({ ways: ['marketing_messages'], refused: {} });
});

test('a refused way is given up for the other one: nobody fails, no attempt is used up', async () => {
  await account({ marketingOnboarding: 'ONBOARDED' }, true);
  await kept('ELIGIBLE');
  const off = await finished(template, 60, 1000);
  expect(off).toMatchObject({ sentCount: 60, failedCount: 0, attempts: 0, ways: ['marketing_messages'] });
  expect(off.refused['131063']).toBeGreaterThan(0);

  await account({ marketingOnboarding: 'ELIGIBLE' });
  await kept('ONBOARDED');
  const terms = await finished(template, 60, 1100);
  expect(terms).toMatchObject({ sentCount: 60, failedCount: 0, attempts: 0, ways: ['messages'] });
  expect(terms.refused['131055']).toBeGreaterThan(0);

  await account({ marketingOnboarding: 'ONBOARDED' });
  // WhatsApp makes it a UTILITY template while the campaign runs, and the library does not know yet
  const before = (await summary(app)).refusedByCode;
  await app.steer('PUT', 'accounts', { wabaId, phoneNumberIds: [phoneNumberId], messagesPerSecond: 30 });
  const changed = await startCampaign(app, { ...template, customRecipients: people(60, 1200) });
  await waitFor(async () => (await stats(app, changed)).sentCount > 3, { what: 'some are sent' });
  await app.steer('PUT', 'templates', { wabaId, name: 'weekend_sale', category: 'UTILITY' });
  expect(await reached(app, changed)).toMatchObject({ sentCount: 60, failedCount: 0 });
  expect(await ways(changed)).toEqual(['marketing_messages', 'messages']);
  expect((await refusals(before))['134100']).toBeGreaterThan(0);
  await app.steer('PUT', 'templates', { wabaId, name: 'weekend_sale', category: 'MARKETING' });
  await app.database.query(`UPDATE templates SET category = 'MARKETING' WHERE name = 'weekend_sale'`);
  await app.steer('PUT', 'accounts', { wabaId, phoneNumberIds: [phoneNumberId], messagesPerSecond: 0 });

  await account({ marketingOnboarding: 'ONBOARDED', marketingSyncing: ['weekend_sale'] });
  const syncing = await finished(template, 60, 1300);
  expect(syncing).toMatchObject({ sentCount: 60, failedCount: 0, attempts: 0, ways: ['messages'] });
  expect(syncing.refused['134101']).toBeGreaterThan(0);
});

test('an animation in the header goes as a marketing message where the account has them, else over the Cloud API', async () => {
  const animation = {
    ...{ whatsappTemplateName: 'sparkle_gif', whatsappTemplateLanguage: 'en' },
    templateValues: [
      { key: 'header', mediaUrl: 'https://cdn.example.com/g.mp4' },
      { key: 'body.1', value: '{{firstName|there}}' },
    ],
  };
  await account({ marketingOnboarding: 'ONBOARDED' });
  expect(await finished(animation, 5, 600)).toMatchObject({ sentCount: 5, ways: ['marketing_messages'] });
  await account({ marketingOnboarding: 'ELIGIBLE' });
  expect(await finished(animation, 5, 700)).toMatchObject({ sentCount: 5, ways: ['messages'] });
});

test('a template with a maximum price goes as a marketing message, also where the account had none when it was asked', async () => {
  const capped = {
    ...{ name: 'capped_sale', language: 'en', status: 'APPROVED', category: 'MARKETING' },
    components: [{ type: 'BODY', text: 'Hi {{1}}, the sale is on.' }],
    optimization_spec: {},
  };
  await app.steer('POST', 'templates', { wabaId, templates: [capped] });
  const content = {
    ...{ whatsappTemplateName: 'capped_sale', whatsappTemplateLanguage: 'en' },
    templateParameters: ['{{firstName|there}}'],
  };
  await account({ marketingOnboarding: 'ONBOARDED' });
  await kept('ELIGIBLE');
  const switched = await finished(content, 60, 6000);
  expect(switched).toMatchObject({
    ...{ sentCount: 60, failedCount: 0, attempts: 0, ways: ['marketing_messages'] },
  });
  expect(switched.refused['131061']).toBeGreaterThan(0);

  // the account has no marketing messages: neither way takes it
  await account({ marketingOnboarding: 'ELIGIBLE' });
  const neither = await startCampaign(app, { ...content, customRecipients: people(5, 6100) });
  expect(await reached(app, neither, 'PAUSED')).toMatchObject({ queuedCount: 5, failedCount: 0 });
  expect(await statusReason(app, neither)).toMatch(
    /neither over the Cloud API nor as a marketing message.*131055/,
  );

  await choose('CLOUD_API');
  await account({ marketingOnboarding: 'ONBOARDED' });
  const fixed = await startCampaign(app, { ...content, customRecipients: people(5, 6200) });
  expect(await reached(app, fixed, 'PAUSED')).toMatchObject({ queuedCount: 5, failedCount: 0 });
  expect(await statusReason(app, fixed)).toMatch(/maximum price.*131061/);
  await choose('AUTO');
});

test('when both ways are refused the campaign pauses, and goes on by either after it is resumed', async () => {
  await account({ marketingOnboarding: 'ELIGIBLE' }, true);
  await kept('ONBOARDED');
  const before = (await summary(app)).attempts;
  const id = await startCampaign(app, { ...template, customRecipients: people(80, 2000) });
  expect(await reached(app, id, 'PAUSED')).toMatchObject({ queuedCount: 80, failedCount: 0 });
  expect(await statusReason(app, id)).toMatch(
    /neither over the Cloud API nor as a marketing message.*131063/,
  );
  // each way was tried about once
  expect((await summary(app)).attempts - before).toBeLessThanOrEqual(160);
  await account({ marketingOnboarding: 'ONBOARDED' }, true);
  await act(app, 'resumeCampaign', id);
  expect(await reached(app, id)).toMatchObject({ sentCount: 80 });
  expect(await ways(id)).toEqual(['marketing_messages']);
  expect((await recipients(app, id)).every(({ attempts }) => attempts === 0)).toBe(true);
});

test('a template that is being prepared is waited for where nothing else is allowed', async () => {
  await account({ marketingOnboarding: 'ONBOARDED', marketingSyncing: ['weekend_sale'] }, true);
  const id = await startCampaign(app, { ...template, customRecipients: people(20, 3000) });
  await waitFor(
    async () => {
      const [row] = await app.database.query<{ waits: boolean; notices: string[] }[]>(
        `SELECT marketing_ready_at > now() + interval '9 minutes' AND cloud_api_refused_at IS NOT NULL AS waits, notices
         FROM campaigns WHERE id = $1`,
        [id],
      );
      return row?.waits && row.notices.length === 1;
    },
    { what: 'the campaign waits for ten minutes' },
  );
  expect(await stats(app, id)).toMatchObject({ status: 'ACTIVE', queuedCount: 20, failedCount: 0 });
  // the ten minutes pass
  await app.behave({ marketingSyncing: [] });
  await app.database.query(
    `WITH due AS (UPDATE delivery_followups SET due_at = now() WHERE campaign_id = $1)
     UPDATE campaigns SET marketing_ready_at = now() WHERE id = $1`,
    [id],
  );
  expect(await reached(app, id)).toMatchObject({ sentCount: 20, failedCount: 0 });
});

test('a fixed way is kept: what it refuses pauses the campaign with a sentence', async () => {
  expect(await choose('CLOUD_API')).toBe('CLOUD_API');
  await account({ marketingOnboarding: 'ONBOARDED' });
  expect(await finished(template, 5, 4000)).toMatchObject({ sentCount: 5, ways: ['messages'] });
  await account({ marketingOnboarding: 'ONBOARDED' }, true);
  const off = await startCampaign(app, { ...template, customRecipients: people(5, 4100) });
  await reached(app, off, 'PAUSED');
  expect(await statusReason(app, off)).toMatch(/marketing templates over the Cloud API.*131063/);

  expect(await choose('MARKETING_MESSAGES')).toBe('MARKETING_MESSAGES');
  await account({ marketingOnboarding: 'ELIGIBLE' });
  const terms = await startCampaign(app, { ...template, customRecipients: people(5, 4200) });
  expect(await reached(app, terms, 'PAUSED')).toMatchObject({ queuedCount: 5 });
  expect(await statusReason(app, terms)).toMatch(/Accept the terms.*131055/);
  expect(await finished(utility, 5, 4300)).toMatchObject({ sentCount: 5, ways: ['messages'] });
  await app.behave({ marketingOnboarding: 'ONBOARDED' });
  await act(app, 'resumeCampaign', terms);
  expect(await reached(app, terms)).toMatchObject({ sentCount: 5 });
  expect(await ways(terms)).toEqual(['marketing_messages']);
  await choose('AUTO');
});

test('test messages take the same way', async () => {
  await account({ marketingOnboarding: 'ONBOARDED' }, true);
  const id = await startCampaign(app, { ...template, customRecipients: people(1, 5000) });
  await reached(app, id);
  const { sendTest } = await app.data<{ sendTest: { results: { accepted: boolean }[] } }>(
    `mutation ($input: SendTestInput!) { sendTest(input: $input) { results { accepted errorMessage } } }`,
    { input: { campaignId: id, phones: [phoneOf(5001)] } },
  );
  expect(sendTest.results).toEqual([{ accepted: true, errorMessage: null }]);
});

const facts: RouteFacts = {
  choice: MarketingApi.AUTO,
  category: 'MARKETING',
  onboarded: true,
  refused: { messages: false, marketing_messages: false },
  preparingMs: 0,
};
const both = { messages: true, marketing_messages: true };

test.each<[string, Partial<RouteFacts>, string, number]>([
  ['marketing with the API', {}, 'marketing_messages', 0],
  ['marketing without it', { onboarded: false }, 'messages', 0],
  ['utility', { category: 'UTILITY' }, 'messages', 0],
  ['no template', { category: undefined, choice: MarketingApi.MARKETING_MESSAGES }, 'messages', 0],
  ['refused as marketing', { refused: { ...both, messages: false } }, 'messages', 0],
  [
    'refused over the Cloud API',
    { onboarded: false, refused: { ...both, marketing_messages: false } },
    'marketing_messages',
    0,
  ],
  ['being prepared', { preparingMs: 5 }, 'messages', 0],
  [
    'being prepared, the other refused',
    { preparingMs: 5, refused: { ...both, marketing_messages: false } },
    'marketing_messages',
    5,
  ],
  [
    'fixed and being prepared',
    { choice: MarketingApi.MARKETING_MESSAGES, preparingMs: 5 },
    'marketing_messages',
    5,
  ],
])('the way: %s', (_, more, path, waitMs) => {
  expect(routeOf({ ...facts, ...more })).toEqual({ path, waitMs });
});

test('a refusal speaks of the way only where another one is allowed', () => {
  const said = (
    more: Partial<RouteFacts>,
    path: 'messages' | 'marketing_messages',
    code: number,
    details?: string,
  ) => routeRefusal({ ...facts, ...more }, path, { code, details });
  expect(said({}, 'messages', 131063)).toBe('switch');
  expect(said({}, 'messages', 131055)).toBeUndefined();
  expect(said({}, 'messages', 132015)).toBeUndefined();
  expect(said({ refused: both }, 'messages', 131063)).toBe('stop');
  expect(said({ refused: both }, 'marketing_messages', 134100)).toBe('stop');
  expect(said({ choice: MarketingApi.CLOUD_API }, 'messages', 131063)).toBeUndefined();
  expect(said({ choice: MarketingApi.MARKETING_MESSAGES }, 'marketing_messages', 131055)).toBeUndefined();
  expect(said({ choice: MarketingApi.MARKETING_MESSAGES }, 'marketing_messages', 134101)).toBe('wait');
  expect(said({}, 'marketing_messages', 131009, 'The template is still syncing')).toBe('switch');
  expect(said({}, 'marketing_messages', 131009, 'The phone number is malformed')).toBeUndefined();
});
