import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { draw, Purpose } from './random';
import type { LedgerEntry } from './ledger';
import type { SimulatorState } from './state';

const BROWSER =
  'Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36';
/** User agents of link preview bots, which fetch a link without a click. */
const PREVIEWS = [
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'WhatsApp/2.23.20.0 A',
];
const TIMEOUT_MS = 10_000;
/** A shop repeats its postback with the same order id until it is accepted. */
const CONVERSION_TRIES = 5;
const CONVERSION_GAP_MS = 1_000;

/** HTTP requests of recipients and of the shop. None of these promises rejects. */
export interface RecipientActions {
  fetchPreview(entry: LedgerEntry, link: string): Promise<boolean>;
  /** Opens the link without following the redirect. Returns its `dakiya_click`; null if there was no redirect. */
  openLink(link: string): Promise<{ clickId: string | null } | null>;
  /** Posts a conversion; returns its order id, or null if the product did not accept it. */
  placeOrder(entry: LedgerEntry, clickId: string): Promise<string | null>;
  close(): Promise<void>;
}

export function createRecipientActions(state: SimulatorState): RecipientActions {
  const agent = new Agent({ connections: 16, pipelining: 1 });
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // one listener per conversion that waits for its retry
  const logged = new Set<string>();

  const options = {
    dispatcher: agent,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    signal: closing.signal,
  };

  /** Logs only the first failure of each kind: while the product is down, all of them fail. */
  function logOnce(what: string, why: unknown): void {
    if (closing.signal.aborted || logged.has(what)) return;
    logged.add(what);
    state.log(`${what} failed: ${why instanceof Error ? why.message : String(why)} (not logged again)`);
  }

  async function get(link: string, userAgent: string) {
    const answer = await request(link, {
      ...options,
      headers: { 'user-agent': userAgent, accept: 'text/html' },
    });
    await answer.body.dump();
    return answer;
  }

  async function postConversion(shopBody: string, token: string): Promise<number> {
    const answer = await request(`${state.linkBase}/conversions`, {
      ...options,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: shopBody,
    });
    await answer.body.dump();
    return answer.statusCode;
  }

  return {
    async fetchPreview(entry, link) {
      try {
        await get(link, PREVIEWS[entry.index % PREVIEWS.length] ?? BROWSER);
        return true;
      } catch (error) {
        logOnce('link preview', error);
        return false;
      }
    },

    async openLink(link) {
      try {
        const { statusCode, headers } = await get(link, BROWSER);
        if (statusCode < 300 || statusCode >= 400) {
          logOnce('click', `HTTP ${statusCode}`);
          return null;
        }
        const location = String(headers.location ?? '');
        if (!URL.canParse(location, link)) return { clickId: null };
        return { clickId: new URL(location, link).searchParams.get('dakiya_click') };
      } catch (error) {
        logOnce('click', error);
        return null;
      }
    },

    async placeOrder(entry, clickId) {
      const { shop } = state.behaviour;
      if (!shop) return null;
      const random = draw(entry.recipient.randomBase, entry.counter, Purpose.OrderValue);
      const orderId = `SIM-${entry.index + 1}-${Math.floor(random * 0xffffffff).toString(36)}`;
      const value = Math.round(19_900 + random * 480_000) / 100;
      const body = JSON.stringify({
        businessId: shop.businessId,
        clickId,
        orderId,
        value,
        currency: shop.currency ?? 'INR',
      });
      for (let attempt = 0; attempt < CONVERSION_TRIES && !closing.signal.aborted; attempt++) {
        try {
          if (attempt > 0)
            await pause(CONVERSION_GAP_MS * 2 ** (attempt - 1), undefined, { signal: closing.signal });
          const http = await postConversion(body, shop.token);
          if (http >= 200 && http < 300) return orderId;
          logOnce('conversion', `HTTP ${http}`);
          if (http < 500 && http !== 429) return null;
        } catch (error) {
          logOnce('conversion', error);
        }
      }
      return null;
    },

    async close() {
      closing.abort();
      await agent.destroy();
    },
  };
}
