import type { ClientOptions } from '../../src/whatsapp/client';
import { ConnectProxy } from '../support/connect-proxy';
import { accepted, RawServer } from '../support/raw-server';
import { TlsServer } from '../support/tls-server';
import { waitFor } from '../support/wait';
import { TestClient } from '../support/whatsapp-client';

let proxy: ConnectProxy;
let server: RawServer;
let client: TestClient | undefined;

beforeEach(async () => {
  proxy = await ConnectProxy.start();
  server = await RawServer.start();
});
afterEach(async () => {
  client?.close();
  await proxy.stop();
  await server.stop();
});

/** A client for a host that only the proxy can resolve. */
function open(
  options: Partial<ClientOptions> = {},
  { host = 'whatsapp.test', noProxy = '', user = '' } = {},
): TestClient {
  const settings = { url: `http://${user}127.0.0.1:${proxy.port}`, noProxy };
  client = new TestClient(`http://${host}:${server.port}`, { proxy: settings, ...options });
  return client;
}

const accept = { kind: 'accepted', wamid: 'wamid.A' };

test('messages go through one tunnel to the requested host', async () => {
  const one = open();
  expect([await one.send('+1'), await one.send('+2')]).toEqual([accept, accept]);
  expect(proxy.asked).toEqual([`whatsapp.test:${server.port}`]);
  expect(server.to).toEqual(['+1', '+2']);
  expect(server.received[0]).toMatch(
    new RegExp(`^POST /v25.0/1/messages HTTP/1.1\r\nhost: whatsapp.test:${server.port}\r\n`),
  );
});

test('messages over TLS go through one tunnel, and the certificate must match the host', async () => {
  const tls = await TlsServer.start();
  const settings = { url: `http://127.0.0.1:${proxy.port}`, noProxy: '' };
  expect(await tls.send(2, 'whatsapp.test', { proxy: settings })).toEqual([accept, accept]);
  expect(tls.connections).toEqual([
    { servername: 'whatsapp.test', alpnProtocol: 'http/1.1', resumed: false },
  ]);
  expect(proxy.asked).toEqual([`whatsapp.test:${tls.port}`]);
  const reason = 'ERR_TLS_CERT_ALTNAME_INVALID';
  expect(await tls.send(1, 'other.test', { proxy: settings })).toEqual([{ kind: 'unreachable', reason }]);
  await tls.stop();
});

test('the client opens no more tunnels than connections are allowed', async () => {
  server.answer = () => undefined;
  const two = open({ connections: 2 });
  const results = ['+1', '+2', '+3', '+4', '+5'].map((to) => two.send(to));
  await waitFor(() => server.to.length === 2, { what: 'two requests arrived' });
  server.answer = () => accepted();
  for (const socket of server.sockets) socket.write(accepted());
  expect(await Promise.all(results)).toEqual(Array(5).fill(accept));
  expect(proxy.mostOpen).toBe(2);
  expect(proxy.asked).toHaveLength(2);
});

test.each(['407 Proxy Authentication Required', '502 Bad Gateway', '302 Found'])(
  'a proxy that answers %s: the message is not sent',
  async (status) => {
    proxy.instead = (socket) => socket.end(`HTTP/1.1 ${status}\r\n\r\n`);
    const result = await open({ connectTimeoutMs: 2000 }).send();
    expect(result).toMatchObject({ kind: 'unreachable' });
    expect(server.sockets).toHaveLength(0);
  },
);

test('the reason names the refusal of the proxy', async () => {
  proxy.instead = (socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  expect(await open().send()).toEqual({ kind: 'unreachable', reason: 'the proxy answered 407' });
});

test.each([
  ['closes', (socket: { destroy: () => unknown }) => socket.destroy()],
  ['resets', (socket: { resetAndDestroy: () => unknown }) => socket.resetAndDestroy()],
])(
  'a proxy that %s the connection: the message is not sent, and the client does not retry',
  async (_, end) => {
    proxy.instead = end;
    const one = open();
    expect(await one.send()).toMatchObject({ kind: 'unreachable' });
    expect(await one.send()).toMatchObject({ kind: 'unreachable' });
    expect(proxy.asked).toHaveLength(2);
    proxy.instead = undefined;
    expect(await one.send()).toEqual(accept);
  },
);

test('a proxy that does not answer: the message is not sent after the deadline, later messages are', async () => {
  proxy.instead = () => undefined;
  const one = open({ connectTimeoutMs: 100 });
  expect(await one.send('+1')).toEqual({ kind: 'unreachable', reason: 'no connection in time' });
  proxy.instead = undefined;
  await waitFor(async () => (await one.send('+2')).kind === 'accepted', {
    what: 'a message is sent through the proxy',
  });
  expect(server.to).toEqual(['+2']);
});

test('a tunnel that breaks after the request makes the send unconfirmed', async () => {
  server.answer = (_, socket) => void socket.destroy();
  const reason = 'the connection was closed before the answer';
  expect(await open().send()).toEqual({ kind: 'unknown', reason });
});

test('a proxy that cannot be reached: the message is not sent', async () => {
  const one = open();
  await proxy.stop();
  expect(await one.send()).toEqual({ kind: 'unreachable', reason: 'ECONNREFUSED' });
  proxy = await ConnectProxy.start();
});

test('the proxy gets the user and password of its URL, WhatsApp does not', async () => {
  let given: string | undefined;
  proxy.instead = (socket, request) => {
    given = request.headers['proxy-authorization'];
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  };
  const one = open({}, { user: 'dakiya:s%40crat@' });
  await one.send();
  expect(given).toBe(`Basic ${Buffer.from('dakiya:s@crat').toString('base64')}`);
  proxy.instead = undefined;
  await one.send();
  expect(server.received.join()).not.toMatch(/proxy-auth/i);
});

// 0.0.0.0 leads to this computer and is not one of its usual names
test.each([
  ['a host that is not excepted', '0.0.0.0', 'example.com', 1],
  ['a host that is excepted', '0.0.0.0', 'example.com, 0.0.0.0', 0],
  ['a host that is excepted with its port', '0.0.0.0', '0.0.0.0:PORT', 0],
  ['a host that is excepted with another port', '0.0.0.0', '0.0.0.0:1', 1],
  ['any host when all are excepted', '0.0.0.0', '*', 0],
  ['this computer', '127.0.0.1', '', 0],
  ['this computer by name', 'localhost', 'example.com', 0],
])('%s: %s with NO_PROXY "%s" opens %i tunnels', async (_, host, noProxy, tunnels) => {
  const except = noProxy.replace('PORT', String(server.port));
  expect(await open({}, { host, noProxy: except }).send()).toEqual(accept);
  expect(proxy.asked).toHaveLength(tunnels);
});
