import { expect, test } from 'vitest';
import { openPage } from '../../src/page/page.test-helper.ts';
import { defaultReadOptions, type ReadOptions } from '../../src/snapshot/read-options.ts';
import { describeOmissions } from './omissions.ts';

const slices = { begin: 3, middle: 0, end: 0 };

test.each<[string, string, Partial<ReadOptions>, readonly string[]]>([
  ['nothing', '[1, [2]]', {}, []],
  ['elements', 'Array(30).fill(0)', {}, ['5 elements hidden (…)']],
  [
    'one of each',
    '[[0, 0, 0, 0, 0], new Map([[1], [2], [3], [4], [5]]), { a: 1, b: 2, c: 3, d: 4, e: 5 }]',
    { slices },
    ['2 elements, 2 entries, and 2 properties hidden (…)'],
  ],
  ['what is too deep', '[[], []]', { depth: 0 }, ['2 objects not loaded (depth limit: 0)']],
  ['what is too much', '[[]]', { objects: 1 }, ['1 object not loaded (object limit: 1)']],
])('%s is left out', (_, expression, change, texts) => {
  const view = { ...defaultReadOptions, ...change };
  expect(describeOmissions(openPage().capture([expression], view), view)).toEqual(texts);
});
