/** What the panel's states say to assistive technology, checked by axe in real DevTools, in both themes. */
import { beforeAll, describe, expect, test } from 'vitest';
import { violationsIn } from './axe.ts';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html', width: 700 });
const violations = (): Promise<readonly string[]> => violationsIn(tab.panel);

/** More boxes than have elements. */
const tree = `(() => {
  const all = Array.from({ length: 400 }, (_, id) => ({ id }));
  all.forEach((node, i) => { if (i > 0) all[(i - 1) >> 1]['child' + (i % 2)] = node; });
  return all[0];
})()`;

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  beforeAll(() => tab.setTheme(theme));

  test('the first screen', async () => {
    await tab.removePins();
    expect(await violations()).toEqual([]);
  });
  test('a picture with pinned expressions', async () => {
    await tab.draw('[1, [2]]', '({ a: [3] })');
    expect(await violations()).toEqual([]);
  });
  test('a selected box, and its menu', async () => {
    await tab.draw('({ a: [1, [2]] })');
    await tab.panel.focus('.canvas');
    await tab.press('ArrowDown');
    expect(await tab.panel.$eval('.canvas', (canvas) => canvas.getAttribute('aria-activedescendant'))).not.toBeNull();
    expect(await violations()).toEqual([]);
    await tab.press('Enter');
    await tab.panel.waitForSelector('[role="menu"]');
    expect(await violations()).toEqual([]);
    await tab.press('Escape');
  });
  test('hundreds of boxes on a surface, with a map, and as an overview', async () => {
    await tab.page.evaluate('globalThis.many = Array.from({ length: 400 }, (_, id) => ({ id, in: { v: [id] } }))');
    await tab.panel.evaluate(() => memoryGraph.view({ amount: 'all', slices: { begin: 1000, middle: 0, end: 0 } }));
    await tab.draw('many');
    await tab.panel.waitForSelector('.surface');
    await tab.panel.focus('.canvas');
    await tab.press('ArrowDown');
    await tab.press('1');
    await tab.panel.waitForSelector('.map');
    expect(await violations()).toEqual([]);
    await tab.panel.evaluate(() => memoryGraph.view({ amount: 'overview' }));
    await tab.draw('many');
    await tab.until("document.querySelector('.status').textContent.includes('groups of')");
    expect(await violations()).toEqual([]);
    await tab.panel.evaluate(() => memoryGraph.view({ amount: 'readable' }));
  });
  test('an error', async () => {
    await tab.tryToDraw('nowhere');
    expect(await tab.panel.$('.notice.error')).not.toBeNull();
    expect(await violations()).toEqual([]);
  });
  test('the settings', async () => {
    await tab.panel.click('[aria-label^="Settings"]');
    expect(await violations()).toEqual([]);
    await tab.panel.click('[aria-label^="Settings"]');
  });
  test('the stack, before the debugger is attached', async () => {
    await tab.panel.click('::-p-text(Stack)');
    expect(await violations()).toEqual([]);
    await tab.panel.click('::-p-text(Expression)');
  });
  test('the find bar, the export menu, and the list of commands', async () => {
    await tab.draw('({ a: [1, [2]] })');
    await tab.panel.click('[aria-label^="Find in graph"]');
    await tab.panel.waitForSelector('.find-bar');
    expect(await violations()).toEqual([]);
    await tab.press('Escape');
    await tab.panel.click('[aria-label="Export"]');
    await tab.panel.waitForSelector('[role="dialog"]');
    expect(await violations()).toEqual([]);
    await tab.press('Escape');
    await tab.panel.focus('.canvas');
    await tab.devtools.keyboard.type('?');
    await tab.panel.waitForSelector('dialog.commands[open]');
    expect(await violations()).toEqual([]);
    await tab.press('Escape');
    await tab.until("document.querySelector('dialog.commands') === null");
  });
  test('a value that is edited, the menu of a cell, and a string that is shown whole', async () => {
    // The page keeps it, so that its string can be read whole.
    await tab.page.evaluate('globalThis.long = { count: 1, text: "x".repeat(99999) }');
    await tab.draw('long');
    const root = (await tab.diagram()).boxes[0]?.key ?? '';
    await tab.menu.open(root);
    expect(await violations()).toEqual([]);
    await tab.menu.choose('Edit value…');
    await tab.panel.waitForSelector('.value-editor select');
    expect(await violations()).toEqual([]);
    await tab.press('Escape');
    const cell = await tab.panel.$$eval(
      '.mg-value',
      (cells) => cells.find(({ textContent }) => textContent?.startsWith('"x'))?.textContent ?? '',
    );
    await tab.menu.open(root, cell);
    await tab.menu.choose('Show whole string');
    await tab.panel.waitForSelector('dialog.whole-text[open]');
    expect(await violations()).toEqual([]);
    await tab.panel.focus('.whole-text textarea');
    await tab.press('Escape');
    await tab.until("document.querySelector('.whole-text') === null");
  });
  test('shared objects, an overview, a painted graph, and a lens', async () => {
    await tab.draw('(() => { const one = { deep: [1] }; return [one, one, { one }] })()');
    await tab.panel.focus('.canvas');
    await tab.press('s');
    await tab.panel.waitForSelector('.shared-rows');
    expect(await violations()).toEqual([]);
    await tab.press('s');
    await tab.panel.evaluate(() => memoryGraph.view({ amount: 'overview' }));
    await tab.draw('Array.from({ length: 400 }, (_, i) => ({ i, next: [i] }))');
    expect(await violations()).toEqual([]);
    await tab.panel.evaluate(() => memoryGraph.view({ amount: 'all' }));
    await tab.draw(tree);
    await tab.panel.waitForSelector('.surface');
    expect(await violations()).toEqual([]);
    await tab.panel.evaluate(() => memoryGraph.view({ amount: 'readable' }));
    await tab.draw('document.body');
    expect(await violations()).toEqual([]);
  });
  test('a comparison, alone and beside', async () => {
    await tab.draw('({ a: [1] })');
    await tab.panel.click('[aria-label="Keep"]');
    await tab.draw('({ a: [2], b: 1 })');
    expect(await violations()).toEqual([]);
    await tab.clickButton('Side by side');
    expect(await violations()).toEqual([]);
    await tab.clickButton('Stop comparing');
  });
  test('the Page and the Console', async () => {
    await tab.show('page');
    await tab.until("document.querySelector('.page-lists')?.getAttribute('aria-busy') === 'false'");
    expect(await violations()).toEqual([]);
    await tab.show('console');
    expect(await violations()).toEqual([]);
    await tab.show('expression');
  });
  test('forced colors, and a width of 320 pixels', async () => {
    // The panel is in a process of its own, which DevTools' media do not reach.
    const target = tab.browser.targets().find((one) => one.url() === tab.panel.url());
    const client = await target?.createCDPSession();
    if (!client) throw new Error('The panel is no target.');
    await client.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
    await tab.until("matchMedia('(forced-colors: active)').matches");
    await tab.draw('({ a: [1, [2]] })');
    // Which colors are seen is the user's choice, of which axe knows nothing.
    expect((await violations()).filter((text) => !text.startsWith('color-contrast'))).toEqual([]);
    await client.send('Emulation.setEmulatedMedia', { features: [] });
    await tab.until("!matchMedia('(forced-colors: active)').matches");
    await client.detach();
    await tab.resize(500, 700);
    await tab.panel.click('[aria-label="Export"]');
    await tab.panel.waitForSelector('[role="dialog"]');
    expect(await tab.panel.$eval('[role="dialog"]', (menu) => menu.getBoundingClientRect().left)).toBeGreaterThan(0);
    await tab.press('Escape');
    // As 1280 × 800 at 400 %: the graph and the settings have room, to which one scrolls.
    await tab.resize(320, 200);
    await tab.until("document.querySelector('.stage').getBoundingClientRect().height >= 150");
    await tab.panel.click('[aria-label^="Settings"]');
    await tab.until("document.querySelector('.settings').getBoundingClientRect().height >= 150");
    expect(await violations()).toEqual([]);
    await tab.panel.click('[aria-label^="Settings"]');
    await tab.resize(320, 700);
    expect(await violations()).toEqual([]);
    // Nothing has to be scrolled to be reached.
    expect(await tab.panel.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await tab.resize(700, 600);
    await tab.setTheme(theme);
  });
});

