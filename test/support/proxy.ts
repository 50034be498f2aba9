import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/**
 * A TCP proxy in front of a server. States: open → cut (not listening, every connection reset) → open again on the
 * same port; open → frozen (connections hang, new ones too) → cut or open again.
 */
export class Proxy {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private frozen = false;
  /** Connections made since the start. */
  connections = 0;

  private constructor(
    private target: { host: string; port: number },
    private port: number,
  ) {}

  /** Opens a proxy in front of the server at this URL. */
  static async before(url: string): Promise<Proxy> {
    const proxy = new Proxy(targetOf(url), 0);
    await proxy.restore();
    return proxy;
  }

  /** The URL through this proxy. */
  urlOf(url: string): string {
    const proxied = new URL(url);
    proxied.hostname = '127.0.0.1';
    proxied.port = String(this.port);
    return proxied.href.replace(/\/$/, '');
  }

  /** Refuses new connections and resets open ones. */
  async cut(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.sockets) {
      // a reset of a socket that is being shut down fails in libuv and leaves its handle open
      if (socket.writableEnded) socket.destroy();
      else socket.resetAndDestroy();
    }
    await closed;
  }

  /** Stops forwarding data; connections stay open until {@link cut}. New ones hang, too, until {@link restore}. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  /** Opens again on the same port, in front of another server if `url` is given. */
  async restore(url?: string): Promise<void> {
    this.frozen = false;
    if (url) this.target = targetOf(url);
    if (this.server) return;
    const server = createServer((inside) => this.join(inside));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  private join(inside: Socket): void {
    this.connections++;
    const outside = connect(this.target);
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      one.setNoDelay(true);
      this.sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
      if (!this.frozen) one.pipe(other);
    }
  }
}

function targetOf(url: string): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname, port: Number(port || standardPorts[protocol]) };
}

const standardPorts: Record<string, number> = {
  'postgres:': 5432,
  'postgresql:': 5432,
  'redis:': 6379,
  'http:': 80,
};
