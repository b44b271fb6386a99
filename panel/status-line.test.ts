import { expect, test } from 'vitest';
import { openPage } from '../src/page/page.test-helper.ts';
import { defaultView, type View } from '../src/snapshot/snapshot.ts';
import { describeOmissions } from './status-line.tsx';

const slices = { begin: 3, middle: 0, end: 0 };

test.each<[string, string, Partial<View>, readonly string[]]>([
  ['nothing', '[1, [2]]', {}, []],
  ['elements', 'Array(30).fill(0)', {}, ['5 elements hidden (…)']],
  [
    'one of each',
    '[[0, 0, 0, 0, 0], new Map([[1], [2], [3], [4], [5]]), { a: 1, b: 2, c: 3, d: 4, e: 5 }]',
    { slices },
    ['2 elements, 2 entries, 2 properties hidden (…)'],
  ],
  ['what is too deep', '[[], []]', { depth: 0 }, ['2 objects cut ✂ (depth 0)']],
  ['what is too much', '[[]]', { objects: 1 }, ['1 object cut ✂ (limit of 1 object)']],
])('%s is left out', (_, expression, change, said) => {
  const view = { ...defaultView, ...change };
  expect(describeOmissions(openPage().capture([expression], view), view)).toEqual(said);
});
