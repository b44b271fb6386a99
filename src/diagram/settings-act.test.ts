/** That each setting acts on the diagram, as golden text. */
import { describe, expect, test } from 'vitest';
import { openPage } from '../page/page.test-helper.ts';
import type { ReadOptions } from '../snapshot/read-options.ts';
import { buildDiagram } from './build.ts';
import { type DiagramSettings, defaultSettings, type TypeOverride } from './settings.ts';
import { countDiagram } from './stats.ts';
import { textForm } from './text-form.test-helper.ts';

interface Options {
  readonly script?: string;
  readonly view?: Partial<ReadOptions>;
  readonly roots?: readonly string[];
}

const draw = (
  expression: string,
  change: Partial<DiagramSettings>,
  { script = '', view = {}, roots = [] }: Options = {},
) => buildDiagram(openPage(script).capture([expression, ...roots], view), { ...defaultSettings, ...change });

const text = (expression: string, change: Partial<DiagramSettings>, options: Options = {}): readonly string[] =>
  textForm(draw(expression, change, options));

const type = (name: string, override: TypeOverride): Partial<DiagramSettings> => ({
  types: { ...defaultSettings.types, [name]: override },
});

describe('primitives as boxes', () => {
  const primitives = { asBoxes: true };
  const counts = (script: string): string => {
    const { nodes, edges, shared } = countDiagram(draw('a', { primitives }, { script, roots: ['b'] }));
    return `${nodes} / ${edges} / ${shared}`;
  };
  test('the same value is one box, another value another one', () => {
    expect(counts('let a = 10, b = a')).toBe('2 / 2 / 1');
    expect(counts('let a = 10, b = a; a += 1')).toBe('3 / 2 / 0');
    expect(counts('let a = "1", b = 1')).toBe('3 / 2 / 0');
    expect(counts('let a = 0, b = -0')).toBe('3 / 2 / 0');
  });
  test('the same symbol is one box, and another one of its description another box', () => {
    const script = 'const s = Symbol("s")';
    const list = '[s, s, Symbol("s"), Symbol.for("s"), Symbol.for("s"), Symbol.iterator]';
    expect(text(list, { primitives }, { script })).toEqual([
      '*o1 Array (array, horizontal)',
      '  0: | 1: | 2: | 3: | 4: | 5:',
      '  → v:Symbol#2 | → v:Symbol#2 | → v:Symbol#3 | → v:Symbol.for("s") | → v:Symbol.for("s") | → v:Symbol.iterator',
      'v:Symbol#2 symbol (symbol, vertical)',
      '  Symbol(s) #2',
      'v:Symbol#3 symbol (symbol, vertical)',
      '  Symbol(s) #3',
      'v:Symbol.for("s") symbol (symbol, vertical)',
      '  Symbol.for("s")',
      'v:Symbol.iterator symbol (symbol, vertical)',
      '  Symbol.iterator',
    ]);
    expect(counts('let a = Symbol("s"), b = a')).toBe('2 / 2 / 1');
    expect(counts('let a = Symbol("s"), b = Symbol("s")')).toBe('3 / 2 / 0');
  });
});

describe('display', () => {
  const script = 'class P { x = 1; inner = { deep: [1] } } const p = new P(); const shared = p.inner.deep';
  test('a collapsed type has one cell, and a shared object does not look unshared', () => {
    expect(text('[p, shared]', type('P', { display: 'collapsed' }), { script })).toEqual([
      '*o1 Array (array, horizontal)',
      '  0: | 1:',
      '  → o2 | → o3',
      'o2 P (collapsed, vertical)',
      '  … [Collapsed: 2 values] ⇢ 1',
      'o3 Array (array, vertical)',
      '  0: | 1',
    ]);
  });
  test('one object is collapsed by its number', () => {
    const objects = new Map([[2, { display: 'collapsed' as const }]]);
    expect(text('[[1], [2]]', { objects })).toEqual([
      '*o1 Array (array, horizontal)',
      '  0: | 1:',
      '  → o2 | → o3',
      'o2 Array (collapsed, vertical)',
      '  … [Collapsed: 1 value]',
      'o3 Array (array, vertical)',
      '  0: | 2',
    ]);
  });
  test('an inline type is text in a cell', () => {
    expect(
      text('[p, new Date(0)]', { types: { P: { display: 'inline' }, date: { display: 'inline' } } }, { script }),
    ).toEqual([
      '*o1 Array (array, vertical)',
      '  0: | P {x: 1, inner: Object}',
      '  1: | Date Thu, Jan 1, 1970, 00:00:00 UTC · 0 [1970-01-01T00:00:00.000Z]',
    ]);
  });
  test('a hidden type leaves no cell', () => {
    expect(text('({ f() {}, a: 1 })', type('function', { display: 'hidden' }))).toEqual([
      '*o1 Object (object, vertical)',
      '  (a) | 1',
    ]);
  });
  test('at most so many dashed references lead to a box', () => {
    const many = 'const s = []; class Q { s = s } const all = [s, new Q(), new Q(), new Q()]';
    const change = type('Q', { display: 'collapsed' });
    const dashed = (maximum: number): number =>
      draw('all', { ...change, hiddenReferences: { maximum } }, { script: many }).references.filter(
        ({ hidden }) => hidden,
      ).length;
    expect([0, 1, 2, 9].map(dashed)).toEqual([0, 1, 2, 3]);
  });
});

