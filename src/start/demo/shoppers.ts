import { setTimeout as pause } from 'node:timers/promises';
import type { Demo } from './seed';

/** Where the people of the demo act: at the running product and at the simulator of WhatsApp. */
export interface Places {
  apiUrl: string;
  simulatorUrl: string;
  /** May read the campaign and report orders. */
  token: string;
}

/** Every how many messages somebody answers, and what. Nothing here is a word that opts out. */
const answers = {
  every: 11,
  texts: ['Is it open on Sunday too?', 'Lovely, I will come by 🙏', 'किस समय तक?'],
};
/** Every how many messages somebody taps "Stop promotions", the second quick reply of the sale's template. */
const stops = { every: 90, from: 5 };
/** Every how many of the people held out order at the counter, without a message. */
const ordersEvery = 25;
const patienceMs = 300_000;

interface Sale {
  status: string;
  stats: { repliedCount: number };
  recipients: { nodes: { phone: string | null; excludedReason: string | null }[] };
}

/** A page has 100 people at most: enough of those held out. */
const query = `query ($id: ID!) {
  campaign(id: $id) {
    status stats { repliedCount }
    recipients(first: 100, status: [EXCLUDED]) { nodes { phone excludedReason } }
  }
}`;

/**
 * When the sale is sent, some people answer, some stop promotions, and some who got no message order. All of it comes to
 * the product from outside, as in real life. Does nothing when people have answered before, at an earlier start.
 * @param stopped ends it early
 */
export async function actAsShoppers(demo: Demo, places: Places, stopped: AbortSignal): Promise<void> {
  const { saleId } = demo;
  const sale = saleId && (await sentSale(saleId, places, stopped));
  if (!saleId || !sale) return;
  const { messages } = (await ask(
    `${places.simulatorUrl}/_simulator/messages?limit=5000&fields=id,statuses&callbackData=${saleId}:*`,
    { signal: stopped },
  )) as { messages: { id: string; statuses: { status: string }[] }[] };
  const delivered = messages.filter(({ statuses }) => statuses.some(({ status }) => status === 'delivered'));
  for (const [i, { id: messageId }] of delivered.entries()) {
    const body = answers.texts[i % answers.texts.length];
    if (i % answers.every === 0)
      await post(`${places.simulatorUrl}/_simulator/inbound`, { type: 'text', messageId, body }, stopped);
    if (i % stops.every === stops.from)
      await post(
        `${places.simulatorUrl}/_simulator/inbound`,
        { type: 'button', messageId, button: 1 },
        stopped,
      );
  }
  const orders = sale.recipients.nodes
    .filter(({ phone, excludedReason }) => phone && excludedReason === 'HOLDOUT')
    .flatMap(({ phone }, i) =>
      i % ordersEvery === 0
        ? [
            {
              businessId: demo.businessId,
              phone,
              orderId: `COUNTER-${i + 1}`,
              value: 899 + i,
              currency: 'INR',
            },
          ]
        : [],
    );
  if (orders.length > 0) await post(`${places.apiUrl}/conversions`, orders, stopped, places.token);
}

/** The sale as soon as it is sent; undefined if people have answered already, or it will not be sent. */
async function sentSale(id: string, places: Places, stopped: AbortSignal): Promise<Sale | undefined> {
  for (const until = Date.now() + patienceMs; Date.now() < until;) {
    const { data, errors } = (await post(
      `${places.apiUrl}/graphql`,
      { query, variables: { id } },
      stopped,
      places.token,
    )) as { data?: { campaign: Sale } | null; errors?: { message: string }[] };
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    const sale = data?.campaign;
    if (!sale || sale.stats.repliedCount > 0) return undefined;
    if (sale.status === 'COMPLETED') return sale;
    if (sale.status !== 'SCHEDULED' && sale.status !== 'ACTIVE') return undefined;
    await pause(1000, undefined, { signal: stopped });
  }
  return undefined;
}

function post(url: string, body: unknown, signal: AbortSignal, token?: string): Promise<unknown> {
  return ask(url, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
}

async function ask(url: string, options: RequestInit): Promise<unknown> {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}`);
  return answer.json();
}
