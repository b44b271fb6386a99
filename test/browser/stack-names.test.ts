/** What the frames of a paused page are called in real DevTools. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'values.html' });
const { stack } = tab;
beforeAll(() => stack.follow());
// Of a page whose scripts declare nothing, V8 does not tell an eval from a script.
beforeAll(() => tab.page.addScriptTag({ content: 'let declared = 1;' }));
afterEach(() => stack.resumeAll());

/** The names of the frames of a script that pauses, outermost first, without those of the script itself. */
async function namesIn(script: string): Promise<readonly string[]> {
  await stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(script)})`));
  const labels = await stack.frameLabels();
  return labels.slice(1).map((label) => label.replace(/^[\d–]+: /, ''));
}

test.each<[string, string, readonly string[]]>([
  ['code of eval', `(function f() { eval('debugger'); })()`, ['f', '(eval)']],
  ['code of an eval that sees no function', `(function f() { (0, eval)('debugger'); })()`, ['f', '(eval)']],
  ['code of an eval in an eval', `(function f() { eval('eval("debugger")'); })()`, ['f', '(eval)', '(eval)']],
  [
    'a function that is made of text',
    `(function f() { new Function('a', 'debugger')(1); })()`,
    ['f', '(new Function)'],
  ],
  [
    'field initializers',
    '(function f() { class A { x = (() => { debugger; })(); } new A(); })()',
    ['f', 'A', 'field initializers of A', '(anonymous, line 1)'],
  ],
  [
    'a handler that an element has by assignment',
    `const button = { form: { deep: {} } }; button.form.deep.onclick = function () { debugger; }; button.form.deep.onclick();`,
    ['onclick'],
  ],
  ['a static block', '(function f() { class A { static { debugger; } } })()', ['f', 'static block of A']],
  [
    'a private method, by the class that has it',
    '(function f() { class Base { #priv() { debugger; } run() { this.#priv(); } } class Derived extends Base {} new Derived().run(); })()',
    ['f', 'Derived.run', 'Base.#priv'],
  ],
  [
    'a private static method',
    '(function f() { class A { static #s() { debugger; } static run() { A.#s(); } } A.run(); })()',
    ['f', 'A.run', 'A.#s'],
  ],
  [
    'a method of a subclass, an arrow function in a field, and a class without a name',
    '(function f() { const A = class { go() { this.arrow(); } arrow = () => { this; [1].map(() => { debugger; }); } }; class B extends A { run() { this.go(); } } new B().run(); })()',
    ['f', 'B.run', 'B.go', 'B.arrow', 'callback of map'],
  ],
  [
    'functions in methods and in objects, which are no methods of a class',
    '(function f() { class A { m() { (function inner() { o.run(); }).call(this); } } const o = { run() { debugger; } }; new A().m(); })()',
    ['f', 'A.m', 'inner', 'run'],
  ],
  [
    'a getter',
    '(function f() { class A { get size() { debugger; return 1; } } new A().size; })()',
    ['f', 'A.get size'],
  ],
  [
    'callbacks, by the calls that they are arguments of',
    `(function f() { const items = [1]; items.map((x) => [x].filter(function () { debugger; })); })()`,
    ['f', 'callback of items.map', 'callback of filter'],
  ],
  [
    'other functions without a name, by their lines',
    '(function f() {\n  const [g] = [() => { debugger; }];\n  g();\n})()',
    ['f', '(anonymous, line 2)'],
  ],
  [
    'a recursion, by its beginning and its end',
    'const rec = (n) => { const here = { n }; if (!n) debugger; return n ? rec(n - 1) : here; }; rec(500)',
    ['rec', 'rec', '… 494 more rec', 'rec', 'rec', 'rec', 'rec', 'rec'],
  ],
  [
    'a recursion of three functions',
    `const a = (n) => b(n), b = (n) => c(n), c = (n) => { if (!n) debugger; else a(n - 1); }; a(20)`,
    ['a', 'b', 'c', '… 55 more a, b, c', 'b', 'c', 'a', 'b', 'c'],
  ],
])('%s', async (_name, script, names) => {
  const seen = await namesIn(`(() => { ${script} })()`);
  expect(seen.slice(-names.length)).toEqual(names);
});
