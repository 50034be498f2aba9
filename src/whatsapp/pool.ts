import { buildConnector, EnvHttpProxyAgent, errors, Pool } from 'undici';
import type { Dispatcher } from 'undici';

/** A proxy between us and WhatsApp. */
export interface ProxySettings {
  /** `http://` or `https://`, with user and password if the proxy wants them. */
  url: string;
  /** Hosts and domains that are reached without it, separated by commas; `*` for all. */
  noProxy: string;
}

export interface PoolOptions {
  /** Scheme, host and port. */
  origin: string;
  /** Open connections at most. */
  connections: number;
  /** Longest wait for each step of opening a connection: TCP, the proxy's answer, TLS. */
  connectTimeoutMs: number;
  proxy?: ProxySettings | undefined;
}

/** A page of a hundred templates has some hundred kilobytes. */
const longestBody = 4 * 1024 * 1024;
/** undici closes an idle connection after 4 s, or 2 s before the server would if the server says when. */
const longestIdleMs = 30_000;
/** What listens on this computer is never reached through a proxy. */
const ownHosts = 'localhost,127.0.0.1,[::1]';

/**
 * undici's pool of keep-alive connections to one origin, through a proxy (CONNECT) if one is set.
 *
 * HTTP/1.1 only: over HTTP/2 undici runs one POST at a time on a connection, so nothing would be gained, and when the server
 * announces the end of a connection it drops the answer that is still to come.
 */
export function createPool({ origin, connections, connectTimeoutMs, proxy }: PoolOptions): Dispatcher {
  const timeout = { timeout: connectTimeoutMs };
  const options = {
    connections,
    pipelining: 1,
    allowH2: false,
    connect: buildConnector(timeout),
    // HttpClient has deadlines of its own: these two cannot tell a late answer from one that was not read yet
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveMaxTimeout: longestIdleMs,
    maxResponseSize: longestBody,
  };
  if (!proxy) return poolTo(origin, options);
  return new EnvHttpProxyAgent({
    ...options,
    factory: poolTo,
    httpProxy: proxy.url,
    httpsProxy: proxy.url,
    noProxy: proxy.noProxy.trim() === '*' ? '*' : `${proxy.noProxy},${ownHosts}`,
    proxyTls: timeout,
    requestTls: timeout,
    clientFactory: (url, of) => new Pool(url, { ...of, headersTimeout: connectTimeoutMs }),
  });
}

function poolTo(origin: string | URL, options: object): Pool {
  const { connect, ...others } = options as Pool.Options & { connect: buildConnector.connector };
  return new Pool(origin, { ...others, connect: failing(connect) });
}

/** No connection could be opened. */
export class NotConnected extends Error {}

/**
 * Gives every failure to connect the same class. After some of undici's own errors, such as that of a proxy which hangs
 * up, it would keep the request and connect again at once, without end (nodejs/undici#3897).
 */
function failing(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error) callback(new NotConnected(reasonOf(error), { cause: error }), null);
      else if (socket.destroyed) callback(new NotConnected('the connection was closed'), null);
      else callback(null, socket);
    });
}

const reasons = {
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'the proxy did not answer in time',
  UND_ERR_SOCKET: 'the connection was closed before the answer',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer was cut off or has a wrong length',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'the answer is too long',
  UND_ERR_HEADERS_OVERFLOW: 'the head of the answer is too long',
  UND_ERR_DESTROYED: 'closed',
  UND_ERR_CLOSED: 'closed',
} as const;

/** What went wrong, in words or as the system's code; of several addresses that were tried, at the first. */
export function reasonOf(error: Error): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return reasonOf(error.errors[0]);
  const [, status] = /^Proxy response \((\d+)\)/.exec(error.message) ?? [];
  if (status) return `the proxy answered ${status}`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (error instanceof errors.HTTPParserError) return 'the answer is not HTTP';
  if (code && code in reasons) return reasons[code as keyof typeof reasons];
  return code?.startsWith('UND_') ? error.message : (code ?? error.message);
}
