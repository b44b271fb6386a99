/** What is clicked in the picture of a paused stack, in real DevTools: the menu of its boxes, and its frames. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { boxMenu } from './box-menu.ts';
import { type FrontEnd, frontEnd } from './front-end.ts';
import { type DevTools, openDevToolsOnPage } from './harness.ts';
import { stackTools } from './stack-harness.ts';

const { stack, until, resumeAll, follow } = stackTools(() => tools);
const { openMenu, choose, said } = boxMenu(() => tools);
let tools: DevTools;
let front: FrontEnd;
let home: string;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
  front = frontEnd(tools);
  home = tools.page.url();
  await follow();
});
afterAll(() => tools.close());
beforeEach(async () => {
  await resumeAll();
  await tools.page.goto(home);
});

/** Runs a script of the page in which it pauses. */
async function pauseIn(script: string, address = ''): Promise<void> {
  const before = (await stack()).pauses.length;
  await tools.page.evaluate(
    (script, address) => {
      setTimeout(() => {
        if (address !== '') {
          const element = document.createElement('script');
          element.textContent = `${script}\n//# sourceURL=${address}`;
          document.head.append(element);
        } else new Function(script)();
      });
    },
    script,
    address,
  );
  await until(`stack.pauses.length > ${before} && stack.following.entry === stack.pauses.at(-1).number`);
}

/** The box of what the variable `list` holds. */
async function listBox(): Promise<string> {
  const { picture } = await stack();
  for (const { parts } of picture?.snapshot.objects ?? []) {
    for (const part of parts) {
      if (part.type !== 'property' || part.key.type !== 'name' || part.key.name.head !== 'list') continue;
      if (part.value.type === 'reference') return `o${part.value.id}`;
    }
  }
  throw new Error('No variable of this name is drawn.');
}

const LIST = 'globalThis.held = [1, 2]; (function work(list) { debugger; })(held);';

test('an object of a frame is stored and looks as it is told to, at once', async () => {
  await pauseIn(LIST, 'list.js');
  const box = await listBox();
  await openMenu(box);
  await choose('Store as global variable');
  await said('It is stored as temp1');
  await openMenu(box);
  await choose('Horizontal');
  await until(`stack.picture.diagram.boxes.find(({ key }) => key === '${box}').orientation === 'horizontal'`);
  await openMenu(box);
  await choose('Collapse to a small box');
  await until(`stack.picture.diagram.boxes.find(({ key }) => key === '${box}').category === 'collapsed'`);
  await openMenu(box);
  await choose('Back to the default');
  await until(`stack.picture.diagram.boxes.find(({ key }) => key === '${box}').category === 'array'`);
  await resumeAll();
  expect(await tools.page.evaluate('temp1 === held')).toBe(true);
});

test('who refers to it is shown aside, until the pause is wanted back', async () => {
  await pauseIn(LIST, 'list.js');
  const box = await listBox();
  await openMenu(box);
  await choose('Who refers to this?');
  await said('The ways from the stack to object');
  await until(`document.querySelector('[data-box="${box}"]') !== null`);
  await tools.click('.notice.aside .text-button');
  await until("document.querySelector('.notice.aside') === null");
});

test('objects of a document that was left are not asked for', async () => {
  await pauseIn(LIST, 'list.js');
  const box = await listBox();
  await resumeAll();
  expect((await openMenu(box)).find(({ label }) => label === 'Store as global variable')?.refusal).toBe(null);
  await tools.page.goto(home);
  await tools.page.evaluate('globalThis.other = [3]');
  await tools.panel.evaluate(() => document.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })));
  await until("document.querySelector('.menu') === null");
  const rows = await openMenu(box);
  expect(rows.find(({ label }) => label === 'Store as global variable')?.refusal).toMatch(/has left the document/);
});

test('the line of a frame is shown, also of code that has no file', async () => {
  await pauseIn('(function made(list) {\n\n  debugger; })([1]);');
  // DevTools itself shows where the page stands: something else, first.
  await front.showConsole();
  const line = (await stack()).pauses.at(-1)?.frames.findIndex((label) => label.endsWith(': made')) ?? 0;
  await openMenu(`o${-2 - line}`);
  await choose('Show its line in Sources');
  await until("document.querySelector('.menu') === null");
  await expect.poll(() => front.shownSource()).toMatch(/^debugger:\/\/\/VM\d+/);
  expect(await front.selectedTab()).toBe('sources');
  expect(await tools.panel.evaluate(() => document.querySelector('.notice')?.textContent ?? null)).toBe(null);
});
