import { expect, test } from 'vitest';
import { openPage } from '../page/page.test-helper.ts';
import { waysIn } from './shared-objects.ts';

const shared = (script: string, ...expressions: readonly string[]) =>
  waysIn(openPage(script).capture(expressions))
    .shared()
    .map(({ kind, references, ways }) => `${kind} ${references}: ${ways.map(({ text }) => text).join(' | ')}`);

test.each<[name: string, script: string, expressions: readonly string[], expected: readonly string[]]>([
  ['nothing', 'const a = { b: {}, c: [{}] }', ['a'], []],
  [
    'an object with two ways, the shorter one first',
    'const s = {}; const a = { list: [1, s], s }',
    ['a'],
    ['data 2: a.s | a.list[1]'],
  ],
  ['two references of one object', 'const s = {}; const a = { one: s, two: s }', ['a'], ['data 2: a.one | a.two']],
  ['what two roots refer to', 'const s = {}; const a = { s }, b = [s]', ['a', 'b'], ['data 2: a.s | b[0]']],
  ['a root itself', 'const a = { x: 1 }, b = { a }', ['a', 'b'], ['data 2: a | b.a']],
  [
    'functions count, after data',
    'const f = () => 1, s = {}; const a = { f, g: f, s, t: s }',
    ['a'],
    ['data 2: a.s | a.t', 'code 2: a.f | a.g'],
  ],
  [
    'what refers back is no second way',
    'const a = { child: { } }; a.child.parent = a; a.child.self = a.child',
    ['a'],
    ['itself 2: a | a.child.parent', 'itself 2: a.child | a.child.self'],
  ],
  [
    'keys and values of maps, sets',
    'const k = {}; const a = { m: new Map([[k, k]]), s: new Set([k]) }',
    ['a'],
    ['data 3: a.m.[[Entries]][0].key | a.m.[[Entries]][0].value | a.s.[[Entries]][0]'],
  ],
])('%s', (_, script, expressions, expected) => {
  expect(shared(script, ...expressions)).toEqual(expected);
});

test('of a long list all are counted, and only those near the root are described', () => {
  const script =
    'let list = null; for (let i = 0; i < 900; i++) { const node = { next: list, before: null }; if (list) list.before = node; list = node; }';
  const ways = waysIn(openPage(script).capture(['list']));
  expect(ways.count()).toBe(899);
  expect(ways.shared()).toHaveLength(301);
});
