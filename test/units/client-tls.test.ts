import { accepted } from '../support/raw-server';
import { TlsServer } from '../support/tls-server';

let server: TlsServer;

beforeAll(async () => {
  server = await TlsServer.start();
});
beforeEach(() => {
  server.connections.length = 0;
  server.answer = (socket) => socket.write(accepted());
});
afterAll(() => server.stop());

const accept = { kind: 'accepted', wamid: 'wamid.A' };

test('messages over TLS and HTTP/1.1 use one connection with the server name (SNI)', async () => {
  expect(await server.send(3)).toEqual([accept, accept, accept]);
  expect(server.connections).toEqual([{ servername: 'localhost', alpnProtocol: 'http/1.1', resumed: false }]);
});

test('the next connection resumes the TLS session', async () => {
  server.answer = (socket) => socket.end(accepted('wamid.A', 'connection: close\r\n'));
  expect(await server.send(2)).toEqual([accept, accept]);
  expect(server.connections.map(({ resumed }) => resumed)).toEqual([false, true]);
});

test('a certificate for another name: the message is not sent', async () => {
  server.answer = () => undefined;
  const reason = 'ERR_TLS_CERT_ALTNAME_INVALID';
  expect(await server.send(2, '127.0.0.1')).toEqual([
    { kind: 'unreachable', reason },
    { kind: 'unreachable', reason },
  ]);
});

test('a connection closed after the request makes the send unconfirmed', async () => {
  server.answer = (socket) => socket.destroy();
  const reason = 'the connection was closed before the answer';
  expect(await server.send(1)).toEqual([{ kind: 'unknown', reason }]);
});
