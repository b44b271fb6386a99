/** The main tasks without the mouse: keys alone, as they come from a keyboard, in real DevTools. */
import { test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'record.html', folder: 'test/browser/pages', width: 1280, height: 800 });

const focusIs = (selector: string): Promise<boolean> =>
  tab.panel.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector);

/** Presses a key until something that has the focus has this text, one press at a time. */
async function pressUntil(key: 'Tab' | 'ArrowDown', focused: string, text: string): Promise<void> {
  for (let turn = 0; (await tab.text(`${focused}:focus`)) !== text; turn++) {
    if (turn > 80) throw new Error(`${key} does not lead to ${text}.`);
    const before = await tab.panel.evaluateHandle(() => document.activeElement);
    await tab.press(key);
    await tab.panel.waitForFunction((before) => document.activeElement !== before, { polling: 20 }, before);
  }
}

/** Goes on by Tab until this has the focus, as somebody does who sees where it is. */
async function tabTo(selector: string, back = false): Promise<void> {
  await tab.panel.waitForSelector(selector);
  for (let stop = 0; !(await focusIs(selector)); stop++) {
    if (stop > 80) throw new Error(`Tab does not lead to ${selector}.`);
    const before = await tab.panel.evaluateHandle(() => document.activeElement);
    if (back) await tab.press('Shift', 'Tab');
    else await tab.press('Tab');
    await tab.panel.waitForFunction((before) => document.activeElement !== before, { polling: 20 }, before);
  }
}

const view = (name: string): string =>
  `[role="tab"]:nth-child(${['Expression', 'Stack', 'Record', 'Console', 'Page'].indexOf(name) + 1})`;

test('draw, pin, select, open, undo, find, and copy', async () => {
  await tab.page.evaluate('globalThis.book = { title: "Graphs", by: { name: "Ada" }, tags: ["a", "b"] }');
  await tab.showTab();
  await tabTo('[aria-label="Expression"]');
  await tab.devtools.keyboard.type('book');
  await tab.press('Escape');
  await tab.press('Alt', 'Enter');
  await tab.until("document.querySelector('.pinned code')?.textContent === 'book'");
  await tab.devtools.keyboard.type('book.by');
  await tab.press('Escape');
  await tab.press('Enter');
  await tab.untilStats('stats.nodes === 3 || stats.nodes === 4');
  await tabTo('.canvas');
  await tab.press('Home');
  await tab.until("document.querySelector('.canvas').hasAttribute('data-selected')");
  const root = await tab.attribute('.canvas', 'data-selected');
  await tab.press('ArrowDown');
  await tab.until(`document.querySelector('.canvas').getAttribute('data-selected') !== '${root}'`);
  await tab.press('Enter');
  await tab.until("document.activeElement.closest('[role=menu]') !== null");
  await pressUntil('ArrowDown', '[role=menu] *', 'Hide');
  const boxes = (await tab.diagram()).boxes.length;
  await tab.press('Enter');
  await tab.until(`memoryGraph.diagram().boxes.length < ${boxes}`);
  await tab.until("document.activeElement.matches('.canvas')");
  await tab.press('Control', 'z');
  await tab.until(`memoryGraph.diagram().boxes.length === ${boxes}`);
  await tab.press('Control', 'f');
  await tab.until("document.activeElement.closest('.find-bar') !== null");
  await tab.devtools.keyboard.type('Ada');
  await tab.until("document.querySelector('.find-bar').textContent.includes('1 of')");
  await tab.press('Escape');
  await tab.until("document.activeElement.matches('.canvas')");
});

test('a setting, and a file', async () => {
  await tabTo('[aria-label^="Settings"]', true);
  await tab.press('Enter');
  await tab.until("document.activeElement.closest('.settings') !== null");
  await tabTo('.settings input[type="search"]');
  await tab.devtools.keyboard.type('identity');
  await tabTo('.settings .setting input[type="checkbox"]');
  await tab.press(' ');
  await tab.until("/#\\d/.test(document.querySelector('.mg-picture').textContent)");
  await tab.press('Escape');
  await tab.until("document.activeElement.matches('[aria-label^=Settings]')");
  await tabTo('[aria-label="Export"]', true);
  await tab.press('Enter');
  await tab.until("document.activeElement.closest('[role=dialog]') !== null");
  await pressUntil('Tab', '[role=dialog] button', 'Save as DOT');
  await tab.press('Enter');
  await tab.until("document.querySelector('.export-word')?.textContent.includes('Saved')");
  await tab.settings({});
});

test('the Page view, and a recording', async () => {
  await tab.setDebugger(true);
  await tab.showTab();
  await tabTo(view('Page'), true);
  await tab.press('Enter');
  await tab.until("document.querySelector('.page-lists')?.getAttribute('aria-busy') === 'false'");
  await tabTo('.page-row > button');
  await pressUntil('ArrowDown', '.page-row > button', 'book');
  await tab.press('Enter');
  await tab.until("document.querySelector('.status .subject')?.title === 'book'");
  await tab.until("document.activeElement.matches('.canvas')");
  await tabTo(view('Expression'), true);
  for (const name of ['Stack', 'Record']) {
    await tab.press('ArrowRight');
    await tab.until(`document.activeElement.matches('${view(name)}[aria-selected=true]')`);
  }
  await tab.panel.waitForSelector('.record-form datalist option');
  await tabTo('[aria-label="Name of a function"]');
  await tab.devtools.keyboard.type('reverse');
  await tab.press('Enter');
  await tab.panel.waitForSelector('.record-stop');
  await tab.page.evaluate('reverse({ n: 1, next: { n: 2, next: null } })');
  await tab.until("parseInt(document.querySelector('.record-progress [role=status]').textContent) > 0");
  await tabTo('.record-stop');
  await tab.press('Enter');
  await tab.panel.waitForSelector('.player');
  const before = await tab.text('.player-count');
  await tabTo('.player-slider input');
  await tab.press(
    (await tab.panel.$eval('.player-slider input', (slider) => (slider as HTMLInputElement).value)) === '0'
      ? 'ArrowRight'
      : 'ArrowLeft',
  );
  await tab.until(`document.querySelector('.player-count').textContent !== ${JSON.stringify(before)}`);
  await tab.setDebugger(false);
});
