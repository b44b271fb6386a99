import { expect, test } from 'vitest';
import type { Box, Cell, Diagram } from '../diagram/diagram.ts';
import { type Change, comparePictures } from './compare.ts';

const cell = (kind: Cell['kind'], text: string, target: number | null = null): Cell => ({
  kind,
  text,
  hint: null,
  port: kind === 'reference' ? 0 : null,
  target,
});

/** `{a: 1}` as a box of names and values, upright or lying; a number above 100 is a reference. */
function names(
  id: number,
  values: Readonly<Record<string, number>>,
  orientation: Box['orientation'] = 'vertical',
): Box {
  const lines = Object.entries(values).map(([name, value]) => [
    cell('key', name),
    value > 100 ? cell('reference', '', value) : cell('value', String(value)),
  ]);
  const rows =
    orientation === 'vertical' ? lines : [lines.map(([key]) => key ?? null), lines.map(([, v]) => v ?? null)];
  return { key: `o${id}`, object: id, title: 'Object', category: 'object', root: false, orientation, rows };
}

function set(id: number, values: readonly number[]): Box {
  const rows = values.map((value) => [cell('value', String(value))]);
  return { key: `o${id}`, object: id, title: 'Set', category: 'set', root: false, orientation: 'vertical', rows };
}

const diagram = (...boxes: Box[]): Diagram => ({ boxes, references: [], direction: 'down' });

function told(before: Diagram, after: Diagram, place: 'earlier' | 'later' = 'later'): Record<string, string> {
  const [other, shown] = place === 'later' ? [before, after] : [after, before];
  const { boxes } = comparePictures(other, shown, place);
  const text = (change: Change, cells: ReadonlyMap<string, Change>) =>
    [change, ...[...cells].map(([at, one]) => `${at} ${one}`)].join(', ');
  return Object.fromEntries([...boxes].map(([key, { change, cells }]) => [key, text(change, cells)]));
}

test.each<[string, Diagram, Diagram, Record<string, string>]>([
  ['nothing', diagram(names(1, { a: 1 })), diagram(names(1, { a: 1 })), {}],
  ['a value', diagram(names(1, { a: 1, b: 2 })), diagram(names(1, { a: 1, b: 3 })), { o1: 'changed, 1:1 changed' }],
  ['a new name', diagram(names(1, { a: 1 })), diagram(names(1, { a: 1, b: 2 })), { o1: 'changed, 1:1 new, 1:0 new' }],
  ['a lost name', diagram(names(1, { a: 1, b: 2 })), diagram(names(1, { a: 1 })), { o1: 'changed' }],
  ['a new box', diagram(names(1, { a: 102 })), diagram(names(1, { a: 102 }), names(102, {})), { o102: 'new' }],
  ['another target', diagram(names(1, { a: 102 })), diagram(names(1, { a: 103 })), { o1: 'changed, 0:1 changed' }],
  [
    'a box that was turned is the same',
    diagram(names(1, { a: 1, b: 2 })),
    diagram(names(1, { a: 1, b: 2 }, 'horizontal')),
    {},
  ],
  [
    'a value in a box that lies',
    diagram(names(1, { a: 1, b: 102 }, 'horizontal')),
    diagram(names(1, { a: 5, b: 102 }, 'horizontal')),
    { o1: 'changed, 1:0 changed' },
  ],
  ['a value added in front of a Set', diagram(set(1, [5, 6])), diagram(set(1, [4, 5, 6])), { o1: 'changed, 0:0 new' }],
])('%s', (_, before, after, marks) => {
  expect(told(before, after)).toEqual(marks);
});

test('a symbol is known by its number, whether it is shown or not', () => {
  const key = (text: string, symbol: string): Cell => ({ ...cell('key', text, null), symbol });
  const held = (text: string, symbol: string): Cell => ({ ...cell('value', text, null), symbol });
  const box = (...rows: readonly (readonly Cell[])[]): Diagram => diagram({ ...names(1, {}), rows });
  const before = box([key('Symbol(s)', 'Symbol#2'), held('Symbol(v)', 'Symbol#3')]);
  expect(told(before, box([key('Symbol(s) #2', 'Symbol#2'), held('Symbol(v) #3', 'Symbol#3')]))).toEqual({});
  expect(told(before, box([key('Symbol(s)', 'Symbol#2'), held('Symbol(v)', 'Symbol#4')]))).toEqual({
    o1: 'changed, 0:1 changed',
  });
  expect(told(before, box([key('Symbol(s)', 'Symbol#5'), held('Symbol(v)', 'Symbol#3')]))).toEqual({
    o1: 'changed, 0:1 new, 0:0 new',
  });
});

test('seen from the earlier picture, what the later one has not is gone', () => {
  const before = diagram(names(1, { a: 102, b: 1 }), names(102, {}));
  const after = diagram(names(1, { a: 5 }), names(103, {}));
  expect(told(before, after, 'earlier')).toEqual({ o1: 'changed, 0:1 changed, 1:1 gone, 1:0 gone', o102: 'gone' });
  expect(comparePictures(after, before, 'earlier').counts).toEqual({ new: 1, changed: 1, gone: 1 });
  expect(comparePictures(before, after, 'later').counts).toEqual({ new: 1, changed: 1, gone: 1 });
});
