/** What the exact capture makes of each kind of value, against real V8 through Node's own inspector. */
import { runInThisContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { defaultReadOptions, type ReadOptions } from '../../snapshot/read-options.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { textForm } from '../../snapshot/text-form.test-helper.ts';
import { connectInspector } from '../../transport/node-inspector.ts';
import type { ProtocolSession } from '../../transport/protocol.ts';
import type { RootRequest } from '../capture.ts';
import { createProtocolCapture } from './protocol-capture.ts';

/** Of milliseconds, for a machine that does much beside: nothing may be cut for want of time. */
const patience = 15_000;
/** The collector may take what only a weak collection or reference holds. */
runInThisContext('globalThis.weakly = [{ a: 1 }]; 0');

const session = connectInspector('same');
afterAll(() => session.close());

async function read(roots: readonly RootRequest[], view: Partial<ReadOptions> = {}): Promise<Snapshot> {
  // One each, so that numbers begin at 1.
  const capture = createProtocolCapture(session);
  const outcome = await capture.capture(
    roots,
    { ...defaultReadOptions, time: patience, ...view },
    { deadline: patience },
  );
  await capture.close();
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

/** The text form of one root, without its label. */
async function text(expression: string, view: Partial<ReadOptions> = {}): Promise<string> {
  return textForm(await read([{ type: 'expression', expression }], view)).slice(expression.length);
}

const throwing =
  '{ get() { throw 1 }, ownKeys() { throw 1 }, getPrototypeOf() { throw 1 }, getOwnPropertyDescriptor() { throw 1 } }';

/** Its instances are the objects that it is given, with a private field. */
const stamping = 'class Give { constructor(o) { return o } } class Stamp extends Give { #owner = [1] }';

/** Name, expression, text of the root's value and all objects. */
const values: readonly (readonly [name: string, expression: string])[] = [
  ['plain', '[1, { a: 1 }]'],
  ['proxy', `new Proxy({ a: 1 }, {})`],
  ['proxy that throws', `[new Proxy([1], ${throwing})]`],
  ['callable proxy', `[new Proxy(() => {}, {})]`],
  ['proxy of a proxy', `new Proxy(new Proxy({}, {}), {})`],
  ['revoked', '(() => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return [proxy, proxy] })()'],
  ['a proxy above', `Object.create(new Proxy({}, ${throwing}))`],
  ['pending', 'new Promise(() => {})'],
  ['fulfilled', 'Promise.resolve({ a: 1 })'],
  ['rejected', `(() => { const p = Promise.reject(new TypeError('no')); p.catch(() => {}); return p })()`],
  ['like a promise', '({ __proto__: Promise.prototype })'],
  ['WeakMap', 'new WeakMap([[weakly, { a: 1 }]])'],
  ['WeakSet', 'new WeakSet(weakly)'],
  ['WeakRef', 'new WeakRef(weakly)'],
  ['bound', '(function f() {}).bind({ self: 1 }, 2, [3])'],
  [
    'generator',
    '(() => { const g = (function* count(from) { let at = [from]; yield at; let later; yield later })(1); g.next(); return g })()',
  ],
  [
    'generator in blocks',
    '(() => { const g = (function* (from) { try { throw [from] } catch (error) { let { length } = error; { const deep = { error }; yield deep } } })({}); g.next(); return g })()',
  ],
  ['finished generator', '(() => { const g = (function* () {})(); g.next(); return g })()'],
  ['async generator', '(async function* () {})()'],
  ['iterators', '[new Map([[1, [2]]]).entries(), new Map([[1, 2]]).values(), new Set([3]).values(), [4].values()]'],
  [
    'private',
    '(() => { class A { #a = [1]; #m() {} get #g() { return 1 } set #s(v) {} b = 2; use() { this.#m(); this.#g; this.#s = 1; this.#a } } return [new A()] })()',
  ],
  ['private of a base', '(() => { class A { #a = 1 } class B extends A { #a = 2 } return new B() })()'],
  [
    'private, the class not told',
    '(() => { class A { #a = [1] } class B { b = 1 } const made = [new A(), new A(), new B()]; delete A.prototype.constructor; B.prototype.constructor = 1; return made })()',
  ],
  [
    'private, the class wrapped by a function',
    `(() => {
      class C { #owner = [1] }
      function W() { return Reflect.construct(C, arguments, W) }
      W.prototype = C.prototype;
      C.prototype.constructor = W;
      return [new W()];
    })()`,
  ],
  [
    'private, missing in the first object',
    `(() => {
      class Base { constructor(full) { if (!full) return Object.create(Sub.prototype) } }
      class Sub extends Base { #v = [1] }
      Sub.prototype.constructor = Object;
      return [Object.create(Sub.prototype), Object.create(Sub.prototype), new Sub(true)];
    })()`,
  ],
  [
    'private beside a text of five million characters',
    `[Object.assign(new (class A { #a = 1 })(), { text: 'x'.repeat(5_000_000) })]`,
  ],
  ['private of an error', `[new (class Wrong extends Error { #a = [1] })('wrong')]`],
  [
    'private of an error whose description runs code',
    `[Object.setPrototypeOf(new (class Wrong extends Error { #a = [1] })('wrong'), { get name() { throw 1 } })]`,
  ],
  [
    'private of a class with an accessor that is bound',
    `[Object.defineProperty(new (class A { #a = [1] })(), 'x', { get: function () { ran = true; }.bind(null), enumerable: true })]`,
  ],
  [
    'private, stamped on objects of other classes',
    `(() => { ${stamping} return [new Map(), new Set([1]), new Date(0), /x/, new Uint8Array(1), new ArrayBuffer(1), Object(1), {}, [], Object.create(null), new Proxy({}, {}), new WeakMap(), (function () { return arguments })()].map((o) => (new Stamp(o), o)) })()`,
  ],
  [
    'private, stamped on one of many',
    `(() => { ${stamping} const dates = [1, 2, 3, 4, 5].map((time) => new Date(time)); new Stamp(dates[3]); return dates })()`,
  ],
  ['private, behind the null prototype', '[Object.setPrototypeOf(new (class A { #a = [1] })(), null)]'],
  [
    'what V8 of Node 20 would run to describe it',
    `[{ held: { get splice() { ran = true; } } }, Object.assign(new (class A { #a = 1 })(), { held: Object.defineProperty({ splice() {} }, 'length', { get() { ran = true; } }) })]`,
  ],
  ['two classes of one name', '[new (class Token { a = 1 })(), new (class Token { b = 2 })(), new (class Other {})()]'],
  ['iterators of texts', `['ab'[Symbol.iterator](), 'ab'.matchAll(/a/g)]`],
  [
    'what belongs to a context of its own',
    `(() => { const { runInContext, createContext } = process.getBuiltinModule('vm'); const context = createContext({ a: 1 }); const generator = runInContext('(function* () { yield 1 })()', context); return [generator, { global: runInContext('globalThis', context) }] })()`,
  ],
  ['private methods alone', '[new (class A { #m() {} static #s() {} use() { this.#m(); A.#s() } })()]'],
  [
    'a table and an instance of WebAssembly',
    `(() => { const table = new WebAssembly.Table({ initial: 2, element: 'externref' }); table.set(0, { a: 1 }); return [table, new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])))] })()`,
  ],
  ['private in a Map', '(() => { class M extends Map { #a = 1 } return new M([[1, 2]]) })()'],
  ['statics', '[class A { static n = [1]; static #p = 2; static #m() {} static { this.#m } }]'],
  ['shared buffer', '(() => { const b = new ArrayBuffer(2); return [new Uint8Array(b), new DataView(b)] })()'],
  ['boxes', `[Object(1), Object('a'), Object(Symbol('s')), Object(1n)]`],
  ['errors', `[new RangeError('far', { cause: [1] }), Object.create(Error.prototype)]`],
  ['arguments', '(function () { return arguments })([1])'],
  ['disguised', 'Object.setPrototypeOf(new Map([[1, 2]]), null)'],
  ['bigint', '2n ** 70n'],
  ['undefined', 'undefined'],
  ['symbol', `Symbol('s')`],
  ['missing', 'missing'],
  ['thrown', `(() => { throw new TypeError('no') })()`],
  ['no expression', '(('],
  ['statement', 'let a = 1'],
];

test.each(values)('%s', async (_name, expression) => {
  expect(await text(expression)).toMatchSnapshot();
});

describe('on request', () => {
  const counter =
    '(function outer() { let count = 0; const shared = {}; { let step = 1; return () => (count += step, shared) } })()';
  test("closures' scopes", async () => expect(await text(counter, { scopes: true })).toMatchSnapshot());
  test('closures of one call, and of two', async () => {
    const made = '(() => { let count = {}; return [() => count, () => [count], () => 1] })()';
    expect(await text(`[${made}, ${made}].flat()`, { scopes: true, functions: true })).toMatchSnapshot();
  });
  test('`with` around a proxy and an object', async () => {
    const within = (object: string) => `Function('o', 'with (o) { return () => a }')(${object})`;
    const expression = `[${within(`new Proxy({ a: 1 }, ${throwing})`)}, ${within('{ a: 1 }')}]`;
    expect(
      (await text(expression, { scopes: true, functions: true })).replace(/'line [\d:]+'/g, 'place'),
    ).toMatchSnapshot();
  });
  test('what is in functions that nobody asked for', async () =>
    expect(
      await text(`[${counter}, Object.assign(() => {}, { held: {} })]`, { functions: true, scopes: true }),
    ).toMatchSnapshot());
  test('prototypes', async () =>
    expect(await text('new (class B extends (class A {}) { m() {} })()', { prototypes: true })).toMatchSnapshot());
  test('a range of a long array', async () => {
    const ranges = [{ id: 1, of: 'element', from: 40, to: 42 }] as const;
    expect(await text('Array.from({ length: 100 }, (_, i) => i)', { ranges })).toMatchSnapshot();
  });
  test('what is hidden is looked at without touching it', async () => {
    const trap =
      'new Proxy({}, { get() { n++ }, ownKeys() { n++; return [] }, getPrototypeOf() { n++; return null }, getOwnPropertyDescriptor() { n++ } })';
    const list = '[s, p, s, { get a() { n++ } }, new Proxy(s, p), 0]';
    const expression = `(() => { let n = 0; const s = { s: 1 }; const p = ${trap}; return { list: ${list}, s, far: { far: { s, p } }, get count() { return n }, counted: () => n } })()`;
    const slices = { begin: 1, middle: 0, end: 1 };
    const view = { slices: defaultReadOptions.slices, depth: 1 };
    expect(await text(`globalThis.hiding = ${expression}`, view)).toMatchSnapshot();
    expect(await text('globalThis.hiding.list', { slices })).toMatchSnapshot();
    expect(await text('globalThis.hiding.counted()')).toBe(' = 0');
  });

  test('a range of a sparse array', async () => {
    const slices = { begin: 1, middle: 0, end: 1 };
    const expression = '(() => { const a = []; for (let i = 0; i < 9; i += 1) a[i * 5000] = i; return a })()';
    expect(await text(expression, { slices })).toMatchSnapshot();
    expect(
      await text(expression, { slices, ranges: [{ id: 1, of: 'element', from: 5001, to: 5003 }] }),
    ).toMatchSnapshot();
  });
  test('ranges of entries and properties', async () => {
    const slices = { begin: 1, middle: 0, end: 0 };
    const expression = '[new Map([[1, 2], [3, 4], [5, 6]]), { a: 1, b: 2, c: 3 }, 0, 0]';
    const ranges = [
      { id: 1, of: 'element', from: 1, to: 2 },
      { id: 2, of: 'entry', from: 2, to: 3 },
      { id: 3, of: 'property', from: 1, to: 2 },
    ] as const;
    expect(await text(expression, { slices, ranges })).toMatchSnapshot();
  });
  test('an object that was cut', async () => {
    expect(await text('[[[[1]]]]', { depth: 1 })).toMatchSnapshot();
    expect(await text('[[[[1]]]]', { depth: 1, opened: [3] })).toMatchSnapshot();
  });
});

describe('roots', () => {
  test('instances of a class', async () => {
    runInThisContext(
      'globalThis.Sample = class Sample { #a = 1 }; globalThis.samples = [new Sample(), new Sample()]; 0',
    );
    expect(textForm(await read([{ type: 'instances', expression: 'Sample' }]))).toMatchSnapshot();
    expect(textForm(await read([{ type: 'instances', expression: '1' }]))).toMatchSnapshot();
    expect(textForm(await read([{ type: 'instances', expression: 'Smaple' }]))).toMatchSnapshot();
  });

  test('an object by its handle', async () => {
    const answer = await session.send('Runtime.evaluate', { expression: '({ a: [1] })' }, { deadline: 1000 });
    if (!answer.ok || answer.value.result.objectId === undefined) throw new Error('There is no handle.');
    const { objectId } = answer.value.result;
    expect(textForm(await read([{ type: 'object', label: 'logged', objectId }]))).toMatchSnapshot();
  });

  test('several roots share their objects', async () => {
    runInThisContext('globalThis.shared = { a: 1 }; 0');
    const roots: readonly RootRequest[] = [
      { type: 'expression', expression: 'shared' },
      { type: 'expression', expression: '((' },
      { type: 'expression', expression: '[shared]' },
    ];
    expect(textForm(await read(roots))).toMatchSnapshot();
  });
});

describe('who refers to an object', () => {
  test('the ways from the root and nothing else', async () => {
    runInThisContext(`globalThis.wanted = { w: 1 };
      globalThis.holder = { other: [1, 2], list: Array.from({ length: 500 }, (_, i) => (i === 333 ? { wanted } : { i })), map: new Map([['a', {}], ['b', [wanted]]]) }; 0`);
    const capture = createProtocolCapture(session);
    const options = { deadline: 10_000 };
    const first = await capture.capture([{ type: 'expression', expression: 'wanted' }], defaultReadOptions, options);
    expect(first.ok && first.value.objects.has(1)).toBe(true);
    const found = await capture.retainers(
      1,
      [{ type: 'expression', expression: 'holder' }],
      defaultReadOptions,
      options,
    );
    if (!found.ok) throw new Error(JSON.stringify(found.failure));
    expect(textForm(found.value).replace(/#\d+/g, (id) => (id === '#1' ? id : '#n'))).toMatchSnapshot();
  });

  test.each([
    ['a property of a function', 'Object.assign(() => {}, { wanted })', {}],
    ['a bound function', '(() => {}).bind(wanted)', {}],
    ['a private field', 'new (class { #wanted = wanted })()', {}],
    ['a weak entry', 'new WeakMap([[wanted, 1]])', {}],
    ['a closure, where closures are shown', '((wanted) => () => wanted)(wanted)', { scopes: true }],
  ])('by way of %s', async (_, holder, view) => {
    runInThisContext(`globalThis.wanted = { w: 1 }; globalThis.holder = [{}, [${holder}]]; 0`);
    const capture = createProtocolCapture(session);
    const options = { deadline: 10_000 };
    await capture.capture([{ type: 'expression', expression: 'wanted' }], defaultReadOptions, options);
    const roots: readonly RootRequest[] = [{ type: 'expression', expression: 'holder' }];
    const found = await capture.retainers(1, roots, { ...defaultReadOptions, ...view }, options);
    await capture.close();
    expect(found.ok && found.value.objects.has(1)).toBe(true);
  });

  test('a search that has found enough of them is not out of time', async () => {
    runInThisContext(
      'globalThis.wanted = { w: 1 }; globalThis.holder = Array.from({ length: 30 }, () => ({ wanted })); 0',
    );
    const capture = createProtocolCapture(session);
    const options = { deadline: 10_000 };
    await capture.capture([{ type: 'expression', expression: 'wanted' }], defaultReadOptions, options);
    const found = await capture.retainers(
      1,
      [{ type: 'expression', expression: 'holder' }],
      defaultReadOptions,
      options,
    );
    await capture.close();
    expect(found.ok && [...found.value.cuts]).toEqual([]);
  });
});

test('numbers stay with the variables of a generator, and never go to those of another of its blocks', async () => {
  runInThisContext(`globalThis.suspended = (function* (first) {
    yield; for (let each = 0; each < 2; each += 1) { yield; { let inner; yield } } { let last; yield }
  })({}); suspended.next(); 0`);
  const capture = createProtocolCapture(session);
  const scopes = async (): Promise<string> => {
    const root: RootRequest = { type: 'expression', expression: 'suspended' };
    const outcome = await capture.capture([root], defaultReadOptions, { deadline: 10_000 });
    const found = outcome.ok ? [...outcome.value.objects.values()].filter(({ kind }) => kind === 'scope') : [];
    runInThisContext('suspended.next(); 0');
    return found.map(({ id, parts }) => `${id}: ${parts.length}`).join(', ');
  };
  const own = -131_072 - 16;
  expect(await scopes()).toBe(`${own}: 1`);
  expect(await scopes()).toBe(`${own - 14}: 1, ${own}: 1`);
  expect(await scopes()).toBe(`${own - 13}: 1, ${own - 14}: 1, ${own}: 1`);
  expect(await scopes()).toBe(`${own - 14}: 1, ${own}: 1`);
  await capture.close();
});

test('the parameters of a generator are shown however many blocks it waits in', async () => {
  const blocks = '{ let inner; '.repeat(30);
  const made = `(function* (parameter) { ${blocks} yield; ${'}'.repeat(30)} })(1)`;
  const found = await text(`(() => { const made = ${made}; made.next(); return made; })()`);
  expect(found.match(/scope Block/g)).toHaveLength(14);
  expect(found).toContain('scope Local {local parameter: 1}');
});

test('numbers stay with their objects, and captures of one session wait for each other', async () => {
  runInThisContext('globalThis.kept = [{}, {}]; 0');
  const capture = createProtocolCapture(session);
  const roots: readonly RootRequest[] = [{ type: 'expression', expression: 'kept' }];
  const outcomes = await Promise.all(
    [1, 2, 3].map(() => capture.capture(roots, defaultReadOptions, { deadline: 10_000 })),
  );
  const texts = outcomes.map((outcome) => (outcome.ok ? textForm(outcome.value) : ''));
  expect(texts[0]).toBe('kept = #1\n#1 Array(2) [#2, #3]\n#2 Object {}\n#3 Object {}');
  expect(new Set(texts).size).toBe(1);
  const later = await capture.capture([{ type: 'expression', expression: '[kept[1]]' }], defaultReadOptions, {
    deadline: 10_000,
  });
  expect(later.ok && textForm(later.value)).toBe('[kept[1]] = #4\n#4 Array(1) [#3]\n#3 Object {}');
});

/** `session`, but `before` is awaited before each function is called on an object. */
function interposed(before: (handle: string, declaration: string) => Promise<unknown>): ProtocolSession {
  const send: ProtocolSession['send'] = async (method, parameters, options) => {
    if (parameters && 'functionDeclaration' in parameters && 'objectId' in parameters)
      await before(parameters.objectId ?? '', parameters.functionDeclaration);
    return session.send(method, parameters, options);
  };
  return { ...session, send };
}

test('a capture in one go between two steps does not mix with the one that it interrupts', async () => {
  const expression = '(() => { const shared = [1]; return [shared, Promise.resolve(shared), { shared }] })()';
  let interruptions = 0;
  const interrupting = interposed(async (objectId, declaration) => {
    if (!declaration.includes('answerDetails')) return;
    interruptions += 1;
    const view = JSON.stringify(defaultReadOptions);
    const functionDeclaration = `function() { this.capture({ view: ${view} }, [() => [Array, Object, [1], [2]]]); }`;
    await session.send('Runtime.callFunctionOn', { objectId, functionDeclaration }, { deadline: 10_000 });
  });
  const capture = createProtocolCapture(interrupting);
  const outcome = await capture.capture([{ type: 'expression', expression }], defaultReadOptions, { deadline: 10_000 });
  await capture.close();
  expect(interruptions).toBeGreaterThan(0);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  const plain = await read([{ type: 'expression', expression }]);
  // The other capture gives numbers, too.
  expect(renumbered(textForm(outcome.value))).toBe(renumbered(textForm(plain)));
});

/** With numbers in the order in which they are met. */
function renumbered(text: string): string {
  const met: string[] = [];
  return text.replace(/#\d+/g, (id) => {
    if (!met.includes(id)) met.push(id);
    return `#${met.indexOf(id) + 1}`;
  });
}

test('who shares numbers reads in turn', async () => {
  const handles: string[] = [];
  const recording = interposed(async (handle, declaration) => {
    if (/this\.(begin|answer)/.test(declaration)) handles.push(handle);
  });
  const numbers = { next: 1 };
  const captures = [1, 2].map(() => createProtocolCapture(recording, { numbers }));
  const roots = [{ type: 'expression', expression: '[Promise.resolve([1])]' }] as const;
  const outcomes = await Promise.all(
    captures.map((capture) => capture.capture(roots, defaultReadOptions, { deadline: 10_000 })),
  );
  await Promise.all(captures.map((capture) => capture.close()));
  expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
  expect(handles.length).toBeGreaterThan(2);
  expect(handles.filter((handle, index) => index > 0 && handle !== handles[index - 1])).toHaveLength(1);
});
