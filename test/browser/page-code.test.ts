/** A page that says itself what is to be drawn (demo/memory-graph.js). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frontEnd } from './front-end.ts';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'page-code.html' });
});
afterAll(() => tools.close());

/** The first question of the panel may come after the page's first call. */
const untilTaken = () => tools.page.waitForFunction('memoryGraph.show([1, 2, 3])', { polling: 100 });
const drawn = (title: string) =>
  tools.until(`document.querySelector('.notice')?.textContent.includes(${JSON.stringify(title)})`);

describe('show', () => {
  test('draws what there is at the moment of the call', async () => {
    await untilTaken();
    await tools.page.evaluate(
      "var outer = [[1], [2]]; memoryGraph.show(outer, { label: 'outer' }); outer.push([3]); undefined",
    );
    await drawn('outer');
    expect(await tools.panel.evaluate(() => memoryGraph.stats())).toMatchObject({ nodes: 3, edges: 2 });
  });

  test('an object has the number that it has in an expression', async () => {
    const [id] = await tools.panel.evaluate(() => memoryGraph.diagram().boxes.map(({ object }) => object));
    await tools.panel.evaluate(() => memoryGraph.draw('outer'));
    expect(await tools.panel.evaluate(() => memoryGraph.diagram().boxes[0]?.object)).toBe(id);
  });
});

test('d logs each name with its value and draws them as one graph', async () => {
  const logged: string[] = [];
  tools.page.on('console', (message) => logged.push(message.text()));
  await tools.page.evaluate('memoryGraph.d({ outer, alias: outer, n: 7 }, { block: false }); undefined');
  await drawn('outer, alias, n');
  expect(await tools.panel.evaluate(() => memoryGraph.stats())).toMatchObject({ nodes: 5, shared: 1 });
  expect(logged.map((line) => line.split(' ')[0])).toEqual(['outer', 'alias', 'n']);
});

test('with block it waits in the debugger, with the picture drawn', async () => {
  const done = tools.page.evaluate("memoryGraph.show({ waiting: true }, { label: 'blocked', block: true })");
  await drawn('blocked');
  const front = frontEnd(tools);
  await expect.poll(() => front.isPaused()).toBe(true);
  await front.resume();
  expect(await done).toBe(true);
});

describe('a page cannot take the panel over', () => {
  test('the view that is looked at stays', async () => {
    await untilTaken();
    await tools.panel.evaluate(() => memoryGraph.draw('[2]'));
    await tools.panel.evaluate(() => memoryGraph.show('stack'));
    expect(await tools.page.evaluate("memoryGraph.show([1], { label: 'behind' })")).toBe(true);
    await tools.until("memoryGraph.snapshot().roots[0].label === 'behind'");
    expect(await tools.panel.evaluate(() => document.querySelector('[aria-selected=true]')?.textContent)).toBe('Stack');
    await tools.panel.evaluate(() => memoryGraph.show('expression'));
    await drawn('behind');
  });

  test('however often it calls, what a person draws is drawn', async () => {
    await tools.page.evaluate("globalThis.caller = setInterval(() => memoryGraph.show([1], { label: 'again' }), 5)");
    await drawn('again');
    for (let round = 0; round < 5; round++)
      expect(await tools.panel.evaluate(() => memoryGraph.draw('[[1], [2], [3]]'))).toMatchObject({ nodes: 4 });
    await tools.page.evaluate('clearInterval(caller)');
  });

  test('a person stops it, and lets it again', async () => {
    await tools.page.evaluate("memoryGraph.show([1], { label: 'loud' })");
    await drawn('loud');
    await tools.panel.evaluate(() => {
      const buttons = [...document.querySelectorAll('.notice button')];
      const stop = buttons.find((button) => button.textContent === 'Stop');
      if (stop instanceof HTMLElement) stop.click();
    });
    await tools.page.waitForFunction("memoryGraph.show([1], { label: 'unheard' }) === false", { polling: 50 });
    await tools.panel.evaluate(() => memoryGraph.show('console'));
    await tools.panel.evaluate(() => {
      const boxes = [...document.querySelectorAll('.choice')];
      boxes
        .find((box) => box.textContent?.includes("page's code"))
        ?.querySelector('input')
        ?.click();
    });
    await tools.panel.evaluate(() => memoryGraph.show('expression'));
    await tools.page.waitForFunction("memoryGraph.show([1], { label: 'heard' })", { polling: 50 });
    await drawn('heard');
  });

  test('the names that it knows are not read from its prototypes', async () => {
    await tools.page.evaluate(() => {
      Object.assign(globalThis, { prototypeReads: 0 });
      Object.defineProperty(Object.prototype, 'memory-graph-call', {
        get: () => Object.assign(globalThis, { prototypeReads: 1 }),
        configurable: true,
      });
    });
    await tools.page.waitForFunction("memoryGraph.show([1], { label: 'beside' })", { polling: 50 });
    await drawn('beside');
    expect(await tools.page.evaluate('prototypeReads')).toBe(0);
    await tools.page.evaluate("delete Object.prototype['memory-graph-call']");
  });
});

test('with no panel open it does nothing, and says so once', async () => {
  const page = await tools.browser.newPage();
  const logged: string[] = [];
  page.on('console', (message) => logged.push(message.text()));
  await page.goto(tools.page.url());
  expect(await page.evaluate('[memoryGraph.show(1), memoryGraph.d({ a: 1 }, { log: null })]')).toEqual([false, false]);
  expect(logged).toEqual([
    'memoryGraph: nothing is drawn, because the Memory Graph tab of DevTools is not open, or does not draw this.',
  ]);
  await page.close();
});

test('the playground runs what is typed, as often as wanted', async () => {
  const page = await tools.browser.newPage();
  await page.goto(new URL('playground.html', tools.page.url()).href);
  await page.evaluate("document.querySelector('textarea').value = 'var typed = [1]; let once = typed;'");
  await page.click('.playground button');
  expect(await page.evaluate('typed.length')).toBe(1);
  expect(await page.$eval('output', (part) => part.textContent)).toBe('Done.');
  await page.click('.playground button');
  expect(await page.$eval('output', (part) => part.textContent)).toContain('once');
  await page.close();
});
