import type { ClientOptions } from '../../src/whatsapp/client';
import { accepted, RawServer, blockEventLoop } from '../support/raw-server';
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

function open(options: Partial<ClientOptions>, url = server.url): TestClient {
  client = new TestClient(url, options);
  return client;
}

const notConnected = { kind: 'unreachable', reason: 'no connection in time' };
const notAnswered = { kind: 'unknown', reason: 'no answer in time' };

test.each([
  ['nothing', () => undefined],
  ['half a head', () => 'HTTP/1.1 200 OK\r\n'],
  ['half a body', () => accepted().slice(0, -5)],
])(
  'an answer of %s: unconfirmed after the deadline, and the connection is not used again',
  async (_, answer) => {
    const one = open({ timeoutMs: 400 });
    server.answer = answer;
    expect(await one.send('+1')).toEqual(notAnswered);
    server.answer = () => accepted();
    expect(await one.send('+2')).toMatchObject({ kind: 'accepted' });
    expect(server.to).toEqual(['+1', '+2']);
    expect(server.sockets[0]?.destroyed).toBe(true);
  },
);

test.each([
  ['a body that never ends', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
  ['informational responses without end', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
])('%s: unconfirmed after the deadline, however busy the connection is', async (_, first, again) => {
  server.answer = (_piece, socket) => {
    socket.write(first);
    const interval = setInterval(() => socket.write(again), 5);
    socket.on('close', () => clearInterval(interval));
    return undefined;
  };
  expect(await open({ timeoutMs: 150 }).send()).toEqual(notAnswered);
});

test('a send waits for a free connection until the deadline and is then not sent', async () => {
  server.answer = () => undefined;
  const one = open({ connectTimeoutMs: 400 });
  const first = one.send('+1');
  expect(await Promise.all([one.send('+2'), one.send('+3')])).toEqual([notConnected, notConnected]);
  server.answer = () => accepted();
  server.sockets[0]?.write(accepted());
  expect(await first).toMatchObject({ kind: 'accepted' });
  expect(await one.send('+4')).toMatchObject({ kind: 'accepted' });
  expect(server.to).toEqual(['+1', '+4']);
});

test('a TLS handshake that the server never answers: not sent after the deadline', async () => {
  const one = open({ connectTimeoutMs: 100 }, `https://127.0.0.1:${server.port}`);
  server.answer = () => undefined;
  expect(await one.send()).toEqual(notConnected);
  expect(server.sockets).toHaveLength(1);
});

test('after a failure to connect the next send tries to connect again', async () => {
  const one = open({ connectTimeoutMs: 100 }, `https://127.0.0.1:${server.port}`);
  server.answer = () => undefined;
  expect(await one.send()).toEqual(notConnected);
  server.answer = () => 'this is not TLS\r\n';
  // undici measures the connect timeout in steps of half a second
  const reason = await waitFor(
    async () => {
      const result = await one.send();
      return result.kind === 'unreachable' && result.reason !== notConnected.reason && result.reason;
    },
    { what: 'a send reaches the server' },
  );
  expect(reason).toMatch(/^ERR_SSL/);
});

describe('a process whose event loop was blocked for longer than the deadline', () => {
  test('accepts the answer that arrived meanwhile', async () => {
    const one = open({ timeoutMs: 400 });
    server.answer = (_, socket) => {
      socket.write(accepted());
      blockEventLoop(800);
      return undefined;
    };
    expect(await one.send()).toMatchObject({ kind: 'accepted' });
  });

  test('accepts the answers to many requests', async () => {
    const many = open({ timeoutMs: 500, connections: 50 });
    server.answer = () => undefined;
    const results = Array.from({ length: 50 }, (_, i) => many.send(`+${i}`));
    await waitFor(() => server.to.length === 50, { what: 'all requests arrived' });
    for (const socket of server.sockets) socket.write(accepted());
    blockEventLoop(1000);
    const kinds = (await Promise.all(results)).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['accepted']));
  });

  test('writes nothing to a connection that was opened meanwhile', async () => {
    const one = open({ connectTimeoutMs: 400 });
    server.onConnection = () => blockEventLoop(800);
    expect(await one.send('+1')).toEqual(notConnected);
    server.onConnection = () => undefined;
    expect(await one.send('+2')).toMatchObject({ kind: 'accepted' });
    expect(server.to).toEqual(['+2']);
  });

  test('writes no request that it had not begun to write', async () => {
    const one = open({ connectTimeoutMs: 300 });
    const first = one.send('+1');
    blockEventLoop(600);
    expect(await first).toEqual(notConnected);
    expect(await one.send('+2')).toMatchObject({ kind: 'accepted' });
    expect(server.to).toEqual(['+2']);
  });
});

test('a busy process keeps its deadlines', async () => {
  server.answer = () => undefined;
  const one = open({ timeoutMs: 100 });
  const busy = setInterval(() => blockEventLoop(40), 1);
  const calledAt = performance.now();
  expect(await one.send()).toEqual(notAnswered);
  clearInterval(busy);
  expect(performance.now() - calledAt).toBeLessThan(10_000);
});
