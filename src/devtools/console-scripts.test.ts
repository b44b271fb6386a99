import { expect, test } from 'vitest';
import { expressionOfLink } from './console-scripts.ts';

test.each([
  ['memory-graph://graph/temp1', 'temp1'],
  ['memory-graph://graph/temp123', 'temp123'],
  ['memory-graph://graph/7', 'graph[7]'],
  ['memory-graph://graph/temp0', null],
  ['memory-graph://graph/temp1;alert(1)', null],
  ['memory-graph://graph/fetch("//x")', null],
  ['memory-graph://graph/', null],
  ['memory-graph://graph/temp1%0Ax', null],
  ['https://example.com/memory-graph://graph/temp1', null],
])('%s leads to %s', (url, expression) => {
  expect(expressionOfLink(url)).toBe(expression);
});
