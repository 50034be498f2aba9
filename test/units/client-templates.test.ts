import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WhatsAppError, WhatsAppUnreachable } from '../../src/whatsapp/client';
import type { ClientOptions } from '../../src/whatsapp/client';
import { TestClient } from '../support/whatsapp-client';

let server: Server;
/** The query of each requested page. */
let asked: URLSearchParams[];
let page: (after: string | null, token: string | undefined) => unknown;
let status: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { searchParams, pathname } = new URL(request.url ?? '', 'http://x');
    if (pathname !== '/v25.0/2/message_templates') return response.writeHead(404).end();
    asked.push(searchParams);
    const body = page(searchParams.get('after'), request.headers.authorization);
    return response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  asked = [];
  status = 200;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function read(
  name?: string,
  options: Partial<ClientOptions> = {},
  accessToken = 'token',
): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  const { client } = new TestClient(`http://127.0.0.1:${port}`, options);
  try {
    return await client.templates({ phoneNumberId: '1', wabaId: '2', accessToken }, name);
  } catch (error) {
    return error;
  } finally {
    client.close();
  }
}

const next = 'https://elsewhere.example/v25.0/2/message_templates?limit=100';

test('all pages are requested one by one, with the token', async () => {
  page = (after, token) => ({
    data: [{ name: `after ${after} with ${token}` }],
    paging: after === 'b' ? { cursors: { after: 'c' } } : { cursors: { after: after ? 'b' : 'a' }, next },
  });
  expect(await read()).toEqual(
    [null, 'a', 'b'].map((after) => ({ name: `after ${after} with Bearer token` })),
  );
  expect(asked.map((query) => query.toString())).toEqual([
    'limit=100',
    'limit=100&after=a',
    'limit=100&after=b',
  ]);
});

test('elements of any form are returned unchanged; with a name, only those with that name', async () => {
  const odd = [
    null,
    7,
    'text',
    [],
    {},
    { name: 7 },
    { name: 'sale', components: 'none' },
    { name: 'sale_2' },
  ];
  page = () => ({ data: odd });
  expect(await read()).toEqual(odd);
  expect(await read('sale')).toEqual([{ name: 'sale', components: 'none' }]);
  expect(asked.at(-1)?.get('name')).toBe('sale');
});

test('a page of a million elements', async () => {
  page = () => `{"data":[${'0,'.repeat(1_000_000)}0]}`;
  expect(await read()).toHaveLength(1_000_001);
});

test('a next page without a cursor: the cursor in its URL is used, but not the URL itself', async () => {
  page = (after) => ({ data: [after], paging: after ? {} : { next: `${next}&after=x%3D` } });
  expect(await read()).toEqual([null, 'x=']);
});

test.each([
  ['no paging', undefined],
  ['null', null],
  ['text', 'next'],
  ['no next page', { cursors: { after: 'x' } }],
  ['no cursor', { next }],
  ['cursors that are null', { next, cursors: null }],
  ['a cursor that is no text', { next, cursors: { after: 7 } }],
  ['an empty cursor', { next, cursors: { after: '' } }],
  ['a next page that is no address', { next: 'yes' }],
])('paging that marks the last page: %s', async (_, paging) => {
  page = () => ({ data: ['one'], paging });
  expect(await read()).toEqual(['one']);
  expect(asked).toHaveLength(1);
});

test.each([
  ['itself', ['a', 'a'], 2],
  ['an earlier page', ['a', 'b', 'c', 'a'], 4],
])('a page that is followed by %s is the last', async (_, cursors, pages) => {
  page = () => ({ data: [asked.length], paging: { next, cursors: { after: cursors[asked.length - 1] } } });
  expect(await read()).toHaveLength(pages);
});

test('an endless list fails after a thousand pages', async () => {
  page = () => ({ data: [1], paging: { next, cursors: { after: String(asked.length) } } });
  const error = await read();
  expect(error).toBeInstanceOf(WhatsAppUnreachable);
  expect(error).toMatchObject({ message: 'the list of templates does not end' });
  expect(asked).toHaveLength(1000);
});

test('a list that takes too long fails', async () => {
  page = () => ({ data: [1], paging: { next, cursors: { after: String(asked.length) } } });
  const error = await read(undefined, { templatesTimeoutMs: 30 });
  expect(error).toBeInstanceOf(WhatsAppUnreachable);
  expect(error).toMatchObject({ message: 'the list of templates took too long' });
});

test('an error of WhatsApp on any page is reported with its code', async () => {
  page = (after) => {
    if (!after) return { data: [1], paging: { next, cursors: { after: 'a' } } };
    status = 401;
    return { error: { code: 190, error_subcode: 463, message: 'The session has expired' } };
  };
  const error = await read();
  expect(error).toBeInstanceOf(WhatsAppError);
  expect(error).toMatchObject({
    message: 'The session has expired',
    reported: { code: 190, subcode: 463, httpStatus: 401 },
  });
});

test.each([
  [200, 'null'],
  [200, '{}'],
  [200, '{"data":{}}'],
  [200, '[]'],
  [200, '<html>'],
  [200, ''],
  [502, '{"error":"Bad Gateway"}'],
  [502, '{"error":{"code":"502"}}'],
  [502, '{"data":[]}'],
  [302, ''],
])('%i with %j is not an answer of WhatsApp', async (of, body) => {
  status = of;
  page = () => body;
  expect(await read()).toBeInstanceOf(WhatsAppUnreachable);
});

test('a token with a line break is not sent', async () => {
  page = () => ({ data: [] });
  expect(await read(undefined, {}, 'a\r\nb: c')).toMatchObject({
    message: 'the access token cannot be sent',
  });
  expect(asked).toEqual([]);
});
