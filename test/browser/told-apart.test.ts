/** What looks alike and is not, and what must not be touched, in the panel of real DevTools. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { MemoryGraphPage, memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
let home = '';
beforeEach(async () => {
  home ||= tab.page.url();
  await tab.goTo(home);
  await tab.show('expression');
});

const titles = async (): Promise<readonly string[]> => (await tab.diagram()).boxes.map(({ title }) => title);
const hints = async (): Promise<readonly (string | undefined)[]> =>
  (await tab.diagram()).boxes.map(({ hint }) => hint).filter((hint) => hint !== undefined);
describe('two classes of one name', () => {
  const twice = `globalThis.tokens = [1, 2].map(() => new ((0, eval)('(class Token { a = [1] })'))()); 0`;

  test.each([
    ['loaded twice', twice],
    [
      'of two modules',
      `globalThis.tokens = []; (async () => { for (const text of ['', '// other'])
        tokens.push(new (await import('data:text/javascript,export class Token { a = [1] }' + text)).Token()) })().then(() => 0)`,
    ],
    [
      'one a function, both called so by a minifier',
      'globalThis.tokens = (() => { function Token() { this.a = [1] } const t = class Token { b = [1] }; return [new Token(), new t()] })(); 0',
    ],
  ])('%s, have different titles and places with the debugger, and the color of their kind', async (_, script) => {
    await tab.page.evaluate(script);
    await tab.setDebugger(true);
    await tab.draw('tokens');
    expect((await titles()).filter((title) => title.startsWith('Token'))).toEqual([
      expect.stringMatching(/^Token( #\d+)?$/),
      expect.stringMatching(/^Token²/),
    ]);
    expect(await hints()).toEqual([
      expect.stringMatching(/^One of several classes named Token, defined at .*\d+:\d+$/),
      expect.stringMatching(/^One of several classes named Token, defined at .*\d+:\d+$/),
    ]);
    const { boxes } = await tab.diagram();
    const categories = boxes.filter(({ title }) => title.startsWith('Token')).map(({ category }) => category);
    expect(categories).toEqual(['instance', 'instance']);
    await tab.setDebugger(false);
  });

  test('keep their titles without it, where the hint says what is missing', async () => {
    await tab.page.evaluate(twice);
    await tab.draw('tokens');
    expect((await titles()).filter((title) => title.startsWith('Token²'))).toHaveLength(1);
    expect((await hints())[0]).toContain('Attach the debugger');
    await tab.draw('[tokens[1]]');
    expect((await titles()).some((title) => title.startsWith('Token²'))).toBe(false);
  });
});

describe.each([false, true])('document.open() keeps the graph and the numbers, debugger: %s', (on) => {
  test.each([
    ['open, write, close', 'document.open(); document.write("<p>new"); document.close(); 0'],
    ['write after loading', 'document.write("<p>new"); document.close(); 0'],
    [
      'open by a frame',
      'document.body.append(document.createElement("iframe")); frames[0].eval("const above = parent.document; above.open(); above.close()"); 0',
    ],
  ])('%s', async (_, script) => {
    await tab.page.evaluate('globalThis.kept = { a: [1] }; 0');
    await tab.setDebugger(on);
    await tab.draw('kept');
    const { objects } = await tab.snapshot();
    await tab.page.evaluate(script);
    await tab.draw('[kept]');
    await tab.draw('kept');
    expect((await tab.snapshot()).objects).toEqual(objects);
    expect(await tab.message()).toBe(null);
    await tab.setDebugger(false);
  });
});

/** Evaluates without the page's builtins, which a script may have changed. */
const inPage = async (expression: string): Promise<unknown> => {
  const cdp = await tab.page.createCDPSession();
  const { result } = await cdp.send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
  await cdp.detach();
  return result.value;
};

