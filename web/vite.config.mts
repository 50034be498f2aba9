import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

// Two pages: the admin UI, and the playground with its much larger editor. `vite web` serves them on their own
// and passes API calls on to a running product.
export default defineConfig({
  root: here,
  base: '/',
  plugins: [react()],
  build: {
    outDir: path.resolve(here, '../dist/web'),
    emptyOutDir: true,
    assetsDir: 'assets',
    target: 'es2022',
    // GraphiQL's editor (Monaco) is large by nature and loaded on its own page only.
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      // GraphiQL's "use no memo" means nothing in a bundle.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
      input: { index: path.resolve(here, 'index.html'), playground: path.resolve(here, 'playground.html') },
    },
  },
  server: { proxy: { '/graphql': { target: 'http://localhost:8000', ws: true } } },
});
