/** The ways from DevTools' console, in real DevTools: what is stored there, and what is given to `graph`. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FrontEnd, frontEnd } from './front-end.ts';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
let front: FrontEnd;
let home: string;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
  front = frontEnd(tools);
  home = tools.page.url();
});
afterAll(() => tools.close());
beforeEach(async () => {
  await tools.goTo(home);
  await tools.panel.evaluate(() => memoryGraph.show('expression'));
  await untilGraph();
});

/** The watch sees the new document before anything is stored in it. */
const untilGraph = () => tools.page.waitForFunction("'graph' in globalThis", { polling: 50 });

const drawn = (expression: string, boxes: number) =>
  tools.until(
    `document.querySelectorAll('[data-box]').length === ${boxes} &&
      memoryGraph.snapshot().roots.some(({ label }) => label === ${JSON.stringify(expression)})`,
  );

const said = (text: string) => async () => (await front.messages()).includes(text);

describe('Store as global variable', () => {
  test('draws the object, with a link that brings up the tab', async () => {
    await tools.page.evaluate('globalThis.subject = [[1], [2]]');
    await front.showConsole();
    await front.storeAsGlobal('subject');
    await drawn('temp1', 3);
    await expect.poll(said('Graph in Memory view: memory-graph://graph/temp1')).toBe(true);
    await tools.panel.evaluate(() => memoryGraph.draw('[1]'));
    await front.showConsole();
    await front.run(
      "find('.console-message-text .devtools-link').find((link) => link.textContent.endsWith('/temp1')).click();",
    );
    await drawn('temp1', 3);
    expect(await front.selectedTab()).toMatch(/^chrome-extension:/);
  });

  test('what only has that name is not drawn: an element, an accessor, a variable, a property of the page', async () => {
    await tools.page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<div id="temp1"></div>');
      Object.assign(globalThis, { reads: 0 });
      Object.defineProperty(globalThis, 'temp2', {
        get: () => Object.assign(globalThis, { reads: 1 }),
        configurable: true,
        enumerable: true,
      });
    });
    await tools.page.addScriptTag({ content: 'var temp3 = [3]; globalThis.temp4 = [4];' });
    await tools.page.evaluate('globalThis.subject = [[5]]');
    await front.storeAsGlobal('subject');
    await drawn('temp5', 2);
    expect(await tools.page.evaluate('reads')).toBe(0);
    await front.showConsole();
    await expect.poll(said('Graph in Memory view: memory-graph://graph/temp5')).toBe(true);
    const links = (await front.messages()).filter((text) => text.startsWith('Graph in Memory view:'));
    expect(links.filter((text) => !text.endsWith('temp5'))).toEqual([]);
  });

  test('is not watched once it is switched off', async () => {
    await tools.panel.evaluate(() => memoryGraph.show('console'));
    const toggle = () =>
      tools.panel.evaluate(() => {
        const boxes = [...document.querySelectorAll('.choice')];
        const element = boxes.find((box) => box.textContent?.includes('global variable'))?.querySelector('input');
        element?.click();
      });
    await toggle();
    await tools.panel.evaluate(() => memoryGraph.show('expression'));
    await tools.panel.evaluate(() => memoryGraph.draw('[[], []]'));
    await tools.page.evaluate('globalThis.subject = [1]');
    await front.storeAsGlobal('subject');
    // `graph` is still asked for: when it has been heard, the stored one would have been, too.
    await front.enter('graph([[7]])');
    await drawn('graph[1]', 2);
    await front.showConsole();
    expect(await front.messages()).not.toContain('Graph in Memory view: memory-graph://graph/temp1');
    await tools.panel.evaluate(() => memoryGraph.show('console'));
    await toggle();
  });
});

