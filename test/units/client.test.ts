import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TestClient } from '../support/whatsapp-client';

let server: Server;
let client: TestClient;
let answer: { status: number; body: string; headers?: Record<string, string> };

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new TestClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function send(status: number, body: unknown, headers: Record<string, string> = {}) {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body), headers };
  return client.send();
}

test('only an error with a code is a refusal by WhatsApp; the error page of a gateway makes the send unconfirmed', async () => {
  expect(await send(400, { error: { code: 131026, message: 'x' } })).toMatchObject({
    kind: 'refused',
    error: { code: 131026 },
  });
  for (const body of [
    { error: 'Bad Gateway' },
    { error: { code: '502' } },
    { error: { code: 1e300 } },
    { error: true },
    { error: null },
    '<html>',
    '',
    'null',
    '7',
    '"error"',
    '[]',
  ])
    expect(await send(502, body)).toMatchObject({ kind: 'unknown' });
});

test('an invalid message id makes the send unconfirmed; error details are text without NUL', async () => {
  for (const id of ['', 7, ['a', 'b'], { a: 1 }, 'wamid.\0x', 'x'.repeat(513), 'two words', null])
    expect(await send(200, { messages: [{ id }] })).toMatchObject({ kind: 'unknown' });
  for (const messages of [null, 7, 'wamid', {}, [], [null]])
    expect(await send(200, { messages })).toMatchObject({ kind: 'unknown' });
  expect(await send(200, { messages: [{ id: 'wamid.HBgL==' }] })).toEqual({
    kind: 'accepted',
    wamid: 'wamid.HBgL==',
  });
  const error = { code: 131026, message: 'said', error_data: { details: 'bad \0 news' } };
  expect(await send(400, { error })).toMatchObject({ kind: 'refused', error: { details: 'bad  news' } });
  for (const details of [{ toString: 1 }, 7, null])
    expect(await send(400, { error: { ...error, error_data: { details } } })).toMatchObject({
      kind: 'refused',
      error: { code: 131026, details: 'said' },
    });
});

test('Retry-After is read as seconds or a date, and limited to an hour', async () => {
  const error = { error: { code: 130429 } };
  expect(await send(429, error, { 'retry-after': '7' })).toMatchObject({ retryAfterMs: 7000 });
  const date = await send(429, error, { 'retry-after': new Date(Date.now() + 30_000).toUTCString() });
  expect('retryAfterMs' in date && date.retryAfterMs).toBeGreaterThan(20_000);
  expect(await send(429, error, { 'retry-after': '99999999999' })).toMatchObject({ retryAfterMs: 3_600_000 });
  expect(await send(429, error, { 'retry-after': 'soon' })).toMatchObject({ retryAfterMs: undefined });
  expect(await send(503, '<html>', { 'retry-after': '5' })).toMatchObject({
    kind: 'unknown',
    retryAfterMs: 5000,
  });
});
