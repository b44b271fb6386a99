import { expect, test } from 'vitest';
import { mergedPaths } from './holders.ts';

test.each<[string, readonly (readonly (readonly string[])[])[], readonly string[]]>([
  ['nothing', [], []],
  ['equal paths', [[['app', '.cache', '[…]']], [['app', '.cache', '[…]']]], ['app.cache[…] × 2']],
  [
    'an object is counted once for a path',
    [
      [
        ['list', '[…]'],
        ['list', '[…]'],
      ],
    ],
    ['list[…] × 1'],
  ],
  [
    'keys of an object that is used like a map',
    ['a', 'b', 'c'].map((key) => [['app', '.by', `.${key}`]]),
    ['app.by[…] × 3'],
  ],
  ['two names are two paths', ['first', 'last'].map((key) => [['app', `.${key}`]]), ['app.last × 1', 'app.first × 1']],
  [
    'keys that are no identifiers, before the end of the path',
    [1, 2, 3].map((key) => [['app', `["user ${key}"]`, '.cart']]),
    ['app[…].cart × 3'],
  ],
  ['globals of many names stay apart', ['a', 'b', 'c'].map((name) => [[name]]), ['a × 1', 'b × 1', 'c × 1']],
  [
    'what leads to most comes first',
    [
      [['x', '.last']],
      [
        ['log', '[…]'],
        ['x', '.first'],
      ],
      [['log', '[…]']],
    ],
    ['log[…] × 2', 'x.last × 1', 'x.first × 1'],
  ],
])('%s', (_, found, expected) => {
  expect(mergedPaths(found).map(({ text, count }) => `${text} × ${count}`)).toEqual(expected);
});
