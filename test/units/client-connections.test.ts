import type { ClientOptions } from '../../src/whatsapp/client';
import { accepted, RawServer, response } from '../support/raw-server';
import { waitFor } from '../support/wait';
import { TestClient } from '../support/whatsapp-client';

let server: RawServer;
let client: TestClient | undefined;

beforeEach(async () => {
  server = await RawServer.start();
});
afterEach(async () => {
  client?.close();
  await server.stop();
});

function open(options: Partial<ClientOptions> = {}, url = server.url): TestClient {
  client = new TestClient(url, options);
  return client;
}

const numberOf = (piece: string) => /"to":"([^"]*)"/.exec(piece)?.[1];

test('the complete request, with the token in a header', async () => {
  expect(await open().send('+911')).toEqual({ kind: 'accepted', wamid: 'wamid.A' });
  const request = server.received.join('');
  expect(request).toMatch(/^POST \/v25\.0\/1\/messages HTTP\/1\.1\r\n/);
  expect(request).toMatch(new RegExp(`\r\nhost: 127.0.0.1:${server.port}\r\n`));
  expect(request).toMatch(/\r\nauthorization: Bearer token\r\n/);
  expect(request).toMatch(/\r\ncontent-type: application\/json\r\n/);
  const [head = '', body = ''] = request.split('\r\n\r\n');
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
  expect(JSON.parse(body)).toMatchObject({ to: '+911' });
});

test('one connection serves many requests one by one, each with its own answer', async () => {
  server.answer = (piece) => accepted(`wamid.${numberOf(piece)}`);
  const one = open();
  const results = await Promise.all(['+1', '+2', '+3'].map((to) => one.send(to)));
  expect(results).toEqual(['+1', '+2', '+3'].map((to) => ({ kind: 'accepted', wamid: `wamid.${to}` })));
  expect(server.sockets).toHaveLength(1);
  expect(server.received).toHaveLength(3);
});

test('the client opens as many connections as it needs, and no more than allowed', async () => {
  server.answer = () => undefined;
  const few = open({ connections: 3 });
  const results = ['+1', '+2', '+3', '+4'].map((to) => few.send(to));
  await waitFor(() => server.to.length === 3, { what: 'three requests arrived' });
  server.answer = () => accepted('wamid.4');
  for (const socket of server.sockets) socket.write(accepted());
  expect((await Promise.all(results)).map((result) => result.kind)).toEqual(Array(4).fill('accepted'));
  expect(server.sockets).toHaveLength(3);
});

test('a connection closed without an answer makes the send unconfirmed; the next send uses a new connection', async () => {
  const one = open();
  await one.send('+1');
  server.answer = (_, socket) => void socket.destroy();
  const reason = 'the connection was closed before the answer';
  expect(await one.send('+2')).toEqual({ kind: 'unknown', reason });
  server.answer = () => accepted();
  expect(await one.send('+3')).toMatchObject({ kind: 'accepted' });
  expect(server.to).toEqual(['+1', '+2', '+3']);
});

test('a reset makes only the send that was written unconfirmed, not the one that waits for a connection', async () => {
  server.answer = (piece, socket) => (numberOf(piece) === '+1' ? void socket.resetAndDestroy() : accepted());
  const one = open();
  const [first, second] = await Promise.all([one.send('+1'), one.send('+2')]);
  expect(first).toEqual({ kind: 'unknown', reason: 'ECONNRESET' });
  expect(second).toMatchObject({ kind: 'accepted' });
  expect(server.to).toEqual(['+1', '+2']);
});

