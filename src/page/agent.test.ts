import { describe, expect, test } from 'vitest';
import { defaultReadOptions, type ReadOptions, type Slices } from '../snapshot/read-options.ts';
import { textForm } from '../snapshot/text-form.test-helper.ts';
import { openPage } from './page.test-helper.ts';

/** Name, expression, and the value, or the objects that it leads to. */
const values: readonly (readonly [name: string, expression: string, lines: readonly string[]])[] = [
  [
    'numbers',
    '[0, 36, 37, 1023, 1024, 2 ** 31, 2 ** 53, -1, -1024, -0]',
    ['#1 Array(10) [0, 36, 37, 1023, 1024, 2147483648, 9007199254740992, -1, -1024, -0]'],
  ],
  [
    'more numbers',
    '[0.1, -1.5e-300, 1e300, NaN, Infinity, -Infinity, 2 ** 53 + 2]',
    ['#1 Array(7) [0.1, -1.5e-300, 1e+300, NaN, Infinity, -Infinity, 9007199254740994]'],
  ],
  [
    'primitives',
    '[undefined, null, true, false, 1n, -(10n ** 20n), Symbol("s"), Symbol(), ""]',
    ["#1 Array(9) [undefined, null, true, false, 1n, -100000000000000000000n, Symbol(s)#2, Symbol()#3, '']"],
  ],
  [
    'strings',
    String.raw`['\u0000"\\', 'ä€😀', '\ud800', 'x\udfff\ud800y', '\udc00\ud800', '\ufffd\ud801']`,
    [
      "#1 Array(6) ['\\u0000\"\\', '\\u00e4\\u20ac\\ud83d\\ude00', '\\ud800', 'x\\udfff\\ud800y', '\\udc00\\ud800', '\\ufffd\\ud801']",
    ],
  ],
  ['a primitive root', '1n', ['1n']],
  ['undefined as root', 'undefined', ['undefined']],
  [
    'nested',
    `[[1, 2], [3, 4], new Set([5, 6]), new Map([[7, 'seven'], [8, 'eight']])]`,
    [
      '#1 Array(4) [#2, #3, #4, #5]',
      '#2 Array(2) [1, 2]',
      '#3 Array(2) [3, 4]',
      '#4 Set(2) {5, 6}',
      "#5 Map(2) {7 => 'seven', 8 => 'eight'}",
    ],
  ],
  [
    'shared',
    '(() => { const a = [1]; return [a, a, { a }] })()',
    ['#1 Array(3) [#2, #2, #3]', '#2 Array(1) [1]', '#3 Object {a: #2}'],
  ],
  ['self', '(() => { const l = [1]; l.push(l); return l })()', ['#1 Array(2) [1, #1]']],
  ['holes', '[1, , 3, , ,]', ['#1 Array(5) [1, hole, 3, 2 holes]']],
  ['only holes', 'new Array(5)', ['#1 Array(5) [5 holes]']],
  [
    'far apart',
    '(() => { const a = []; a[2 ** 32 - 2] = 1; a[7] = 2; a[100] = 3; return a })()',
    ['#1 Array(4294967295) [7 holes, 2, 92 holes, 3, 4294967193 holes, 1]'],
  ],
  [
    'sparse',
    '(() => { const a = []; for (let i = 0; i < 40; i++) a[i * 1000] = i; return a })()',
    [
      '#1 Array(39001) [0, 999 holes, 1, 999 holes, 2, 999 holes, 3, 999 holes, 4, 999 holes, 5, 999 holes, 6, 999 holes, 7, 999 holes, 8, 999 holes, 9, …8 element from 9001, 18, 999 holes, 19, 999 holes, 20, 999 holes, 21, 999 holes, 22, …7 element from 22001, 30, 999 holes, 31, 999 holes, 32, 999 holes, 33, 999 holes, 34, 999 holes, 35, 999 holes, 36, 999 holes, 37, 999 holes, 38, 999 holes, 39]',
    ],
  ],
  [
    'extras',
    '(() => { const a = [1]; a.x = 2; a[Symbol("s")] = 3; a["01"] = 4; return a })()',
    ['#1 Array(1) [1, x: 2, 01: 4, [Symbol(s)#2]: 3]'],
  ],
  [
    'extras of a long array',
    '(() => { const a = new Array(5000).fill(1); a[Symbol("s")] = 3; return a })()',
    [
      '#1 Array(5000) [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, …2488 element from 10, 1, 1, 1, 1, 1, …2487 element from 2503, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, [Symbol(s)#2]: 3] names not listed',
    ],
  ],
  [
    'match',
    `/b(?<n>c)/.exec('abc')`,
    ["#1 Array(2) ['bc', 'c', index: 1, input: 'abc', groups: #2]", "#2 null {n: 'c'}"],
  ],
  ['frozen', 'Object.freeze([1])', ['#1 frozen Array(1) [1]']],
  [
    'accessors',
    '({ get g() { throw 1 }, set s(v) {}, get b() { throw 1 }, set b(v) {}, y: 1 })',
    ['#1 Object {get g, set s, get set b, y: 1}'],
  ],
  [
    'accessor element',
    'Object.defineProperty([1, 2], 0, { get() { throw 1 }, enumerable: true })',
    ['#1 Array(2) [(get), 2]'],
  ],
  [
    'odd keys',
    `({ ['__proto__']: 1, constructor: 2, '': 3, 7: 4, [Symbol('s')]: 5, [Symbol()]: 6, 'a b': 7 })`,
    ["#1 Object {7: 4, __proto__: 1, constructor: 2, '': 3, 'a b': 7, [Symbol(s)#2]: 5, [Symbol()#3]: 6}"],
  ],
  ['not enumerable', `Object.defineProperty({ a: 1 }, 'hidden', { value: 2 })`, ['#1 Object {a: 1}']],
  ['null prototype', 'Object.assign(Object.create(null), { a: 1 })', ['#1 null {a: 1}']],
  ['instance', 'new (class LinkedList { head = null; size = 0 })()', ['#1 LinkedList {head: null, size: 0}']],
  ['anonymous class', 'new (class { a = 1 })()', ['#1 Object {a: 1}']],
  [
    'subclasses',
    '[new (class List extends Array {})(), new (class Table extends Map {})([[1, 2]])]',
    ['#1 Array(2) [#2, #3]', '#2 List(0) []', '#3 Table(1) {1 => 2}'],
  ],
  ['class', '[class A { static n = 1; static #p = 2; static f() {} }]', ['#1 Array(1) [#2]', '#2 class A {n: 1}']],
  [
    'function as value',
    '[Object.assign(function f() {}, { x: 1 }), () => {}, Math.max]',
    ['#1 Array(3) [#2, #3, #4]', '#2 function f {}', '#3 function  {}', '#4 function max {}'],
  ],
  ['function as root', 'Object.assign(function f() {}, { x: 1 })', ['#1 function f {x: 1}']],
  ['dates', '[new Date(5), new Date(NaN)]', ['#1 Array(2) [#2, #3]', '#2 Date 5', '#3 Date NaN']],
  [
    'regexps',
    String.raw`[/a\/b/dgimsuy, /[a]/v, new RegExp('')]`,
    ['#1 Array(3) [#2, #3, #4]', "#2 RegExp '/a\\/b/dgimsuy'", "#3 RegExp '/[a]/v'", "#4 RegExp '/(?:)/'"],
  ],
  [
    'boxes',
    `[Object(1), Object('ab'), Object(false), Object(Symbol('s')), Object(2n)]`,
    [
      '#1 Array(5) [#2, #3, #4, #5, #6]',
      '#2 boxed Number 1',
      "#3 boxed String 'ab'",
      '#4 boxed Boolean false',
      '#5 boxed Symbol Symbol(s)#7',
      '#6 boxed BigInt 2n',
    ],
  ],
  [
    'static fields with names of what functions have',
    '[class { static name = [1]; static length = 2; static caller = 3 }, class A { static name() {} }]',
    ['#1 Array(2) [#2, #3]', '#2 class  {length: 2, name: #4, caller: 3}', '#3 class  {}', '#4 Array(1) [1]'],
  ],
  [
    'a message that is no string',
    `Object.assign(new Error('no'), { message: [1] })`,
    ['#1 Error {~message: #2}', '#2 Array(1) [1]'],
  ],
  ['error', `new TypeError('no', { cause: [1] })`, ["#1 TypeError 'no' {~cause: #2}", '#2 Array(1) [1]']],
  [
    'aggregate',
    `new AggregateError([new RangeError('far')], 'many')`,
    ["#1 AggregateError 'many' {~errors: #2}", '#2 Array(1) [#3]', "#3 RangeError 'far'"],
  ],
  ['arguments', '(function () { return arguments })(1, [2])', ['#1 arguments Arguments(2) {1, #2}', '#2 Array(1) [2]']],
  [
    'arguments that are more than their length says',
    '[1, "none", 9].map((length) => (function () { arguments.length = length; arguments[20] = 5; return arguments })(3, 4))',
    [
      '#1 Array(3) [#2, #3, #4]',
      '#2 arguments Arguments(1) {3, 1: 4, 20: 5}',
      '#3 arguments Arguments {0: 3, 1: 4, 20: 5}',
      '#4 arguments Arguments(9) {3, 4, 7 holes, 20: 5}',
    ],
  ],
  [
    'weak',
    '[new WeakMap(), new WeakSet(), new WeakRef([1])]',
    [
      '#1 Array(3) [#2, #3, #4]',
      '#2 weakmap WeakMap {}',
      '#3 weakset WeakSet {}',
      '#4 weakref WeakRef {[[WeakRefTarget]]: #5}',
      '#5 Array(1) [1]',
    ],
  ],
  ['promise', 'Promise.resolve(1)', ['#1 promise Promise {}']],
  [
    'buffers',
    '(() => { const b = new ArrayBuffer(4); return [b, new Uint8Array(b), new DataView(b, 2)] })()',
    [
      '#1 Array(3) [#2, #3, #4]',
      '#2 arraybuffer ArrayBuffer(4) {}',
      '#3 Uint8Array(4) {0, 0, 0, 0, [[ArrayBuffer]]: #2}',
      '#4 dataview DataView(2) {[[ArrayBuffer]]: #2}',
    ],
  ],
  [
    'typed arrays',
    '[new Float64Array([0.5, -0]), new BigInt64Array([-1n])]',
    [
      '#1 Array(2) [#2, #3]',
      '#2 Float64Array(2) {0.5, -0, [[ArrayBuffer]]: #4}',
      '#3 BigInt64Array(1) {-1n, [[ArrayBuffer]]: #5}',
      '#4 arraybuffer ArrayBuffer(16) {}',
      '#5 arraybuffer ArrayBuffer(8) {}',
    ],
  ],
  ['generator', '(function* () { yield 1 })()', ['#1 generator Generator {}']],
  [
    'iterators',
    '[[1].values(), new Map().keys(), new Set().values()]',
    [
      '#1 Array(3) [#2, #3, #4]',
      '#2 iterator Array Iterator {}',
      '#3 iterator Map Iterator {}',
      '#4 iterator Set Iterator {}',
    ],
  ],
  [
    'prototypes are plain',
    '[Map.prototype, Date.prototype, RegExp.prototype, Promise.prototype]',
    ['#1 Array(4) [#2, #3, #4, #5]', '#2 Object {}', '#3 Object {}', '#4 Object {}', '#5 Object {}'],
  ],
  [
    'looks like a Date',
    `({ __proto__: Date.prototype, [Symbol.toStringTag]: 'Date' })`,
    ["#1 Date {[Symbol.toStringTag]: 'Date'}"],
  ],
  ['a Map in disguise', 'Object.setPrototypeOf(new Map([[1, 2]]), Object.prototype)', ['#1 Object(1) {1 => 2}']],
  ['a Date in disguise', 'Object.setPrototypeOf(new Date(7), null)', ['#1 null 7']],
  [
    'revoked',
    '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return [proxy, proxy] })()',
    ['#1 Array(2) [#2, #2]', '#2 proxy Proxy (revoked) {}'],
  ],
  [
    'throwing proxy',
    `[new Proxy({}, { ownKeys() { throw new TypeError('trap') } })]`,
    ['#1 Array(1) [#2]', '#2 Object {[[OwnPropertyKeys]]: unreadable: listing them threw TypeError: trap}'],
  ],
  ['global object', '[globalThis]', ['#1 Array(1) [#2]', '#2 Object ✂ leaf']],
  ['thrown error', `(() => { throw new TypeError('no') })()`, ['iled: Thrown: TypeError: no']],
  ['thrown string', `(() => { throw 'no' })()`, ['iled: Thrown: no']],
  ['thrown object', '(() => { throw { toString() { return 1 } } })()', ['iled: Thrown: #<Object>']],
  ['unknown name', 'missing', ['iled: Thrown: ReferenceError: missing is not defined']],
];

