import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WhatsAppClient } from '../../src/whatsapp/client';

let server: Server;
let client: WhatsAppClient;
let answer: { status: number; body: string; headers?: Record<string, string> };

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new WhatsAppClient({ apiUrl: `http://127.0.0.1:${port}`, apiVersion: 'v25.0', connections: 1 });
});
afterAll(async () => {
  client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function send(status: number, body: unknown, headers: Record<string, string> = {}) {
  answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body), headers };
  return client.send(
    { phoneNumberId: '1', wabaId: '2', accessToken: 'token' },
    {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+911',
      type: 'text',
      text: { body: 'Hi' },
    },
  );
}

test('only an error with a number is WhatsApp’s refusal; a proxy’s words leave it open whether it was sent', async () => {
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
  ])
    expect(await send(502, body)).toMatchObject({ kind: 'unknown' });
});

test('an id that is none leaves it open; what an error says is text, without NUL', async () => {
  for (const id of ['', 7, ['a', 'b'], { a: 1 }, 'wamid.\0x', 'x'.repeat(513), 'two words', null])
    expect(await send(200, { messages: [{ id }] })).toMatchObject({ kind: 'unknown' });
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

test('Retry-After in seconds or as a date, within reason', async () => {
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
