/**
 * A page in real Chromium whose values count each time that looking runs its code: none with the debugger, and none but
 * proxies' traps without.
 */
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/lib/find-browser.mjs';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import type { Capture } from '../../src/capture/capture.ts';
import type { Deed } from '../../src/capture/deed.ts';
import { createEvalCapture } from '../../src/capture/eval-capture.ts';
import { sentence } from '../../src/capture/failure.ts';
import { createProtocolCapture } from '../../src/capture/protocol-capture.ts';
import {
  defaultView,
  type HeapObject,
  type ObjectKind,
  type Snapshot,
  type Value,
  type View,
} from '../../src/snapshot/snapshot.ts';
import { attacks, changes, proxyAttacks, refusedAttacks, tame } from './attacks.ts';
import { evalOver, sessionOf } from './protocol.ts';

let browser: Browser;
let served: Awaited<ReturnType<typeof serve>>;
let page: Page;
let cdp: CDPSession;

beforeAll(async () => {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('There is no browser here; `npm test` gets one or says how.');
  served = await serve(`${projectRoot}/test/hostile/page`);
  browser = await puppeteer.launch({
    executablePath,
    headless: true,
    pipe: true,
    args: ['--no-sandbox', '--disable-quic'],
  });
});

afterAll(async () => {
  await browser?.close();
  await served?.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  cdp = await page.createCDPSession();
});

afterEach(async () => {
  await page.close();
});

/** Puppeteer's own way needs builtins that the page replaces. */
async function run(expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', { expression, returnByValue: true });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Opens the page, lets it do what it does to its builtins, and arms it. */
async function open(attack = ''): Promise<void> {
  await page.goto(new URL('index.html', served.url).href);
  await page.waitForFunction('"module" in cases');
  await run(`{ ${attack} } arm();`);
}

const all: View = {
  ...defaultView,
  objects: 100_000,
  time: 20_000,
  slices: { begin: 100, middle: 5, end: 10 },
};
/** Proxies that make proxies use up any budget. */
const some: View = { ...defaultView, time: 300, slices: all.slices };
const everything: View = { ...all, scopes: true, prototypes: true, children: true, nonEnumerable: true };

async function capture(way: Capture, expressions: readonly string[], view: View): Promise<Snapshot> {
  const roots = expressions.map((expression) => ({ type: 'expression', expression }) as const);
  const outcome = await way.capture(roots, view, { deadline: 60_000 });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

const touched = (): Promise<unknown> => run('touched()');
const byDebugger = (): Capture => createProtocolCapture(sessionOf(cdp));
const byEval = (): Capture => createEvalCapture(evalOver(cdp));
const failing = [
  '((',
  'missing.x',
  '(() => { throw new LoudError() })()',
  '(() => { throw cases.proxies[0] })()',
  '(() => { throw cases.aboveAnObject })()',
];

/** Whether the targets of proxies are read. */
const tellsOfTargets = ({ objects }: Snapshot): boolean =>
  [...objects.values()].some(
    ({ kind, parts }) =>
      kind === 'proxy' && parts.some((part) => part.type === 'property' && part.value.type === 'reference'),
  );

describe('with the debugger no code of the page runs', () => {
  test.each([...attacks, ...proxyAttacks])('%s replaced', async (name, attack) => {
    await open(attack);
    const way = byDebugger();
    const snapshot = await capture(way, ['cases'], all);
    expect(await touched()).toEqual({});
    expect(snapshot.roots[0]?.result.ok).toBe(true);
    expect(tellsOfTargets(snapshot)).toBe(/no error whose description/.test(name));
    if (name !== 'descriptors') await capture(way, ['cases', ...failing], everything);
    expect(await touched()).toEqual({});
    await way.close();
    expect(await touched()).toEqual({});
  });
});

describe('with the debugger no code of a page runs that changes prototypes all the while', () => {
  test.each(changes)('%s', async (_, script) => {
    await open(script);
    const way = byDebugger();
    const snapshot = await capture(way, ['changing'], all);
    expect(await touched()).toEqual({});
    expect(snapshot.objects.size).toBe(40);
    await way.close();
  });
});

describe('where looking would run code of the page, the debugger is not used to look', () => {
  test.each(refusedAttacks)('%s replaced', async (_, attack) => {
    await open(attack);
    const way = byDebugger();
    const outcome = await way.capture([{ type: 'expression', expression: 'cases' }], all, { deadline: 60_000 });
    const [root] = outcome.ok ? outcome.value.roots : [];
    const said = outcome.ok ? root?.result : { ok: false, reason: sentence(outcome.failure) };
    expect(said).toEqual({ ok: false, reason: expect.stringMatching(/^The page .*the debugger.*\.$/) });
    await way.close();
    expect(await touched()).toEqual({});
  });
});

/** A few of each kind and class: the fixture's long lists are hundreds of the same. */
function samples({ objects }: Snapshot): readonly HeapObject[] {
  const seen = new Map<string, number>();
  return [...objects.values()].filter(({ kind, className }) => {
    const name = `${kind} ${JSON.stringify(className)}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count <= 5;
  });
}

/** Has DevTools do everything with objects of every kind. The console describes errors, and those in what it shows, by their code. */
async function doAll(way: Capture, snapshot: Snapshot): Promise<void> {
  const { objects } = snapshot;
  const isError = (value: Value) => value.type === 'reference' && objects.get(value.id)?.kind === 'error';
  const mayHoldErrors: readonly ObjectKind[] = ['error', 'promise', 'weakmap'];
  for (const { id, kind, parts } of samples(snapshot)) {
    const harmless = !mayHoldErrors.includes(kind) && !parts.some((part) => 'value' in part && isError(part.value));
    const deeds: readonly Deed[] = ['store', 'element', 'definition', ...(harmless ? (['log'] as const) : [])];
    for (const deed of deeds) {
      const done = await way.act(id, deed, { deadline: 10_000 });
      if (!done.ok) throw new Error(`${deed} ${id}: ${JSON.stringify(done.failure)}`);
    }
  }
}

test('of what the browser answers for, V8 reads descriptors that inherit from Object.prototype, whoever asks', async () => {
  await open(attacks.find(([name]) => name === 'descriptors')?.[1]);
  await run('try { Object.getOwnPropertyDescriptor(getComputedStyle(document.body), 0); } catch {}');
  expect(await touched()).toEqual({ get: 1, set: 1 });
});

describe('without the debugger', () => {
  test.each(attacks)('no code of the page runs where there is no proxy, %s replaced', async (_name, attack) => {
    await open(attack);
    const way = byEval();
    const expressions = tame.map((key) => `cases.${key}`);
    const snapshot = await capture(way, expressions, some);
    expect(snapshot.roots.map(({ result }) => result.ok)).toEqual(tame.map(() => true));
    await capture(way, [...expressions, 'missing.x'], { ...some, nonEnumerable: true });
    expect(await touched()).toEqual({});
    await doAll(way, snapshot);
    expect(await touched()).toEqual({});
    await way.close();
    expect(await touched()).toEqual({});
  });

  test('only traps run where there are proxies, and no longer than the budget', async () => {
    await open();
    const way = byEval();
    const snapshot = await capture(way, ['cases'], some);
    expect(snapshot.pageTime).toBeLessThan(20 * some.time);
    const whole = await capture(way, ['cases', 'cases.proxies'], { ...everything, time: some.time });
    expect(whole.roots.map(({ result }) => result.ok)).toEqual([true, true]);
    expect(Object.keys(Object(await touched())).filter((name) => !name.startsWith('trap '))).toEqual([]);
    await way.close();
  });
});
