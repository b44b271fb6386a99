/** What the build does to code that runs in a page: the same program, told from the page's. */
import { expect, test } from 'vitest';
import { OWN_MARK } from '../../src/wire/own-mark.ts';
import { markOwn, OWN_RECORDS } from './own-code.ts';

const run = (code: string): unknown => new Function(`${OWN_RECORDS}${markOwn(code)}; return made;`)();

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
