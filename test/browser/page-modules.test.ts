/** Modules in the view Page: exports, hot updates of a development server, copies, and what must not be imported; in real DevTools. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
let server: ViteDevServer;
const folder = mkdtempSync(join(tmpdir(), 'memory-graph-modules-'));

const files: Readonly<Record<string, string>> = {
  'index.html':
    '<!doctype html><script type="module" src="/main.js"></script><link rel="modulepreload" href="/never.js">',
  'main.js': `
    import { cart } from './store.js';
    import '/a/node_modules/shared/index.js';
    import '/b/node_modules/shared/index.js';
    import '/thenable.js';
    import('/failing.js').catch(() => {});
    globalThis.seen = [cart];
    if (import.meta.hot) import.meta.hot.accept('./store.js', (next) => { seen.push(next.cart); });
  `,
  'store.js': `
    export function add(item) { cart.items.push(item); }
    export const cart = { items: [{ id: 1 }] };
  `,
  'a/node_modules/shared/index.js': 'export const use = () => context; const context = { copy: true };',
  'b/node_modules/shared/index.js': 'export const use = () => context; const context = { copy: true };',
  'thenable.js': 'export function then() { globalThis.called = true; } export const state = { then };',
  'failing.js': 'export const keep = () => made; const made = { half: true }; throw new Error("no");',
  'never.js': 'globalThis.ran = true; export const hidden = () => 1;',
};

beforeAll(async () => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  server = await createServer({
    configFile: false,
    root: folder,
    logLevel: 'error',
    cacheDir: join(folder, '.vite'),
    // It would load the page again.
    optimizeDeps: { noDiscovery: true },
    server: { port: 0, watch: { usePolling: true, interval: 100 } },
  });
  await server.listen();
  await tab.setDebugger(true);
  await tab.goTo(server.resolvedUrls?.local[0] ?? '');
  await tab.page.waitForFunction('globalThis.seen?.length === 1');
  await tab.page.evaluate(`
    globalThis.rejections = 0;
    addEventListener('unhandledrejection', () => { rejections += 1; });
    0`);
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Row {
  readonly name: string;
  readonly kind: string;
  readonly place: string;
}
const rows = (): Promise<readonly Row[]> =>
  tab.panel.evaluate(() => {
    const section = [...document.querySelectorAll('.page-lists section')].find(
      (one) => one.querySelector('h2')?.textContent === 'Modules and scripts',
    );
    return [...(section?.querySelectorAll('.page-row') ?? [])].map((row) => ({
      name: row.querySelector('button')?.textContent ?? '',
      kind: row.querySelector('.kind')?.textContent ?? '',
      place: row.querySelector('.place')?.textContent ?? '',
    }));
  });
const list = async () => {
  await tab.show('expression');
  await tab.show('page');
  await tab.until("document.querySelector('.page-lists')?.getAttribute('aria-busy') === 'false'");
};
const kindsOf = async (part: string) =>
  (await rows()).filter(({ place }) => place.includes(part)).map(({ kind }) => kind);
/** Clicks the module at this address; whether it is listed. */
const click = (place: string): Promise<boolean> =>
  tab.panel.evaluate((place) => {
    const row = [...document.querySelectorAll('.page-row')].find((one) =>
      one.querySelector('.place')?.textContent?.endsWith(place),
    );
    const button = row?.querySelector('button');
    button?.click();
    return button !== null && button !== undefined;
  }, place);
/** Draws the module at this address; its root object. A development server may load the page again meanwhile. */
const drawn = async (place: string) => {
  const isDrawn = `document.querySelector('.mg-picture') && memoryGraph.snapshot().roots[0]?.label.startsWith('$page["${place.slice(1)}')`;
  await expect
    .poll(
      async () => {
        await list();
        if (!(await click(place))) return false;
        const shown = await tab.panel.waitForFunction(isDrawn, { polling: 50, timeout: 5000 }).catch(() => null);
        return shown !== null;
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  const { roots, objects } = await tab.snapshot();
  const value = roots[0]?.result.ok ? roots[0].result.value : null;
  return objects.find(({ id }) => value?.type === 'reference' && id === value.id);
};

test('a module that has run is drawn as its exports, which are those that others see', async () => {
  const namespace = await drawn('/store.js');
  expect(namespace?.kind).toBe('module');
  await tab.draw('seen[0]', '$page["store.js"]');
  const { roots, objects } = await tab.snapshot();
  const [cart] = roots.map(({ result }) => (result.ok && result.value.type === 'reference' ? result.value.id : 0));
  const held = objects.find(({ kind }) => kind === 'module')?.parts.map((part) => 'value' in part && part.value);
  expect(held).toContainEqual({ type: 'reference', id: cart });
});

test('after a hot update the earlier instance is superseded, and each draws its own exports', async () => {
  writeFileSync(join(folder, 'store.js'), `${files['store.js']}\n// changed\n`);
  await tab.page.waitForFunction('seen.length === 2', { timeout: 30_000 });
  await list();
  await expect.poll(() => kindsOf('/store.js')).toEqual(['module, superseded', 'module']);
  const before = await rows();
  const superseded = before.find(({ kind, place }) => kind === 'module, superseded' && place.includes('/store.js'));
  expect(superseded?.place).not.toContain('?t=');
});

test('two copies of a package are said to be that', async () => {
  await list();
  await expect
    .poll(() => kindsOf('node_modules/shared'))
    .toEqual(['module, one of several copies', 'module, one of several copies']);
});

test('nothing runs that has not run, no export then is called, and the page hears of no failure', async () => {
  for (const place of ['/thenable.js', '/failing.js']) {
    const module = await drawn(place);
    expect(module?.kind).toBe('scope');
  }
  await list();
  if ((await rows()).some(({ place }) => place.endsWith('/never.js'))) {
    await click('/never.js');
    await tab.until("document.querySelector('.page-lists')?.getAttribute('aria-busy') === 'false'");
  }
  expect(await tab.page.evaluate('[globalThis.called, globalThis.ran, rejections]')).toEqual([null, null, 0]);
});
