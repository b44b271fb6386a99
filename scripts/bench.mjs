// @ts-check
/**
 * `npm run bench`: how long each stage takes in real DevTools, compared with native Graphviz and with the page's own
 * JSON.stringify in the same run. Prints ratios; asserts nothing, since machines differ.
 * `npm run bench -- capture` measures the capture alone, `-- record` recordings beside stepping, `-- console` what watching the
 * console costs, `-- page` completion and the view Page, `-- readable` (and names of programs) whether the first picture of real
 * programs can be read, `-- gallery` how clear and how still the gallery's pictures are, `-- scale` (and names of shapes) pictures of
 * thousands of boxes.
 */
import { spawnSync } from 'node:child_process';
import { ensureBrowser } from './lib/find-browser.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { Explained, projectRoot, runTool } from './lib/run.mjs';

/** How often a structure of so many values is drawn: more often where a drawing takes less time. */
const ROUNDS = /** @type {const} */ ([
  [100, 15],
  [1000, 5],
  [5000, 2],
]);

/** Source of the values to draw, `k` of them, in the shape that the gallery uses. */
const STRUCTURES = {
  'linked list': `(k) => {
    const list = { head: null, tail: null };
    for (let i = 0; i < k; i++) {
      const node = { prev: null, value: (i * 49) % 100, next: list.head };
      if (list.head) list.head.prev = node; else list.tail = node;
      list.head = node;
    }
    return list;
  }`,
  'binary tree': `(k) => {
    const tree = { root: null };
    let seed = 7;
    for (let i = 0; i < k; i++) {
      seed = (seed * 16807) % 2147483647;
      const added = { smaller: null, value: seed % (k * 10), larger: null };
      let node = tree.root;
      if (!node) tree.root = added;
      while (node) {
        const side = added.value < node.value ? 'smaller' : 'larger';
        if (!node[side]) { node[side] = added; break; }
        node = node[side];
      }
    }
    return tree;
  }`,
  'hash set': `(k) => {
    const buckets = new Array(Math.ceil(k / 5)).fill(null);
    for (let i = 0; i < k; i++) {
      const value = (i * 7919) % (k * 10);
      const index = value % buckets.length;
      if (buckets[index]) buckets[index].push(value); else buckets[index] = [value];
    }
    return { buckets };
  }`,
};

/** The whole structure is drawn, however large, because limits would measure themselves. */
const WHOLE = {
  amount: /** @type {const} */ ('all'),
  slices: { begin: 1e6, middle: 0, end: 0 },
  depth: 1e6,
  objects: 1e6,
  time: 30_000,
};

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {number} value */
const ms = (value) => (Number.isFinite(value) ? value.toFixed(value < 10 ? 1 : 0) : '–').padStart(8);

/** @param {string} dot @returns {number} milliseconds of native `dot -Tsvg`, NaN where it fails */
function nativeDot(dot) {
  const start = performance.now();
  const { status, error } = spawnSync('dot', ['-Tsvg'], { input: dot, maxBuffer: 2 ** 28, timeout: 60_000 });
  return status === 0 && !error ? performance.now() - start : Number.NaN;
}

/** @param {import('puppeteer-core').Page} page @param {import('puppeteer-core').Frame} panel */
async function stages(page, panel) {
  const hasDot = spawnSync('dot', ['-V']).status === 0;
  if (!hasDot) console.log('native dot is not installed: its column is skipped.');
  console.log('\nFrom an expression to the picture, milliseconds (median of 15, 5 and 2 drawings)');
  console.log(
    `${''.padEnd(24)}${['capture', 'diagram', 'layout', 'paint', 'dot -Tsvg', 'ours/dot'].map((h) => h.padStart(10)).join('')}  tier`,
  );
  // The small ones first: after 5,000 boxes the page and the panel have garbage to collect.
  for (const [k, rounds] of ROUNDS) {
    for (const [name, source] of Object.entries(STRUCTURES)) {
      await page.evaluate(`globalThis.subject = (${source})(${k})`);
      /** @type {Record<'capture' | 'diagram' | 'layout' | 'paint', number[]>} */
      const times = { capture: [], diagram: [], layout: [], paint: [] };
      let dot = '';
      let tier = '';
      let trouble = '';
      for (let round = 0; round < rounds; round++) {
        const result = await panel.evaluate(async (view) => {
          const { memoryGraph } = globalThis;
          memoryGraph.view(view);
          try {
            await memoryGraph.draw('subject');
          } catch (error) {
            return String(error);
          }
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
          const painted = performance.now();
          // Moves take a quarter of a second. The next drawing begins when they have ended.
          await new Promise((resolve) => setTimeout(resolve, 400));
          const { times, tier, readyAt } = memoryGraph.stats();
          return { ...times, paint: painted - readyAt, tier };
        }, WHOLE);
        if (typeof result === 'string') {
          trouble = result;
          break;
        }
        times.capture.push(result.capture);
        times.diagram.push(result.diagram);
        times.layout.push(result.layout);
        times.paint.push(result.paint);
        tier = result.tier;
      }
      const label = `${name}, ${k}`.padEnd(24);
      if (trouble) {
        console.log(`${label}  ${trouble}`);
        continue;
      }
      dot = await panel.evaluate(() => globalThis.memoryGraph.dot());
      const native = hasDot ? median(Array.from({ length: k > 1000 ? 1 : 3 }, () => nativeDot(dot))) : Number.NaN;
      const ours = median(times.capture) + median(times.diagram) + median(times.layout);
      const row = [times.capture, times.diagram, times.layout, times.paint].map((t) => `  ${ms(median(t))}`).join('');
      const ratio = Number.isFinite(native) ? (ours / native).toFixed(2) : '–';
      console.log(`${label}${row}  ${ms(native)}${ratio.padStart(10)}  ${tier}`);
    }
  }
  console.log('ours = capture + diagram + layout; paint = elements made and shown for the first time');
}

