import { expect, test } from 'vitest';
import { scopeOfFunction } from './scope-numbers.ts';

test.each([
  [-131_088, { function: 1, level: 0 }],
  [-131_103, null],
  [-131_121, { function: 3, level: 1 }],
  [-131_072, null],
  [-2, null],
  [1, null],
])('%d', (id, scope) => {
  expect(scopeOfFunction(id)).toEqual(scope);
});
