import { buildConnector, Pool } from 'undici';
import type { Dispatcher } from 'undici';
import type { ErrorBody, MessageTemplate, SendRequest, SendResponse, TemplateList } from './wire';
import type { ReportedError } from './error-catalogue';

/** A WhatsApp number with the token that may send from it. */
export interface Credentials {
  phoneNumberId: string;
  wabaId: string;
  accessToken: string;
}

/**
 * What became of a send, as far as we can know.
 * - `accepted`: WhatsApp took it; delivery is told by webhook
 * - `refused`: WhatsApp said no; nothing goes out
 * - `unreachable`: the request was never written (DNS, connect, TLS); nothing goes out
 * - `unknown`: the request was written and no answer of Meta's came back; it may go out or not
 */
export type SendOutcome =
  | { kind: 'accepted'; wamid: string }
  | { kind: 'refused'; error: ReportedError; retryAfterMs?: number | undefined }
  | { kind: 'unreachable'; reason: string }
  | { kind: 'unknown'; reason: string; retryAfterMs?: number | undefined };

/** WhatsApp refused a call that is not a send. */
export class WhatsAppError extends Error {
  constructor(
    readonly reported: ReportedError,
    message: string,
  ) {
    super(message);
  }
}

/** WhatsApp gave no answer to a call that is not a send. */
export class WhatsAppUnreachable extends Error {}

export interface ClientOptions {
  /** Origin, with an optional path; the version is put behind it. */
  apiUrl: string;
  apiVersion: string;
  /** Open connections, and so calls in flight, of this process. */
  connections: number;
  /** Longest wait for the answer of one call. */
  timeoutMs?: number;
}

/** Undici refuses these itself, before any connection. */
const refusedHere = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);

/** Connects, and marks what goes wrong on the way (DNS, TCP, TLS): then no request was written, and a retry is safe. */
function markingConnector(timeout: number): ReturnType<typeof buildConnector> {
  const connect = buildConnector({ timeout });
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error) callback(Object.assign(error, { neverWritten: true }), null);
      else callback(null, socket);
    });
}

/** The Cloud API over one keep-alive pool. Tokens go into headers only and appear in no error. */
export class WhatsAppClient {
  private readonly pool: Pool;
  private readonly base: string;

  constructor({ apiUrl, apiVersion, connections, timeoutMs = 10_000 }: ClientOptions) {
    const url = new URL(apiUrl);
    this.base = `${url.pathname.replace(/\/$/, '')}/${apiVersion}`;
    this.pool = new Pool(url.origin, {
      connections,
      pipelining: 1,
      keepAliveTimeout: 30_000,
      connect: markingConnector(5000),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /** Sends one message. Never rejects for what the network or WhatsApp does: the outcome says it. */
  send({ phoneNumberId, accessToken }: Credentials, message: SendRequest): Promise<SendOutcome> {
    return this.call('POST', `/${phoneNumberId}/messages`, accessToken, JSON.stringify(message)).then(
      outcomeOf,
      outcomeWithoutAnswer,
    );
  }

  /** All templates of an account, or those of one name. */
  async templates({ wabaId, accessToken }: Credentials, name?: string): Promise<MessageTemplate[]> {
    const found: MessageTemplate[] = [];
    let after: string | undefined;
    do {
      const query = new URLSearchParams({ limit: '100' });
      if (name) query.set('name', name);
      if (after) query.set('after', after);
      const page = await this.read<TemplateList>(
        `/${wabaId}/message_templates?${query.toString()}`,
        accessToken,
      );
      found.push(...page.data);
      after = page.paging?.next ? page.paging.cursors.after : undefined;
    } while (after);
    return name ? found.filter((template) => template.name === name) : found;
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async read<T>(path: string, accessToken: string): Promise<T> {
    let answer: Answer;
    try {
      answer = await this.call('GET', path, accessToken);
    } catch (error) {
      throw new WhatsAppUnreachable(reasonOf(error));
    }
    const body = parse<T & Partial<ErrorBody>>(answer.text);
    if (body?.error)
      throw new WhatsAppError(reportedError(body as ErrorBody, answer.status), body.error.message);
    if (answer.status !== 200 || !body) throw new WhatsAppUnreachable(`HTTP ${answer.status}`);
    return body;
  }

  /** One exchange by undici's lowest level: no stream is made for an answer of a few hundred bytes. */
  private call(method: 'GET' | 'POST', path: string, accessToken: string, body?: string): Promise<Answer> {
    const headers: Record<string, string> = { authorization: `Bearer ${accessToken}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    return new Promise((resolve, reject) => {
      this.pool.dispatch(
        { method, path: this.base + path, headers, body: body ?? null },
        new Listener(resolve, reject),
      );
    });
  }
}

interface Answer {
  status: number;
  text: string;
  retryAfterMs: number | undefined;
}

function outcomeOf({ status, text, retryAfterMs }: Answer): SendOutcome {
  const body = parse<SendResponse & Partial<ErrorBody>>(text);
  const wamid = body?.messages?.[0]?.id;
  if (status === 200 && wamid) return { kind: 'accepted', wamid };
  if (isMetas(body?.error))
    return { kind: 'refused', error: reportedError(body as ErrorBody, status), retryAfterMs };
  // Without Meta's own error object the answer came from something in between, which may have passed the message on.
  return { kind: 'unknown', reason: `HTTP ${status} without an answer of WhatsApp`, retryAfterMs };
}

function outcomeWithoutAnswer(error: unknown): SendOutcome {
  const reason = reasonOf(error);
  return wasWritten(error) ? { kind: 'unknown', reason } : { kind: 'unreachable', reason };
}

/** Puts one answer together. */
class Listener implements Dispatcher.DispatchHandler {
  private status = 0;
  private retryAfterMs: number | undefined;
  private readonly chunks: Buffer[] = [];

  constructor(
    private readonly resolve: (answer: Answer) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  onRequestStart(): void {
    // undici wants the method; there is nothing to do
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.status = status;
    this.retryAfterMs = retryAfter(headers['retry-after']);
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.chunks;
    const body = first && this.chunks.length === 1 ? first : Buffer.concat(this.chunks);
    this.resolve({ status: this.status, text: body.toString('utf8'), retryAfterMs: this.retryAfterMs });
  }

  onResponseError(_: unknown, error: Error): void {
    this.reject(error);
  }
}

function parse<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** Meta's errors have a number; a proxy's words about an error do not say that WhatsApp refused the message. */
function isMetas(error: Partial<ErrorBody['error']> | undefined): boolean {
  return (
    typeof error === 'object' && Number.isInteger(error.code) && Math.abs(error.code as number) < 2 ** 31
  );
}

function reportedError({ error }: ErrorBody, httpStatus: number): ReportedError {
  return {
    code: error.code,
    subcode: error.error_subcode,
    details: error.error_data?.details ?? error.message,
    httpStatus,
    transient: error.is_transient,
  };
}

function wasWritten(error: unknown): boolean {
  const { neverWritten, code } = error as { neverWritten?: boolean; code?: string };
  return !neverWritten && !refusedHere.has(code ?? '');
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return code ?? message ?? 'unknown';
}

const longestRetryAfterMs = 3_600_000;

/** Seconds, or a date (RFC 9110). */
function retryAfter(header: string | string[] | undefined): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (!text) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return ms > 0 ? Math.min(ms, longestRetryAfterMs) : undefined;
}
