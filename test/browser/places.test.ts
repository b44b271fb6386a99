/**
 * Where functions stand, read through the debugger in real DevTools while no stack is followed; and that DevTools pauses,
 * steps and ignores meanwhile as if this did not debug the page beside it.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { frontEnd } from './front-end.ts';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let pages: Awaited<ReturnType<typeof serve>>;
let home: string;
let tools: DevTools;

beforeAll(async () => {
  pages = await serve(`${projectRoot}/test/browser/pages`);
  home = new URL('frames.html', pages.url).href;
  tools = await openDevToolsOnPage({ url: home });
});
afterAll(async () => {
  await tools.close();
  await pages.close();
});
beforeEach(async () => {
  // The picker begins with the page again.
  await tools.setDebugger(false);
  await tools.page.goto(home);
  await tools.setDebugger(true);
  // It is attached when something is drawn.
  await expect.poll(() => placeOf('shared').catch(String), { timeout: 15_000 }).toBe(null);
  await listed('top', 'same', 'other', 'worker counting');
});

const names = (): Promise<readonly string[]> =>
  tools.panel.evaluate(() =>
    [...document.querySelectorAll('.heaps option')].map(({ textContent }) => textContent ?? ''),
  );
const listed = (...expected: readonly string[]) => expect.poll(names, { timeout: 15_000 }).toEqual(expected);

async function pick(name: string): Promise<void> {
  const value = await tools.panel.evaluate(
    (name) =>
      [...document.querySelectorAll<HTMLOptionElement>('.heaps option')].find(({ textContent }) => textContent === name)
        ?.value,
    name,
  );
  if (value === undefined) throw new Error(`${name} is not listed: ${(await names()).join(', ')}.`);
  await tools.panel.evaluate((value) => {
    const picker = document.querySelector<HTMLSelectElement>('.heaps');
    if (!picker) throw new Error('There is no picker.');
    picker.value = value;
    picker.dispatchEvent(new Event('change', { bubbles: true }));
  }, value);
}

/** Where the function that an expression gives stands, as the picture says it. */
async function placeOf(expression: string): Promise<string | null> {
  await tools.panel.evaluate((expression) => memoryGraph.draw(expression), expression);
  return tools.panel.evaluate(() => {
    const parts = memoryGraph.snapshot().objects[0]?.parts ?? [];
    for (const part of parts) {
      if (part.type !== 'property' || part.key.type !== 'internal' || part.key.name !== '[[FunctionLocation]]')
        continue;
      return part.value.type === 'string' ? part.value.text.head : null;
    }
    return null;
  });
}

describe('a function\u2019s place names its file', () => {
  test.each([
    ['top', 'frames.html:7:17'],
    ['same', 'frame.html:5:17'],
    ['other', 'frame.html:5:17'],
    ['worker counting', 'heap-worker.js:3:34'],
  ])('in %s', async (name, place) => {
    await pick(name);
    await expect.poll(() => placeOf('where'), { timeout: 15_000 }).toBe(place);
  });

  test('when its script came later, and in the next document', async () => {
    expect(await placeOf('where')).toBe('frames.html:7:17');
    await tools.page.addScriptTag({ content: 'function later() {}\n//# sourceURL=http://example.test/later.js' });
    expect(await placeOf('later')).toBe('later.js:1:15');
    // In a process of its own, which counts its scripts anew. The page that is left would keep its worker.
    await tools.page.evaluate('worker.terminate()');
    await tools.page.goto(`http://localhost:${new URL(home).port}/frame.html`);
    await expect.poll(() => placeOf('where').catch(() => null), { timeout: 15_000 }).toBe('frame.html:5:17');
  });

  test('and says its line alone where the script has none', async () => {
    expect(await placeOf("new Function('return 1')")).toBe('line 1:20');
  });
});

describe('DevTools go on as if nobody debugged beside them', () => {
  let script = 0;
  /** Draws a function of a script that is not known yet, which has to be looked up. */
  async function drawAnew(): Promise<void> {
    script += 1;
    const name = `anew${script}`;
    await tools.page.evaluate(`(0, eval)('function ${name}() {}\\n//# sourceURL=http://example.test/${name}.js'); 0`);
    expect(await placeOf(name)).toBe(`${name}.js:1:15`);
  }

  const breakpoints = (active: boolean) =>
    frontEnd(tools).run(`const Common = await import('devtools://devtools/bundled/core/common/common.js');
      Common.Settings.Settings.instance().moduleSetting('breakpoints-active').set(${active});`);

  const pausedOn = () =>
    frontEnd(tools).run(
      'return debuggerModel.debuggerPausedDetails()?.callFrames.map(({ functionName }) => functionName)[0] ?? null;',
    );
  const step = (how: 'stepInto' | 'stepOver') => frontEnd(tools).run(`await debuggerModel.${how}();`);

  test('a debugger statement does not act while they deactivate breakpoints', async () => {
    await breakpoints(false);
    try {
      await tools.page.evaluate('globalThis.passed = 0; setInterval(() => { debugger; passed += 1; }); 0');
      for (let time = 0; time < 5; time += 1) await drawAnew();
      const passed = Number(await tools.page.evaluate('passed'));
      await tools.page.waitForFunction(`passed > ${passed}`);
      expect(await frontEnd(tools).isPaused()).toBe(false);
    } finally {
      await tools.page.goto(home);
      await breakpoints(true);
    }
  });

  test('what they ignore is stepped over, and the page stands until they go on', async () => {
    await tools.page.addScriptTag({
      content: `function each(list, visitor) {
        for (const item of list) visitor(item);
      }
      //# sourceURL=http://example.test/node_modules/each.js`,
    });
    await tools.page.addScriptTag({
      content: `function visit(item) { return item; }
      function start() { debugger; each([1], visit); globalThis.ended = true; }`,
    });
    await tools.page.evaluate('setTimeout(start); 0');
    await expect.poll(pausedOn).toBe('start');
    expect(await placeOf('start')).toMatch(/^line \d+:\d+$|^frames\.html:/);
    // To the call of what they ignore by default, and into what that calls.
    await step('stepOver');
    await step('stepInto');
    await expect.poll(pausedOn).toBe('visit');
    expect(await placeOf('visit')).not.toBeNull();
    expect(await pausedOn()).toBe('visit');
    await frontEnd(tools).resume();
    await tools.page.waitForFunction('globalThis.ended === true');
    expect(await frontEnd(tools).isPaused()).toBe(false);
  });
});
