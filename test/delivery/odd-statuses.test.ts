import { createHmac, randomUUID } from 'node:crypto';
import { App } from '../support/app';
import { createCampaign, people } from '../support/campaigns';
import { expectCountersAreRows } from '../support/consistency';
import { storeSending } from '../support/stored-recipients';

/*
 * Statuses with odd values, over the wire: each is stored as it is, or its odd part is ignored, and none of it gets into
 * the way of the other statuses of its request, which are all settled together.
 */

let app: App;
let id: string;

beforeAll(async () => {
  app = await App.start({ workers: 0 });
});
afterAll(() => app?.close());

/** A campaign with `size` recipients who are being sent to. */
async function sendingTo(size: number): Promise<string> {
  const { database } = app;
  id = await createCampaign(app, { customRecipients: people(1) });
  await database.query('DELETE FROM campaign_recipients WHERE campaign_id = $1', [id]);
  await database.query('DELETE FROM campaign_recipient_blocks WHERE campaign_id = $1', [id]);
  await storeSending(
    database,
    id,
    Array.from({ length: size }, (_, i) => i + 1),
  );
  return id;
}

/** Posts statuses in one request, signed as Meta signs. @returns the code of the answer */
async function post(statuses: unknown[]): Promise<number> {
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value: { metadata: {}, statuses } }] }],
  });
  const signature = createHmac('sha256', app.config.whatsapp.appSecret).update(body).digest('hex');
  const response = await fetch(`${app.url}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  });
  await response.text();
  return response.status;
}

const now = () => String(Math.floor(Date.now() / 1000));

/** A `delivered` about a recipient, unless `more` says otherwise. */
const statusOf = (seq: number, more: Record<string, unknown> = {}) => ({
  id: `wamid.${seq}`,
  status: 'delivered',
  timestamp: now(),
  recipient_id: `9198${String(seq).padStart(8, '0')}`,
  biz_opaque_callback_data: `${id}:${seq}:1`,
  ...more,
});

interface Row {
  seq: number;
  status: string;
  wamid: string | null;
  charges: Record<string, [string, string]> | null;
  is_now: boolean;
}

const rowsOf = () =>
  app.database.query<Row[]>(
    `SELECT seq, status, wamid, charges, delivered_at BETWEEN now() - interval '5 minutes' AND now() + interval '5 minutes' AS is_now
     FROM campaign_recipients WHERE campaign_id = $1 ORDER BY seq`,
    [id],
  );

/** Ideographs do not compress, and each is three bytes. */
const ideographs = (count: number) =>
  Array.from({ length: count }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000))).join('');

test.each(['delivered', 'sent', 'read'])('ids of any text come with `%s`', async (status) => {
  const ids = [
    ...[
      'NULL',
      'null',
      '"NULL"',
      '"',
      '""',
      '\\',
      '\\\\',
      '\\"',
      '{',
      '}',
      '{}',
      '{NULL}',
      '{"a"}',
      ',',
      ',,',
    ],
    ...[
      'a,b',
      'NULL,NULL',
      '","',
      '"},{"',
      "'",
      "';--",
      '$1',
      '%',
      ' ',
      ' a ',
      '\n',
      '\t',
      '\r\n',
      '\u00a0',
      '()',
    ],
    ...[
      'वामिद',
      '😀',
      'é',
      '\u200b',
      '\ufeff',
      '\u2028',
      '\uffff',
      '/* x */',
      '\\N',
      '\\u0000',
      'NaN',
      '0',
      '-1',
    ],
    ...[
      'x'.repeat(512),
      '"'.repeat(512),
      '\\'.repeat(512),
      'x'.repeat(1000),
      '😀'.repeat(500),
      ideographs(1000),
    ],
    '\u0000a\u0000',
    'a\ud800b',
  ];
  await sendingTo(ids.length);
  expect(await post(ids.map((wamid, i) => statusOf(i + 1, { id: wamid, status })))).toBe(200);
  const stored = await rowsOf();
  expect(stored.map(({ wamid }) => wamid)).toEqual([...ids.slice(0, -2), 'a', 'a\ufffdb']);
  expect(new Set(stored.map((row) => row.status))).toEqual(new Set([status.toUpperCase()]));
  await expectCountersAreRows(app, id);
});

test('an id that is none is ignored with its status, and not the others of the request', async () => {
  const none = ['', '\u0000', 'x'.repeat(1001), 7, null, undefined, [], {}, true];
  await sendingTo(none.length + 1);
  expect(
    await post([...none.map((wamid, i) => statusOf(i + 1, { id: wamid })), statusOf(none.length + 1)]),
  ).toBe(200);
  expect((await rowsOf()).map(({ status }) => status)).toEqual([...none.map(() => 'SENDING'), 'DELIVERED']);
});

test('charges: odd amounts and currencies cost what the rate card says, and no number is too long to be added up', async () => {
  const given: [amount: unknown, currency: unknown, stored: [string, string] | 'card'][] = [
    ['0.7846', 'INR', ['0.7846', 'INR']],
    ['0.7846', ' inr ', ['0.7846', 'INR']],
    [0.7846, 'USD', ['0.7846', 'USD']],
    [0, 'INR', ['0', 'INR']],
    ['999999999.999999', 'INR', ['999999999.999999', 'INR']],
    ['000000001.10', 'EUR', ['000000001.10', 'EUR']],
    ...[
      1e21,
      1e-7,
      -1,
      '-1',
      '+1',
      'NaN',
      'NULL',
      '',
      '1e5',
      '1,5',
      '1}',
      '"1"',
      '0x1',
      ' 1',
      '1\n',
      '١',
      '1'.repeat(400),
    ].map((amount): [unknown, unknown, 'card'] => [amount, 'INR', 'card']),
    ...['XXX', 'NULL', '', '"', '{INR}', 'I\u0000X', '₹', 7, null].map(
      (currency): [unknown, unknown, 'card'] => ['1', currency, 'card'],
    ),
  ];
  await sendingTo(given.length);
  const pricing = given.map(([amount, currency]) => ({
    ...{ billable: true, pricing_model: 'PMP', category: 'marketing', type: 'regular' },
    ...{ amount, currency },
  }));
  expect(await post(pricing.map((price, i) => statusOf(i + 1, { pricing: price })))).toBe(200);
  const stored = await rowsOf();
  for (const [i, [amount, currency, wanted]] of given.entries()) {
    const charge = stored[i]?.charges?.['1'];
    if (wanted === 'card')
      expect([amount, currency, charge?.[1]]).toEqual([amount, currency, expect.any(String)]);
    expect([amount, currency, /^\d{1,9}(\.\d{1,6})?$/.test(charge?.[0] ?? '')]).toEqual([
      amount,
      currency,
      true,
    ]);
    if (wanted !== 'card') expect(charge).toEqual(wanted);
  }
  // once more, each with another amount: a message is charged once
  expect(
    await post(
      pricing.map((price, i) => statusOf(i + 1, { status: 'read', pricing: { ...price, amount: '5' } })),
    ),
  ).toBe(200);
  expect((await rowsOf()).map(({ charges }) => charges)).toEqual(stored.map(({ charges }) => charges));
  await expectCountersAreRows(app, id);
});

test('times that make no sense are now', async () => {
  const times = [
    '0',
    '-1',
    '1',
    99_999_999_999_999,
    '1e300',
    1e300,
    -1e300,
    'NULL',
    '',
    'infinity',
    null,
    [],
    {},
    '２０２６',
  ];
  await sendingTo(times.length);
  expect(await post(times.map((timestamp, i) => statusOf(i + 1, { timestamp })))).toBe(200);
  const stored = await rowsOf();
  expect(stored.map(({ status, is_now: isNow }) => ({ status, isNow }))).toEqual(
    times.map(() => ({ status: 'DELIVERED', isNow: true })),
  );
});

test('statuses about nobody of ours are acknowledged, and those beside them are stored', async () => {
  await sendingTo(1);
  const places = [
    `${id}:2:1`,
    `${id}:0:1`,
    `${id}:999999999:999999999`,
    `${randomUUID()}:1:1`,
    `${id}:1:1:1`,
    `${id}:-1:1`,
  ];
  const others = [`${id.toUpperCase()}:1:1`, `{${id}}:1:1`, `${id}:1e3:1`, 'NULL:NULL:NULL', '::', ''];
  const odd = [...places, ...others].map((data) =>
    statusOf(1, { id: 'wamid.odd', biz_opaque_callback_data: data }),
  );
  expect(await post([...odd, null, 7, 'x', [], statusOf(1), ...odd])).toBe(200);
  expect(await rowsOf()).toMatchObject([{ seq: 1, status: 'DELIVERED', wamid: 'wamid.1' }]);
  await expectCountersAreRows(app, id);
});
