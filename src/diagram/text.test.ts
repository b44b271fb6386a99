import { expect, test } from 'vitest';
import type { SymbolIdentity } from '../snapshot/snapshot.ts';
import { showName, showString, showSymbol, wholeText } from './text.ts';

/** A text, and how it is shown as a string of at most ten characters. */
const strings: readonly (readonly [name: string, text: string, shown: string])[] = [
  ['empty', '', '""'],
  ['plain', 'abc', '"abc"'],
  ['as long as may be', '0123456789', '"0123456789"'],
  ['too long', '0123456789a', '"0123456789…"'],
  ['quotes and backslashes', 'a"\\', '"a\\"\\\\"'],
  ['control characters', '\n\r\t\b\f\v\0\u001b', '"\\n\\r\\t\\b\\f\\v\\u0000\\u001b"'],
  ['overrides of direction', '\u202eab\u2066', '"\\u202eab\\u2066"'],
  ['zero width', '\u200b\ufeff\u200d\u00ad', '"\\u200b\\ufeff\\u200d\\u00ad"'],
  ['spaces that are no space', '\u00a0\u2003\u2028', '"\\u00a0\\u2003\\u2028"'],
  ['lone surrogates', 'x\ud800y', '"x\\ud800y"'],
  ['noncharacters', '\ufffe\uffff', '"\\ufffe\\uffff"'],
  ['letters without ink', '\u3164', '"\\u3164"'],
  ['invisible tags', '\u{e0041}', '"\\u{e0041}"'],
  ['characters above 0xffff', '😀😀😀😀😀😀😀😀😀😀', '"😀😀😀😀😀😀😀😀😀😀"'],
  ['a joined emoji', '👩\u200d💻', '"👩\u200d💻"'],
  ['right-to-left letters', 'שלום', '"שלום"'],
  ['a combining mark', 'e\u0301', '"e\u0301"'],
  ['a tower of marks', 'e\u0301\u0301\u0301', '"e\u0301\u0301\\u0301"'],
  ['a mark without a letter', '\u0301e', '"\\u0301e"'],
  ['markup', '<b>&amp;', '"<b>&amp;"'],
  ['escapes are long', '\u200b\u200b\u200b\u200b\u200b', '"\\u200b\\u200b\\u200b\\u200b…"'],
];

test.each(strings)('a string: %s', (_, text, shown) => {
  expect(showString(wholeText(text), 10).text).toBe(shown);
});

test('a string that is cut says in the hint what it is and how long', () => {
  expect(showString(wholeText('0123456789a'), 10).hint).toBe('"0123456789a"\n11 characters');
  expect(showString({ head: '0123', tail: '89', length: 10 }, 10)).toEqual({
    text: '"0123…"',
    hint: '"0123 … 4 characters not read … 89"\n10 characters',
  });
});

test('a string that is not cut needs no hint', () => {
  expect(showString(wholeText('a\n'), 10).hint).toBeNull();
});

test('a name has no quotes, and its own are left alone', () => {
  expect(showName(wholeText('a"b\n'), 10)).toEqual({ text: 'a"b\\n', hint: null });
});

test('a symbol shows its description', () => {
  const own = (description: string | null): SymbolIdentity => ({
    sort: 'own',
    id: 5,
    description: description === null ? null : wholeText(description),
  });
  const registered = (key: string): SymbolIdentity => ({ sort: 'registered', key: wholeText(key) });
  expect(showSymbol(own(null), 10, false)).toEqual({ text: 'Symbol()', hint: 'Symbol() #5' });
  expect(showSymbol(own('a\u200b'), 10, false).text).toBe('Symbol(a\\u200b)');
  expect(showSymbol(own('abc'), 2, false)).toEqual({ text: 'Symbol(ab…)', hint: 'abc\n3 characters\n#5' });
  expect(showSymbol(own('a'), 10, true)).toEqual({ text: 'Symbol(a) #5', hint: null });
  expect(showSymbol(registered('a"b'), 10, true)).toEqual({ text: 'Symbol.for("a\\"b")', hint: null });
  expect(showSymbol({ sort: 'wellKnown', name: 'iterator' }, 10, true)).toEqual({
    text: 'Symbol.iterator',
    hint: null,
  });
});