test('the graph is a list of boxes with their fields, each reference a link to its box', async () => {
  await tab.draw('({ before: 1 })');
  await tab.panel.waitForSelector('[aria-label="Boxes of the graph"] li');
  await tab.draw('(() => { const shared = [1]; return { a: shared, b: { again: shared, text: "x" } } })()');
  // The picture is there, so nothing may say what was drawn before.
  expect((await tab.text('[aria-label="Boxes of the graph"]')) ?? '').not.toContain('before');
  await tab.panel.waitForSelector('[aria-label="Boxes of the graph"] li');
  const list = await tab.panel.$eval('[aria-label="Boxes of the graph"] > ul', (element) =>
    [...element.children].map((item) => [
      item.firstChild?.textContent,
      ...[...item.querySelectorAll('li')].map((field) => `${field.querySelector('a') ? '→ ' : ''}${field.textContent}`),
    ]),
  );
  const [[object], [array], [other]] = list as [[string], [string], [string]];
  expect(list).toEqual([
    [object, `→ a: ${array}`, `→ b: ${other}`],
    [array, '0: 1'],
    [other, `→ again: ${array}`, 'text: "x"'],
  ]);
  // A link is followed, and the picture goes along.
  await tab.panel.$eval('[aria-label="Boxes of the graph"] a', (link) => link.click());
  expect(await tab.evaluate('document.activeElement.firstChild.textContent')).toBe(array);
  expect(array).toMatch(new RegExp(`${await tab.text('.selection-number')}$`));
});

/** Presses Enter on a button until it acts. DevTools may take the focus away between the two. */
const pressOn = (button: string, acted: string) =>
  expect
    .poll(async () => {
      await tab.showTab();
      await tab.panel.focus(button);
      await tab.press('Enter');
      return (await tab.panel.waitForFunction(acted, { polling: 50, timeout: 3000 }).catch(() => null)) !== null;
    })
    .toBe(true);

test('the settings give the focus back to the gear, and Tab behind the export menu closes it', async () => {
  await pressOn('[aria-label^="Settings"]', "document.activeElement.closest('.settings') !== null");
  await tab.press('Escape');
  await tab.until("document.activeElement.getAttribute('aria-label') === 'Settings'");
  await pressOn('[aria-label="Export"]', "document.activeElement.closest('[role=dialog]') !== null");
  for (let turn = 0; turn < 16; turn++) await tab.press('Tab');
  await tab.until("document.querySelector('[role=dialog]') === null");
});

test('with the debugger: the Console, and a paused stack', async () => {
  await tab.setDebugger(true);
  await tab.show('console');
  expect(await violations()).toEqual([]);
  await tab.show('expression');
  await tab.setDebugger(false);
  await tab.stack.follow();
  expect(await violations()).toEqual([]);
  await tab.stack.pauseBy(() => tab.page.evaluate('void setTimeout("((a) => { debugger })([1])")'));
  await tab.showTab();
  expect(await violations()).toEqual([]);
  await tab.stack.resumeAll();
  await tab.show('expression');
  await tab.setDebugger(false);
});
