/**
 * What is easily drawn wrongly without a word, in real Chromium: several programs of each kind, read by the debugger and by a script
 * of the page. The page counts each run of its traps, getters and methods: with the debugger there is none.
 */
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/lib/find-browser.mjs';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import type { Capture } from '../../src/capture/capture.ts';
import { createProtocolCapture } from '../../src/capture/debugger/protocol-capture.ts';
import { createEvalCapture } from '../../src/capture/eval/eval-capture.ts';
import { defaultReadOptions, type ReadOptions } from '../../src/snapshot/read-options.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { textForm } from '../../src/snapshot/text-form.test-helper.ts';
import { makeInstances } from '../browser/browser-instances.ts';
import { evalOver, sessionOf } from './protocol.ts';

let browser: Browser;
let served: Awaited<ReturnType<typeof serve>>;
let page: Page;
let cdp: CDPSession;

beforeAll(async () => {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('There is no browser here; `npm test` gets one or says how.');
  served = await serve(`${projectRoot}/demo`);
  const args = ['--no-sandbox', '--js-flags=--js-defer-import-eval'];
  browser = await puppeteer.launch({ executablePath, headless: true, pipe: true, args });
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});
beforeEach(async () => {
  page = await browser.newPage();
  await page.goto(new URL('index.html', served.url).href);
  cdp = await page.createCDPSession();
  await run(tools);
});
afterEach(() => page.close());

/** `ran` counts; `counted(target)` is a proxy whose traps count. */
const tools = `globalThis.ran = 0;
  globalThis.counted = (target) => {
    const handler = {};
    for (const trap of Object.getOwnPropertyNames(Reflect))
      handler[trap] = (...list) => { ran += 1; return Reflect[trap](...list); };
    return new Proxy(target, handler);
  }; 0`;

