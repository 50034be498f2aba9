import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { createPool, NotConnected, reasonOf } from './pool';
import type { PoolOptions } from './pool';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
  /** Instead of the client's, for a body that takes long to write. */
  timeoutMs?: number;
}

/** A complete response. */
export interface HttpResponse {
  status: number;
  body: string;
  retryAfter: string | undefined;
}

/** A request that got no response. */
export class NoResponse extends Error {
  constructor(
    message: string,
    /** Whether the server may have the request: false if not a byte of it was written. */
    readonly written: boolean,
  ) {
    super(message);
  }
}

export interface HttpOptions extends PoolOptions {
  /** Longest time from the call to the writing of the request: in the queue and for opening a connection. */
  connectTimeoutMs: number;
  /** Longest time from the writing of the request to the end of the response. */
  timeoutMs: number;
}

/**
 * Requests to one origin over undici's pool, with what the pool lacks: a deadline for every wait, and whether a request
 * that failed was written.
 *
 * The pool never gets more requests than it has connections: those in its own queue cannot be taken back, and it opens
 * more connections than allowed when it moves them away from a connection that could not be opened.
 */
export class HttpClient {
  private readonly pool: Dispatcher;
  private readonly queue = new Set<Exchange>();
  private readonly running = new Set<Exchange>();
  private scheduled: NodeJS.Immediate | undefined;
  private closed = false;

  constructor(private readonly options: HttpOptions) {
    this.pool = createPool(options);
  }

  /** @throws NoResponse */
  request(request: HttpRequest): Promise<HttpResponse> {
    if (this.closed) return Promise.reject(new NoResponse('closed', false));
    return new Promise((resolve, reject) => {
      this.queue.add(new Exchange(request, this.options, { resolve, reject, client: this }));
      this.schedule();
    });
  }

  /** Ends everything at once; requests that were written stay in doubt. */
  close(): void {
    this.closed = true;
    for (const exchange of [...this.queue, ...this.running]) exchange.fail('closed');
    this.pool.destroy().catch(() => undefined);
  }

  /** The caller of a request was answered: it need not be sent any more. */
  settled(exchange: Exchange): void {
    this.queue.delete(exchange);
  }

  /**
   * The pool is done with a request.
   * @param again it is to be tried once more, on another connection
   */
  released(exchange: Exchange, again = false): void {
    this.running.delete(exchange);
    if (again) this.queue.add(exchange);
    if (this.queue.size > 0) this.schedule();
  }

  /**
   * Requests go to the pool in the next turn of the event loop. undici waits for one more turn before it writes to a
   * connection that was idle, so the loop has looked for a close in between, even if this turn took long.
   */
  private schedule(): void {
    this.scheduled ??= setImmediate(() => {
      this.scheduled = undefined;
      for (const exchange of this.queue) {
        if (this.running.size >= this.options.connections) return;
        this.queue.delete(exchange);
        this.running.add(exchange);
        this.pool.dispatch(exchange.dispatched, exchange);
      }
    });
  }
}

/** A larger body may still be on its way when its response comes; its connection is not used again. */
const largestReusedBody = 16 * 1024;

interface Caller {
  resolve: (response: HttpResponse) => void;
  reject: (error: NoResponse) => void;
  client: HttpClient;
}

/**
 * One request and its response, in the form of undici's handler.
 *
 * States: waiting (in the queue, or for its connection to open) → written → settled. From waiting it may also become
 * settled directly, and then it is never written.
 */
class Exchange implements Dispatcher.DispatchHandler {
  private state: 'waiting' | 'written' | 'settled' = 'waiting';
  private readonly calledAt = performance.now();
  private timer: NodeJS.Timeout;
  private triedAgain = false;
  private status = 0;
  private retryAfter: string | undefined;
  private body: Buffer = Buffer.alloc(0);
  private length = 0;

  constructor(
    private readonly request: HttpRequest,
    private readonly options: HttpOptions,
    private readonly caller: Caller,
  ) {
    this.timer = setTimeout(() => this.fail('no connection in time'), options.connectTimeoutMs);
  }

  get dispatched(): Dispatcher.DispatchOptions {
    const { options } = this;
    const { timeoutMs: _, ...request } = this.request;
    const reset = Buffer.byteLength(request.body ?? '') > largestReusedBody;
    return { ...request, origin: options.origin, ...(reset && { reset }) };
  }

  /** Ends the wait of the caller. */
  fail(reason: string): void {
    if (this.state !== 'settled')
      this.caller.reject(this.settle(new NoResponse(reason, this.state === 'written')));
  }

  /**
   * undici has a connection and writes when this returns, in the same turn of the event loop. What is thrown here keeps
   * it from writing, and leaves the connection to the next request.
   */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { connectTimeoutMs } = this.options;
    const timeoutMs = this.request.timeoutMs ?? this.options.timeoutMs;
    // the timer comes late when the process stood still; undici may write again what it could not finish
    if (performance.now() - this.calledAt > connectTimeoutMs) this.fail('no connection in time');
    if (this.state === 'written') this.fail('the connection was closed before the answer');
    if (this.state !== 'waiting') throw new Error('not to be written');
    this.state = 'written';
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      // when the process stood still, the response may lie unread in the socket: the event loop reads it first
      setImmediate(() => {
        if (this.state === 'settled') return;
        this.fail('no answer in time');
        controller.abort(new Error('no answer in time'));
      });
    }, timeoutMs);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // informational responses come before the one that counts
    if (status < 200) return;
    this.status = status;
    this.retryAfter = [headers['retry-after']].flat()[0];
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    const length = this.length + chunk.length;
    if (length > this.body.length) {
      // by doubling: a body may come in a million pieces
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.body.length));
      this.body.copy(larger, 0, 0, this.length);
      this.body = larger;
    }
    chunk.copy(this.body, this.length);
    this.length = length;
  }

  onResponseEnd(): void {
    const { status, retryAfter } = this;
    if (this.state === 'written') {
      const body = this.body.toString('utf8', 0, this.length);
      this.caller.resolve(this.settle({ status, body, retryAfter }));
    }
    this.caller.client.released(this);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    // the idle connection that it was to use was reset before anything was written to it
    const again = this.state === 'waiting' && !this.triedAgain && !(error instanceof NotConnected);
    if (again) this.triedAgain = true;
    else this.fail(reasonOf(error));
    this.caller.client.released(this, again);
  }

  private settle<T>(outcome: T): T {
    this.state = 'settled';
    clearTimeout(this.timer);
    this.caller.client.settled(this);
    return outcome;
  }
}
