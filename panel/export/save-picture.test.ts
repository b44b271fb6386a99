import { expect, test } from 'vitest';
import { fileName } from './save-picture.ts';

const time = new Date(2026, 0, 31, 9, 5, 59);

test.each([
  ['cart', 'memory-graph-cart-2026-01-31-09-05-59'],
  ['data.items[3]', 'memory-graph-data-items-3-2026-01-31-09-05-59'],
  ['../../x', 'memory-graph-x-2026-01-31-09-05-59'],
  ['記憶', 'memory-graph-2026-01-31-09-05-59'],
])('a file of %s', (subject, name) => {
  expect(fileName(subject, time)).toBe(name);
});
