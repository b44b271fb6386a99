/** Lenses in real DevTools on programs of the libraries themselves: offered, turned on and off with the mouse. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApps } from '../../scripts/lib/apps.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  const { folder } = await buildApps();
  served = await serve(folder);
}, 300_000);
afterAll(() => served?.close());

const open = async (program: string) => {
  await tab.goTo(`${served.url}${program}.html`);
  await tab.page.waitForFunction('globalThis.ready === true');
};

/** The rows of the root: `name` or `name: text`. */
const rows = () =>
  tab.panel.evaluate(() => {
    const [root] = memoryGraph.diagram().boxes;
    return {
      title: root?.title ?? '',
      rows: (root?.rows ?? []).map((row) => row.map((cell) => cell?.text).join(': ')),
    };
  });

test.each(['react', 'react18'])('a component of %s with its previous render', async (program) => {
  await open(program);
  await tab.page.evaluate(`dispatch({ type: 'toggle', id: 0 })`);
  await tab.page.waitForFunction(`todos[0].done`);
  await tab.draw('fiber.return');
  await tab.until("document.querySelector('.view-bar.lens')?.textContent.includes('This is React')");
  const plain = await rows();
  await tab.panel.click('.view-bar.lens .text-button');
  await tab.until("document.querySelector('.view-bar.lens')?.textContent.includes('React lens')");
  await tab.until("memoryGraph.diagram().boxes[0].title.includes('(React)')");
  const seen = await rows();
  expect(seen.title).toBe('<Item> (React)');
  const names = seen.rows.map((row) => row.replace(/: .*/, ''));
  expect(names).toEqual(expect.arrayContaining(['prop todo', 'prop onToggle', 'ref 1 current', 'context 1']));
  const text = seen.rows.join('\n');
  expect(text).toMatch(/prop todo.*\nwas: changed inside/);
  expect(text).toMatch(/prop onToggle.*\nwas: other/);
  expect(text).toMatch(/ref 1 current.*\nwas: same/);
  await tab.panel.click('.view-bar.lens .text-button');
  await tab.until("memoryGraph.diagram().boxes[0].title === 'FiberNode'");
  expect((await rows()).title).toBe(plain.title);
});

test.each([
  ['three', 'scene', 'three.js', 'Scene (three.js)'],
  ['signals', 'count', 'Signals', 'signal (Signals)'],
  ['state', 'subj', 'RxJS', '(RxJS)'],
])('%s: %s', async (program, root, lens, title) => {
  await open(program);
  await tab.draw(root);
  await tab.until(
    `document.querySelector('.view-bar.lens')?.textContent.includes(${JSON.stringify(`This is ${lens}`)})`,
  );
  await tab.panel.click('.view-bar.lens .text-button');
  await tab.until(`memoryGraph.diagram().boxes[0].title.endsWith(${JSON.stringify(title)})`);
  expect(await tab.message()).toBeNull();
});

test('a lens of the settings file', async () => {
  await tab.goTo(tab.home);
  await tab.page.evaluate(`globalThis.order = { orderId: 7, state: 'paid', history: ['new'], secret: {} }`);
  await tab.settings({
    lenses: [
      {
        name: 'Orders',
        rules: [
          {
            match: { has: ['orderId', 'history'] },
            title: 'Order {orderId}',
            rows: [{ path: 'state', before: 'history.0' }],
          },
        ],
      },
    ],
  });
  await tab.draw('order');
  await tab.until("document.querySelector('.view-bar.lens')?.textContent.includes('This is Orders')");
  await tab.panel.click('.view-bar.lens .text-button');
  await tab.until("memoryGraph.diagram().boxes[0].title === 'Order 7 (Orders)'");
  expect((await rows()).rows).toEqual(['state: "paid"', 'was: other: "new"']);
  await tab.panel.click('[aria-label^="Undo"]');
  await tab.until("memoryGraph.diagram().boxes[0].title === 'Object'");
});

/** The names of the rows of the root, whatever its orientation, with the values that are text. */
const named = () =>
  tab.panel.evaluate(() => {
    const [root] = memoryGraph.diagram().boxes;
    return (root?.lines ?? []).map(({ labels, value }) => {
      const text = (at: { row: number; column: number } | undefined) => at && root?.rows[at.row]?.[at.column]?.text;
      return `${text(labels[0])} ${text(value)}`.trim();
    });
  });
