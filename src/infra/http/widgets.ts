import path from 'node:path';
import type { Express } from 'express';
import { pages } from './pages';

/**
 * The Content-Security-Policy of the framed page: any site may frame it; it runs our two scripts and speaks with us
 * only. The element's styles are constructed style sheets, which need no permission.
 */
const framePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ');

const files = ['dakiya.js', 'frame.js', 'frame.css'];

/** What other sites embed: the custom element's script, and a page with that element to be framed. */
export function serveWidgets(app: Express): void {
  const root = path.join(pages, 'widgets');
  app.get(
    files.map((name) => `/widgets/${name}`),
    (request, response) => {
      // the script's address is in other people's pages, so it has no hash and is asked for again
      response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
      response.sendFile(path.basename(request.path), { root, headers: { 'cache-control': 'no-cache' } });
    },
  );
  app.get('/widgets/campaign/:id', (_request, response) => {
    response.removeHeader('x-frame-options');
    response.set({ 'content-security-policy': framePolicy, 'cross-origin-resource-policy': 'cross-origin' });
    response.sendFile('campaign.html', { root, headers: { 'cache-control': 'no-cache' } });
  });
}
