/** What a person wrote, in the paused stack of real DevTools: names and lines by source maps, and code that is ignored. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../../scripts/lib/serve.mjs';
import { type DevTools, openDevToolsOnPage } from './harness.ts';
import { stackTools } from './stack-harness.ts';

const { stack, until, follow, pausedAfter, press, resumeAll, frame, frameLabels } = stackTools(() => tools);
let tools: DevTools;
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
  '/node_modules/lib/each.js': `
export function each(list, visitor) {
  for (let position = 0; position < list.length; position += 1) visitor(list[position]);
}
`,
};

async function bundle(name: string, sourcemap: true | 'inline'): Promise<void> {
  const build = await rolldown({
    input: '/src/main.js',
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
  await writeFile(join(folder, 'lost.html'), '<!doctype html><title>lost</title><script src="lost.js"></script>');
  await writeFile(
    join(folder, 'lost.js'),
    'function f(e){const t=e;debugger;return t}\nglobalThis.start=()=>f(1);\n//# sourceMappingURL=nowhere.js.map',
  );
  pages = await serve(folder);
  tools = await openDevToolsOnPage({ url: `${pages.url}linked.html` });
  await follow();
});
afterAll(async () => {
  await tools.close();
  await pages.close();
  await rm(folder, { recursive: true });
});
afterEach(() => resumeAll());

async function pauseIn(page: string): Promise<void> {
  await tools.page.goto(`${pages.url}${page}.html`);
  const before = (await stack()).pauses.length;
  await tools.page.evaluate('setTimeout(start)');
  await pausedAfter(before);
}

const isNamed = "stack.pauses.at(-1).frames.some((label) => label.endsWith(': BinTree.insert'))";

/** The URL of what the editor in Sources shows. */
const sourceShown = async (): Promise<string> =>
  String(
    await tools.devtools.evaluate(`(async () => {
    const { Context } = (await import('devtools://devtools/bundled/ui/legacy/legacy.js')).Context;
    const { UISourceCode } = await import('devtools://devtools/bundled/models/workspace/workspace.js');
    return Context.instance().flavor(UISourceCode.UISourceCode)?.url();
  })()`),
  );

describe.each(['linked', 'inline'])('a minified bundle with its map, %s', (page) => {
  test('functions, variables and lines are those of the source; the map’s libraries are folded', async () => {
    await pauseIn(page);
    await until(isNamed);
    const labels = await frameLabels();
    expect(labels.map((label) => label.replace(/^[\d–]+: /, ''))).toEqual([
      '(top level)',
      'globalThis.start',
      'add_one',
      'library',
      '(anonymous)',
      'BinTree.insert',
    ]);
    expect(await frame(labels.length - 1)).toMatchObject({ newValue: '50' });
    expect(await frame(2)).toMatchObject({ amount: '1' });
    expect(Object.keys(await frame(2))).toEqual(expect.arrayContaining(['items', 'changed']));
    const last = (await stack()).pauses.at(-1);
    expect(last).toMatchObject({ line: 6, source: 'debugger;' });
    expect(last?.url).toMatch(/\/src\/tree\.js$/);
  });

  test('a click on a frame shows its line of the source', async () => {
    await pauseIn(page);
    await until(isNamed);
    const frame = (await frameLabels()).findIndex((label) => label.endsWith(': add_one'));
    // DevTools shows where the page stands as soon as it has read the map, which may be after the tab is shown.
    await expect
      .poll(
        async () => {
          await tools.clickInPicture(`[data-box="o${-2 - frame}"]`);
          return sourceShown();
        },
        { timeout: 15_000, interval: 500 },
      )
      .toMatch(/\/src\/main\.js$/);
  });

  test('a step is named at once, and compared by the names of the source', async () => {
    await pauseIn(page);
    await until(isNamed);
    const named = (await stack()).pauses.length;
    await press('F10');
    await press('F10');
    const { marks, pauses } = await stack();
    expect(pauses.length).toBe(named + 2);
    expect(pauses.at(-2)).toMatchObject({ source: 'values.push(newValue);' });
    // The list, and the frame, which now has what it returns.
    expect(marks?.counts).toEqual({ new: 0, changed: 2, gone: 0 });
  });
});

test('a map that is not to be had changes nothing, and nothing is said of it', async () => {
  await pauseIn('lost');
  const labels = await frameLabels();
  expect(labels.at(-1)).toMatch(/: f$/);
  expect(await frame(labels.length - 1)).toMatchObject({ e: '1', t: '1' });
  expect((await stack()).trouble).toBeNull();
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
    await tools.page.goto(`${pages.url}lost.html`);
    await tools.page.addScriptTag({ content: lib });
    await tools.page.addScriptTag({ content: own });
    const before = (await stack()).pauses.length;
    await tools.page.evaluate('setTimeout(start)');
    await pausedAfter(before);
  }

  test('DevTools steps over what it ignores, though this debugs the page beside it', async () => {
    await pauseHere();
    await press('F10');
    // Into `each`, which DevTools ignores by default: it stops in what that calls.
    await press('F11');
    expect((await frameLabels()).at(-1)).toMatch(/: visit$/);
  });

  test('is folded by the patterns in the settings, which act while the page stands still', async () => {
    await pauseHere();
    await press('F8');
    const names = async () => (await frameLabels()).map((label) => label.replace(/^[\d–]+: /, ''));
    expect(await names()).toEqual(['(top level)', 'globalThis.start', 'library', 'visit']);
    await tools.panel.evaluate(() => memoryGraph.settings({ stack: { ignored: [] } }));
    await until("stack.pauses.at(-1).frames.some((label) => label.endsWith(': each'))");
    await tools.panel.evaluate(() => memoryGraph.settings({}));
    await until("stack.pauses.at(-1).frames.some((label) => label.endsWith(': library'))");
  });
});
