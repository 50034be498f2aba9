import { getCountries } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { AudienceService } from '../../src/audience/audience.service';
import { blockedCondition } from '../../src/audience/blocked-countries';
import { readRateCard } from '../../src/campaigns/forecast/rate-card';
import { Materialiser } from '../../src/delivery/materialise';
import { DeliveryQueue } from '../../src/delivery/queue';
import { connectRedis } from '../../src/infra/redis';
import { App } from '../support/app';
import { reached, webhooksDelivered } from '../support/campaigns';
import { silent } from '../support/database';
import { waitFor } from '../support/wait';

type Kind = 'MARKETING' | 'UTILITY' | 'FREE_FORM';

interface Preview {
  count: number;
  matched: number;
  excluded: { reason: string; count: number }[];
  sample: { name: string; contactId: string | null }[];
}

/** A contact: who it is, and why the person may not get a message of each kind. */
interface Person {
  name: string;
  kind: 'LEAD' | 'CUSTOMER';
  phone: string;
  reasons?: Partial<Record<Kind, string>>;
}

const always = (reason: string) => ({ MARKETING: reason, UTILITY: reason, FREE_FORM: reason });
const phone = (i: number) => `+9198300000${String(i).padStart(2, '0')}`;
const american = '+12025550123';
const canadian = '+12045550123';

/** In the order in which one of several contacts of a person is chosen: customers first, then by age. */
const people: Person[] = [
  { name: 'Fine customer', kind: 'CUSTOMER', phone: phone(1) },
  { name: 'Twice, kept', kind: 'CUSTOMER', phone: phone(2) },
  { name: 'Twice, opted out', kind: 'CUSTOMER', phone: phone(3), reasons: always('OPTED_OUT') },
  { name: 'Unreadable', kind: 'CUSTOMER', phone: 'n/a' },
  { name: 'Capped', kind: 'CUSTOMER', phone: phone(4), reasons: { MARKETING: 'FREQUENCY_CAPPED' } },
  { name: 'One of two failed', kind: 'CUSTOMER', phone: phone(5) },
  { name: 'Dead number', kind: 'CUSTOMER', phone: phone(6), reasons: always('UNREACHABLE') },
  { name: 'Failed, delivered, failed', kind: 'CUSTOMER', phone: phone(7) },
  { name: 'American', kind: 'CUSTOMER', phone: american, reasons: always('BLOCKED_COUNTRY') },
  { name: 'Canadian', kind: 'CUSTOMER', phone: canadian },
  { name: 'Fine lead', kind: 'LEAD', phone: phone(10) },
  { name: 'Twice, left out', kind: 'LEAD', phone: phone(2) },
  { name: 'Twice, opted out too', kind: 'LEAD', phone: phone(3), reasons: always('OPTED_OUT') },
  { name: 'Refused marketing', kind: 'LEAD', phone: phone(11), reasons: { MARKETING: 'OPTED_OUT' } },
  { name: 'Never wrote', kind: 'LEAD', phone: phone(12), reasons: { FREE_FORM: 'NO_OPEN_WINDOW' } },
  { name: 'Wrote a day ago', kind: 'LEAD', phone: phone(13), reasons: { FREE_FORM: 'NO_OPEN_WINDOW' } },
  { name: 'Failed once', kind: 'LEAD', phone: phone(14) },
  {
    name: 'Capped by old campaigns',
    kind: 'LEAD',
    phone: phone(15),
    reasons: { MARKETING: 'FREQUENCY_CAPPED' },
  },
  { name: 'Got one long ago', kind: 'LEAD', phone: phone(16) },
  { name: 'Capped elsewhere', kind: 'LEAD', phone: phone(17) },
  // everything at once: the first reason in the order of precedence
  { name: 'Dead, capped, never wrote', kind: 'LEAD', phone: phone(18), reasons: always('UNREACHABLE') },
];
const neverWrote = ['Never wrote', 'Dead, capped, never wrote', 'Unreadable'];

const contents: Record<Kind, Record<string, unknown>> = {
  MARKETING: {
    whatsappTemplateName: 'weekend_sale',
    whatsappTemplateLanguage: 'en',
    templateParameters: ['{{firstName|there}}'],
    linkUrl: 'https://shop.example.com',
  },
  UTILITY: { whatsappTemplateName: 'hello_world', whatsappTemplateLanguage: 'en_US' },
  FREE_FORM: { messageText: 'Hi' },
};

