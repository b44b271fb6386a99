/**
 * Nothing lives longer because it was looked at, in real DevTools: what a pause showed can be collected when the page has gone
 * on, whatever was done with the picture.
 */
import type { CDPSession } from 'puppeteer-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

/** `pauseWith(name)` pauses where nothing but the paused frame holds what `isCollected(name)` tells of. */
const SCRIPT = `
  const references = new Map(), finalized = new Set();
  const registry = new FinalizationRegistry((name) => finalized.add(name));
  class Order {
    #lines = { total: 1 };
    constructor(name) {
      this.data = new Array(1e6);
      for (const [part, value] of [['', this], [' private', this.#lines], [' data', this.data]]) {
        references.set(name + part, new WeakRef(value));
        registry.register(value, name + part);
      }
    }
    ship(name) {
      const order = this, proxy = new Proxy({ order }, {}), later = Promise.resolve(order);
      const closure = () => [order, proxy, later];
      debugger;
      closure.done = 1;
      return closure;
    }
  }
  function pauseWith(name) {
    setTimeout(() => { new Order(name).ship(name); });
  }
  let held = null;
  const hold = (name) => { held = new Order(name); };
  const names = (name) => [name, name + ' private', name + ' data'];
  const isCollected = (name) =>
    names(name).every((each) => references.get(each).deref() === undefined && finalized.has(each));`;

const tab = memoryGraphPage({ url: 'index.html' });
const { stack, menu } = tab;
let cdp: CDPSession;
beforeAll(async () => {
  await tab.page.addScriptTag({ content: SCRIPT });
  cdp = await tab.page.createCDPSession();
  await stack.follow();
});
afterEach(() => stack.resumeAll());

async function run(expression: string): Promise<unknown> {
  const { result } = await cdp.send('Runtime.evaluate', { expression, returnByValue: true });
  return result.value;
}

async function isCollected(name: string): Promise<unknown> {
  await cdp.send('HeapProfiler.collectGarbage');
  return run(`isCollected(${JSON.stringify(name)})`);
}

const pauseWith = (name: string) => stack.pauseBy(() => run(`pauseWith(${JSON.stringify(name)}); 0`));

/** Goes on as a person does in DevTools. */
async function goOn(): Promise<void> {
  await tab.devtools.waitForFunction(
    `(async () => {
      const { DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
      const { Context } = (await import('devtools://devtools/bundled/ui/legacy/legacy.js')).Context;
      return Context.instance().flavor(DebuggerModel.DebuggerPausedDetails) !== null;
    })()`,
    { polling: 20 },
  );
  await tab.devtools.keyboard.press('F8');
  await stack.until("stack.following.type === 'running'");
}

async function orderOf(): Promise<number> {
  for (const { id, className } of (await stack.objects()).values()) if (className?.head === 'Order') return id;
  throw new Error('The order is not drawn.');
}

/** The box of some object; the picture has as many as can be read. */
async function anyBox(): Promise<string> {
  const selector = '[data-box^="o"]:not([data-box^="o-"])';
  await tab.until(`document.querySelector('${selector}') !== null`);
  return (await tab.attribute(selector, 'data-box')) ?? '';
}

/** Without the focus, in which DevTools' keys mean something else. */
async function watch(expression: string): Promise<void> {
  await tab.panel.evaluate((expression) => {
    const field = document.querySelector('[aria-label="Add watch expression"]');
    if (!(field instanceof HTMLInputElement)) throw new Error('There is no field.');
    field.value = expression;
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  }, expression);
  await stack.until(`stack.watches.some((watch) => watch.expression === '${expression}' && watch.error === null)
    && stack.picture.snapshot.roots.length > 1`);
}

/** What is done with the picture of a pause. */
const ways: readonly (readonly [string, (box: string) => Promise<unknown>])[] = [
  ['drawn', async () => {}],
  ['stepped', () => stack.press('F10')],
  ['stepped twice', () => stack.press('F10').then(() => stack.press('F10'))],
  ['looked back at', () => stack.press('F10').then(() => tab.click('[aria-label="Previous pause (Alt+←)"]'))],
  [
    'drawn in another way',
    async (box) => {
      await menu.open(box);
      await menu.choose('Horizontal');
      await stack.until(`stack.picture.diagram.boxes.find(({ key }) => key === '${box}').orientation === 'horizontal'`);
    },
  ],
  [
    'searched for',
    async (box) => {
      await menu.open(box);
      await menu.choose('Show retainers in graph');
      await tab.untilMessage('from the stack');
    },
  ],
  ['watched', () => watch('order')],
  [
    'logged, and the console cleared',
    async () => {
      await tab.show('console');
      await run('console.log(references.get("logged, and the console cleared").deref())');
      await tab.until("document.querySelector('.logged')?.textContent.includes('Order')");
      expect(await tab.text('.status')).toContain('Kept in memory until the console is cleared');
      await run('console.clear()');
      await tab.show('stack');
    },
  ],
];