describe('with the debugger, what was drawn wrongly or ended the page is drawn, and nothing of the page runs', () => {
  const counted = `((target) => { const handler = {}; for (const trap of Object.getOwnPropertyNames(Reflect))
    handler[trap] = (...list) => { ran += 1; return Reflect[trap](...list) }; return new Proxy(target, handler) })`;
  const struct =
    '[0,97,115,109,1,0,0,0, 1,10,2,95,1,127,0,96,0,1,100,0, 3,2,1,1, 7,5,1,1,109,0,0, 10,9,1,7,0,65,1,251,0,0,11]';
  const array =
    '[0,97,115,109,1,0,0,0, 1,9,2,94,127,0,96,0,1,100,0, 3,2,1,1, 7,5,1,1,109,0,0, 10,9,1,7,0,65,1,251,7,0,11]';
  test.each([
    [
      'a struct of WebAssembly and a long list',
      `const { instance } = await WebAssembly.instantiate(new Uint8Array(${struct})); let list = null;
       for (let i = 0; i < 1500; i += 1) list = { next: list }; drawn = [list, instance.exports.m()]`,
      /"kind":"object"/,
    ],
    [
      'an array of WebAssembly and a long list',
      `const { instance } = await WebAssembly.instantiate(new Uint8Array(${array})); let list = null;
       for (let i = 0; i < 1500; i += 1) list = { next: list }; drawn = [list, instance.exports.m()]`,
      /"kind":"object"/,
    ],
    [
      'a table of WebAssembly and a long list of promises',
      `let list = null; for (let i = 0; i < 1500; i += 1) list = Promise.resolve(list);
       drawn = [list, new WebAssembly.Table({ initial: 1, element: 'anyfunc' })]`,
      /"kind":"promise"/,
    ],
    ['a long private text', `class S { #t = 'x'.repeat(2 ** 26) } drawn = [new S()]`, /"length":67108864/],
    [
      'a long private text of a subclass',
      `class S { #t = 'x'.repeat(2 ** 25) } drawn = [new (class extends S { #u = 1 })()]`,
      /"length":33554432/,
    ],
    [
      'joined private texts of many objects',
      `const tail = 'яЖ'.repeat(2 ** 20); class S { #t; constructor(i) { this.#t = i + tail } } drawn = Array.from({ length: 8 }, (_, i) => new S(i))`,
      /"length":2097153/,
    ],
    ['a promise of a long text', `drawn = [Promise.resolve('x'.repeat(2 ** 25))]`, /"kind":"promise"/],
    [
      'a promise that a long text rejected',
      `drawn = [Promise.reject('x'.repeat(2 ** 25))]; drawn[0].catch(() => {})`,
      /"kind":"promise"/,
    ],
    ['a promise of a joined text', `drawn = [Promise.resolve('a' + 'яЖ'.repeat(2 ** 24))]`, /"kind":"promise"/],
    [
      'joined texts',
      `const tail = 'яЖ'.repeat(2 ** 21); drawn = Array.from({ length: 60 }, (_, i) => i + tail)`,
      /"kind":"array"/,
    ],
    [
      'joined texts in a map',
      `const tail = 'яЖ'.repeat(2 ** 21); drawn = new Map(Array.from({ length: 60 }, (_, i) => [i, i + tail]))`,
      /"kind":"map"/,
    ],
    [
      'joined texts of objects',
      `const tail = 'яЖ'.repeat(2 ** 21); drawn = Array.from({ length: 60 }, (_, i) => ({ text: tail + i }))`,
      /"length":41943/,
    ],
    [
      'a class that a decorator wrapped',
      `const wrap = (C) => { function W() { return Reflect.construct(C, arguments, W) } W.prototype = C.prototype; return W };
       drawn = [new (wrap(class C { #owner = { name: 'Ada' } }))()]`,
      /"head":"owner"/,
    ],
    [
      'a class behind a proxy that constructs',
      `const C = new Proxy(class C { #owner = { name: 'Ada' } }, { construct: (target, list) => Reflect.construct(target, list) }); drawn = [new C()]`,
      /"head":"owner"/,
    ],
    [
      'a subclass that was wrapped twice',
      `const wrap = (C) => { function W() { return Reflect.construct(C, arguments, W) } W.prototype = C.prototype; return W };
       class Base { #owner = { name: 'Ada' } } drawn = [new (wrap(wrap(class C extends Base { #own = 1 })))()]`,
      /"head":"owner".*"head":"own"/,
    ],
    [
      'a map of another prototype among rows',
      `class Row { constructor(id) { this.id = id } }
       drawn = [...Array.from({ length: 20 }, (_, i) => new Row(i)), Object.assign(Object.setPrototypeOf(new Map([[1, { shared: 1 }]]), Row.prototype), { id: 1 })]`,
      /"kind":"map"/,
    ],
    [
      'a date among plain objects',
      'drawn = [...Array.from({ length: 20 }, (_, i) => ({ i })), Object.setPrototypeOf(new Date(5), Object.prototype)]',
      /"kind":"date"/,
    ],
    [
      'a set of another prototype behind rows',
      `class Row { constructor(id) { this.id = id } }
       drawn = [...Array.from({ length: 20 }, (_, i) => new Row(i)), Object.setPrototypeOf(new Set([{ shared: 1 }]), Row.prototype)]`,
      /"kind":"set"/,
    ],
    [
      'two functions of one call',
      'drawn = (() => { let n = {}; return [() => n, () => [n]] })()',
      /may be the same scope/,
    ],
    [
      'two calls whose variables have the same values',
      'const make = (v) => () => v; drawn = [make(1), make(1)]',
      /may be the same scope/,
    ],
    [
      'methods of two objects of one call',
      'drawn = (() => { const own = {}; return [{ get: () => own }, { set: (v) => { own.v = v } }] })()',
      /may be the same scope/,
    ],
    [
      'with around a proxy in another one',
      `drawn = [Function('o', 'p', 'with (o) { with (p) { return () => a } }')(${counted}({ a: 1 }), { b: 2 })]`,
      /not told by V8/,
    ],
    [
      'with around a proxy of an application, and a function in it',
      `drawn = [Function('o', 'with (o) { return { start() { return a } } }')(${counted}({ a: 1 }))]`,
      /not told by V8/,
    ],
    [
      'with around a proxy',
      `drawn = [Function('o', 'with (o) { return () => a }')(${counted}({ a: 1 }))]`,
      /not told by V8/,
    ],
    [
      'a store of proxies in one another',
      `const store = (o) => ${counted}(o); drawn = store({ user: store({ name: 'Ada', tags: store(['a']) }), list: [store({})] })`,
      /"kind":"proxy".*"kind":"proxy".*"kind":"proxy".*"kind":"proxy"/,
    ],
    [
      'a callable proxy, and one of a class',
      `drawn = [${counted}(() => 1), ${counted}(class A {})]`,
      /"kind":"proxy".*"kind":"proxy"/,
    ],
    [
      'objects that inherit from a proxy',
      `const above = ${counted}({ shared: 1 }); drawn = [Object.create(above), new (class extends Object.setPrototypeOf(function () {}, above) {})()]`,
      /"kind":"array"/,
    ],
    [
      'thirty getters that are bound',
      `drawn = {}; for (let i = 0; i < 30; i++) Object.defineProperty(drawn, 'f' + i, { get: function () { ran += 1 }.bind(null), enumerable: true })`,
      /"type":"accessor"/,
    ],
    [
      'thirty getters that are proxies, of an object with private fields',
      `drawn = new (class { #own = 1 })(); const get = ${counted}(() => 1);
       for (let i = 0; i < 30; i++) Object.defineProperty(drawn, 'f' + i, { get, enumerable: true })`,
      /"type":"accessor"/,
    ],
    [
      'thirty getters',
      `drawn = {}; for (let i = 0; i < 30; i++) Object.defineProperty(drawn, 'f' + i, { get() { ran += 1 }, enumerable: true })`,
      /"type":"accessor"/,
    ],
  ])('%s', async (_, script, expected) => {
    await tab.setDebugger(true);
    await tab.readOptions({ scopes: true, functions: true });
    await inPage(
      `globalThis.ran = 0; globalThis.drawn = null; (async () => { ${script}; return 0 })().then(() => { ran = 0 })`,
    );
    expect(await tab.tryToDraw('drawn')).toBeNull();
    expect(JSON.stringify((await tab.snapshot()).objects)).toMatch(expected);
    expect(await inPage('ran')).toBe(0);
    expect(
      await inPage('Object.getOwnPropertyNames(globalThis).filter((name) => /^_[0-9a-f]{32}$/.test(name)).length'),
    ).toBe(0);
    await tab.readOptions({ scopes: false, functions: false });
    await tab.setDebugger(false);
  });
});

