/**
 * The ways from DevTools' console, in real DevTools. Its own context menus are no part of the page of a headless browser:
 * what *Store as global variable* does is called where its menu item calls it, and links are clicked.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
let home: string;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
  home = tools.page.url();
});
afterAll(() => tools.close());
beforeEach(async () => {
  await tools.page.goto(home);
  await tools.panel.evaluate(() => memoryGraph.show('expression'));
  // The watch sees the new document before anything is stored in it.
  await tools.page.waitForFunction("'graph' in globalThis", { polling: 50 });
});

/** Our tab is hidden while the Console shows, so frames do not count. */
async function until(condition: string): Promise<void> {
  try {
    await tools.panel.waitForFunction(condition, { polling: 50, timeout: 15_000 });
  } catch {
    const seen = await tools.panel.evaluate(() => document.body.innerText);
    const roots = await tools.panel.evaluate(() => memoryGraph.snapshot().roots.map(({ label }) => label));
    throw new Error(`Never came true: ${condition}\n${roots}\n${seen}`);
  }
}

const drawn = (expression: string, boxes: number) =>
  until(
    `document.querySelectorAll('[data-box]').length === ${boxes} &&
      memoryGraph.snapshot().roots.some(({ label }) => label === ${JSON.stringify(expression)})`,
  );

const inDevTools = (script: string) =>
  tools.devtools.evaluate(`(async () => {
    const { ViewManager, InspectorView } = await import('devtools://devtools/bundled/ui/legacy/legacy.js');
    const SDK = await import('devtools://devtools/bundled/core/sdk/sdk.js');
    /** Everything in the front end, shadow trees included. */
    const find = (selector, root = document) => [...root.querySelectorAll('*')].flatMap((element) => [
      ...(element.matches(selector) ? [element] : []),
      ...(element.shadowRoot ? find(selector, element.shadowRoot) : []),
    ]);
    ${script}
  })()`);

const showConsole = () => inDevTools("await ViewManager.ViewManager.instance().showView('console');");
const messages = () => inDevTools("return find('.console-message-text').map((element) => element.textContent);");

/** Types into the console's prompt, which has the focus when the console is shown. */
async function typeInConsole(text: string): Promise<void> {
  await showConsole();
  await tools.devtools.keyboard.type(text);
}

/** What the menu item *Store as global variable* does with the value of an expression. */
const storeAsGlobal = (expression: string) =>
  inDevTools(`const target = SDK.TargetManager.TargetManager.instance().primaryPageTarget();
    const context = target.model(SDK.RuntimeModel.RuntimeModel).executionContexts().find(({ isDefault }) => isDefault);
    const { object } = await context.evaluate({ expression: ${JSON.stringify(expression)}, includeCommandLineAPI: true }, false, false);
    await target.model(SDK.ConsoleModel.ConsoleModel).saveToTempVariable(context, object);`);

describe('Store as global variable', () => {
  test('draws the object, with a link that brings up the tab', async () => {
    await tools.page.evaluate('globalThis.subject = [[1], [2]]');
    await showConsole();
    await storeAsGlobal('subject');
    await drawn('temp1', 3);
    expect(await messages()).toContain('Graph in Memory view: memory-graph://graph/temp1');
    await tools.panel.evaluate(() => memoryGraph.draw('[1]'));
    await showConsole();
    await inDevTools(
      "find('.console-message-text .devtools-link').find((link) => link.textContent.endsWith('/temp1')).click();",
    );
    await drawn('temp1', 3);
    const tab = await inDevTools('return InspectorView.InspectorView.instance().tabbedPane.selectedTabId;');
    expect(tab).toMatch(/^chrome-extension:/);
  });

  test('is not watched once it is switched off', async () => {
    await tools.panel.evaluate(() => memoryGraph.show('console'));
    const checkbox = '.choice input[type=checkbox]';
    const toggle = () =>
      tools.panel.evaluate((selector) => {
        const element = document.querySelector(selector);
        if (element instanceof HTMLElement) element.click();
      }, checkbox);
    await toggle();
    await tools.panel.evaluate(() => memoryGraph.show('expression'));
    await tools.panel.evaluate(() => memoryGraph.draw('[[], []]'));
    await tools.page.evaluate('globalThis.temp1 = [1]');
    // `graph` is still asked for: when it has been heard, the stored one would have been, too.
    await typeInConsole('graph([[7]])');
    await tools.devtools.keyboard.press('Enter');
    await drawn('graph[1]', 2);
    expect(await messages()).not.toContain('Graph in Memory view: memory-graph://graph/temp1');
    await tools.panel.evaluate(() => memoryGraph.show('console'));
    await toggle();
  });
});

