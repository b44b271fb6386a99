/** What counts as a copy of what: objects of real snapshots, made in a realm of their own. */
import { describe, expect, test } from 'vitest';
import { openPage } from '../page/page.test-helper.ts';
import type { ObjectId, Snapshot } from '../snapshot/snapshot.ts';
import { aligned } from './aligned.ts';
import { copies } from './counterparts.ts';

/** Draws `data` before and after `change`, and answers the paths of the objects that are copies of what they replace. */
function copied(data: string, change: string): readonly string[] {
  const page = openPage(`${clone}\nglobalThis.data = ${data};`);
  const before = page.capture(['data']);
  page.run(change);
  const after = page.capture(['data']);
  const paths = pathsIn(after);
  return [...copies(before, after).keys()].map((id) => paths.get(id) ?? '?').sort();
}

/** A short path to each object. */
function pathsIn(snapshot: Snapshot): ReadonlyMap<ObjectId, string> {
  const paths = new Map<ObjectId, string>();
  for (const { label, result } of snapshot.roots)
    if (result.ok && result.value.type === 'reference') paths.set(result.value.id, label);
  for (const [id, path] of paths) {
    for (const part of snapshot.objects.get(id)?.parts ?? []) {
      if (part.type !== 'property' && part.type !== 'element') continue;
      if (part.value.type !== 'reference' || paths.has(part.value.id)) continue;
      const name = part.type === 'element' ? part.index : part.key.type === 'name' ? part.key.name.head : '?';
      paths.set(part.value.id, `${path}.${name}`);
    }
  }
  return paths;
}

const clone = `function clone(one, known = new Map()) {
  if (typeof one !== 'object') return one;
  const copy = known.get(one) ?? (Array.isArray(one) ? [] : {});
  if (!known.has(one)) {
    known.set(one, copy);
    for (const key of Object.keys(one)) copy[key] = clone(one[key], known);
  }
  return copy;
}`;

const loop = 'const make = (n) => { const a = { n }, b = { a }; a.b = b; return a; };';

test.each<[what: string, data: string, change: string, copies: readonly string[]]>([
  ['nothing changed', '{ a: { x: 1 } }', '', []],
  ['changed in place', '{ a: { x: 1 } }', 'data.a.x = 2', []],
  ['a needless copy', '{ a: { x: 1 } }', 'data.a = { ...data.a }', ['data.a']],
  ['a copy with another value', '{ a: { x: 1 } }', 'data.a = { x: 2 }', []],
  ['a copy with another key order', '{ a: { x: 1, y: 2 } }', 'data.a = { y: 2, x: 1 }', []],
  ['of another class', '{ a: { x: 1 } }', 'data.a = Object.assign(new (class P {})(), data.a)', []],
  ['deep', '{ a: { b: { c: [1, 2] } } }', 'data.a = clone(data.a)', ['data.a', 'data.a.b', 'data.a.b.c']],
  [
    'deep, with one difference at its end',
    '{ a: { b: { c: [1, 2] }, d: [3] } }',
    'data.a = clone(data.a); data.a.b.c[1] = 7',
    ['data.a.d'],
  ],
  ['shallow: what it refers to is the same', '{ a: { b: {} } }', 'data.a = { ...data.a }', ['data.a']],
  ['what it refers to changed meanwhile', '{ a: { b: { n: 1 } } }', 'data.a = { ...data.a }; data.a.b.n = 2', []],
  ['a cycle', `(() => { ${loop} return { a: make(1) }; })()`, 'data.a = clone(data.a)', ['data.a', 'data.a.b']],
  [
    'a cycle with another number',
    `(() => { ${loop} return { a: make(1) }; })()`,
    'data.a = clone(data.a); data.a.n = 2',
    [],
  ],
  ['a function is nobody else', '{ f: [() => 1] }', 'data.f = [() => 1]', []],
  ['the same function in another array', '{ f: [() => 1] }', 'data.f = [...data.f]', ['data.f']],
  ['an accessor says nothing', '{ a: { get x() { return 1; } } }', 'data.a = { get x() { return 1; } }', []],
  [
    'moved to another place',
    '{ list: [{ x: 1 }, { x: 2 }] }',
    'data.list = data.list.map((one) => ({ ...one })).reverse()',
    ['data.list.0', 'data.list.1'],
  ],
  ['an empty object that replaces none', '{ a: {}, b: 1 }', 'data.b = {}', []],
  ['an empty object that replaces one', '{ a: {} }', 'data.a = {}', ['data.a']],
  ['dates', '{ a: new Date(5), b: new Date(5) }', 'data.a = new Date(5); data.b = new Date(6)', ['data.a']],
  ['a Map', '{ m: new Map([[1, { x: 1 }]]) }', 'data.m = new Map([[1, { x: 1 }]])', ['?', 'data.m']],
  ['-0 is not 0', '{ a: { x: 0 } }', 'data.a = { x: -0 }', []],
  ['NaN is NaN', '{ a: { x: NaN } }', 'data.a = { x: NaN }', ['data.a']],
  ['another symbol of that name', '{ a: { x: Symbol("s") } }', 'data.a = { x: Symbol("s") }', []],
])('%s', (_, data, change, expected) => {
  expect(copied(data, change)).toEqual(expected);
});

test('of a list of 4,000 that differs at its end no pair is compared twice', () => {
  const page = openPage(
    'globalThis.list = (end) => { let n = { end }; for (let i = 0; i < 4000; i++) n = { n }; return n; }',
  );
  page.run('globalThis.data = { list: list(1) }');
  const view = { depth: 100_000, objects: 100_000 };
  const before = page.capture(['data'], view);
  page.run('data.list = list(2)');
  const after = page.capture(['data'], view);
  expect(copies(before, after).size).toBe(0);
  page.run('data.list = list(2)');
  expect(copies(after, page.capture(['data'], view)).size).toBe(4001);
});

describe('two heaps', () => {
  test('what stands at the same place gets the same number', () => {
    const one = openPage('globalThis.data = { skipped: [[], []], a: { x: 1 } }').capture(['data']);
    const two = openPage('globalThis.data = { a: { x: 1 }, more: {} }').capture(['data']);
    const paths = pathsIn(aligned(one, two));
    const shown = pathsIn(two);
    const numberOf = (all: ReadonlyMap<ObjectId, string>, path: string) =>
      [...all].find(([, other]) => other === path)?.[0];
    expect(numberOf(paths, 'data')).toBe(numberOf(shown, 'data'));
    expect(numberOf(paths, 'data.a')).toBe(numberOf(shown, 'data.a'));
    expect([...two.objects.keys()]).not.toContain(numberOf(paths, 'data.skipped'));
  });
});
