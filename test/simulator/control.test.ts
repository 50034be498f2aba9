import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  LINK_BASE,
  PHONE,
  startTestSimulator,
  text,
  WABA,
  weekendSale,
  type LedgerRow,
  type TestSimulator,
} from './support';

/** The control API: the ledger, the summary, the behaviour, reset and accounts. */

let simulator: TestSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterAll(() => simulator.close());
beforeEach(async () => {
  await simulator.call('POST', '/_simulator/reset', { keepBehaviour: true });
  await simulator.behave({ messagesPerSecond: 0 });
});

const numbers = (count: number) =>
  Array.from({ length: count }, (_, i) => `+9198${String(i).padStart(8, '0')}`);

it('docs/simulator.md names every request of the control API', () => {
  const root = join(__dirname, '../..');
  const control = readFileSync(join(root, 'src/simulator/control.ts'), 'utf8');
  const docs = readFileSync(join(root, 'docs/simulator.md'), 'utf8');
  const requests = [...control.matchAll(/case '(GET|PUT|POST) (\w+)'/g)];
  expect(requests.length).toBeGreaterThan(15);
  const missing = requests.filter(([, method = '', path = '']) => {
    const named = docs.split('\n').filter((line) => line.includes(`/_simulator/${path}`));
    // a line of the table of commands is a POST, unless it says otherwise
    return !named.some((line) => line.includes(method) || method === 'POST');
  });
  expect(missing.map(([, method, path]) => `${method} ${path}`)).toEqual([]);
});

describe('the ledger', () => {
  it('contains accepted messages as shown to recipients', async () => {
    const before = Date.now();
    await simulator.send(weekendSale('+91 98123 45678', 'k3Jx', { biz_opaque_callback_data: 'c1:1:1' }));
    await simulator.settled();
    const { body } = await simulator.call<{ total: number; next: null; messages: LedgerRow[] }>(
      'GET',
      '/_simulator/messages',
    );
    expect(body).toMatchObject({ total: 1, next: null });
    const [row] = body.messages;
    expect(row).toMatchObject({
      id: expect.stringMatching(/^wamid\./) as string,
      phoneNumberId: PHONE,
      to: '+91 98123 45678',
      type: 'template',
      text: expect.stringMatching(/^Hi Asha/) as string,
      header: null,
      mediaUrl: null,
      callbackData: 'c1:1:1',
      responded: true,
      clickedAt: null,
    });
    expect(row?.buttons[0]?.url).toBe(`${LINK_BASE}/r/k3Jx`);
    expect(row?.acceptedAtMs).toBeGreaterThanOrEqual(before - 5);
    expect(new Date(row?.acceptedAt ?? '').getTime()).toBe(Math.floor(row?.acceptedAtMs ?? 0));
    expect(row?.statuses.every((status) => status.at >= (row.acceptedAt ?? ''))).toBe(true);
  });

  it('contains text and media messages', async () => {
    await simulator.send(text('+919812345678'));
    const document = { link: 'https://example.com/menu.pdf', caption: 'Our menu', filename: 'menu.pdf' };
    await simulator.send({ messaging_product: 'whatsapp', to: '+919812345678', type: 'document', document });
    expect(await simulator.messages()).toMatchObject([
      { type: 'text', text: 'Hello', mediaUrl: null, template: null },
      { type: 'document', text: 'Our menu', mediaUrl: 'https://example.com/menu.pdf' },
    ]);
  });

  it('is paged and filtered', async () => {
    await Promise.all(
      numbers(25).map((to, i) =>
        simulator.send(
          text(to, { biz_opaque_callback_data: `c${i % 2}:${i}` }),
          `/v25.0/${100 + (i % 5)}/messages`,
        ),
      ),
    );
    const seen: string[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page: { body: { total: number; next: number | null; messages: LedgerRow[] } } =
        await simulator.call('GET', `/_simulator/messages?limit=10&after=${after}`);
      expect(page.body.total).toBe(25);
      seen.push(...page.body.messages.map((row) => row.to));
      after = page.body.next;
    }
    expect(seen.sort()).toEqual(numbers(25));
    expect(await simulator.messages(`to=${encodeURIComponent('+919800000007')}`)).toHaveLength(1);
    expect(await simulator.messages('callbackData=c1:*')).toHaveLength(12);
    expect(await simulator.messages('callbackData=c1:7')).toHaveLength(1);
    expect(await simulator.messages('phoneNumberId=102')).toHaveLength(5);
    expect(await simulator.messages('limit=1&fields=to,text')).toEqual([
      { to: expect.any(String) as string, text: 'Hello' },
    ]);
  });

  it.each(['limit=0', 'limit=10001', 'limit=x', 'after=-1'])('rejects ?%s', async (query) => {
    const answer = await simulator.call('GET', `/_simulator/messages?${query}`);
    expect(answer).toMatchObject({ http: 400, body: { error: { field: query.split('=')[0] } } });
  });
});

