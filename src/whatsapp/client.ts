import { randomUUID } from 'node:crypto';
import type { ReportedError } from './error-catalogue';
import { HttpClient, NoResponse } from './http';
import type { HttpRequest, HttpResponse } from './http';
import type { ProxySettings } from './pool';
import type { ErrorBody, MessageTemplate, SendRequest, SendResponse } from './wire';

/** A WhatsApp number with the token that may send from it. */
export interface Credentials {
  phoneNumberId: string;
  wabaId: string;
  accessToken: string;
}

/** An image, video or document. */
export interface MediaFile {
  /** E.g. `image/jpeg`. */
  type: string;
  content: Buffer;
}

/**
 * What became of a send, as far as we can know.
 * - `accepted`: WhatsApp took it; delivery is reported by webhook. `waId` is the recipient's number as WhatsApp spells it,
 *   digits only
 * - `refused`: WhatsApp said no; nothing is sent
 * - `unreachable`: the request was not written (no connection, no TLS, refused by a proxy); nothing is sent
 * - `unknown`: the request was written and no answer from WhatsApp came back; it may be sent or not
 */
export type SendResult =
  | { kind: 'accepted'; wamid: string; waId?: string | undefined }
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

/** A call that is not a send got no usable answer from WhatsApp. */
export class WhatsAppUnreachable extends Error {}

export interface ClientOptions {
  /** Origin, with an optional path; the version is put behind it. */
  apiUrl: string;
  apiVersion: string;
  /** Open connections, and so calls in progress, of this process. */
  connections: number;
  /** Longest time until a call is written: waiting for a free connection, or opening one. */
  connectTimeoutMs?: number;
  /** Longest time from there to the end of the answer. */
  timeoutMs?: number;
  /** Longest time for reading all templates of an account. */
  templatesTimeoutMs?: number;
  proxy?: ProxySettings | undefined;
}

/** Longest time for the upload of a file. */
const uploadTimeoutMs = 120_000;

/** Of templates: an account has at most 6,000, and a page 100. */
const mostPages = 1000;

/** The Cloud API over keep-alive connections. Tokens go into headers only and appear in no error. */
export class WhatsAppClient {
  private readonly http: HttpClient;
  private readonly base: string;
  private readonly templatesTimeoutMs: number;
  /** What all sends with the same credentials have in common. */
  private readonly sendRequests = new WeakMap<Credentials, Omit<HttpRequest, 'body'>>();

  constructor({
    apiUrl,
    apiVersion,
    connections,
    connectTimeoutMs = 5000,
    timeoutMs = 10_000,
    templatesTimeoutMs = 120_000,
    proxy,
  }: ClientOptions) {
    const { origin, pathname } = new URL(apiUrl);
    this.base = `${pathname.replace(/\/$/, '')}/${apiVersion}`;
    this.templatesTimeoutMs = templatesTimeoutMs;
    this.http = new HttpClient({ origin, connections, connectTimeoutMs, timeoutMs, proxy });
  }

  /** Sends one message. Never rejects for what the network or WhatsApp does: the result says it. */
  send(credentials: Credentials, message: SendRequest): Promise<SendResult> {
    const request = this.sendRequest(credentials);
    if (!request) return Promise.resolve({ kind: 'unreachable', reason: unsendable });
    const body = JSON.stringify(message);
    return this.http.request({ ...request, body }).then(resultOf, resultWithoutAnswer);
  }

  /**
   * All templates of an account, or those of one name. Each is as WhatsApp gave it; nothing of it is checked here.
   * @throws WhatsAppError, WhatsAppUnreachable
   */
  async templates({ wabaId, accessToken }: Credentials, name?: string): Promise<MessageTemplate[]> {
    const deadline = performance.now() + this.templatesTimeoutMs;
    const found: MessageTemplate[] = [];
    const cursors = new Set<string>();
    let after = '';
    // the last page gives no cursor; one that was used before would lead round in a circle
    do {
      if (cursors.size >= mostPages) throw new WhatsAppUnreachable('the list of templates does not end');
      if (performance.now() > deadline) throw new WhatsAppUnreachable('the list of templates took too long');
      cursors.add(after);
      const query = new URLSearchParams({ limit: '100', ...(name && { name }), ...(after && { after }) });
      const page = await this.read(`/${wabaId}/message_templates?${query.toString()}`, accessToken);
      if (!Array.isArray(page.data)) throw new WhatsAppUnreachable('an answer without templates');
      for (const template of page.data as MessageTemplate[]) found.push(template);
      after = cursorAfter(page.paging);
    } while (after && !cursors.has(after));
    return name ? found.filter((template: MessageTemplate | null) => template?.name === name) : found;
  }

  /**
   * How many people the number may write to in 24 hours, in WhatsApp's words (TIER_250 … TIER_UNLIMITED).
   * @throws WhatsAppError, WhatsAppUnreachable
   */
  async messagingLimit({ phoneNumberId, accessToken }: Credentials): Promise<string> {
    const field = 'whatsapp_business_manager_messaging_limit';
    const { [field]: limit } = await this.read(`/${phoneNumberId}?fields=${field}`, accessToken);
    if (typeof limit !== 'string') throw new WhatsAppUnreachable('an answer without a messaging limit');
    return limit;
  }

