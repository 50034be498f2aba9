import { Agent, request } from 'undici';
import { isPublicUrl, lookupPublic } from '../../infra/http/public-address';
import type { MediaFile } from '../../whatsapp/client';
import { maxMediaBytes, mediaTypeOf, wrongMedia } from './media-type';

/** From the first request to the last byte, with all redirects. */
const longestFetchMs = 20_000;
const connectTimeoutMs = 5_000;
const mostRedirects = 5;
const limits = { pipelining: 1, headersTimeout: 10_000, bodyTimeout: 10_000, maxHeaderSize: 16_384 } as const;

/**
 * Fetches media from addresses that users gave. Only public addresses are asked: each host is resolved and checked, and
 * the connection goes to the checked address; the same for every redirect.
 */
export class MediaFetcher {
  private readonly publicOnly = new Agent({
    connect: { lookup: lookupPublic, timeout: connectTimeoutMs },
    ...limits,
  });
  private readonly anywhere = new Agent({ connect: { timeout: connectTimeoutMs }, ...limits });

  /** @param allowedHosts hosts that are asked although they are not public, on any port */
  constructor(private readonly allowedHosts: readonly string[]) {}

  /**
   * @returns the file, with its type checked by the bytes; undefined when it could not be had. The reason is not told: it
   *   would say what answers at an address that the user cannot reach
   */
  async fetch(address: string): Promise<MediaFile | undefined> {
    const signal = AbortSignal.timeout(longestFetchMs);
    try {
      let url = new URL(address);
      for (let redirects = 0; redirects <= mostRedirects; redirects++) {
        const answer = await this.get(url, signal);
        if (!(answer instanceof URL)) return answer;
        url = answer;
      }
    } catch {
      // no address, no connection, no complete answer in time
    }
    return undefined;
  }

  async close(): Promise<void> {
    await Promise.all([this.publicOnly.destroy(), this.anywhere.destroy()]);
  }

  /** @returns the file; where it was moved to; undefined for any other answer */
  private async get(url: URL, signal: AbortSignal): Promise<MediaFile | URL | undefined> {
    const isAllowed = this.allowedHosts.includes(url.hostname) && /^https?:$/.test(url.protocol);
    if (!isAllowed && !isPublicUrl(url)) return undefined;
    const dispatcher = isAllowed ? this.anywhere : this.publicOnly;
    const headers = { accept: 'image/*, video/*, application/*, text/plain', 'user-agent': 'Dakiya' };
    const { statusCode, headers: given, body } = await request(url, { dispatcher, signal, headers });
    const header = (name: string) => [given[name]].flat()[0];
    const location = header('location');
    const type = mediaTypeOf(header('content-type'));
    const isMoved = statusCode >= 300 && statusCode < 400 && location !== undefined;
    const length = Number(header('content-length') ?? 0);
    const isEncoded = header('content-encoding') !== undefined;
    if (statusCode !== 200 || type === undefined || length > maxMediaBytes || isEncoded) {
      // it is not read; the connection ends
      body.on('error', () => undefined).destroy();
      return isMoved ? new URL(location, url) : undefined;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      // leaving the loop ends the connection
      if (bytes > maxMediaBytes) return undefined;
      chunks.push(chunk);
    }
    const content = Buffer.concat(chunks);
    return wrongMedia(type, content) === undefined ? { type, content } : undefined;
  }
}
