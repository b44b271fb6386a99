import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * `import source from 'virtual:agent'`, `'virtual:graph'`: what runs in a page, of src/page/ with all that it imports, as
 * the text of one expression that evaluates to `createAgent` or `offerGraph` there.
 */
export function pageSources(): Plugin {
  const entries: ReadonlyMap<string, string> = new Map([
    ['virtual:agent', 'src/page/entry.ts'],
    ['virtual:graph', 'src/page/graph-entry.ts'],
  ]);
  return {
    name: 'memory-graph:page-sources',
    resolveId: (id) => (entries.has(id) ? `\0${id}` : null),
    async load(id) {
      const entry = id.startsWith('\0') ? entries.get(id.slice(1)) : undefined;
      if (entry === undefined) return null;
      const output = await build({
        configFile: false,
        logLevel: 'warn',
        build: {
          write: false,
          target: 'es2022',
          minify: false,
          lib: { entry: file(entry), formats: ['iife'], name: 'made' },
          rolldownOptions: {
            output: {
              exports: 'default',
              // Marking the bundle as a module would call the page's Object.defineProperty.
              esModule: false,
              generatedCode: { symbols: false },
              // Compressing makes a long list of strings a call of the page's String.prototype.split.
              minify: { compress: false, mangle: true, codegen: true },
            },
          },
        },
      });
      const [bundle] = Array.isArray(output) ? output : [output];
      if (!bundle || !('output' in bundle)) throw new Error(`${entry} did not build.`);
      const [chunk] = bundle.output;
      // Strict: a sloppy function shows its caller and its arguments to what the page gets to run.
      const expression = `(()=>{'use strict';${chunk.code}\nreturn made})()`;
      return `export default ${JSON.stringify(expression)};`;
    },
  };
}

/** Files that the extension needs as they are. */
function extensionFiles(): Plugin {
  return {
    name: 'memory-graph:extension-files',
    apply: 'build',
    writeBundle({ dir }) {
      if (!dir) return;
      cpSync(file('manifest.json'), `${dir}/manifest.json`);
      cpSync(file('panel/icons'), `${dir}/icons`, { recursive: true });
    },
  };
}

export default defineConfig({
  plugins: [pageSources(), extensionFiles()],
  base: './',
  build: {
    outDir: 'dist',
    target: 'chrome120',
    modulePreload: false,
    rolldownOptions: {
      input: {
        panel: file('panel/panel.html'),
        window: file('panel/window.html'),
        'stack-pane': file('panel/stack-pane.html'),
        'element-pane': file('panel/element-pane.html'),
        print: file('panel/export/print.html'),
        watchdog: file('src/devtools/watchdog.ts'),
        devtools: file('src/devtools/devtools.html'),
      },
      // The manifest names the service worker, so its name must not change with its content.
      output: { entryFileNames: ({ name }) => (name === 'watchdog' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  worker: { format: 'es' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,panel,test,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['test/browser/**', 'test/hostile/**', 'test/headed/**'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/{browser,hostile}/**/*.test.ts'],
          environment: './test/browser/environment.ts',
          // Files that one worker runs share its browser, one after the other.
          isolate: false,
          // Much of a test is waiting; more would make each other slow.
          maxWorkers: 2,
          // DevTools moves its focus and its panels when it likes: what a person would do once more is done once more. The
          // run tells which tests needed it.
          retry: 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        extends: true,
        test: {
          name: 'headed',
          include: ['test/headed/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
