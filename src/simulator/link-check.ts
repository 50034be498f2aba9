import { request } from 'undici';
import type { HeaderFormat } from '../whatsapp/wire';

/** WhatsApp caches the response of a media link for ten minutes. */
const CACHE_MS = 600_000;

type LinkStatus = 'ok' | 'unreachable' | 'wrong type';

interface Fetched {
  reachable: boolean;
  mimeType: string;
  at: number;
}

/** Checks of media links. Links are fetched only if the behaviour's `fetchMedia` is on. */
export interface LinkChecks {
  /** Checks without fetching: hosts that start with `unreachable` fail, links not fetched yet pass. */
  check(link: string, format: HeaderFormat): LinkStatus;
  /** Fetches the links of a request that are not in the cache. Never rejects. */
  fetchAll(links: string[]): Promise<void>;
}

const KINDS: Partial<Record<HeaderFormat, RegExp>> = {
  IMAGE: /^image\/(jpeg|png)/,
  VIDEO: /^video\/(mp4|3gpp)/,
  GIF: /^video\/mp4/,
  DOCUMENT: /^(application|text)\//,
};

export function createLinkChecks(): LinkChecks {
  const cache = new Map<string, Fetched>();

  async function fetchLink(link: string): Promise<void> {
    const known = cache.get(link);
    if (known && Date.now() - known.at < CACHE_MS) return;
    try {
      const { statusCode, headers, body } = await request(link, {
        headersTimeout: 5_000,
        bodyTimeout: 5_000,
      });
      await body.dump();
      cache.set(link, {
        reachable: statusCode === 200,
        mimeType: String(headers['content-type'] ?? ''),
        at: Date.now(),
      });
    } catch {
      cache.set(link, { reachable: false, mimeType: '', at: Date.now() });
    }
  }

  return {
    check(link, format) {
      if (/^https?:\/\/unreachable/i.test(link)) return 'unreachable';
      const fetched = cache.get(link);
      if (!fetched) return 'ok';
      if (!fetched.reachable) return 'unreachable';
      return KINDS[format]?.test(fetched.mimeType) === false ? 'wrong type' : 'ok';
    },
    async fetchAll(links) {
      await Promise.all(links.map(fetchLink));
    },
  };
}
