/**
 * The locations of functions, read through the debugger in real DevTools while no stack is followed; and that DevTools
 * pauses, steps and ignores meanwhile as if there were no second debugger.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'frames.html' });
const { frontEnd: front } = tab;
beforeEach(async () => {
  // The picker begins with the page again.
  await tab.setDebugger(false);
  await tab.page.goto(tab.home);
  await tab.setDebugger(true);
  // It is attached when something is drawn.
  await expect.poll(() => placeOf('shared').catch(String), { timeout: 15_000 }).toBe(null);
  await tab.untilHeaps('top', 'same', 'other', 'worker counting');
});

/** The location of the function that an expression gives, as the picture shows it. */
async function placeOf(expression: string): Promise<string | null> {
  await tab.draw(expression);
  return tab.panel.evaluate(() => {
    const parts = memoryGraph.snapshot().objects[0]?.parts ?? [];
    for (const part of parts) {
      if (part.type !== 'property' || part.key.type !== 'internal' || part.key.name !== '[[FunctionLocation]]')
        continue;
      return part.value.type === 'string' ? part.value.text.head : null;
    }
    return null;
  });
}

describe('a function\u2019s location names its file', () => {
  test.each([
    ['top', 'frames.html:7:17'],
    ['same', 'frame.html:5:17'],
    ['other', 'frame.html:5:17'],
    ['worker counting', 'heap-worker.js:3:34'],
  ])('in %s', async (name, place) => {
    await tab.pickHeap(name);
    await expect.poll(() => placeOf('where'), { timeout: 15_000 }).toBe(place);
  });

  test('when its script came later, and in the next document', async () => {
    expect(await placeOf('where')).toBe('frames.html:7:17');
    await tab.page.addScriptTag({ content: 'function later() {}\n//# sourceURL=http://example.test/later.js' });
    expect(await placeOf('later')).toBe('later.js:1:15');
    // In a process of its own, which counts its scripts anew. The page that is left would keep its worker.
    await tab.page.evaluate('worker.terminate()');
    await tab.page.goto(`http://localhost:${new URL(tab.home).port}/frame.html`);
    await expect.poll(() => placeOf('where').catch(() => null), { timeout: 15_000 }).toBe('frame.html:5:17');
  });

  test('and says its line alone where the script has none', async () => {
    expect(await placeOf("new Function('return 1')")).toBe('line 1:20');
  });
});

describe('DevTools go on as if there were no second debugger', () => {
  let script = 0;
  /** Draws a function of a script that is not known yet, which has to be looked up. */
  async function drawAnew(): Promise<void> {
    script += 1;
    const name = `anew${script}`;
    await tab.page.evaluate(`(0, eval)('function ${name}() {}\\n//# sourceURL=http://example.test/${name}.js'); 0`);
    expect(await placeOf(name)).toBe(`${name}.js:1:15`);
  }

  test('a debugger statement does not act while they deactivate breakpoints', async () => {
    await front.set('breakpoints-active', false);
    try {
      await tab.page.evaluate('globalThis.passed = 0; setInterval(() => { debugger; passed += 1; }); 0');
      for (let time = 0; time < 5; time += 1) await drawAnew();
      const passed = Number(await tab.page.evaluate('passed'));
      await tab.page.waitForFunction(`passed > ${passed}`);
      expect(await front.isPaused()).toBe(false);
    } finally {
      await tab.page.goto(tab.home);
      await front.set('breakpoints-active', true);
    }
  });

  test('what they ignore is stepped over, and the page stays paused until they go on', async () => {
    await tab.page.addScriptTag({
      content: `function each(list, visitor) {
        for (const item of list) visitor(item);
      }
      //# sourceURL=http://example.test/node_modules/each.js`,
    });
    await tab.page.addScriptTag({
      content: `function visit(item) { return item; }
      function start() { debugger; each([1], visit); globalThis.ended = true; }`,
    });
    await tab.page.evaluate('setTimeout(start); 0');
    await expect.poll(() => front.pausedIn()).toBe('start');
    expect(await placeOf('start')).toMatch(/^line \d+:\d+$|^frames\.html:/);
    // To the call of what they ignore by default, and into what that calls.
    await front.step('stepOver');
    await front.step('stepInto');
    await expect.poll(() => front.pausedIn()).toBe('visit');
    expect(await placeOf('visit')).not.toBeNull();
    expect(await front.pausedIn()).toBe('visit');
    await front.resume();
    await tab.page.waitForFunction('globalThis.ended === true');
    expect(await front.isPaused()).toBe(false);
  });
});
