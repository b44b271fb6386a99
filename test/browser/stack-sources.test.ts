/** What a person wrote, in the paused stack of real DevTools: names and lines by source maps, and code that is ignored. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../scripts/lib/serve.mjs';
import { MemoryGraphPage } from './memory-graph-page.ts';

/** Served by ourselves, because the bundles are made when the tests begin. */
const tab = new MemoryGraphPage();
const { stack } = tab;
let folder: string;
let pages: Awaited<ReturnType<typeof serve>>;

const files: Readonly<Record<string, string>> = {
  '/src/main.js': `
import { each } from '/node_modules/lib/each.js';
import { BinTree } from './tree.js';
const tree = new BinTree();
function add_one(amount, items) {
  const changed = [];
  each(items, (item) => {
    const larger = item + amount;
    tree.insert(larger);
    changed.push(larger);
  });
  return changed;
}
globalThis.start = () => console.log(add_one(1, [49, 97]));
`,
  '/src/tree.js': `
export class BinTree {
  values = [];
  insert(newValue) {
    const { values } = this;
    debugger;
    values.push(newValue);
  }
}
`,
  '/src/named.js': `
import { each } from '/node_modules/lib/each.js';
let counter = 0;
class Cart {
  #items = [1];
  static { globalThis.inBlock = () => { debugger; }; if (location.hash === '#static') debugger; }
  field = (() => { if (globalThis.stopAt === 'field') debugger; return 1; })();
  get count() { if (globalThis.stopAt === 'getter') debugger; return this.#total(); }
  #total() { if (globalThis.stopAt === 'private') debugger; counter += 1; return this.#items.length; }
}
const handlers = { deep: {} };
handlers.deep.onclick = function () { debugger; };
globalThis.start = (kind) => {
  globalThis.stopAt = kind;
  if (kind === 'callback') return [1].map((item) => { each([item], (inner) => { debugger; return inner; }); });
  if (kind === 'handler') return handlers.deep.onclick();
  if (kind === 'nameless') return [() => { debugger; }][0]();
  if (kind === 'block') return globalThis.inBlock();
  return new Cart().count;
};
`,
  '/src/twice.js': `
import { state as other } from './first.js';
const state = { of: 'second' };
globalThis.start = function both() { const watch = [state, other]; debugger; return watch; };
`,
  '/src/first.js': `
export const state = { of: 'first' };
globalThis.change = () => { state.of += '!'; };
`,
  '/node_modules/lib/each.js': `
export function each(list, visitor) {
  for (let position = 0; position < list.length; position += 1) visitor(list[position]);
}
`,
};

async function bundle(name: string, sourcemap: true | 'inline', input = '/src/main.js'): Promise<void> {
  const build = await rolldown({
    input,
    plugins: [
      {
        name: 'files',
        resolveId: (id, from) => (id.startsWith('.') && from ? new URL(id, `file://${from}`).pathname : id),
        load: (id) => files[id] ?? null,
      },
    ],
  });
  await build.write({
    dir: folder,
    entryFileNames: `${name}.js`,
    format: 'iife',
    sourcemap,
    // Unlike `compress`, it leaves \`debugger\` alone.
    minify: { compress: false, mangle: { toplevel: true }, codegen: true },
    sourcemapIgnoreList: (source) => source.includes('node_modules'),
  });
  await writeFile(
    join(folder, `${name}.html`),
    `<!doctype html><title>${name}</title><script src="${name}.js"></script>`,
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'memory-graph-'));
  await bundle('linked', true);
  await bundle('inline', 'inline');
  await bundle('named', true, '/src/named.js');
  await bundle('twice', true, '/src/twice.js');
  await writeFile(join(folder, 'lost.html'), '<!doctype html><title>lost</title><script src="lost.js"></script>');
  await writeFile(
    join(folder, 'lost.js'),
    'function f(e){const t=e;debugger;return t}\nglobalThis.start=()=>f(1);\n//# sourceMappingURL=nowhere.js.map',
  );
  pages = await serve(folder);
  await tab.open({ url: `${pages.url}linked.html` });
  await stack.follow();
});
afterAll(async () => {
  await tab.close();
  await pages.close();
  await rm(folder, { recursive: true });
});
afterEach(() => stack.resumeAll());

