import { expect, test } from 'vitest';
import { expressionsOfLink } from './console-scripts.ts';

test.each([
  ['memory-graph://graph/temp1', ['temp1']],
  ['memory-graph://graph/temp123', ['temp123']],
  ['memory-graph://graph/7', ['graph[7]']],
  ['memory-graph://graph/7-9', ['graph[7]', 'graph[8]', 'graph[9]']],
  ['memory-graph://graph/1-999999', Array.from({ length: 20 }, (_, i) => `graph[${999_980 + i}]`)],
  ['memory-graph://graph/9-7', []],
  ['memory-graph://graph/7-', null],
  ['memory-graph://graph/temp0', null],
  ['memory-graph://graph/temp1;alert(1)', null],
  ['memory-graph://graph/fetch("//x")', null],
  ['memory-graph://graph/', null],
  ['memory-graph://graph/temp1%0Ax', null],
  ['https://example.com/memory-graph://graph/temp1', null],
])('%s leads to %j', (url, expressions) => {
  expect(expressionsOfLink(url)).toEqual(expressions);
});
