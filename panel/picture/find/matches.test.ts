import { describe, expect, test } from 'vitest';
import type { Box, Cell, Diagram } from '../../../src/diagram/diagram.ts';
import { findMatches } from './matches.ts';

const cell = (kind: Cell['kind'], text: string, hint: string | null = null): Cell => ({
  kind,
  text,
  hint,
  port: null,
  target: null,
});

const box = (object: number, title: string, rows: Box['rows']): Box => ({
  key: `o${object}`,
  object,
  title,
  category: 'object',
  root: false,
  orientation: 'vertical',
  rows,
  lines: [],
});

const diagram: Diagram = {
  boxes: [
    box(1, 'User', [
      [cell('key', 'name'), cell('value', '"Ada"')],
      [cell('key', 'address'), cell('reference', '')],
    ]),
    box(12, 'Array(2)', [
      [cell('index', '0'), cell('value', '"a long te…"', 'a long text about Adam')],
      [null, null],
    ]),
    box(13, 'Symbols', [
      [
        { ...cell('key', 'Symbol(s)', 'Symbol(s) #1'), symbol: 'Symbol#1' },
        { ...cell('value', 'Symbol(s) #14'), symbol: 'Symbol#14' },
      ],
    ]),
  ],
  references: [],
  direction: 'down',
};

/** `o1` for a box, `o1[row,column]` for a cell of it. */
const found = (query: string): string =>
  findMatches(diagram, query)
    .map(({ box, cell }) => (cell ? `${box}[${cell.row},${cell.column}]` : box))
    .join(' ');

describe('what is found', () => {
  test.each([
    ['', ''],
    ['   ', ''],
    ['ada', 'o1[0,1] o12[0,1]'],
    ['"Ada"', 'o1[0,1]'],
    ['ADDRESS', 'o1[1,0]'],
    ['user', 'o1'],
    ['array(2)', 'o12'],
    ['#1', 'o1 o13[0,0]'],
    ['#14', 'o13[0,1]'],
    ['symbol(s)', 'o13[0,0] o13[0,1]'],
    ['#12', 'o12'],
    ['#2', ''],
    ['0', ''],
    ['nowhere', ''],
  ])('%j: %s', (query, places) => {
    expect(found(query)).toBe(places);
  });
});
