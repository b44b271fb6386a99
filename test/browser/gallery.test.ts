/** Every page of the gallery: what it tells a person to type can be typed, and its buttons do what they say. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { type DevTools, openDevToolsOnPage } from './harness.ts';
import { stackTools } from './stack-harness.ts';

let tools: DevTools;
let root: string;
const complaints: string[] = [];

beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
  root = new URL('.', tools.page.url()).href;
  tools.page.on('pageerror', (error) => complaints.push(String(error)));
});

afterAll(() => tools.close());

const goTo = (file: string) => tools.goTo(`${root}${file}`);

/** Evaluates in DevTools with the debugger of the page as `debug`. */
function withDebugger(expression: string): Promise<unknown> {
  return tools.devtools.evaluate(`(async () => {
    const { TargetManager, DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
    const target = TargetManager.TargetManager.instance().primaryPageTarget();
    const debug = target.model(DebuggerModel.DebuggerModel);
    return ${expression};
  })()`);
}

/** Until the steps are done: while they are, no button can be pressed. */
async function press(label: string): Promise<void> {
  await tools.page.evaluate((wanted) => {
    for (const button of document.querySelectorAll('button')) if (button.textContent === wanted) button.click();
  }, label);
  await tools.page.waitForSelector('.steps button:enabled');
}

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

test('call-stack.html: the stack is the example’s alone', async () => {
  await goTo('call-stack.html');
  const { until, follow, stack, frameLabels, resumeAll } = stackTools(() => tools);
  await withDebugger('target.debuggerAgent().invoke_setSkipAllPauses({ skip: false })');
  await follow();
  const pressed = press('Forward');
  await until(`stack.following.type === 'paused' && stack.pauses.length === 1 && stack.picture !== null`);
  expect(await frameLabels()).toEqual(['0: (top level)', '1: add_one']);
  expect((await stack()).picture?.stats).toMatchObject({ nodes: 6, edges: 6, shared: 1 });
  await resumeAll();
  await pressed;
  expect(await texts('.steps output')).toEqual(['After the call only b has changed.']);
});
