import { expect, test } from 'vitest';
import { textForm } from '../snapshot/text-form.test-helper.ts';
import { snapshotOfJson } from './plain-json.ts';

const read = (text: string) => {
  const snapshot = snapshotOfJson(text, 'data.json');
  return snapshot && textForm(snapshot);
};

test('any JSON with an object is a tree', () => {
  expect(read('{"plain": [1, 2], "__proto__": {"a": null}, "s": "x"}')).toMatchInlineSnapshot(`
    "data.json = #1
    #1 Object {plain: #2, __proto__: #3, s: 'x'}
    #2 Array(2) [1, 2]
    #3 Object {a: null}"
  `);
});

test.each(['', '{', '1', '"text"', 'null'])('%s is nothing to draw', (text) => {
  expect(read(text)).toBeNull();
});

test('what is too much is said', () => {
  const snapshot = snapshotOfJson(JSON.stringify(Array.from({ length: 90 }, () => Array(20).fill([]))), 'x');
  expect(snapshot?.objects.size).toBe(1 + 90 + 90 * 20);
  expect(snapshot?.cuts).toEqual(new Map([['objects', 891]]));
  const long = snapshotOfJson(JSON.stringify(Array(150).fill(0)), 'x')?.objects.get(1)?.parts;
  expect(long?.at(-1)).toEqual({ type: 'hidden', of: 'element', index: 100, count: 50 });
});