let app: App;
let segmentId: string;
let materialiser: Materialiser;
let closing: () => Promise<void>;

beforeAll(async () => {
  app = await App.start();
  const redis = connectRedis(app.config.redisUrl ?? '', 'commands', silent);
  const queue = new DeliveryQueue(redis, app.config.redisPrefix, () => undefined);
  await waitFor(() => redis.status === 'ready', { what: 'redis' });
  closing = async () => {
    await queue.close();
    redis.disconnect();
  };
  const published = () => Promise.resolve();
  const audiences = new AudienceService(app.database);
  materialiser = new Materialiser(app.database, audiences, queue, published, readRateCard(undefined));
  await sendHistory();
  // from here on campaigns are materialised by the tests, and nothing is sent
  await Promise.all(app.workers.splice(0).map((worker) => worker.stop()));
  await storePeople();
});
afterAll(async () => {
  await closing?.();
  await app?.close();
});

/** What people got before: sent by the product, before the rules were switched on. */
async function sendHistory(): Promise<void> {
  const fails = { fail: 131026 };
  const refused = { respond: { http: 400, code: 131026 } };
  await send('MARKETING', [4, 5, 6, 7, 14, 15, 16, 18], { 6: fails, 7: fails, 14: fails, 18: fails });
  await send('MARKETING', [4, 5, 6, 7, 15, 16, 18], { 5: fails, 6: refused, 18: fails });
  await send('UTILITY', [7], { 7: fails });
  // one of the two messages is older than the cap looks back
  await app.database.query(
    `UPDATE campaign_recipients SET sent_at = sent_at - interval '8 days' WHERE identity = $1 AND campaign_id =
       (SELECT campaign_id FROM campaign_recipients WHERE identity = $1 LIMIT 1)`,
    [phone(16)],
  );
  await app.database.query(
    // campaigns that began long before and sent in these days
    `UPDATE campaigns SET created_at = created_at - interval '40 days', started_at = started_at - interval '40 days',
       materialised_at = materialised_at - interval '40 days', completed_at = completed_at - interval '39 days'`,
  );
}

async function send(kind: Kind, numbers: number[], faults: Record<number, unknown>): Promise<void> {
  const perNumber = Object.fromEntries(numbers.map((i) => [phone(i), faults[i] ?? {}]));
  await app.behave({ perNumber });
  const id = await create(kind, {
    audienceType: 'CUSTOM',
    customRecipients: numbers.map((i) => ({ name: `P${i}`, phone: phone(i) })),
  });
  await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id: id.id });
  await reached(app, id.id);
  await webhooksDelivered(app);
}

async function storePeople(): Promise<void> {
  for (const [i, { name, kind, phone: written }] of people.entries()) {
    const number = parsePhoneNumberFromString(written, 'IN')?.number ?? null;
    await app.database.query(
      `INSERT INTO ${kind === 'LEAD' ? 'leads' : 'customers'} (business_id, name, phone, phone_e164, tags, created_at)
       VALUES ($1, $2, $3, $4, '{all}', now() - make_interval(days => $5))`,
      [app.businessId, name, written, number, 100 - i],
    );
    if (number && !neverWrote.includes(name)) {
      await app.database.query(
        `INSERT INTO conversation_windows VALUES ($1, $2, now() - $3::interval) ON CONFLICT DO NOTHING`,
        [app.businessId, number, name === 'Wrote a day ago' ? '24 hours 1 second' : '23 hours 59 minutes'],
      );
    }
  }
  await app.database.query(
    `INSERT INTO suppressions (business_id, phone, reason, source, lifted) VALUES ($1, $2, 'x', 'KEYWORD', false),
       ($1, $3, 'x', 'REFUSED', false), ($1, $4, 'x', 'MANUAL', true)`,
    [app.businessId, phone(3), phone(11), phone(1)],
  );
  await app.database.query(
    `UPDATE businesses SET frequency_cap_messages = 2, frequency_cap_days = 7, unreachable_after = 2, blocked_countries = '{US}' WHERE id = $1`,
    [app.businessId],
  );
  await anotherBusinessSends(phone(17));
  const { createSegment } = await app.data<{ createSegment: { id: string } }>(
    `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }`,
    { input: { businessId: app.businessId, name: 'S', audienceType: 'ALL', filter: { tags: ['all'] } } },
  );
  segmentId = createSegment.id;
}

