/** What is clicked in the picture of a paused stack, in real DevTools: the menu of its boxes, and its frames. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
let home: string;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
  home = tools.page.url();
  await tools.panel.evaluate(() => memoryGraph.show('stack'));
  await click('.attach');
  await until("memoryGraph.stack().following.type === 'running'");
});
afterAll(() => tools.close());
beforeEach(async () => {
  if ((await stack()).following.type === 'paused') await click('[aria-label^="Resume"]');
  await until("memoryGraph.stack().following.type === 'running'");
  await tools.page.goto(home);
});

const stack = () => tools.panel.evaluate(() => memoryGraph.stack());

/** Our tab is hidden while DevTools shows Sources, so frames do not count. */
async function until(condition: string): Promise<void> {
  try {
    await tools.panel.waitForFunction(condition, { polling: 50, timeout: 15_000 });
  } catch {
    const seen = await tools.panel.evaluate(() => document.body.innerText);
    throw new Error(`Never came true: ${condition}\n${seen}`);
  }
}

const click = (selector: string) =>
  tools.panel.evaluate((selector) => {
    const element = document.querySelector(selector);
    if (!(element instanceof HTMLElement)) throw new Error(`There is no ${selector}.`);
    element.click();
  }, selector);

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
  await until(
    `memoryGraph.stack().pauses.length > ${before} && memoryGraph.stack().following.entry === memoryGraph.stack().pauses.at(-1).number`,
  );
}

async function openMenu(box: string): Promise<readonly { label: string; refusal: string | null }[]> {
  await tools.panel.evaluate((box) => {
    const under = document.querySelector(`[data-box="${box}"] .mg-frame`);
    if (!under) throw new Error(`There is no ${box}.`);
    under.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true, button: 2, clientX: 60, clientY: 120 }),
    );
  }, box);
  await until("document.querySelector('.menu') !== null");
  return tools.panel.evaluate(() =>
    [...document.querySelectorAll('.menu > [role^="menuitem"]')].map((row) => ({
      label: row.textContent ?? '',
      refusal: row.getAttribute('aria-disabled') ? row.getAttribute('title') : null,
    })),
  );
}

async function choose(label: string): Promise<void> {
  await tools.panel.evaluate((label) => {
    const rows = [...document.querySelectorAll('.menu > [role^="menuitem"]')];
    const row = rows.find(({ textContent }) => textContent === label);
    if (!(row instanceof HTMLElement)) throw new Error(`There is no ${label}.`);
    row.click();
  }, label);
}

const said = (part: string) =>
  until(
    `[...document.querySelectorAll('.notice')].some(({ textContent }) => textContent.includes(${JSON.stringify(part)}))`,
  );

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

const inDevTools = (script: string) =>
  tools.devtools.evaluate(`(async () => {
    const UI = await import('devtools://devtools/bundled/ui/legacy/legacy.js');
    const { UISourceCode } = await import('devtools://devtools/bundled/models/workspace/workspace.js');
    ${script}
  })()`);

const LIST = 'globalThis.held = [1, 2]; (function work(list) { debugger; })(held);';

test('an object of a frame is stored and looks as it is told to, at once', async () => {
  await pauseIn(LIST, 'list.js');
  const box = await listBox();
  await openMenu(box);
  await choose('Store as global variable');
  await said('It is stored as temp1');
  await openMenu(box);
  await choose('Horizontal');
  await until(
    `memoryGraph.stack().picture.diagram.boxes.find(({ key }) => key === '${box}').orientation === 'horizontal'`,
  );
  await openMenu(box);
  await choose('Collapse to a small box');
  await until(`memoryGraph.stack().picture.diagram.boxes.find(({ key }) => key === '${box}').category === 'collapsed'`);
  await openMenu(box);
  await choose('Back to the default');
  await until(`memoryGraph.stack().picture.diagram.boxes.find(({ key }) => key === '${box}').category === 'array'`);
  await click('[aria-label^="Resume"]');
  await until("memoryGraph.stack().following.type === 'running'");
  expect(await tools.page.evaluate('temp1 === held')).toBe(true);
});

test('who refers to it is shown aside, until the pause is wanted back', async () => {
  await pauseIn(LIST, 'list.js');
  const box = await listBox();
  await openMenu(box);
  await choose('Who refers to this?');
  await said('The ways from the stack to object');
  await until(`document.querySelector('[data-box="${box}"]') !== null`);
  await click('.notice.aside .text-button');
  await until("document.querySelector('.notice.aside') === null");
});

test('objects of a document that was left are not asked for', async () => {
  await pauseIn(LIST, 'list.js');
  const box = await listBox();
  await click('[aria-label^="Resume"]');
  await until("memoryGraph.stack().following.type === 'running'");
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
  const shownSource = () =>
    inDevTools('return UI.Context.Context.instance().flavor(UISourceCode.UISourceCode)?.url();');
  // DevTools itself shows where the page stands: something else, first.
  await inDevTools("await UI.ViewManager.ViewManager.instance().showView('console');");
  const line = (await stack()).pauses.at(-1)?.frames.findIndex((label) => label.endsWith(': made')) ?? 0;
  await openMenu(`o${-2 - line}`);
  await choose('Show its line in Sources');
  await until("document.querySelector('.menu') === null");
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (String(await shownSource()).startsWith('debugger:///VM')) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await shownSource()).toMatch(/^debugger:\/\/\/VM\d+/);
  expect(await inDevTools('return UI.InspectorView.InspectorView.instance().tabbedPane.selectedTabId;')).toBe(
    'sources',
  );
  expect(await tools.panel.evaluate(() => document.querySelector('.notice')?.textContent ?? null)).toBe(null);
});
