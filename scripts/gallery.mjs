// @ts-check
/**
 * `npm run gallery`: draws every example of the gallery in real DevTools, as a person would, and writes docs/gallery.md
 * with the pictures and the code that made them; and the pictures of docs/configuration.md.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ensureBrowser } from './lib/find-browser.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { buildExtension, Explained, projectRoot, runMain } from './lib/run.mjs';
import { serve } from './lib/serve.mjs';

/**
 * One picture: `step` is the step of the page that it shows, from 1; a page without steps has only its first. `settings`
 * are those of a settings file. `pauses` draws the stack at these pauses of the example's `code`, counted from 1. The page's
 * own code would not do: it runs inside functions of the gallery.
 * @typedef {{
 *   name: string, expression?: string, step?: number, settings?: object, pauses?: readonly number[], caption: string
 * }} Shot
 */

const quietPage = 'page-code.html';

/** Everything, in one piece, in the colors that readers of memory_graph know. */
const asInFiles = { amount: 'all', wrap: false, palette: 'original' };

const asBoxes = { drawing: { primitives: { asBoxes: true } } };

/** @type {readonly {page: string, code?: string, shots: readonly Shot[]}[]} */
const examples = [
  {
    page: 'index.html',
    shots: [{ name: 'containers', expression: 'data', caption: 'An array of an array, an array, a set and a map.' }],
  },
  {
    page: 'immutable.html',
    shots: [
      {
        name: 'immutable-1',
        expression: '{ a, b }',
        step: 1,
        caption: 'Both names hold 10: values are cells, so nothing is shared.',
      },
      {
        name: 'immutable-2',
        expression: '{ a, b }',
        step: 1,
        settings: asBoxes,
        caption: 'The same with *primitives as nodes*: both names refer to one 10.',
      },
      {
        name: 'immutable-3',
        expression: '{ a, b }',
        step: 2,
        settings: asBoxes,
        caption: '`a` refers to another number now.',
      },
    ],
  },
  {
    page: 'mutable.html',
    shots: [
      { name: 'mutable-1', expression: '{ a, b }', step: 1, caption: 'Two names, one array.' },
      {
        name: 'mutable-2',
        expression: '{ a, b }',
        step: 2,
        caption: 'After `a.push(1)`: both names still lead to it.',
      },
    ],
  },
  {
    page: 'copies.html',
    shots: [
      {
        name: 'copies',
        expression: '{ a, c1, c2, c3 }',
        caption: 'Assignment, shallow copy and deep copy of one array.',
      },
    ],
  },
  {
    page: 'custom-copy.html',
    shots: [{ name: 'custom-copy', expression: '{ a, b }', caption: 'A copy that shares one of its two arrays.' }],
  },
  {
    page: 'squares.html',
    shots: [
      { name: 'squares-1', expression: '{ my_squares, my_squares_ref }', step: 3, caption: 'After two rounds.' },
      {
        name: 'squares-2',
        expression: '{ my_squares, my_squares_ref, i, my_squares_copy }',
        step: 7,
        caption: 'At the end, with the copy.',
      },
    ],
  },
  {
    page: 'call-stack.html',
    code: `function add_one(a, b, c) {
  a += 1;
  b.push(1);
  c.push(1);
  debugger;
}
let a = 1, b = [4, 3, 2], c = [4, 3, 2];
add_one(a, b, [...c]);`,
    shots: [{ name: 'call-stack', pauses: [1], caption: 'Paused in `add_one`: only `b` is shared by both frames.' }],
  },
  {
    page: 'factorial.html',
    code: `function factorial(n) {
  if (n === 0) return 1;
  debugger;
  const result = n * factorial(n - 1);
  debugger;
  return result;
}
factorial(3);`,
    shots: [
      {
        name: 'factorial',
        pauses: [1, 3, 6],
        caption: 'Paused in the first call, in the innermost one, and on the way back in the first.',
      },
    ],
  },
  {
    page: 'linked-list.html',
    shots: [
      { name: 'linked-list-1', expression: 'linked_list', step: 5, caption: 'Four values.' },
      { name: 'linked-list-2', expression: 'linked_list', step: 101, caption: 'A hundred values.' },
    ],
  },
  {
    page: 'binary-tree.html',
    shots: [
      { name: 'binary-tree-1', expression: 'tree', step: 9, caption: 'Eight values.' },
      { name: 'binary-tree-2', expression: 'tree', step: 101, caption: 'A hundred values: 101 boxes, 13 levels.' },
    ],
  },
  {
    page: 'hash-set.html',
    shots: [
      { name: 'hash-set-1', expression: 'hash_set', step: 11, caption: 'Ten values in twenty buckets.' },
      { name: 'hash-set-2', expression: 'hash_set', step: 101, caption: 'A hundred values.' },
    ],
  },
  {
    page: 'classes.html',
    shots: [
      {
        name: 'classes-1',
        expression: '{ my_list, My_Class, obj1, obj2, data }',
        step: 1,
        caption: 'The class is a box with its static field.',
      },
      {
        name: 'classes-2',
        expression: '{ my_list, My_Class, obj1, obj2, data }',
        step: 2,
        caption: 'Now `data` leads to `my_list` and back, and `my_list` to itself.',
      },
    ],
  },
  {
    page: 'data-frame.html',
    shots: [{ name: 'data-frame', expression: 'df', caption: 'A data frame that keeps its columns as arrays.' }],
  },
  {
    page: 'kinds.html',
    shots: ['primitives', 'arrays', 'objects', 'classes', 'collections', 'buffers', 'builtins'].map((name) => ({
      name: `kinds-${name}`,
      expression: name,
      caption: `\`${name}\``,
    })),
  },
];