describe('the summary', () => {
  it('counts recipients, duplicates, attempts and refusals', async () => {
    const send = (to: string, callbackData?: string) =>
      simulator.send(text(to, { biz_opaque_callback_data: callbackData }));
    await send('+919800000001', 'c1:1:1');
    await send('+919800000001', 'c1:1:2'); // same recipient of the same campaign: a duplicate
    await send('+919800000001', 'c2:1:1'); // another campaign
    await send('+919800000002', 'c1:2:1');
    await send('+919800000003');
    await send('12', 'c1:3:1');
    expect(await simulator.settled()).toMatchObject({
      accepted: 5,
      uniqueRecipients: 3,
      duplicates: 1,
      attempts: 6,
      refusedByCode: { '131009': 1 },
      statuses: { sent: 5, delivered: 5, read: 5, failed: 0 },
    });
  });

  it('reports the maximum throughput in any sliding second', async () => {
    await Promise.all(numbers(30).map((to) => simulator.send(text(to))));
    const rows = await simulator.messages();
    const times = rows.map((row) => row.acceptedAtMs);
    const busiest = Math.max(
      ...times.map((end) => times.filter((time) => time > end - 1000 && time <= end).length),
    );
    expect((await simulator.summary()).maxPerSecond).toEqual({ [PHONE]: busiest });
  });
});

describe('the behaviour', () => {
  const behave = (patch: unknown) =>
    simulator.call<{ error: { field: string; expected: string; message: string } }>(
      'PUT',
      '/_simulator/behaviour',
      patch,
    );

  it('is merged: webhooks key by key, maps as a whole', async () => {
    await simulator.behave({ failures: { '131026': 0.1 }, webhooks: { batchSize: 7 } });
    await simulator.behave({ failures: { '131049': 0.2 }, webhooks: { shuffle: true } });
    const { body } = await simulator.call('GET', '/_simulator/behaviour');
    expect(body).toMatchObject({
      failures: { '131049': 0.2 },
      webhooks: { batchSize: 7, shuffle: true },
      pairLimit: true,
    });
    expect(body).not.toHaveProperty('failures.131026');
  });

  it.each<[string, unknown, string, RegExp]>([
    ['an unknown key', { clickShair: 1 }, 'clickShair', /no such field/],
    ['an unknown nested key', { webhooks: { batch: 1 } }, 'webhooks.batch', /no such field/],
    ['a share above 1', { clickShare: 2 }, 'clickShare', /<=1/],
    [
      'a range whose max is below its min',
      { latencyMs: { min: 5, max: 1 } },
      'latencyMs',
      /max must not be below min/,
    ],
    ['an undocumented error code', { failures: { '99': 1 } }, 'failures.99', /error code|Invalid key/],
    ['an unknown fault', { faults: { other: 1 } }, 'faults.other', /no such field/],
    ['a batch size of 0', { webhooks: { batchSize: 0 } }, 'webhooks.batchSize', />=1/],
    ['a body that is not JSON', '{"seed":', 'body', /JSON/],
  ])('rejects %s and names the invalid field', async (_what, patch, field, expected) => {
    const answer = await behave(patch);
    expect(answer.http).toBe(400);
    expect(answer.body.error.field).toBe(field);
    expect(answer.body.error.expected).toMatch(expected);
    expect(answer.body.error.message).toContain(field);
  });
});

