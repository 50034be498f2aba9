import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '../support/app';

/** Returns the body that the relay passes on; undefined to answer 200 and drop the webhook. */
type Alter = (body: string) => string | undefined;

/** Posts a webhook to the app, signed as Meta signs. @returns the HTTP status */
export async function postWebhook(app: App, body: string): Promise<number> {
  const signature = createHmac('sha256', app.config.whatsapp.appSecret).update(body).digest('hex');
  const response = await fetch(`${app.url}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

/** A body with these statuses, as Meta writes it. */
export function webhookOf(statuses: readonly Record<string, unknown>[]): string {
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value: { metadata: {}, statuses } }] }],
  });
}

/** A relay between WhatsApp and the app that alters webhooks, for controls; `close` restores the direct connection. */
export async function startRelay(app: App, alter: Alter): Promise<{ close(): Promise<void> }> {
  const { appSecret, verifyToken } = app.config.whatsapp;
  const server = createServer((request, response) => {
    relay(app, alter, request, response).catch(() => response.writeHead(502).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const point = (url: string) => app.steer('PUT', 'webhook', { url, appSecret, verifyToken });
  await point(`http://127.0.0.1:${port}/`);
  return {
    close: async () => {
      await point(`${app.url}/webhooks/whatsapp`);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function relay(
  app: App,
  alter: Alter,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET') {
    const handshake = await fetch(
      `${app.url}/webhooks/whatsapp${(request.url ?? '').replace(/^\/(?=\?)/, '')}`,
    );
    response.writeHead(handshake.status, { 'content-type': 'text/plain' }).end(await handshake.text());
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const altered = alter(Buffer.concat(chunks).toString());
  response.writeHead(altered === undefined ? 200 : await postWebhook(app, altered)).end();
}
