/** From DevTools' Console to a graph, in real DevTools: what is stored there, and what is given to `graph`. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inOwnDevTools, memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
const { frontEnd: front } = tab;
let home: string;
beforeAll(() => {
  home = tab.page.url();
});
beforeEach(async () => {
  await tab.goTo(home);
  await tab.show('expression');
  await tab.untilGraphIsOffered();
});

const saysInConsole = (text: string) => async () => (await front.messages()).includes(text);

describe('Store as global variable', () => {
  test('draws the object, with a link that brings up the tab', async () => {
    await tab.page.evaluate('globalThis.subject = [[1], [2]]');
    await front.showConsole();
    await front.storeAsGlobal('subject');
    await tab.untilDrawn('temp1', 3);
    await expect.poll(saysInConsole('Show in Memory Graph: memory-graph://graph/temp1')).toBe(true);
    await tab.draw('[1]');
    await front.showConsole();
    await front.clickLink('/temp1');
    await tab.untilDrawn('temp1', 3);
    expect(await front.selectedTab()).toMatch(/^chrome-extension:/);
  });

  test('what only has that name is not drawn: an element, an accessor, a variable, a property of the page', async () => {
    await tab.page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<div id="temp1"></div>');
      Object.assign(globalThis, { reads: 0 });
      Object.defineProperty(globalThis, 'temp2', {
        get: () => Object.assign(globalThis, { reads: 1 }),
        configurable: true,
        enumerable: true,
      });
    });
    await tab.page.addScriptTag({ content: 'var temp3 = [3]; globalThis.temp4 = [4];' });
    await tab.page.evaluate('globalThis.subject = [[5]]');
    await front.storeAsGlobal('subject');
    await tab.untilDrawn('temp5', 2);
    expect(await tab.page.evaluate('reads')).toBe(0);
    await front.showConsole();
    await expect.poll(saysInConsole('Show in Memory Graph: memory-graph://graph/temp5')).toBe(true);
    const links = (await front.messages()).filter((text) => text.startsWith('Show in Memory Graph:'));
    expect(links.filter((text) => !text.endsWith('temp5'))).toEqual([]);
  });

  test('is not watched once it is switched off', async () => {
    await tab.show('console');
    await tab.switchChoice('global variable');
    await tab.show('expression');
    await tab.draw('[[], []]');
    await tab.page.evaluate('globalThis.subject = [1]');
    await front.storeAsGlobal('subject');
    // `graph` is still asked for: when it has been heard, the stored one would have been, too.
    await front.enter('graph([[7]])');
    await tab.untilDrawn('graph[1]', 2);
    await front.showConsole();
    expect(await front.messages()).not.toContain('Show in Memory Graph: memory-graph://graph/temp1');
    await tab.show('console');
    await tab.switchChoice('global variable');
  });
});

describe('graph(x)', () => {
  test('draws any value and prints a link, only when it is entered', async () => {
    await front.showConsole();
    // By real keys, so that the preview of what is typed is at work, too.
    await tab.devtools.keyboard.type('graph({ a: [1, { b: 2 }] })');
    await tab.press('Enter');
    await tab.untilDrawn('graph[1]', 3);
    expect(await tab.text('.status')).toContain('graph(…) values are kept in memory');
    await expect.poll(saysInConsole('Show in Memory Graph: memory-graph://graph/1')).toBe(true);
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
    await tab.untilDrawn('graph[1]', boxes);
  });

  test('several values are one graph, which its link draws again', async () => {
    await tab.page.evaluate('globalThis.shared = [[1]]');
    await front.showConsole();
    await front.enter('graph(shared, { shared }, 3)');
    const three = `JSON.stringify(memoryGraph.snapshot().roots.map(({ label }) => label)) ===
      JSON.stringify(['graph[1]', 'graph[2]', 'graph[3]'])`;
    await tab.until(three);
    expect(await tab.stats()).toMatchObject({ shared: 1 });
    await expect.poll(saysInConsole('Show in Memory Graph: memory-graph://graph/1-3')).toBe(true);
    await tab.draw('[1]');
    await front.showConsole();
    await front.clickLink('/1-3');
    await tab.until(three);
    // They are not pinned for what comes after them.
    await front.enter('graph([1])');
    await tab.untilDrawn('graph[4]', 1);
    await tab.draw('[1]');
  });

  test('reaches local variables at a pause', async () => {
    await tab.page.addScriptTag({
      content: 'function stop() { const local = [[1], [2]]; debugger; return local; }',
    });
    const done = tab.page.evaluate('stop().length');
    await expect.poll(() => front.isPaused()).toBe(true);
    await front.enter('graph(local)');
    await tab.untilDrawn('graph[1]', 3);
    await front.resume();
    expect(await done).toBe(2);
  });

  test('is there in a frame of the page, too', async () => {
    await tab.page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = 'mutable.html';
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
    });
    await tab.page.waitForFunction("'graph' in window[0]", { polling: 50 });
    await front.showConsole();
    await front.enter("graph([location.pathname.split('/').pop(), [2]])", 1);
    await tab.untilDrawn('graph[1]', 2);
    expect(await tab.evaluate('JSON.stringify(memoryGraph.snapshot().objects)')).toContain('mutable.html');
    await expect.poll(saysInConsole('Show in Memory Graph: memory-graph://graph/1')).toBe(true);
  });

  test('comes again with the next document, also where the page forbids eval', async () => {
    await tab.page.goto(new URL('strict-csp.html', home).href);
    await tab.untilGraphIsOffered();
    await front.enter('graph([[1]])');
    await tab.untilDrawn('graph[1]', 2);
  });

  test("the page's own code finds nothing in it, and can take its place", async () => {
    expect(await tab.page.evaluate('[typeof graph, Object.keys(globalThis).includes("graph")]')).toEqual([
      'undefined',
      false,
    ]);
    await tab.page.addScriptTag({ content: 'var graph = graph || { mine: true };' });
    expect(await tab.page.evaluate('graph.mine')).toBe(true);
    expect(await tab.page.evaluate(() => Object.getOwnPropertyDescriptor(globalThis, 'graph'))).toMatchObject({
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
    const returned = () => tab.page.evaluate('graph()');
    const inConsole = async () => {
      await front.enter('globalThis.answer = graph()');
      await tab.page.waitForFunction("'answer' in globalThis", { polling: 50 });
      return tab.page.evaluate('answer');
    };
    // Ours was there.
    await tab.page.addScriptTag({ content: source });
    expect(await returned()).toBe(1);
    expect(await inConsole()).toBe(1);
    // The page's was there: when something that was stored is drawn, ours would have come.
    const { identifier } = await tab.page.evaluateOnNewDocument(source);
    await tab.page.reload();
    await tab.page.evaluate('globalThis.subject = [[[1]]]');
    await front.storeAsGlobal('subject');
    await tab.untilDrawn('temp1', 3);
    expect(await returned()).toBe(1);
    expect(await inConsole()).toBe(1);
    await tab.page.removeScriptToEvaluateOnNewDocument(identifier);
  });

  test('is gone when DevTools is closed', async () => {
    await inOwnDevTools({ url: 'index.html' }, async (own) => {
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
    });
  });
});

test('the last result and the selected element are drawn at one click', async () => {
  await front.enter('[[1], [2], [3]]');
  await tab.page.evaluate(() => {
    document.body.id = 'chosen';
  });
  await front.run(`const DOM = target.model(SDK.DOMModel.DOMModel);
    const { id } = await DOM.requestDocument();
    DOM.nodeForId(await DOM.querySelector(id, '#chosen')).setAsInspectedNode();`);
  await tab.show('console');
  await tab.clickButton('$_');
  await tab.untilDrawn('$_', 4);
  await tab.show('console');
  await tab.clickButton('$0');
  await tab.untilDrawn('$0', 1);
  expect(await tab.evaluate('JSON.stringify(memoryGraph.snapshot().objects)')).toContain('chosen');
});
