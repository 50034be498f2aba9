import { Connections, NoAnswer } from './connections';
import type { HttpAnswer } from './http-answer';
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
export type SendResult =
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

/** The Cloud API over keep-alive connections. Tokens go into headers only and appear in no error. */
export class WhatsAppClient {
  private readonly connections: Connections;
  private readonly host: string;
  private readonly base: string;
  /** The beginning of every send with the same credentials. */
  private readonly sendHeads = new WeakMap<Credentials, string>();

  constructor({ apiUrl, apiVersion, connections, timeoutMs = 10_000 }: ClientOptions) {
    const url = new URL(apiUrl);
    this.host = url.host;
    this.base = `${url.pathname.replace(/\/$/, '')}/${apiVersion}`;
    this.connections = new Connections({ origin: url, most: connections, connectTimeoutMs: 5000, timeoutMs });
  }

  /** Sends one message. Never rejects for what the network or WhatsApp does: the outcome says it. */
  send(credentials: Credentials, message: SendRequest): Promise<SendResult> {
    const head = this.sendHead(credentials);
    if (head === undefined)
      return Promise.resolve({ kind: 'unreachable', reason: 'the access token cannot be sent' });
    const body = JSON.stringify(message);
    const request = `${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    return this.connections.ask(request).then(outcomeOf, outcomeWithoutAnswer);
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
      if (!Array.isArray(page.data)) throw new WhatsAppUnreachable('an answer without templates');
      found.push(...page.data);
      const next = page.paging?.next ? page.paging.cursors.after : undefined;
      after = next === after ? undefined : next;
    } while (after);
    return name ? found.filter((template) => template.name === name) : found;
  }

  close(): void {
    this.connections.close();
  }

  private async read<T>(path: string, accessToken: string): Promise<T> {
    const head = this.head('GET', path, accessToken);
    if (head === undefined) throw new WhatsAppUnreachable('the access token cannot be sent');
    let answer: HttpAnswer;
    try {
      answer = await this.connections.ask(`${head}\r\n`);
    } catch (error) {
      throw new WhatsAppUnreachable((error as NoAnswer).message);
    }
    const body = parse<T & Partial<ErrorBody>>(answer.body);
    if (body?.error)
      throw new WhatsAppError(reportedError(body as ErrorBody, answer.status), body.error.message);
    if (answer.status !== 200 || !body) throw new WhatsAppUnreachable(`HTTP ${answer.status}`);
    return body;
  }

  private sendHead(credentials: Credentials): string | undefined {
    const known = this.sendHeads.get(credentials);
    if (known !== undefined) return known;
    const { phoneNumberId, accessToken } = credentials;
    const head = this.head('POST', `/${phoneNumberId}/messages`, accessToken);
    if (head === undefined) return undefined;
    const whole = `${head}content-type: application/json\r\n`;
    this.sendHeads.set(credentials, whole);
    return whole;
  }

  /** undefined for a path or a token that would break out of its line */
  private head(method: 'GET' | 'POST', path: string, accessToken: string): string | undefined {
    if (!/^[\x21-\x7e]+$/.test(path) || !/^[\x21-\x7e]+$/.test(accessToken)) return undefined;
    return `${method} ${this.base}${path} HTTP/1.1\r\nhost: ${this.host}\r\nauthorization: Bearer ${accessToken}\r\n`;
  }
}

function outcomeOf({ status, body: text, retryAfter }: HttpAnswer): SendResult {
  const body = parse<SendResponse & Partial<ErrorBody>>(text);
  const wamid: unknown = body?.messages?.[0]?.id;
  if (status === 200 && isMessageId(wamid)) return { kind: 'accepted', wamid };
  const retryAfterMs = msOf(retryAfter);
  if (isMetas(body?.error))
    return { kind: 'refused', error: reportedError(body as ErrorBody, status), retryAfterMs };
  // Without Meta's own error object the answer came from something in between, which may have passed the message on.
  return { kind: 'unknown', reason: `HTTP ${status} without an answer of WhatsApp`, retryAfterMs };
}

function outcomeWithoutAnswer({ message, written }: NoAnswer): SendResult {
  return { kind: written ? 'unknown' : 'unreachable', reason: message };
}

/** Meta's ids are opaque text of 50 to 80 characters; anything else must not come between the others' answers and their rows. */
function isMessageId(id: unknown): id is string {
  return typeof id === 'string' && /^[\x21-\x7e]{1,512}$/.test(id);
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
    typeof error === 'object' &&
    error !== null &&
    Number.isInteger(error.code) &&
    Math.abs(error.code as number) < 2 ** 31
  );
}

function reportedError({ error }: ErrorBody, httpStatus: number): ReportedError {
  const texts: unknown[] = [error.error_data?.details, error.message];
  const details = texts.find((text) => typeof text === 'string');
  return {
    code: error.code,
    subcode: Number.isInteger(error.error_subcode) ? error.error_subcode : undefined,
    // PostgreSQL keeps no NUL
    details: details?.replaceAll('\0', ''),
    httpStatus,
    transient: error.is_transient === true,
  };
}

const longestRetryAfterMs = 3_600_000;

/** Seconds, or a date (RFC 9110). */
function msOf(retryAfter: string | undefined): number | undefined {
  if (!retryAfter) return undefined;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return ms > 0 ? Math.min(ms, longestRetryAfterMs) : undefined;
}
