import {
  body,
  listen,
  startTestSimulator,
  template,
  text,
  urlButton,
  weekendSale,
  type TestServer,
  type TestSimulator,
} from './support';

/** Recipients open tracked links and place orders; the product is an HTTP server that redirects and accepts conversions. */

interface Visit {
  method: string;
  path: string;
  userAgent: string;
  authorization: string | undefined;
  body: string;
}

let product: TestServer;
let simulator: TestSimulator;
let visits: Visit[];
let conversionReplies: number[];
beforeEach(async () => {
  visits = [];
  conversionReplies = [];
  product = await listen((request, received, response) => {
    const path = request.url ?? '';
    visits.push({
      method: request.method ?? '',
      path,
      userAgent: request.headers['user-agent'] ?? '',
      authorization: request.headers.authorization,
      body: received,
    });
    if (path === '/conversions') response.writeHead(conversionReplies.shift() ?? 202).end('{}');
    else if (path.startsWith('/r/gone')) response.writeHead(404).end();
    else
      response
        .writeHead(302, { location: `https://shop.example/?a=b&dakiya_click=click-${path.slice(3)}` })
        .end();
  });
  simulator = await startTestSimulator({ linkBase: product.url });
  await simulator.behave({ clickShare: 1, conversionShare: 1, messagesPerSecond: 0 });
});
afterEach(async () => {
  await simulator.close();
  await product.close();
});

const TO = '+919812345678';
const SHOP = { businessId: 'business-1', token: 'shop-token' };
const clicks = () => visits.filter((visit) => visit.userAgent.startsWith('Mozilla'));

it('opens the button’s link once with a browser’s user agent and records the click id', async () => {
  await simulator.send(weekendSale(TO, 'k3Jx'));
  expect(await simulator.settled()).toMatchObject({ clicked: 1, converted: 0 });
  expect(visits).toHaveLength(1);
  expect(visits[0]).toMatchObject({ method: 'GET', path: '/r/k3Jx' });
  expect(clicks()).toHaveLength(1);
  const [row] = await simulator.messages();
  expect(row).toMatchObject({
    clickId: 'click-k3Jx',
    clickedAt: expect.any(String) as string,
    convertedAt: null,
  });
});

it('opens a tracked link in the text', async () => {
  await simulator.send(text(TO, { text: { body: `Diwali offers: ${product.url}/r/abc. See you!` } }));
  await simulator.settled();
  expect(visits.map((visit) => visit.path)).toEqual(['/r/abc']);
});

it('opens no link without a tracked link or without delivery', async () => {
  await simulator.send(text(TO, { text: { body: 'See https://example.com/r/abc' } }));
  await simulator.behave({ failures: { '131026': 1 } });
  await simulator.send(weekendSale(TO, 'abc'));
  await simulator.settled();
  expect(visits).toHaveLength(0);
});

it('posts one conversion with the click id and retries it until it is accepted', async () => {
  await simulator.behave({ shop: SHOP });
  conversionReplies = [503];
  await simulator.send(weekendSale(TO, 'k3Jx'));
  expect(await simulator.settled()).toMatchObject({ clicked: 1, converted: 1 });
  const conversions = visits.filter((visit) => visit.path === '/conversions');
  expect(conversions).toHaveLength(2);
  expect(conversions[0]?.body).toBe(conversions[1]?.body);
  expect(conversions[0]).toMatchObject({ method: 'POST', authorization: 'Bearer shop-token' });
  const conversion = JSON.parse(conversions[0]?.body ?? '') as { orderId: string };
  expect(conversion).toMatchObject({
    businessId: 'business-1',
    clickId: 'click-k3Jx',
    orderId: expect.stringMatching(/^SIM-1-\w+$/) as string,
    value: expect.any(Number) as number,
    currency: 'INR',
  });
  const [row] = await simulator.messages();
  expect(row).toMatchObject({ orderId: conversion.orderId, convertedAt: expect.any(String) as string });
});

it('does not count clicks and conversions that the product refused', async () => {
  await simulator.behave({ shop: SHOP });
  await simulator.send(weekendSale(TO, 'gone'));
  expect(await simulator.settled()).toMatchObject({ clicked: 0, converted: 0 });
  conversionReplies = [401];
  await simulator.send(weekendSale(TO, 'abc'));
  expect(await simulator.settled()).toMatchObject({ clicked: 1, converted: 0 });
});

it('a link preview bot fetches the link before the click', async () => {
  await simulator.behave({ previewShare: 1 });
  await simulator.send(weekendSale(TO, 'one'));
  await simulator.send(weekendSale(TO, 'two'));
  expect(await simulator.settled()).toMatchObject({ clicked: 2 });
  for (const path of ['/r/one', '/r/two']) {
    const [bot, person] = visits.filter((visit) => visit.path === path).map((visit) => visit.userAgent);
    expect(bot).toMatch(/^(facebookexternalhit\/1\.1|WhatsApp\/2\.23)/);
    expect(person).toMatch(/^Mozilla/);
  }
  expect((await simulator.messages()).every((row) => row.previewFetched)).toBe(true);
});

it('clicks and conversions match the configured shares', async () => {
  await simulator.behave({ clickShare: 0.35, conversionShare: 0.25, previewShare: 0.1, shop: SHOP });
  const sends = Array.from({ length: 400 }, (_, i) =>
    simulator.send(weekendSale(`+9198${String(i).padStart(8, '0')}`, `t${i}`)),
  );
  await Promise.all(sends);
  const { clicked, converted } = await simulator.settled();
  expect(clicked / 400).toBeCloseTo(0.35, 1);
  expect(converted / clicked).toBeCloseTo(0.25, 1);
  expect(clicks()).toHaveLength(clicked);
});

it('logs only the first failure while the product is down', async () => {
  const lines: string[] = [];
  const alone = await startTestSimulator({ linkBase: 'http://127.0.0.1:9', log: (line) => lines.push(line) });
  await alone.behave({ clickShare: 1 });
  await alone.send(weekendSale(TO, 'a'));
  await alone.send(template(TO, 'weekend_sale', [body('Asha'), urlButton('b')]));
  expect(await alone.settled()).toMatchObject({ clicked: 0 });
  expect(lines.filter((line) => line.startsWith('click failed'))).toHaveLength(1);
  await alone.close();
});
