import { escapeLikeMeta, sign } from '../../src/simulator/webhook-body';
import type { StatusObject } from '../../src/whatsapp/wire';
import {
  PHONE,
  QUIET,
  SECRET,
  startReceiver,
  startTestSimulator,
  text,
  until,
  WABA,
  weekendSale,
  type Receiver,
  type TestSimulator,
} from './support';

/** Signature, handshake, statuses and inbound messages, received over real HTTP. */

let simulator: TestSimulator;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  simulator = await startTestSimulator({ webhook: receiver.webhook });
});
afterEach(async () => {
  await simulator.close();
  await receiver.close();
});

const TO = '+919812345678';
const people = (count: number) =>
  Array.from({ length: count }, (_, i) => `+9198${String(i).padStart(8, '0')}`);

async function sendAll(numbers: string[]): Promise<void> {
  await simulator.behave({ messagesPerSecond: 0 });
  await Promise.all(
    numbers.map((to, i) => simulator.send(text(to, { biz_opaque_callback_data: `c1:${i}:1` }))),
  );
}

/** The statuses of each recipient in alphabetical order. */
function outcomes(statuses: StatusObject[]): Map<string, string> {
  const byPerson = new Map<string, Set<string>>();
  for (const { recipient_id: person = '', status } of statuses) {
    byPerson.set(person, (byPerson.get(person) ?? new Set()).add(status));
  }
  return new Map([...byPerson].sort().map(([person, all]) => [person, [...all].sort().join(' ')]));
}

describe('the signature', () => {
  // A body whose signature is known.
  const vector = '{"object":"whatsapp_business_account","entry":[],"note":"caf\\u00e9 \\ud83d\\ude00"}';

  it('matches the test vector', () => {
    expect(vector).toHaveLength(81);
    expect(sign(vector, SECRET)).toBe(
      'sha256=d4fcb624a68a5b12c672a4f3753910fa15f3077c9d83ce663c3a922f4d16e1ad',
    );
  });

  it('covers JSON escaped like Meta’s', () => {
    const written = JSON.stringify({ object: 'whatsapp_business_account', entry: [], note: 'café 😀' });
    expect(escapeLikeMeta(written)).toBe(vector);
    expect(escapeLikeMeta('"https://a/b"')).toBe('"https:\\/\\/a\\/b"');
  });
});

describe('the handshake', () => {
  it('precedes all webhooks and is retried until it succeeds', async () => {
    const lines: string[] = [];
    const other = await startTestSimulator({
      webhook: { ...receiver.webhook, verifyToken: 'wrong' },
      log: (line) => lines.push(line),
    });
    await other.send(text(TO));
    await until(() => receiver.handshakes >= 4);
    expect(receiver.posts).toHaveLength(0);
    expect(lines.filter((line) => line.includes('handshake'))).toHaveLength(1);
    await other.call('PUT', '/_simulator/webhook', receiver.webhook);
    await until(() => receiver.statuses().length === 3);
    await other.close();
  });
});