describe('types', () => {
  const list = 'class L { next = null } const a = new L(); a.next = new L(); a.next.next = new L()';
  test('fewer references are followed from a type', () => {
    expect(text('a', type('L', { depth: 1 }), { script: list })).toEqual([
      '*o1 L (instance, horizontal)',
      '  (next)',
      '  → o2',
      'o2 L (instance, horizontal)',
      '  (next)',
      '  ✂ [L not shown: depth limit of its type reached]',
    ]);
  });
  test('the class goes before the kind, the object before both', () => {
    const change = {
      types: { instance: { orientation: 'horizontal' as const }, L: { orientation: 'vertical' as const } },
    };
    const stands = (more: Partial<DiagramSettings>): readonly string[] =>
      draw('a', { ...change, ...more }, { script: list }).boxes.map(({ orientation }) => orientation);
    expect(stands({})).toEqual(['vertical', 'vertical', 'vertical']);
    expect(stands({ objects: new Map([[2, { orientation: 'horizontal' }]]) })).toEqual([
      'vertical',
      'horizontal',
      'vertical',
    ]);
  });
  test('slices of its own', () => {
    expect(text('[1, 2, 3, 4, 5]', type('Array', { slices: { begin: 1, middle: 0, end: 1 } }))).toEqual([
      '*o1 Array (array, vertical)',
      '  0: | 1',
      '  - | … [3 elements hidden]',
      '  4: | 5',
    ]);
  });
  test.each([
    [101, { begin: 10, middle: 6, end: 10 }],
    [100, { begin: 10, middle: 5, end: 10 }],
    [28, { begin: 10, middle: 5, end: 10 }],
    [9, { begin: 0, middle: 2, end: 1 }],
  ])('are those that the page reads of %i elements', (count, slices) => {
    const script = `const list = Array.from({ length: ${count} }, (_, i) => i)`;
    expect(text('list', type('Array', { slices }), { script, view: { slices } })).toEqual(
      text('list', {}, { script, view: { slices } }),
    );
  });
  test('but not of an object that was opened', () => {
    const slices = { begin: 1, middle: 0, end: 1 };
    expect(text('[1, 2, 3]', { ...type('Array', { slices }), opened: new Set([1]) })).toEqual([
      '*o1 Array (array, vertical)',
      '  0: | 1',
      '  1: | 2',
      '  2: | 3',
    ]);
  });
  test('a function that was read is a box where it leads on, or was opened', () => {
    const script = 'const f = Object.assign(() => {}, { held: {} }); const g = Object.assign(() => {}, { n: 1 })';
    const boxes = (change: Partial<DiagramSettings>, functions: boolean) =>
      draw('[f, g]', change, { script, view: { functions } }).boxes.map(({ object }) => object);
    expect(boxes({}, false)).toEqual([1]);
    expect(boxes({}, true)).toEqual([1, 2, 4]);
    expect(boxes({ opened: new Set([3]) }, true)).toEqual([1, 2, 4, 3]);
    expect(boxes({ objects: new Map([[2, { display: 'inline' }]]) }, true)).toEqual([1]);
  });
  test('a child that nothing else refers to is swallowed', () => {
    const script = 'class W { n = 1; data = { x: 1 } } const w = new W()';
    expect(text('w', type('W', { swallowsChild: true }), { script })).toEqual([
      '*o1 W (instance, vertical)',
      '  (n) | 1',
      '  (x) | 1',
    ]);
  });
  test.each([
    ['single', ['*o1 Object (object, vertical)', '  {x: 1, y: 2}']],
    ['linear', ['*o1 Object (object, vertical)', '  1', '  2']],
  ] as const)('as %s', (shape, lines) => {
    expect(text('({ x: 1, y: 2 })', type('object', { shape }))).toEqual(lines);
  });
  test('an array with names for its indices', () => {
    expect(text('[7]', type('array', { shape: 'keyValue' }))).toEqual(['*o1 Array (array, vertical)', '  (0) | 7']);
  });
  test('titles', () => {
    expect(draw('[1]', type('Array', { title: false })).boxes[0]?.title).toBe('');
    const titles = { typeNames: false, identityNumbers: true };
    expect(draw('[1]', { titles }).boxes[0]?.title).toBe('#1');
  });
  test('the number of a symbol, where numbers are shown', () => {
    const titles = { typeNames: true, identityNumbers: true };
    expect(text('({ [Symbol("s")]: Symbol.iterator })', { titles })).toEqual([
      '*o1 Object #1 (object, vertical)',
      '  (Symbol(s) #2) | Symbol.iterator',
    ]);
    expect(text('({ o: { a: Symbol("s") } })', { titles, ...type('object', { display: 'inline' }) })).toEqual([
      '*o1 Object #1 (object, vertical)',
      '  (o) | {a: Symbol(s) #3}',
    ]);
  });
  test('colors of a category, a type, an object', () => {
    const red = { light: '#ff0000', dark: '#330000' };
    const blue = { light: '#0000ff', dark: '#000033' };
    expect(draw('[1]', {}).boxes[0]?.color).toBeUndefined();
    expect(draw('[1]', { colors: { array: red } }).boxes[0]?.color).toEqual(red);
    expect(draw('[1]', { colors: { array: red }, ...type('Array', { color: blue }) }).boxes[0]?.color).toEqual(blue);
    expect(
      draw('[1]', { ...type('Array', { color: blue }), objects: new Map([[1, { color: red }]]) }).boxes[0]?.color,
    ).toEqual(red);
  });
});