describe('what a pause showed can be collected after it', () => {
  test.each(ways)('%s', async (name, act) => {
    await pauseWith(name);
    expect(await orderOf()).toBeGreaterThan(0);
    await act(await anyBox());
    await goOn();
    await expect.poll(() => isCollected(name), { timeout: 30_000 }).toBe(true);
  });

  test('left by a button of ours: DevTools holds it until the page goes on by one of its own, and the view says so', async () => {
    const says = "document.querySelector('.status').textContent.includes('DevTools keeps objects')";
    await pauseWith('left');
    await stack.resumeAll();
    await tab.until(says);
    expect(await isCollected('left')).toBe(false);
    await pauseWith('next');
    await goOn();
    await tab.until(`!${says}`);
    await expect.poll(() => isCollected('left'), { timeout: 30_000 }).toBe(true);
  });
});

/** What is done with the picture of an expression. */
const uses: readonly (readonly [string, (box: string) => Promise<unknown>])[] = [
  ['drawn', async () => {}],
  ['drawn again', () => tab.click('[aria-label^="Refresh graph"]')],
  ['drawn beside another one', () => tab.draw('held', '[held]')],
  ['opened', (box) => menu.open(box).then(() => tab.press('Escape'))],
  ['kept to compare', () => tab.click('[aria-label^="Keep"]')],
  ['selected', (box) => tab.clickInPicture(`[data-box="${box}"] .mg-frame`, { offset: { x: 2, y: 2 } })],
  ['pinned', () => tab.pin('held').then(() => tab.until("memoryGraph.snapshot()?.roots[0]?.label === 'held'"))],
  ['gone back to', () => tab.draw('[1]').then(() => tab.draw('held'))],
  [
    'searched for',
    async (box) => {
      await menu.open(box);
      await menu.choose('Show retainers in graph');
      await tab.untilMessage('object');
      await tab.draw('held');
    },
  ],
  [
    'folded, and that undone and done again',
    async (box) => {
      await menu.open(box);
      await menu.choose('Fold');
      await tab.click('[aria-label^="Undo"]');
      await tab.click('[aria-label^="Redo"]');
    },
  ],
  [
    'searched for everywhere',
    async (box) => {
      await menu.open(box);
      await menu.choose('Show all retainers');
      await tab.untilMessage('globalThis');
      await tab.draw('held');
    },
  ],
  ['run as a program', () => tab.draw('1; held')],
  ['awaited', () => tab.draw('await Promise.resolve(held)')],
  ['read by the automation handle', () => tab.snapshot()],
];

describe.each([true, false])('what an expression showed can be collected while it is shown, debugger: %s', (on) => {
  beforeAll(async () => {
    await tab.show('expression');
    await tab.setDebugger(on);
  });

  test.each(uses)('%s', async (use, act) => {
    const name = `${use} ${on}`;
    await run(`hold(${JSON.stringify(name)}); 0`);
    await tab.draw('held');
    await act(await anyBox());
    await run('held = null; 0');
    await expect.poll(() => isCollected(name), { timeout: 30_000 }).toBe(true);
    if (use === 'pinned') await tab.removePins();
  });
});

describe('what is kept on purpose is said to be, and can be collected when it is let go', () => {
  test('graph(x): the last twenty values, and what the Console shows', async () => {
    await tab.show('expression');
    await tab.untilGraphIsOffered();
    await run('hold("graphed"); 0');
    await tab.frontEnd.enter('graph(held); 0');
    // With the debugger, which following needs, the private object is drawn too.
    await tab.until(
      "memoryGraph.snapshot()?.roots[0]?.label === 'graph[1]' && document.querySelectorAll('[data-box]').length > 1",
    );
    expect(await tab.text('.status')).toContain('graph(…) values are kept in memory');
    await run('held = null; 0');
    expect(await isCollected('graphed')).toBe(false);
    await tab.frontEnd.enter('for (let i = 0; i < 20; i += 1) graph(i); 0');
    await tab.draw('[1]');
    await run('console.clear()');
    await expect.poll(() => isCollected('graphed'), { timeout: 30_000 }).toBe(true);
  });

  test('the view Page: what was drawn from it, until it is listed again', async () => {
    await tab.setDebugger(true);
    await tab.page.addScriptTag({
      content: 'let inScript = null; globalThis.holdInScript = (name) => { inScript = new Order(name); };',
    });
    await run('holdInScript("listed"); 0');
    const list = () =>
      tab.until(
        "document.querySelector('.page-lists')?.getAttribute('aria-busy') === 'false' && document.querySelector('.page-lists section') !== null",
      );
    await tab.show('page');
    await list();
    await tab.until(
      "[...document.querySelectorAll('.page-row > button:first-child')].some(({ textContent }) => textContent === 'inScript')",
    );
    // V8 tells of a function with copies of its scopes.
    await tab.clickButton('Count objects', '.page-lists');
    await tab.until(
      "document.querySelector('.page-lists').getAttribute('aria-busy') === 'false' && document.querySelector('.status').textContent.includes('Kept in memory until the list is refreshed')",
    );
    await tab.clickButton('inScript', '.page-lists');
    await tab.until(
      "memoryGraph.snapshot()?.roots[0]?.label === 'inScript' && memoryGraph.snapshot().objects.length > 1",
    );
    await run('holdInScript = null; inScript = null; 0');
    await expect.poll(() => isCollected('listed'), { timeout: 30_000 }).toBe(true);
  });
});
