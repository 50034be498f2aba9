import { readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { App } from '../support/app';

const built = path.resolve(__dirname, '../../dist/web');
/** Bytes of gzipped JavaScript that may be loaded before the first screen can be used. */
const firstLoadBudget = 250_000;

let app: App;

beforeAll(async () => {
  app = await App.start({ workers: 0 });
});
afterAll(() => app?.close());

const nonceOf = (policy: string) => /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1];

describe('a page', () => {
  it.each([
    '/',
    '/sign-in',
    '/campaigns',
    '/campaigns/new/audience',
    '/contacts/abc',
    '/segments',
    '/imports/abc',
    '/opt-outs',
    '/templates',
    '/products',
    '/phone-numbers',
    '/settings?business=x',
  ])('%s is the admin UI, with a policy that lets no foreign and no inline script run', async (address) => {
    const nonces = new Set<string>();
    for (let i = 0; i < 2; i++) {
      const response = await fetch(`${app.url}${address}`);
      const html = await response.text();
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(policy).toMatch(/(^|; )script-src 'self'(;|$)/);
      expect(policy).not.toContain('unsafe');
      const nonce = nonceOf(policy) ?? 'none';
      expect(html).toContain(`nonce="${nonce}"`);
      expect(html).not.toContain('__NONCE__');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  it('the playground has a policy of its own', async () => {
    const response = await fetch(`${app.url}/playground`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`style-src 'self' 'unsafe-inline'`);
    expect(policy).toMatch(/(^|; )script-src 'self'(;|$)/);
    expect(await response.text()).not.toContain('__NONCE__');
  });

  it.each([
    '/nothing',
    '/campaign',
    '/phone-numbersx',
    '/assets/nothing.js',
    '/assets/../index.html',
    '/index.html',
  ])('%s is nothing', async (address) => {
    const response = await fetch(`${app.url}${address}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});

describe('a file of a page', () => {
  const script = () => firstLoad()[0]!;

  it.each([
    ['br', 'gzip, deflate, br, zstd', (body: Buffer) => brotliDecompressSync(body)],
    ['gzip', 'gzip', (body: Buffer) => gunzipSync(body)],
    ['gzip', 'br;q=0, gzip', (body: Buffer) => gunzipSync(body)],
    [undefined, 'identity', (body: Buffer) => body],
    [undefined, undefined, (body: Buffer) => body],
  ])('comes as %s when the browser takes %s', async (encoding, accepted, decode) => {
    const { headers, body, status } = await get(`/assets/${script()}`, { 'accept-encoding': accepted });
    expect(status).toBe(200);
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-type']).toMatch(/^text\/javascript/);
    expect(headers['vary']).toMatch(/accept-encoding/i);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(decode(body).equals(readFileSync(path.join(built, 'assets', script())))).toBe(true);
  });

  it('has an ETag for each encoding, and is not sent again', async () => {
    const tags = new Set<string>();
    for (const encoding of ['br', 'gzip', 'identity']) {
      const first = await get(`/assets/${script()}`, { 'accept-encoding': encoding });
      const tag = String(first.headers['etag']);
      tags.add(tag);
      const again = await get(`/assets/${script()}`, { 'accept-encoding': encoding, 'if-none-match': tag });
      expect(again.status).toBe(304);
      expect(again.headers['vary']).toMatch(/accept-encoding/i);
    }
    expect(tags.size).toBe(3);
  });
});

describe('the first load', () => {
  it(`is at most ${firstLoadBudget / 1000} kB of JavaScript`, () => {
    const sizes = firstLoad().map((name) => gzipSync(readFileSync(path.join(built, 'assets', name))).length);
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(firstLoadBudget);
  });

  it('has every file compressed', () => {
    for (const name of firstLoad()) {
      const file = path.join(built, 'assets', name);
      if (statSync(file).size < 512) continue;
      expect(statSync(`${file}.br`).size).toBeLessThan(statSync(`${file}.gz`).size);
    }
  });
});

interface Chunk {
  file: string;
  imports?: string[];
}

/** The scripts of the first screen that somebody sees: the entry, the texts, the campaigns; and what these import. */
function firstLoad(): string[] {
  const manifest = JSON.parse(readFileSync(path.join(built, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;
  const files = new Set<string>();
  const add = (key: string) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`${key} is not in the manifest`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(add);
  };
  const texts = Object.keys(manifest).filter((key) => key.includes('virtual:messages/en'));
  expect(texts).toHaveLength(1);
  ['index.html', ...texts, 'src/campaigns/campaigns-screen.tsx'].forEach(add);
  return [...files].map((file) => path.basename(file));
}

interface Answer {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Without fetch(), which decompresses by itself. */
function get(address: string, headers: Record<string, string | undefined>): Promise<Answer> {
  const sent = Object.fromEntries(
    Object.entries(headers).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
  return new Promise((resolve, reject) => {
    request(`${app.url}${address}`, { headers: sent }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
      );
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}
