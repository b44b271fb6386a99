import { describe, expect, test } from 'vitest';
import { readModule } from './module-text.ts';

describe('what a module exports, and which variable shows that it has run', () => {
  test.each<[text: string, exports: readonly string[] | null, last: string | null]>([
    ['export const a = 1;', ['a'], 'a'],
    ['export const a = 1; run();', ['a'], null],
    ['const a = 1; export { a as b, a as default };', ['b', 'default'], 'a'],
    ['export class A {} export function f() {}', ['A', 'f'], 'A'],
    ['export let { a, b: [c = 1] } = x();', ['a', 'c'], 'c'],
    ['export default function () {}', ['default'], null],
    ['const a = 1; export default function () {}', ['default'], 'a'],
    ['const a = 1; export default a;', ['default'], null],
    ['export var a = 1;', ['a'], null],
    ['const a = await x; export * as ns from "y";', ['ns'], 'a'],
    ['export const a = 1; export * from "y";', null, 'a'],
    ['export const then = 1;', ['then'], 'then'],
    ['import "x";', [], null],
  ])('%s', (text, exports, last) => {
    expect(readModule(text)).toEqual({ exports, last });
  });
  test('what does not parse', () => {
    expect(readModule('export const')).toBeNull();
  });
});
