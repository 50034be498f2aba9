import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Connections, NoAnswer } from '../../src/whatsapp/connections';
import type { ConnectionsOptions } from '../../src/whatsapp/connections';
import { waitFor } from '../support/wait';

/** A server whose every connection is in the hands of the test. */
let server: Server;
let sockets: Socket[];
let asked: string[];
/** What it says to a request; nothing when undefined. */
let say: (request: string, socket: Socket) => string | undefined;
let connections: Connections | undefined;

const ok = (body: string, more = '') =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n${more}\r\n${body}`;
const request = (path: string) => `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n`;

beforeEach(async () => {
  sockets = [];
  asked = [];
  say = (of) => ok(of.split(' ')[1] ?? '');
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      asked.push(bytes.toString());
      const said = say(bytes.toString(), socket);
      if (said !== undefined) socket.write(said);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  connections?.close();
  sockets.forEach((socket) => socket.destroy());
  await new Promise((resolve) => server.close(resolve));
});

function open(options: Partial<ConnectionsOptions> = {}): Connections {
  const { port } = server.address() as AddressInfo;
  connections = new Connections({
    origin: new URL(`http://127.0.0.1:${port}`),
    most: 1,
    connectTimeoutMs: 5000,
    timeoutMs: 5000,
    ...options,
  });
  return connections;
}

const bodies = (all: readonly Promise<{ body: string }>[]) =>
  Promise.all(all).then((answers) => answers.map(({ body }) => body));

const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error as NoAnswer,
  );

test('one connection serves many requests, each with its own answer, one after the other', async () => {
  const one = open();
  expect(await bodies(['/a', '/b', '/c'].map((path) => one.ask(request(path))))).toEqual(['/a', '/b', '/c']);
  expect(sockets).toHaveLength(1);
  expect(asked).toEqual([request('/a'), request('/b'), request('/c')]);
});

test('no more connections than allowed, and as many as needed', async () => {
  say = () => undefined;
  const few = open({ most: 3 });
  const calls = ['/1', '/2', '/3', '/4'].map((path) => few.ask(request(path)));
  await waitFor(() => asked.length === 3, { what: 'three are asked' });
  say = (of) => ok(of.split(' ')[1] ?? '');
  sockets.forEach((socket) => socket.write(ok('late')));
  expect(await bodies(calls)).toEqual(['late', 'late', 'late', '/4']);
  expect(sockets).toHaveLength(3);
});

test('an answer in pieces', async () => {
  const bytes = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nHello\r\n0\r\n\r\n';
  say = (_, socket) => {
    void (async () => {
      for (const piece of bytes) {
        socket.write(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    return undefined;
  };
  expect(await bodies([open().ask(request('/'))])).toEqual(['Hello']);
});

test('closed before a word: it may have been taken, and the next request has a new connection', async () => {
  const one = open();
  await one.ask(request('/a'));
  say = (_, socket) => void socket.destroy();
  expect(await failure(one.ask(request('/b')))).toMatchObject({ written: true });
  say = () => ok('again');
  expect(await bodies([one.ask(request('/c'))])).toEqual(['again']);
  expect(sockets).toHaveLength(2);
});

test('reset while others wait: theirs is sent on a new connection, and only the one that was out is in doubt', async () => {
  const one = open();
  say = (of, socket) => (of.includes('/a') ? void socket.resetAndDestroy() : ok('b'));
  const [a, b] = [failure(one.ask(request('/a'))), bodies([one.ask(request('/b'))])];
  expect(await a).toMatchObject({ written: true });
  expect(await b).toEqual(['b']);
});

test('cut off in the middle of the answer', async () => {
  say = (_, socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf');
  const error = await failure(open().ask(request('/')));
  expect(error).toMatchObject({ written: true, message: 'the connection was closed before the answer' });
});

test('not an answer: nothing of it is believed', async () => {
  say = () => 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}';
  expect(await failure(open().ask(request('/')))).toMatchObject({ written: true });
});

test('what nobody asked for is the answer to nothing', async () => {
  const one = open();
  await one.ask(request('/a'));
  sockets[0]?.write(ok('unasked'));
  await waitFor(() => sockets[0]?.destroyed, { what: 'the connection is given up' });
  expect(await bodies([one.ask(request('/b'))])).toEqual(['/b']);
  say = () => ok('/c') + ok('more');
  expect(await bodies([one.ask(request('/c'))])).toEqual(['/c']);
  say = () => ok('/d');
  expect(await bodies([one.ask(request('/d'))])).toEqual(['/d']);
  expect(sockets).toHaveLength(3);
});

test('a connection that ends with its answer is not used again', async () => {
  const one = open();
  say = () => ok('bye', 'connection: close\r\n');
  await one.ask(request('/a'));
  await one.ask(request('/b'));
  say = () => ok('soon', 'keep-alive: timeout=1\r\n');
  await one.ask(request('/c'));
  await one.ask(request('/d'));
  expect(sockets).toHaveLength(4);
});

test('no answer in time: in doubt; nobody there: not written', async () => {
  const one = open({ timeoutMs: 100 });
  say = () => undefined;
  expect(await failure(one.ask(request('/')))).toMatchObject({ written: true, message: 'no answer in time' });
  const { port } = server.address() as AddressInfo;
  const nobody = new Connections({ ...one.options, origin: new URL(`http://127.0.0.1:${port}`) });
  sockets.forEach((socket) => socket.destroy());
  await new Promise((resolve) => server.close(resolve));
  expect(await failure(nobody.ask(request('/')))).toMatchObject({ written: false, message: 'ECONNREFUSED' });
  nobody.close();
});

test('a server that speaks no TLS has nothing written to it that could be taken', async () => {
  const { port } = server.address() as AddressInfo;
  const secure = open({ origin: new URL(`https://127.0.0.1:${port}`) });
  say = () => 'what?\r\n';
  expect(await failure(secure.ask(request('/')))).toMatchObject({ written: false });
});

test('closed: nothing is asked any more', async () => {
  const one = open();
  one.close();
  expect(await failure(one.ask(request('/')))).toMatchObject({ written: false, message: 'closed' });
  expect(sockets).toHaveLength(0);
});

test('who stood still for too long while it connected writes nothing', async () => {
  const one = open({ connectTimeoutMs: 50 });
  const call = failure(one.ask(request('/')));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  expect(await call).toMatchObject({ written: false, message: 'no connection in time' });
  expect(asked).toEqual([]);
});

test('closing: who waits was not written, who is out is in doubt', async () => {
  const one = open();
  say = () => undefined;
  const [out, waits] = [failure(one.ask(request('/a'))), failure(one.ask(request('/b')))];
  await waitFor(() => asked.length === 1, { what: 'one is out' });
  one.close();
  expect(await out).toMatchObject({ written: true });
  expect(await waits).toMatchObject({ written: false });
});
