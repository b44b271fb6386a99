/** What is marked in the frames of two pauses in real DevTools: only what is known to be the same call. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'values.html' });
const { stack } = tab;
beforeAll(() => tab.settings({ drawing: { amount: 'all' } }));
beforeAll(() => stack.follow());
afterEach(() => stack.resumeAll());

/** Runs a script with an address of its own, which pauses. */
const pauseIn = (script: string) =>
  stack.pauseBy(() =>
    tab.page.evaluate((script) => {
      const element = document.createElement('script');
      element.src = URL.createObjectURL(new Blob([`{ ${script} }`]));
      document.body.append(element);
    }, script),
  );

/** The marks of the frames' boxes: `f: new`, `g: x changed, y new`; and how many frames are not compared. */
async function frameMarks(): Promise<string> {
  const { marks, picture, pauses } = await stack.state();
  const labels = pauses.at(-1)?.frames ?? [];
  const texts = labels.flatMap((label, line) => {
    const key = `o${-2 - line}`;
    const box = picture?.diagram.boxes.find((one) => one.key === key);
    const mark = marks?.boxes[key];
    if (!box || !mark) return [];
    const cells = box.lines.flatMap(({ labels: [name], value }) => {
      const change = mark.cells[`${value.row}:${value.column}`];
      return change && name ? [`${box.rows[name.row]?.[name.column]?.text} ${change}`] : [];
    });
    return [
      `${label.replace(/^\d+: /, '')}: ${[mark.change === 'changed' ? '' : mark.change, ...cells].filter(Boolean).join(', ')}`,
    ];
  });
  return [...texts, ...(marks?.uncompared ? [`${marks.uncompared} not compared`] : [])].join('; ');
}

/** Presses keys one after the other; what is marked after the last one. */
async function marksAfter(script: string, ...keys: readonly ('F8' | 'F10' | 'F11')[]): Promise<string> {
  await pauseIn(script);
  for (const key of keys) await stack.press(key);
  return frameMarks();
}