describe('reset', () => {
  it('clears the ledger, the accounts and the behaviour', async () => {
    await simulator.call('PUT', '/_simulator/accounts', {
      wabaId: WABA,
      phoneNumberIds: [PHONE],
      messagesPerSecond: 5,
    });
    await simulator.call('DELETE', `/v25.0/${WABA}/message_templates?name=weekend_sale`);
    await simulator.behave({ clickShare: 0.11, sentDelayMs: { min: 60_000, max: 60_000 } });
    await simulator.send(text('+919812345678'));
    expect((await simulator.summary()).pendingEvents).toBe(1);
    await simulator.call('POST', '/_simulator/reset');
    expect(await simulator.summary()).toMatchObject({
      accepted: 0,
      attempts: 0,
      pendingEvents: 0,
      statuses: { sent: 0 },
      maxPerSecond: {},
    });
    expect((await simulator.call('GET', '/_simulator/behaviour')).body).toMatchObject({
      clickShare: 0.35,
      seed: 1,
    });
    expect((await simulator.call('GET', '/_simulator/accounts')).body).toEqual([]);
    expect((await simulator.send(weekendSale('+919812345678', 'a'))).http).toBe(200);
  });

  it('keeps the behaviour with keepBehaviour', async () => {
    await simulator.behave({ clickShare: 0.11 });
    await simulator.call('POST', '/_simulator/reset', { keepBehaviour: true });
    expect((await simulator.call('GET', '/_simulator/behaviour')).body).toMatchObject({ clickShare: 0.11 });
    expect(await simulator.call('POST', '/_simulator/reset', { everything: true })).toMatchObject({
      http: 400,
    });
  });
});

describe('numbers and accounts', () => {
  it('are created on first use', async () => {
    await simulator.behave({ messagesPerSecond: 'perNumber' });
    const { body } = await simulator.call('GET', '/v25.0/777000111/?fields=display_phone_number,throughput');
    expect(body).toEqual({
      id: '777000111',
      display_phone_number: '+15557000111',
      throughput: { level: 'STANDARD' },
    });
    expect(await simulator.call('GET', '/v25.0/abc')).toMatchObject({
      http: 400,
      body: { error: { code: 100, error_subcode: 33 } },
    });
  });

  it('are registered one at a time or several at once', async () => {
    const accounts = [
      { wabaId: '11', phoneNumberIds: ['1', '2'], messagesPerSecond: 1000 },
      { wabaId: '12', phoneNumberIds: ['3'], displayPhoneNumber: '+91 98111 11111' },
    ];
    expect((await simulator.call('PUT', '/_simulator/accounts', accounts)).http).toBe(200);
    const numbersOf = async (waba: string) =>
      (await simulator.call('GET', `/v25.0/${waba}/phone_numbers`)).body;
    expect(await numbersOf('11')).toMatchObject({
      data: [{ id: '1', throughput: { level: 'HIGH' } }, { id: '2' }],
    });
    expect(await numbersOf('12')).toMatchObject({ data: [{ display_phone_number: '+919811111111' }] });
    const wrong = await simulator.call('PUT', '/_simulator/accounts', { wabaId: '11' });
    expect(wrong).toMatchObject({ http: 400 });
  });

  it('accept app subscriptions', async () => {
    expect((await simulator.call('POST', `/v25.0/${WABA}/subscribed_apps`)).body).toEqual({ success: true });
  });
});

it('reports its health, and answers unknown control paths with 404', async () => {
  expect((await simulator.call('GET', '/_simulator/health')).body).toMatchObject({ status: 'ok' });
  expect((await simulator.call('GET', '/_simulator/weather')).http).toBe(404);
});
