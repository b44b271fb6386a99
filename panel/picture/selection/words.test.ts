import { expect, test } from 'vitest';
import { buildDiagram } from '../../../src/diagram/build.ts';
import { defaultSettings } from '../../../src/diagram/settings.ts';
import { openPage } from '../../../src/page/page.test-helper.ts';
import { boxWords } from './words.ts';

const script = `
  class Node { constructor(value, next) { this.value = value; this.next = next } }
  const list = [1, 'two', [3]];
  const last = new Node('b', null);
  const many = { empty: [], list, again: list, node: new Node('a', last), text: 'x'.repeat(200) };
  many.self = many;
  many.refer = [list, list, list, list, list];
  const long = Array.from({ length: 60 }, (_, i) => i);
`;

/** Each box, in the order of the picture: what it is, and behind a bar what it holds. */
function words(...expressions: readonly string[]): readonly string[] {
  const diagram = buildDiagram(openPage(script).capture([...expressions]));
  return diagram.boxes.map(({ key }) => {
    const { label, content } = boxWords(diagram, key) ?? { label: '', content: '' };
    return `${label} | ${content}`;
  });
}

test('names, values and who refers', () => {
  expect(words('list', 'last')).toEqual([
    'Scope, 2 values | list: Array #1; last: Node #2',
    'Array #1, 3 values, referred to by list | 0: 1; 1: "two"; 2: Array #3',
    'Array #3, 1 value, referred to by 2 of Array #1 | 0: 3',
    'Node #2, 2 values, referred to by last | value: "b"; next: null',
  ]);
});

test('several retainers, itself, whole texts, nothing', () => {
  expect(words('many')).toMatchInlineSnapshot(`
    [
      "Object #1, 7 values, referred to by its own self | empty: Array #2; list: Array #3; again: Array #3; node: Node #4; text: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"; self: Object #1; refer: Array #5",
      "Array #2, empty, referred to by empty of Object #1 | ",
      "Array #3, 3 values, referred to by list of Object #1, again of Object #1, 0 of Array #5, and 4 more | 0: 1; 1: "two"; 2: Array #6",
      "Array #6, 1 value, referred to by 2 of Array #3 | 0: 3",
      "Node #4, 2 values, referred to by node of Object #1 | value: "a"; next: Node #7",
      "Node #7, 2 values, referred to by next of Node #4 | value: "b"; next: null",
      "Array #5, 5 values, referred to by refer of Object #1 | 0: Array #3; 1: Array #3; 2: Array #3; 3: Array #3; 4: Array #3",
    ]
  `);
});

test('entries by their keys, and the cells of a table by row and column', () => {
  const settings = { ...defaultSettings, tables: { ...defaultSettings.tables, records: true } };
  const diagram = buildDiagram(
    openPage(
      'const key = {}; const map = new Map([[key, 1], [2, key]]); const rows = [{ x: 1, y: 2 }, { x: 3, y: 4 }]',
    ).capture(['map', 'rows']),
    settings,
  );
  const content = (title: string) =>
    diagram.boxes.filter((box) => box.title.startsWith(title)).map(({ key }) => boxWords(diagram, key)?.content);
  expect(content('Map')).toEqual(['Object #3: 1; 2: Object #3']);
  expect(content('Array')).toEqual(['0 x: 1; 0 y: 2; 1 x: 3; 1 y: 4']);
});

test('what is not read is not counted', () => {
  const [long = ''] = words('long');
  expect(long).toMatch(/^Array\(60\) #1, at least 25 values \| 0 to 59; 0: 0; 1: 1; .*; more$/);
});

test('collapsed, and with the number in the title', () => {
  const settings = {
    ...defaultSettings,
    titles: { ...defaultSettings.titles, identityNumbers: true },
    types: { Node: { display: 'collapsed' } as const },
  };
  const diagram = buildDiagram(openPage(script).capture(['last']), settings);
  expect(boxWords(diagram, 'o1')?.label).toBe('Node #1, collapsed');
  expect(boxWords(diagram, 'o2')).toBeNull();
});
