import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { pageSources } from './vite.config.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What runs in Node: the command `memory-graph`, and the package to import. Complete by itself, without dependencies. */
export default defineConfig({
  plugins: [pageSources()],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist-node',
    target: 'node20',
    rolldownOptions: {
      input: {
        graph: file('src/node/main.ts'),
        observer: file('src/node/observer.ts'),
        index: file('src/node/render.ts'),
      },
      output: {
        banner: ({ name }) => (name === 'graph' ? '#!/usr/bin/env node' : ''),
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
});
