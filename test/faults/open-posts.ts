import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { App } from '../support/app';

/** One post to the simulator. Times are in ms of `performance.now()`. */
interface Post {
  at: number;
  /** Undefined while it is open, and for good when the client was gone before the answer. */
  answered?: { at: number; status: number };
}

/**
 * The posts that the simulator is working on, seen from inside its HTTP server: the truth about what is in the air. It
 * runs in this process, so that Node's own channel tells.
 */
export class OpenPosts {
  /** Now. */
  open = 0;
  /** At once. */
  most = 0;
  /** Posts whose client vanished before the answer. */
  awaitedInVain = 0;
  posts: Post[] = [];
  private readonly began = (message: unknown) => this.begin(message as Begun);

  constructor(private readonly app: App) {
    subscribe('http.server.request.start', this.began);
  }

  /** Forgets what was, for another look. */
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
      else this.awaitedInVain++;
    });
  }
}

interface Begun {
  request: IncomingMessage;
  response: ServerResponse;
  socket: Socket;
}
