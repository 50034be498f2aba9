import {
  PHONE,
  QUIET,
  startTestSimulator,
  template,
  text,
  until,
  WABA,
  weekendSale,
  type TestSimulator,
} from './support';

/** Throughput limits of a business phone number and of a pair of sender and recipient. */

let simulator: TestSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterAll(() => simulator.close());
beforeEach(async () => {
  await simulator.call('POST', '/_simulator/reset', { keepBehaviour: true });
});

const TO = '+919812345678';

it('a number may send 80 messages per second', async () => {
  const burst = await Promise.all(
    Array.from({ length: 600 }, (_, i) => simulator.send(text(`+9198${String(i).padStart(8, '0')}`))),
  );
  const refusedOnes = burst.filter((answer) => answer.http !== 200);
  expect(burst.length - refusedOnes.length).toBeGreaterThanOrEqual(80);
  expect(refusedOnes.length).toBeGreaterThan(0);
  expect(refusedOnes[0]).toMatchObject({
    http: 400,
    body: {
      error: {
        message: '(#130429) Rate limit hit',
        code: 130429,
        error_data: { details: 'Cloud API message throughput has been reached.' },
      },
    },
  });
  const { refusedByCode, accepted, attempts, maxPerSecond } = await simulator.summary();
  expect(refusedByCode).toEqual({ '130429': refusedOnes.length });
  expect(accepted + refusedOnes.length).toBe(attempts);
  expect(maxPerSecond[PHONE]).toBeLessThanOrEqual(160);
});

describe('the messaging limit', () => {
  const person = (n: number) => `+91960000000${n}`;
  const offer = (to: string) => weekendSale(to, 'abc');
  const codeFor = async (message: object) => (await simulator.send(message)).body.error?.code;
  beforeEach(() => simulator.behave({ messagingLimit: 'TIER_2', messagesPerSecond: 0 }));
  afterEach(() =>
    simulator.behave({
      messagingLimit: 'TIER_UNLIMITED',
      beyondMessagingLimit: null,
      messagesPerSecond: 'perNumber',
    }),
  );

  it('is not enforced by default', async () => {
    for (const n of [1, 2, 3]) expect(await codeFor(offer(person(n)))).toBeUndefined();
  });

  it('refuses templates to more people, but not to the same ones or to people who wrote', async () => {
    await simulator.behave({ beyondMessagingLimit: 131048 });
    for (const n of [1, 2, 1]) expect(await codeFor(offer(person(n)))).toBeUndefined();
    expect(await codeFor(offer(person(3)))).toBe(131048);
    expect(await codeFor(text(person(3)))).toBeUndefined();
    await simulator.call('POST', '/_simulator/inbound', {
      ...{ from: person(3), phoneNumberId: PHONE },
      ...{ type: 'text', body: 'Hi' },
    });
    expect(await codeFor(offer(person(3)))).toBeUndefined();
    expect(await codeFor(offer(person(4)))).toBe(131048);
  });

  it('drops them without a word', async () => {
    await simulator.behave({ ...QUIET, beyondMessagingLimit: 'dropped' });
    for (const n of [1, 2, 3]) expect(await codeFor(offer(person(n)))).toBeUndefined();
    expect(await simulator.settled()).toMatchObject({ accepted: 3, statuses: { sent: 2, delivered: 2 } });
  });
});

it('a throttled number may send again after a while', async () => {
  await simulator.behave({ messagesPerSecond: 20 });
  let sent = 0;
  await until(
    async () => (await simulator.send(text(`+9197${String(sent++).padStart(8, '0')}`))).http === 400,
  );
  await until(async () => (await simulator.send(text('+919700000001'))).http === 200);
  await simulator.behave({ messagesPerSecond: 'perNumber' });
});

it('the registered throughput applies; throttleHttp selects the HTTP status', async () => {
  const account = { wabaId: WABA, phoneNumberIds: [PHONE], messagesPerSecond: 1 };
  await simulator.call('PUT', '/_simulator/accounts', account);
  await simulator.behave({ throttleHttp: 429 });
  expect((await simulator.send(text(TO))).http).toBe(200);
  const second = await simulator.send(text('+919812345679'));
  expect(second).toMatchObject({ http: 429, headers: { 'retry-after': '1' } });
  await simulator.behave({ throttleHttp: 400 });
});

it.each([0, null])('messagesPerSecond %p removes the limit', async (messagesPerSecond) => {
  await simulator.behave({ messagesPerSecond });
  const burst = Array.from({ length: 200 }, (_, i) =>
    simulator.send(text(`+9196${String(i).padStart(8, '0')}`)),
  );
  expect((await Promise.all(burst)).every((answer) => answer.http === 200)).toBe(true);
  await simulator.behave({ messagesPerSecond: 'perNumber' });
});

it('a recipient may get 45 messages at once, then one per six seconds', async () => {
  for (let i = 0; i < 45; i++) expect((await simulator.send(text(TO))).http).toBe(200);
  expect((await simulator.send(text(TO))).body.error).toMatchObject({
    code: 131056,
    message: '(#131056) (Business Account, Consumer Account) pair rate limit hit',
  });
  expect((await simulator.send(text(TO), '/v25.0/2222/messages')).http).toBe(200);
  await simulator.behave({ pairLimit: false });
  expect((await simulator.send(text(TO))).http).toBe(200);
  await simulator.behave({ pairLimit: true });
});

it('the limits are checked after the template', async () => {
  await simulator.behave({ messagesPerSecond: 1 });
  await simulator.send(text(TO));
  expect((await simulator.send(template(TO, 'no_such_template'))).body.error.code).toBe(132001);
  expect((await simulator.send(text('+919800000001'))).body.error.code).toBe(130429);
  await simulator.behave({ messagesPerSecond: 'perNumber' });
});
