/** Every page of the gallery: what a person is asked to type can be typed, and its buttons do what they say. */
import { readdirSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
const complaints: string[] = [];

beforeAll(async () => {
  tab.page.on('pageerror', (error) => complaints.push(String(error)));
  // The numbers are those of the whole structures.
  await tab.panel.evaluate(() => memoryGraph.view({ amount: 'all' }));
});

const goTo = (file: string) => tab.goTo(tab.addressOf(file));

/** Until the steps are done: while they are, no button can be pressed. */
async function press(label: string): Promise<void> {
  await tab.page.evaluate((wanted) => {
    for (const button of document.querySelectorAll('button')) if (button.textContent === wanted) button.click();
  }, label);
  await tab.page.waitForSelector('.steps button:enabled');
}

const texts = (selector: string): Promise<string[]> =>
  tab.page.$$eval(selector, (elements) => elements.map((element) => element.textContent));

/** Those without steps that end: page-calls.test.ts has what they are for. */
const withoutSteps = ['strict-csp.html', 'page-code.html', 'playground.html'];

test.each(readdirSync(`${projectRoot}/demo`).filter((name) => name.endsWith('.html') && !withoutSteps.includes(name)))(
  '%s: all its expressions are drawn after its last step, and it makes no errors',
  async (file) => {
    complaints.length = 0;
    await goTo(file);
    await tab.frontEnd.skipPauses(true);
    for (;;) {
      const [label] = (await texts('.steps button:enabled')).filter((text) => text !== 'Back').reverse();
      if (label === undefined) break;
      await press(label);
    }
    const expressions = await texts('.expressions code');
    expect(expressions).not.toEqual([]);
    for (const expression of expressions) {
      await expect(tab.count(expression), expression).resolves.toMatch(/^\d+ \/ \d+ \/ \d+$/);
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
  await expect(tab.count(expression)).resolves.toBe(counts);
  await press('Back');
  expect(await texts('.place')).toEqual(['Step 100 of 101']);
  expect(await tab.page.evaluate('i')).toBe(99);
});

test('call-stack.html: the stack is the example’s alone', async () => {
  await goTo('call-stack.html');
  const { stack } = tab;
  await tab.frontEnd.skipPauses(false);
  await stack.follow();
  const pressed = press('Forward');
  await stack.until(`stack.following.type === 'paused' && stack.pauses.length === 1 && stack.picture !== null`);
  expect(await stack.frameLabels()).toEqual(['0: (top level)', '1: add_one']);
  expect((await stack.state()).picture?.stats).toMatchObject({ nodes: 6, edges: 6, shared: 1 });
  await stack.resumeAll();
  await pressed;
  expect(await texts('.steps output')).toEqual(['After the call only b has changed.']);
});
