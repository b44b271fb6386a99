/** The list of what the page logged, in real DevTools. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
let home: string;
beforeAll(async () => {
  home = tab.page.url();
  await tab.show('console');
  await tab.until("document.querySelector('.attach') !== null");
  await tab.click('.attach');
});
beforeEach(async () => {
  await tab.page.goto(home);
  await tab.show('console');
  await tab.until("document.querySelector('.welcome')?.textContent.includes('No objects logged')");
});

/** Newest first, as they are shown. */
const rows = () =>
  tab.panel.evaluate(() =>
    [...document.querySelectorAll('.logged li')].map((row) => {
      const part = (selector: string) => row.querySelector(selector)?.textContent ?? '';
      return `${part('.level')} | ${part('.content')} | ${part('.place')}`;
    }),
  );
const untilRows = (count: number) => tab.until(`document.querySelectorAll('.logged li').length === ${count}`);
const untilText = (text: string) =>
  tab.until(`document.querySelector('.logged')?.textContent.includes(${JSON.stringify(text)})`);
const clickText = (text: string) => tab.clickButton(text, '.logged .content');
const chooseFromMenu = async (row: string, item: string) => {
  await tab.panel.evaluate((row) => {
    const button = [...document.querySelectorAll('.logged .content button')].find((one) => one.textContent === row);
    button?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 50, clientY: 80 }));
  }, row);
  await tab.until("document.querySelector('[role=menu]') !== null");
  await tab.menu.choose(item);
};
const drawn = (boxes: number, text: string) =>
  tab.until(`document.querySelectorAll('[data-box]').length === ${boxes} &&
    JSON.stringify(memoryGraph.snapshot().objects).includes(${JSON.stringify(text)})`);

test('every object that was logged, newest first: whatever it was logged with', async () => {
  await tab.page.addScriptTag({
    content: `console.log('only text');
      console.log('a list', [[1], [2]], 'and', { deep: { er: true } });
      console.warn(new Map([['key', [3]]]));
      console.table([{ a: 1 }]);
      console.dir({ dir: 1 });
      console.group({ group: 1 });
      console.assert(false, { asserted: 1 });
      console.groupEnd();
      console.trace({ traced: 1 });
      console.error(new TypeError('no good'));
      console.log('%cstyled %s %o, %d %% of %x', 'color: red', 'text', [7], 10, 'all');
      document.body.id = 'chosen';
      console.log(document.body);
      console.log(() => 1);
      console.log(new Proxy({}, {}));
      console.log(Symbol('named'));
      //# sourceURL=logs.js`,
  });
  await untilRows(13);
  await untilText('deep: Object');
  expect(await rows()).toMatchInlineSnapshot(`
    [
      "log | Symbol(named) | logs.js:16",
      "log | Proxy(Object) {} | logs.js:15",
      "log | () => 1 | logs.js:14",
      "log | body#chosen | logs.js:13",
      "log | styled text , 10 % of %x all Array(1) [7] | logs.js:11",
      "error | TypeError: no good | logs.js:10",
      "trace | {traced: 1} | logs.js:9",
      "assert | {asserted: 1} | logs.js:7",
      "group | {group: 1} | logs.js:6",
      "dir | {dir: 1} | logs.js:5",
      "table | Array(1) [Object] | logs.js:4",
      "warning | Map(1) {key => Array(1)} | logs.js:3",
      "log | a list and Array(2) [Array(1), Array(1)] {deep: Object} | logs.js:2",
    ]
  `);
});

test('is filtered by text, level and source', async () => {
  await tab.page.evaluate(() => {
    console.log('a list', [[1], [2]]);
    console.warn(new Map([['key', [3]]]));
  });
  await untilRows(2);
  for (const [text, count] of [
    ['A LIST', 1],
    ['warning', 1],
    ['map(1)', 1],
    ['nothing of that', 0],
    ['', 2],
  ] as const) {
    await tab.fill('Filter', text);
    await untilRows(count);
  }
});