/** Copies of the marketing campaigns in another business, with a person of ours in place of theirs. */
async function anotherBusinessSends(to: string): Promise<void> {
  await app.database.query(
    `WITH other AS (INSERT INTO businesses (name, timezone, default_country) VALUES ('Other', 'Asia/Kolkata', 'IN') RETURNING id),
     copied AS (
       INSERT INTO campaigns (business_id, campaign_name, campaign_type, channel, sender_id, template_id, audience_type, link_id, link_key, materialised_at)
       SELECT other.id, 'C', campaign_type, channel, sender_id, template_id, 'ALL', decode(md5(c.id::text), 'hex'), link_key, now()
       FROM campaigns c, other WHERE template_id IS NOT NULL RETURNING id, business_id)
     INSERT INTO campaign_recipients (campaign_id, seq, phone, identity, contact_kind, status, sent_at)
     SELECT id, 1, $1, $1, 'LEAD', 'READ', now() FROM copied`,
    [to],
  );
}

async function create(
  kind: Kind,
  input: Record<string, unknown>,
): Promise<{ id: string; totalRecipients: number; stats: { excludedCount: number } }> {
  const { createCampaign } = await app.data<{ createCampaign: Awaited<ReturnType<typeof create>> }>(
    `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id totalRecipients stats { excludedCount } } }`,
    {
      input: {
        businessId: app.businessId,
        campaignName: 'C',
        campaignType: 'PROMOTIONAL',
        ...contents[kind],
        ...input,
      },
    },
  );
  return createCampaign;
}

async function preview(kind: Kind, input: Record<string, unknown>): Promise<Preview> {
  const message = kind === 'FREE_FORM' ? { freeForm: true } : { category: kind };
  const { previewAudience } = await app.data<{ previewAudience: Preview }>(
    `mutation ($input: PreviewAudienceInput!) { previewAudience(input: $input) {
       count matched excluded { reason count } sample { name contactId } } }`,
    { input: { businessId: app.businessId, sampleSize: 100, ...message, ...input } },
  );
  return previewAudience;
}

/** By name: the reason, or null for who is sent to. */
function expected(kind: Kind, audience: readonly Person[]): Record<string, string | null> {
  const seen = new Set<string>();
  return Object.fromEntries(
    audience.map(({ name, phone: number, reasons }) => {
      if (!number.startsWith('+')) return [name, 'INVALID_PHONE'];
      if (seen.has(number)) return [name, 'DUPLICATE_PHONE'];
      seen.add(number);
      return [name, reasons?.[kind] ?? null];
    }),
  );
}

const order = ['INVALID_PHONE', 'DUPLICATE_PHONE', 'OPTED_OUT', 'UNREACHABLE', 'FREQUENCY_CAPPED', 'NO_OPEN_WINDOW', 'BLOCKED_COUNTRY']; // prettier-ignore

const audiences: [string, () => Record<string, unknown>, (person: Person) => boolean][] = [
  ['ALL', () => ({ audienceType: 'ALL' }), () => true],
  ['LEADS', () => ({ audienceType: 'LEADS' }), ({ kind }) => kind === 'LEAD'],
  ['CUSTOMERS', () => ({ audienceType: 'CUSTOMERS' }), ({ kind }) => kind === 'CUSTOMER'],
  ['SEGMENT', () => ({ audienceType: 'SEGMENT', segmentId }), () => true],
  [
    'CUSTOM',
    () => ({
      audienceType: 'CUSTOM',
      customRecipients: people.map(({ name, phone: written }) => ({ name, phone: written })),
    }),
    () => true,
  ],
];

const cases = (Object.keys(contents) as Kind[]).flatMap((kind) =>
  audiences.map(([name, input, is]) => ({ kind, name, input, is })),
);

