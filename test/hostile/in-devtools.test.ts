/**
 * The page of hostile values as users have it: captured by the panel of real DevTools. With the debugger none of its code
 * runs, without it none but proxies' traps.
 */
import type { CDPSession } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { type DevTools, openDevToolsOnPage } from '../browser/harness.ts';
import { attacks, tame } from './attacks.ts';

let served: Awaited<ReturnType<typeof serve>>;
let tools: DevTools;
let cdp: CDPSession;

beforeAll(async () => {
  served = await serve(`${projectRoot}/test/hostile/page`);
  tools = await openDevToolsOnPage({ url: new URL('index.html', served.url).href });
  cdp = await tools.page.createCDPSession();
  await tools.panel.evaluate(() => memoryGraph.view({ slices: { begin: 100, middle: 5, end: 10 }, time: 10_000 }));
});
afterAll(async () => {
  await tools.close();
  await served.close();
});

/** Puppeteer's own way needs builtins that the page replaces. */
async function run(expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', { expression, returnByValue: true });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Opens the page, lets it do what it does to its builtins, and arms it. */
async function open(attack: string): Promise<void> {
  await tools.page.goto(new URL('index.html', served.url).href);
  await tools.page.waitForFunction('"module" in cases');
  // The console's own function comes and goes by itself, with the page's builtins as they are then.
  await expect.poll(() => run('"graph" in globalThis'), { timeout: 15_000 }).toBe(true);
  await run(`{ ${attack} } arm();`);
}

const touched = (): Promise<unknown> => run('touched()');

/** What is said when it was drawn. */
async function draw(...expressions: readonly string[]): Promise<string | null> {
  const draw = () =>
    tools.panel.evaluate(
      (expressions) =>
        memoryGraph.draw(...expressions).then(
          () => null,
          (error: Error) => error.message,
        ),
      expressions,
    );
  // DevTools may tell of the navigation when the page has answered already.
  let said = await draw();
  while (said?.includes('went to another document')) said = await draw();
  return said;
}

const kinds = async (): Promise<ReadonlySet<string>> =>
  new Set(await tools.panel.evaluate(() => memoryGraph.snapshot().objects.map(({ kind }) => kind)));

/** What the tab does beside the capture meets these; hostile.test.ts has the others. */
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
  beforeAll(() => tools.setDebugger(true));
  afterAll(() => tools.setDebugger(false));

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
      expect(await tools.panel.evaluate(() => memoryGraph.diagram().boxes.length)).toBeGreaterThan(0);
      expect(await touched()).toEqual({});
    },
  );
});

describe('without the debugger', () => {
  test.each(attacks)('no code of the page runs where there is no proxy, %s replaced', async (_, attack) => {
    await open(attack);
    expect(await draw(...tame.map((name) => `cases.${name}`))).toBe(null);
    expect(await touched()).toEqual({});
  });

  /** The console's own function cannot be made without these. */
  const needed = /^(?:Reflect|EventTarget|timers|globals by|no Reflect|no Object)/;
  const comesAgain = attacks.filter(([name]) => !needed.test(name));
  test.each(comesAgain)('no code of the page runs to offer graph(…), %s replaced', async (_, attack) => {
    await open(`globalThis.graphGetter = (({ getOwnPropertyDescriptor }) => () => {
      const own = getOwnPropertyDescriptor(globalThis, 'graph');
      return own === undefined ? undefined : own.get;
    })(Object);
    globalThis.firstGetter = graphGetter();
    ${attack}`);
    // What it does when DevTools goes; then it offers it anew, and with the next question in the frame.
    await tools.host.evaluate(() => dispatchEvent(new Event('beforeunload')));
    const isAnother = 'graphGetter() !== undefined && graphGetter() !== firstGetter && "graph" in frames[1]';
    await expect.poll(() => run(isAnother), { timeout: 15_000 }).toBe(true);
    expect(await touched()).toEqual({});
  });

  test('only traps run where there are proxies', async () => {
    await open('');
    await tools.panel.evaluate(() => memoryGraph.view({ time: 300 }));
    expect(await draw('cases')).toBe(null);
    expect(Object.keys(Object(await touched())).filter((name) => !name.startsWith('trap '))).toEqual([]);
    expect(await tools.panel.evaluate(() => document.querySelector('.status')?.textContent)).toContain(
      'proxies are not seen without the debugger',
    );
  });
});
