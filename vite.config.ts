import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { markOwn } from './scripts/lib/own-code.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * `import source from 'virtual:agent'`, `'virtual:command-line'`, `'virtual:graph'`, `'virtual:recorder'`: what runs in a page, of src/page/, and
 * `'virtual:own-globals'`: what runs beside a script in Node, with
 * all that it imports, as the text of one expression that evaluates to the entry's default export there.
 */
export function pageSources(): Plugin {
  const entries: ReadonlyMap<string, string> = new Map([
    ['virtual:agent', 'src/page/agent-entry.ts'],
    ['virtual:command-line', 'src/page/devtools/command-line-entry.ts'],
    ['virtual:graph', 'src/page/devtools/console-graph-entry.ts'],
    ['virtual:recorder', 'src/page/recorder/recorder-entry.ts'],
    ['virtual:own-globals', 'src/node/script/own-globals-entry.ts'],
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
              // To mark the bundle as a module would call the page's Object.defineProperty.
              esModule: false,
              generatedCode: { symbols: false },
              // Compression turns a long list of strings into a call of the page's String.prototype.split.
              minify: { compress: false, mangle: true, codegen: true },
            },
          },
        },
      });
      const [bundle] = Array.isArray(output) ? output : [output];
      if (!bundle || !('output' in bundle)) throw new Error(`${entry} did not build.`);
      const [chunk] = bundle.output;
      // Strict, because a sloppy function shows its caller and its arguments to code of the page.
      const expression = `(()=>{'use strict';${markOwn(chunk.code, id !== '\0virtual:command-line')}\nreturn made})()`;
      return `export default ${JSON.stringify(expression)};`;
    },
  };
}

/** Leaves out what only translators read of `_locales/`. Chrome gets the whole files. */
export function messages(): Plugin {
  return {
    name: 'memory-graph:messages',
    enforce: 'pre',
    transform(text, id) {
      if (!/_locales\/\w+\/messages\.json$/.test(id)) return null;
      const all: Readonly<Record<string, { readonly message: string }>> = JSON.parse(text);
      return JSON.stringify(Object.fromEntries(Object.entries(all).map(([key, { message }]) => [key, { message }])));
    },
  };
}

/** Pages of src/extension/ by name, and their addresses in the built extension, which are public (docs/automation.md). */
const pages: ReadonlyMap<string, string> = new Map([
  ['devtools', 'devtools.html'],
  ['panel', 'panel/panel.html'],
  ['window', 'panel/window.html'],
  ['sources-pane', 'panel/stack-pane.html'],
  ['elements-pane', 'panel/element-pane.html'],
  ['print', 'panel/print.html'],
]);

/** Gives the pages their addresses. They load other files by relative paths, which are valid from there too. */
function pageAddresses(): Plugin {
  return {
    name: 'memory-graph:page-addresses',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const [page, address] of pages) {
        const built = bundle[`src/extension/${page}.html`];
        if (built?.type !== 'asset') throw new Error(`${page}.html was not built.`);
        const toRoot = '../'.repeat(address.split('/').length - 1) || './';
        built.source = String(built.source).replaceAll('../../', toRoot);
        built.fileName = address;
      }
    },
  };
}

/** Files that are copied to the extension without a change. */
function extensionFiles(): Plugin {
  return {
    name: 'memory-graph:extension-files',
    apply: 'build',
    writeBundle({ dir }) {
      if (!dir) return;
      cpSync(file('manifest.json'), `${dir}/manifest.json`);
      cpSync(file('panel/icons'), `${dir}/icons`, { recursive: true });
      cpSync(file('_locales'), `${dir}/_locales`, { recursive: true });
    },
  };
}

export default defineConfig({
  plugins: [messages(), pageSources(), pageAddresses(), extensionFiles()],
  base: './',
  build: {
    outDir: 'dist',
    target: 'chrome120',
    modulePreload: false,
    rolldownOptions: {
      input: {
        ...Object.fromEntries([...pages.keys()].map((page) => [page, file(`src/extension/${page}.html`)])),
        watchdog: file('src/extension/watchdog.ts'),
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
          exclude: ['**/node_modules/**', 'test/browser/**', 'test/hostile/**', 'test/headed/**'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/{browser,hostile}/**/*.test.ts'],
          environment: './test/browser/environment.ts',
          // The files of one worker share its browser, one after the other.
          isolate: false,
          // Tests mostly wait, but more of them at a time would slow each other down.
          maxWorkers: 2,
          // DevTools sometimes moves its focus or its panels. A test is repeated, as a user would do, and the run says which
          // tests needed it.
          retry: 2,
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
