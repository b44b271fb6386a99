import { expect, test } from 'vitest';
import { mayMakeObjects } from './wasm-types.ts';

const header = [0, 97, 115, 109, 1, 0, 0, 0];
const custom = [0, 3, 1, 95, 94];
const bytecode = (...sections: readonly (readonly number[])[]): string =>
  btoa(String.fromCharCode(...header, ...sections.flat()));

test.each([
  ['nothing', bytecode(), false],
  ['a function', bytecode([1, 4, 1, 96, 0, 0]), false],
  ['a function after a section of its own', bytecode(custom, [1, 4, 1, 96, 0, 0]), false],
  ['a struct', bytecode([1, 5, 1, 95, 1, 127, 0]), true],
  ['an array after a section of its own', bytecode(custom, [1, 4, 1, 94, 127, 0]), true],
  ['a struct in a recursive group', bytecode([1, 7, 1, 78, 1, 95, 1, 127, 0]), true],
  ['a table', bytecode([1, 4, 1, 96, 0, 0], [4, 4, 1, 112, 0, 2]), true],
  ['an imported table', bytecode([2, 9, 1, 1, 97, 1, 98, 1, 112, 0, 2]), true],
  ['an imported function and memory', bytecode([2, 13, 2, 1, 97, 1, 98, 0, 0, 1, 97, 1, 99, 2, 0, 1]), false],
  [
    'an imported global, and then a table',
    bytecode([2, 15, 2, 1, 97, 1, 98, 3, 127, 0, 1, 97, 1, 99, 1, 112, 0, 1]),
    true,
  ],
  ['an imported global of functions', bytecode([2, 8, 1, 1, 97, 1, 98, 3, 112, 1]), true],
  ['a global of functions', bytecode([6, 6, 1, 112, 1, 208, 112, 11]), true],
  ['a global of values of JavaScript', bytecode([6, 6, 1, 111, 1, 208, 111, 11]), false],
  [
    'globals of numbers, and then one of objects',
    bytecode([
      6, 27, 4, 127, 0, 65, 200, 1, 11, 124, 1, 68, 0, 0, 0, 0, 0, 0, 11, 11, 11, 126, 0, 66, 1, 11, 110, 1, 208,
    ]),
    true,
  ],
  ['an expression that is not understood', bytecode([6, 4, 1, 127, 0, 255]), true],
  ['half a section', bytecode([1, 200]), false],
])('%s', (_, module, expected) => {
  expect(mayMakeObjects(module)).toBe(expected);
});
