import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';

/** Idle: there are no subscriptions. Down: the connection is lost, figures are not updated, and the client keeps trying. */
export type SocketState = 'idle' | 'live' | 'down';

export interface Socket {
  client: Client;
  state: () => SocketState;
  subscribe: (listener: () => void) => () => void;
}

/** The server's close code for a token that it refuses or that has just expired. */
const forbidden = 4403;
const normalClosure = 1000;
const pingEveryMs = 10_000;
const pongWithinMs = 5000;
const longestWaitMs = 10_000;

/** The one graphql-ws socket of a session: opened by the first subscription, and reconnected without end. */
export function createSocket(token: string, onRefused: () => void): Socket {
  let state: SocketState = 'idle';
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const change = (next: SocketState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: { authorization: `Bearer ${token}` },
    lazy: true,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) =>
      waitOrOnline(Math.min(longestWaitMs, 500 * 2 ** retries) * (0.5 + Math.random() / 2)),
    // A missing pong shows that the network is gone, which closes no socket.
    keepAlive: pingEveryMs,
    on: {
      connected: () => change('live'),
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), pongWithinMs);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: (event) => {
        clearTimeout(pongTimer);
        const code = (event as Partial<CloseEvent>).code;
        change(code === normalClosure ? 'idle' : 'down');
        if (code === forbidden) onRefused();
      },
    },
  });

  return {
    client,
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Waits, at most until the browser is online again. */
function waitOrOnline(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener('online', done);
  });
}
