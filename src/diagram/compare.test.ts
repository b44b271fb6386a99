import { expect, test } from 'vitest';
import { type Change, comparePictures, unknownFrames } from './compare.ts';
import type { Box, Cell, Diagram } from './diagram.ts';
import { arranged, arrangedTable } from './lines.ts';

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
  const fields = Object.entries(values).map(([name, value]) => ({
    label: cell('key', name),
    value: value > 100 ? cell('reference', '', value) : cell('value', String(value)),
  }));
  return box(id, 'Object', fields, orientation);
}

const set = (id: number, values: readonly number[]): Box =>
  box(
    id,
    'Set',
    values.map((value) => ({ label: null, value: cell('value', String(value)) })),
    'vertical',
  );

type Fields = Parameters<typeof arranged>[0];

function box(id: number, title: string, fields: Fields, orientation: Box['orientation']): Box {
  return { key: `o${id}`, object: id, title, category: 'object', root: false, ...arranged(fields, orientation) };
}

const diagram = (...boxes: Box[]): Diagram => ({ boxes, references: [], direction: 'down' });

function marksOf(before: Diagram, after: Diagram, place: 'earlier' | 'later' = 'later'): Record<string, string> {
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
  expect(marksOf(before, after)).toEqual(marks);
});

/** Records as a table, a row each. */
function table(columns: readonly string[], ...rows: readonly (readonly number[])[]): Diagram {
  const header = columns.map((name) => cell('key', name));
  const body = rows.map((values, index) => ({
    label: cell('index', String(index)),
    values: values.map((value) => cell('value', String(value))),
  }));
  const one = { key: 'o1', object: 1, title: 'Array', category: 'array', root: false } as const;
  return diagram({ ...one, ...arrangedTable(header, body) });
}

test.each<[string, Diagram, Diagram, Record<string, string>]>([
  ['a value', table(['x', 'y'], [1, 2]), table(['x', 'y'], [1, 3]), { o1: 'changed, 1:2 changed' }],
  ['a row', table(['x'], [1]), table(['x'], [1], [1]), { o1: 'changed, 2:1 new, 2:0 new' }],
  [
    'a column in front of the others',
    table(['y'], [1], [2]),
    table(['x', 'y'], [5, 1], [6, 2]),
    { o1: 'changed, 1:1 new, 0:1 new, 2:1 new' },
  ],
])('in a table: %s', (_, before, after, marks) => {
  expect(marksOf(before, after)).toEqual(marks);
});

test('a symbol is known by its number, whether it is shown or not', () => {
  const key = (text: string, symbol: string): Cell => ({ ...cell('key', text, null), symbol });
  const symbolValue = (text: string, symbol: string): Cell => ({ ...cell('value', text, null), symbol });
  const one = (label: Cell, value: Cell): Diagram => diagram(box(1, 'Object', [{ label, value }], 'vertical'));
  const before = one(key('Symbol(s)', 'Symbol#2'), symbolValue('Symbol(v)', 'Symbol#3'));
  expect(marksOf(before, one(key('Symbol(s) #2', 'Symbol#2'), symbolValue('Symbol(v) #3', 'Symbol#3')))).toEqual({});
  expect(marksOf(before, one(key('Symbol(s)', 'Symbol#2'), symbolValue('Symbol(v)', 'Symbol#4')))).toEqual({
    o1: 'changed, 0:1 changed',
  });
  expect(marksOf(before, one(key('Symbol(s)', 'Symbol#5'), symbolValue('Symbol(v)', 'Symbol#3')))).toEqual({
    o1: 'changed, 0:1 new, 0:0 new',
  });
});

test('seen from the earlier picture, what the later one has not is gone', () => {
  const before = diagram(names(1, { a: 102, b: 1 }), names(102, {}));
  const after = diagram(names(1, { a: 5 }), names(103, {}));
  expect(marksOf(before, after, 'earlier')).toEqual({ o1: 'changed, 0:1 changed, 1:1 gone, 1:0 gone', o102: 'gone' });
  expect(comparePictures(after, before, 'earlier').counts).toEqual({ new: 1, changed: 1, gone: 1 });
  expect(comparePictures(before, after, 'later').counts).toEqual({ new: 1, changed: 1, gone: 1 });
});

test('frames that may be other calls are not marked, objects are', () => {
  const before = diagram(names(-1, { f: 102 }), names(-2, { x: 1 }), names(5, { a: 1 }));
  const after = diagram(names(-1, { f: 102 }), names(-2, { x: 2, y: 3 }), names(5, { a: 2 }));
  const { boxes, counts } = comparePictures(before, after, 'later', undefined, unknownFrames(before, after));
  expect([...boxes.keys()]).toEqual(['o5']);
  expect(counts).toEqual({ new: 0, changed: 1, gone: 0 });
});
