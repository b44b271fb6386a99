/** A page that says itself what is to be drawn (demo/memory-graph.js). */
import { describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'page-code.html' });

/** The first question of the panel may come after the page's first call. */
const untilTaken = () => tab.page.waitForFunction('memoryGraph.show([1, 2, 3])', { polling: 100 });

describe('show', () => {
  test('draws what there is at the moment of the call', async () => {
    await untilTaken();
    await tab.page.evaluate(
      "var outer = [[1], [2]]; memoryGraph.show(outer, { label: 'outer' }); outer.push([3]); undefined",
    );
    await tab.untilMessage('outer');
    expect(await tab.stats()).toMatchObject({ nodes: 3, edges: 2 });
  });

  test('an object has the number that it has in an expression', async () => {
    const before = (await tab.diagram()).boxes[0]?.object;
    await tab.draw('outer');
    expect(before).toEqual(expect.any(Number));
    expect((await tab.diagram()).boxes[0]?.object).toBe(before);
  });
});

test('d logs each name with its value and draws them as one graph', async () => {
  const logged: string[] = [];
  tab.page.on('console', (message) => logged.push(message.text()));
  await tab.page.evaluate('memoryGraph.d({ outer, alias: outer, n: 7 }, { block: false }); undefined');
  await tab.untilMessage('outer, alias, n');
  expect(await tab.stats()).toMatchObject({ nodes: 5, shared: 1 });
  expect(logged.map((line) => line.split(' ')[0])).toEqual(['outer', 'alias', 'n']);
});

test('with block it waits in the debugger, with the picture drawn', async () => {
  const done = tab.page.evaluate("memoryGraph.show({ waiting: true }, { label: 'blocked', block: true })");
  await tab.untilMessage('blocked');
  await expect.poll(() => tab.frontEnd.isPaused()).toBe(true);
  await tab.frontEnd.resume();
  expect(await done).toBe(true);
});

describe('a page cannot take the panel over', () => {
  test('the view that is shown stays', async () => {
    await untilTaken();
    await tab.draw('[2]');
    await tab.show('stack');
    expect(await tab.page.evaluate("memoryGraph.show([1], { label: 'behind' })")).toBe(true);
    await tab.until("memoryGraph.snapshot().roots[0].label === 'behind'");
    expect(await tab.text('[aria-selected=true]')).toBe('Stack');
    await tab.show('expression');
    await tab.untilMessage('behind');
  });

  test('however often it calls, what a person draws is drawn', async () => {
    await tab.page.evaluate("globalThis.caller = setInterval(() => memoryGraph.show([1], { label: 'again' }), 5)");
    await tab.untilMessage('again');
    for (let round = 0; round < 5; round++) expect(await tab.draw('[[1], [2], [3]]')).toMatchObject({ nodes: 4 });
    await tab.page.evaluate('clearInterval(caller)');
  });

  test('a person stops it, and lets it again', async () => {
    await tab.page.evaluate("memoryGraph.show([1], { label: 'loud' })");
    await tab.untilMessage('loud');
    await tab.clickButton('Stop', '.notice');
    await tab.page.waitForFunction("memoryGraph.show([1], { label: 'unheard' }) === false", { polling: 50 });
    await tab.show('console');
    await tab.switchChoice("page's code");
    await tab.show('expression');
    await tab.page.waitForFunction("memoryGraph.show([1], { label: 'heard' })", { polling: 50 });
    await tab.untilMessage('heard');
  });

  test('the names that it knows are not read from its prototypes', async () => {
    await tab.page.evaluate(() => {
      Object.assign(globalThis, { prototypeReads: 0 });
      Object.defineProperty(Object.prototype, 'memory-graph-call', {
        get: () => Object.assign(globalThis, { prototypeReads: 1 }),
        configurable: true,
      });
    });
    await tab.page.waitForFunction("memoryGraph.show([1], { label: 'beside' })", { polling: 50 });
    await tab.untilMessage('beside');
    expect(await tab.page.evaluate('prototypeReads')).toBe(0);
    await tab.page.evaluate("delete Object.prototype['memory-graph-call']");
  });
});

test('with no panel open it does nothing, and says so once', async () => {
  const page = await tab.browser.newPage();
  const logged: string[] = [];
  page.on('console', (message) => logged.push(message.text()));
  await page.goto(tab.page.url());
  expect(await page.evaluate('[memoryGraph.show(1), memoryGraph.d({ a: 1 }, { log: null })]')).toEqual([false, false]);
  expect(logged).toEqual([
    'memoryGraph: nothing is drawn, because the Memory Graph tab of DevTools is not open, or does not draw this.',
  ]);
  await page.close();
});

test('the playground runs what is typed, as often as wanted', async () => {
  const page = await tab.browser.newPage();
  await page.goto(new URL('playground.html', tab.page.url()).href);
  await page.evaluate("document.querySelector('textarea').value = 'var typed = [1]; let once = typed;'");
  await page.click('.playground button');
  expect(await page.evaluate('typed.length')).toBe(1);
  expect(await page.$eval('output', (part) => part.textContent)).toBe('Done.');
  await page.click('.playground button');
  expect(await page.$eval('output', (part) => part.textContent)).toContain('once');
  await page.close();
});
