import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** An HTTP proxy whose tunnels (CONNECT) lead to this computer, whatever host is requested. */
export class ConnectProxy {
  /** Host and port of each requested tunnel. */
  readonly asked: string[] = [];
  /** If set, called instead of opening a tunnel. */
  instead: ((socket: Socket, request: IncomingMessage) => unknown) | undefined;
  open = 0;
  mostOpen = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((_, response) => response.writeHead(405).end());
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    });
    this.server.on('connect', (request, socket: Socket) => {
      this.asked.push(request.url ?? '');
      if (this.instead) return this.instead(socket, request);
      this.tunnel(socket, Number(request.url?.split(':').pop()));
    });
  }

  static async start(): Promise<ConnectProxy> {
    const proxy = new ConnectProxy();
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private tunnel(inside: Socket, port: number): void {
    this.mostOpen = Math.max(this.mostOpen, ++this.open);
    inside.on('close', () => this.open--);
    const outside = connect(port, '127.0.0.1', () => {
      inside.write('HTTP/1.1 200 Connection established\r\n\r\n');
      inside.pipe(outside).pipe(inside);
    });
    outside.on('error', () => inside.destroy()).on('close', () => inside.destroy());
    inside.on('close', () => outside.destroy());
  }
}