test('a click draws; the menu draws, adds and stores', async () => {
  await tab.page.evaluate(() => {
    console.log({ first: [1] });
    console.log({ second: [[2]] });
  });
  await untilText('first: Array(1)');
  await clickText('{second: Array(1)}');
  await drawn(3, 'second');
  await tab.show('console');
  await untilText('first: Array(1)');
  await chooseFromMenu('{first: Array(1)}', 'Add to graph');
  await tab.until("memoryGraph.snapshot().roots.length === 2 || document.querySelectorAll('[data-box]').length === 2");
  await tab.show('console');
  await untilText('first: Array(1)');
  await chooseFromMenu('{second: Array(1)}', 'Show in Memory Graph');
  await drawn(6, 'first');
  await tab.show('console');
  await untilText('first: Array(1)');
  await chooseFromMenu('{first: Array(1)}', 'Store as global variable');
  await tab.untilMessage('temp1');
  expect(await tab.page.evaluate('JSON.stringify(temp1)')).toBe('{"first":[1]}');
  await tab.draw('[1]');
});

test('leaves nothing in the page, which is drawn where it has a graph of its own, too', async () => {
  await tab.page.evaluate("globalThis.graph = 'mine'; console.log({ kept: 'here' })");
  await untilText("kept: 'here'");
  const before = await tab.page.evaluate('Object.getOwnPropertyNames(globalThis).length');
  await clickText("{kept: 'here'}");
  await drawn(1, 'here');
  expect(await tab.page.evaluate('Object.getOwnPropertyNames(globalThis).length')).toBe(before);
  expect(await tab.page.evaluate('graph')).toBe('mine');
});

test('objects of a frame are drawn among the page’s, those of a worker in their own heap', async () => {
  await tab.page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = 'mutable.html';
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    document.body.append(frame);
    await loaded;
    const script = document.createElement('script');
    script.text = "console.log({ inFrame: ['f'] })";
    frame.contentDocument?.body.append(script);
    const source = "console.log({ inWorker: ['w'] }); setInterval(() => {}, 1000)";
    Object.assign(globalThis, { worker: new Worker(URL.createObjectURL(new Blob([source]))) });
  });
  await untilText('inFrame: Array(1)');
  await untilText('inWorker: Array(1)');
  await clickText('{inFrame: Array(1)}');
  await drawn(2, 'inFrame');
  await tab.show('console');
  await untilText('inWorker: Array(1)');
  await clickText('{inWorker: Array(1)}');
  await drawn(2, 'inWorker');
  expect(await tab.panel.evaluate(() => document.querySelector('select')?.selectedOptions[0]?.text)).toContain(
    'worker',
  );
  await tab.show('console');
  await untilText('inFrame: Array(1)');
  await clickText('{inFrame: Array(1)}');
  await drawn(2, 'inFrame');
});

test('more than a thousand messages: the last thousand, without delay', async () => {
  await tab.page.evaluate('for (let i = 0; i < 1500; i++) console.log({ i })');
  await untilRows(1000);
  await untilText('{i: 1499}');
  const shown = await rows();
  expect([shown[0], shown.at(-1)]).toEqual([expect.stringContaining('{i: 1499}'), expect.stringContaining('{i: 500}')]);
});

test('console.clear empties it, and what was drawn says so when it is drawn again', async () => {
  await tab.page.evaluate('console.log({ cleared: 1 })');
  await untilText('cleared: 1');
  await clickText('{cleared: 1}');
  await drawn(1, 'cleared');
  await tab.page.evaluate('console.clear(); console.log({ after: 1 })');
  await tab.show('console');
  await untilText('after: 1');
  expect(await rows()).toHaveLength(1);
  await tab.show('expression');
  await tab.drawAgain();
  await tab.until("document.querySelector('.notice.error')?.textContent.includes('is gone')");
});

test('goes by the keyboard alone', async () => {
  await tab.page.evaluate('console.log({ older: [1] }); console.log({ newer: 1 })');
  await untilText('newer: 1');
  await tab.panel.focus('input[aria-label="Filter"]');
  await tab.press('ArrowDown');
  await tab.until("document.activeElement?.textContent === '{newer: 1}'");
  await tab.press('ArrowDown');
  await tab.until("document.activeElement?.textContent === '{older: Array(1)}'");
  await tab.press('Enter');
  await drawn(2, 'older');
});
