import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import express from 'express';
import type { Express, RequestHandler, Response } from 'express';

/** The built pages lie at the same distance from src/infra/http and dist/infra/http. */
export const pages = path.resolve(__dirname, '../../../dist/web');

/** Addresses of the admin UI. What stands below one of them is the page's own business. */
const addresses = [
  'campaigns',
  'contacts',
  'segments',
  'imports',
  'opt-outs',
  'templates',
  'products',
  'phone-numbers',
  'settings',
];

/** Best first. The build writes `<file>.br` and `<file>.gz` beside what is worth it. */
const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
];

/** The Content-Security-Policy of everything that is not a page of ours: nothing may run. */
export const strictPolicy = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'upgrade-insecure-requests': null,
};

const common = [
  "default-src 'self'",
  "script-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
  "object-src 'none'",
  "script-src-attr 'none'",
];

/** Nothing from other hosts. Mantine adds style elements of its own, which carry the nonce. */
function pagePolicy(nonce: string): string {
  return [
    ...common,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
  ].join('; ');
}

/** GraphiQL's editor needs inline styles, and workers and fonts of their own schemes. */
const playgroundPolicy = [
  ...common,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
].join('; ');

/** The admin UI at its addresses, the playground, and their files. */
export function servePages(app: Express): void {
  app.use('/assets', compressed(path.join(pages, 'assets')));
  app.use(
    '/assets',
    express.static(path.join(pages, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }),
  );
  app.get('/before-paint.js', (_request, response) => {
    response.sendFile('before-paint.js', { root: pages, headers: { 'cache-control': 'no-cache' } });
  });
  app.get('/playground', async (_request, response) => {
    const html = await page('playground.html');
    sendPage(response, html.replaceAll(' nonce="__NONCE__"', ''), playgroundPolicy);
  });
  app.get(['/', '/sign-in', ...addresses.map((name) => `/${name}{/*rest}`)], async (_request, response) => {
    const nonce = randomBytes(16).toString('base64');
    const html = await page('index.html');
    sendPage(response, html.replaceAll('__NONCE__', nonce), pagePolicy(nonce));
  });
}

/** `no-store`: a page from a cache would carry the nonce of an earlier answer, which the new policy does not allow. */
function sendPage(response: Response, html: string, policy: string): void {
  response.set({ 'content-security-policy': policy, 'cache-control': 'no-store' }).type('html').send(html);
}

/** Read each time: after a new build, the old page would name files that are gone. */
function page(name: string): Promise<string> {
  return readFile(path.join(pages, name), 'utf8');
}

/** Sends the compressed file beside the one that is asked for, in the best encoding that the browser takes. */
function compressed(folder: string): RequestHandler {
  return (request, response, next) => {
    response.vary('Accept-Encoding');
    const name = path.basename(request.path);
    // Files have a hash in their name and lie in one folder: whatever else is asked for is left to `express.static`.
    if (request.path !== `/${name}` || !/^[\w.-]+\.(js|css|svg|json)$/.test(name)) {
      next();
      return;
    }
    const accepted = request.acceptsEncodings();
    const attempts = encodings.filter(({ name: encoding }) => accepted.includes(encoding));
    const attempt = (): void => {
      const encoding = attempts.shift();
      if (!encoding) {
        next();
        return;
      }
      // Set before, so that it is the type of the file and not of its compressed form. The ETag is the compressed file's.
      response.type(path.extname(name));
      response.sendFile(
        `${name}${encoding.ending}`,
        { root: folder, immutable: true, maxAge: '1y', headers: { 'content-encoding': encoding.name } },
        (error: Error | undefined) => {
          // What has begun cannot be answered otherwise; usually the browser has gone.
          if (!error || response.headersSent) return;
          response.removeHeader('content-encoding');
          response.removeHeader('content-type');
          attempt();
        },
      );
    };
    attempt();
  };
}
