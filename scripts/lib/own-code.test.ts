/** What the build does to code that runs in a page: the same program, told from the page's. */
import { expect, test } from 'vitest';
import { OWN_MARK } from '../../src/wire/own-mark.ts';
import { markOwn } from './own-code.ts';

const run = (code: string): unknown => new Function(`'use strict';${markOwn(code)}; return made;`)();

test('functions and classes of every form have the mark in their texts', () => {
  const code = `class A { one = () => 1; two; static three() {} get four() { return 4 } }
    function five() {}
    const made = [A, new A().one, A.three, Object.getOwnPropertyDescriptor(A.prototype, 'four').get, five,
      x => x, () => ({ a: 1 }), async () => {}, { six() {} }.six, function* () {}];`;
  const made = run(code);
  if (!Array.isArray(made)) throw new Error('There is no list.');
  expect(made).toHaveLength(10);
  for (const each of made) expect(String(each)).toContain(OWN_MARK);
});

test('records inherit nothing of the page, and have their values', () => {
  const made = run(
    'const rest = { b: 2 }; const { b } = rest; const made = [{ a: 1, ...rest, b }, { __proto__: null, c: { d: 1 } }, {}];',
  );
  expect(made).toMatchObject([{ a: 1, b: 2 }, { c: { d: 1 } }, {}]);
  if (!Array.isArray(made)) throw new Error('There is no list.');
  const [first, second, empty] = made;
  expect(first instanceof Object || second instanceof Object || second.c instanceof Object).toBe(false);
  expect(Object.getPrototypeOf(empty)).toBe(Object.prototype);
});

test('literals of names and values are what they were, in the order in which they were', () => {
  const made = run(`const order = []; const next = (value) => { order.push(value); return value };
    const b = next(0);
    const arrow = (a) => {return{ a, b }};
    const nested = { one: next(1), two: (next(2), { three: [next(3), { if: next(4) }] }), b };
    const { one, two: { three: [, { if: four }] } } = nested;
    const made = { list: [arrow(5), { a: 6, b }, { 'a-b': 7 }, { [one]: 8 }, { get nine() { return 9 } }], nested, four, order };`);
  expect(JSON.parse(JSON.stringify(made))).toEqual({
    list: [{ a: 5, b: 0 }, { a: 6, b: 0 }, { 'a-b': 7 }, { 1: 8 }, { nine: 9 }],
    nested: { one: 1, two: { three: [3, { if: 4 }] }, b: 0 },
    four: 4,
    order: [0, 1, 2, 3, 4],
  });
});

test('code whose records do not stay gives no object a prototype', () => {
  const code = 'const made = [{ a: 1 }, () => {}];';
  const marked = markOwn(code, false);
  expect(marked).toBe(`const made = [{ a: 1 }, () => {${OWN_MARK}}];`);
});
