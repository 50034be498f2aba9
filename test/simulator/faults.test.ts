import { Agent, request } from 'undici';
import { listen, PHONE, startTestSimulator, text, weekendSale, type TestSimulator } from './support';

/** Injected faults: before a message is accepted, and after, when it is delivered nevertheless. */

let simulator: TestSimulator;
beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterAll(() => simulator.close());
beforeEach(async () => {
  await simulator.call('POST', '/_simulator/reset', { keepBehaviour: true });
  await simulator.behave({ faults: {}, perNumber: {}, perTemplate: {}, perSender: {}, messagesPerSecond: 0 });
});

const TO = '+919812345678';

describe('before acceptance', () => {
  it.each([
    ['http500', 500, undefined],
    ['http503', 503, undefined],
    ['html502', 502, undefined],
    ['code2', 503, 2],
    ['code131016', 500, 131016],
    ['code131000', 500, 131000],
    ['throttle429', 429, 130429],
  ])('%s answers %d and sends nothing', async (fault, http, code) => {
    await simulator.behave({ faults: { [fault]: 1 } });
    const answer = await simulator.send(text(TO));
    expect(answer.http).toBe(http);
    if (code === undefined) expect(typeof answer.body).toBe('string');
    else expect(answer.body.error?.code).toBe(code);
    if (fault === 'html502') expect(answer.body).toContain('<!DOCTYPE html>');
    if (fault === 'throttle429') expect(answer.headers['retry-after']).toBe('1');
    expect(await simulator.summary()).toMatchObject({
      accepted: 0,
      attempts: 1,
      refusedByCode: { [fault]: 1 },
    });
  });

  it('resetBeforeAccept breaks the connection and sends nothing', async () => {
    await simulator.behave({ faults: { resetBeforeAccept: 1 } });
    await expect(simulator.send(text(TO))).rejects.toThrow();
    expect(await simulator.summary()).toMatchObject({ accepted: 0, attempts: 1 });
  });

  it('validation errors take precedence over faults', async () => {
    await simulator.behave({ faults: { http500: 1 } });
    expect((await simulator.send(text('12'))).body.error.code).toBe(131009);
  });
});

