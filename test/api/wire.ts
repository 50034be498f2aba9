import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import type { App } from '../support/app';
import { waitFor } from '../support/wait';

/** A message of graphql-transport-ws. */
export interface Message {
  type: string;
  id?: string;
  payload?: unknown;
}

/** A socket with full control of its frames, for what the client of graphql-ws never does. */
export class Wire {
  readonly messages: Message[] = [];
  closed: { code: number; reason: string } | undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (frame: Buffer) => this.messages.push(JSON.parse(frame.toString()) as Message));
    socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
    socket.on('error', () => undefined);
  }

  /** @throws if the upgrade is refused, for example `Unexpected server response: 403` */
  static async open(
    app: App,
    options: { protocols?: string[]; path?: string } & ClientOptions = {},
  ): Promise<Wire> {
    const { protocols = ['graphql-transport-ws'], path = '/graphql', ...rest } = options;
    const wire = new Wire(new WebSocket(app.url.replace('http', 'ws') + path, protocols, rest));
    await once(wire.socket, 'open');
    return wire;
  }

  /** An acknowledged socket. */
  static async connect(app: App, token?: string): Promise<Wire> {
    const wire = await Wire.open(app);
    wire.send({
      type: 'connection_init',
      payload: { authorization: `Bearer ${token ?? (await app.token())}` },
    });
    await wire.until((message) => message.type === 'connection_ack', 'the acknowledgement');
    return wire;
  }

  send(message: Message | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables: Record<string, unknown> = {}): void {
    this.send({ type: 'subscribe', id, payload: { query, variables } });
  }

  /** Waits for the first message, received or future, that matches. */
  until(wanted: (message: Message) => boolean, what: string): Promise<Message> {
    return waitFor(() => this.messages.find(wanted), { what });
  }

  /** Waits for the first `next` or `error` of an operation. */
  answer(id: string): Promise<Message> {
    return this.until((message) => message.id === id && message.type !== 'complete', `an answer to ${id}`);
  }

  async ask(id: string, query: string, variables: Record<string, unknown> = {}): Promise<Message> {
    this.subscribe(id, query, variables);
    return this.answer(id);
  }

  closing(): Promise<{ code: number; reason: string }> {
    return waitFor(() => this.closed, { what: 'the socket is closed' });
  }

  close(): void {
    this.socket.close();
  }
}
