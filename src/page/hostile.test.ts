/** Pages that fight back: whatever they hold, none of their code runs, and the picture is the same. */
import { describe, expect, test } from 'vitest';
import { textForm } from '../snapshot/text-form.test-helper.ts';
import { openPage } from './page.test-helper.ts';

/** Counts every call of what it makes; `wires` names those that were touched. */
const tripwire = `
  let touched = 0;
  let wires = { push(name) { touched += 1; first ??= name } };
  let first = null;
  const wire = (name, result) => function () { wires.push(name); return result };
  const holders = [Array.prototype, Function.prototype, Object, Reflect, JSON, Map.prototype, Set.prototype, WeakMap.prototype,
    WeakRef.prototype, String.prototype, Symbol.prototype, BigInt.prototype, Number.prototype, Date, Date.prototype,
    RegExp.prototype, Promise.prototype, ArrayBuffer, ArrayBuffer.prototype, DataView.prototype, Error,
    Object.getPrototypeOf(Uint8Array), Object.getPrototypeOf(Uint8Array.prototype),
    Object.getPrototypeOf(new Map().keys()), Object.getPrototypeOf(new Set().keys())];
  // Each builtin makes place for what make(name, builtin) makes of it.
  const supplant = (make) => {
    const { apply, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
    const made = [];
    for (const holder of holders) for (const key of ownKeys(holder)) {
      const descriptor = getOwnPropertyDescriptor(holder, key);
      if (!descriptor.configurable || key === 'constructor') continue;
      for (const part of ['value', 'get', 'set'])
        if (typeof descriptor[part] === 'function') descriptor[part] = make(descriptor[part].name, descriptor[part]);
      made.push([holder, key, { __proto__: null, ...descriptor }]);
    }
    for (let index = 0; index < made.length; index += 1) apply(defineProperty, undefined, made[index]);
  };
`;

const sample = `
  const sample = {
    getter: Object.defineProperty({}, 'g', { get: wire('get'), set: wire('set'), enumerable: true }),
    strings: { toString: wire('toString'), valueOf: wire('valueOf'), toJSON: wire('toJSON') },
    primitive: { [Symbol.toPrimitive]: wire('toPrimitive'), [Symbol.iterator]: wire('iterator') },
    tagged: { get [Symbol.toStringTag]() { wires.push('toStringTag') } },
    taggedClass: new (class Tagged { get [Symbol.toStringTag]() { wires.push('toStringTag') } })(),
    constructed: Object.create({ get constructor() { wires.push('constructor') } }),
    named: Object.create({ constructor: Object.defineProperty(() => {}, 'name', { get: wire('name') }) }),
    element: Object.defineProperty([1], 0, { get: wire('element'), enumerable: true }),
    list: Object.assign([1, , 3], { [Symbol.iterator]: wire('iterator'), map: wire('map') }),
    map: new (class extends Map {
      get size() { wires.push('size') } keys() { wires.push('keys') } get() { wires.push('mapGet') }
      [Symbol.iterator]() { wires.push('iterator') } entries() { wires.push('entries') }
    })(),
    set: Object.defineProperty(Object.assign(new Set([1, 2]), { values: wire('values') }), 'size', { get: wire('size') }),
    date: Object.assign(new Date(5), { getTime: wire('getTime'), toISOString: wire('toISOString') }),
    regexp: Object.defineProperty(/a/g, 'flags', { get: wire('flags') }),
    error: Object.defineProperty(new Error('boo'), 'name', { get: wire('errorName'), enumerable: true }),
    thenable: { then: wire('then') },
    promise: Object.assign(Promise.resolve(1), { then: wire('then'), constructor: wire('constructor') }),
    typed: Object.defineProperty(new Uint8Array([1, 2]), 'length', { get: wire('length'), enumerable: true }),
    klass: class { static get s() { wires.push('static') } static { this.value = 1 } },
    generator: (function* () { wires.push('generator') })(),
    self: null,
  };
  sample.self = sample;
`;

