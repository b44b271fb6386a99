import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { messages, pageSources } from './vite.config.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds what runs in Node: the command `memory-graph` and the package. Both are self-contained, without dependencies. */
export default defineConfig({
  plugins: [messages(), pageSources()],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist-node',
    target: 'node20',
    rolldownOptions: {
      input: {
        graph: file('src/node/main.ts'),
        observer: file('src/node/script/observer.ts'),
        index: file('src/node/index.ts'),
        matchers: file('src/node/matchers.ts'),
      },
      output: {
        banner: ({ name }) => (name === 'graph' ? '#!/usr/bin/env node' : ''),
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
});
