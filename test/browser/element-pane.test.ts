/** The pane in Elements, in real DevTools: it draws the JavaScript side of the element that is selected there. */
import type { Frame } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
let pane: Frame;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html', width: 1280 });
  await tools.page.evaluate(`document.body.innerHTML = '<button id="first">1</button><p id="second">2</p>';
    const first = document.querySelector('#first');
    first.model = { items: [1, 2] };
    const count = (() => { const seen = { clicks: 0 }; return function onClick() { seen.clicks += 1; }; })();
    first.addEventListener('click', count);
    first.addEventListener('scroll', function onScroll() {}, { passive: true, once: true });`);
  await select('#first');
  for (let tries = 0; ; tries++) {
    const found = tools.devtools.frames().find((frame) => frame.url().endsWith('/panel/element-pane.html'));
    if (found) {
      pane = found;
      break;
    }
    await showPane();
    if (tries === 200) throw new Error('The pane did not appear.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});
afterAll(() => tools.close());

const inDevTools = (script: string) =>
  tools.devtools.evaluate(`(async () => {
    const UI = await import('devtools://devtools/bundled/ui/legacy/legacy.js');
    const Common = await import('devtools://devtools/bundled/core/common/common.js');
    const SDK = await import('devtools://devtools/bundled/core/sdk/sdk.js');
    ${script}
  })()`);

/** Selects an element as a person does who clicks it in Elements. */
const select = (selector: string) =>
  inDevTools(`const target = SDK.TargetManager.TargetManager.instance().primaryPageTarget();
    const model = target.model(SDK.DOMModel.DOMModel);
    const root = await model.requestDocument();
    const node = model.nodeForId(await model.querySelector(root.id, ${JSON.stringify(selector)}));
    await Common.Revealer.reveal(node);`);

/** Its tab may be under `»`. Answers whether the pane is there. */
const showPane = () =>
  inDevTools(`const { ElementsPanel } = await import('devtools://devtools/bundled/panels/elements/elements.js');
    const tabs = ElementsPanel.ElementsPanel.instance().sidebarPaneView.tabbedPane();
    return tabs.hasTab('memory-graph') && tabs.selectTab('memory-graph', true);`);

async function until(condition: string): Promise<void> {
  try {
    await pane.waitForFunction(condition, { polling: 50, timeout: 15_000 });
  } catch {
    const seen = await pane.evaluate(() => document.body.innerText);
    throw new Error(`Never came true: ${condition}\n${seen}`);
  }
}

const texts = () =>
  pane.evaluate(() => [...document.querySelectorAll('.mg-cell text')].map(({ textContent }) => textContent));

test('its own properties and its listeners are drawn, and what they refer to', async () => {
  await until("document.querySelectorAll('.mg-node').length === 1");
  expect(await texts()).toEqual(
    expect.arrayContaining(['$0', 'listeners', 'model', 'items', 'click', 'ƒ onClick()', 'scroll once passive']),
  );
});

test('the selection is followed', async () => {
  await select('#second');
  await until(
    "[...document.querySelectorAll('.mg-cell text')].some(({ textContent }) => textContent.includes('second'))",
  );
  expect(await texts()).not.toContain('listeners');
});

test('closures are drawn once the debugger is attached', async () => {
  await tools.panel.evaluate(() => {
    memoryGraph.show('stack');
  });
  await tools.panel.waitForFunction("document.querySelector('.attach') !== null", { polling: 50 });
  await tools.panel.evaluate(() => {
    const attach = document.querySelector('.attach');
    if (attach instanceof HTMLElement) attach.click();
  });
  await tools.panel.waitForFunction("memoryGraph.stack().following.type === 'running'", { polling: 50 });
  await select('#first');
  await until("[...document.querySelectorAll('.mg-cell text')].some(({ textContent }) => textContent === 'clicks')");
});
