/**
 * What an exact capture asks in real Chromium, in small heaps and in large ones: a page must not stand still for long for
 * one question, and a capture that is given up must leave it free at once.
 */
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/lib/find-browser.mjs';
import type { Capture } from '../../src/capture/capture.ts';
import { createProtocolCapture } from '../../src/capture/debugger/protocol-capture.ts';
import { defaultReadOptions, type ReadOptions } from '../../src/snapshot/read-options.ts';
import type { HeapObject, Part } from '../../src/snapshot/snapshot.ts';
import type { Method, ProtocolSession } from '../../src/transport/protocol.ts';
import { sessionOf } from './protocol.ts';

let browser: Browser;
let page: Page;
let cdp: CDPSession;

beforeAll(async () => {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('There is no browser here; `npm test` gets one or says how.');
  browser = await puppeteer.launch({ executablePath, headless: true, pipe: true, args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());
beforeEach(async () => {
  page = await browser.newPage();
  await page.goto('data:text/html,<title>A page of its own</title>');
  cdp = await page.createCDPSession();
});
afterEach(() => page.close());

const patience = 100_000;
/** Everything, however long it takes. */
const whole: ReadOptions = {
  ...defaultReadOptions,
  slices: { begin: 1e9, middle: 0, end: 0 },
  depth: 1e9,
  objects: 1e9,
  time: patience,
};

interface Question {
  readonly method: Method;
  /** Objects in the answer, if it is a list that V8 searched. */
  readonly objects: number;
}

/** A session that reports what was asked, when the answer is there. */
function told(session: ProtocolSession, tell: (question: Question) => void): ProtocolSession {
  const send: ProtocolSession['send'] = async (method, parameters, options) => {
    const outcome = await session.send(method, parameters, options);
    const value: unknown = outcome.ok ? outcome.value : null;
    tell({ method, objects: listedIn(value) });
    return outcome;
  };
  return { ...session, send };
}

function listedIn(answer: unknown): number {
  const result: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'result') : null;
  const deep: unknown =
    typeof result === 'object' && result !== null ? Reflect.get(result, 'deepSerializedValue') : null;
  const list: unknown = typeof deep === 'object' && deep !== null ? Reflect.get(deep, 'value') : null;
  return Array.isArray(list) ? list.length : 0;
}

async function read(capture: Capture, expression: string): Promise<number> {
  const outcome = await capture.capture([{ type: 'expression', expression }], whole, { deadline: patience });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  expect(outcome.value.cuts.size).toBe(0);
  return outcome.value.objects.size;
}

/** Draws an object, and once more with a click on what is not read at first. */
async function readOpened(capture: Capture, expression: string): Promise<string> {
  const roots = [{ type: 'expression', expression }] as const;
  const first = await capture.capture(roots, whole, { deadline: patience });
  if (!first.ok) return first.failure.kind;
  const opened = [...first.value.objects.values()]
    .filter(({ parts }) => parts.some((part) => isUnasked(part)))
    .map(({ id }) => id);
  expect(opened).not.toEqual([]);
  const second = await capture.capture(roots, { ...whole, opened }, { deadline: patience });
  return second.ok ? JSON.stringify([...second.value.objects.values()]) : second.failure.kind;
}

const isUnasked = (part: Part): boolean =>
  'value' in part && part.value.type === 'unreadable' && part.value.unasked === true;

const fill = (objects: number) =>
  page.evaluate(`globalThis.filling = Array.from({ length: ${objects} }, (_, i) => ({ i, next: null })); 0`);

describe('a long list costs few questions, and none about all objects of the heap', () => {
  test.each([
    { list: 20, heap: 0 },
    { list: 2000, heap: 0 },
    { list: 3000, heap: 1_000_000 },
    { list: 100_000, heap: 0 },
  ])('$list nodes beside $heap objects', async ({ list, heap }) => {
    await fill(heap);
    await page.evaluate(`globalThis.list = null; for (let i = 0; i < ${list}; i += 1) list = { next: list }; 0`);
    const questions: Question[] = [];
    const capture = createProtocolCapture(told(sessionOf(cdp), (question) => questions.push(question)));
    expect(await read(capture, 'list')).toBe(list);
    expect(questions.filter(({ method }) => method === 'Runtime.queryObjects')).toEqual([]);
    // Twenty objects of each prototype are asked one by one for private fields that another class gave them.
    expect(questions.length).toBeLessThan(130);
    await capture.close();
  });

  /** Made of `list`, which goes on behind it; and what each is drawn as. */
  const nodes: readonly (readonly [string, string, string])[] = [
    ['instances', 'new Link(list)', 'instance'],
    ['instances of a class that is called Proxy', 'new Namesake(list)', 'instance'],
    ['arrays', '[list]', 'array'],
    ['maps', "new Map([['next', list]])", 'map'],
    ['sets with another prototype', 'Object.setPrototypeOf(new Set([list]), Link.prototype)', 'set'],
    ['promises with another prototype', 'Object.setPrototypeOf(Promise.resolve(list), Link.prototype)', 'promise'],
    ['proxies, whose traps count', 'new Proxy({ next: list }, counting)', 'proxy'],
    ['proxies of functions', 'new Proxy(Object.assign(() => {}, { next: list }), counting)', 'proxy'],
    ['functions', 'Object.assign(() => {}, { next: list })', 'function'],
    ['objects below a proxy', 'Object.create(above, { next: { value: list, enumerable: true } })', 'instance'],
  ];
  test.each(nodes)('%s far down a list are what they are, and no code runs', async (_, node, kind) => {
    await page.evaluate(`globalThis.ran = 0;
      globalThis.counting = {};
      for (const trap of Object.getOwnPropertyNames(Reflect)) counting[trap] = () => { ran += 1; };
      globalThis.above = new Proxy({}, counting);
      globalThis.Link = class Link { constructor(next) { this.next = next; } };
      globalThis.Namesake = class Proxy { constructor(next) { this.next = next; } };
      globalThis.list = 'the last';
      for (let i = 0; i < 9; i += 1) list = ${node};
      for (let i = 0; i < 300; i += 1) list = { next: list }; 0`);
    const capture = createProtocolCapture(sessionOf(cdp));
    const roots = [{ type: 'expression', expression: 'list' }] as const;
    const outcome = await capture.capture(roots, { ...whole, functions: true }, { deadline: patience });
    expect(await page.evaluate('ran')).toBe(0);
    const drawn = outcome.ok ? [...outcome.value.objects.values()] : [];
    // A promise is read when it is opened.
    expect(drawn.filter((object) => object.kind === kind)).toHaveLength(kind === 'promise' ? 1 : 9);
    expect(JSON.stringify(drawn)).toContain(kind === 'promise' ? 'a click reads it' : 'the last');
    await capture.close();
  });
});

describe('where WebAssembly has a struct or an array, V8 is not asked for all objects, which crashes the page', () => {
  /** A module of one type, and a function `m` that makes one of it. */
  const moduleOf = (type: string, make: string) => {
    const body = `0,65,1,${make},11`;
    const types = `2,${type},96,0,1,100,0`;
    const length = (list: string) => list.split(',').length;
    return `[0,97,115,109,1,0,0,0, 1,${length(types)},${types}, 3,2,1,1, 7,5,1,1,109,0,0, 10,${length(body) + 2},1,${length(body)},${body}]`;
  };
  test.each([
    ['a struct', moduleOf('95,1,127,0', '251,0,0')],
    ['an array', moduleOf('94,127,0', '251,7,0')],
  ])('%s', async (_, bytes) => {
    await page.evaluate(`(async () => {
      const { instance } = await WebAssembly.instantiate(new Uint8Array(${bytes}));
      globalThis.made = instance.exports.m();
      globalThis.Link = class Link { #next; constructor(next) { this.#next = next; this.next = next; } };
      globalThis.later = Promise.resolve(1);
      globalThis.list = null;
      for (let i = 0; i < 1500; i += 1) list = { next: list };
    })()`);
    const capture = createProtocolCapture(sessionOf(cdp));
    const ask = async (expression: string, opened: readonly number[] = []) => {
      const view = { ...whole, opened };
      const outcome = await capture.capture([{ type: 'expression', expression }], view, { deadline: patience });
      return outcome.ok ? JSON.stringify([...outcome.value.objects.values()]) : outcome.failure.kind;
    };
    expect(await ask('[list, made]')).toContain('array');
    expect(await ask('[later, new Link(12345)]')).toContain('12345');
    const promises = JSON.parse(await ask('[later]')).filter((object: HeapObject) => object.kind === 'promise');
    expect(promises).toHaveLength(1);
    expect(await ask('[later]', [promises[0].id])).toContain('WebAssembly has structs, arrays or tables');
    // What the panel draws again by itself is no confirmation.
    for (const fresh of [true, false]) {
      const root = { type: 'instances', expression: 'Link', fresh } as const;
      const instances = await capture.capture([root], whole, { deadline: patience });
      expect(instances.ok && instances.value.roots[0]?.result).toEqual({
        ok: false,
        reason: expect.stringContaining('could crash this page'),
      });
    }
    expect(await page.evaluate('1 + 1')).toBe(2);
    await capture.close();
  });

  test('WebAssembly without them hides nothing', async () => {
    const bytes = '[0,97,115,109,1,0,0,0, 1,4,1,96,0,0]';
    await page.evaluate(
      `WebAssembly.instantiate(new Uint8Array(${bytes})).then((made) => { globalThis.made = made; })`,
    );
    const capture = createProtocolCapture(sessionOf(cdp));
    await page.evaluate('globalThis.later = Promise.resolve(12345); 0');
    expect(await readOpened(capture, 'later')).toContain('12345');
    await capture.close();
  });
});

describe('what may be long, or an error whose description runs code, is left as it is', () => {
  const script = `
    globalThis.ran = 0;
    class Loud extends Error { get message() { ran += 1; return ''; } }
    class Base {
      #text = 'x'.repeat(2 ** 28); #part = { a: 1 }; #error = new Loud(); #same = 1; static #count = { of: 2 };
      #method() {} get #accessor() { ran += 1; return 1; }
    }
    class Sub extends Base { #own = 3; #same = 2; }
    class Many { #a = 1; #b = {}; }
    globalThis.drawn = { base: new Base(), sub: new Sub(), Base, bare: Object.create(Base.prototype) };
    globalThis.bases = Array.from({ length: 3000 }, () => new Many());
    globalThis.rejected = Promise.reject(new Loud());
    rejected.catch(() => {});
    globalThis.texts = Array.from({ length: 60 }, (_, index) => index + 'яЖ'.repeat(2 ** 26));
    globalThis.promised = [Promise.resolve('y'.repeat(2 ** 26)), Promise.resolve({ short: 'z'.repeat(99) })];`;

  const names = ({ parts }: HeapObject): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      parts.flatMap((part) =>
        part.type === 'property' && part.key.type === 'private' ? [[part.key.name.head, part.value]] : [],
      ),
    );

  test.each(['while the page runs', 'at a pause'])('private fields %s', async (when) => {
    await page.evaluate(script);
    const other = await page.createCDPSession();
    await other.send('Debugger.enable');
    if (when === 'at a pause') {
      const paused = new Promise<void>((resolve) => other.once('Debugger.paused', () => resolve()));
      void other.send('Runtime.evaluate', { expression: 'debugger; 1' });
      await paused;
    }
    const questions: Question[] = [];
    const capture = createProtocolCapture(told(sessionOf(cdp), (question) => questions.push(question)));
    const outcome = await capture.capture([{ type: 'expression', expression: 'drawn' }], whole, { deadline: patience });
    const objects = outcome.ok ? [...outcome.value.objects.values()] : [];
    const [root, base, sub, maker, bare] = objects;
    expect(root?.className?.head).toBe('Object');
    const text = { type: 'string', text: { head: '', tail: '', length: 2 ** 28 } };
    const reference = { type: 'reference', id: expect.any(Number) };
    const accessor = { type: 'accessor', get: true, set: false };
    const own = { text, part: reference, error: reference, accessor };
    expect(base && names(base)).toEqual({ ...own, same: { type: 'number', value: 1 } });
    const unasked = { type: 'unreadable', reason: expect.stringContaining('two of its classes'), unasked: true };
    expect(sub && names(sub)).toEqual({ ...own, own: { type: 'number', value: 3 }, same: unasked });
    expect(maker && names(maker)).toEqual({ count: reference });
    expect(bare?.kind).toBe('instance');
    expect(questions.filter(({ method }) => method === 'Runtime.queryObjects')).toEqual([]);
    if (when === 'at a pause') await other.send('Debugger.resume');
    expect(await page.evaluate('[ran, typeof $_, Object.getOwnPropertyNames(globalThis).includes("$_")].join()')).toBe(
      '0,undefined,false',
    );
    await capture.close();
  });

  test('many objects in few questions', async () => {
    await page.evaluate(script);
    const questions: Question[] = [];
    const capture = createProtocolCapture(told(sessionOf(cdp), (question) => questions.push(question)));
    expect(await read(capture, 'bases')).toBe(6001);
    // Twenty objects of each prototype are asked one by one for private fields that another class gave them.
    expect(questions.length).toBeLessThan(130);
    await capture.close();
  });

  test('joined texts, which stay as they are', async () => {
    await page.evaluate(script);
    const used = async () => (await cdp.send('Runtime.getHeapUsage')).usedSize;
    const capture = createProtocolCapture(sessionOf(cdp));
    await read(capture, '[1]');
    const before = await used();
    expect(await read(capture, 'texts')).toBe(1);
    expect((await used()) - before).toBeLessThan(20_000_000);
    await capture.close();
  });

  test('promises, until a click', async () => {
    await page.evaluate(script);
    await page.evaluate('globalThis.drawn = globalThis.bases = globalThis.rejected = null');
    await cdp.send('HeapProfiler.collectGarbage');
    const capture = createProtocolCapture(sessionOf(cdp));
    const opened = await readOpened(capture, 'promised');
    expect(opened).toContain('which would cross whole');
    expect(opened).toContain('fulfilled');
    expect(opened).toContain('z'.repeat(99));
    expect(opened.length).toBeLessThan(5000);
    expect(await page.evaluate('ran')).toBe(0);
    await capture.close();
  });

  test('promises with a click, too, while such an error exists', async () => {
    await page.evaluate(script);
    const capture = createProtocolCapture(sessionOf(cdp));
    expect(await readOpened(capture, 'rejected')).toContain('(Loud)');
    expect(await page.evaluate('ran')).toBe(0);
    await capture.close();
  });
});

describe('in a large heap', () => {
  beforeEach(() => fill(400_000));

  test('many objects are asked about in pieces, and those that are known are read in pieces', async () => {
    const questions: Question[] = [];
    const capture = createProtocolCapture(told(sessionOf(cdp), (question) => questions.push(question)));
    expect(await read(capture, 'filling')).toBe(400_001);
    expect(Math.max(...questions.map(({ objects }) => objects))).toBe(20_001);
    questions.length = 0;
    expect(await read(capture, 'filling')).toBe(400_001);
    const steps = questions.filter(({ method }) => method === 'Runtime.callFunctionOn');
    expect(steps.length).toBeGreaterThan(1);
    await capture.close();
  });

  test('a capture that is given up leaves the page free, and the next one works at once', async () => {
    const abort = new AbortController();
    const capture = createProtocolCapture(
      told(sessionOf(cdp), ({ objects }) => {
        if (objects > 20_000) abort.abort();
      }),
    );
    const roots = [{ type: 'expression', expression: 'filling' }] as const;
    const given = await capture.capture(roots, whole, { deadline: patience, signal: abort.signal });
    expect(given).toEqual({ ok: false, failure: { kind: 'aborted' } });
    const answer = page.evaluate('({}).toString()').then(() => 'the page');
    const next = read(capture, '[1]').then((objects) => objects);
    expect(await Promise.all([answer, next])).toEqual(['the page', 1]);
    await capture.close();
  });
});