async function pauseIn(page: string): Promise<void> {
  await tab.page.goto(`${pages.url}${page}.html`);
  await stack.pauseBy(() => tab.page.evaluate('setTimeout(start)'));
}

const isNamed = "stack.pauses.at(-1).frames.some((label) => label.endsWith(': BinTree.insert'))";

describe.each(['linked', 'inline'])('a minified bundle with its map, %s', (page) => {
  test('functions, variables and lines are those of the source; the map’s libraries are folded', async () => {
    await pauseIn(page);
    await stack.until(isNamed);
    const labels = await stack.frameLabels();
    expect(labels.map((label) => label.replace(/^[\d–]+: /, ''))).toEqual([
      '(top level)',
      'globalThis.start',
      'add_one',
      'library',
      'callback of each',
      'BinTree.insert',
    ]);
    expect(await stack.frame(labels.length - 1)).toMatchObject({ newValue: '50' });
    expect(await stack.frame(2)).toMatchObject({ amount: '1' });
    expect(Object.keys(await stack.frame(2))).toEqual(expect.arrayContaining(['items', 'changed']));
    const last = (await stack.state()).pauses.at(-1);
    expect(last).toMatchObject({ line: 6, source: 'debugger;' });
    expect(last?.url).toMatch(/\/src\/tree\.js$/);
  });

  test('a click on a frame shows its line of the source', async () => {
    await pauseIn(page);
    await stack.until(isNamed);
    const frame = await stack.boxOf('add_one');
    // DevTools shows where the page is paused as soon as it has read the map, which may be after the tab is shown.
    await expect
      .poll(
        async () => {
          await tab.clickInPicture(`[data-box="${frame}"]`);
          return tab.frontEnd.shownSource();
        },
        { timeout: 15_000, interval: 500 },
      )
      .toMatch(/\/src\/main\.js$/);
  });

  test('a step is named at once, and compared by the names of the source', async () => {
    await pauseIn(page);
    await stack.until(isNamed);
    const named = (await stack.state()).pauses.length;
    await stack.press('F10');
    await stack.press('F10');
    const { marks, pauses } = await stack.state();
    expect(pauses.length).toBe(named + 2);
    expect(pauses.at(-2)).toMatchObject({ source: 'values.push(newValue);' });
    // The list, and the frame, which now has what it returns.
    expect(marks?.counts).toEqual({ new: 0, changed: 2, gone: 0 });
  });
});

test.each([
  ['callback', ['globalThis.start', 'callback of map', 'library', 'callback of each']],
  ['handler', ['globalThis.start', 'onclick']],
  ['nameless', ['globalThis.start', '(anonymous, line 17)']],
  ['field', ['globalThis.start', 'Cart', 'field initializers of Cart', '(anonymous, line 7)']],
  ['getter', ['globalThis.start', 'Cart.get count']],
  ['private', ['globalThis.start', 'Cart.get count', 'Cart.#total']],
])('names of functions in a minified bundle, by its map: %s', async (kind, names) => {
  await tab.page.goto(`${pages.url}named.html`);
  await stack.pauseBy(() =>
    tab.page.evaluate((kind) => void setTimeout(Reflect.get(globalThis, 'start'), 0, kind), kind),
  );
  await stack.until(`stack.pauses.at(-1).frames.at(-1).endsWith(${JSON.stringify(names.at(-1))})`);
  const labels = (await stack.frameLabels()).slice(1).map((label) => label.replace(/^[\d–]+: /, ''));
  expect(labels).toEqual(names);
});

test('of two variables with one name in the sources, both have it, and one its name in the bundle, too', async () => {
  await pauseIn('twice');
  await stack.until("stack.pauses.at(-1).frames.at(-1).endsWith('both')");
  await expect
    .poll(async () => Object.keys(await stack.frame((await stack.frameLabels()).length - 1)))
    .toEqual(['watch', 'state', expect.stringMatching(/^state \(\S+\)$/)]);
});

