/** Settings, menus of boxes and exports in real DevTools: what a person does, and what is in the picture after it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
beforeAll(async () => {
  await tab.page.evaluate(
    "globalThis.list = Array.from({ length: 40 }, (_, i) => i); globalThis.pair = { a: list, b: 'x'.repeat(90) }",
  );
});

const boxText = (): Promise<string> =>
  tab.panel.$eval('.mg-picture', (picture) =>
    [...picture.querySelectorAll('text')].map((text) => text.textContent).join(' '),
  );

async function openSettings(search: string): Promise<void> {
  if (!(await tab.panel.$('.settings'))) await tab.panel.click('[aria-label="Settings"]');
  await tab.panel.waitForSelector('.settings');
  await tab.panel.click('[aria-label="Search settings"]', { count: 3 });
  await tab.press('Backspace');
  await tab.devtools.keyboard.type(search);
}

describe('settings', () => {
  beforeAll(async () => {
    await tab.draw('pair');
  });

  test('a search leaves what has its words, the original’s name too', async () => {
    await openSettings('max_string_length');
    expect(
      await tab.panel.$$eval('[data-setting]', (rows) => rows.map((row) => row.getAttribute('data-setting'))),
    ).toEqual(['drawing.text.maximumLength']);
  });

  test('a change is drawn without asking the page, and taken back', async () => {
    await openSettings('max_string_length');
    await tab.page.evaluate('pair.c = 1');
    await tab.panel.click('#setting-drawing-text-maximumLength', { count: 3 });
    await tab.devtools.keyboard.type('5');
    await tab.until("document.querySelector('.mg-picture').textContent.includes('\"xxxxx…\"')");
    expect(await boxText()).not.toContain(' c ');
    await tab.panel.click('[aria-label="Max string length (shown): reset to default"]');
    await tab.until("!document.querySelector('.mg-picture').textContent.includes('\"xxxxx…\"')");
    await tab.page.evaluate('delete pair.c');
  });

  test('a change of what is read asks the page', async () => {
    await openSettings('type_to_slicer items per');
    expect((await tab.draw('list')).nodes).toBe(1);
    expect(await boxText()).not.toContain(' 15 ');
    await tab.panel.click('#setting-reading-slices', { count: 3 });
    await tab.devtools.keyboard.type('20');
    await tab.until("[...document.querySelectorAll('.mg-picture text')].some((text) => text.textContent === '15')");
    await tab.panel.click('[aria-label="Items per collection: reset to default"]');
    await tab.until("![...document.querySelectorAll('.mg-picture text')].some((text) => text.textContent === '15')");
  });

  test('a click on the … of a type’s own slices shows more of that object', async () => {
    await tab.settings({ drawing: { amount: 'all', types: { array: { slices: { begin: 1, middle: 0, end: 1 } } } } });
    await tab.draw('[list, [100, 101, 102, 103]]');
    const hidden = () => tab.panel.$$eval('.mg-hidden', (cells) => cells.length);
    expect(await hidden()).toBe(2);
    await tab.clickInPicture('.mg-hidden');
    await tab.until("[...document.querySelectorAll('.mg-picture text')].some((text) => text.textContent === '15')");
    expect(await hidden()).toBe(1);
    await tab.settings();
  });

  test('what a file has wrong is named, the rest applies', async () => {
    await openSettings('');
    const file = JSON.stringify({
      drawing: { titles: { identityNumbers: true }, color: 'red' },
      reading: { depth: 'deep' },
    });
    await tab.panel.evaluate((text) => {
      const input = document.querySelector('.settings input[type="file"]');
      if (!(input instanceof HTMLInputElement)) throw new Error('There is no field for a file.');
      const files = new DataTransfer();
      files.items.add(new File([text], 'settings.json', { type: 'application/json' }));
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }, file);
    await tab.until("document.querySelector('.settings-problems')");
    expect(await tab.text('.settings-problems')).toMatch(
      /drawing\.color: Unknown setting.*reading\.depth: Must be a whole number|reading\.depth: Must be a whole number.*drawing\.color: Unknown setting/,
    );
    await tab.until("/Array.*#\\d/.test(document.querySelector('.mg-picture').textContent)");
    await tab.clickButton('Reset all');
    await tab.until("!/Array.*#\\d/.test(document.querySelector('.mg-picture').textContent)");
  });
});

describe('the menu of a box', () => {
  const boxes = () =>
    tab.panel.evaluate(() =>
      memoryGraph.diagram().boxes.map(({ category, orientation }) => `${category} ${orientation}`),
    );

  async function choose(selector: string, item: string): Promise<void> {
    await tab.menu.openAt(selector);
    const { readyAt } = await tab.stats();
    await tab.menu.choose(item);
    await tab.untilStats(`stats.readyAt > ${readyAt}`);
  }

  beforeAll(async () => {
    await tab.panel.click('[aria-label="Close settings"]');
    await tab.page.evaluate('globalThis.nested = { inner: [1, [2]] }');
    await tab.draw('nested');
  });

  test('collapses it, and what only it refers to goes', async () => {
    await choose('.mg-array .mg-frame', 'Collapse');
    expect(await boxes()).toHaveLength(2);
    expect(await boxes()).toContainEqual(expect.stringContaining('collapsed'));
    await choose('.mg-collapsed .mg-frame', 'Reset to default');
    expect(await boxes()).toEqual(['object horizontal', 'array horizontal', 'array vertical']);
  });

  test('turns it, and only it', async () => {
    await choose('.mg-array .mg-frame', 'Vertical');
    expect(await boxes()).toEqual(['object horizontal', 'array vertical', 'array vertical']);
  });

  test('colors it, in a file too', async () => {
    await choose('.mg-array .mg-frame', 'Yellow');
    expect(await tab.svg()).toContain('#ffd92f');
  });

  test('holds as long as the object is there', async () => {
    await tab.draw('nested');
    expect(await boxes()).toContain('array vertical');
    expect(await tab.svg()).toContain('#ffd92f');
  });

  test('hides it', async () => {
    await choose('.mg-array .mg-frame', 'Hide');
    expect(await boxes()).toEqual(['object vertical']);
  });
});
