/** The pane in Elements, in real DevTools: it draws the JavaScript side of the element that is selected there. */
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FrontEnd, frontEnd } from './front-end.ts';
import { type DevTools, openDevToolsOnPage, until } from './harness.ts';
import { stackTools } from './stack-harness.ts';

const { follow } = stackTools(() => tools);
let tools: DevTools;
let front: FrontEnd;
let pane: Frame;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html', width: 1280 });
  front = frontEnd(tools);
  await tools.page.evaluate(`document.body.innerHTML = '<button id="first">1</button><p id="second">2</p>';
    const first = document.querySelector('#first');
    first.model = { items: [1, 2] };
    const count = (() => { const seen = { clicks: 0 }; return function onClick() { seen.clicks += 1; }; })();
    first.addEventListener('click', count);
    first.addEventListener('scroll', function onScroll() {}, { passive: true, once: true });`);
  await select('#first');
  while ((await showPane()) !== true);
  pane = await tools.devtools.waitForFrame((frame) => frame.url().endsWith('/panel/element-pane.html'));
});
afterAll(() => tools.close());

/** Selects an element as a person does who clicks it in Elements. */
const select = (selector: string) =>
  front.run(`const { Revealer } = await import('devtools://devtools/bundled/core/common/common.js');
    const model = target.model(SDK.DOMModel.DOMModel);
    const root = await model.requestDocument();
    const node = model.nodeForId(await model.querySelector(root.id, ${JSON.stringify(selector)}));
    await Revealer.reveal(node);`);

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
  await select('#second');
  await until(
    pane,
    "[...document.querySelectorAll('.mg-cell text')].some(({ textContent }) => textContent.includes('second'))",
  );
  expect(await texts()).not.toContain('listeners');
});

test('closures are drawn once the debugger is attached', async () => {
  await follow();
  await select('#first');
  await until(
    pane,
    "[...document.querySelectorAll('.mg-cell text')].some(({ textContent }) => textContent === 'clicks')",
  );
  // An address would make all the rest too small to read.
  expect(await texts()).not.toContain('[[FunctionLocation]]');
});
