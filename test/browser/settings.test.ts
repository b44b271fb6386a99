/** Settings, menus of boxes and exports in real DevTools: what a person does, and what stands in the picture after it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
  await tools.page.evaluate(
    "globalThis.list = Array.from({ length: 40 }, (_, i) => i); globalThis.pair = { a: list, b: 'x'.repeat(90) }",
  );
});
afterAll(() => tools.close());

const draw = (...expressions: string[]) => tools.panel.evaluate((list) => memoryGraph.draw(...list), expressions);
const boxText = (): Promise<string> =>
  tools.panel.$eval('.mg-picture', (picture) =>
    [...picture.querySelectorAll('text')].map((text) => text.textContent).join(' '),
  );

async function openSettings(search: string): Promise<void> {
  if (!(await tools.panel.$('.settings'))) await tools.panel.click('[aria-label="Settings"]');
  await tools.panel.waitForSelector('.settings');
  await tools.panel.click('[aria-label="Search settings"]', { count: 3 });
  await tools.devtools.keyboard.press('Backspace');
  await tools.devtools.keyboard.type(search);
}

describe('settings', () => {
  beforeAll(async () => {
    await draw('pair');
  });

  test('a search leaves what has its words, the original’s name too', async () => {
    await openSettings('max_string_length');
    expect(
      await tools.panel.$$eval('[data-setting]', (rows) => rows.map((row) => row.getAttribute('data-setting'))),
    ).toEqual(['drawing.text.maximumLength']);
  });

  test('a change is drawn without asking the page, and taken back', async () => {
    await openSettings('max_string_length');
    await tools.page.evaluate('pair.c = 1');
    await tools.panel.click('#setting-drawing-text-maximumLength', { count: 3 });
    await tools.devtools.keyboard.type('5');
    await tools.until("document.querySelector('.mg-picture').textContent.includes('\"xxxxx…\"')");
    expect(await boxText()).not.toContain(' c ');
    await tools.panel.click('[aria-label="Length of texts that are shown: back to the default"]');
    await tools.until("!document.querySelector('.mg-picture').textContent.includes('\"xxxxx…\"')");
    await tools.page.evaluate('delete pair.c');
  });

  test('a change of what is read asks the page', async () => {
    await openSettings('type_to_slicer elements of a long');
    expect((await draw('list')).nodes).toBe(1);
    expect(await boxText()).not.toContain(' 15 ');
    await tools.panel.click('#setting-reading-slices', { count: 3 });
    await tools.devtools.keyboard.type('20');
    await tools.until("[...document.querySelectorAll('.mg-picture text')].some((text) => text.textContent === '15')");
    await tools.panel.click('[aria-label="Elements of a long container: back to the default"]');
    await tools.until("![...document.querySelectorAll('.mg-picture text')].some((text) => text.textContent === '15')");
  });

  test('a click on the … of a type’s own slices shows more of that object', async () => {
    await tools.panel.evaluate(() =>
      memoryGraph.settings({ drawing: { types: { array: { slices: { begin: 1, middle: 0, end: 1 } } } } }),
    );
    await draw('[list, [100, 101, 102, 103]]');
    const hidden = () => tools.panel.$$eval('.mg-hidden', (cells) => cells.length);
    expect(await hidden()).toBe(2);
    await tools.clickInPicture('.mg-hidden');
    await tools.until("[...document.querySelectorAll('.mg-picture text')].some((text) => text.textContent === '15')");
    expect(await hidden()).toBe(1);
    await tools.panel.evaluate(() => memoryGraph.settings({}));
  });

  test('what a file has wrong is named, the rest applies', async () => {
    await openSettings('');
    const file = JSON.stringify({
      drawing: { titles: { identityNumbers: true }, colour: 'red' },
      reading: { depth: 'deep' },
    });
    await tools.panel.evaluate((text) => {
      const input = document.querySelector('.settings input[type="file"]');
      if (!(input instanceof HTMLInputElement)) throw new Error('There is no field for a file.');
      const files = new DataTransfer();
      files.items.add(new File([text], 'settings.json', { type: 'application/json' }));
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }, file);
    await tools.until("document.querySelector('.settings-problems')");
    expect(await tools.panel.$eval('.settings-problems', (part) => part.textContent)).toMatch(
      /drawing\.colour is unknown.*reading\.depth must be a whole number|reading\.depth must be a whole number.*drawing\.colour is unknown/,
    );
    await tools.until("/Array.*#\\d/.test(document.querySelector('.mg-picture').textContent)");
    await tools.panel.evaluate(() => {
      const reset = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Reset all');
      reset?.click();
    });
    await tools.until("!/Array.*#\\d/.test(document.querySelector('.mg-picture').textContent)");
  });
});

describe('the menu of a box', () => {
  const boxes = () =>
    tools.panel.evaluate(() =>
      memoryGraph.diagram().boxes.map(({ category, orientation }) => `${category} ${orientation}`),
    );

  async function choose(selector: string, item: string): Promise<void> {
    const box = await tools.panel.waitForSelector(selector);
    await box?.click({ button: 'right' });
    await tools.panel.waitForSelector('[role="menu"]');
    const before = await tools.panel.evaluate(() => memoryGraph.stats().readyAt);
    const [button] = await tools.panel.$$(
      `::-p-xpath(//div[@role="menu"]//button[text()="${item}" or @title="${item}"])`,
    );
    if (!button) throw new Error(`The menu has no ${item}.`);
    await button.click();
    await tools.panel.waitForFunction((at) => memoryGraph.stats().readyAt > at, {}, before);
  }

  beforeAll(async () => {
    await tools.panel.click('[aria-label="Close the settings"]');
    await tools.page.evaluate('globalThis.nested = { inner: [1, [2]] }');
    await draw('nested');
  });

  test('collapses it, and what only it refers to goes', async () => {
    await choose('.mg-array .mg-frame', 'Collapse to a small box');
    expect(await boxes()).toHaveLength(2);
    expect(await boxes()).toContainEqual(expect.stringContaining('collapsed'));
    await choose('.mg-collapsed .mg-frame', 'Back to the default');
    expect(await boxes()).toEqual(['object horizontal', 'array horizontal', 'array vertical']);
  });

  test('turns it, and only it', async () => {
    await choose('.mg-array .mg-frame', 'Vertical');
    expect(await boxes()).toEqual(['object horizontal', 'array vertical', 'array vertical']);
  });

  test('colours it, in a file too', async () => {
    await choose('.mg-array .mg-frame', 'Yellow');
    expect(await tools.panel.evaluate(() => memoryGraph.svg())).toContain('#ffd92f');
  });

  test('holds as long as the object is there', async () => {
    await draw('nested');
    expect(await boxes()).toContain('array vertical');
    expect(await tools.panel.evaluate(() => memoryGraph.svg())).toContain('#ffd92f');
  });

  test('hides it', async () => {
    await choose('.mg-array .mg-frame', 'Hide');
    expect(await boxes()).toEqual(['object vertical']);
  });
});