/** What pages do to builtins, by name; each must leave the picture as it is. */
const attacks: readonly (readonly [name: string, script: string])[] = [
  ['nothing', ''],
  [
    'Array.prototype methods',
    `for (const key of Object.getOwnPropertyNames(Array.prototype))
    if (typeof Array.prototype[key] === 'function' && key !== 'constructor') Array.prototype[key] = wire(key);
    Array.prototype[Symbol.iterator] = wire('iterator');`,
  ],
  [
    'Function.prototype methods',
    `for (const key of ['call', 'apply', 'bind', 'toString']) Function.prototype[key] = wire(key);`,
  ],
  [
    'JSON, Object.keys, Map.prototype.forEach',
    `JSON.stringify = wire('stringify'); Object.keys = wire('keys');
    Map.prototype.forEach = wire('forEach');`,
  ],
  ['all of Reflect', `for (const key of Object.getOwnPropertyNames(Reflect)) Reflect[key] = wire('Reflect.' + key);`],
  [
    'most of Object',
    `for (const key of Object.getOwnPropertyNames(Object))
    if (typeof Object[key] === 'function') Object[key] = wire('Object.' + key);`,
  ],
  ['WeakMap', `WeakMap.prototype.get = wire('get'); WeakMap.prototype.set = wire('set');`],
  [
    'String.prototype',
    `for (const key of ['slice', 'charCodeAt', 'isWellFormed', 'split', 'replace'])
    String.prototype[key] = wire(key); String.prototype[Symbol.iterator] = wire('iterator');`,
  ],
  ['clocks', `Date.now = wire('now', 0);`],
  [
    'iterators',
    `const iterators = [[].values(), new Map().keys(), new Set().keys(), ''[Symbol.iterator]()];
    Array.prototype[Symbol.iterator] = wire('iterator'); Map.prototype[Symbol.iterator] = wire('iterator');`,
  ],
  [
    'setters for indices',
    `for (const key of [0, 1, 2, 'next', 'value', 'get', 'index'])
    Object.defineProperty(Object.prototype, key, { __proto__: null, set: wire('set ' + key), get: wire('get ' + key), configurable: true });`,
  ],
  [
    'polluted descriptors',
    `for (const key of ['value', 'get', 'set', 'enumerable', 'writable', 'done'])
    Object.defineProperty(Object.prototype, key, { __proto__: null, set: wire('set ' + key), get: wire('get ' + key), configurable: true });`,
  ],
  ['enumerable keys on Object.prototype', `Object.prototype.polluted = 1; Array.prototype.polluted = 2;`],
  ['error hooks', `Error.prepareStackTrace = wire('prepareStackTrace'); Error.captureStackTrace = wire('capture');`],
  [
    'Symbol.hasInstance and species',
    `Object.defineProperty(Array, Symbol.species, { get: wire('species') });
    Object.defineProperty(Map, Symbol.hasInstance, { value: wire('hasInstance') });`,
  ],
];

/** What leaves too little for the same picture. */
const takeovers: readonly (readonly [name: string, script: string])[] = [
  [
    'everything by methods of the same name',
    `supplant((name) => {
      const holder = { [name]() { wires.push(name) } };
      return holder[name];
    });`,
  ],
  [
    'everything by bound functions of the same name',
    `{ const { defineProperty } = Object; supplant((name) => defineProperty(wire(name).bind(), 'name', { value: name })); }`,
  ],
  [
    // But for those that judge the others.
    'everything by proxies',
    `const judges = ['getOwnPropertyDescriptor', 'getPrototypeOf', 'toString'];
    supplant((name, builtin) => name === judges[0] || name === judges[1] || name === judges[2] ? builtin : new Proxy(builtin, {
      apply() { wires.push(name) }, getOwnPropertyDescriptor() { wires.push('trap of ' + name) }, has() { wires.push('trap of ' + name) } }));`,
  ],
  [
    'classes of the same name',
    `for (const key of ['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Date', 'Error', 'Array', 'String'])
    globalThis[key] = ({ [key]: class { constructor() { wires.push('new ' + key) } static isArray() { wires.push('isArray') }
      static fromCharCode() { wires.push('fromCharCode') } static now() { wires.push('now') } static isError() { wires.push('isError') }
      get size() { wires.push('size') } get() { wires.push('get') } set() { wires.push('set') } has() { wires.push('has') }
      keys() { wires.push('keys') } values() { wires.push('values') } deref() { wires.push('deref') }
      getTime() { wires.push('getTime') } valueOf() { wires.push('valueOf') } slice() { wires.push('slice') } } })[key];`,
  ],
];

const untouched = openPage(`${tripwire}${sample}`);
const expected = untouched.text('sample');

