import { describe, expect, test } from 'vitest';
import { expressionIn, rootsOfPath } from './expression-text.ts';

describe('a selected text', () => {
  test.each([
    ['data'],
    ['data.items[3]'],
    ['this.#left?.right'],
    ['new Map([[1, "a;b"]])'],
    ['list.filter((item) => item.id === 3)'],
    ['{ a: 1, b }'],
    ["typeof x + ') '"],
    ['a in b'],
    ['`a)b`.length'],
    ['[1, 2]'],
    ['$0'],
    ['x /* ) */ .y'],
    ['await promise'],
  ])('%s is offered as it is', (text) => {
    expect(expressionIn(text)).toBe(text);
  });

  test.each([
    [' node.next;\n', 'node.next'],
    ['item,', 'item'],
  ])('%j is offered without what ends it', (text, offered) => {
    expect(expressionIn(text)).toBe(offered);
  });

  test.each([
    [''],
    ['   '],
    ['const'],
    ['null'],
    ['const a = b'],
    ['return x'],
    ['a = b'],
    ['a += 1'],
    ['i++'],
    ['delete a.b'],
    ['a; b'],
    ['f('],
    ['1), f(), (2'],
    [') => {'],
    ['.items'],
    ['a.'],
    ['a ?'],
    ['42'],
    ["'text'"],
    ["it's"],
    ['the list of names'],
    ['// a comment'],
    ['a'.repeat(301)],
  ])('%s is not offered', (text) => {
    expect(expressionIn(text)).toBeNull();
  });
});

describe('a copied property path', () => {
  test.each([
    ['items[0].name', ['items[0].name', '$_.items[0].name', 'temp2.items[0].name']],
    ['[0]', ['$_[0]', 'temp2[0]']],
    [`["it's"].next`, [`$_["it's"].next`, `temp2["it's"].next`]],
    ["a['two words'].#inside", ["a['two words'].#inside", "$_.a['two words'].#inside", "temp2.a['two words'].#inside"]],
    ['temp2.a', ['temp2.a', '$_.temp2.a']],
    ['$_', ['$_', 'temp2.$_']],
  ])('%s', (text, roots) => {
    expect(rootsOfPath(text, ['$_', 'temp2'])).toEqual(roots);
  });

  test.each([[''], ['a b'], ['f()'], ['a[b]'], ['a + b'], ['.a'], ['1'], ['return'], ['a.'], ["a['"]])(
    '%j is none',
    (text) => {
      expect(rootsOfPath(text, ['$_'])).toEqual([]);
    },
  );
});
