import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { request } from 'undici';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator';
import type {
  ErrorBody,
  SendResponse,
  StatusObject,
  WebhookChange,
  WebhookEnvelope,
} from '../../src/whatsapp/wire';

export const PHONE = '106540352242922';
export const WABA = '102290129340398';
export const LINK_BASE = 'http://shop.test';

export interface Answer<Body> {
  http: number;
  body: Body;
  headers: Record<string, string | string[] | undefined>;
}

/** A simulator with short delays, and functions that call it. */
export interface TestSimulator extends Simulator {
  call<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
  send(message: object, path?: string): Promise<Answer<SendResponse & ErrorBody>>;
  behave(patch: object): Promise<void>;
  summary(): Promise<TestSummary>;
  messages(query?: string): Promise<LedgerRow[]>;
  /** Waits until no event and no webhook is pending. */
  settled(): Promise<TestSummary>;
}

export interface TestSummary {
  accepted: number;
  uniqueRecipients: number;
  duplicates: number;
  attempts: number;
  refusedByCode: Record<string, number>;
  statuses: Record<'sent' | 'delivered' | 'read' | 'failed', number>;
  clicked: number;
  converted: number;
  pendingEvents: number;
  pendingWebhooks: number;
  maxPerSecond: Record<string, number>;
}

export interface LedgerRow {
  id: string;
  to: string;
  type: string;
  text: string;
  header: string | null;
  mediaUrl: string | null;
  template: { name: string; language: string } | null;
  buttons: { type: string; text: string; url?: string; payload?: string }[];
  callbackData: string | null;
  acceptedAt: string;
  acceptedAtMs: number;
  responded: boolean;
  waId: string;
  price: number | null;
  hold: 'held' | 'released' | 'dropped' | null;
  statuses: { status: string; at: string; code?: number }[];
  previewFetched: boolean;
  clickedAt: string | null;
  clickId: string | null;
  convertedAt: string | null;
  orderId: string | null;
}

const AT_ONCE = { min: 0, max: 0 };

/** All messages are delivered and read immediately; none fails, is clicked or converts. */
export const QUIET = {
  sentDelayMs: AT_ONCE,
  deliveredDelayMs: AT_ONCE,
  readDelayMs: AT_ONCE,
  clickDelayMs: AT_ONCE,
  conversionDelayMs: AT_ONCE,
  deliveredShare: 1,
  readShare: 1,
  skipDeliveredShare: 0,
  clickShare: 0,
  conversionShare: 0,
  previewShare: 0,
  failures: {},
  webhooks: { duplicateShare: 0, flushMs: 5, retryFirstMs: 20, retryMaxMs: 100 },
};

export async function startTestSimulator(options: Partial<SimulatorOptions> = {}): Promise<TestSimulator> {
  const simulator = await startSimulator({ linkBase: LINK_BASE, ...options });

  async function call<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const text =
      body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const answer = await request(simulator.url + path, {
      method: method as 'GET',
      body: text,
      headers: { authorization: 'Bearer EAAGtoken', 'content-type': 'application/json', ...headers },
    });
    const received = await answer.body.text();
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    return {
      http: answer.statusCode,
      body: (isJson ? JSON.parse(received) : received) as Body,
      headers: answer.headers,
    };
  }

  const test: TestSimulator = {
    ...simulator,
    call,
    send: (message, path = `/v25.0/${PHONE}/messages`) => call('POST', path, message),
    async behave(patch) {
      const answer = await call('PUT', '/_simulator/behaviour', patch);
      if (answer.http !== 200) throw new Error(JSON.stringify(answer.body));
    },
    summary: async () => (await call<TestSummary>('GET', '/_simulator/summary')).body,
    messages: async (query = '') =>
      (await call<{ messages: LedgerRow[] }>('GET', `/_simulator/messages?${query}`)).body.messages,
    settled: () =>
      until(async () => {
        const summary = await test.summary();
        return summary.pendingEvents === 0 && summary.pendingWebhooks === 0 ? summary : null;
      }),
  };
  await test.behave(QUIET);
  return test;
}

