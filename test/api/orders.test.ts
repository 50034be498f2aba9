import { randomBytes } from 'node:crypto';
import { App } from '../support/app';
import { expectCountersAreRows } from '../support/consistency';
import { waitFor } from '../support/wait';
import { createCampaign, documents, post, sendCampaign, stats } from './ask';

const day = 86_400_000;
const phone = (i: number) => `+91987657${String(i).padStart(4, '0')}`;
const phones = Array.from({ length: 50 }, (_, i) => phone(i));
const newId = () => randomBytes(6).toString('hex');

interface Summary {
  accepted: number;
  duplicates: number;
  rejected: { index: number; reason: string }[];
  unattributed?: { index: number; reason: string }[];
}

let app: App;
let token: string;
/** Campaigns that were delivered to all 50 three days ago, and to the first ten an hour ago. */
let earlier: string;
let later: string;

/** A campaign that was sent and delivered `agoMs` ago. @returns its id */
async function delivered(to: readonly string[], agoMs: number): Promise<string> {
  const id = await createCampaign(app, to, { linkUrl: 'https://shop.example.com/', messageText: '{{link}}' });
  await app.data(sendCampaign, { id });
  await waitFor(async () => (await stats(app, id)).deliveredCount === to.length, {
    what: 'all messages are delivered',
  });
  await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', {
    what: 'the campaign is completed',
  });
  await app.database.query(
    `WITH r AS (UPDATE campaign_recipients SET sent_at = sent_at - $2 * interval '1 ms',
       delivered_at = delivered_at - $2 * interval '1 ms' WHERE campaign_id = $1)
     UPDATE campaigns SET started_at = started_at - $2 * interval '1 ms',
       completed_at = completed_at - $2 * interval '1 ms', updated_at = updated_at - $2 * interval '1 ms' WHERE id = $1`,
    [id, agoMs],
  );
  return id;
}

beforeAll(async () => {
  app = await App.start({
    behaviour: { clickShare: 0, previewShare: 0, failures: {}, deliveredShare: 1, readShare: 0 },
  });
  token = await app.token();
  earlier = await delivered(phones, 3 * day);
  later = await delivered(phones.slice(0, 10), 3_600_000);
});
afterAll(() => app?.close());

async function shop(body: unknown): Promise<{ status: number; body: Summary }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await post(`${app.url}/conversions`, text, headers);
  return { status: answer.status, body: JSON.parse(answer.text) as Summary };
}

const order = (more: Record<string, unknown> = {}) => ({
  businessId: app.businessId,
  orderId: newId(),
  ...more,
});
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

async function rowOf(orderId: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await app.database.query<Record<string, unknown>[]>(
    `SELECT * FROM conversions WHERE order_id = $1`,
    [orderId],
  );
  return row;
}

async function campaignOf(one: Record<string, unknown>): Promise<unknown> {
  expect(await shop(one)).toMatchObject({ status: 202, body: { accepted: 1 } });
  return (await rowOf(String(one.orderId)))?.campaign_id;
}

/** Clicks the link of a recipient. @returns the click id, as a shop gets it */
async function newClick(campaignId: string, seq: number): Promise<string> {
  const [row] = await app.database.query<[{ id: string }]>(
    `INSERT INTO clicks (business_id, campaign_id, seq) VALUES ($1, $2, $3) RETURNING id`,
    [app.businessId, campaignId, seq],
  );
  return row.id;
}