describe('an idle connection', () => {
  test.each([
    ['closed', () => server.sockets[0]?.end()],
    ['destroyed', () => server.sockets[0]?.destroy()],
    ['reset', () => server.sockets[0]?.resetAndDestroy()],
  ])('%s in the moment of the next send: that goes over a new one', async (_, close) => {
    const one = open();
    await one.send('+1');
    close();
    expect(await one.send('+2')).toMatchObject({ kind: 'accepted' });
    expect(server.sockets).toHaveLength(2);
    expect(server.to).toEqual(['+1', '+2']);
  });

  test('that is closed in the same event loop turn as a send is not used for it', async () => {
    const one = open({ connections: 2 });
    await one.send('+1');
    const [idle] = server.sockets;
    // all of this happens in one callback, during which the event loop cannot notice the closed socket
    const second = new Promise<unknown>((resolve) => {
      server.onConnection = () => {
        server.onConnection = () => undefined;
        idle?.destroy();
        resolve(Promise.all([one.send('+2'), one.send('+3')]));
      };
    });
    const other = new TestClient(server.url);
    await other.send('+9');
    expect(await second).toMatchObject([{ kind: 'accepted' }, { kind: 'accepted' }]);
    other.close();
  });

  test('is not used again when the server announces that it will close it', async () => {
    const one = open();
    server.answer = () => accepted('wamid.A', 'connection: close\r\n');
    await one.send();
    await one.send();
    server.answer = () => accepted('wamid.A', 'keep-alive: timeout=1\r\n');
    await one.send();
    await one.send();
    expect(server.sockets).toHaveLength(4);
    server.answer = () => accepted('wamid.A', 'keep-alive: timeout=60\r\n');
    await one.send();
    await one.send();
    expect(server.sockets).toHaveLength(5);
  });

  test('that receives data without a request is closed, and the data answers no request', async () => {
    const one = open();
    await one.send('+1');
    server.sockets[0]?.write(accepted('wamid.unasked'));
    await waitFor(() => server.sockets[0]?.destroyed, { what: 'the connection is closed' });
    expect(await one.send('+2')).toEqual({ kind: 'accepted', wamid: 'wamid.A' });
    server.answer = () => accepted('wamid.3') + accepted('wamid.more');
    expect(await one.send('+3')).toEqual({ kind: 'accepted', wamid: 'wamid.3' });
    server.answer = () => accepted('wamid.4');
    expect(await one.send('+4')).toEqual({ kind: 'accepted', wamid: 'wamid.4' });
    expect(server.sockets).toHaveLength(3);
  });
});

test('an answer before the request was read is valid, and the connection is not used again', async () => {
  server.onConnection = (socket) => {
    socket.pause();
    socket.write(response('{"error":{"code":100,"message":"too long"}}', { status: '413 Too Large' }));
  };
  const one = open();
  expect(await one.send('+1', 'x'.repeat(20_000_000))).toMatchObject({
    kind: 'refused',
    error: { code: 100 },
  });
  server.onConnection = () => undefined;
  expect(await one.send('+2')).toMatchObject({ kind: 'accepted' });
  expect(server.sockets).toHaveLength(2);
});

test('a refused connection: the message is not sent', async () => {
  const { url } = server;
  await server.stop();
  expect(await open({}, url).send()).toEqual({ kind: 'unreachable', reason: 'ECONNREFUSED' });
});

test('a token or an id with a line break is never written', async () => {
  const credentials = { phoneNumberId: '1', wabaId: '2', accessToken: 'a\r\nhost: evil' };
  const message = { messaging_product: 'whatsapp', to: '+1', type: 'text', text: { body: '' } } as const;
  const { client: one } = open();
  const refused = { kind: 'unreachable', reason: 'the access token cannot be sent' };
  expect(await one.send(credentials, message)).toEqual(refused);
  expect(await one.send({ ...credentials, accessToken: 'a', phoneNumberId: '1 HTTP/1.1' }, message)).toEqual(
    refused,
  );
  expect(server.sockets).toHaveLength(0);
});

test('closing the client: waiting sends are not sent, written sends are unconfirmed, later sends are refused', async () => {
  server.answer = () => undefined;
  const one = open();
  const results = [one.send('+1'), one.send('+2')];
  await waitFor(() => server.to.length === 1, { what: 'the first request arrived' });
  one.close();
  expect(await Promise.all(results)).toEqual([
    { kind: 'unknown', reason: 'closed' },
    { kind: 'unreachable', reason: 'closed' },
  ]);
  expect(await one.send('+3')).toEqual({ kind: 'unreachable', reason: 'closed' });
  await waitFor(() => server.sockets[0]?.destroyed, { what: 'the connection is closed' });
  expect(server.to).toEqual(['+1']);
});