/** @param {import('puppeteer-core').Page} page @param {import('puppeteer-core').Frame} panel */
async function millionElements(page, panel) {
  await page.evaluate(`globalThis.few = Array.from({length: 27}, (_, i) => i);
    globalThis.million = Array.from({length: 1e6}, (_, i) => i)`);
  /** @param {string} expression */
  const capture = async (expression) => {
    const times = [];
    for (let round = 0; round < 9; round++) {
      times.push(
        await panel.evaluate(async (expression) => {
          globalThis.memoryGraph.view({ amount: 'all', slices: { begin: 10, middle: 5, end: 10 } });
          await globalThis.memoryGraph.draw(expression);
          return globalThis.memoryGraph.stats().times.capture;
        }, expression),
      );
    }
    return median(times);
  };
  await capture('few');
  const few = await capture('few');
  const million = await capture('million');
  console.log(
    `\nCapture of an array of 1,000,000 elements: ${million.toFixed(1)} ms, ${(million / few).toFixed(2)} times an array of 27 (${few.toFixed(1)} ms)`,
  );
}

try {
  await ensurePackages();
  const executablePath = await ensureBrowser();
  if ((await runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn'])) !== 0)
    throw new Explained('The extension did not build; the messages above say why.');
  const { launchBrowser, openMemoryGraph } = await import('./lib/launch.mjs');
  const { serve } = await import('./lib/serve.mjs');
  const server = await serve(`${projectRoot}/demo`);
  const browser = await launchBrowser({
    executablePath,
    extension: `${projectRoot}/dist`,
    headless: true,
    width: 1280,
    height: 800,
  });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const { devtools, panel } = await openMemoryGraph(page);
    const { captures } = await import('./lib/bench-capture.mjs');
    const { readable } = await import('./lib/bench-readable.mjs');
    const { recordings } = await import('./lib/bench-record.mjs');
    const { scale } = await import('./lib/bench-scale.mjs');
    const { pageView } = await import('./lib/bench-page.mjs');
    const { gallery } = await import('./lib/bench-gallery.mjs');
    const { idleWatch, stacks } = await import('./lib/bench-stack.mjs');
    if (process.argv.includes('capture')) await captures(page, panel);
    else if (process.argv.includes('page')) await pageView(page, panel);
    else if (process.argv.includes('console')) await idleWatch(page, panel);
    else if (process.argv.includes('record')) await recordings(page, devtools, panel);
    else if (process.argv.includes('readable')) {
      const only = process.argv.slice(process.argv.indexOf('readable') + 1);
      await readable({ page, devtools, panel, only });
    } else if (process.argv.includes('scale')) {
      await scale({ page, devtools, panel, only: process.argv.slice(process.argv.indexOf('scale') + 1) });
    } else if (process.argv.includes('gallery')) {
      await gallery(page, panel, server.url);
    } else if (process.argv.includes('stack')) {
      await stacks(page, devtools, panel);
      await idleWatch(page, panel);
    } else {
      await stages(page, panel);
      await millionElements(page, panel);
      await captures(page, panel);
      await gallery(page, panel, server.url);
      await stacks(page, devtools, panel);
      await idleWatch(page, panel);
    }
  } finally {
    await browser.close();
    await server.close();
  }
} catch (error) {
  if (!(error instanceof Explained)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
