import { describe, expect, test } from 'vitest';
import { openPage } from '../page/page.test-helper.ts';
import type { ReadOptions } from '../snapshot/read-options.ts';
import type { HeapObject, ObjectId, Snapshot } from '../snapshot/snapshot.ts';
import { buildDiagram } from './build.ts';
import { seedStructures } from './seed.test-helper.ts';
import { type DiagramSettings, defaultSettings } from './settings.ts';
import { countDiagram } from './stats.ts';
import { textForm } from './text-form.test-helper.ts';

interface Options {
  readonly script?: string;
  readonly view?: Partial<ReadOptions>;
  readonly settings?: DiagramSettings;
}

const draw = (expressions: readonly string[], { script = '', view = {}, settings }: Options = {}) =>
  buildDiagram(openPage(script).capture(expressions, view), settings);

const counts = (expressions: readonly string[], script = ''): string => {
  const { nodes, edges, shared } = countDiagram(draw(expressions, { script }));
  return `${nodes} / ${edges} / ${shared}`;
};

describe('what must come out, as nodes / references / shared nodes', () => {
  const shared = "const a = [[1, 2], ['a', 'b']]; const c1 = a; const c2 = [...a]; const c3 = a.map((l) => [...l])";
  const rows: readonly (readonly [name: string, expressions: readonly string[], script: string, counted: string])[] = [
    ['containers', [`[[1, 2], [3, 4], new Set([5, 6]), new Map([[7, 'seven']])]`], '', '5 / 4 / 0'],
    ['numbers', ['a', 'b'], 'let a = 10; let b = a; a += 1', '1 / 0 / 0'],
    ['one array, two names', ['a', 'b'], 'const a = [4, 3, 2]; const b = a; a.push(1)', '2 / 2 / 1'],
    ['copies', ['a', 'c1', 'c2', 'c3'], shared, '8 / 10 / 3'],
    ['doubly linked list', ['linkedList'], seedStructures, '101 / 200 / 100'],
    ['binary tree', ['tree'], seedStructures, '101 / 100 / 0'],
    ['hash set', ['hashSet'], seedStructures, '22 / 21 / 0'],
    ['self reference', ['l', '1'], 'const l = [1]; l.push(l)', '2 / 2 / 1'],
    ['parallel references', ['[o, o, o]'], 'const o = {}', '2 / 3 / 1'],
    ['nothing', [], '', '0 / 0 / 0'],
  ];
  test.each(rows)('%s', (_, expressions, script, counted) => {
    expect(counts(expressions, script)).toBe(counted);
  });
});