describe('an order without a click', () => {
  it('is attributed to the latest message delivered to the phone and sent within 7 days before the order', async () => {
    expect(await campaignOf(order({ phone: phone(0) }))).toBe(later);
    expect(await campaignOf(order({ phone: phone(0), occurredAt: ago(2 * day) }))).toBe(earlier);
    expect(await campaignOf(order({ phone: phone(11) }))).toBe(earlier);
    expect(await campaignOf(order({ phone: phone(1), occurredAt: ago(3 * day + 60_000) }))).toBeNull();
    expect(await campaignOf(order({ phone: phone(1), occurredAt: ago(6 * day) }))).toBeNull();
    // seven days before the order, not before now
    await app.database.query(
      `UPDATE campaign_recipients SET sent_at = now() - interval '9 days' WHERE campaign_id = $1 AND phone = $2`,
      [earlier, phone(12)],
    );
    await app.database.query(`UPDATE campaigns SET started_at = now() - interval '9 days' WHERE id = $1`, [
      earlier,
    ]);
    expect(await campaignOf(order({ phone: phone(12) }))).toBeNull();
    expect(await campaignOf(order({ phone: phone(12), occurredAt: ago(3 * day) }))).toBe(earlier);
  });

  it.each([
    ['Benin', '+22997123456', '22997123456', 21],
    ['Benin, without the plus', '22997123456', '22997123456', 22],
    ['Ivory Coast', '+225 07 12 34 56', '22507123456', 23],
    ['any country', '+917000000024', '917000000024', 24],
  ])('is attributed by the wa_id of a message: %s', async (_what, given, waId, i) => {
    const named = (value: string | null) =>
      app.database.query(`UPDATE campaign_recipients SET wa_id = $3 WHERE campaign_id = $1 AND phone = $2`, [
        earlier,
        phone(i),
        value,
      ]);
    const placed = () => campaignOf(order({ phone: given, occurredAt: ago(2 * day) }));
    expect(await placed()).toBeNull();
    await named(waId);
    expect(await placed()).toBe(earlier);
    await named(null);
  });

  it('is not attributed to a message that was not delivered', async () => {
    await app.database.query(
      `UPDATE campaign_recipients SET status = 'SENT' WHERE campaign_id = $1 AND phone = $2`,
      [later, phone(2)],
    );
    expect(await campaignOf(order({ phone: phone(2) }))).toBe(earlier);
    await app.database.query(
      `UPDATE campaign_recipients SET status = 'DELIVERED' WHERE campaign_id = $1 AND phone = $2`,
      [later, phone(2)],
    );
    expect(await campaignOf(order({ phone: phone(2) }))).toBe(later);
  });

  it('may be dated at most 24 hours in the future', async () => {
    const { body } = await shop([
      order({ occurredAt: new Date(Date.now() + day - 60_000).toISOString() }),
      order({ occurredAt: new Date(Date.now() + day + 60_000).toISOString() }),
    ]);
    expect(body).toMatchObject({
      accepted: 1,
      rejected: [{ index: 1, reason: expect.stringContaining('24 hours') as unknown }],
    });
  });
});

test('an order with a click id counts as delivery too', async () => {
  const [{ seq }] = await app.database.query<[{ seq: number }]>(
    `SELECT seq FROM campaign_recipients WHERE campaign_id = $1 AND phone = $2`,
    [earlier, phone(20)],
  );
  const before = await stats(app, earlier);
  await app.database.query(
    `WITH r AS (UPDATE campaign_recipients SET status = 'SENT', delivered_at = NULL WHERE campaign_id = $1 AND seq = $2)
     UPDATE campaigns SET delivered_count = delivered_count - 1 WHERE id = $1`,
    [earlier, seq],
  );
  expect(await campaignOf(order({ clickId: await newClick(earlier, seq) }))).toBe(earlier);
  expect(await stats(app, earlier)).toMatchObject({
    deliveredCount: before.deliveredCount,
    convertedCount: before.convertedCount + 1,
  });
});

describe('an order by click', () => {
  const seqOf = async (campaignId: string, to: string) =>
    (
      await app.database.query<[{ seq: number }]>(
        `SELECT seq FROM campaign_recipients WHERE campaign_id = $1 AND phone = $2`,
        [campaignId, to],
      )
    )[0].seq;

  it('is attributed to its message whatever its time: the click proves more than the clock of a shop', async () => {
    const clickId = await newClick(later, await seqOf(later, phone(6)));
    expect(await campaignOf(order({ clickId, occurredAt: ago(3 * day) }))).toBe(later);
    expect(await campaignOf(order({ clickId }))).toBe(later);
  });

  it('is attributed to a message for which WhatsApp has not confirmed when it was sent', async () => {
    const seq = await seqOf(earlier, phone(8));
    await app.database.query(
      `UPDATE campaign_recipients SET sent_at = NULL WHERE campaign_id = $1 AND seq = $2`,
      [earlier, seq],
    );
    const clickId = await newClick(earlier, seq);
    expect(await campaignOf(order({ clickId, occurredAt: ago(6 * day) }))).toBe(earlier);
  });
});

