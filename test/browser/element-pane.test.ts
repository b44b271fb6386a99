/** The pane in Elements, in real DevTools: it draws the JavaScript side of the element that is selected there. */
import type { Frame } from 'puppeteer-core';
import { beforeAll, expect, test } from 'vitest';
import { until } from './harness.ts';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html', width: 1280 });
const { frontEnd: front } = tab;
let pane: Frame;
beforeAll(async () => {
  await tab.page.evaluate(`document.body.innerHTML = '<button id="first">1</button><p id="second">2</p>';
    const first = document.querySelector('#first');
    first.model = { items: [1, 2] };
    const count = (() => { const seen = { clicks: 0 }; return function onClick() { seen.clicks += 1; }; })();
    first.addEventListener('click', count);
    first.addEventListener('scroll', function onScroll() {}, { passive: true, once: true });`);
  await front.selectElement('#first');
  while ((await showPane()) !== true);
  pane = await tab.devtools.waitForFrame((frame) => frame.url().endsWith('/panel/element-pane.html'));
});

/** Its tab may be under `»`. Answers whether the pane is there. */
const showPane = () =>
  front.run(`const { ElementsPanel } = await import('devtools://devtools/bundled/panels/elements/elements.js');
    const tabs = ElementsPanel.ElementsPanel.instance().sidebarPaneView.tabbedPane();
    return tabs.hasTab('memory-graph') && tabs.selectTab('memory-graph', true);`);

const texts = () =>
  pane.evaluate(() => [...document.querySelectorAll('.mg-cell text')].map(({ textContent }) => textContent));

test('its own properties and its listeners are drawn, and what they refer to', async () => {
  await until(pane, "document.querySelectorAll('.mg-node').length === 1");
  expect(await texts()).toEqual(
    expect.arrayContaining(['$0', 'listeners', 'model', 'items', 'click', 'ƒ onClick()', 'scroll once passive']),
  );
});

test('a value is edited, and a box dragged, and both are undone', async () => {
  const { mouse } = tab.devtools;
  const cell = (text: string) =>
    `[...document.querySelectorAll('.mg-cell')].find(({ textContent }) => textContent === ${JSON.stringify(text)})`;
  const placeOf = async (selector: string) => {
    await until(pane, `document.getAnimations().length === 0 && ${selector} !== undefined && ${selector} !== null`);
    const found = await pane.evaluateHandle(selector);
    const box = await found.asElement()?.boundingBox();
    if (!box) throw new Error(`There is no ${selector}.`);
    return { x: box.x + 5, y: box.y + 5 };
  };
  const withCtrl = async (key: 'a' | 'z') => {
    await tab.devtools.keyboard.down('Control');
    await tab.devtools.keyboard.press(key);
    await tab.devtools.keyboard.up('Control');
  };
  const transform = () => pane.$eval('.mg-node', (box) => box.getAttribute('transform'));
  const frame = "document.querySelector('.mg-node .mg-frame')";
  await until(
    pane,
    `(({ left, top }) => document.elementFromPoint(left + 5, top + 5)?.closest('.mg-node'))(${frame}.getBoundingClientRect())`,
  );
  const from = await placeOf(frame);
  const before = await transform();
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(from.x + 30, from.y + 20, { steps: 4 });
  await mouse.up();
  await until(pane, `document.querySelector('.mg-node').getAttribute('transform') !== '${before}'`);
  await pane.focus('.canvas');
  await withCtrl('z');
  await until(pane, `document.querySelector('.mg-node').getAttribute('transform') === '${before}'`);
  // The pane is low.
  const canvas = await placeOf("document.querySelector('.canvas')");
  await mouse.move(canvas.x + 20, canvas.y + 20);
  const below = `${cell('2')}.getBoundingClientRect().bottom - innerHeight + 60`;
  await until(pane, `${cell('2')} !== undefined`);
  await mouse.wheel({ deltaY: Number(await pane.evaluate(below)) });
  await until(pane, `${below} < 40`);
  // A picture that is drawn again between two clicks has another cell.
  for (let tries = 0; !(await pane.$('.value-editor input')); tries++) {
    if (tries === 5) throw new Error('A double click opens no editor.');
    const at = await placeOf(cell('2'));
    await mouse.click(at.x, at.y, { count: 2 });
    await pane.waitForSelector('.value-editor input', { timeout: 4000 }).catch(() => null);
  }
  await withCtrl('a');
  await tab.devtools.keyboard.type('[7][0] * 11');
  await tab.devtools.keyboard.press('Enter');
  await until(pane, `${cell('77')} !== undefined`);
  expect(await tab.page.evaluate('first.model.items[1]')).toBe(77);
  await pane.focus('.canvas');
  await withCtrl('z');
  await until(pane, `${cell('77')} === undefined`);
  expect(await tab.page.evaluate('first.model.items[1]')).toBe(2);
});

test('the selection is followed', async () => {
  await front.selectElement('#second');
  await until(
    pane,
    "[...document.querySelectorAll('.mg-cell text')].some(({ textContent }) => textContent.includes('second'))",
  );
  expect(await texts()).not.toContain('listeners');
});

test('closures are drawn once the debugger is attached', async () => {
  await tab.stack.follow();
  await front.selectElement('#first');
  await until(
    pane,
    "[...document.querySelectorAll('.mg-cell text')].some(({ textContent }) => textContent === 'clicks')",
  );
  // An address would make all the rest too small to read.
  expect(await texts()).not.toContain('[[FunctionLocation]]');
});