const golden: readonly (readonly [name: string, expressions: readonly string[], lines: readonly string[]])[] = [
  [
    'the root is thick and horizontal, its children are vertical, a set has no indices',
    [`[[1], new Set([5, 6]), new Map([[7, 'seven'], ['7', 8]])]`],
    [
      '*o1 Array (array, horizontal)',
      '  0: | 1: | 2:',
      '  → o2 | → o3 | → o4',
      'o2 Array (array, vertical)',
      '  0: | 1',
      'o3 Set (set, vertical)',
      '  5',
      '  6',
      'o4 Map (map, vertical)',
      '  (7) | "seven"',
      '  ("7") | 8',
    ],
  ],
  [
    'several roots stand in a scope',
    ['1', '"two"', '[3]'],
    [
      '*scope Scope (scope, horizontal)',
      '  (1) | ("two") | ([3])',
      '  1 | "two" | → o1',
      'o1 Array (array, vertical)',
      '  0: | 3',
    ],
  ],
  ['a primitive root stands in a scope', ['-0'], ['*scope Scope (scope, vertical)', '  (-0) | -0']],
  [
    'a failed root says why',
    ['missing', '1'],
    ['*scope Scope (scope, vertical)', '  (missing) | ✗ Thrown: ReferenceError: missing is not defined', '  (1) | 1'],
  ],
  [
    'primitives',
    ['[undefined, null, true, 1.5, NaN, 10n, Symbol("s"), Symbol(), "1", ""]'],
    [
      '*o1 Array (array, vertical)',
      '  0: | undefined',
      '  1: | null',
      '  2: | true',
      '  3: | 1.5',
      '  4: | NaN',
      '  5: | 10n',
      '  6: | Symbol(s) [Symbol(s) #2]',
      '  7: | Symbol() [Symbol() #3]',
      '  8: | "1"',
      '  9: | ""',
    ],
  ],
  [
    'keys',
    [`({ 7: 1, '': 2, 'a b': 3, [Symbol('s')]: 4, __proto__: null })`],
    [
      '*o1 Object (null prototype) (object, vertical)',
      '  (7) | 1',
      '  ("") [Empty string] | 2',
      '  (a b) | 3',
      '  (Symbol(s)) [Symbol(s) #2] | 4',
    ],
  ],
  [
    'symbols that look the same have their numbers, registered and well-known ones need none',
    [
      `((s) => ({ [s]: Symbol('a'), [Symbol('a')]: s, [Symbol.for('a"')]: Symbol.iterator, map: new Map([[s, Symbol('b')]]) }))(Symbol('a'))`,
    ],
    [
      '*o1 Object (object, horizontal)',
      '  (map) | (Symbol(a) #4) | (Symbol(a) #5) | (Symbol.for("a\\""))',
      '  → o2 | Symbol(a) #3 | Symbol(a) #4 | Symbol.iterator',
      'o2 Map (map, vertical)',
      '  (Symbol(a) #4) | Symbol(b) [Symbol(b) #6]',
    ],
  ],
  [
    'accessors',
    ['({ get g() {}, set s(v) {}, get b() {}, set b(v) {}, y: 1 })'],
    [
      '*o1 Object (object, vertical)',
      '  (g) | (…) [Getter, not run]',
      '  (s) | (…) [Setter, not run]',
      '  (b) | (…) [Getter and setter, not run]',
      '  (y) | 1',
    ],
  ],
  [
    'holes are not undefined',
    ['[1, , undefined, , ,]'],
    [
      '*o1 Array (array, vertical)',
      '  0: | 1',
      "  1: | empty [Index 1 doesn't exist]",
      '  2: | undefined',
      "  3: | empty × 2 [Indices 3 to 4 don't exist]",
    ],
  ],
  [
    'functions are cells',
    ['({ f() {}, a: [() => {}][0], c: class Point { static origin = 0 } })'],
    [
      '*o1 Object (object, horizontal)',
      '  (f) | (a) | (c)',
      '  ƒ f() | ƒ () | → o4',
      'o4 class Point (class, vertical)',
      '  (origin) | 0',
    ],
  ],
  [
    'a function as the root is a box',
    ['Object.assign(function f() {}, { x: 1 })'],
    ['*o1 ƒ f (function, vertical)', '  (x) | 1'],
  ],
  [
    'objects with one value',
    ['[new Date(0), new Date(NaN), /a"b/g, new RangeError("far"), Object("s")]'],
    [
      '*o1 Array (array, horizontal)',
      '  0: | 1: | 2: | 3: | 4:',
      '  → o2 | → o3 | → o4 | → o5 | → o6',
      'o2 Date (date, vertical)',
      '  Thu, Jan 1, 1970, 00:00:00 UTC · 0 [1970-01-01T00:00:00.000Z]',
      'o3 Date (date, vertical)',
      '  Invalid Date',
      'o4 RegExp (regexp, vertical)',
      '  /a"b/g',
      'o5 RangeError (error, vertical)',
      '  "far"',
      'o6 String (string, vertical)',
      '  "s"',
    ],
  ],
  [
    'empty containers, frozen arrays, instances',
    ['[[], {}, Object.freeze([1]), new (class List {})()]'],
    [
      '*o1 Array (array, horizontal)',
      '  0: | 1: | 2: | 3:',
      '  → o2 | → o3 | → o4 | → o5',
      'o2 Array (array, empty)',
      'o3 Object (object, empty)',
      'o4 Array (frozenArray, vertical)',
      '  0: | 1',
      'o5 List (instance, empty)',
    ],
  ],
  [
    'an array with more than elements',
    ['Object.assign([1], { extra: 2 })'],
    ['*o1 Array (array, vertical)', '  0: | 1', '  (extra) | 2'],
  ],
  [
    'objects as keys leave to the left of their values',
    ['new Map([[{ k: 1 }, [2]]])'],
    [
      '*o1 Map (map, vertical)',
      '  → o2 | → o3',
      'o2 Object (object, vertical)',
      '  (k) | 1',
      'o3 Array (array, vertical)',
      '  0: | 2',
    ],
  ],
  [
    'a revoked proxy',
    ['(() => { const p = Proxy.revocable({}, {}); p.revoke(); return p.proxy })()'],
    ['*o1 Proxy (revoked) (proxy, empty)'],
  ],
];

test.each(golden)('%s', (_, expressions, lines) => {
  expect(textForm(draw(expressions))).toEqual(lines);
});

test('what slicing hides has a cell, and the title says how much there is', () => {
  const view = { slices: { begin: 1, middle: 0, end: 1 } };
  expect(textForm(draw(['[0, 1, 2, 3, 4]'], { view }))).toEqual([
    '*o1 Array(5) (array, vertical)',
    '  0: | 0',
    '  - | … [3 elements hidden]',
    '  4: | 4',
  ]);
});