describe('after a step', () => {
  test.each<[string, string, readonly ('F8' | 'F10' | 'F11')[], string]>([
    ['in a call', 'function f(x) { debugger; x = 2; x; } f(1);', ['F10', 'F10'], 'f: x changed'],
    [
      'in a loop',
      'function f(x) { while (x < 5) { if (x === 0) debugger; x += 1; } } f(0);',
      ['F10', 'F10'],
      'f: x changed',
    ],
    ['into a call', 'function g(y) { return y; } function f(x) { debugger; g(x); } f(1);', ['F10', 'F11'], 'g: new'],
    [
      'out of a call',
      'function g() { debugger; } function f(x) { x = g(); x = 3; return x; } f(1);',
      ['F10', 'F10'],
      'f: x changed',
    ],
    [
      'into itself',
      'function f(n) { if (n === 2) debugger; if (n < 9) f(n + 1); } f(0);',
      ['F10', 'F10', 'F11'],
      'f: new',
    ],
  ])('%s', async (_name, script, keys, marks) => {
    expect(await marksAfter(script, ...keys)).toBe(marks);
  });

  test('over an await: the function that goes on is the same', async () => {
    const script = `
      const wait = (v) => new Promise((r) => setTimeout(r, 5, v));
      async function l5(x) { const five = { x }; debugger; const got = await wait(five); return got; }
      async function l4(x) { return await l5([x]); } l4(1);`;
    await pauseIn(script);
    for (let steps = 0; steps < 4 && (await stack.frameLabels()).length > 2; steps += 1) await stack.press('F10');
    const labels = await stack.frameLabels();
    expect(labels.at(-1)).toBe('1: l5');
    expect(await frameMarks()).toBe('l5: got changed');
    await stack.press('F10');
    expect(await frameMarks()).toBe('l5: return value new');
  });

  test('out of the innermost of 500 calls: the others are the same', async () => {
    await pauseIn(
      'const rec = (n) => { const here = { n }; if (!n) debugger; return n ? rec(n - 1) : here; }; rec(120);',
    );
    for (let steps = 0; steps < 6 && (await stack.state()).marks?.counts.gone !== 1; steps += 1)
      await stack.press('F10');
    // What it returns is an object that the innermost call alone had.
    expect((await stack.state()).marks?.counts).toMatchObject({ gone: 1, new: 1 });
    expect(await frameMarks()).toBe('rec: return value new');
  });

  test('that another call of the function interrupted: the call in which it ends is not the other', async () => {
    await pauseIn(`
      const wait = (v) => new Promise((r) => setTimeout(r, 5, v));
      async function a(x) { const y = x; debugger; await wait(x); const z = y; return z; } a(1); a(2);`);
    await stack.press('F10');
    // Over the await of the first call; the second one pauses meanwhile.
    await stack.press('F10');
    const own = async () => (await stack.frame((await stack.frameLabels()).length - 1)).x;
    expect(await own()).toBe('2');
    await stack.press('F8');
    expect([await own(), await frameMarks()]).toEqual(['1', '1 not compared']);
    await stack.press('F10');
    expect(await frameMarks()).toBe('a: z changed');
  });

  test.each<[string, string, readonly ('F8' | 'F10' | 'F11')[]]>([
    ['of forEach', '[1, 2].forEach(function each(x) { if (x === 1) debugger; const y = x; });', ['F10', 'F10', 'F10']],
    ['of sort', '[3, 2, 1].sort(function cmp(a, b) { if (a === 2) debugger; return a - b; });', ['F10', 'F10', 'F10']],
  ])('into the next callback %s: another call', async (_name, script, keys) => {
    expect(await marksAfter(`function f() { ${script} } f();`, ...keys)).toBe('2 not compared');
  });

  test('of two calls of a function in one line, the second is new', async () => {
    const script = 'function g(x) { const y = x; return y; } function f() { debugger; g(1) + g(2); } f();';
    expect(await marksAfter(script, 'F10', 'F11', 'F10', 'F10', 'F10', 'F11')).toBe('g: new');
  });

  test('with the calls that scheduled the code in front: nothing is marked', async () => {
    await stack.pauseBy(() =>
      tab.page.evaluate('void setTimeout("setTimeout(function later() { let x = 1; debugger; x; })")'),
    );
    await tab.panel.evaluate(() => {
      const button = document.querySelector('[aria-label^="Async"]');
      if (button instanceof HTMLElement) button.click();
    });
    await stack.press('F10');
    expect(await frameMarks()).toBe('');
    await tab.panel.evaluate(() => {
      const button = document.querySelector('[aria-label^="Async"]');
      if (button instanceof HTMLElement) button.click();
    });
  });
});

describe('after the page ran on', () => {
  test.each<[string, string, string]>([
    [
      'another event',
      `a.onclick = function first() { const item = {}; debugger; }; b.onclick = function second() { const item = [1]; debugger; }; a.click(); b.click();`,
      'second: new',
    ],
    ['the next call of the same function', 'function f(x) { debugger; } f(1); f(2);', '1 not compared'],
    [
      'the next turn of a loop that calls',
      'function g(x) { debugger; } function f() { for (const x of [1, 2]) g(x); } f();',
      '2 not compared',
    ],
    [
      'a generator and what takes from it',
      'function* g() { let x = 0; while (true) { debugger; yield x++; } } function f() { for (const x of g()) if (x > 3) break; } f();',
      '2 not compared',
    ],
    [
      'another function of the same call',
      'function g(x) { debugger; } function h(x) { debugger; } function f() { g(1); h(2); } f();',
      'h: new; 1 not compared',
    ],
  ])('%s', async (_name, script, marks) => {
    expect(
      await marksAfter(`const a = document.createElement('a'), b = document.createElement('b'); ${script}`, 'F8'),
    ).toBe(marks);
  });

  test('code outside of functions runs once, so its variables are marked', async () => {
    await stack.pauseBy(() =>
      tab.page.evaluate(`void setTimeout(() => {
        const script = document.createElement('script');
        script.src = URL.createObjectURL(new Blob(['var early = 1; debugger; early = 2; debugger;']));
        document.body.append(script);
      })`),
    );
    await stack.press('F8');
    expect(await frameMarks()).toBe('(top level): early changed');
  });

  test('the view says that frames are not compared', async () => {
    await marksAfter('function f(x) { debugger; } f(1); f(2);', 'F8');
    expect(await tab.text('.pause-uncompared')).toContain('1 frame not compared');
  });
});