/** Polls until the result is truthy. */
export async function until<Result>(
  ask: () => Promise<Result | null | undefined | false> | Result | null | undefined | false,
  limitMs = 10_000,
): Promise<Result> {
  for (const start = Date.now(); Date.now() - start < limitMs; await wait(5)) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error(`The condition was not met within ${limitMs} ms`);
}

export const text = (to: string, extra: object = {}) => ({
  messaging_product: 'whatsapp',
  to,
  type: 'text',
  text: { body: 'Hello' },
  ...extra,
});

export const template = (to: string, name: string, components?: object[], extra: object = {}) => ({
  messaging_product: 'whatsapp',
  to,
  type: 'template',
  template: { name, language: { code: 'en' }, ...(components && { components }) },
  ...extra,
});

export const textParameters = (...texts: string[]) => texts.map((each) => ({ type: 'text', text: each }));

export const body = (...texts: string[]) => ({ type: 'body', parameters: textParameters(...texts) });

export const imageHeader = (link = 'https://example.com/a.jpg') => ({
  type: 'header',
  parameters: [{ type: 'image', image: { link } }],
});

export const urlButton = (suffix: string, index = '0') => ({
  type: 'button',
  sub_type: 'url',
  index,
  parameters: textParameters(suffix),
});

/** A send of `weekend_sale`, which has a tracked link and no media. */
export const weekendSale = (to: string, token: string, extra: object = {}) =>
  template(to, 'weekend_sale', [body('Asha'), urlButton(token)], extra);

/** An HTTP server of a test. */
export interface TestServer {
  url: string;
  close(): Promise<void>;
}

export async function listen(
  handle: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<TestServer> {
  const server: Server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => handle(incoming, Buffer.concat(chunks).toString('latin1'), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const SECRET = 'test_app_secret';
const VERIFY_TOKEN = 'verify-me';

export interface Post {
  raw: string;
  signature: string | undefined;
  signatureIsRight: boolean;
  envelope: WebhookEnvelope;
  http: number;
}

export interface Receiver extends TestServer {
  webhook: { url: string; appSecret: string; verifyToken: string };
  posts: Post[];
  handshakes: number;
  /** Returns the HTTP status for a POST; tests may replace it. */
  reply: (post: Omit<Post, 'http'>) => number;
  changes(): WebhookChange[];
  statuses(): StatusObject[];
}

/** Starts a webhook receiver that verifies signatures like the product and answers invalid ones with 401. */
export async function startReceiver(): Promise<Receiver> {
  const server = await listen((incoming, raw, response) => {
    if (incoming.method === 'GET') {
      const query = new URL(incoming.url ?? '', 'http://receiver').searchParams;
      receiver.handshakes++;
      const fits = query.get('hub.verify_token') === VERIFY_TOKEN && query.get('hub.mode') === 'subscribe';
      response.writeHead(fits ? 200 : 403).end(fits ? query.get('hub.challenge') : '');
      return;
    }
    const signature = incoming.headers['x-hub-signature-256'] as string | undefined;
    const expected = `sha256=${createHmac('sha256', SECRET).update(raw, 'latin1').digest('hex')}`;
    const post = {
      raw,
      signature,
      signatureIsRight: signature === expected,
      envelope: JSON.parse(raw) as WebhookEnvelope,
    };
    const http = receiver.reply(post);
    receiver.posts.push({ ...post, http });
    response.writeHead(http).end();
  });
  const receiver: Receiver = {
    ...server,
    webhook: { url: `${server.url}/webhooks/whatsapp`, appSecret: SECRET, verifyToken: VERIFY_TOKEN },
    posts: [],
    handshakes: 0,
    reply: (post) => (post.signatureIsRight ? 200 : 401),
    changes: () =>
      receiver.posts
        .filter((post) => post.http === 200)
        .flatMap((post) => post.envelope.entry.flatMap((entry) => entry.changes)),
    statuses: () =>
      receiver
        .changes()
        .flatMap((change) => (change.field === 'messages' ? (change.value.statuses ?? []) : [])),
  };
  return receiver;
}
