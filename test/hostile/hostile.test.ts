/**
 * A page in real Chromium whose values count each time that reading runs its code: none with the debugger, and none but
 * proxies' traps without.
 */
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/lib/find-browser.mjs';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import type { Capture } from '../../src/capture/capture.ts';
import { createProtocolCapture } from '../../src/capture/debugger/protocol-capture.ts';
import { createEvalCapture } from '../../src/capture/eval/eval-capture.ts';
import type { ObjectAction } from '../../src/capture/scripts/object-action.ts';
import { defaultReadOptions, type ReadOptions } from '../../src/snapshot/read-options.ts';
import type { HeapObject, ObjectKind, Snapshot, Value } from '../../src/snapshot/snapshot.ts';
import { sentence } from '../../src/transport/failure.ts';
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

/** `page.evaluate` needs builtins that the page replaces. */
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

const all: ReadOptions = {
  ...defaultReadOptions,
  objects: 100_000,
  time: 20_000,
  slices: { begin: 100, middle: 5, end: 10 },
};
/** Proxies that make proxies use up any budget. */
const some: ReadOptions = { ...defaultReadOptions, time: 300, slices: all.slices };
const everything: ReadOptions = { ...all, scopes: true, prototypes: true, children: true, nonEnumerable: true };

async function read(capture: Capture, expressions: readonly string[], view: ReadOptions): Promise<Snapshot> {
  const roots = expressions.map((expression) => ({ type: 'expression', expression }) as const);
  const outcome = await capture.capture(roots, view, { deadline: 60_000 });
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
    const capture = byDebugger();
    const snapshot = await read(capture, ['cases'], all);
    expect(await touched()).toEqual({});
    expect(snapshot.roots[0]?.result.ok).toBe(true);
    expect(tellsOfTargets(snapshot)).toBe(/no error whose description/.test(name));
    if (name !== 'descriptors') await read(capture, ['cases', ...failing], everything);
    expect(await touched()).toEqual({});
    await capture.close();
    expect(await touched()).toEqual({});
  });
});

describe('with the debugger no code of a page runs that changes prototypes all the while', () => {
  test.each(changes)('%s', async (_, script) => {
    await open(script);
    const capture = byDebugger();
    const snapshot = await read(capture, ['changing'], all);
    expect(await touched()).toEqual({});
    expect(snapshot.objects.size).toBe(40);
    await capture.close();
  });
});

describe('where reading would run code of the page, the debugger is not used to read', () => {
  test.each(refusedAttacks)('%s replaced', async (_, attack) => {
    await open(attack);
    const capture = byDebugger();
    const outcome = await capture.capture([{ type: 'expression', expression: 'cases' }], all, { deadline: 60_000 });
    const [root] = outcome.ok ? outcome.value.roots : [];
    const said = outcome.ok ? root?.result : { ok: false, reason: sentence(outcome.failure) };
    expect(said).toEqual({ ok: false, reason: expect.stringMatching(/^The page .*the debugger.*\.$/) });
    await capture.close();
    expect(await touched()).toEqual({});
  });
});

