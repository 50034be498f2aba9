import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';

/** `lastLive` is when the server was last heard of, in milliseconds since 1970. */
export interface Connection {
  state: 'connecting' | 'live' | 'reconnecting' | 'offline';
  lastLive: number;
}

export interface Socket {
  client: Client;
  /** The same object until something changes. */
  connection: () => Connection;
  subscribe: (listener: () => void) => () => void;
  close: () => void;
}

/** The server's close code for a token that it refuses or that has just expired. */
const forbidden = 4403;
/**
 * A lost network closes no socket, but pongs stop coming. The page says that it is offline 6.5 s after the loss at the
 * latest: these two times and `offlineAfterMs`.
 */
const pingEveryMs = 2000;
const pongWithinMs = 3000;
/** An attempt to connect is given up after this; the browser would wait for minutes. */
const connectWithinMs = 8000;
/** A server that restarts is back sooner than this, and is not called offline. */
const offlineAfterMs = 1500;
/** With this, everybody has the right figures five seconds after a server is back. */
const longestWaitMs = 2500;

/** The one graphql-ws socket of a session: open all the time, so that every screen knows a lost connection; reconnected without end. */
export function createSocket(token: string, onRefused: () => void): Socket {
  let connection: Connection = { state: 'connecting', lastLive: Date.now() };
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  let offlineTimer: ReturnType<typeof setTimeout> | undefined;
  let attemptTimer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const listeners = new Set<() => void>();
  const change = (state: Connection['state']) => {
    if (state === connection.state) return;
    connection = { state, lastLive: connection.lastLive };
    for (const listener of listeners) listener();
  };
  const heard = () => {
    connection.lastLive = Date.now();
  };
  const lost = () => {
    if (closed || connection.state === 'offline') return;
    if (!navigator.onLine) change('offline');
    else {
      if (connection.state === 'live') change('reconnecting');
      offlineTimer ??= setTimeout(() => change('offline'), offlineAfterMs);
    }
  };
  // The browser knows at once that there is no network; the socket would find out later.
  const onBrowserOffline = () => {
    lost();
    client.terminate();
  };

  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: { authorization: `Bearer ${token}` },
    lazy: false,
    onNonLazyError: () => undefined, // it is retried, and shown as offline
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) =>
      waitOrOnline(Math.min(longestWaitMs, 500 * 2 ** retries) * (0.5 + Math.random() / 2)),
    keepAlive: pingEveryMs,
    on: {
      connecting: () => {
        clearTimeout(attemptTimer);
        attemptTimer = setTimeout(() => client.terminate(), connectWithinMs);
      },
      connected: () => {
        clearTimeout(attemptTimer);
        clearTimeout(offlineTimer);
        offlineTimer = undefined;
        heard();
        change('live');
      },
      message: heard,
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), pongWithinMs);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer);
      },
      closed: (event) => {
        clearTimeout(attemptTimer);
        clearTimeout(pongTimer);
        lost();
        if ((event as Partial<CloseEvent>).code === forbidden) onRefused();
      },
    },
  });
  addEventListener('offline', onBrowserOffline);

  return {
    client,
    connection: () => connection,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      closed = true;
      clearTimeout(attemptTimer);
      clearTimeout(offlineTimer);
      removeEventListener('offline', onBrowserOffline);
      void client.dispose();
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
