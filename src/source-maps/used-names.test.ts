import { expect, test } from 'vitest';
import { usedNames } from './used-names.ts';

test.each([
  ['a function', '(a, b = c) { const d = a + e; return d; }', ['c', 'e']],
  ['an arrow function', 'a => a + outer', ['outer']],
  ['an arrow function with a body', '(a) => { return [a, outer]; }', ['outer']],
  ['an async function', '(a) { await load(a); }', ['load']],
  ['an async arrow function', 'async (a) => { for await (const x of list) use(x); }', ['list', 'use']],
  ['a generator', '() { yield* inner; }', ['inner']],
  ['a method that calls super', '(a) { super.add(a, more); this.#size += 1; }', ['more']],
  ['a constructor', '(a) { super(a); new.target; made = a; }', ['made']],
  [
    'what it imports, as bundlers write it, is none either',
    '() { const [a] = (0, import_react.useState)(one); return (0, import_jsx.jsx)(import_react.default, (0, eval)(a)); }',
    ['one', 'eval'],
  ],
  ['properties are no variables', '() { object.list.map(({ key: value }) => value[index]); }', ['object', 'index']],
  ['shorthand properties are', '() { return { count, size: 1 }; }', ['count']],
  ['what inner functions use', '() { return () => deep + (function own() { own(far); })(); }', ['deep', 'far']],
  ['what a block shadows elsewhere', '() { { let count = 1; use(count); } return count; }', ['use', 'count']],
  ['labels', '() { out: for (;;) { if (done) break out; } }', ['done']],
  ['a class', '() { return class A extends Base { static b = c; [d]() { return A; } }; }', ['Base', 'c', 'd']],
  ['catch', '() { try { run(); } catch (error) { log(error); } }', ['run', 'log']],
  ['an assignment', '() { count++; [a, b.c] = d; }', ['count', 'a', 'b', 'd']],
  ['code of eval', 'const x = y; z', ['y', 'z']],
  ['what does not parse', '(a) { a +* b }', ['a', 'b']],
])('%s', (_name, text, names) => {
  expect(usedNames(text)).toEqual(names);
});
