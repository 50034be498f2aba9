import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse, type Refusal } from './errors';

const DEFAULT_VERSION = 'v25.0';
const VERSION = /^v\d{1,3}\.\d{1,2}$/;
const NO_QUERY = new URLSearchParams();

/** One HTTP request and its response, with the parsed path and query. */
export interface RequestContext {
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  /** Without the version prefix. */
  path: string[];
  query: URLSearchParams;
  version: string;
}

export function openContext(request: IncomingMessage, response: ServerResponse): RequestContext {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = (mark < 0 ? url : url.slice(0, mark)).split('/').filter((part) => part !== '');
  const versioned = VERSION.test(path[0] ?? '');
  return {
    request,
    response,
    method: request.method ?? 'GET',
    version: versioned ? (path.shift() ?? DEFAULT_VERSION) : DEFAULT_VERSION,
    path,
    query: mark < 0 ? NO_QUERY : new URLSearchParams(url.slice(mark + 1)),
  };
}

/** Reads the body; null if it is longer than `limit` bytes or the client disconnected. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
    });
    request.on('end', () => {
      if (length > limit) resolve(null);
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.on('error', () => resolve(null));
  });
}

let traces = 0;
const newTrace = () => `A${(++traces).toString(36).padStart(10, '0')}${process.pid.toString(36)}`;

/** Responds with JSON text and the usual headers of the Graph API. */
export function answer(
  context: RequestContext,
  http: number,
  json: string,
  extra?: Record<string, string>,
): void {
  if (context.response.destroyed) return;
  context.response.writeHead(http, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(json),
    'facebook-api-version': context.version,
    'x-fb-trace-id': newTrace(),
    ...extra,
  });
  context.response.end(json);
}

export function answerJson(
  context: RequestContext,
  http: number,
  body: unknown,
  extra?: Record<string, string>,
): void {
  answer(context, http, JSON.stringify(body), extra);
}

export function answerRefusal(context: RequestContext, refusal: Refusal): void {
  const trace = newTrace();
  const retry: Record<string, string> =
    refusal.retryAfterSeconds === undefined ? {} : { 'retry-after': String(refusal.retryAfterSeconds) };
  const body = { error: { ...refusal.error, fbtrace_id: trace } };
  answerJson(context, refusal.http, body, { 'x-fb-trace-id': trace, ...retry });
}

/**
 * Checks the access token of a Graph API request. Every token is valid, except those that contain
 * `invalid`, `expired` or `forbidden`, which cause the corresponding error.
 */
export function authenticate(context: RequestContext): Refusal | null {
  const header = context.request.headers.authorization;
  // the Resumable Upload API wants OAuth
  const given = /^(?:Bearer|OAuth) (.*)$/.exec(header ?? '');
  const token = given ? (given[1] ?? '').trim() : (context.query.get('access_token') ?? '');
  if (token === '') return refuse(104);
  if (token.includes('expired')) {
    return refuse(190, undefined, {
      message: 'Error validating access token: Session has expired.',
      subcode: 463,
    });
  }
  if (token.includes('invalid')) return refuse(190);
  if (token.includes('forbidden')) return refuse(10);
  return null;
}
