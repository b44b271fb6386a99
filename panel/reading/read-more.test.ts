import { expect, test } from 'vitest';
import { defaultReadOptions } from '../../src/snapshot/read-options.ts';
import type { Part } from '../../src/snapshot/snapshot.ts';
import { openIn } from './read-more.ts';

const parts: readonly Part[] = [
  { type: 'element', index: 0, value: { type: 'null' } },
  { type: 'hidden', of: 'element', index: 1, count: 30 },
  { type: 'element', index: 31, value: { type: 'null' } },
  { type: 'hidden', of: 'element', index: 32, count: 900 },
];
const partsOf = (id: number): readonly Part[] => (id === 7 ? parts : []);

test.each([
  ['a short gap whole', 0, { id: 7, of: 'element', from: 1, to: 31 }],
  ['the first hundred of a long one', 1, { id: 7, of: 'element', from: 32, to: 132 }],
])('a click on … reads %s', (_, ordinal, range) => {
  const view = openIn(defaultReadOptions, partsOf, { type: 'hidden', object: 7, ordinal }, 'run');
  expect(view).toEqual({ ...defaultReadOptions, ranges: [range] });
});

test('a click on a … that is not there any more changes nothing', () => {
  expect(openIn(defaultReadOptions, partsOf, { type: 'hidden', object: 7, ordinal: 5 }, 'run')).toBe(
    defaultReadOptions,
  );
  expect(openIn(defaultReadOptions, partsOf, { type: 'hidden', object: 8, ordinal: 0 }, 'run')).toBe(
    defaultReadOptions,
  );
});

test('a click on ✂ opens the object behind it, once', () => {
  const view = openIn(defaultReadOptions, partsOf, { type: 'cut', object: 9 }, 'run');
  expect(view.opened).toEqual([9]);
  expect(openIn(view, partsOf, { type: 'cut', object: 9 }, 'run')).toBe(view);
});