describe('of a hardened page a sentence says why it is not read, and the debugger reads it', () => {
  const byHand = `for (const key of Reflect.ownKeys(Object.prototype)) {
    const { value, configurable } = Reflect.getOwnPropertyDescriptor(Object.prototype, key);
    if (configurable && value !== undefined) Object.defineProperty(Object.prototype, key, { __proto__: null, get: () => value, set() {} });
  }`;
  test.each([
    ['by hand', byHand],
    ['by SES', "lockdown({ overrideTaming: 'severe', consoleTaming: 'unsafe', errorTaming: 'unsafe' })"],
  ])('%s', async (name, script) => {
    if (name === 'by SES') await tab.page.addScriptTag({ path: `${projectRoot}/node_modules/ses/dist/ses.umd.js` });
    await inPage(`globalThis.drawn = [{ a: 1 }]; { ${script} } 0`);
    expect(await tab.tryToDraw('drawn')).toMatch(/^Not read: this page made accessors .* Attach the debugger/);
    // That reading runs none of them, kinds.test.ts counts.
    await tab.setDebugger(true);
    expect(await tab.tryToDraw('drawn')).toBeNull();
    expect((await tab.snapshot()).objects).toHaveLength(2);
    await tab.setDebugger(false);
    // Nobody would find the agent again.
    await expect.poll(() => tab.ourListeners(), { timeout: 15_000 }).toEqual([]);
  });
});