describe('orders in the forms that shops post', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['an order id that is a number', { orderId: 5551234567890 }, { order_id: '5551234567890' }],
    ['an order id of one digit', { orderId: 7 }, { order_id: '7' }],
    ['an order id with blanks', { orderId: ' A-1\n' }, { order_id: 'A-1' }],
    ['a currency in lower case', { currency: 'inr' }, { currency: 'INR' }],
    ['a currency with blanks', { currency: ' Usd ' }, { currency: 'USD' }],
    ['the Mexican peso', { currency: 'MXN' }, { currency: 'MXN' }],
    ["Chile's unit of account", { currency: 'clf' }, { currency: 'CLF' }],
    ['a value with blanks', { value: ' 499.50 ' }, { value: '499.50' }],
    ['a value with four decimals of which two are zeros', { value: '1499.5000' }, { value: '1499.50' }],
    ['a phone that is a number', { phone: 919876570003 }, { phone: phone(3) }],
    ['a phone with blanks', { phone: ' 09876570003 ' }, { phone: phone(3) }],
    [
      'empty fields',
      { clickId: '', phone: ' ', value: '', currency: '', occurredAt: '' },
      { click_id: null, phone: null, value: null, currency: null, occurred_at: expect.any(Date) as unknown },
    ],
  ])('are accepted: %s', async (_what, given, stored) => {
    const one = order(given);
    expect(await shop(one)).toMatchObject({ status: 202, body: { accepted: 1, rejected: [] } });
    expect(await rowOf(String(one.orderId).trim())).toMatchObject(stored);
  });

  it.each(['orderId', 'clickId', 'phone'])(
    'are refused with a number in %s of which JSON loses digits',
    async (field) => {
      // written by hand: JSON.stringify would lose the digits itself
      const posted = (number: string) => JSON.stringify(order({ [field]: 0 })).replace(/:0\b/, `:${number}`);
      for (const number of ['12345678901234567890', '12345678901234567891', '9007199254740992', '7.10']) {
        const { body } = await shop(`[${posted(number)},${JSON.stringify(order())}]`);
        expect(body).toMatchObject({
          accepted: 1,
          duplicates: 0,
          rejected: [
            {
              index: 0,
              reason: expect.stringMatching(new RegExp(`^${field}: .* send it as text$`)) as unknown,
            },
          ],
        });
      }
    },
  );

  it('are accepted with the largest whole number that JSON keeps, and with a longer one as text', async () => {
    for (const orderId of [Number.MAX_SAFE_INTEGER, '12345678901234567890', '12345678901234567891'])
      expect((await shop(order({ orderId }))).body).toMatchObject({ accepted: 1, duplicates: 0 });
  });

  it('are attributed by a click id with surrounding spaces or in upper case', async () => {
    const clickId = await newClick(earlier, 30);
    expect(await campaignOf(order({ clickId: `  ${clickId} \n` }))).toBe(earlier);
    expect(await campaignOf(order({ clickId: clickId.toUpperCase() }))).toBe(earlier);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a currency that does not exist', { currency: 'ZZZ' }, 'currency: expected an ISO 4217 code'],
    ['a currency that was withdrawn', { currency: 'hrk' }, 'currency: expected an ISO 4217 code'],
    ['the code for tests', { currency: 'xts' }, 'currency: expected an ISO 4217 code'],
    ['a symbol for a currency', { currency: '₹' }, 'currency: expected an ISO 4217 code'],
    ['a value with separators', { value: '1,499.50' }, 'value: expected an amount'],
    ['a value with a comma', { value: '1499,50' }, 'value: expected an amount'],
    ['a value with a symbol', { value: '₹499' }, 'value: expected an amount'],
    ['a value with three decimals', { value: '1.234' }, 'value: expected an amount'],
    ['an order id of blanks', { orderId: '  ' }, 'orderId: expected the id'],
    ['an order id with half an emoji', { orderId: 'A\ud83d' }, 'orderId: expected whole characters'],
    ['an order id that lost a character', { orderId: 'A\ufffd' }, 'orderId: expected whole characters'],
    ['a click id with half an emoji', { clickId: 'A\ude00' }, 'clickId: expected whole characters'],
  ])('are refused: %s', async (_what, given, reason) => {
    const neighbours = [order(), order()];
    const { body } = await shop([neighbours[0], order(given), neighbours[1]]);
    expect(body).toMatchObject({
      accepted: 2,
      rejected: [{ index: 1, reason: expect.stringContaining(reason) as unknown }],
    });
  });

  it('count once when the same order is repeated in one request, in any form', async () => {
    const clickId = await newClick(earlier, 31);
    const orderId = 5_551_234_567_891;
    const { body } = await shop([
      order({ orderId, clickId }),
      order({ orderId: ` ${orderId} `, phone: phone(0) }),
      order({ orderId: String(orderId) }),
    ]);
    expect(body).toEqual({ accepted: 1, duplicates: 2, rejected: [] });
    expect(await rowOf(String(orderId))).toMatchObject({ campaign_id: earlier, click_id: clickId });
  });
});

