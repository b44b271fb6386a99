import { expect, test } from 'vitest';
import type { HeapObject, ObjectKind, Part, ScopeKind, Snapshot, Value } from '../snapshot/snapshot.ts';
import { textForm } from '../snapshot/text-form.test-helper.ts';
import { named } from './naming.ts';

const whole = (text: string) => ({ head: text, tail: '', length: text.length });

function property(name: string, value: Value, scope?: ScopeKind): Part {
  const key = { type: 'name', name: whole(name) } as const;
  return { type: 'property', key, enumerable: true, value, ...(scope ? { scope } : {}) };
}

function made(id: number, kind: ObjectKind, name: string, parts: readonly Part[]): HeapObject {
  return { id, kind, className: whole(name), size: null, primitive: null, frozen: false, cut: null, parts };
}

const number = (value: number): Value => ({ type: 'number', value });
const to = (id: number): Value => ({ type: 'reference', id });

/** Two frames of a minified script; the inner one has a variable of a block and one of its closure. */
const objects = [
  made(-1, 'stack', 'Call stack', [property('0: (top level)', to(-2)), property('1: e', to(-3))]),
  made(-2, 'scope', '0: (top level)', [property('t', to(1), 'script')]),
  made(-3, 'scope', '1: e', [
    property('n', number(1), 'block'),
    property('r', number(2), 'local'),
    property('t', to(1), 'closure'),
    property('this', to(1)),
  ]),
  made(1, 'object', 'Object', [property('t', number(3))]),
];
const snapshot: Snapshot = {
  roots: [{ label: 'Call stack', result: { ok: true, value: to(-1) } }],
  objects: new Map(objects.map((object) => [object.id, object])),
  cuts: new Map(),
  pageTime: 0,
  replacedBuiltins: [],
};
const plain = { label: '0: (top level)', variables: new Map() };

test('frames and their variables get other names, objects of the page do not', () => {
  const variables = new Map([
    ['n', 'item'],
    ['r', 'total'],
    ['t', 'tree'],
    ['this', 'that'],
  ]);
  expect(textForm(named(snapshot, [plain, { label: '1: add_one', variables }]))).toBe(
    [
      'Call stack = #-1',
      "#-1 stack Call stack {'0: (top level)': #-2, '1: add_one': #-3}",
      '#-2 scope 0: (top level) {script t: #1}',
      '#-3 scope 1: add_one {block item: 1, local total: 2, closure tree: #1, this: #1}',
      '#1 Object {t: 3}',
    ].join('\n'),
  );
});

test('of two variables with one name in the source the outer one shows its name in the page, too', () => {
  const variables = new Map([
    ['n', 'item'],
    ['r', 'item'],
  ]);
  expect(textForm(named(snapshot, [plain, { label: '1: e', variables }]))).toContain(
    "{block item: 1, local 'item (r)': 2,",
  );
});