describe('after acceptance', () => {
  it.each(['resetAfterAccept', 'truncatedAfterAccept'])(
    '%s breaks the connection; the message is delivered',
    async (fault) => {
      await simulator.behave({ faults: { [fault]: 1 } });
      await expect(simulator.send(text(TO))).rejects.toThrow();
      expect((await simulator.settled()).statuses).toMatchObject({ read: 1 });
      expect(await simulator.messages()).toMatchObject([{ to: TO, responded: false }]);
    },
  );

  it('http502AfterAccept answers with an error page; the message is delivered', async () => {
    await simulator.behave({ faults: { http502AfterAccept: 1 } });
    expect((await simulator.send(text(TO))).http).toBe(502);
    expect((await simulator.settled()).statuses).toMatchObject({ read: 1 });
  });

  it('timeoutAfterAccept never answers; the message is delivered', async () => {
    await simulator.behave({ faults: { timeoutAfterAccept: 1 } });
    const agent = new Agent({ headersTimeout: 100 });
    const call = request(`${simulator.url}/v25.0/${PHONE}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer t' },
      body: JSON.stringify(text(TO)),
      dispatcher: agent,
    });
    await expect(call).rejects.toThrow(/Timeout/);
    expect((await simulator.settled()).statuses).toMatchObject({ read: 1 });
    await agent.destroy();
  });

  it('without a fault the message is recorded as responded', async () => {
    await simulator.send(text(TO));
    expect(await simulator.messages()).toMatchObject([{ responded: true }]);
  });
});

it('faults affect the configured share of attempts, and retries may succeed', async () => {
  await simulator.behave({ faults: { http500: 0.2, code131016: 0.1 } });
  const numbers = Array.from({ length: 500 }, (_, i) => `+9198${String(i).padStart(8, '0')}`);
  let retries = 0;
  for (let wave = numbers; wave.length > 0; retries++) {
    const answers = await Promise.all(wave.map((to) => simulator.send(text(to))));
    wave = wave.filter((_, i) => answers[i]?.http !== 200);
  }
  const { accepted, attempts, refusedByCode } = await simulator.summary();
  expect(accepted).toBe(500);
  expect(retries).toBeLessThan(20);
  expect((refusedByCode.http500 ?? 0) / attempts).toBeCloseTo(0.2, 1);
  expect((refusedByCode.code131016 ?? 0) / attempts).toBeCloseTo(0.1, 1);
});

describe('settings per number', () => {
  it('respond refuses the configured number of calls', async () => {
    await simulator.behave({
      perNumber: { [TO]: { respond: { http: 400, code: 131026, details: 'no', times: 2 } } },
    });
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await simulator.send(text(TO)));
    expect(answers.map((answer) => answer.http)).toEqual([400, 400, 200]);
    expect(answers[0]?.body.error).toMatchObject({ code: 131026, error_data: { details: 'no' } });
    expect((await simulator.send(text('+919812345679'))).http).toBe(200);
  });

  it('fault and delayMs apply to this number', async () => {
    await simulator.behave({ perNumber: { [TO]: { fault: 'http503', faultTimes: 1, delayMs: 60 } } });
    expect((await simulator.send(text(TO))).http).toBe(503);
    const start = performance.now();
    expect((await simulator.send(text(TO))).http).toBe(200);
    expect(performance.now() - start).toBeGreaterThanOrEqual(59);
  });
});

describe('settings per template and per sender', () => {
  it('perTemplate refuses by name, or by name and language', async () => {
    await simulator.behave({ perTemplate: { weekend_sale: { code: 132015, times: 1 } } });
    expect((await simulator.send(weekendSale(TO, 'a'))).body.error.code).toBe(132015);
    expect((await simulator.send(weekendSale(TO, 'a'))).http).toBe(200);
    await simulator.behave({ seed: 2 }); // an unrelated change does not restart the counter
    expect((await simulator.send(weekendSale(TO, 'a'))).http).toBe(200);
    await simulator.behave({ perTemplate: { 'weekend_sale/en': { code: 132016 } } });
    expect((await simulator.send(weekendSale(TO, 'a'))).body.error.code).toBe(132016);
  });

  it('perSender refuses by phone-number-id, or all senders with *', async () => {
    await simulator.behave({ perSender: { '*': { code: 131042 } } });
    expect((await simulator.send(text(TO), '/v25.0/4242/messages')).body.error.code).toBe(131042);
  });
});

it('latencyMs delays the response', async () => {
  await simulator.behave({ latencyMs: { min: 50, max: 80 } });
  const start = performance.now();
  await simulator.send(text(TO));
  expect(performance.now() - start).toBeGreaterThanOrEqual(49);
  await simulator.behave({ latencyMs: { min: 0, max: 0 } });
});

it('fetchMedia fetches media links and refuses those that fail', async () => {
  let fetches = 0;
  const host = await listen((incoming, _body, response) => {
    fetches++;
    if (incoming.url === '/a.jpg') response.writeHead(200, { 'content-type': 'image/jpeg' }).end('jpeg');
    else if (incoming.url === '/page') response.writeHead(200, { 'content-type': 'text/html' }).end('page');
    else response.writeHead(404).end();
  });
  const image = (path: string) => ({
    messaging_product: 'whatsapp',
    to: TO,
    type: 'image',
    image: { link: host.url + path },
  });
  expect((await simulator.send(image('/none'))).http).toBe(200);
  expect(fetches).toBe(0);
  await simulator.behave({ fetchMedia: true });
  expect((await simulator.send(image('/a.jpg'))).http).toBe(200);
  expect((await simulator.send(image('/a.jpg'))).http).toBe(200);
  expect(fetches).toBe(1);
  expect((await simulator.send(image('/page'))).body.error.code).toBe(131053);
  expect((await simulator.send(image('/none'))).body.error.code).toBe(131053);
  await simulator.behave({ fetchMedia: false });
  await host.close();
});
