/**
 * The page of hostile values as users have it: captured by the panel of real DevTools. With the debugger none of its code
 * runs, without it none but proxies' traps.
 */
import type { CDPSession } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from '../browser/memory-graph-page.ts';
import { sample } from '../sample.ts';
import { attacks, tame } from './attacks.ts';

const tab = memoryGraphPage({ folder: 'test/hostile/page', url: 'index.html' });
let cdp: CDPSession;

beforeAll(async () => {
  cdp = await tab.page.createCDPSession();
  await tab.readOptions({ slices: { begin: 100, middle: 5, end: 10 }, time: 10_000 });
});

/** `page.evaluate` needs builtins that the page replaces. */
async function run(expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', { expression, returnByValue: true });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Opens the page, lets it do what it does to its builtins, and arms it. */
async function open(attack: string): Promise<void> {
  await tab.page.goto(tab.home);
  await tab.page.waitForFunction('"module" in cases');
  // The console's own function comes and goes by itself, with the page's builtins as they are then.
  await expect.poll(() => run('"graph" in globalThis'), { timeout: 15_000 }).toBe(true);
  await run(`{ ${attack} } arm();`);
}

const touched = (): Promise<unknown> => run('touched()');

/** The sentence of what failed, or null. */
async function draw(...expressions: readonly string[]): Promise<string | null> {
  // DevTools may report the navigation when the page has answered already.
  for (;;) {
    const sentence = await tab.tryToDraw(...expressions);
    if (!sentence?.includes('Page navigated')) return sentence;
  }
}

const kinds = async (): Promise<ReadonlySet<string>> =>
  new Set(await tab.snapshot().then(({ objects }) => objects.map(({ kind }) => kind)));

/** These concern what the tab does apart from the capture; hostile.test.ts has the others. */
const ofThePanel: ReadonlySet<string> = new Set([
  'nothing',
  'Array.prototype',
  'Object.prototype',
  'EventTarget.prototype',
  'timers',
  'Error.prepareStackTrace',
  'Error.prototype',
  'names of our own',
  'iterators',
  'listeners by objects whose handleEvent is code',
]);

describe('with the debugger no code of the page runs', () => {
  beforeAll(() => tab.setDebugger(true));
  afterAll(() => tab.setDebugger(false));

  test.each(attacks.filter(([name]) => ofThePanel.has(name)))('%s replaced', async (_, attack) => {
    await open(attack);
    expect(await draw('cases')).toBe(null);
    expect(await kinds()).toContain('proxy');
    expect(await touched()).toEqual({});
    await draw('cases', '((', 'missing.x', '(() => { throw new LoudError() })()');
    expect(await touched()).toEqual({});
  });

  test.each(['1n', 'Symbol("s")', 'undefined', 'cases.aboveAFunction', '"\\ud800"', 'null', 'cases.revoked[2]'])(
    'a root %s',
    async (root) => {
      await open('');
      expect(await draw(root)).toBe(null);
      expect(await tab.diagram().then(({ boxes }) => boxes.length)).toBeGreaterThan(0);
      expect(await touched()).toEqual({});
    },
  );
});

describe('without the debugger', () => {
  // hostile.test.ts has all of them without DevTools.
  const some = sample(attacks, 16);
  test.each(some)('no code of the page runs where there is no proxy, %s replaced', async (_, attack) => {
    await open(attack);
    expect(await draw(...tame.map((name) => `cases.${name}`))).toBe(null);
    expect(await touched()).toEqual({});
  });

  /** The console's own function cannot be made without these. */
  const needed = /^(?:Reflect|EventTarget|timers|globals by|no Reflect|no Object)/;
  const comesAgain = sample(
    attacks.filter(([name]) => !needed.test(name)),
    16,
  );
  test.each(comesAgain)('no code of the page runs to offer graph(…), %s replaced', async (_, attack) => {
    await open(`globalThis.graphGetter = (({ getOwnPropertyDescriptor }) => () => {
      const own = getOwnPropertyDescriptor(globalThis, 'graph');
      return own === undefined ? undefined : own.get;
    })(Object);
    globalThis.firstGetter = graphGetter();
    ${attack}`);
    // What it does when DevTools goes; then it offers it anew, and with the next question in the frame.
    await tab.host.evaluate(() => dispatchEvent(new Event('beforeunload')));
    const isAnother = 'graphGetter() !== undefined && graphGetter() !== firstGetter && "graph" in frames[1]';
    await expect.poll(() => run(isAnother), { timeout: 15_000 }).toBe(true);
    expect(await touched()).toEqual({});
  });

  test('only traps run where there are proxies', async () => {
    await open('');
    await tab.readOptions({ time: 300 });
    expect(await draw('cases')).toBe(null);
    expect(Object.keys(Object(await touched())).filter((name) => !name.startsWith('trap '))).toEqual([]);
    expect(await tab.text('.status')).toContain(
      'Attach debugger to show private fields, promise results, and proxy targets',
    );
  });
});