  /**
   * Uploads a file for the messages of a number.
   * @returns its id at WhatsApp, which lives for 30 days
   * @throws WhatsAppError, WhatsAppUnreachable
   */
  async uploadMedia({ phoneNumberId, accessToken }: Credentials, file: MediaFile): Promise<string> {
    const boundary = randomUUID();
    const part = (head: string, content: string | Buffer) => [
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ];
    const body = Buffer.concat([
      ...part('name="messaging_product"', 'whatsapp'),
      ...part(`name="file"; filename="media"\r\nContent-Type: ${file.type}`, file.content),
      Buffer.from(`--${boundary}--\r\n`),
    ]);
    const { id } = await this.call(accessToken, {
      method: 'POST',
      path: `${this.base}/${phoneNumberId}/media`,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body,
      timeoutMs: uploadTimeoutMs,
    });
    if (!isMessageId(id)) throw new WhatsAppUnreachable('an answer without the id of the media');
    return id;
  }

  /**
   * A call about an object at WhatsApp, e.g. `/1234/message_templates`; `path` comes behind the version.
   * @returns the answer, a JSON object
   * @throws WhatsAppError, WhatsAppUnreachable
   */
  graph(accessToken: string, request: HttpRequest): Promise<Record<string, unknown>> {
    return this.call(accessToken, { ...request, path: this.base + request.path });
  }

  /** Ends all calls at once. */
  close(): void {
    this.http.close();
  }

  private read(path: string, accessToken: string): Promise<Record<string, unknown>> {
    return this.call(accessToken, { method: 'GET', path: this.base + path, headers: {} });
  }

  private async call(accessToken: string, request: HttpRequest): Promise<Record<string, unknown>> {
    const { status, body } = await this.respond(accessToken, request);
    const answer = parse(body);
    if (isMetas(answer?.error)) {
      const reported = reportedError(answer.error, status);
      throw new WhatsAppError(reported, reported.details ?? `error ${reported.code}`);
    }
    if (status === 200 && answer) return answer;
    throw new WhatsAppUnreachable(`HTTP ${status} without an answer from WhatsApp`);
  }

  private async respond(accessToken: string, request: HttpRequest): Promise<HttpResponse> {
    if (!isSendable(request.path) || !isSendable(accessToken)) throw new WhatsAppUnreachable(unsendable);
    try {
      const headers = { authorization: `Bearer ${accessToken}`, ...request.headers };
      return await this.http.request({ ...request, headers });
    } catch (error) {
      throw error instanceof NoResponse ? new WhatsAppUnreachable(error.message) : error;
    }
  }

  private sendRequest(credentials: Credentials): Omit<HttpRequest, 'body'> | undefined {
    const known = this.sendRequests.get(credentials);
    if (known) return known;
    const { phoneNumberId, accessToken } = credentials;
    const path = `${this.base}/${phoneNumberId}/messages`;
    if (!isSendable(path) || !isSendable(accessToken)) return undefined;
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const request = { method: 'POST', path, headers } as const;
    this.sendRequests.set(credentials, request);
    return request;
  }
}

const unsendable = 'the access token cannot be sent';

/** Whether a path or a token stays within its line of the request. */
function isSendable(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** The cursor of the next page, or else the one in its address; empty after the last page. */
function cursorAfter(paging: unknown): string {
  const { next, cursors } = (paging ?? {}) as { next?: unknown; cursors?: { after?: unknown } | null };
  if (typeof next !== 'string') return '';
  if (typeof cursors?.after === 'string') return cursors.after;
  return (URL.canParse(next) && new URL(next).searchParams.get('after')) || '';
}

function resultOf({ status, body, retryAfter }: HttpResponse): SendResult {
  const answer = parse(body);
  const response = answer as Partial<SendResponse> | undefined;
  const wamid: unknown = response?.messages?.[0]?.id;
  if (status === 200 && isMessageId(wamid))
    return { kind: 'accepted', wamid, waId: digitsOf(response?.contacts?.[0]?.wa_id) };
  const retryAfterMs = msOf(retryAfter);
  if (isMetas(answer?.error))
    return { kind: 'refused', error: reportedError(answer.error, status), retryAfterMs };
  // Without Meta's own error object the answer is from something in between, which may have passed the message on.
  return { kind: 'unknown', reason: `HTTP ${status} without an answer from WhatsApp`, retryAfterMs };
}

/** WhatsApp's own form of a number; undefined for anything else. */
function digitsOf(waId: unknown): string | undefined {
  return typeof waId === 'string' && /^\d{6,15}$/.test(waId) ? waId : undefined;
}

function resultWithoutAnswer(error: unknown): SendResult {
  if (!(error instanceof NoResponse)) throw error;
  return { kind: error.written ? 'unknown' : 'unreachable', reason: error.message };
}

/** Meta's ids are opaque text of 50 to 80 characters. Anything else could not be stored, or found again. */
function isMessageId(id: unknown): id is string {
  return typeof id === 'string' && /^[\x21-\x7e]{1,512}$/.test(id);
}

/** undefined if it is not a JSON object */
function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

type MetasError = ErrorBody['error'];

/** Meta's errors have a number; what a proxy says about an error does not mean that WhatsApp refused the message. */
function isMetas(error: unknown): error is MetasError {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return Number.isInteger(error.code) && Math.abs(error.code as number) < 2 ** 31;
}

function reportedError(error: MetasError, httpStatus: number): ReportedError {
  const texts: unknown[] = [error.error_data?.details, error.error_user_msg, error.message];
  const details = texts.find((text) => typeof text === 'string');
  return {
    code: error.code,
    subcode: Number.isInteger(error.error_subcode) ? error.error_subcode : undefined,
    // PostgreSQL stores no NUL
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