describe('values', () => {
  test.each(values)('%s', (_name, expression, lines) => {
    expect(openPage().text(expression).split('\n')).toEqual(lines);
  });
});

test.each([
  ['an error', `new Error('no')`, [`#1 Error 'no' {get ~stack}`]],
  ['a class', 'class A { static n = 1; static f() {} }', ['#1 class A {~f: #2, n: 1}', '#2 function f {}']],
  ['an array', '[1]', ['#1 Array(1) [1]']],
  ['an object', `Object.defineProperty({ a: 1, stack: 2 }, 'b', { value: 2 })`, ['#1 Object {a: 1, stack: 2, ~b: 2}']],
])('with properties that are not enumerable: %s', (_name, expression, lines) => {
  expect(openPage().text(expression, { nonEnumerable: true }).split('\n')).toEqual(lines);
});

describe('symbols', () => {
  const script = `const own = Symbol('s'), other = Symbol('s'), nameless = Symbol(), odd = Symbol('Symbol.iterator');`;
  const list = `[own, other, own, nameless, odd, Symbol.for('s'), Symbol.for(''), Symbol.iterator, { [own]: 1, [Symbol.for('s')]: 2, [Symbol.asyncIterator]: 3 }]`;
  const lines = [
    "#1 Array(9) [Symbol(s)#2, Symbol(s)#3, Symbol(s)#2, Symbol()#4, Symbol(Symbol.iterator)#5, Symbol.for('s'), Symbol.for(''), Symbol.iterator, #6]",
    "#6 Object {[Symbol(s)#2]: 1, [Symbol.for('s')]: 2, [Symbol.asyncIterator]: 3}",
  ];
  test('are told apart, registered and well-known ones by what they are called', () => {
    expect(openPage(script).text(list).split('\n')).toEqual(lines);
  });
  test('keep their numbers', () => {
    const page = openPage(script);
    expect(page.text('[other, {}]')).toBe('#1 Array(2) [Symbol(s)#2, #3]\n#3 Object {}');
    expect(page.text('{ own, other }')).toBe('#4 Object {own: Symbol(s)#5, other: Symbol(s)#2}');
  });
  test.each([
    ['Symbol.keyFor', 'Symbol.keyFor = () => { throw 1 };'],
    ['WeakMap', 'WeakMap = function () { throw 1 };'],
    ['Reflect.apply', 'Reflect.apply = function () { throw 1 };'],
  ])('also where the page replaced %s', (_name, attack) => {
    expect(
      openPage(script + attack)
        .text(list)
        .split('\n'),
    ).toEqual(lines);
  });
});