const lensBar = (text: string): Promise<void> =>
  tab.until(`document.querySelector('.view-bar.lens')?.textContent.includes(${JSON.stringify(text)})`);
const useLens = () => tab.panel.click('.view-bar.lens .text-button');
const untilTitle = (title: string): Promise<void> =>
  tab.until(`memoryGraph.diagram().boxes[0].title === ${JSON.stringify(title)}`);

test('MobX is recognized by what is not enumerable; the plain truth is what it was before', async () => {
  await open('state');
  await tab.draw('cart');
  const plain = await rows();
  await lensBar('This is MobX');
  await useLens();
  await untilTitle('Cart (MobX)');
  expect(await named()).toEqual(['items', 'total 0', 'count']);
  await useLens();
  await tab.until("memoryGraph.diagram().boxes[0].title === 'Cart'");
  await tab.until("!memoryGraph.snapshot().objects[0].parts.some(({ key }) => key?.type === 'symbol')");
  expect(await rows()).toEqual(plain);
  await lensBar('This is MobX');
});

test.each([
  // Nothing is read anew for this one.
  ['signals', 'count', 'Signals', 'signal (Signals)', 'Kept'],
  // More is read for this lens than was kept.
  ['three', 'scene', 'three.js', 'Scene (three.js)', 'not compared'],
])('%s: a lens marks nothing as changed', async (program, root, lens, title, sentence) => {
  await open(program);
  await tab.draw(root);
  await lensBar(`This is ${lens}`);
  await tab.panel.click('[aria-label="Keep"]');
  await useLens();
  await untilTitle(title);
  await tab.until(`document.querySelector('.comparison')?.textContent.includes(${JSON.stringify(sentence)})`);
  expect(await tab.panel.$$eval('[data-marked-box]', (marks) => marks.length)).toBe(0);
  await tab.clickButton('Stop comparing');
  await useLens();
  await tab.until(`memoryGraph.diagram().boxes[0].title !== ${JSON.stringify(title)}`);
});

test('an element shows its own fields, without those of frameworks', async () => {
  await open('react');
  await tab.page.evaluate("globalThis.item = Object.assign(document.querySelector('li'), { mine: { a: 1 } })");
  await tab.draw('item');
  await lensBar('This is DOM');
  expect((await rows()).rows.join()).toContain('__react');
  await useLens();
  await tab.until("memoryGraph.diagram().boxes[0].title.endsWith('(DOM)')");
  const { rows: shown } = await rows();
  expect(shown.join()).toContain('mine');
  expect(shown.join()).not.toContain('__react');
});

describe('with the debugger', () => {
  beforeAll(() => tab.setDebugger(true));
  afterAll(() => tab.setDebugger(false));

  test.each([
    ['solid', 'count', 'Signals', 'ƒ signal (Signals)', /^value 0,subscriber 0/],
    ['solid', 'store', 'Signals', 'store (Signals)', /^user.*,todos/],
    ['svelte', 'tasks', 'Svelte', 'state (Svelte)', /^0/],
    ['state', 'redux', 'Store', 'Redux store (Store)', /^state/],
    ['vue', 'store', 'Vue', 'reactive (Vue)', /^user.*,cart/],
  ])('%s: %s', async (program, root, lens, title, shown) => {
    await open(program);
    await tab.draw(root);
    await lensBar(`This is ${lens}`);
    await useLens();
    await untilTitle(title);
    expect((await named()).join()).toMatch(shown);
    await useLens();
    await tab.until(`memoryGraph.diagram().boxes[0].title !== ${JSON.stringify(title)}`);
  });

  test('an ES module', async () => {
    await tab.page.evaluate(
      "import('data:text/javascript,export const a = 1; export const b = { c: 2 }').then((module) => { globalThis.module = module; })",
    );
    await tab.draw('module');
    await lensBar('This is ES module');
    await useLens();
    await untilTitle('exports (ES module)');
    expect((await rows()).rows).toHaveLength(2);
  });
});
