import { App } from '../support/app';
import {
  createCampaign,
  people,
  phoneOf,
  reached,
  recipient,
  sendCampaign,
  stats,
  webhooksDelivered,
} from '../support/campaigns';
import { expectCountersAreRows } from '../support/consistency';
import { openLink } from '../support/visits';

/** The cases of docs/attribution.md that depend on when things arrive, with real messages, visits and requests. */

const hour = 3_600_000;
const day = 24 * hour;

interface Summary {
  accepted: number;
  duplicates: number;
  rejected: { index: number; reason: string }[];
  unattributed?: { index: number; reason: string }[];
}

let app: App;
let orders = 0;

beforeAll(async () => {
  app = await App.start({ behaviour: { clickShare: 0, previewShare: 0, deliveredShare: 1, readShare: 0 } });
});
afterEach(() => app.behave({ deliveredShare: 1 }));
afterAll(() => app?.close());

async function sent(count: number, from: number): Promise<string> {
  const id = await createCampaign(app, {
    customRecipients: people(count, from),
    messageText: 'Hi {{name}} {{link}}',
    linkUrl: 'https://shop.example.com/',
  });
  await sendCampaign(app, id);
  await reached(app, id);
  await webhooksDelivered(app);
  return id;
}

const sentBefore = (id: string, ms: number) =>
  app.database.query(
    `WITH r AS (UPDATE campaign_recipients SET sent_at = sent_at - $2 * interval '1 ms' WHERE campaign_id = $1)
     UPDATE campaigns SET started_at = started_at - $2 * interval '1 ms' WHERE id = $1`,
    [id, ms],
  );

/** @returns the click id, as the shop gets it */
async function visit(id: string, i: number): Promise<string> {
  const message = (await app.ledger()).find(
    ({ to, callbackData }) => to === phoneOf(i) && callbackData.startsWith(id),
  );
  const link = /https?:\S+/.exec(message?.text ?? '')?.[0] ?? '';
  return (await openLink(link)) ?? '';
}

const order = (more: Record<string, unknown>) => ({
  businessId: app.businessId,
  orderId: `order-${++orders}`,
  ...more,
});

async function shop(...list: Record<string, unknown>[]): Promise<Summary> {
  const response = await fetch(`${app.url}/conversions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await app.token()}` },
    body: JSON.stringify(list),
  });
  expect(response.status).toBe(202);
  return (await response.json()) as Summary;
}

/** What a campaign was given. */
async function given(id: string): Promise<[people: number, revenue: Record<string, string>]> {
  const { convertedCount, revenue } = await stats(app, id);
  return [convertedCount, Object.fromEntries(revenue.map(({ currency, amount }) => [currency, amount]))];
}

const plain = { accepted: 1, duplicates: 0, rejected: [] };
const inr = (value: string) => ({ value, currency: 'INR' });

test('a click and its order before `delivered`: both count, the message counts as delivered, and the later webhook changes nothing', async () => {
  await app.behave({ webhooks: { pauseUntilResumed: true } });
  const id = await createCampaign(app, {
    customRecipients: people(1),
    messageText: 'Hi {{link}}',
    linkUrl: 'https://shop.example.com/',
  });
  await sendCampaign(app, id);
  await reached(app, id);
  expect((await recipient(app, id, phoneOf(0))).status).toBe('SENT');
  const clickId = await visit(id, 0);
  expect(await shop(order({ clickId, ...inr('100') }))).toEqual(plain);
  const early = await stats(app, id);
  expect(early).toMatchObject({ sentCount: 1, deliveredCount: 1, clickedCount: 1, convertedCount: 1 });
  await app.behave({ webhooks: { pauseUntilResumed: false } });
  await webhooksDelivered(app);
  expect(await stats(app, id)).toMatchObject({
    sentCount: 1,
    deliveredCount: 1,
    clickedCount: 1,
    convertedCount: 1,
  });
  expect(await given(id)).toEqual([1, { INR: '100.00' }]);
  await expectCountersAreRows(app, id);
});

test('two campaigns to one person, and orders before, between and after them', async () => {
  const first = await sent(1, 10);
  await sentBefore(first, 2 * day);
  const second = await sent(1, 10);
  await sentBefore(second, day);
  const at = (ago: number) => ({ phone: phoneOf(10), occurredAt: new Date(Date.now() - ago).toISOString() });
  const before = await shop(order({ ...at(3 * day), ...inr('1') }));
  expect(before.unattributed).toHaveLength(1);
  await shop(order({ ...at(1.5 * day), ...inr('10') }), order({ ...at(0), ...inr('100') }));
  expect(await given(first)).toEqual([1, { INR: '10.00' }]);
  expect(await given(second)).toEqual([1, { INR: '100.00' }]);
  // a click decides against the later message
  await shop(order({ ...at(0), ...inr('1000'), clickId: await visit(first, 10) }));
  expect(await given(first)).toEqual([1, { INR: '1010.00' }]);
  expect(await given(second)).toEqual([1, { INR: '100.00' }]);
  for (const id of [first, second]) await expectCountersAreRows(app, id);
});