describe('in a page that hardened its prototypes', () => {
  /** Accessors that count, with and without the original in reach. */
  const byHand = (original: string) => `
    for (const holder of [Object.prototype, Function.prototype, Error.prototype])
      for (const key of Reflect.ownKeys(holder)) {
        const { value, configurable } = Reflect.getOwnPropertyDescriptor(holder, key);
        if (!configurable || value === undefined) continue;
        const get = () => { ran += 1; return value; };
        ${original}
        Object.defineProperty(holder, key, { __proto__: null, get, set() { ran += 1; } });
      }
    for (const holder of [Object.prototype, Function.prototype, Error.prototype]) Object.freeze(holder);
    ran = 0;`;
  const original = "Object.defineProperty(get, 'originalValue', { __proto__: null, value });";
  const bySes = (overrideTaming: string) =>
    `lockdown({ overrideTaming: '${overrideTaming}', consoleTaming: 'unsafe', errorTaming: 'unsafe' }); ran = 0;`;
  const values = `
    globalThis.ran = 0;
    class Hidden { #owner = { name: 'Ada' }; }
    globalThis.shared = { shared: true };
    globalThis.drawn = { hidden: new Hidden(), map: new Map([[shared, [1]]]), set: new Set([shared]), date: new Date(5),
      proxy: new Proxy(shared, { get() { ran += 1; } }), list: [shared, , 3], nothing: { __proto__: null, shared } };`;

  async function openHardened(script: string): Promise<void> {
    await page.goto(new URL('index.html', served.url).href);
    await page.addScriptTag({ path: `${projectRoot}/node_modules/ses/dist/ses.umd.js` });
    await run(`${values} ${script} 0`);
  }

  const common = ['object Object', 'instance Hidden', 'map Map', 'set Set', 'date Date', 'proxy Proxy', 'array Array'];

  test.each([
    ['by hand, as SES does it', byHand(original), ['object Object', 'object Object', 'function get']],
    ['by hand, without the original in reach', byHand(''), ['object Object', 'object Object', 'function get']],
    // Its own code writes the stacks of errors, so V8 must describe nothing.
    ['by SES, severe', bySes('severe'), []],
    ['by SES, moderate', bySes('moderate'), []],
  ])('%s', async (_, script, others) => {
    await openHardened(script);
    const capture = byDebugger();
    const { objects, roots } = await read(capture, ['drawn'], all);
    expect(roots[0]?.result).toMatchObject({ ok: true });
    expect(await run('ran')).toBe(0);
    const drawn = [...objects.values()].map(({ kind, className }) => `${kind} ${className?.head}`);
    expect(drawn.toSorted()).toEqual(
      [...common, 'object undefined', 'object Object', 'array Array', ...others].toSorted(),
    );
    if (others.length === 0) expect(JSON.stringify([...objects.values()])).toContain('(Error.prepareStackTrace)');
    await capture.close();
    expect(await run('ran')).toBe(0);
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
async function doAll(capture: Capture, snapshot: Snapshot): Promise<void> {
  const { objects } = snapshot;
  const isError = (value: Value) => value.type === 'reference' && objects.get(value.id)?.kind === 'error';
  const mayHoldErrors: readonly ObjectKind[] = ['error', 'promise', 'weakmap'];
  for (const { id, kind, parts } of samples(snapshot)) {
    const harmless = !mayHoldErrors.includes(kind) && !parts.some((part) => 'value' in part && isError(part.value));
    const actions: readonly ObjectAction[] = [
      'store',
      'element',
      'definition',
      ...(harmless ? (['log'] as const) : []),
    ];
    for (const action of actions) {
      const done = await capture.act(id, action, { deadline: 10_000 });
      if (!done.ok) throw new Error(`${action} ${id}: ${JSON.stringify(done.failure)}`);
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
    const capture = byEval();
    const expressions = tame.map((key) => `cases.${key}`);
    const snapshot = await read(capture, expressions, some);
    expect(snapshot.roots.map(({ result }) => result.ok)).toEqual(tame.map(() => true));
    await read(capture, [...expressions, 'missing.x'], { ...some, nonEnumerable: true });
    expect(await touched()).toEqual({});
    await doAll(capture, snapshot);
    expect(await touched()).toEqual({});
    await capture.close();
    expect(await touched()).toEqual({});
  });

  test('only traps run where there are proxies, and no longer than the budget', async () => {
    await open();
    const capture = byEval();
    const snapshot = await read(capture, ['cases'], some);
    expect(snapshot.pageTime).toBeLessThan(20 * some.time);
    const whole = await read(capture, ['cases', 'cases.proxies'], { ...everything, time: some.time });
    expect(whole.roots.map(({ result }) => result.ok)).toEqual([true, true]);
    expect(Object.keys(Object(await touched())).filter((name) => !name.startsWith('trap '))).toEqual([]);
    await capture.close();
  });
});