test('a static block in a minified bundle, by its map', async () => {
  await tab.page.goto(`${pages.url}lost.html`);
  const script = `${pages.url}named.js`;
  await stack.pauseBy(() =>
    tab.page.evaluate((script) => {
      location.hash = 'static';
      const element = document.createElement('script');
      element.src = script;
      document.body.append(element);
    }, script),
  );
  await stack.until(`stack.pauses.at(-1).frames.at(-1).endsWith(': static block of Cart')`);
});

describe('a map that comes late', () => {
  const map = {
    version: 3,
    sources: ['late.js'],
    sourcesContent: ['function visit(item) {}'],
    names: [],
    mappings: '',
  };
  /** DevTools asks for the map as well. */
  const waiting: (() => void)[] = [];
  const server = createServer((_request, response) => void waiting.push(() => response.end(JSON.stringify(map))));
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => void server.close());

  async function pauseBeforeMap(): Promise<void> {
    const { port } = server.address() as AddressInfo;
    await tab.page.goto(`${pages.url}lost.html`);
    await tab.page.addScriptTag({
      content: `function v(i) { const s = i; debugger; }\n//# sourceMappingURL=http://127.0.0.1:${port}/late.map`,
    });
    await stack.pauseBy(() => tab.page.evaluate('void setTimeout("v(1)")'));
  }

  test('the view says whose names it shows, until the map is there', async () => {
    await pauseBeforeMap();
    const { pauses, trouble } = await stack.state();
    // The picture had waited for it.
    expect(pauses.at(-1)?.milliseconds).toBeGreaterThan(500);
    expect(trouble).toBe('These are the names in the script, until its source map is loaded.');
    await expect
      .poll(
        async () => {
          for (const answer of waiting.splice(0)) answer();
          return (await stack.state()).trouble;
        },
        { timeout: 30_000 },
      )
      .toBeNull();
    expect((await stack.state()).pauses.at(-1)?.number).toBe(pauses.at(-1)?.number);
  });
});

test('a map that cannot be loaded changes nothing, and shows no message', async () => {
  await pauseIn('lost');
  const labels = await stack.frameLabels();
  expect(labels.at(-1)).toMatch(/: f$/);
  expect(await stack.frame(labels.length - 1)).toMatchObject({ e: '1', t: '1' });
  expect((await stack.state()).trouble).toBeNull();
});

describe('code that is ignored', () => {
  const lib = `function each(list, visitor) {
    for (const item of list) visitor(item);
  }
  //# sourceURL=http://example.test/node_modules/each.js`;
  const own = `function visit(item) {
    const seen = item;
    if (item === 2) debugger;
    return seen;
  }
  globalThis.start = () => {
    debugger;
    each([1, 2], visit);
  };`;

  async function pauseHere(): Promise<void> {
    await tab.page.goto(`${pages.url}lost.html`);
    await tab.page.addScriptTag({ content: lib });
    await tab.page.addScriptTag({ content: own });
    await stack.pauseBy(() => tab.page.evaluate('setTimeout(start)'));
  }

  test('DevTools steps over what it ignores, although there is a second debugger', async () => {
    await pauseHere();
    await stack.press('F10');
    // Into `each`, which DevTools ignores by default: it stops in what that calls.
    await stack.press('F11');
    expect((await stack.frameLabels()).at(-1)).toMatch(/: visit$/);
  });

  test('is folded by the patterns in the settings, which act while the page is paused', async () => {
    await pauseHere();
    await stack.press('F8');
    const names = async () => (await stack.frameLabels()).map((label) => label.replace(/^[\d–]+: /, ''));
    expect(await names()).toEqual(['(top level)', 'globalThis.start', 'library', 'visit']);
    await tab.settings({ stack: { ignored: [] } });
    await stack.until("stack.pauses.at(-1).frames.some((label) => label.endsWith(': each'))");
    await tab.settings();
    await stack.until("stack.pauses.at(-1).frames.some((label) => label.endsWith(': library'))");
  });
});
