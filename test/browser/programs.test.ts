/** The expression field takes what the Console takes: statements, `await`, and the Console's own functions. */
import { describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });

/** The value that was drawn, if it is a number. */
const drawnNumber = () =>
  tab.panel.evaluate(() => {
    const [root] = memoryGraph.snapshot().roots;
    return root?.result.ok && root.result.value.type === 'number' ? root.result.value.value : null;
  });

describe.each([false, true])('with the debugger: %s', (attached) => {
  const name = (text: string) => `${text}${attached ? 'Exact' : 'Plain'}`;
  test('is set up', async () => {
    await tab.setDebugger(attached);
    await tab.page.evaluate(`globalThis.probe = { a: [1, 2], b: { c: 3 } }; globalThis.counter = 0; 0`);
  });

  test('declarations stay, and the completion value is drawn', async () => {
    expect(await tab.count(`let ${name('z')} = [3]; ({ of: ${name('z')} })`)).toBe('2 / 1 / 0');
    // The page's own scripts see it, as those of the Console.
    expect(await tab.page.evaluate(`${name('z')}[0]`)).toBe(3);
    expect(await tab.count(`[${name('z')}, ${name('z')}]`)).toBe('2 / 2 / 1');
    await tab.draw(`class ${name('A')} { x = probe }; new ${name('A')}()`);
    expect(await tab.page.evaluate(`new ${name('A')}().x === probe`)).toBe(true);
  });

  test.each([
    ['1; 2', 2],
    ['const {a} = probe; a.length', 2],
    ['"use strict"; probe.b.c', 3],
    ['for (const x of probe.a) x * 10', 20],
    ['if (probe.missing) 1; else 7', 7],
    ['probe.b.c // why', 3],
    ['probe.a?.length', 2],
  ])('%s', async (text, value) => {
    await tab.draw(text.replace('const {a}', `const {a: ${name('a')}}`).replace('; a.length', `; ${name('a')}.length`));
    expect(await drawnNumber()).toBe(value);
  });

  test('what runs once does not run again with Draw again or another setting', async () => {
    await tab.page.evaluate('counter = 0');
    await tab.draw('counter += 1; [counter]');
    await tab.drawAgain();
    await tab.settings({ reading: { depth: 5 } });
    await tab.settings();
    await tab.until('document.querySelector("[aria-busy=true]") === null');
    expect(await tab.page.evaluate('counter')).toBe(1);
    // Entered once more, it runs once more.
    await tab.draw('counter += 1; [counter]');
    expect(await tab.page.evaluate('counter')).toBe(2);
  });

  test('await waits, and what it declares stays', async () => {
    await tab.page.evaluate('globalThis.later = new Promise((resolve) => setTimeout(resolve, 300, { late: [] })); 0');
    expect(await tab.count('await later')).toBe('2 / 1 / 0');
    expect(await tab.count(`const ${name('r')} = await later; [${name('r')}, ${name('r')}]`)).toBe('3 / 3 / 1');
    expect(await tab.page.evaluate(`'late' in ${name('r')}`)).toBe(true);
    expect(await tab.tryToDraw('await Promise.reject(new TypeError("no"))')).toContain('TypeError: no');
  });

  test.each([
    ['await new Promise(() => {})', 'Cancel'],
    [`const ${name('never')} = await { then() {} }; ${name('never')}`, 'Cancel'],
    ['for await (const one of { async *[Symbol.asyncIterator]() { await new Promise(() => {}) } }) one', 'Escape'],
  ])('%s says that it waits, and %s ends the waiting', async (text, by) => {
    await tab.draw('probe');
    await tab.typeAndDraw(text);
    await tab.until("document.querySelector('.progress')?.textContent === 'Waiting for await…Cancel'");
    // The picture stands meanwhile.
    expect((await tab.snapshot()).roots[0]?.label).toBe('probe');
    if (by === 'Cancel') await tab.clickButton('Cancel', '.progress');
    else await tab.press('Escape');
    await tab.untilMessage('Canceled. Press Enter to try again.');
    await tab.until("document.querySelector('.progress') === null");
    await expect.poll(() => tab.tryToDraw('probe.b'), { timeout: 15_000 }).toBeNull();
  });

  test('what a canceled program gives later is not the value of the next one', async () => {
    await tab.page.evaluate(`
      globalThis.first = new Promise((resolve) => { globalThis.endFirst = () => resolve([1]); });
      globalThis.second = new Promise((resolve) => { globalThis.endSecond = () => resolve({ a: {}, b: {} }); });
      0`);
    await tab.typeAndDraw('await first');
    await tab.panel.waitForFunction(() => document.body.textContent.includes('Cancel'), { timeout: 20_000 });
    await tab.press('Escape');
    const drawn = tab.count('await second');
    await tab.page.evaluate('endFirst(); setTimeout(endSecond, 400); 0');
    expect(await drawn).toBe('3 / 2 / 0');
  });

  test('the functions of the Console', async () => {
    expect((await tab.draw('$$("body")')).nodes).toBe(2);
    expect((await tab.draw('$x("//body")')).nodes).toBe(2);
    expect(await tab.tryToDraw('keys(probe)')).toBeNull();
  });

  test('what is wrong is said as the Console says it', async () => {
    expect(await tab.tryToDraw('probe.')).toContain('Unexpected');
    expect(await tab.tryToDraw('let 1 = 2')).toContain('Unexpected');
    expect(await tab.tryToDraw('missing; probe')).toContain('missing is not defined');
  });
});