/** In a script of its own: `page.evaluate` needs builtins that a page may have changed. */
async function run(script: string): Promise<unknown> {
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
    expression: script,
    returnByValue: true,
    awaitPromise: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

type Way = 'by the debugger' | 'by a script';
const captureBy = (way: Way): Capture =>
  way === 'by the debugger' ? createProtocolCapture(sessionOf(cdp)) : createEvalCapture(evalOver(cdp));

const whole: Partial<ReadOptions> = { slices: { begin: 1e6, middle: 0, end: 0 }, time: 20_000, objects: 100_000 };

async function read(capture: Capture, expression: string, view: Partial<ReadOptions> = {}): Promise<Snapshot> {
  const options = { ...defaultReadOptions, ...whole, ...view };
  const outcome = await capture.capture([{ type: 'expression', expression }], options, { deadline: 60_000 });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

async function draw(way: Way, expression: string, view: Partial<ReadOptions> = {}): Promise<string> {
  const capture = captureBy(way);
  try {
    return textForm(await read(capture, expression, view));
  } finally {
    await capture.close();
  }
}

/** Without the addresses of scripts. */
const placeless = (text: string): string => text.replace(/(?<=[@'])(?:[^\s@']*:|line )(?=\d+:\d+)/g, '');

/** Name, script that sets `drawn`, what the text of the picture matches; null: this way cannot tell. */
type Case = readonly [name: string, script: string, byDebugger: RegExp, byScript: RegExp | null];

const rows = 'class Row { constructor(id) { this.id = id; } } const x = { shared: true };';
const fifty = 'Array.from({ length: 50 }, (_, i) => new Row(i))';
const nobody = 'function* none() {}';

const cases: Readonly<Record<string, readonly Case[]>> = {
  'a collection is one, whatever its prototype and wherever it stands': [
    [
      'a set behind rows',
      `${rows} drawn = [...${fifty}, Object.setPrototypeOf(new Set([x]), Row.prototype)]`,
      /Row\(1\) \{#\d+\}\n.*shared: true/,
      /Row\(1\) \{#\d+\}\n.*shared: true/,
    ],
    [
      'a map with a property of its own among rows',
      `${rows} drawn = [...${fifty}, Object.assign(Object.setPrototypeOf(new Map([[1, x]]), Row.prototype), { id: 1, more: 2 })]`,
      /Row\(1\) \{1 => #\d+, id: 1, more: 2\}/,
      /Row\(1\) \{1 => #\d+, id: 1, more: 2\}/,
    ],
    [
      'a set behind three hundred objects without properties',
      `class Bare {} ${rows} drawn = [...Array.from({ length: 300 }, () => new Bare()), Object.setPrototypeOf(new Set([x]), Bare.prototype)]`,
      /Bare\(1\) \{#\d+\}/,
      /Bare\(1\) \{#\d+\}/,
    ],
    [
      'a date and a buffer among plain objects',
      'drawn = [...Array.from({ length: 50 }, (_, i) => ({ i })), Object.setPrototypeOf(new Date(5), Object.prototype), Object.setPrototypeOf(new ArrayBuffer(7), Object.prototype)]',
      /Object 5\n#\d+ arraybuffer Object\(7\)/,
      /Object 5\n#\d+ arraybuffer Object\(7\)/,
    ],
  ],
  'private fields are found': [
    [
      'of a class that a decorator wrapped',
      `const wrap = (C) => { function W() { return Reflect.construct(C, arguments, W) } W.prototype = C.prototype; return W };
       drawn = [new (wrap(class C { #owner = { name: 'Ada' } }))()]`,
      /C \{#owner: #3\}/,
      null,
    ],
    [
      'of a class behind a proxy that constructs',
      `const C = new Proxy(class C { #owner = { name: 'Ada' } }, { construct: (target, list) => Reflect.construct(target, list) }); drawn = [new C()]`,
      /C \{#owner: #3\}/,
      null,
    ],
    [
      'of an element',
      `class Own extends HTMLElement { #owner = { name: 'Ada' } } customElements.define('own-element', Own); drawn = [new Own()]`,
      /node Own 'own-element' \{#owner: #3\}/,
      null,
    ],
    [
      'stamped on objects of other classes',
      `class Give { constructor(o) { return o } } class Stamp extends Give { #owner = 1 }
       drawn = [new Map(), new Date(0), {}, [], Object.create(null), counted({}), new URL('http://a/'), document.createElement('p'), Object.setPrototypeOf(new (class A { #owner = 1 })(), null)].map((o) => (o instanceof Object && new Stamp(o), o));
       new Stamp(drawn[4]); ran = 0`,
      /^(?:.*\n){2}(?:.*#owner: 1\W*\n){9}/,
      null,
    ],
  ],
  'classes of one name are told apart': [
    [
      'two',
      'drawn = [new (class Token { a = 1 })(), new (class Token { b = 2 })()]',
      /Token~1@1:\d+ \{a: 1\}\n#3 Token~2@1:\d+ \{b: 2\}/,
      /Token~1 \{a: 1\}\n#3 Token~2 \{b: 2\}/,
    ],
    [
      'loaded twice',
      `const load = () => (0, eval)('(class Loaded { a = 1 })'); drawn = [load(), load()].map((Loaded) => new Loaded())`,
      /Loaded~1@1:2 \{a: 1\}\n#3 Loaded~2@1:2 \{a: 1\}/,
      /Loaded~1 \{a: 1\}\n#3 Loaded~2 \{a: 1\}/,
    ],
    [
      'called so by a minifier, one a function',
      'function t() { this.a = 1; } drawn = [new t(), new (class t { b = 1 })(), new (class t { c = 1 })(), new Map(), new (class Map {})()]',
      /t~1@.* t~2@.* t~3@.*Map\(0\) \{\}\n#6 Map \{\}/s,
      /t~1 .* t~2 .* t~3 .*Map\(0\) \{\}\n#6 Map \{\}/s,
    ],
  ],
  'scopes that may be one say so': [
    [
      'two functions of one call',
      'drawn = (() => { let count = {}; return [() => count, () => [count]] })()',
      /Closure \{closure count: #(\d+)\}\n.*Closure \{closure count: #\1, may be the same scope: #-\d+\}/,
      null,
    ],
    [
      'two calls with the same values, which nobody can tell from one',
      'const make = (v) => () => v; drawn = [make(1), make(1)]',
      /Closure \(make\) \{closure v: 1\}\n.*Closure \(make\) \{closure v: 1, may be the same scope: #-\d+\}/,
      null,
    ],
    [
      'two turns of a loop are two',
      'drawn = []; for (let i = 0; i < 2; i += 1) drawn.push(() => i)',
      /Block \{block i: 0\}\n.*Block \{block i: 1\}$/,
      null,
    ],
  ],
  'of with around a proxy a word says that V8 tells nothing': [
    [
      'a closure',
      `drawn = [Function('o', 'with (o) { return () => a }')(counted({ a: 1 }))]; ran = 0`,
      /With Block \{with \(…\): unreadable: not told by V8/,
      null,
    ],
    [
      'one in another',
      `drawn = [Function('o', 'p', 'with (o) { with (p) { return () => a } }')(counted({ a: 1 }), { b: 2 })]; ran = 0`,
      /With Block \{with b: 2\}\n.*With Block \{with \(…\): unreadable/,
      null,
    ],
    [
      'an object without a prototype is shown',
      `drawn = [Function('o', 'with (o) { return () => a }')({ __proto__: null, a: 1 })]`,
      /With Block \{with a: 1\}/,
      null,
    ],
  ],
  'a deferred import is not evaluated': [
    [
      'in an object',
      `const url = 'data:text/javascript,globalThis.evaluated = 1; export const a = {}';
       const load = document.createElement('script'); load.type = 'module';
       load.textContent = "import defer * as m from '" + url + "'; globalThis.drawn = [{ m }, m]; globalThis.loaded(); ";
       new Promise((done) => { globalThis.loaded = done; document.head.append(load) }).then(() => 0)`,
      /module Module \{\[\[Exports\]\]: unreadable: not read, because its import is deferred/,
      /module Module \{\[\[Exports\]\]: unreadable: not read, because its import is deferred/,
    ],
    [
      'that one may have evaluated already',
      `const url = 'data:text/javascript,globalThis.other = 1; export const b = {}';
       const load = document.createElement('script'); load.type = 'module';
       load.textContent = "import defer * as m from '" + url + "'; m.b; globalThis.drawn = new Map([[m, m]]); globalThis.loaded(); ";
       new Promise((done) => { globalThis.loaded = done; document.head.append(load) }).then(() => 0)`,
      /import is deferred/,
      /import is deferred/,
    ],
    [
      'an object that only has the tag is read',
      `${nobody} drawn = [{ [Symbol.toStringTag]: 'Deferred Module', a: 1 }]`,
      /a: 1/,
      /a: 1/,
    ],
  ],
};

describe.each(Object.entries(cases))('%s', (_, programs) => {
  test.each(programs)('%s', async (name, script, byDebugger, byScript) => {
    await run(`globalThis.drawn = null; ${script.includes('.then(') ? script : `{ ${script} } 0`}`);
    await run('ran = 0');
    const view = { scopes: true, functions: true };
    expect(placeless(await draw('by the debugger', 'drawn', view))).toMatch(byDebugger);
    expect(await run('ran')).toBe(0);
    if (byScript) expect(placeless(await draw('by a script', 'drawn'))).toMatch(byScript);
    if (byScript) expect(await run('ran')).toBe(0);
    if (name === 'in an object') expect(await run('typeof evaluated')).toBe('undefined');
  });
});

describe('a hardened page is not read without the debugger, and a sentence says why', () => {
  const harden = (holders: string) => `for (const holder of [${holders}])
    for (const key of Reflect.ownKeys(holder)) {
      const { value, configurable } = Reflect.getOwnPropertyDescriptor(holder, key);
      if (configurable && value !== undefined) Object.defineProperty(holder, key, { __proto__: null, get: () => { ran += 1; return value }, set() { ran += 1 } });
    }`;
  test.each([
    ['by hand', harden('Object.prototype')],
    ['by hand, functions and errors, too', harden('Object.prototype, Function.prototype, Error.prototype')],
    ['by SES', "lockdown({ overrideTaming: 'severe', consoleTaming: 'unsafe', errorTaming: 'unsafe' })"],
  ])('%s', async (name, script) => {
    if (name === 'by SES') await page.addScriptTag({ path: `${projectRoot}/node_modules/ses/dist/ses.umd.js` });
    await run(`globalThis.drawn = [{}]; { ${script} } ran = 0`);
    await expect(draw('by a script', 'drawn')).rejects.toThrow('{"kind":"hardened"}');
    // To see that, one of them runs.
    expect(await run('ran')).toBeLessThan(10);
    await run('ran = 0');
    expect(await draw('by the debugger', 'drawn')).toMatch(/#2 Object/);
    expect(await run('ran')).toBe(0);
  });
});

describe('document.open() keeps the heap and its numbers', () => {
  test.each([
    ['open, write, close', `document.open(); document.write('<title>t</title><p>new'); document.close()`],
    ['write alone', `document.write('<p>new')`],
    ['write, twice', `document.write('<p>new'); document.close(); document.open(); document.write('again')`],
  ])('%s', async (_, script) => {
    await run('globalThis.drawn = { a: {} }; 0');
    const capture = createEvalCapture(evalOver(cdp));
    const before = textForm(await read(capture, 'drawn'));
    await run(`${script}; 0`);
    expect(textForm(await read(capture, 'drawn'))).toBe(before);
    await capture.close();
  });
});

describe('retainers lead through the weak map of a class that a compiler lowered', () => {
  const lowered = `globalThis._owner = new WeakMap(); class Account { constructor() { _owner.set(this, { name: 'Ada' }) } } globalThis.account = new Account();`;
  test.each([
    ['one field', lowered],
    ['two fields', `${lowered} globalThis._other = new WeakMap([[account, { of: _owner.get(account) }]]);`],
    ['a field set on a subclass', `${lowered} globalThis._sub = new WeakMap([[account, [1]]]);`],
  ])('%s', async (_, script) => {
    await run(`{ ${script} } 0`);
    const capture = createProtocolCapture(sessionOf(cdp));
    await read(capture, '_owner.get(account)');
    const roots = [{ type: 'expression', expression: 'globalThis' }] as const;
    const found = await capture.retainers(1, roots, { ...defaultReadOptions, ...whole }, { deadline: 60_000 });
    expect(found.ok && textForm(found.value)).toMatch(/weakmap WeakMap\(1\) \{#\d+ => #1\}/);
    await capture.close();
  });
});

describe('V8 is not asked for all objects where a script made what crashes the page then', () => {
  const moduleOf = (sections: string) => `new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0,${sections}]))`;
  test.each([
    ['a table', "new WebAssembly.Table({ element: 'anyfunc', initial: 1 })", /crash a page/],
    ['a global', "new WebAssembly.Global({ value: 'anyfunc', mutable: true })", /crash a page/],
    [
      'a global of a module',
      `new WebAssembly.Instance(${moduleOf('6,6,1,112,1,208,112,11,7,5,1,1,103,3,0')})`,
      /crash a page/,
    ],
    ['a memory, which is harmless', 'new WebAssembly.Memory({ initial: 1 })', /a: 12345/],
  ])('%s', async (_, expression, expected) => {
    await page.addScriptTag({ content: `globalThis.make = () => ${expression}; globalThis.held = make();` });
    await run('globalThis.later = Promise.resolve({ a: 12345 }); 0');
    const capture = createProtocolCapture(sessionOf(cdp));
    const [id] = (await read(capture, 'later')).objects.keys();
    expect(textForm(await read(capture, 'later', { opened: [id ?? 0] }))).toMatch(expected);
    expect(await run('1 + 1')).toBe(2);
    await capture.close();
  });
});

describe('a page with objects of all classes, and of WebAssembly, is drawn', () => {
  const struct =
    '[0,97,115,109,1,0,0,0, 1,10,2,95,1,127,0,96,0,1,100,0, 3,2,1,1, 7,5,1,1,109,0,0, 10,9,1,7,0,65,1,251,0,0,11]';
  test.each([
    ['with its own classes', ''],
    [
      'with a table of a module',
      'globalThis.table = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0, 4,4,1,112,0,2, 7,5,1,1,116,1,0]))).exports.t;',
    ],
    [
      'with structs',
      `const { instance } = await WebAssembly.instantiate(new Uint8Array(${struct})); globalThis.structs = Array.from({ length: 3000 }, () => instance.exports.m());`,
    ],
  ])('%s', async (_, script) => {
    await page.evaluate(makeInstances, true);
    await run(`(async () => { ${script} globalThis.later = Promise.resolve({ a: 1 }); return 0; })()`);
    const capture = createProtocolCapture(sessionOf(cdp));
    const first = await read(capture, 'later');
    expect(textForm(first)).toContain('promise Promise');
    await read(capture, 'made');
    const [id] = first.objects.keys();
    expect(textForm(await read(capture, 'later', { opened: [id ?? 0] }))).toMatch(/crash a page/);
    expect(await run('1 + 1')).toBe(2);
    await capture.close();
  });
});