describe('nothing of a hardened page runs while what was read of it stands', () => {
  const harden = (holders: string) => `for (const holder of [${holders}]) for (const key of Reflect.ownKeys(holder)) {
    const { value, configurable } = Reflect.getOwnPropertyDescriptor(holder, key);
    if (!configurable || value === undefined) continue;
    const get = () => { ran += 1; return value; };
    Object.defineProperty(get, 'originalValue', { __proto__: null, value });
    Object.defineProperty(holder, key, { __proto__: null, get, set() { ran += 1; } });
  }
  for (const holder of [${holders}]) Object.freeze(holder);`;
  /** Renewals come every three seconds, and questions of the Console every second. */
  const standing = 10_000;
  const passes = () => new Promise((resolve) => setTimeout(resolve, standing));

  test.each([
    ['what all objects inherit', harden('Object.prototype')],
    ['that, and what functions and errors inherit', harden('Object.prototype, Function.prototype, Error.prototype')],
    [
      'that, with a script that calls the panel',
      `${harden('Object.prototype, Array.prototype, EventTarget.prototype, Event.prototype')} globalThis.memoryGraph = {};`,
    ],
  ])('%s', async (_, script) => {
    // An agent and `graph` from before are there.
    await tab.untilGraphIsOffered();
    await tab.draw('[1]');
    await inPage(`globalThis.ran = 0; globalThis.drawn = [{ a: 1 }]; { ${script} } 0`);
    await tab.setDebugger(true);
    expect(await tab.tryToDraw('drawn')).toBeNull();
    expect((await tab.snapshot()).objects).toHaveLength(2);
    await expect.poll(() => inPage('"graph" in globalThis'), { timeout: 15_000 }).toBe(false);
    await inPage('ran = 0');
    await passes();
    expect(await inPage('ran')).toBe(0);
    await tab.setDebugger(false);
  });

  test('nor while the sentence stands that says why it is not read', async () => {
    await inPage(`globalThis.ran = 0; globalThis.drawn = [{ a: 1 }]; { ${harden('Object.prototype')} } 0`);
    expect(await tab.tryToDraw('drawn')).toMatch(/^Not read: this page made accessors/);
    await expect.poll(() => inPage('"graph" in globalThis'), { timeout: 15_000 }).toBe(false);
    await inPage('ran = 0');
    expect(await tab.tryToDraw('[drawn]')).toMatch(/^Not read: this page made accessors/);
    await passes();
    expect(await inPage('ran')).toBe(0);
  });

  test('by SES, severe', async () => {
    await tab.page.addScriptTag({ path: `${projectRoot}/node_modules/ses/dist/ses.umd.js` });
    await tab.untilGraphIsOffered();
    await inPage(`globalThis.drawn = [{ a: 1 }];
      lockdown({ overrideTaming: 'severe', consoleTaming: 'unsafe', errorTaming: 'unsafe' }); 0`);
    await tab.setDebugger(true);
    expect(await tab.tryToDraw('drawn')).toBeNull();
    await expect.poll(() => inPage('"graph" in globalThis'), { timeout: 15_000 }).toBe(false);
    const cdp = await tab.page.createCDPSession();
    await cdp.send('Profiler.enable');
    await cdp.send('Profiler.startPreciseCoverage', { callCount: true });
    await passes();
    const { result } = await cdp.send('Profiler.takePreciseCoverage');
    const ran = result
      .filter(({ url }) => url.includes('ses.umd'))
      .flatMap(({ functions }) => functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0));
    expect(ran.map(({ functionName }) => functionName)).toEqual([]);
    await cdp.detach();
    await tab.setDebugger(false);
  });
});

