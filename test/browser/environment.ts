/** Vitest's environment of the tests in a browser: Node, and at its end no browser is left. */
import type { Environment } from 'vitest/runtime';
import { takeBrowser } from './idle-browser.ts';

export default {
  name: 'browser',
  viteEnvironment: 'ssr',
  setup: () => ({
    async teardown() {
      await takeBrowser()?.close();
    },
  }),
} satisfies Environment;