/**
 * Pictures of docs/configuration.md: what one setting does to an expression that makes its own data.
 * @type {readonly {name: string, expression: string, drawing: object}[]}
 */
const settingPictures = [
  { name: 'direction', expression: '[[1, 2], [3, [4]]]', drawing: { direction: 'right' } },
  {
    name: 'orientation',
    expression: '[1, 2, 3]',
    drawing: {
      orientation: { linear: { general: 'horizontal' } },
    },
  },
  { name: 'primitives', expression: '({ a: 10, b: 10, c: "x" })', drawing: { primitives: { asBoxes: true } } },
  { name: 'identity', expression: '[[1], [2]]', drawing: { titles: { identityNumbers: true } } },
  { name: 'matrix', expression: '[[1, 0, 0], [0, 1, 0], [0, 0, 1]]', drawing: { tables: { matrices: true } } },
  {
    name: 'records',
    expression: '[{ name: "Ada", born: 1815 }, { name: "Alan", born: 1912 }]',
    drawing: { tables: { records: true } },
  },
  {
    name: 'join',
    expression: '((shared) => [[shared], [shared], [shared], [shared], [shared], [shared]])({ name: "shared" })',
    drawing: {},
  },
  {
    name: 'collapsed',
    expression: '({ map: new Map([[1, [2]]]), list: [1] })',
    drawing: { types: { map: { display: 'collapsed' } } },
  },
];

/** The code of a page as its script elements hold it, without the indentation of the page. @param {string} page */
function codeOf(page) {
  const source = readFileSync(`${projectRoot}/demo/${page}`, 'utf8');
  const parts = [...source.matchAll(/<script class="example"([^>]*)>([\s\S]*?)<\/script>/g)].map(
    ([, attributes = '', text = '']) => {
      const lines = text.replace(/^\s*\n|\s+$/g, '').split('\n');
      const indent = Math.min(
        ...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length),
      );
      const times = /data-times="(\d+)"/.exec(attributes)?.[1];
      const head = times ? `// ${times} times:\n` : '';
      return head + lines.map((line) => line.slice(indent)).join('\n');
    },
  );
  return parts.join('\n\n');
}

/**
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {import('puppeteer-core').Frame} Frame
 */

/** Evaluates in DevTools, with the debugger of the page as `debug`. @param {Page} devtools @param {string} expression */
function withDebugger(devtools, expression) {
  return devtools.evaluate(`(async () => {
    const { TargetManager, DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
    const target = TargetManager.TargetManager.instance().primaryPageTarget();
    const debug = target.model(DebuggerModel.DebuggerModel);
    return ${expression};
  })()`);
}

/** Waits for the step to end: until then no button can be pressed. @param {Page} page @param {string} label */
async function press(page, label) {
  await page.evaluate((wanted) => {
    for (const button of document.querySelectorAll('button')) if (button.textContent === wanted) button.click();
  }, label);
  await page.waitForSelector('.steps button:enabled');
}