describe('keys', () => {
  const object = '({ a: 1, _b: 2, [Symbol("s")]: 3, cat: 4 })';
  const keysOf = (change: Partial<DiagramSettings['keys']>): readonly string[] =>
    draw(object, { keys: { ...defaultSettings.keys, ...change } }).boxes[0]?.rows.map(([key]) => key?.text ?? '') ?? [];
  test.each([
    [{}, ['a', '_b', 'cat', 'Symbol(s)']],
    [{ hideSymbols: true }, ['a', '_b', 'cat']],
    [{ hideUnderscored: true }, ['a', 'cat', 'Symbol(s)']],
    [{ hidePattern: '^c|^s' }, ['a', '_b']],
    [{ hidePattern: '(' }, ['a', '_b', 'cat', 'Symbol(s)']],
  ])('%j', (change, keys) => {
    expect(keysOf(change)).toEqual(keys);
  });
});

describe('tables', () => {
  const few = { begin: 3, middle: 2, end: 3 };
  const tables = { matrices: true, records: true, rows: few, columns: few };
  test('a matrix', () => {
    expect(text('[[1, 2], [3, 4]]', { tables })).toEqual([
      '*o1 Array 2 × 2 (array, vertical)',
      '  - | 0: | 1:',
      '  0: | 1 | 2',
      '  1: | 3 | 4',
    ]);
  });
  test('records, and a reference in the last column', () => {
    expect(text('[{ a: 1, b: [1] }, { a: 2, b: null }]', { tables })).toEqual([
      '*o1 Array 2 × 2 (array, vertical)',
      '  - | (a) | (b)',
      '  0: | 1 | → o4',
      '  1: | 2 | null',
      'o4 Array (array, vertical)',
      '  0: | 1',
    ]);
  });
  test('rows and columns are sliced', () => {
    const grid = 'Array.from({ length: 20 }, (_, r) => Float64Array.from({ length: 12 }, (_, c) => r * 100 + c))';
    const [box] = draw(grid, { tables }).boxes;
    expect(box?.title).toBe('Array 20 × 12');
    expect(
      box?.rows.map((row) =>
        row
          .map((cell) => cell?.text ?? '')
          .join(' ')
          .trimEnd(),
      ),
    ).toEqual([
      ' 0 1 2  5 6  9 10 11',
      ...[0, 1, 2].map(
        (r) =>
          `${r} ${[0, 1, 2].map((c) => r * 100 + c).join(' ')} … ${r * 100 + 5} ${r * 100 + 6} … ${[9, 10, 11].map((c) => r * 100 + c).join(' ')}`,
      ),
      ' …',
      ...[9, 10].map(
        (r) =>
          `${r} ${[0, 1, 2].map((c) => r * 100 + c).join(' ')} … ${r * 100 + 5} ${r * 100 + 6} … ${[9, 10, 11].map((c) => r * 100 + c).join(' ')}`,
      ),
      ' …',
      ...[17, 18, 19].map(
        (r) =>
          `${r} ${[0, 1, 2].map((c) => r * 100 + c).join(' ')} … ${r * 100 + 5} ${r * 100 + 6} … ${[9, 10, 11].map((c) => r * 100 + c).join(' ')}`,
      ),
    ]);
  });
  test.each([
    ['rows of different lengths', '[[1, 2], [3]]', ''],
    ['one row', '[[1, 2]]', ''],
    ['a row that another object refers to', '[m, m[0]]', 'const m = [[1, 2], [3, 4]]'],
    ['a row that stands twice', '[r, r]', 'const r = [1, 2]'],
    ['different keys', '[{ a: 1 }, { b: 1 }]', ''],
    ['a reference that would cross a cell', '[{ a: [1], b: 1 }, { a: [2], b: 2 }]', ''],
  ])('no table: %s', (_, expression, script) => {
    expect(draw(expression, { tables }, { script }).boxes.every(({ title }) => !title.includes('×'))).toBe(true);
  });
  test('they are off by default, and a type can ask for one', () => {
    expect(draw('[[1], [2]]', {}).boxes).toHaveLength(3);
    expect(draw('[[1], [2]]', type('Array', { shape: 'table' })).boxes).toHaveLength(1);
  });
});