describe('a deferred import is not evaluated by looking', () => {
  const deferring = new MemoryGraphPage();
  beforeAll(() => deferring.open({ url: 'index.html', apart: true, flags: ['--js-flags=--js-defer-import-eval'] }));
  afterAll(() => deferring.close());

  /** Runs a module that imports another one, which sets `evaluated`. */
  const load = (use: string) => `new Promise((loaded) => {
    globalThis.evaluated = false; globalThis.loaded = loaded;
    const script = document.createElement('script'); script.type = 'module';
    script.textContent = "import defer * as m from 'data:text/javascript,globalThis.evaluated = true; export const a = {} // " + Math.random() + "'; ${use}; loaded();";
    document.head.append(script);
  }).then(() => 0)`;

  test.each([
    ['in an object', 'globalThis.drawn = [{ m }, m]'],
    ['in a map, as key and value', 'globalThis.drawn = new Map([[m, m]])'],
    ['in a class and its private fields', 'globalThis.drawn = [new (class { #own = m; own = m })()]'],
  ])('%s', async (_, use) => {
    await deferring.page.evaluate(load(use));
    for (const on of [false, true]) {
      await deferring.setDebugger(on);
      expect(await deferring.tryToDraw('drawn')).toBeNull();
      expect(JSON.stringify(await deferring.snapshot())).toContain('its import is deferred');
      expect(await deferring.page.evaluate('evaluated')).toBe(false);
    }
    await deferring.setDebugger(false);
  });

  test('at a pause', async () => {
    await deferring.page.evaluate(load('globalThis.stop = () => { const own = [m]; debugger; return own }'));
    await deferring.stack.follow();
    await deferring.stack.pauseBy(() => deferring.page.evaluate('void setTimeout(stop)'));
    expect(JSON.stringify([...(await deferring.stack.objects()).values()])).toContain('its import is deferred');
    await deferring.stack.resumeAll();
    expect(await deferring.page.evaluate('evaluated')).toBe(false);
  });
});
