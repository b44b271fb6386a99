/** Small programs that pause, of every kind of frame, variable and value that a stack can have. */

export interface Program {
  readonly name: string;
  readonly code: string;
  /** How it runs: in a function that the browser calls (the default), as a script of its own, as a module, or in a worker. */
  readonly as?: 'script' | 'module' | 'worker';
  /** The keys that lead to the later pauses. */
  readonly keys?: readonly ('F8' | 'F10' | 'F11')[];
}

const values = [
  ['primitives', `1, -0, NaN, Infinity, 10n ** 30n, 'text', '', true, null, undefined`],
  ['long texts', `'x'.repeat(5000), 'ü😀'.repeat(50), '\\u0000\\n'`],
  ['symbols', `Symbol('one'), Symbol('one'), Symbol.for('shared'), Symbol.iterator, Symbol()`],
  ['collections', `[1, , 3], new Map([[1, {}]]), new Set([{}]), new WeakMap(), new WeakSet(), { a: { b: 1 } }`],
  ['builtins', `new Date(0), /a/g, new Error('e'), Promise.resolve(1), new Proxy({}, {}), new Proxy(() => {}, {})`],
  ['buffers', `new Uint8Array(3), new ArrayBuffer(8), new DataView(new ArrayBuffer(2)), new BigInt64Array(2)`],
  [
    'functions',
    `() => {}, function named() {}, class A {}, Math.max, (() => {}).bind(null), async () => {}, function* () {}`,
  ],
  [
    'what the browser has',
    `document.body, document.createTextNode('t'), new Event('e'), new URL('a:b'), navigator, getComputedStyle(document.body)`,
  ],
  ['boxed', `Object(1), Object('s'), Object(Symbol('b')), Object(1n), Object(false)`],
  [
    'odd objects',
    `Object.create(null), Object.freeze({ a: 1 }), { get x() { throw 1; } }, globalThis, [].values(), new (class B { #p = {}; })()`,
  ],
] as const;

const ofValues = values.map(
  ([name, list]): Program => ({
    name: `values: ${name}`,
    code: `const all = [${list}]; const [a, b, c, d, e, f, g, h, i, j] = all; const again = all; debugger; return [a, b, c, d, e, f, g, h, i, j, again];`,
  }),
);

