import { createRequire } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { messages } from './vite/messages.mts';

const here = import.meta.dirname;
const parser = path.dirname(
  createRequire(import.meta.url).resolve('@formatjs/icu-messageformat-parser/no-parser.js'),
);

// Two pages: the admin UI, and the playground with its much larger editor. `vite web` serves them on their own
// and passes API calls on to a running product.
export default defineConfig({
  root: here,
  base: '/',
  plugins: [react(), messages(path.join(here, 'src'))],
  // The server replaces it with a fresh nonce in every answer: Mantine's own styles need one.
  html: { cspNonce: '__NONCE__' },
  // Texts are parsed at build.
  resolve: {
    alias: [
      { find: /^@formatjs\/icu-messageformat-parser$/, replacement: path.join(parser, 'no-parser.js') },
    ],
  },
  build: {
    outDir: path.resolve(here, '../dist/web'),
    emptyOutDir: true,
    assetsDir: 'assets',
    target: 'es2022',
    manifest: true,
    // Fonts and images inside a style sheet would be loaded by everybody.
    assetsInlineLimit: 0,
    // GraphiQL's editor (Monaco) is large by nature and loaded on its own page only.
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      // GraphiQL's "use no memo" and Mantine's "use client" mean nothing in a bundle.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
      // What every screen needs, in few files: a browser spends a millisecond and more on each. Only packages that the
      // page uses from the start; others would draw what is loaded on demand into the first load.
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            {
              name: 'shell',
              test: /node_modules\/(@apollo|rxjs|@wry|optimism|@tanstack|react-intl|@formatjs|intl-messageformat)\//,
            },
            {
              name: 'frame',
              test: /web\/src\/(frame|ui\/(?!confirm-modal|data-table|pager|use-)|format|i18n|live|api\/(?!post-file|use-load-more))/,
            },
          ],
        },
      },
      input: { index: path.join(here, 'index.html'), playground: path.join(here, 'playground.html') },
    },
  },
  server: { proxy: { '/graphql': { target: 'http://localhost:8000', ws: true } } },
});