describe('graph(x)', () => {
  test('draws any value and prints a link, only when it is entered', async () => {
    await typeInConsole('graph({ a: [1, { b: 2 }] })');
    await tools.devtools.keyboard.press('Enter');
    await drawn('graph[1]', 3);
    // The console shows what comes a little later.
    await tools.devtools.waitForFunction(
      (text: string) => {
        const find = (root: ParentNode): boolean =>
          [...root.querySelectorAll('*')].some(
            (element) => element.textContent === text || (element.shadowRoot !== null && find(element.shadowRoot)),
          );
        return find(document);
      },
      { polling: 100 },
      'Graph in Memory view: memory-graph://graph/1',
    );
    const links = ((await messages()) as string[]).filter((text) => text.endsWith('memory-graph://graph/1'));
    expect(links).toHaveLength(1);
  });

  test("the page's own code finds nothing in it, and can take its place", async () => {
    expect(await tools.page.evaluate('[typeof graph, Object.keys(globalThis).includes("graph")]')).toEqual([
      'undefined',
      false,
    ]);
    await tools.page.addScriptTag({ content: 'var graph = graph || { mine: true };' });
    expect(await tools.page.evaluate('graph.mine')).toBe(true);
    expect(await tools.page.evaluate(() => Object.getOwnPropertyDescriptor(globalThis, 'graph'))).toMatchObject({
      value: { mine: true },
      writable: true,
      enumerable: true,
    });
  });

  test('is gone when DevTools is closed', async () => {
    const own = await openDevToolsOnPage({ url: 'index.html' });
    try {
      await own.page.waitForFunction("'graph' in globalThis", { polling: 50 });
      await own.devtools.close();
      await own.page.waitForFunction("!('graph' in globalThis)", { polling: 200, timeout: 30_000 });
    } finally {
      await own.close();
    }
  });
});

describe('the list of logged objects', () => {
  const rows = () =>
    tools.panel.evaluate(() => [...document.querySelectorAll('.logged .said')].map((row) => row.textContent));
  const click = (selector: string) =>
    tools.panel.evaluate((selector) => {
      const element = document.querySelector(selector);
      if (!(element instanceof HTMLElement)) throw new Error(`There is no ${selector}.`);
      element.click();
    }, selector);
  const chooseFromMenu = async (row: string, item: string) => {
    await tools.panel.evaluate((row) => {
      const button = [...document.querySelectorAll('.logged .said button')].find((one) => one.textContent === row);
      button?.dispatchEvent(
        new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 50, clientY: 80 }),
      );
    }, row);
    await until("document.querySelector('.menu') !== null");
    await tools.panel.evaluate((item) => {
      const button = [...document.querySelectorAll('.menu button')].find((one) => one.textContent === item);
      if (button instanceof HTMLElement) button.click();
    }, item);
  };

  beforeAll(async () => {
    await tools.panel.evaluate(() => memoryGraph.show('console'));
    await until("document.querySelector('.attach') !== null");
    await click('.attach');
  });
  beforeEach(async () => {
    await tools.panel.evaluate(() => memoryGraph.show('console'));
    await until("document.querySelector('.welcome')?.textContent.includes('logged no object')");
    await tools.page.evaluate(() => {
      console.log('only text');
      console.log('a list', [[1], [2]], 'and', { deep: { er: true } });
      console.warn(new Map([['key', [3]]]));
    });
    await until("document.querySelectorAll('.logged li').length === 2");
  });

  test('shows every object, newest first, and is filtered by text', async () => {
    expect(await rows()).toEqual([
      'Map(1) {key => Array(1)}',
      'a list and Array(2) [Array(1), Array(1)] {deep: Object}',
    ]);
    await tools.panel.evaluate(() => {
      const input = document.querySelector('input[aria-label="Filter"]');
      if (!(input instanceof HTMLInputElement)) throw new Error('There is no filter.');
      input.value = 'warning';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await until("document.querySelectorAll('.logged li').length === 1");
  });

  test('a click draws; the menu adds and stores', async () => {
    await click('.logged .said button');
    await drawn('graph[1]', 2);
    await tools.panel.evaluate(() => memoryGraph.show('console'));
    await until("document.querySelectorAll('.logged li').length === 2");
    await chooseFromMenu('Array(2) [Array(1), Array(1)]', 'Store as global variable');
    await until("document.querySelector('.notice')?.textContent.includes('temp1')");
    expect(await tools.page.evaluate('JSON.stringify(temp1)')).toBe('[[1],[2]]');
  });
});
