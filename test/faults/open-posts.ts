import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { App } from '../support/app';

/** One POST to the simulator. Times are in ms of `performance.now()`. */
interface Post {
  at: number;
  /** Undefined while it is open, and also afterwards if the client disconnected before the answer. */
  answered?: { at: number; status: number };
}

/**
 * The POSTs that the simulator has received and not yet answered, observed inside its HTTP server through Node's
 * diagnostics channel: the simulator runs in this process.
 */
export class OpenPosts {
  /** Open now. */
  open = 0;
  /** The most that were open at once. */
  most = 0;
  /** Posts whose client disconnected before the answer. */
  abandoned = 0;
  posts: Post[] = [];
  private readonly began = (message: unknown) => this.begin(message as Begun);

  constructor(private readonly app: App) {
    subscribe('http.server.request.start', this.began);
  }

  /** Starts a new observation. */
  reset(): void {
    this.most = this.open;
    this.posts = [];
  }

  close(): void {
    unsubscribe('http.server.request.start', this.began);
  }

  private begin({ request, response, socket }: Begun): void {
    if (socket.localPort !== this.app.simulator.port || !request.url?.endsWith('/messages')) return;
    if (request.method !== 'POST') return;
    const post: Post = { at: performance.now() };
    this.posts.push(post);
    this.most = Math.max(this.most, ++this.open);
    response.once('close', () => {
      this.open--;
      if (response.writableFinished) post.answered = { at: performance.now(), status: response.statusCode };
      else this.abandoned++;
    });
  }
}

interface Begun {
  request: IncomingMessage;
  response: ServerResponse;
  socket: Socket;
}
