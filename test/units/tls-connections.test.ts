import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createServer } from 'node:tls';
import type { Server, TLSSocket } from 'node:tls';

const support = path.join(__dirname, '../support');
const certificate = path.join(support, 'tls-certificate.pem');

let server: Server;
let asker: ChildProcess;
/** Of each connection, whether it took up the session of an earlier one. */
let reused: boolean[];
let say: (socket: TLSSocket) => void;

beforeAll(async () => {
  server = createServer(
    { cert: readFileSync(certificate), key: readFileSync(path.join(support, 'tls-key.pem')) },
    (socket) => {
      reused.push(socket.isSessionReused());
      socket.on('error', () => undefined);
      socket.on('data', () => say(socket));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  asker = fork(path.join(support, 'asker-child.js'), { env: { NODE_EXTRA_CA_CERTS: certificate } });
  await once(asker, 'message');
});
beforeEach(() => (reused = []));
afterAll(async () => {
  asker.disconnect();
  await once(asker, 'exit');
  await new Promise((resolve) => server.close(resolve));
});

async function ask(count: number, host = 'localhost'): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  asker.send({ url: `https://${host}:${port}`, count });
  const [outcomes] = (await once(asker, 'message')) as unknown[];
  return outcomes;
}

test('requests over TLS, on one connection', async () => {
  say = (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi');
  expect(await ask(3)).toEqual([{ body: 'hi' }, { body: 'hi' }, { body: 'hi' }]);
  expect(reused).toEqual([false]);
});

test('the next connection takes up the session of the last', async () => {
  say = (socket) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nhi');
  expect(await ask(2)).toEqual([{ body: 'hi' }, { body: 'hi' }]);
  expect(reused).toEqual([false, true]);
});

test('a certificate of another name: nothing was written', async () => {
  say = () => undefined;
  expect(await ask(1, '127.0.0.1')).toEqual([{ message: 'ERR_TLS_CERT_ALTNAME_INVALID', written: false }]);
});

test('cut off after the request: it may have been taken', async () => {
  say = (socket) => socket.destroy();
  expect(await ask(1)).toMatchObject([{ written: true }]);
});