/** @param {string} what @param {() => Promise<boolean>} condition */
async function until(what, condition) {
  for (let tries = 0; tries < 300; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Explained(`${what} did not happen within 30 seconds.`);
}

await runMain(async () => {
  await ensurePackages();
  const executablePath = await ensureBrowser();
  const extension = await buildExtension();
  const { launchBrowser, openMemoryGraph, undock } = await import('./lib/launch.mjs');
  const served = await serve(`${projectRoot}/demo`);
  const browser = await launchBrowser({ executablePath, extension, headless: true, width: 1280, height: 900 });
  const folder = `${projectRoot}/docs/gallery`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const lines = [
    '# Gallery',
    '',
    'The examples of `demo/` as Memory Graph draws them, each with its code. To click through them, run `npm start`.',
    'Made by `npm run gallery`.',
    '',
  ];
  try {
    const [page = await browser.newPage()] = await browser.pages();
    await page.goto(served.url);
    const { devtools, panel } = await openMemoryGraph(page);
    await undock(devtools, { width: 1280, height: 800 });

    /** @param {string} name @param {string} caption */
    const keep = async (name, caption) => {
      writeFileSync(`${folder}/${name}.svg`, await panel.evaluate(() => memoryGraph.svg()));
      lines.push(`![${caption.replace(/[*`]/g, '')}](gallery/${name}.svg)`, '', `*${caption.replace(/\*/g, '')}*`, '');
    };
    /** @param {number} step */
    const goOn = async (step) => {
      const place = () =>
        page.$eval('.steps .place', (part) => Number(part.textContent?.match(/\d+/)?.[0])).catch(() => 1);
      for (let at = await place(); at < step; at = await place()) await press(page, 'Forward');
    };

    for (const { page: file, code, shots } of examples) {
      await page.goto(new URL(file, served.url).href);
      const title = await page.$eval('h1', (heading) => heading.textContent ?? '');
      const [text = ''] = await page.$$eval('main p', (parts) =>
        parts.map((part) => (part.textContent ?? '').replace(/\s+/g, ' ').trim()),
      );
      lines.push(`## ${title}`, '', text, '', '```js', code ?? codeOf(file), '```', '');
      for (const { name, expression, step = 1, settings = {}, pauses, caption } of shots) {
        const { drawing } = /** @type {{drawing?: object}} */ (settings);
        const whole = { ...settings, drawing: { ...asInFiles, ...drawing } };
        await panel.evaluate((value) => memoryGraph.settings(value), whole);
        if (expression !== undefined) {
          await goOn(step);
          // A request that is under way while the page changes is refused, so it is repeated.
          await until(`A picture of ${expression}`, () =>
            panel.evaluate(
              (wanted) =>
                memoryGraph.draw(wanted).then(
                  () => true,
                  () => false,
                ),
              expression,
            ),
          );
          await keep(name, caption);
        }
        if (pauses === undefined || code === undefined) continue;
        // A page with none of these names.
        await page.goto(new URL(quietPage, served.url).href);
        await panel.evaluate(() => memoryGraph.show('stack'));
        await panel.evaluate(() => {
          document.querySelector('.attach')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        });
        await until('The debugger', () => panel.evaluate(() => memoryGraph.stack().following.type !== 'off'));
        const before = await panel.evaluate(() => memoryGraph.stack().pauses.length);
        void page.evaluate(code).catch(() => {});
        for (let pause = 1; pause <= Math.max(...pauses); pause++) {
          await until(`Pause ${pause} of ${file}`, () =>
            panel.evaluate((count) => memoryGraph.stack().pauses.length >= count, before + pause),
          );
          if (pauses.includes(pause))
            await keep(pauses.length === 1 ? name : `${name}-${pauses.indexOf(pause) + 1}`, caption);
          await withDebugger(devtools, 'debug.resume()');
        }
        await withDebugger(devtools, 'target.debuggerAgent().invoke_setSkipAllPauses({ skip: true })');
        await withDebugger(devtools, 'debug.resume()');
        await withDebugger(devtools, 'target.debuggerAgent().invoke_setSkipAllPauses({ skip: false })');
        await panel.evaluate(() => memoryGraph.show('expression'));
      }
    }
    for (const { name, expression, drawing } of settingPictures) {
      await panel.evaluate((value) => memoryGraph.settings(value), { drawing: { ...asInFiles, ...drawing } });
      await panel.evaluate((wanted) => memoryGraph.draw(wanted), expression);
      writeFileSync(`${folder}/setting-${name}.svg`, await panel.evaluate(() => memoryGraph.svg()));
    }
  } finally {
    await browser.close();
    await served.close();
  }
  writeFileSync(`${projectRoot}/docs/gallery.md`, lines.join('\n'));
  console.log(
    `docs/gallery.md and ${examples.reduce((sum, { shots }) => sum + shots.length, 0)} examples in docs/gallery/ are written.`,
  );
  return 0;
});