test('the same order twice, with another value, currency or person: the first one counts', async () => {
  const id = await sent(2, 20);
  const one = order({ phone: phoneOf(20), ...inr('250') });
  const again = [
    one,
    { ...one, value: '999' },
    { ...one, currency: 'USD' },
    { ...one, phone: phoneOf(21) },
    { ...one, clickId: await visit(id, 21) },
  ];
  expect(await shop(one)).toEqual(plain);
  expect(await shop(...again)).toEqual({ accepted: 0, duplicates: again.length, rejected: [] });
  const other = order({ phone: phoneOf(20), ...inr('5') });
  expect(await shop(other, { ...other, value: '7' })).toEqual({ accepted: 1, duplicates: 1, rejected: [] });
  expect(await given(id)).toEqual([1, { INR: '255.00' }]);
  await expectCountersAreRows(app, id);
});

test('a refund before its order is rejected, and accepted when it is posted again; the same refund twice is a duplicate', async () => {
  const id = await sent(1, 30);
  const one = order({ phone: phoneOf(30), ...inr('80.50') });
  const refund = order({ refundOf: one.orderId, value: '30.25' });
  expect(await shop(refund)).toMatchObject({
    accepted: 0,
    rejected: [{ index: 0, reason: expect.stringMatching(/^refundOf: /) as unknown }],
  });
  expect(await given(id)).toEqual([0, {}]);
  await shop(one);
  expect(await shop(refund)).toEqual(plain);
  expect(await shop(refund)).toEqual({ accepted: 0, duplicates: 1, rejected: [] });
  expect(await given(id)).toEqual([1, { INR: '50.25' }]);
  await expectCountersAreRows(app, id);
});

test('several currencies: one sum each, and a refund takes from its own', async () => {
  const id = await sent(3, 40);
  const euros = order({ phone: phoneOf(41), value: '19.99', currency: 'EUR' });
  await shop(
    order({ phone: phoneOf(40), ...inr('499.50') }),
    order({ phone: phoneOf(40), value: '0.10', currency: 'USD' }),
    order({ phone: phoneOf(41), value: '0.20', currency: 'usd' }),
    euros,
    order({ phone: phoneOf(42), value: 1500, currency: 'JPY' }),
    order({ phone: phoneOf(42), value: '3' }),
  );
  const sums = { INR: '499.50', USD: '0.30', EUR: '19.99', JPY: '1500.00', XXX: '3.00' };
  expect(await given(id)).toEqual([3, sums]);
  expect(await shop(order({ refundOf: euros.orderId, value: '5', currency: 'USD' }))).toMatchObject({
    rejected: [{ index: 0, reason: expect.stringMatching(/^currency: expected EUR/) as unknown }],
  });
  await shop(order({ refundOf: euros.orderId }));
  expect(await given(id)).toEqual([3, { ...sums, EUR: '0.00' }]);
  await expectCountersAreRows(app, id);
});

test('occurredAt: from the year 2000 to 24 hours ahead, with a time zone; an order dated ahead goes to the latest message', async () => {
  const id = await sent(1, 50);
  const at = (occurredAt: unknown) => order({ phone: phoneOf(50), occurredAt });
  const ahead = (ms: number) => new Date(Date.now() + ms).toISOString();
  const { rejected, accepted, unattributed } = await shop(
    at('1999-12-31T23:59:59Z'),
    at('2000-01-01T00:00:00Z'),
    at(ahead(day - 60_000)),
    at(ahead(day + 60_000)),
    at('2026-11-22T10:00:00'),
    at('2026-02-30T10:00:00Z'),
    at(Date.now()),
  );
  expect(rejected.map(({ index }) => index)).toEqual([0, 3, 4, 5, 6]);
  for (const { reason } of rejected) expect(reason).toMatch(/^occurredAt: expected a time/);
  expect(accepted).toBe(2);
  // nothing was sent in the year 2000
  expect(unattributed?.map(({ index }) => index)).toEqual([1]);
  expect((await given(id))[0]).toBe(1);
});
