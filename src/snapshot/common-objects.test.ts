/** What two values of a real heap have in common, and how it is reached. */
import { expect, test } from 'vitest';
import { openPage } from '../page/page.test-helper.ts';
import { commonObjects } from './common-objects.ts';
import { pathText } from './paths.ts';

/** `a.x = b.y` for each object at which sharing begins, then how many there are in all. */
function common(script: string): readonly string[] {
  const snapshot = openPage(script).capture(['a', 'b'], {});
  const ids = snapshot.roots.map(({ result }) =>
    result.ok && result.value.type === 'reference' ? result.value.id : 0,
  );
  const [one = 0, other = 0] = ids;
  const { first, all } = commonObjects(snapshot, one, other, ({ kind }) => kind === 'function' || kind === 'class');
  return [
    ...first.map(({ paths: [left, right] }) => `${pathText('a', left)} = ${pathText('b', right)}`),
    `${all.size} in all`,
  ];
}

test.each<[name: string, script: string, expected: readonly string[]]>([
  ['nothing', 'const a = { x: [1] }, b = { x: [1] }', ['0 in all']],
  ['a shallow copy', 'const a = { x: [[1]], y: 1 }, b = { ...a }', ['a.x = b.x', '2 in all']],
  ['itself', 'const a = { x: [] }, b = a', ['a = b', '2 in all']],
  ['one within the other', 'const a = { x: [] }, b = { of: a }', ['a = b.of', '2 in all']],
  [
    'under other names',
    'const s = {}, a = { "odd name": s, [Symbol("k")]: [] }, b = new Map([["key", s], [{}, a[Object.getOwnPropertySymbols(a)[0]]]])',
    ['a["odd name"] = b.get("key")', 'a[Symbol(k)] = b.[[Entries]][1].value', '2 in all'],
  ],
  ['in a set', 'const s = {}, a = new Set([1, s]), b = [0, s]', ['a.[[Entries]][1] = b[1]', '1 in all']],
  ['a key of a map', 'const s = {}, a = new Map([[s, 1]]), b = { s }', ['a.[[Entries]][0].key = b.s', '1 in all']],
  [
    'a cycle, entered at two objects',
    'const x = {}, y = { x }; x.y = y; const a = { x }, b = { y }',
    ['a.x = b.y.x', 'a.x.y = b.y', '2 in all'],
  ],
  [
    'functions and what only they lead to',
    'const f = Object.assign(() => {}, { of: {} }), a = { f }, b = { f }',
    ['0 in all'],
  ],
])('%s', (_, script, expected) => {
  expect(common(script)).toEqual(expected);
});