test.each(cases)('$kind to $name: preview, draft and recipients leave out the same people', async (one) => {
  const audience = people.filter(one.is);
  const reasons = expected(one.kind, audience);
  const sent = Object.keys(reasons).filter((name) => reasons[name] === null);
  const found = await preview(one.kind, one.input());
  expect(found.matched).toBe(audience.length);
  expect(found.count).toBe(sent.length);
  expect(found.excluded).toEqual(
    order.flatMap((reason) => {
      const count = Object.values(reasons).filter((each) => each === reason).length;
      return count > 0 ? [{ reason, count }] : [];
    }),
  );
  expect(found.sample.map(({ name }) => name).sort()).toEqual([...sent].sort());
  expect(found.sample.every(({ contactId }) => (contactId === null) === (one.name === 'CUSTOM'))).toBe(true);

  const draft = await create(one.kind, one.input());
  expect(draft).toMatchObject({
    totalRecipients: sent.length,
    stats: { excludedCount: audience.length - sent.length },
  });
  await app.data(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }`, { id: draft.id });
  await materialiser.materialise(draft.id);
  const rows = await app.database.query<{ name: string; excluded_reason: string | null }[]>(
    `SELECT name, excluded_reason FROM campaign_recipients WHERE campaign_id = $1`,
    [draft.id],
  );
  expect(Object.fromEntries(rows.map((row) => [row.name, row.excluded_reason]))).toEqual(reasons);
  expect(rows).toHaveLength(audience.length);
});

test('without the settings nobody is unreachable, capped or of a blocked country', async () => {
  await app.database.query(
    `UPDATE businesses SET frequency_cap_messages = NULL, frequency_cap_days = NULL, unreachable_after = NULL, blocked_countries = '{}' WHERE id = $1`,
    [app.businessId],
  );
  const { excluded } = await preview('MARKETING', { audienceType: 'ALL' });
  expect(excluded.map(({ reason }) => reason)).toEqual(['INVALID_PHONE', 'DUPLICATE_PHONE', 'OPTED_OUT']);
});

test('every message opens the window of the person who wrote, from the time of the message, whatever the order of arrival', async () => {
  const everybody = { audienceType: 'LEADS', filter: { tags: ['all'] } };
  const closed = async () =>
    (await preview('FREE_FORM', everybody)).excluded.find(({ reason }) => reason === 'NO_OPEN_WINDOW')?.count;
  const before = (await closed()) ?? 0;
  const hoursAgo = (hours: number) => Math.floor(Date.now() / 1000 - hours * 3600);
  const write = (body: Record<string, unknown>) =>
    app.steer('POST', 'inbound', { phoneNumberId, type: 'text', body: 'Hello', ...body });
  const [sender] = await app.database.query<{ phone_number_id: string }[]>(
    `SELECT phone_number_id FROM senders WHERE business_id = $1`,
    [app.businessId],
  );
  const phoneNumberId = sender?.phone_number_id;
  await write({ from: phone(12), timestamp: hoursAgo(1) });
  await write({ from: phone(12), timestamp: hoursAgo(30) });
  await write({ from: phone(13), timestamp: hoursAgo(25) });
  await webhooksDelivered(app);
  expect(await closed()).toBe(before - 1);
  await write({ type: 'sticker', body: undefined, from: phone(13), timestamp: hoursAgo(23) });
  await webhooksDelivered(app);
  await waitFor(async () => (await closed()) === before - 2, { what: 'a sticker opened the window' });
});

test('countries are told apart as libphonenumber does, also those that share a calling code', async () => {
  const numbers = getCountries().flatMap((country) => {
    const national = (examples as Record<string, string>)[country];
    const number = national ? parsePhoneNumberFromString(national, country) : undefined;
    return number?.country ? [{ country: number.country, number: number.number }] : [];
  });
  expect(numbers.length).toBeGreaterThan(200);
  for (const blocked of [
    ['US'],
    ['CA'],
    ['US', 'CA'],
    ['GB'],
    ['GG', 'JE'],
    ['RU'],
    ['KZ'],
    ['IT'],
    ['VA', 'AX', 'PR'],
    ['IN', 'BR', 'DE'],
    getCountries(),
  ]) {
    // prettier-ignore
    const parameters: unknown[] = [numbers.map(({ number }) => number)];
    const condition = blockedCondition('n', blocked, (value) => `$${parameters.push(value)}`);
    const found = await app.database.query<{ n: string }[]>(
      `SELECT n FROM unnest($1::text[]) AS n WHERE ${condition}`,
      parameters,
    );
    const wanted = numbers.filter(({ country }) => (blocked as CountryCode[]).includes(country));
    expect(found.map(({ n }) => n).sort()).toEqual(wanted.map(({ number }) => number).sort());
  }
  expect(blockedCondition('n', [], () => '')).toBeUndefined();
});