describe('graph(x)', () => {
  test('draws any value and prints a link, only when it is entered', async () => {
    await front.showConsole();
    // By real keys, so that the preview of what is typed is at work, too.
    await tools.devtools.keyboard.type('graph({ a: [1, { b: 2 }] })');
    await tools.devtools.keyboard.press('Enter');
    await drawn('graph[1]', 3);
    await expect.poll(said('Graph in Memory view: memory-graph://graph/1')).toBe(true);
    const links = (await front.messages()).filter((text) => text.endsWith('memory-graph://graph/1'));
    expect(links).toHaveLength(1);
  });

  test.each([
    ['42', 1],
    ["'text'", 1],
    ['null', 1],
    ['undefined', 1],
    ['10n', 1],
    ['Symbol("s")', 1],
    ['document.body', 1],
    ['', 1],
  ])('graph(%s)', async (argument, boxes) => {
    await front.enter(`graph(${argument})`);
    await drawn('graph[1]', boxes);
  });

  test('several values are one graph, which its link draws again', async () => {
    await tools.page.evaluate('globalThis.shared = [[1]]');
    await front.showConsole();
    await front.enter('graph(shared, { shared }, 3)');
    const three = `JSON.stringify(memoryGraph.snapshot().roots.map(({ label }) => label)) ===
      JSON.stringify(['graph[1]', 'graph[2]', 'graph[3]'])`;
    await tools.until(three);
    expect(await tools.panel.evaluate(() => memoryGraph.stats())).toMatchObject({ shared: 1 });
    await expect.poll(said('Graph in Memory view: memory-graph://graph/1-3')).toBe(true);
    await tools.panel.evaluate(() => memoryGraph.draw('[1]'));
    await front.showConsole();
    await front.run(
      "find('.console-message-text .devtools-link').find((link) => link.textContent.endsWith('/1-3')).click();",
    );
    await tools.until(three);
    // They are not pinned for what comes after them.
    await front.enter('graph([1])');
    await drawn('graph[4]', 1);
    await tools.panel.evaluate(() => memoryGraph.draw('[1]'));
  });

  test('reaches local variables at a pause', async () => {
    await tools.page.addScriptTag({
      content: 'function stop() { const local = [[1], [2]]; debugger; return local; }',
    });
    const done = tools.page.evaluate('stop().length');
    await expect.poll(() => front.isPaused()).toBe(true);
    await front.enter('graph(local)');
    await drawn('graph[1]', 3);
    await front.resume();
    expect(await done).toBe(2);
  });

  test('is there in a frame of the page, too', async () => {
    await tools.page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = 'mutable.html';
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
    });
    await tools.page.waitForFunction("'graph' in window[0]", { polling: 50 });
    await front.showConsole();
    await front.enter("graph([location.pathname.split('/').pop(), [2]])", 1);
    await drawn('graph[1]', 2);
    expect(await tools.panel.evaluate(() => JSON.stringify(memoryGraph.snapshot().objects))).toContain('mutable.html');
    await expect.poll(said('Graph in Memory view: memory-graph://graph/1')).toBe(true);
  });

  test('comes again with the next document, also where the page forbids eval', async () => {
    await tools.page.goto(new URL('strict-csp.html', home).href);
    await untilGraph();
    await front.enter('graph([[1]])');
    await drawn('graph[1]', 2);
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

  test.each([
    ['var graph = () => 1;'],
    ['let graph = () => 1;'],
    ['function graph() { return 1; }'],
    ['window.graph = () => 1;'],
    ["Object.defineProperty(globalThis, 'graph', { value: () => 1 });"],
  ])('a page that has its own keeps it, whoever was first: %s', async (source) => {
    const returned = () => tools.page.evaluate('graph()');
    const inConsole = async () => {
      await front.enter('globalThis.answer = graph()');
      await tools.page.waitForFunction("'answer' in globalThis", { polling: 50 });
      return tools.page.evaluate('answer');
    };
    // Ours was there.
    await tools.page.addScriptTag({ content: source });
    expect(await returned()).toBe(1);
    expect(await inConsole()).toBe(1);
    // The page's was there: when something that was stored is drawn, ours would have come.
    const { identifier } = await tools.page.evaluateOnNewDocument(source);
    await tools.page.reload();
    await tools.page.evaluate('globalThis.subject = [[[1]]]');
    await front.storeAsGlobal('subject');
    await drawn('temp1', 3);
    expect(await returned()).toBe(1);
    expect(await inConsole()).toBe(1);
    await tools.page.removeScriptToEvaluateOnNewDocument(identifier);
  });

  test('is gone when DevTools is closed', async () => {
    const own = await openDevToolsOnPage({ url: 'index.html' });
    try {
      await own.page.evaluate(async () => {
        const frame = document.createElement('iframe');
        frame.src = 'mutable.html';
        document.body.append(frame);
      });
      await own.page.waitForFunction("'graph' in globalThis && 'graph' in window[0]", { polling: 50 });
      await own.devtools.close();
      await own.page.waitForFunction("!('graph' in globalThis || 'graph' in window[0])", {
        polling: 200,
        timeout: 30_000,
      });
    } finally {
      await own.close();
    }
  });
});

test('the last result and the selected element are drawn at one click', async () => {
  const click = (label: string) =>
    tools.panel.evaluate((label) => {
      const buttons = [...document.querySelectorAll('button')];
      buttons.find((button) => button.textContent === label)?.click();
    }, label);
  await front.enter('[[1], [2], [3]]');
  await tools.page.evaluate(() => {
    document.body.id = 'chosen';
  });
  await front.run(`const DOM = target.model(SDK.DOMModel.DOMModel);
    const { id } = await DOM.requestDocument();
    DOM.nodeForId(await DOM.querySelector(id, '#chosen')).setAsInspectedNode();`);
  await tools.panel.evaluate(() => memoryGraph.show('console'));
  await click('$_');
  await drawn('$_', 4);
  await tools.panel.evaluate(() => memoryGraph.show('console'));
  await click('$0');
  await drawn('$0', 1);
  expect(await tools.panel.evaluate(() => JSON.stringify(memoryGraph.snapshot().objects))).toContain('chosen');
});
