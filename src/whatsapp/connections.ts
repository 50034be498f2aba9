import { connect as connectPlain, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AnswerReader, BadAnswer } from './http-answer';
import type { HttpAnswer } from './http-answer';

export interface ConnectionsOptions {
  /** Where to; only its scheme, host and port count. */
  origin: URL;
  /** Open connections, and so requests in flight, at most; more wait for one. */
  most: number;
  /** Longest wait for a connection. */
  connectTimeoutMs: number;
  /** Longest wait for the whole answer. */
  timeoutMs: number;
}

/** A request that got no answer. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    /** Whether the other side may have the request: false when it was not even begun to be written. */
    readonly written: boolean,
  ) {
    super(message);
  }
}

/** One request, and who waits for its answer. */
interface Call {
  request: string;
  resolve: (answer: HttpAnswer) => void;
  reject: (error: NoAnswer) => void;
}

/** How often waits are looked at; none of them needs to be exact. */
const lookMs = 500;
/** An idle connection of which the server said nothing is closed after this. */
const idleMs = 30_000;
/** A connection is given up so long before the server would, so that no request meets its closing. */
const earlierMs = 1000;

/**
 * Keep-alive connections to one server, one request at a time on each. Only what a post of a few hundred bytes needs,
 * in half the time of a general client (docs/decisions/0012-connections-of-our-own.md); what WhatsApp's servers may do
 * by RFC 9112 is heard, and anything else ends the connection.
 */
export class Connections {
  /** The last one used is the next one used, so that those who are too many become old. */
  readonly idle: Connection[] = [];
  readonly all = new Set<Connection>();
  private readonly waiting: Call[] = [];
  private closed = false;
  private readonly looking: NodeJS.Timeout;
  private lookedAt = performance.now();
  /** Of the last TLS connection; the next one need not shake hands in full. */
  session: Buffer | undefined;

  constructor(readonly options: ConnectionsOptions) {
    this.looking = setInterval(() => this.look(), lookMs).unref();
  }

  /**
   * Sends one request, head and body, as it is to be written.
   * @throws NoAnswer
   */
  ask(request: string): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => this.give({ request, resolve, reject }));
  }

  close(): void {
    this.closed = true;
    clearInterval(this.looking);
    for (const call of this.waiting.splice(0)) call.reject(new NoAnswer('closed', false));
    for (const connection of this.all) connection.end('closed');
  }

  /** A connection is free, or gone: whoever waits longest is next, after a turn in which a goodbye may be heard. */
  next(): void {
    if (this.waiting.length === 0) return;
    setImmediate(() => {
      const call = this.waiting.shift();
      if (call) this.give(call);
    });
  }

  private give(call: Call): void {
    if (this.closed) return call.reject(new NoAnswer('closed', false));
    const now = performance.now();
    for (let connection = this.idle.pop(); connection; connection = this.idle.pop()) {
      if (!connection.isStale(now)) return connection.send(call);
      connection.end('idle for too long');
    }
    if (this.all.size < this.options.most) this.all.add(new Connection(this, call));
    else this.waiting.push(call);
  }

  private look(): void {
    const now = performance.now();
    // This process stood still: answers may lie there unread, and come first.
    const late = now - this.lookedAt > lookMs * 3;
    this.lookedAt = now;
    if (!late) for (const connection of this.all) connection.look(now);
  }
}

/** States: connecting → busy → idle ⇄ busy; ended from any of them, by either side. */
class Connection {
  private state: 'connecting' | 'busy' | 'idle' | 'ended' = 'connecting';
  private since = performance.now();
  private usableMs = idleMs;
  /** Of the answer that is awaited. */
  private reader = new AnswerReader();
  private readonly socket: Socket;

  constructor(
    private readonly owner: Connections,
    private call: Call | undefined,
  ) {
    const { protocol, hostname, port } = owner.options.origin;
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const secure = protocol === 'https:';
    const target = { host, port: Number(port || (secure ? 443 : 80)) };
    const name = isIP(host) ? {} : { servername: host };
    this.socket = secure
      ? connectTls({ ...target, ...name, ALPNProtocols: ['http/1.1'], session: owner.session })
      : connectPlain(target);
    // not as an option: TLS does not know it
    this.socket.setNoDelay(true);
    this.socket
      .once(secure ? 'secureConnect' : 'connect', () => this.connected())
      .on('session', (session: Buffer) => (owner.session = session))
      .on('data', (bytes: Buffer) => this.hear(bytes))
      .on('end', () => this.hear(Buffer.alloc(0), true))
      .on('error', (error: NodeJS.ErrnoException) => this.end(reasonOf(error)))
      .on('close', () => this.end('the connection was closed'));
  }

  send(call: Call): void {
    this.enter('busy');
    this.call = call;
    this.reader = new AnswerReader();
    this.socket.write(call.request);
  }

  /** Whether an idle connection has been idle for so long that the server may be closing it. */
  isStale(now: number): boolean {
    return now - this.since > this.usableMs;
  }

  look(now: number): void {
    const { connectTimeoutMs, timeoutMs } = this.owner.options;
    const age = now - this.since;
    if (this.state === 'connecting' && age > connectTimeoutMs) this.end('no connection in time');
    else if (this.state === 'busy' && age > timeoutMs) this.end('no answer in time');
    else if (this.state === 'idle' && this.isStale(now)) this.end('idle for too long');
  }

  end(reason: string): void {
    if (this.state === 'ended') return;
    // a session that the server does not want any more must not keep everybody out
    if (this.state === 'connecting') this.owner.session = undefined;
    const written = this.state === 'busy';
    const place = this.owner.idle.indexOf(this);
    if (place !== -1) this.owner.idle.splice(place, 1);
    this.enter('ended');
    this.owner.all.delete(this);
    this.socket.destroy();
    this.call?.reject(new NoAnswer(reason, written));
    this.owner.next();
  }

  private enter(state: Connection['state']): void {
    this.state = state;
    this.since = performance.now();
  }

  private connected(): void {
    if (this.state !== 'connecting' || !this.call) return;
    // After a process stood still: the message is somebody else's by now.
    if (performance.now() - this.since > this.owner.options.connectTimeoutMs)
      this.end('no connection in time');
    else this.send(this.call);
  }

  private hear(bytes: Buffer, ended = false): void {
    // words that nobody asked for, or the goodbye to an idle connection
    if (this.state !== 'busy') return this.end('the connection was closed');
    try {
      const answer = this.reader.read(bytes, ended);
      if (answer) this.answered(answer, ended);
      else if (ended) this.end('the connection was closed before the answer');
    } catch (error) {
      if (!(error instanceof BadAnswer)) throw error;
      this.end(`not an answer: ${error.message}`);
    }
  }

  private answered(answer: HttpAnswer, ended: boolean): void {
    const { call } = this;
    this.call = undefined;
    call?.resolve(answer);
    this.usableMs = Math.min(idleMs, (answer.keepAliveMs ?? Infinity) - earlierMs);
    // more than the answer, or answered before the request was out: nobody can tell what belongs to what
    if (ended || this.usableMs <= 0 || this.reader.left > 0 || this.socket.writableLength > 0)
      return this.end('done');
    this.enter('idle');
    this.owner.idle.push(this);
    this.owner.next();
  }
}

/** The system's word for it; of several addresses that were tried, of the first. */
function reasonOf(error: NodeJS.ErrnoException | AggregateError): string {
  if (error instanceof AggregateError && error.errors[0])
    return reasonOf(error.errors[0] as NodeJS.ErrnoException);
  return ('code' in error ? error.code : undefined) ?? error.message;
}
