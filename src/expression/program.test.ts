/** What is made of typed texts, held against what V8 makes of them. */
import { createContext, runInContext, Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { completingScript, readProgram, waitingScript } from './program.ts';

describe('what a text is', () => {
  test.each([
    ['data.items', 'expression: data.items'],
    [' a + 1 ; ', 'expression: a + 1'],
    ['x = 1 // why', 'expression: x = 1'],
    ['{a: 1}', 'expression: {a: 1}'],
    ['{a: 1};', 'expression: {a: 1}'],
    ['{ a; b }', 'statements'],
    ['let z = 3', 'statements'],
    ['const {a} = data; a', 'statements'],
    ['class A {}', 'statements'],
    ['1; 2', 'statements'],
    ['"use strict"; x', 'statements'],
    ['"use strict"', 'statements'],
    ['for (const a of b) a', 'statements'],
    ['await fetch("/x")', 'statements that wait'],
    ['for await (const a of b) a', 'statements that wait'],
    ['async () => await x', 'expression: async () => await x'],
    ['$$("li")', 'expression: $$("li")'],
    ['a?.b', 'expression: a?.b'],
    ['a +', 'broken: Unexpected token'],
    ['', 'broken: Unexpected end of input'],
    ['// nothing', 'broken: Unexpected end of input'],
  ])('%s', (text, expected) => {
    const program = readProgram(text);
    const found = {
      expression: () => (program.kind === 'expression' ? `expression: ${program.text}` : ''),
      statements: () => (program.kind === 'statements' && program.waits ? 'statements that wait' : 'statements'),
      broken: () => (program.kind === 'broken' ? `broken: ${program.message}` : ''),
    }[program.kind]();
    expect(found).toBe(expected);
  });
});

const programs: readonly string[] = [
  '1; 2',
  '1;',
  'let z = 3',
  'let z = 3; z + 1',
  'const {a, b: [c = 7]} = {a: 1, b: []}; a + c',
  'var q = 1; q',
  '5; var q = 1',
  'class A { m() { return 1 } } new A().m()',
  'function f() { return 4 } f()',
  '"use strict"; (function () { return this })()',
  '"use strict"',
  'if (true) 1; else 2',
  'if (false) 1',
  '3; if (false) 1',
  'for (let i = 0; i < 3; i++) i * 10',
  'for (const a of [1, 2, 3]) { if (a === 2) break; a }',
  'let n = 0; while (n < 4) n += 1',
  'do { 9 } while (false)',
  'try { 1; throw 2 } catch (e) { e + 5 } finally { 8 }',
  'switch (2) { case 1: 10; case 2: 20; case 3: 30 }',
  'outer: for (const a of [1, 2]) { for (const b of [3, 4]) { a + b; continue outer } }',
  '{ let inner = 2; inner }',
  '4; {}',
  '4; ;',
  'x = 1 // why',
  'a: 1',
  '[1].map((x) => { x; return x }).length; [2].map((x) => { x; return x }).length',
  'for (const a of [1, 2, 3]) { a; if (a === 2) continue; a + 1 }',
  'for (const a of [1, 2]) { a; try { if (a === 1) continue; a * 7 } finally { 9 } }',
];

/** What a fresh global scope has afterwards. */
const names = ['z', 'a', 'c', 'q', 'n', 'A', 'f', 'x', 'inner', 'r', 'b'];

function globalsOf(context: object): readonly string[] {
  return names.filter((name) => runInContext(`typeof ${name} !== 'undefined'`, context));
}

describe('the completion value and the declarations are those of the program', () => {
  test.each(programs)('%s', (text) => {
    const [ours, theirs] = [createContext({}), createContext({})];
    const value: unknown = new Script(text).runInContext(theirs);
    let found: unknown;
    Object.assign(ours, { $put: (given: unknown) => (found = given) });
    new Script(completingScript(text, '$put')).runInContext(ours);
    expect(JSON.stringify(found)).toBe(JSON.stringify(value === theirs ? undefined : value));
    expect(globalsOf(ours)).toEqual(globalsOf(theirs));
  });
});

describe('programs that wait', () => {
  test.each<[text: string, value: unknown, globals: readonly string[]]>([
    ['await 1', 1, []],
    ['const r = await Promise.resolve({ a: 2 }); r.a', 2, ['r']],
    ['const {a, b: [c = 7]} = await {a: 1, b: []}; a + c', 8, ['a', 'c']],
    ['let n = 0; for await (const a of [1, 2]) n += a', 3, ['n']],
    ['function f() { return 3 } class A { x = await_ } var await_ = await f(); new A().x', 3, ['A', 'f']],
    ['await 5; let z = 1', 5, ['z']],
    ['const r = await 1', undefined, ['r']],
  ])('%s', async (text, value, globals) => {
    const context = createContext({});
    const kept = await new Promise((resolve, reject) => {
      Object.assign(context, { $put: resolve, $fail: reject });
      new Script(waitingScript(text, '$put', '$fail')).runInContext(context);
    });
    expect(kept).toBe(value);
    expect(globalsOf(context)).toEqual(globals);
  });
  test('what it throws is handed over', async () => {
    const context = createContext({});
    const thrown = await new Promise((resolve) => {
      Object.assign(context, { $put: () => resolve(null), $fail: resolve });
      new Script(waitingScript('await null; missing', '$put', '$fail')).runInContext(context);
    });
    expect(String(thrown)).toContain('missing is not defined');
  });
});