export const programs: readonly Program[] = [
  ...ofValues,
  {
    name: 'parameters',
    code: `function f(a, { b, c: [d] }, e = a, ...rest) { debugger; } f({ n: 1 }, { b: 2, c: [{}] }, undefined, 4, 5);`,
  },
  {
    name: 'arguments',
    code: `function f(a, b) { const own = arguments[0]; debugger; return arguments.length; } f({}, 2);`,
  },
  {
    name: 'shared between frames',
    code: `function inner(x) { const mine = [x]; debugger; return mine; } function outer(y) { const kept = y; inner(y); return kept; } outer({});`,
  },
  {
    name: 'equal but not shared',
    code: `function inner(x) { const other = { n: 1 }; debugger; return [x, other]; } inner({ n: 1 });`,
  },
  {
    name: 'let, const and var in blocks',
    code: `{ let a = 1; { const b = {}; var c = b; { let d = [c]; debugger; d; } } }`,
  },
  {
    name: 'not initialized yet',
    code: `debugger; let late = 1; const later = {}; class Latest {} return [late, later, Latest];`,
  },
  {
    name: 'shadowed in a block',
    code: `const x = { outer: true }; { const x = { inner: true }; { let x = 3; debugger; } }`,
  },
  {
    name: 'shadowed parameter',
    code: `function f(user) { for (const user of ['ann', {}]) debugger; } f({ root: 1 });`,
    keys: ['F8'],
  },
  {
    name: 'parameter that the body declares again',
    code: `function f(a = { v: 1 }, g = () => a) { var a = 'body'; debugger; return g(); } f();`,
  },
  { name: 'catch', code: `try { throw { code: 7 }; } catch (error) { const seen = error; debugger; return seen; }` },
  {
    name: 'catch with a pattern',
    code: `try { throw { code: 7, why: {} }; } catch ({ code, why }) { debugger; return [code, why]; }`,
  },
  { name: 'switch', code: `switch (2) { case 1: let a = 1; case 2: let b = {}; debugger; b; }` },
  {
    name: 'loop with closures',
    code: `const list = []; for (let i = 0; i < 3; i++) { const square = i * i; list.push(() => [i, square]); if (i === 2) debugger; } list[0]();`,
  },
  {
    name: 'for of with patterns',
    code: `for (const [key, value] of new Map([['a', {}], ['b', {}]])) { debugger; }`,
    keys: ['F8'],
  },
  { name: 'for in', code: `for (const name in { a: 1, b: 2 }) { const copy = name; debugger; }`, keys: ['F8'] },
  {
    name: 'labelled loops',
    code: `out: for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) { if (i && j) { debugger; break out; } }`,
  },
  {
    name: 'closure of a caller',
    code: `function outer() { let count = { n: 1 }; const bump = () => { count = { n: 2 }; debugger; }; bump(); return count; } outer();`,
  },
  {
    name: 'closure of a call that has ended',
    code: `function make(start) { let count = start; return () => { count += 1; debugger; return count; }; } make(3)();`,
  },
  {
    name: 'closures in closures',
    code: `const one = (a) => (b) => (c) => { debugger; return [a, b, c]; }; one({})({})({});`,
  },
  {
    name: 'two closures of one call',
    code: `function make() { const shared = {}; let n = 0; return [() => { n += 1; other(); }, () => { debugger; return [shared, n]; }]; } const [first, other] = make(); first();`,
  },
  {
    name: 'unused outer variables',
    code: `const used = {}, unused = {}, more = 5; function helper() {} const f = () => { debugger; return used; }; f(); return [unused, more, helper];`,
  },
  {
    name: 'many locals',
    code: `${Array.from({ length: 45 }, (_, i) => `const v${i} = ${i % 3 ? i : '{}'};`).join(' ')} debugger; return v44;`,
  },
  {
    name: 'recursion',
    code: `function fact(n) { if (n === 0) { debugger; return 1; } const below = fact(n - 1); return n * below; } fact(4);`,
  },
  {
    name: 'recursion of three',
    code: `function a(n) { return b([n]); } function b(l) { return c({ l }); } function c(o) { if (o.l[0] === 0) { debugger; return 0; } return a(o.l[0] - 1); } a(1);`,
  },
  {
    name: 'method',
    code: `class Cart { constructor() { this.items = []; } add(item) { this.items.push(item); debugger; return this; } } new Cart().add({ n: 1 });`,
  },
  { name: 'constructor', code: `class Point { constructor(x) { this.x = x; debugger; } } new Point({});` },
  {
    name: 'derived constructor',
    code: `class A { constructor() { this.a = {}; } } class B extends A { constructor() { super(); this.b = this.a; debugger; } } new B();`,
  },
  {
    name: 'private members',
    code: `class P { #secret = {}; static #count = 1; read() { const s = this.#secret; debugger; return [s, P.#count]; } } new P().read();`,
  },
  {
    name: 'static block and field',
    code: `class S { static one = {}; static { const two = S.one; debugger; S.two = two; } }`,
  },
  {
    name: 'getter and setter',
    code: `const o = { get v() { const inner = {}; debugger; return inner; }, set v(x) { debugger; } }; o.v; o.v = {};`,
    keys: ['F8'],
  },
  {
    name: 'super call',
    code: `class A { m(x) { debugger; return x; } } class B extends A { m(x) { const got = super.m({ x }); return got; } } new B().m(1);`,
  },
  {
    name: 'object method with this',
    code: `const o = { n: {}, m() { const self = this; debugger; return self.n; } }; o.m();`,
  },
  {
    name: 'call, apply and bind',
    code: `function f(a) { debugger; return [this, a]; } f.call({ t: 1 }, {}); f.bind({ t: 3 }, 1)();`,
    keys: ['F8'],
  },
  {
    name: 'primitive this',
    code: `(function () { 'use strict'; debugger; }).call(5); (function () { 'use strict'; debugger; }).call(null);`,
    keys: ['F8'],
  },
  {
    name: 'callback of map',
    code: `[{ a: 1 }, { a: 2 }].map((item, index, all) => { debugger; return item.a; });`,
    keys: ['F8'],
  },
  {
    name: 'callbacks of sort and replace',
    code: `[2, 1].sort((a, b) => { debugger; return a - b; }); 'ab'.replace(/b/, (m, at) => { debugger; return m; });`,
    keys: ['F8'],
  },
  {
    name: 'generator',
    code: `function* g(n) { let i = {}; while (n--) { debugger; yield i; } } for (const x of g(2)) { x; }`,
    keys: ['F8'],
  },
  {
    name: 'generator that delegates',
    code: `function* inner() { const own = {}; debugger; yield own; } function* outer() { const mine = []; yield* inner(); } [...outer()];`,
  },
  {
    name: 'iterator of a class',
    code: `class It { constructor() { this.n = 2; } [Symbol.iterator]() { return this; } next() { debugger; return { done: this.n-- <= 0, value: {} }; } } for (const v of new It()) { v; }`,
    keys: ['F8'],
  },
  {
    name: 'async function before await',
    code: `async function f(x) { const y = { x }; debugger; await 0; return y; } f({});`,
  },
  {
    name: 'async function after await',
    code: `async function f(x) { const y = { x }; await 0; const z = y; debugger; return z; } f({});`,
  },
  {
    name: 'async generator',
    code: `async function* g() { for (let i = 0; i < 2; i++) { const v = { i }; debugger; yield v; } } (async () => { for await (const v of g()) { v; } })();`,
    keys: ['F8'],
  },
  {
    name: 'then and catch',
    code: `Promise.reject({ why: 1 }).catch((why) => { const kept = why; debugger; return kept; }).then((kept) => { debugger; return kept; });`,
    keys: ['F8'],
  },
  {
    name: 'timers and microtasks',
    code: `const shared = {}; queueMicrotask(() => { const a = shared; debugger; return a; }); setTimeout((arg) => { const b = shared; debugger; return [b, arg]; }, 0, { n: 1 });`,
    keys: ['F8'],
  },
  {
    name: 'event listener',
    code: `const button = document.createElement('button'); button.onclick = function handler(event) { const target = event.target; debugger; return target; }; button.click();`,
  },
  {
    name: 'listener object',
    code: `const listener = { handleEvent(event) { debugger; return this; } }; const target = new EventTarget(); target.addEventListener('x', listener); target.dispatchEvent(new Event('x'));`,
  },
  {
    name: 'getter called by JSON',
    code: `JSON.stringify({ toJSON(key) { const self = this; debugger; return { key, self: 1 }; } });`,
  },
  {
    name: 'proxy trap',
    code: `const p = new Proxy({ real: {} }, { get(target, key, receiver) { debugger; return Reflect.get(target, key); } }); p.real;`,
  },
  {
    name: 'tagged template',
    code: `function tag(strings, ...parts) { debugger; return strings.raw; } tag\`a\${{ n: 1 }}b\${2}\`;`,
  },
  { name: 'eval', code: `function f(given) { const own = {}; eval('const inside = own; debugger; inside;'); } f(5);` },
  { name: 'indirect eval', code: `(0, eval)('(() => { const alone = {}; debugger; return alone; })()');` },
  { name: 'new Function', code: `new Function('a', 'b', 'const both = [a, b]; debugger; return both;')({}, 2);` },
  { name: 'with', code: `new Function('o', 'with (o) { var seen = x; debugger; }')({ x: { n: 1 }, y: 2 });` },
  {
    name: 'return value',
    code: `function make() { return { made: 1 }; } function f() { debugger; make(); return 1; } f();`,
    keys: ['F10', 'F11', 'F10'],
  },
  {
    name: 'return of null',
    code: `function find() { return null; } function f() { debugger; find(); } f();`,
    keys: ['F10', 'F11', 'F10'],
  },
  {
    name: 'variables of scripts',
    as: 'script',
    code: `var old = { v: 1 }; let young = { v: 2 }; const fixed = [old, young]; function inScript(p) { const q = p; debugger; return [q, young]; } inScript(old);`,
  },
  { name: 'outside of functions', as: 'script', code: `var here = {}; { let block = here; debugger; block; }` },
  {
    name: 'module',
    as: 'module',
    code: `const config = { a: 1 }; let unused = {}; function inner(x) { const y = [x, config]; debugger; return y; } function outer() { return inner({}); } outer(); export { unused };`,
  },
  {
    name: 'outside of functions in a module',
    as: 'module',
    code: `const config = { a: 1 }; let other = config; { const block = other; debugger; block; }`,
  },
  {
    name: 'after an await in a module',
    as: 'module',
    code: `const first = {}; await 0; const second = first; debugger; export { second };`,
  },
  {
    name: 'a worker',
    as: 'worker',
    code: `const own = {}; function run(data) { const got = data ?? own; debugger; return got; } run(null);`,
  },
  {
    name: 'explicit resources',
    code: `const log = []; function f() { const res = { [Symbol.dispose]() { const self = this; debugger; log.push(self); } }; { try { log.push(res); } finally { res[Symbol.dispose](); } } } f();`,
  },
];
