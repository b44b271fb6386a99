/** Every page of the gallery: what it tells a person to type can be typed, and its buttons do what they say. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
let root: string;
const complaints: string[] = [];

beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
  root = new URL('.', tools.page.url()).href;
  tools.page.on('pageerror', (error) => complaints.push(String(error)));
});

afterAll(() => tools.close());

/** Goes to a page and waits until the panel knows: it refuses what it read before. */
async function goTo(file: string): Promise<void> {
  await tools.evaluate(`{
    globalThis.arrived = new Promise((resolve) => chrome.devtools.network.onNavigated.addListener(resolve));
    0;
  }`);
  await tools.page.goto(`${root}${file}`);
  await tools.evaluate('arrived');
}

/** Evaluates in DevTools with the debugger of the page as `debug`. */
function withDebugger(expression: string): Promise<unknown> {
  return tools.devtools.evaluate(`(async () => {
    const { TargetManager, DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
    const target = TargetManager.TargetManager.instance().primaryPageTarget();
    const debug = target.model(DebuggerModel.DebuggerModel);
    return ${expression};
  })()`);
}

const press = (label: string): Promise<unknown> =>
  tools.page.evaluate((wanted) => {
    for (const button of document.querySelectorAll('button')) if (button.textContent === wanted) button.click();
  }, label);

const texts = (selector: string): Promise<string[]> =>
  tools.page.$$eval(selector, (elements) => elements.map((element) => element.textContent));

async function draw(expression: string): Promise<string> {
  const { nodes, edges, shared } = await tools.panel.evaluate((text) => memoryGraph.draw(text), expression);
  return `${nodes} / ${edges} / ${shared}`;
}

/** Those without steps that end: page-code.test.ts has what they are for. */
const withoutSteps = ['strict-csp.html', 'page-code.html', 'playground.html'];

test.each(readdirSync(`${projectRoot}/demo`).filter((name) => name.endsWith('.html') && !withoutSteps.includes(name)))(
  '%s: all its expressions are drawn after its last step, and it makes no errors',
  async (file) => {
    complaints.length = 0;
    await goTo(file);
    await withDebugger('target.debuggerAgent().invoke_setSkipAllPauses({ skip: true })');
    for (;;) {
      const [label] = (await texts('.steps button:enabled')).filter((text) => text !== 'Back').reverse();
      if (label === undefined) break;
      await press(label);
    }
    const expressions = await texts('.expressions code');
    expect(expressions).not.toEqual([]);
    for (const expression of expressions) {
      await expect(draw(expression), expression).resolves.toMatch(/^\d+ \/ \d+ \/ \d+$/);
    }
    expect(complaints).toEqual([]);
  },
);

test.each([
  ['linked-list.html', 'linked_list', '101 / 200 / 100'],
  ['binary-tree.html', 'tree', '101 / 100 / 0'],
  ['hash-set.html', 'hash_set', '22 / 21 / 0'],
])('%s: all 100 values, then one step back', async (file, expression, counts) => {
  await goTo(file);
  await press('All 100');
  await expect(draw(expression)).resolves.toBe(counts);
  await press('Back');
  expect(await texts('.place')).toEqual(['Step 100 of 101']);
  expect(await tools.page.evaluate('i')).toBe(99);
});

test('call-stack.html: while it is paused both frames are drawn, and what they share', async () => {
  await goTo('call-stack.html');
  await withDebugger('target.debuggerAgent().invoke_setSkipAllPauses({ skip: false })');
  const pressed = press('Forward');
  await expect.poll(() => withDebugger('debug.isPaused()'), { timeout: 20_000 }).toBe(true);
  await expect(draw('call_stack')).resolves.toBe('6 / 6 / 1');
  await withDebugger('(debug.resume(), true)');
  await pressed;
  expect(await texts('.steps output')).toEqual(['After the call only b has changed.']);
});
