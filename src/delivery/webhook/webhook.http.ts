import type { IncomingMessage, ServerResponse } from 'node:http';
import { Router } from 'express';
import type { RefusedSubjects, WebhookRefusals } from '../../accounts/webhook-refusals';
import { webhookPath } from '../../accounts/webhook-setup';
import { limitArrival } from '../../infra/http/arrival';
import { errorAnswer } from '../../infra/http/error-answer';
import type { Log } from '../../infra/log';
import type { Metrics } from '../../infra/metrics';
import { isSigned } from '../../whatsapp/signature';
import { parseWebhook } from '../../whatsapp/webhook-events';
import { Backlog } from './backlog';
import type { WebhookIntake } from './intake';

export interface WebhookSecrets {
  appSecret: string;
  verifyToken: string;
}

/** `GET /webhooks/whatsapp`: Meta's verification request. Refusals are noted after the answer. */
export function webhookRoutes({ verifyToken }: WebhookSecrets, refusals: WebhookRefusals): Router {
  const router = Router();
  router.get(webhookPath, (request, response) => {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = request.query;
    response.type('text/plain');
    if (mode !== 'subscribe' || token !== verifyToken || typeof challenge !== 'string') {
      response.status(403).send('Forbidden');
      if (mode === 'subscribe' && typeof token === 'string') void refusals.noteVerification();
      return;
    }
    response.send(challenge.slice(0, 200));
    void refusals.forgetVerification();
  });
  return router;
}

/** Meta's bodies are up to 3 MB. */
const mostBytes = 4 * 1024 * 1024;
/** A refused body may come from anybody: a longer one is not read for whom it is about. */
const mostReadOfRefused = 64 * 1024;
const noSniff = ['X-Content-Type-Options', 'nosniff'];
const plainText = [...noSniff, 'Content-Type', 'text/plain; charset=utf-8'];
const webhookUrlPattern = new RegExp(`^${webhookPath}/?(\\?|$)`);

/**
 * `POST /webhooks/whatsapp`: Meta's events, whose signature is over the raw bytes. They do not pass Express, which takes
 * longer for a request than checking and reading it does. Answers 503 at once when too much waits to be stored.
 * @returns a handler that returns false for any other request, which it leaves alone
 */
export function webhookReceiver(
  intake: WebhookIntake,
  { appSecret }: WebhookSecrets,
  refusals: WebhookRefusals,
  metrics: Metrics,
  log: Log,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const backlog = new Backlog();

  async function receive(body: Buffer, signature: unknown, response: ServerResponse): Promise<void> {
    const end = metrics.webhookSeconds.startTimer();
    if (!isSigned(body, typeof signature === 'string' ? signature : undefined, appSecret)) {
      answer(response, 401, 'Unauthorized');
      if (body.length <= mostReadOfRefused) void refusals.noteSignature(() => subjectsOf(body));
      return;
    }
    if (backlog.isFull) return overloaded(response);
    const events = parseWebhook(body);
    if (!events) return answer(response, 400, 'Not a WhatsApp webhook');
    backlog.begin(body.length);
    try {
      await intake.take(events);
      answer(response, 200, 'OK');
      end();
    } catch (err) {
      const { status, code, message } = errorAnswer(err);
      if (code === 'INTERNAL_SERVER_ERROR') log.error({ err, path: webhookPath }, 'a request failed');
      refuse(response, status, code, message);
    } finally {
      backlog.end(body.length);
    }
  }

  return (request, response) => {
    if (request.method !== 'POST' || !webhookUrlPattern.test(request.url ?? '')) return false;
    const { 'content-encoding': encoding = 'identity', 'x-hub-signature-256': signature } = request.headers;
    if (encoding.toLowerCase() !== 'identity')
      refuse(response, 415, 'BAD_REQUEST', 'The request cannot be read');
    else if (Number(request.headers['content-length']) > mostBytes) tooLarge(response);
    // before its body is read
    else if (backlog.isFull) overloaded(response);
    else readBody(request, response, (body) => void receive(body, signature, response));
    return true;
  };
}

/** What a refused webhook claims to be about. */
function subjectsOf(body: Buffer): RefusedSubjects {
  const events = parseWebhook(body);
  const changes = [...(events?.templates ?? []), ...(events?.accounts ?? [])];
  return { phoneNumberIds: [...(events?.numbers ?? [])], wabaIds: changes.map(({ wabaId }) => wabaId) };
}

/** Calls `then` with the whole body, unless it is too large or its connection ends before. */
function readBody(request: IncomingMessage, response: ServerResponse, then: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  limitArrival(request);
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
    else if (!response.headersSent) tooLarge(response);
  });
  request.on('end', () => {
    const [first] = chunks;
    if (bytes <= mostBytes) then(first && chunks.length === 1 ? first : Buffer.concat(chunks));
  });
  // the connection broke: nobody waits for an answer
  request.on('error', () => undefined);
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, [...plainText, 'Content-Length', String(text.length)]).end(text);
}

function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: string[] = [],
): void {
  response
    .writeHead(status, [...noSniff, ...headers, 'Content-Type', 'application/json; charset=utf-8'])
    .end(JSON.stringify({ error: { code, message } }));
}

function tooLarge(response: ServerResponse): void {
  refuse(response, 413, 'BAD_USER_INPUT', 'The request body is too large');
}

function overloaded(response: ServerResponse): void {
  const message = 'Too many webhooks wait to be stored; please try again';
  refuse(response, 503, 'SERVICE_UNAVAILABLE', message, ['Retry-After', '1']);
}