describe('no code of the page runs', () => {
  test.each(attacks)('%s', (_name, attack) => {
    const page = openPage(`${tripwire}${sample}${attack}; touched = 0; first = null;`);
    const count = (): unknown => page.run('touched');
    expect(count()).toBe(0);
    const text = page.text('sample');
    expect([page.run('first'), count()]).toEqual([null, 0]);
    expect(text).toBe(expected);
    page.text('sample', { nonEnumerable: true });
    expect([page.run('first'), count()]).toEqual([null, 0]);
  });

  test.each(attacks)('after the agent came: %s', (_name, attack) => {
    const page = openPage(`${tripwire}${sample}`);
    page.run(`{${attack}} touched = 0; first = null;`);
    const text = page.text('sample');
    expect([page.run('first'), page.run('touched')]).toEqual([null, 0]);
    expect(text).toBe(expected);
  });

  test.each(takeovers)('%s', (_name, takeover) => {
    const page = openPage(`${tripwire}${sample}{${takeover}} touched = 0; first = null;`);
    page.capture(['sample'], { nonEnumerable: true, objects: 100 });
    expect([page.run('first'), page.run('touched')]).toEqual([null, 0]);
  });

  test('the sample', () => {
    expect(expected.split('\n')).toMatchInlineSnapshot(`
      [
        "#1 Object {getter: #2, strings: #3, primitive: #4, tagged: #5, taggedClass: #6, constructed: #7, named: #8, element: #9, list: #10, map: #11, set: #12, date: #13, regexp: #14, error: #15, thenable: #16, promise: #17, typed: #18, klass: #19, generator: #20, self: #1}",
        "#2 Object {get set g}",
        "#3 Object {toString: #21, valueOf: #22, toJSON: #23}",
        "#4 Object {[Symbol.toPrimitive]: #24, [Symbol.iterator]: #25}",
        "#5 Object {get [Symbol.toStringTag]}",
        "#6 Tagged {}",
        "#7 Object {}",
        "#8 Object {}",
        "#9 Array(1) [(get)]",
        "#10 Array(3) [1, hole, 3, map: #26, [Symbol.iterator]: #27]",
        "#11 Map(0) {}",
        "#12 Set(2) {1, 2, values: #28}",
        "#13 Date 5 {getTime: #29, toISOString: #30}",
        "#14 RegExp '/a/g'",
        "#15 Error 'boo' {get name}",
        "#16 Object {then: #31}",
        "#17 promise Promise {then: #32, constructor: #33}",
        "#18 Uint8Array(2) {1, 2, [[ArrayBuffer]]: #34, get length}",
        "#19 class klass {value: 1}",
        "#20 generator Generator {}",
        "#21 function  {}",
        "#22 function  {}",
        "#23 function  {}",
        "#24 function  {}",
        "#25 function  {}",
        "#26 function  {}",
        "#27 function  {}",
        "#28 function  {}",
        "#29 function  {}",
        "#30 function  {}",
        "#31 function  {}",
        "#32 function  {}",
        "#33 function  {}",
        "#34 arraybuffer ArrayBuffer(2) {}",
      ]
    `);
  });
});

test('what was replaced is reported by name', () => {
  const page = openPage(`Reflect.apply = () => {}; Object.keys = function keys() {};
    Object.defineProperty(Map.prototype, 'size', { get: function size() {} }); Set.prototype.values = 1;`);
  expect([...page.capture(['1']).replacedBuiltins].sort()).toEqual([
    'Map.prototype.size',
    'Object.keys',
    'Reflect.apply',
    'Set.prototype.values',
  ]);
  expect(openPage().capture(['1']).replacedBuiltins).toEqual([]);
});

test('where nothing can be read without the page, that is said', () => {
  const page = openPage(
    `Object.getOwnPropertyDescriptor = function () {}; Reflect.getOwnPropertyDescriptor = function () {};`,
  );
  expect(textForm(page.capture(['[1]']))).toBe('[1] failed: The page replaced the functions that read objects.');
});

test('proxies are stopped by limits', () => {
  const page = openPage(`
    const endless = () => new Proxy({}, {
      ownKeys: () => ['next', 'a'],
      getOwnPropertyDescriptor: () => ({ value: endless(), enumerable: true, configurable: true }),
      getPrototypeOf: () => endless(),
    });
    const { proxy, revoke } = Proxy.revocable(class {}, {}); revoke();
    const throwing = new Proxy([], Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((key) => [key, () => { throw key }])));`);
  expect(page.capture(['endless()'], { objects: 50 }).cuts.get('objects')).toBeGreaterThan(0);
  expect(page.text('[proxy]')).toContain('proxy Proxy (revoked)');
  expect(page.text('[throwing]')).toContain('Array');
});

test('the page is left as it was', () => {
  const page = openPage('const before = Object.getOwnPropertyNames(globalThis).length; const a = { b: [1] }');
  const shape = `JSON.stringify([Object.getOwnPropertyNames(globalThis).length === before, Reflect.ownKeys(a), Reflect.ownKeys(a.b)])`;
  page.text('a');
  expect(page.run(shape)).toBe('[true,["b"],["0","length"]]');
});
