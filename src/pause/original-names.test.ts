import { expect, test } from 'vitest';
import { nameOf } from './original-names.ts';

test.each([
  ['e', 'add_one', 'add_one'],
  ['e', null, 'e'],
  ['BinTree.add', 'add', 'BinTree.add'],
  ['n.add', 'BinTree.add', 'BinTree.add'],
  ['get count', 'count', 'get count'],
  ['get e', 'Cart.count', 'Cart.get count'],
  ['Cart.set count', 'Cart.count', 'Cart.set count'],
  ['Shop.get count', 'count', 'Shop.get count'],
  ['getter', 'getCount', 'getCount'],
])('V8 says %s and the map %s: it is %s', (name, functionName, shown) => {
  expect(nameOf(name, { functionName, isArgument: false, functionLine: 0, initialized: null })).toBe(shown);
});

test('a function without a name is told by the call that it is an argument of, or by its line of the source', () => {
  const named = (name: string, functionName: string | null, isArgument: boolean) =>
    nameOf(name, { functionName, isArgument, functionLine: 11, initialized: null });
  expect(named('(anonymous)', 'items.map', true)).toBe('callback of items.map');
  expect(named('(anonymous)', null, false)).toBe('(anonymous, line 12)');
  expect(named('(anonymous)', null, true)).toBe('(anonymous, line 12)');
  expect(named('onclick', 'add', true)).toBe('onclick');
});

test.each([
  ['static block of n', 'static block of Cart'],
  ['field initializers of n', 'field initializers of Cart'],
  ['n', 'Cart'],
  ['e', 'outer'],
])('%s, of code that makes a class, is %s', (name, shown) => {
  const initialized = { name: 'n', original: 'Cart' };
  expect(nameOf(name, { functionName: 'outer', isArgument: false, functionLine: 3, initialized })).toBe(shown);
});