describe('statuses', () => {
  it('are sent, delivered and read, with callback data, timestamp and pricing', async () => {
    const { body } = await simulator.send(weekendSale(TO, 'abc', { biz_opaque_callback_data: 'c42:7:1' }));
    await simulator.settled();
    const statuses = receiver.statuses();
    expect(statuses.map((each) => each.status)).toEqual(['sent', 'delivered', 'read']);
    for (const status of statuses) {
      expect(status).toMatchObject({
        id: body.messages[0]?.id,
        recipient_id: '919812345678',
        biz_opaque_callback_data: 'c42:7:1',
        timestamp: expect.stringMatching(/^\d{10}$/) as string,
      });
    }
    const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' };
    expect(statuses.map((each) => each.pricing)).toEqual([pricing, pricing, undefined]);
    const [entry] = receiver.posts[0]?.envelope.entry ?? [];
    expect(entry).toMatchObject({
      id: WABA,
      changes: [
        { field: 'messages', value: { messaging_product: 'whatsapp', metadata: { phone_number_id: PHONE } } },
      ],
    });
    const [row] = await simulator.messages();
    expect(row?.statuses.map((each) => each.status)).toEqual(['sent', 'delivered', 'read']);
    expect(await simulator.summary()).toMatchObject({
      statuses: { sent: 1, delivered: 1, read: 1, failed: 0 },
    });
  });

  it.each([
    ['regular', { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' }, 0.0014],
    [
      'free_customer_service',
      { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' },
      0,
    ],
    [
      'free_entry_point',
      { billable: false, pricing_model: 'PMP', type: 'free_entry_point', category: 'service' },
      0,
    ],
    [
      'paid_exempt',
      {
        billable: false,
        pricing_model: 'PMP',
        type: 'regular',
        subtype: 'paid_exempt',
        category: 'service',
      },
      0,
    ],
    ['withoutBillable', { pricing_model: 'PMP', type: 'free_customer_service', category: 'service' }, 0],
    ['none', undefined, 0.0014],
  ])('price an answer to a person who wrote as %s', async (serviceWindowPricing, pricing, price) => {
    await simulator.behave({ serviceWindowPricing });
    await simulator.call('POST', '/_simulator/inbound', {
      from: TO,
      phoneNumberId: PHONE,
      type: 'text',
      body: 'Hi',
    });
    await simulator.send(text(TO));
    const [stranger] = people(1);
    await simulator.send(text(stranger ?? ''));
    await simulator.send(weekendSale(TO, 'abc'));
    await simulator.settled();
    const sent = receiver.statuses().filter(({ status }) => status === 'delivered');
    const regular = { billable: true, pricing_model: 'PMP', type: 'regular' };
    const [answer, ...others] = await simulator.messages();
    expect(sent.find(({ id }) => id === answer?.id)?.pricing).toEqual(pricing);
    expect(answer?.price).toBe(price);
    expect(others.map((row) => sent.find(({ id }) => id === row.id)?.pricing)).toEqual([
      { ...regular, category: 'service' },
      { ...regular, category: 'marketing' },
    ]);
    expect(others.map((row) => row.price)).toEqual([0.0014, 0.0118]);
  });

  it('report a failure, immediately or after sent', async () => {
    await simulator.behave({ failures: { '131049': 1 }, failAfterSentShare: 0.5 });
    await sendAll(people(40));
    await simulator.settled();
    const kinds = [...outcomes(receiver.statuses()).values()];
    expect(new Set(kinds)).toEqual(new Set(['failed', 'failed sent']));
    const failed = receiver.statuses().find((each) => each.status === 'failed');
    expect(failed?.pricing).toBeUndefined();
    expect(failed?.errors).toEqual([
      {
        code: 131049,
        title: 'This message was not delivered to maintain healthy ecosystem engagement.',
        message: 'This message was not delivered to maintain healthy ecosystem engagement.',
        error_data: {
          details: 'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.',
        },
        href: expect.stringContaining('error-codes') as string,
      },
    ]);
    expect((await simulator.summary()).statuses).toMatchObject({ failed: 40, delivered: 0 });
  });

  it('match the configured shares', async () => {
    await simulator.behave({
      deliveredShare: 0.8,
      readShare: 0.5,
      skipDeliveredShare: 0.3,
      failures: { '131026': 0.1 },
    });
    await sendAll(people(1000));
    const { statuses } = await simulator.settled();
    const reached = [...outcomes(receiver.statuses()).values()].filter((each) =>
      /delivered|read/.test(each),
    ).length;
    expect(statuses.failed).toBeGreaterThan(70);
    expect(statuses.failed).toBeLessThan(130);
    expect(reached / (1000 - statuses.failed)).toBeCloseTo(0.8, 1);
    expect(statuses.read / reached).toBeCloseTo(0.5, 1);
    expect(reached - statuses.delivered).toBeGreaterThan(0);
  });

  it('follow the settings of a number', async () => {
    await simulator.behave({
      perNumber: {
        '+91 98000 00000': { fail: 131026 },
        '+919800000001': { silent: true },
        '+919800000003': { fail: 131047 },
      },
    });
    await sendAll(people(4));
    await simulator.settled();
    const codes = receiver
      .statuses()
      .flatMap((each) => each.errors?.map(({ code }) => [each.recipient_id, code]) ?? []);
    expect(codes.sort()).toEqual([
      ['919800000000', 131026],
      ['919800000003', 131047],
    ]);
    expect([...outcomes(receiver.statuses()).keys()]).not.toContain('919800000001');
    expect(outcomes(receiver.statuses()).get('919800000002')).toBe('delivered read sent');
  });

  it('depend on the seed and the recipient, not on the order of arrival', async () => {
    const mixed = {
      ...QUIET,
      deliveredShare: 0.7,
      readShare: 0.5,
      failures: { '131026': 0.2 },
      failAfterSentShare: 0.5,
    };
    const run = async (numbers: string[], seed: number) => {
      receiver.posts = [];
      await simulator.call('POST', '/_simulator/reset');
      await simulator.behave({ ...mixed, seed });
      await sendAll(numbers);
      await simulator.settled();
      return outcomes(receiver.statuses());
    };
    const first = await run(people(200), 7);
    expect(await run(people(200).reverse(), 7)).toEqual(first);
    expect(await run(people(200), 8)).not.toEqual(first);
  });
});

describe('inbound messages', () => {
  const inbound = (message: object) =>
    simulator.call<{ id: string }>('POST', '/_simulator/inbound', {
      from: TO,
      phoneNumberId: PHONE,
      ...message,
    });
  const received = async () => {
    const change = await until(() => receiver.changes()[0]);
    return change.value;
  };

  it('text', async () => {
    const { body } = await inbound({ type: 'text', body: 'बंद करो' });
    expect(await received()).toMatchObject({
      contacts: [{ wa_id: '919812345678' }],
      messages: [{ from: '919812345678', id: body.id, type: 'text', text: { body: 'बंद करो' } }],
    });
  });

  it('button with a payload and a context', async () => {
    await inbound({ type: 'button', payload: 'STOP:c42', body: 'Stop promotions', contextId: 'wamid.x' });
    expect(await received()).toMatchObject({
      messages: [
        {
          type: 'button',
          button: { payload: 'STOP:c42', text: 'Stop promotions' },
          context: { id: 'wamid.x' },
        },
      ],
    });
  });

  it('stop: marketing messages fail with 131050 until resume', async () => {
    await inbound({ type: 'user_preferences', value: 'stop' });
    expect(await received()).toMatchObject({
      user_preferences: [
        {
          wa_id: '919812345678',
          category: 'marketing_messages',
          value: 'stop',
          timestamp: expect.any(Number) as number,
        },
      ],
    });
    await simulator.send(weekendSale(TO, 'abc'));
    await simulator.settled();
    expect(receiver.statuses().at(-1)?.errors?.[0]?.code).toBe(131050);
    await inbound({ type: 'user_preferences', value: 'resume' });
    await simulator.send(weekendSale(TO, 'abc'));
    expect((await simulator.settled()).statuses.read).toBe(1);
  });

  it('an inbound message opens the service window', async () => {
    await simulator.behave({ serviceWindow: true });
    await simulator.send(text(TO));
    expect((await simulator.settled()).statuses).toMatchObject({ failed: 1, read: 0 });
    await inbound({ type: 'text', body: 'Hello' });
    await simulator.send(text(TO));
    expect((await simulator.settled()).statuses).toMatchObject({ failed: 1, read: 1 });
  });

  it('an invalid inbound message is rejected', async () => {
    const answer = await inbound({ type: 'user_preferences', value: 'maybe' });
    expect(answer).toMatchObject({ http: 400, body: { error: { field: 'value' } } });
  });
});
