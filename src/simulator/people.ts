import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { draw, Purpose } from './chance';
import type { LedgerEntry } from './ledger';
import type { World } from './world';

const BROWSER =
  'Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36';
/** Robots that fetch a link for its preview; nobody has clicked. */
const PREVIEWS = [
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'WhatsApp/2.23.20.0 A',
];
const TIMEOUT_MS = 10_000;
/** A shop repeats its postback with the same order id until it is taken. */
const CONVERSION_TRIES = 5;
const CONVERSION_GAP_MS = 1_000;

/** What people and the shop do over HTTP. None of these rejects. */
export interface People {
  fetchPreview(entry: LedgerEntry, link: string): Promise<boolean>;
  /** Opens the link without following the redirect: null unless it redirected, else what its `dakiya_click` says. */
  openLink(link: string): Promise<{ clickId: string | null } | null>;
  /** The order id once the product has taken the conversion. */
  buy(entry: LedgerEntry, clickId: string): Promise<string | null>;
  close(): Promise<void>;
}

export function createPeople(world: World): People {
  const agent = new Agent({ connections: 16, pipelining: 1 });
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // one for each conversion that waits for its next try
  const told = new Set<string>();

  const options = {
    dispatcher: agent,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    signal: closing.signal,
  };

  /** A product that is down answers nobody; one line a kind is enough. */
  function tellOnce(what: string, why: unknown): void {
    if (closing.signal.aborted || told.has(what)) return;
    told.add(what);
    world.log(`${what} failed: ${why instanceof Error ? why.message : String(why)} (not logged again)`);
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
    const answer = await request(`${world.linkBase}/conversions`, {
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
        tellOnce('link preview', error);
        return false;
      }
    },

    async openLink(link) {
      try {
        const { statusCode, headers } = await get(link, BROWSER);
        if (statusCode < 300 || statusCode >= 400) {
          tellOnce('click', `HTTP ${statusCode}`);
          return null;
        }
        const location = String(headers.location ?? '');
        if (!URL.canParse(location, link)) return { clickId: null };
        return { clickId: new URL(location, link).searchParams.get('dakiya_click') };
      } catch (error) {
        tellOnce('click', error);
        return null;
      }
    },

    async buy(entry, clickId) {
      const { shop } = world.behaviour;
      if (!shop) return null;
      const chance = draw(entry.recipient.chance, entry.counter, Purpose.OrderValue);
      const orderId = `SIM-${entry.index + 1}-${Math.floor(chance * 0xffffffff).toString(36)}`;
      const value = Math.round(19_900 + chance * 480_000) / 100;
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
          tellOnce('conversion', `HTTP ${http}`);
          if (http < 500 && http !== 429) return null;
        } catch (error) {
          tellOnce('conversion', error);
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
