/** Which variables the frames of a paused page show in real DevTools, how they are told apart, and what is marked in them. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'values.html' });
const { stack } = tab;
// What is read is drawn whole: how much of it fits into the view is tested elsewhere.
beforeAll(() => tab.settings({ drawing: { amount: 'all' } }));
beforeAll(() => stack.follow());
afterEach(() => stack.resumeAll());

/** Runs a script of the page that pauses. */
const pauseIn = (script: string) =>
  stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(`(() => {${script}\n})()`)})`));

/** The lines of a frame's box: `name: value`, and `…` or `closure (3)` for what is left out. */
async function linesOf(name: string): Promise<readonly string[]> {
  const key = await stack.boxOf(name);
  const box = (await stack.state()).picture?.diagram.boxes.find((one) => one.key === key);
  return (box?.lines ?? []).map(({ labels, value }) => {
    const texts = [...labels, value].map(({ row, column }) => box?.rows[row]?.[column]?.text ?? '');
    return texts.join(': ');
  });
}

describe('a variable and those that it shadows', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'a loop and a parameter',
      `function f(user) { for (const user of ['ann', 'bob']) debugger; } f('root');`,
      ['user: "ann"', 'user (shadowed): "root"'],
    ],
    [
      'the body and a parameter that a closure sees',
      `function f(a = 'given', g = () => a) { var a = 'body'; debugger; } f();`,
      ['a: "body"', 'a (shadowed): "given"'],
    ],
    [
      'blocks in blocks',
      'function f() { let x = 1; { let x = 2; { let x = 3; debugger; } } } f();',
      ['x: 3', 'x (shadowed): 2', 'x (shadowed): 1'],
    ],
    [
      'a catch clause',
      `function f(error) { try { throw 'thrown'; } catch (error) { debugger; } } f('given');`,
      ['error: "thrown"', 'error (shadowed): "given"'],
    ],
    [
      'a switch',
      `function f(x) { switch (x) { case 1: { let x = 'case'; debugger; } } } f(1);`,
      ['x: "case"', 'x (shadowed): 1'],
    ],
  ])('%s', async (_name, script, lines) => {
    await pauseIn(script);
    expect((await linesOf('f')).filter((line) => !line.startsWith('g:') && !line.startsWith('closure'))).toEqual(lines);
  });

  test('what ends with its block is no change of what it shadowed', async () => {
    await pauseIn('function f(x) { { let x = 2; debugger; } debugger; } f(1);');
    await stack.press('F8');
    const { marks } = await stack.state();
    expect(Object.keys(marks?.boxes[await stack.boxOf('f')]?.cells ?? {})).toEqual([]);
  });
});

describe('a variable that two frames see', () => {
  test('is drawn once, where it is declared', async () => {
    await pauseIn(
      'function outer() { let count = 1; const bump = () => { count++; debugger; }; bump(); return count; } outer();',
    );
    expect(await linesOf('outer')).toContain('count: 2');
    expect(await linesOf('bump')).toEqual([]);
  });

  test('the closure of another call has its own', async () => {
    await pauseIn(`
      let first = null;
      function outer(count) { const bump = () => { count++; debugger; }; first ??= bump; if (count > 5) first(); }
      outer(1); outer(10);`);
    expect(await linesOf('outer')).toContain('count: 10');
    expect(await linesOf('bump')).toContain('count: 2');
  });

  test('a function that calls itself has its variables in each of its frames', async () => {
    await pauseIn('const f = (n, same) => { if (n === 0) debugger; else f(n - 1, same); }; f(2, 7);');
    const frames = (await stack.frameLabels()).length;
    expect([frames - 3, frames - 2, frames - 1].map((index) => stack.frame(index))).toHaveLength(3);
    for (const index of [frames - 3, frames - 2, frames - 1])
      expect(await stack.frame(index)).toMatchObject({ same: '7' });
  });

  test('is drawn once, in italics, when it is a module’s; what comes from an import is not read', async () => {
    await tab.page.addScriptTag({
      type: 'module',
      content: `import * as all from 'data:text/javascript,export const one = 1;';
        let config = 7, unused = 8;
        function outer() { inner(); return config; }
        function inner() { config; all; debugger; }
        globalThis.enterModule = outer;`,
    });
    await stack.pauseBy(() => tab.page.evaluate('void setTimeout("enterModule()")'));
    expect(await linesOf('outer')).toEqual(['config: 7', expect.stringMatching(/^module \(\d\)$/)]);
    const box = await stack.boxOf('outer');
    const italic = await tab.panel.$$eval(`[data-box="${box}"] .mg-outer`, (cells) =>
      cells.map((cell) => cell.textContent),
    );
    expect(italic.map((text) => text?.replace('Of the module', ''))).toEqual(['config']);
    expect((await linesOf('inner')).filter((line) => line.startsWith('config'))).toEqual([]);
  });

  test.each<[string, string, readonly string[], readonly string[]]>([
    [
      'of a block around the function',
      'function f() { for (let i = 0; i < 1; i++) { const square = i; const g = () => { debugger; return [i, square]; }; g(); } } f();',
      ['square: 0', 'g: →', 'i: 0'],
      [],
    ],
    [
      'of a catch clause around it',
      `function f() { try { throw 'oh'; } catch (error) { const g = () => { error; debugger; }; g(); } } f();`,
      ['g: →', 'error: "oh"'],
      [],
    ],
    [
      'of a parameter that the body declares again',
      `function f(a = 'given', g = () => { a; debugger; }) { var a = 'body'; g(); } f();`,
      ['a: "body"', 'a (shadowed): "given"', 'g: →'],
      [],
    ],
    [
      'of a generator, which is called by what it contains',
      `let g; function* f() { let x = 1; g = () => { x = 2; it.next(); }; yield; debugger; } const it = f(); it.next(); g();`,
      ['x: 2'],
      [],
    ],
    [
      'that a function in an eval uses',
      `function f(given) { const own = 1; eval('(function g() { const inside = own; given; debugger; })()'); } f(5);`,
      ['given: 5', 'own: 1'],
      ['inside: 1'],
    ],
    [
      'that the code of an eval declares, and a function in it uses',
      `function f(given) { eval('let q = 3; { let z = 4; (function g() { z; q; given; debugger; })(); }'); } f(5);`,
      ['given: 5'],
      [],
    ],
  ])('%s is drawn once', async (_name, script, outer, inner) => {
    await pauseIn(script);
    const told = async (name: string) =>
      (await linesOf(name)).filter((line) => !line.startsWith('arguments') && !/^f(?:: | \()/.test(line));
    expect((await told('f')).map((line) => line.replace(/^g: .*/, 'g: →'))).toEqual(outer);
    expect(await told('g')).toEqual(inner);
  });

  test('closures of a block whose call has ended have one variable in one frame', async () => {
    await pauseIn(`const list = []; for (let i = 0; i < 2; i++) { list.push(function one() { list[1].two(); i; }, { two() { i; debugger; } }); }
      (function start() { list[2](); })();`);
    expect((await linesOf('one')).filter((line) => line.startsWith('i:'))).toEqual(['i: 1']);
    expect((await linesOf('two')).filter((line) => line.startsWith('i:'))).toEqual(['i: 0']);
  });

  test('the kind of scope is to be seen: its own, of the code around it, of the module', async () => {
    await tab.page.addScriptTag({
      type: 'module',
      content: `let config = 7;
        globalThis.enterKinds = ((given) => () => { const own = 1; for (const each of [given]) { each; (function kinds() { const here = own; config; given; each; debugger; })(); } })(3);`,
    });
    await stack.pauseBy(() => tab.page.evaluate('void setTimeout("enterKinds()")'));
    const kindsOf = (name: string) =>
      tab.panel.$$eval(
        '.mg-key',
        (cells, box) =>
          Object.fromEntries(
            cells
              .filter((cell) => cell.closest('[data-box]')?.getAttribute('data-box') === box)
              .map((cell) => [
                cell.querySelector('text')?.textContent ?? '',
                cell.classList.contains('mg-of-module')
                  ? 'module'
                  : cell.classList.contains('mg-of-closure')
                    ? 'closure'
                    : 'own',
              ]),
          ),
        name,
      );
    const { frames } = (await stack.state()).pauses.at(-1) ?? { frames: [] };
    const outer = `o${-2 - (frames.length - 2)}`;
    expect(await kindsOf(outer)).toEqual({ own: 'own', each: 'own', given: 'closure', config: 'module' });
    expect(await kindsOf(await stack.boxOf('kinds'))).toEqual({ here: 'own' });
    const looks = await tab.panel.$$eval('.mg-of-module text, .mg-of-closure text', (texts) =>
      texts.map((text) => `${getComputedStyle(text).fontStyle} ${getComputedStyle(text).textDecorationLine}`),
    );
    expect(looks.toSorted()).toEqual(['italic none', 'italic underline']);
  });

  test('code of eval does not repeat those of its function', async () => {
    await pauseIn(`function f(given) { const own = 1; eval('const inside = own; debugger;'); } f(5);`);
    const labels = await stack.frameLabels();
    expect(await linesOf('f')).toEqual(expect.arrayContaining(['given: 5', 'own: 1']));
    const inside = await stack.frame(labels.length - 1);
    expect(inside).toHaveProperty('inside');
    expect(inside).not.toHaveProperty('given');
    expect(inside).not.toHaveProperty('own');
  });
});

describe('of outer scopes', () => {
  const helpers = Array.from(
    { length: 120 },
    (_, i) => `function h${i}() { return [h${(i + 1) % 120}, v${i}]; } let v${i} = ${i};`,
  );
  const locals = Array.from({ length: 12 }, (_, i) => `const a${i} = ${i};`);
  const run = `function run() { ${locals.join(' ')} debugger; return [a0, v3, v7, h5]; }`;
  const script = `const run = (() => { ${helpers.join('\n')} return ${run}; })(); run();`;

  test('only what the function uses, functions left out; its own are all there', async () => {
    await pauseIn(script);
    const lines = await linesOf('run');
    expect(lines.slice(0, 14)).toEqual([
      ...Array.from({ length: 12 }, (_, i) => `a${i}: ${i}`),
      expect.stringMatching(/^v[37]: [37]$/),
      expect.stringMatching(/^v[37]: [37]$/),
    ]);
    expect(lines.slice(14)).toEqual([expect.stringMatching(/^closure \(\d+\)$/)]);
  });

  test('what an inner function uses is among the first of the many variables of an outer one', async () => {
    await pauseIn(
      `function outer() { ${helpers.join('\n')} const inner = () => { v110; v117; debugger; }; inner(); } outer();`,
    );
    expect(await linesOf('inner')).toEqual([]);
    const lines = await linesOf('outer');
    expect(lines.slice(0, 2).toSorted()).toEqual(['v110: 110', 'v117: 117']);
    expect(lines).toHaveLength(41);
  });

  test('of its own 60 the first 40', async () => {
    const many = Array.from({ length: 60 }, (_, i) => `const a${i} = ${i};`).join(' ');
    await pauseIn(`function f() { ${many} debugger; } f();`);
    const lines = await linesOf('f');
    expect(lines).toHaveLength(41);
    expect(lines.at(-1)).toBe('…');
  });

  test('the rest opens on a click', async () => {
    await pauseIn(script);
    const box = await stack.boxOf('run');
    await tab.clickInPicture(`[data-box="${box}"] .mg-hidden`);
    await stack.until(`stack.picture.diagram.boxes.find(({ key }) => key === '${box}')?.lines.length > 80`);
    expect(await linesOf('run')).toContain('v50: 50');
    // A step in the same function leaves it open; another function that takes its place on the stack is not opened.
    await stack.stepOver();
    expect(await linesOf('run')).toContain('v50: 50');
    await stack.resumeAll();
    await pauseIn(script.replace('function run', 'function again'));
    expect((await linesOf('again')).length).toBeLessThan(20);
  });
});

describe('a list that grows', () => {
  test.each([
    ['an array', 'Array.from({ length: 251 }, (_, i) => i)', `list.push('x')`],
    ['objects in an array', 'Array.from({ length: 251 }, (_, i) => ({ i }))', 'list.push({})'],
    ['a set', 'new Set(Array.from({ length: 251 }, (_, i) => i))', `list.add('x')`],
    ['a map', 'new Map(Array.from({ length: 251 }, (_, i) => [i, i]))', `list.set('x', 1)`],
  ])('has a mark at what is new, and nowhere else: %s', async (_name, list, grow) => {
    await pauseIn(`function f() { const list = ${list}; debugger; ${grow}; debugger; } f();`);
    await stack.press('F8');
    const { marks, picture } = await stack.state();
    const id = (await stack.frame(await stack.frameOf('f'))).list?.slice(1);
    const box = picture?.diagram.boxes.find(({ object }) => object === Number(id));
    const marked = Object.keys(marks?.boxes[box?.key ?? '']?.cells ?? {});
    const last = box?.lines.at(-1);
    const places = [...(last?.labels ?? []), ...(last ? [last.value] : [])].map(
      ({ row, column }) => `${row}:${column}`,
    );
    expect(marked.toSorted()).toEqual(places.toSorted());
    expect(marks?.counts.new).toBeLessThanOrEqual(1);
  });
});
