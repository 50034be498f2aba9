import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createServer } from 'node:tls';
import type { Server, TLSSocket } from 'node:tls';
import type { ClientOptions, SendResult } from '../../src/whatsapp/client';
import { accepted } from './raw-server';

const certificate = path.join(__dirname, 'tls-certificate.pem');

/** A TLS server with a certificate for `localhost` and `whatsapp.test`, and a process that trusts it and sends to it. */
export class TlsServer {
  /** For each connection: the requested server name, the protocol, whether it resumed an earlier session. */
  readonly connections: (Pick<TLSSocket, 'alpnProtocol' | 'servername'> & { resumed: boolean })[] = [];
  answer: (socket: TLSSocket) => unknown = (socket) => socket.write(accepted());
  private readonly server: Server;
  private readonly sender: ChildProcess;

  private constructor() {
    const key = readFileSync(path.join(__dirname, 'tls-key.pem'));
    const ALPNProtocols = ['h2', 'http/1.1'];
    this.server = createServer({ cert: readFileSync(certificate), key, ALPNProtocols }, (socket) => {
      const { servername, alpnProtocol } = socket;
      this.connections.push({ servername, alpnProtocol, resumed: socket.isSessionReused() });
      socket.on('error', () => undefined);
      socket.on('data', () => this.answer(socket));
    });
    this.sender = fork(path.join(__dirname, 'sender-child.js'), {
      env: { NODE_EXTRA_CA_CERTS: certificate },
    });
  }

  static async start(): Promise<TlsServer> {
    const server = new TlsServer();
    await Promise.all([
      new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve)),
      once(server.sender, 'message'),
    ]);
    return server;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Sends messages one by one with a new client. */
  async send(count: number, host = 'localhost', options: Partial<ClientOptions> = {}): Promise<SendResult[]> {
    this.sender.send({ apiUrl: `https://${host}:${this.port}`, options, count });
    const [results] = (await once(this.sender, 'message')) as [SendResult[]];
    return results;
  }

  async stop(): Promise<void> {
    this.sender.disconnect();
    await once(this.sender, 'exit');
    await new Promise((resolve) => this.server.close(resolve));
  }
}
