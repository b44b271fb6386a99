import { expect, test } from 'vitest';
import { declaredNamesIn } from './declared-names.ts';

const nothing = { fields: [], methods: [], accessors: [], staticFields: [], staticAccessors: [] };

test.each([
  ['class {}', nothing],
  ['class A { #a = 1; b = 2; #c; static #d = 3 }', { ...nothing, fields: ['a', 'c'], staticFields: ['d'] }],
  ['class A { #m() {} static #n() {} async *#g() {} }', { ...nothing, methods: ['m', 'g'] }],
  [
    'class A { get #a() { return 1; } set #a(value) {} get #b() { return 2; } set #c(value) {} static get #d() {} }',
    {
      ...nothing,
      accessors: [
        ['a', 3],
        ['b', 1],
        ['c', 2],
      ],
      staticAccessors: [['d', 1]],
    },
  ],
  // Names of another class, and what only looks like a name.
  [
    'class A extends B { #a = class { #inner = 1 }; b = "#text"; /* #comment */ c() { return x.#outer; } }',
    { ...nothing, fields: ['a'] },
  ],
  ['class A { static { this.x = 1; } constructor() { super(); } #a }', null],
  ['class A extends (await x) { #a }', null],
  ['function W() {}', null],
  ['class {', null],
])('%s', (text, names) => {
  expect(declaredNamesIn(text)).toEqual(names);
});
