import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A TCP server for answers that an HTTP server would not give: the test decides every byte. */
export class RawServer {
  readonly sockets: Socket[] = [];
  /** Received data, one entry for each chunk. */
  readonly received: string[] = [];
  /** Answers a chunk; undefined for no answer. */
  answer: (piece: string, socket: Socket) => string | Buffer | undefined = () => accepted();
  onConnection: (socket: Socket) => void = () => undefined;
  private readonly server: Server;

  constructor() {
    this.server = createServer((socket) => {
      this.sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        this.received.push(bytes.toString());
        const answer = this.answer(bytes.toString(), socket);
        if (answer !== undefined) socket.write(answer);
      });
      this.onConnection(socket);
    });
  }

  static async start(): Promise<RawServer> {
    const raw = new RawServer();
    await new Promise<void>((resolve) => raw.server.listen(0, '127.0.0.1', resolve));
    return raw;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The phone numbers of the received messages, in order. */
  get to(): string[] {
    return this.received.flatMap((piece) => /"to":"([^"]*)"/.exec(piece)?.[1] ?? []);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }
}

export const acceptance = (wamid = 'wamid.A') => JSON.stringify({ messages: [{ id: wamid }] });

/** A complete response with Content-Length. */
export function response(body: string, { status = '200 OK', head = '' } = {}): string {
  return `HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${head}\r\n${body}`;
}

/** WhatsApp's answer to an accepted message. */
export function accepted(wamid?: string, head = ''): string {
  return response(acceptance(wamid), { head });
}

/** Blocks the event loop of this process. */
export function blockEventLoop(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
