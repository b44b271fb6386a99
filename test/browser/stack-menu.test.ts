/** What is clicked in the picture of a paused stack, in real DevTools: the menu of its boxes, and its frames. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
const { frontEnd: front, stack, menu } = tab;
let home: string;
beforeAll(async () => {
  home = tab.page.url();
  await stack.follow();
});
beforeEach(async () => {
  await stack.resumeAll();
  await tab.page.goto(home);
});

/** Runs a script of the page in which it pauses. */
async function pauseIn(script: string, address = ''): Promise<void> {
  const before = (await stack.state()).pauses.length;
  await tab.page.evaluate(
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
  await stack.until(`stack.pauses.length > ${before} && stack.following.entry === stack.pauses.at(-1).number`);
}

/** The box of the value of the variable `list`. */
async function listBox(): Promise<string> {
  const { picture } = await stack.state();
  for (const { parts } of picture?.snapshot.objects ?? []) {
    for (const part of parts) {
      if (part.type !== 'property' || part.key.type !== 'name' || part.key.name.head !== 'list') continue;
      if (part.value.type === 'reference') return `o${part.value.id}`;
    }
  }
  throw new Error('No variable of this name is drawn.');
}

const LIST = 'globalThis.held = [1, 2]; (function work(list) { debugger; })(held);';

test('an object of a frame is stored, and its appearance changes at once', async () => {
  await pauseIn(LIST, 'list.js');
  const box = await listBox();
  await menu.open(box);
  await menu.choose('Store as global variable');
  await tab.untilMessage('Stored as temp1');
  await menu.open(box);
  await menu.choose('Horizontal');
  await stack.until(`stack.picture.diagram.boxes.find(({ key }) => key === '${box}').orientation === 'horizontal'`);
  await menu.open(box);
  await menu.choose('Collapse');
  await stack.until(`stack.picture.diagram.boxes.find(({ key }) => key === '${box}').category === 'collapsed'`);
  await menu.open(box);
  await menu.choose('Reset to default');
  await stack.until(`stack.picture.diagram.boxes.find(({ key }) => key === '${box}').category === 'array'`);
  await stack.resumeAll();
  expect(await tab.page.evaluate('temp1 === held')).toBe(true);
});

test('who refers to it is shown aside, until the pause is wanted back', async () => {
  await pauseIn(LIST, 'list.js');
  const box = await listBox();
  await menu.open(box);
  await menu.choose('Show retainers in graph');
  await tab.untilMessage('Paths from the stack to object');
  await stack.until(`document.querySelector('[data-box="${box}"]') !== null`);
  await tab.click('.notice.other .text-button');
  await stack.until("document.querySelector('.notice.other') === null");
});

test('objects of a document that was left are not asked for', async () => {
  await pauseIn(LIST, 'list.js');
  const box = await listBox();
  await stack.resumeAll();
  expect((await menu.open(box)).find(({ label }) => label === 'Store as global variable')?.refusal).toBe(null);
  await tab.page.goto(home);
  await tab.page.evaluate('globalThis.other = [3]');
  await tab.panel.evaluate(() => document.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })));
  await stack.until("document.querySelector('.menu') === null");
  const rows = await menu.open(box);
  expect(rows.find(({ label }) => label === 'Store as global variable')?.refusal).toMatch(/Page navigated/);
});

test('the line of a frame is shown, also of code that has no file', async () => {
  await pauseIn('(function made(list) {\n\n  debugger; })([1]);');
  // DevTools itself shows where the page is paused: first something else is shown.
  await front.showConsole();
  await menu.open(await stack.boxOf('made'));
  await menu.choose('Reveal in Sources panel');
  await stack.until("document.querySelector('.menu') === null");
  await expect.poll(() => front.shownSource()).toMatch(/^debugger:\/\/\/VM\d+/);
  expect(await front.selectedTab()).toBe('sources');
  expect(await tab.panel.evaluate(() => document.querySelector('.notice')?.textContent ?? null)).toBe(null);
});