it('a product accepts a currency in upper or lower case', async () => {
  const input = { businessId: app.businessId, name: 'Diya', price: '49.90', currency: 'inr' };
  const query = documents.createProduct.replace('price', 'price currency');
  expect(await app.data(query, { input })).toMatchObject({ createProduct: { currency: 'INR' } });
});

it('recordConversion says why an order is not attributed', async () => {
  const query = documents.recordConversion.replace('campaignId }', 'campaignId unattributed }');
  const record = async (input: unknown) =>
    (await app.data<{ recordConversion: unknown }>(query, { input })).recordConversion;
  const unknown = order({ clickId: '00000000-0000-4000-8000-000000000000', phone: phone(999) });
  expect(await record(unknown)).toEqual({
    duplicate: false,
    campaignId: null,
    unattributed: expect.stringMatching(/^clickId: no click .*; phone: no message/) as unknown,
  });
  expect(await record(order({ phone: phone(4), currency: 'inr' }))).toEqual({
    duplicate: false,
    campaignId: later,
    unattributed: null,
  });
});

describe('revenue and refunds', () => {
  const revenue = async (id: string) =>
    Object.fromEntries((await earnedBy(id)).revenue.map(({ currency, amount }) => [currency, amount]));
  const earnedBy = async (id: string) =>
    (
      await app.data<{
        campaignStats: { convertedCount: number; revenue: { amount: string; currency: string }[] };
      }>(
        `query ($id: ID!) { campaignStats(campaignId: $id) { convertedCount revenue { amount currency } } }`,
        { id },
      )
    ).campaignStats;
  let sale: string;
  const buyer = (i: number) => `+9198765800${String(i).padStart(2, '0')}`;

  beforeAll(async () => {
    sale = await delivered(
      Array.from({ length: 10 }, (_, i) => buyer(i)),
      3_600_000,
    );
  });

  it('keeps currencies apart, counts people once and every order of them', async () => {
    await shop([
      order({ phone: buyer(0), value: '499.50', currency: 'INR' }),
      order({ phone: buyer(0), value: 100, currency: 'inr' }),
      order({ phone: buyer(1), value: '20.00', currency: 'USD' }),
      order({ phone: buyer(1) }),
      order({ phone: buyer(2), value: '7' }),
    ]);
    expect(await revenue(sale)).toEqual({ INR: '599.50', USD: '20.00', XXX: '7.00' });
    expect((await earnedBy(sale)).convertedCount).toBe(3);
  });

  it('a refund takes its value off and leaves the person converted; it counts once', async () => {
    const one = order({ phone: buyer(3), value: '250.00', currency: 'EUR' });
    await shop(one);
    const refund = order({ refundOf: one.orderId, value: '100.00' });
    expect((await shop(refund)).body).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
    expect((await shop(refund)).body).toEqual({ accepted: 0, duplicates: 1, rejected: [] });
    expect(await revenue(sale)).toMatchObject({ EUR: '150.00' });
    // two posts of all that is left at once: the second finds nothing left
    const rest = [order({ refundOf: one.orderId }), order({ refundOf: one.orderId })];
    const answers = await Promise.all(rest.map(shop));
    expect(answers.map(({ body }) => body.accepted).sort()).toEqual([0, 1]);
    expect(answers.flatMap(({ body }) => body.rejected)).toEqual([
      { index: 0, reason: expect.stringMatching(/^refundOf: .* all is refunded$/) as unknown },
    ]);
    expect(await revenue(sale)).toMatchObject({ EUR: '0.00' });
    expect((await earnedBy(sale)).convertedCount).toBe(4);
  });

  it('a refund that does not fit its order is rejected, alone', async () => {
    const one = order({ phone: buyer(4), value: '80.00', currency: 'GBP' });
    const refund = order({ refundOf: one.orderId, value: '30' });
    const list = [
      order({ refundOf: 'never-seen' }),
      // before its order in the list, and accepted all the same: a list is one transaction
      refund,
      one,
      order({ refundOf: one.orderId, value: '50.01' }),
      order({ refundOf: one.orderId, currency: 'USD' }),
      order({ refundOf: one.orderId, value: 0 }),
      order({ refundOf: one.orderId, value: -5 }),
    ];
    const { body } = await shop(list);
    expect(body.accepted).toBe(2);
    expect(body.rejected).toEqual(
      [
        [0, /^refundOf: expected the id of an order that was reported before/],
        [3, /^value: expected at most 50.00/],
        [4, /^currency: expected GBP/],
        [5, /^value: expected more than 0/],
        [6, /^value: /],
      ].map(([index, reason]) => ({ index, reason: expect.stringMatching(reason as RegExp) as unknown })),
    );
    expect((await shop(order({ refundOf: refund.orderId }))).body.rejected[0]?.reason).toMatch(
      /this is a refund/,
    );
    expect(await revenue(sale)).toMatchObject({ GBP: '50.00' });
    const { errors } = await app.graphql(documents.recordConversion, {
      input: order({ refundOf: 'never-seen' }),
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.refundOf' });
    await expectCountersAreRows(app, sale);
  });
});

describe('1,000 orders in one request', () => {
  const transactionsOf = async (prefix: string) => {
    const [row] = await app.database.query<[{ orders: number; transactions: number }]>(
      `SELECT count(*)::int AS orders, count(DISTINCT xmin::text)::int AS transactions
       FROM conversions WHERE order_id LIKE $1`,
      [`${prefix}%`],
    );
    return row;
  };
  const thousand = (prefix: string, to: (i: number) => Record<string, unknown>) =>
    Array.from({ length: 1000 }, (_, i) => order({ orderId: `${prefix}-${i}`, ...to(i) }));

  it('are one transaction with one update of each campaign', async () => {
    const converted = async (id: string) =>
      (
        await app.database.query<[{ rows: number }]>(
          `SELECT count(converted_at)::int AS rows FROM campaign_recipients WHERE campaign_id = $1`,
          [id],
        )
      )[0].rows;
    const before = [await stats(app, earlier), await stats(app, later)] as const;
    const prefix = newId();
    expect((await shop(thousand(prefix, (i) => ({ phone: phone(i % 50) })))).body).toEqual({
      accepted: 1000,
      duplicates: 0,
      rejected: [],
      // a test above has moved this message to more than seven days ago
      unattributed: Array.from({ length: 20 }, (_, i) => ({
        index: 12 + i * 50,
        reason: expect.stringContaining('7 days') as unknown,
      })),
    });
    expect(await transactionsOf(prefix)).toEqual({ orders: 1000, transactions: 1 });
    const after = [await stats(app, earlier), await stats(app, later)] as const;
    expect(after[0].version - before[0].version).toBe(1);
    expect(after[1].version - before[1].version).toBeLessThanOrEqual(1);
    expect(after[0].convertedCount).toBe(await converted(earlier));
    expect(after[1].convertedCount).toBe(await converted(later));
    expect(after[1].convertedCount).toBe(10);
  });

  it('posted five times at once in different orders count once without deadlocks', async () => {
    const prefix = newId();
    const list = thousand(prefix, (i) => ({ phone: phone(i % 50) }));
    const turned = (by: number) => [...list.slice(by), ...list.slice(0, by)];
    const posts = [list, list.toReversed(), turned(300), turned(500).toReversed(), turned(900)];
    const answers = await Promise.all(posts.map(shop));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    const sum = (of: 'accepted' | 'duplicates') => answers.reduce((all, { body }) => all + body[of], 0);
    expect([sum('accepted'), sum('duplicates')]).toEqual([1000, 4000]);
  });

  it('are stored except for the one that PostgreSQL refuses', async () => {
    const prefix = newId();
    await app.database.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.order_id IN ('${prefix}-7', '${prefix}-alone') THEN RAISE EXCEPTION 'not this one'; END IF;
         RETURN NEW; END $$;
       CREATE TRIGGER refuse BEFORE INSERT ON conversions FOR EACH ROW EXECUTE FUNCTION refuse()`,
    );
    const { status, body } = await shop(thousand(prefix, () => ({})));
    expect(status).toBe(202);
    expect(body).toMatchObject({
      accepted: 999,
      duplicates: 0,
      rejected: [{ index: 7, reason: 'the order could not be stored' }],
    });
    const { orders, transactions } = await transactionsOf(prefix);
    expect(orders).toBe(999);
    // the set is halved ten times
    expect(transactions).toBeLessThanOrEqual(10);
    expect((await shop(order({ orderId: `${prefix}-alone` }))).status).toBe(500);
    await app.database.query('DROP TRIGGER refuse ON conversions; DROP FUNCTION refuse');
  });
});
