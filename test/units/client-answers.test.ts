import { acceptance, accepted, RawServer, response } from '../support/raw-server';
import { TestClient } from '../support/whatsapp-client';

let server: RawServer;
let client: TestClient;

beforeEach(async () => {
  server = await RawServer.start();
  client = new TestClient(server.url, { timeoutMs: 5000 });
});
afterEach(async () => {
  client.close();
  await server.stop();
});

const accept = { kind: 'accepted', wamid: 'wamid.A' };

/** The results of a send with this answer, and of the next send, with a valid answer. */
async function answered(bytes: string | Buffer, { end = false } = {}) {
  server.answer = (_, socket) => {
    socket.write(bytes);
    if (end) socket.end();
    return undefined;
  };
  const result = await client.send();
  server.answer = () => accepted();
  expect(await client.send()).toEqual(accept);
  return result;
}

const chunked = (body: string, size: number) =>
  `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${body.replace(
    new RegExp(`[^]{1,${size}}`, 'g'),
    (piece) => `${piece.length.toString(16)};name=value\r\n${piece}\r\n`,
  )}0\r\ntrailer: x\r\n\r\n`;

test.each([
  ['a body with a length', response(acceptance())],
  ['chunks with extensions and trailers', chunked(acceptance(), 7)],
  ['chunks of one byte', chunked(acceptance(), 1)],
  ['a large body in chunks of one byte', chunked(acceptance() + ' '.repeat(300_000), 1)],
  [
    'after informational responses',
    `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n${accepted()}`,
  ],
  ['HTTP/1.0', response(acceptance()).replace('1.1', '1.0')],
])('a valid answer: %s', async (_, bytes) => {
  expect(await answered(bytes)).toEqual(accept);
});

test('a valid answer: without Content-Length, ended by closing the connection', async () => {
  expect(await answered(`HTTP/1.1 200 OK\r\n\r\n${acceptance()}`, { end: true })).toEqual(accept);
});

test.each([1, 7])('a valid answer in chunks of %i bytes, which also split characters', async (size) => {
  const error = { error: { code: 131026, message: 'não é possível 🛑' } };
  const bytes = Buffer.from(response(JSON.stringify(error), { status: '400 Bad Request' }));
  server.answer = (_, socket) => {
    void (async () => {
      for (let at = 0; at < bytes.length; at += size) {
        socket.write(bytes.subarray(at, at + size));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    return undefined;
  };
  expect(await client.send()).toMatchObject({ kind: 'refused', error: { details: error.error.message } });
});

const cutOff = { kind: 'unknown', reason: 'the connection was closed before the answer' };
const wrongLength = { kind: 'unknown', reason: 'the answer was cut off or has a wrong length' };
const notHttp = { kind: 'unknown', reason: 'the answer is not HTTP' };

test.each([
  ['no byte', '', cutOff],
  ['half a head', 'HTTP/1.1 200 OK\r\nconte', cutOff],
  ['half a body', response(acceptance()).slice(0, -5), cutOff],
  [
    'half a body, then the connection is closed',
    response(acceptance(), { head: 'connection: close\r\n' }).slice(0, -5),
    wrongLength,
  ],
  ['half of the chunks', chunked(acceptance(), 7).slice(0, -20), cutOff],
])('a truncated answer makes the send unconfirmed: %s', async (_, bytes, expected) => {
  expect(await answered(bytes, { end: true })).toEqual(expected);
});

test.each([
  ['no status line', 'hello\r\n\r\n', notHttp],
  ['another protocol', 'HTTP/2 200\r\n\r\n', notHttp],
  [
    'Content-Length twice',
    response(acceptance(), { head: `content-length: ${acceptance().length}\r\n` }),
    wrongLength,
  ],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}', wrongLength],
  [
    'Content-Length and chunks',
    'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    wrongLength,
  ],
  ['a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n', notHttp],
  ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n', notHttp],
  [
    'a chunk longer than its length',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nab\r\n',
    notHttp,
  ],
  [
    'a switch of the protocol',
    'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
    cutOff,
  ],
  // the client sent no Expect header; undici does not wait for the answer that follows
  ['100 Continue', `HTTP/1.1 100 Continue\r\n\r\n${accepted()}`, cutOff],
  [
    'an endless header',
    `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`,
    { kind: 'unknown', reason: 'the head of the answer is too long' },
  ],
])('an answer that is not valid HTTP makes the send unconfirmed: %s', async (_, bytes, expected) => {
  expect(await answered(bytes)).toEqual(expected);
});

test('data after the announced length is not part of the answer, and the connection is closed', async () => {
  expect(await answered(`${accepted()}more`)).toEqual(accept);
  expect(server.sockets).toHaveLength(2);
});

test.each([
  ['chunks', 'transfer-encoding: chunked', `10000\r\n${'x'.repeat(0x10000)}\r\n`],
  ['a length', 'content-length: 99999999999', 'x'.repeat(0x10000)],
  ['no length', 'x: y', 'x'.repeat(0x10000)],
])('an answer of more than 4 MB is not read completely: %s', async (_, head, piece) => {
  let written = 0;
  server.answer = (_of, socket) => {
    const write = () => {
      while (!socket.destroyed && socket.write(piece)) written += piece.length;
    };
    socket.on('drain', write);
    socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n`);
    write();
    return undefined;
  };
  expect(await client.send()).toEqual({ kind: 'unknown', reason: 'the answer is too long' });
  // data that fits into the socket buffers is written, too
  expect(written).toBeLessThan(20_000_000);
});
