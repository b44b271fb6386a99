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