describe('slices', () => {
  /** The runs of indices that are read. */
  const shown = (count: number, slices: Slices = defaultReadOptions.slices): string => {
    const { objects } = openPage(`const list = new Array(${count}).fill(0)`).capture(['list'], { slices });
    const runs: string[] = [];
    let start = 0;
    let end = 0;
    const close = (): void => {
      if (end > start) runs.push(`${start}-${end - 1}`);
    };
    for (const part of objects.get(1)?.parts ?? []) {
      if (part.type === 'element') end = part.index + 1;
      else if (part.type === 'hidden') {
        close();
        start = part.index + part.count;
        end = start;
      }
    }
    close();
    return runs.join(' ');
  };

  test.each([
    [0, ''],
    [1, '0-0'],
    [26, '0-25'],
    [27, '0-26'],
    [28, '0-9 12-27'],
    [100, '0-9 48-52 90-99'],
    [1_000_000, '0-9 499998-500002 999990-999999'],
  ])('of %i elements', (count, runs) => {
    expect(shown(count)).toBe(runs);
  });

  test('without a beginning, a middle or an end', () => {
    expect(shown(20, { begin: 0, middle: 0, end: 2 })).toBe('18-19');
    expect(shown(20, { begin: 2, middle: 0, end: 0 })).toBe('0-1');
    expect(shown(20, { begin: 0, middle: 3, end: 0 })).toBe('9-11');
    expect(shown(20, { begin: 0, middle: 0, end: 0 })).toBe('');
  });

  test('entries, members, properties and typed elements alike', () => {
    const page = openPage('const numbers = Array.from({ length: 9 }, (_, i) => i)');
    const view = { slices: { begin: 1, middle: 1, end: 1 } };
    expect(page.text('new Map(numbers.map((i) => [i, -i]))', view)).toBe(
      '#1 Map(9) {0 => -0, …3 entry from 1, 4 => -4, …3 entry from 5, 8 => -8}',
    );
    expect(page.text('new Set(numbers)', view)).toBe('#2 Set(9) {0, …3 element from 1, 4, …3 element from 5, 8}');
    expect(page.text('Object.fromEntries(numbers.map((i) => ["k" + i, i]))', view)).toBe(
      '#3 Object {k0: 0, …3 property from 1, k4: 4, …3 property from 5, k8: 8}',
    );
    expect(page.text('Uint8Array.from(numbers)', view)).toMatch(/^#4 Uint8Array\(9\) \{0, …3 element from 1, 4, …3/);
  });

  test('expanded objects are read whole', () => {
    const page = openPage('const list = Array.from({ length: 30 }, (_, i) => i)');
    const sliced = page.text('list');
    expect(sliced).toContain('…');
    expect(page.text('list', { expanded: [1] })).toBe(
      `#1 Array(30) [${Array.from({ length: 30 }, (_, i) => i).join(', ')}]`,
    );
  });
});

describe('limits', () => {
  const chain = 'const list = {}; for (let i = 0, n = list; i < 5; i++) n = n.next = {}';

  test.each([
    [
      'depth',
      { depth: 2 },
      ['#1 Object {next: #2}', '#2 Object {next: #3}', '#3 Object {next: #4}', '#4 Object ✂ depth', 'cut by depth: 1'],
    ],
    ['objects', { objects: 1 }, ['#1 Object {next: #2}', '#2 Object ✂ objects', 'cut by objects: 1']],
    ['depth 0', { depth: 0 }, ['#1 Object {next: #2}', '#2 Object ✂ depth', 'cut by depth: 1']],
    [
      'expanded',
      { depth: 1, expanded: [3] },
      ['#1 Object {next: #2}', '#2 Object {next: #3}', '#3 Object {next: #4}', '#4 Object ✂ depth', 'cut by depth: 1'],
    ],
  ])('%s', (_name, view, lines) => {
    expect(openPage(chain).text('list', view).split('\n')).toEqual(lines);
  });

  test('time: what was not read says so', () => {
    const page = openPage('const lists = Array.from({ length: 27 }, () => Array.from({ length: 27 }, () => [[]]))');
    const snapshot = page.capture(['lists'], { time: -1 });
    expect(snapshot.cuts.get('time')).toBeGreaterThan(0);
    expect([...snapshot.objects.values()].every((object) => object.cut !== 'time' || object.parts.length === 0)).toBe(
      true,
    );
  });

  test('the shortest way counts', () => {
    const page = openPage('const deep = {}; const list = { a: { b: { deep } }, deep }');
    expect(page.text('list', { depth: 1 })).toContain('#3 Object {}');
  });

  test('a doubly linked list is cut at its depth', () => {
    const page = openPage(`const list = {};
      for (let i = 0, n = list; i < 200; i++) { const next = { prev: n }; n.next = next; n = next }`);
    expect(page.capture(['list'], { depth: 3 }).objects.size).toBe(5);
  });

  test('a list of 200,000 linked nodes', () => {
    const page = openPage('let list = null; for (let i = 0; i < 200_000; i++) list = { next: list }');
    const { objects } = page.capture(['list'], { depth: 1e9, objects: 1e9 });
    expect(objects.size).toBe(200_000);
  });

  test('a million entries: only those shown cross', () => {
    const page = openPage('const map = new Map(); for (let i = 0; i < 1e6; i++) map.set(i, [])');
    const { objects } = page.capture(['map']);
    expect(objects.size).toBe(26);
    expect(objects.get(1)?.size).toBe(1_000_000);
  });

  test('50 million typed elements', () => {
    const text = openPage().text('new Uint8Array(5e7)');
    expect(text).toContain('#1 Uint8Array(50000000) {0, 0');
  });

  test('a text of 100 million characters', () => {
    const snapshot = openPage().capture([`'x'.repeat(1e8)`], { text: 8 });
    expect(snapshot.roots[0]?.result).toEqual({
      ok: true,
      value: { type: 'string', text: { head: 'xxxxxx', tail: 'xx', length: 100_000_000 } },
    });
  });

  test('a pair of surrogates is not cut apart', () => {
    expect(openPage().text(`'ab😀cdefgh😀j'`, { text: 4 })).toBe(`'ab…10…j'`);
    expect(openPage().text(`'abcdefghijkl😀j'`, { text: 8 })).toBe(`'abcdef…8…j'`);
  });

  test('a BigInt of a million digits', () => {
    expect(openPage().text('1n << 3000000n', { text: 8 })).toBe('0x1000…749995…00n');
  });
});

describe('what is hidden is looked at for references to what is read', () => {
  const slices = { begin: 1, middle: 0, end: 1 };
  const script = `
    const s = { s: 1 };
    const t = [[], []];
    const many = (count, at) => Array.from({ length: count }, (_, index) => index === at ? s : 0);
    const record = (value) => ({ a: s, b: 0, c: value, d: 0, e: 0 });
    const chain = { next: { next: { next: { next: null } } } };
    chain.next.next.next.next = chain;
  `;
  test.each<readonly [name: string, expression: string, view: Partial<ReadOptions>, found: readonly string[]]>([
    ['elements', '[s, 0, s, s, 0]', {}, ['…3 element from 1 to #2']],
    ['objects that are not read are not numbered', '[0, {}, [], 0]', {}, ['…2 element from 1,']],
    [
      'an element of a sparse array',
      '(() => { const a = [s]; a[50] = t; a[60] = s; a[100] = 0; return a })()',
      {},
      ['…2 element from 1 to #2,'],
    ],
    ['Map values', 'new Map([[0, s], [1, 0], [2, s], [3, 0]])', {}, ['…2 entry from 1 to #2']],
    [
      'Map keys',
      'new Map([[s, 0], [1, 0], [s.constructor, 0], [t, 0], [t[0], t[1]]])',
      { slices: { begin: 1, middle: 0, end: 0 } },
      ['…4 entry from 1'],
    ],
    ['a Set', 'new Set([s, 1, t, 3])', { slices: { begin: 0, middle: 0, end: 3 } }, ['…1 element from 0,']],
    ['properties', 'record(s)', {}, ['…3 property from 1 to #2']],
    ['the object itself', '(() => { const a = [0, 1, 2, 3]; a[1] = a; return a })()', {}, ['…2 element from 1 to #1']],
    [
      'accessors stay untouched',
      'Object.defineProperty([s, 0, 1, s], 1, { get() { throw 1 } })',
      {},
      ['…2 element from 1,'],
    ],
    ['behind the depth', 'chain', { depth: 2 }, ['#4 Object ✂ depth to #1']],
    ['elements behind the depth', '[[t, s], t[0]]', { depth: 0 }, ['#2 Array(2) ✂ depth\n']],
    ['elements behind the number of objects', '[s, [t, s]]', { objects: 2 }, ['#3 Array(2) ✂ objects to #2']],
    [
      'entries behind the number of objects',
      '[s, new Map([[s, 1]]), new Set([s])]',
      { objects: 2, slices: defaultReadOptions.slices },
      ['#3 Map(1) ✂ objects to #2', '#4 Set(1) ✂ objects to #2'],
    ],
    [
      'a long array, not all of it',
      'many(100_000, 9_999)',
      { slices: { begin: 9_999, middle: 0, end: 0 } },
      ['not looked at: 80001'],
    ],
    [
      'a long array is looked at up to there',
      '[s, many(100_000, 10_000)]',
      {},
      ['…99998 element from 1 to #2', 'not looked at: 89998'],
    ],
  ])('%s', (_name, expression, view, found) => {
    const text = openPage(script).text(expression, { slices, ...view });
    for (const part of found) expect(`${text}\n`).toContain(part);
  });
});

describe('identity', () => {
  test('the same object has the same number in every capture', () => {
    const page = openPage('const a = [[], []]; const b = { a, last: a[1] }');
    expect(page.text('a')).toBe(['#1 Array(2) [#2, #3]', '#2 Array(0) []', '#3 Array(0) []'].join('\n'));
    expect(page.text('b')).toBe(
      ['#4 Object {a: #1, last: #3}', '#1 Array(2) [#2, #3]', '#3 Array(0) []', '#2 Array(0) []'].join('\n'),
    );
  });

  test('all roots of a capture share their objects', () => {
    const page = openPage('const a = []');
    expect(textForm(page.capture(['a', '[a]', 'a']))).toBe(
      ['a = #1', '[a] = #2', 'a = #1', '#1 Array(0) []', '#2 Array(1) [#1]'].join('\n'),
    );
  });
});