test('what is hidden refers to what is drawn by dashed lines, from the cell that hides it', () => {
  const script = 'const s = {}; const l = { n: {} }; l.n.n = { n: l }; l.n.n.m = l.n';
  const dashed = (expression: string, view: Partial<ReadOptions>) => {
    const diagram = draw([expression], { script, view });
    const { nodes, edges, shared } = countDiagram(diagram);
    const ends = diagram.references.filter(({ hidden }) => hidden).map(({ from, to }) => `${from} → ${to}`);
    return [`${nodes} / ${edges} / ${shared}`, ...ends];
  };
  const slices = { begin: 1, middle: 0, end: 1 };
  expect(dashed('[s, 0, s, 0]', { slices })).toEqual(['2 / 2 / 1', 'o1 → o2']);
  expect(dashed('l', { depth: 1 })).toEqual(['2 / 3 / 1', 'o2 → o1', 'o2 → o2']);
});

test('an array whose names were not listed says so in the last cell that hides', () => {
  const [box] = draw(['new Array(3000).fill(0)']).boxes;
  const hints = box?.rows.flatMap((row) => row.flatMap((cell) => cell?.hint ?? []));
  expect(hints).toEqual([
    '1,488 elements hidden',
    "1,487 elements hidden\nNamed properties aren't listed for collections this large",
  ]);
});

test('an object behind a limit has a mark that says what and why, and no box', () => {
  const diagram = draw(['[[[1, 2]]]'], { view: { depth: 1 } });
  expect(textForm(diagram)).toEqual([
    '*o1 Array (array, horizontal)',
    '  0:',
    '  → o2',
    'o2 Array (array, horizontal)',
    '  0:',
    '  ✂ [Array(2) not loaded: depth limit reached]',
  ]);
  expect(diagram.references).toHaveLength(1);
});

test('boxes stand depth-first, fields in order', () => {
  const diagram = draw(['({ a: { b: { c: 1 } }, d: { e: 2 }, f: { g: 3 } })']);
  expect(diagram.boxes.map(({ rows }) => rows[0]?.[0]?.text)).toEqual(['a', 'b', 'c', 'e', 'g']);
});

test('identity numbers are the same in every picture', () => {
  const settings = { ...defaultSettings, titles: { ...defaultSettings.titles, identityNumbers: true } };
  const page = openPage('const a = [[1]]');
  const titles = (expression: string): string[] =>
    buildDiagram(page.capture([expression]), settings).boxes.map(({ title }) => title);
  expect(titles('a')).toEqual(['Array #1', 'Array #2']);
  expect(titles('a[0]')).toEqual(['Array #2']);
});

describe('orientation', () => {
  const stands = (expression: string, settings: DiagramSettings): string | undefined =>
    draw([expression], { settings }).boxes[0]?.orientation;
  const { linear } = defaultSettings.orientation;
  const withLinear = (change: Partial<typeof linear>): DiagramSettings => ({
    ...defaultSettings,
    orientation: { ...defaultSettings.orientation, linear: { ...linear, ...change } },
  });
  const rows: readonly (readonly [name: string, expression: string, DiagramSettings, stands: string])[] = [
    ['values', '[1]', defaultSettings, 'vertical'],
    ['some references', '[1, []]', defaultSettings, 'horizontal'],
    ['only references', '[[], []]', defaultSettings, 'horizontal'],
    ['values, by setting', '[1]', withLinear({ general: 'horizontal' }), 'horizontal'],
    ['some references, by setting', '[1, []]', withLinear({ anyReference: 'vertical' }), 'vertical'],
    ['only references are not some', '[[], []]', withLinear({ anyReference: 'vertical' }), 'horizontal'],
    ['only references, by setting', '[[], []]', withLinear({ allReferences: 'vertical' }), 'vertical'],
    ['objects have rules of their own', '({ a: [] })', withLinear({ allReferences: 'vertical' }), 'horizontal'],
    ['references to the right', '[[]]', { ...defaultSettings, direction: 'right' }, 'vertical'],
    ['values to the right', '[1]', { ...defaultSettings, direction: 'right' }, 'vertical'],
  ];
  test.each(rows)('%s', (_, expression, settings, expected) => {
    expect(stands(expression, settings)).toBe(expected);
  });
});

test('a list of 40,000 objects is no deeper than a short one', () => {
  const objects = new Map<ObjectId, HeapObject>();
  const length = 40_000;
  for (let id = 1; id <= length; id++) {
    objects.set(id, {
      id,
      kind: 'array',
      className: { head: 'Array', tail: '', length: 5 },
      size: 1,
      primitive: null,
      frozen: false,
      cut: null,
      parts: [{ type: 'element', index: 0, value: { type: 'reference', id: (id % length) + 1 } }],
    });
  }
  const snapshot: Snapshot = {
    roots: [{ label: 'list', result: { ok: true, value: { type: 'reference', id: 1 } } }],
    objects,
    cuts: new Map(),
    pageTime: 0,
    replacedBuiltins: [],
  };
  const diagram = buildDiagram(snapshot);
  expect(countDiagram(diagram)).toEqual({ nodes: length, edges: length, shared: 0 });
  expect(diagram.boxes[99]?.key).toBe('o100');
});
