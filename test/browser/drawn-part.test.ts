/** What of the picture is drawn, chosen by real mouse and keyboard: shared objects, opening, folding, focus, paths, undo. */
import { beforeEach, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });

const script = `
  class Item { constructor(i, owner) { this.id = i; this.owner = owner; this.tags = ['a', { deep: { deeper: { deepest: i } } }]; } }
  const owner = { name: 'Ann', address: { street: 'Main', city: 'Ulm', zip: 1, land: 2, code: 3 } };
  globalThis.store = { items: Array.from({ length: 20 }, (_, i) => new Item(i, owner)), byId: new Map(), owner };
  for (const item of store.items) store.byId.set(item.id, item);
  globalThis.left = { owner, own: {} };
  globalThis.right = [owner, {}];
  globalThis.apart = { nothing: 1 };`;

beforeEach(async () => {
  await tab.goTo(tab.home);
  await tab.page.evaluate(script);
  await tab.settings();
});

const patience = { timeout: 15_000 };
const rest = () => tab.until('document.getAnimations().length === 0');
const boxes = () => tab.panel.evaluate(() => memoryGraph.diagram().boxes.map(({ key }) => key));
/** Where boxes stand in the picture. */
const places = () =>
  tab.panel.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('.mg-box')].map((box) => [
        box.getAttribute('data-box') ?? '',
        box.getAttribute('transform') ?? '',
      ]),
    ),
  );
const select = async (key: string) => {
  await tab.clickInPicture(`[data-box="${key}"] .mg-frame`, { offset: { x: 2, y: 2 } });
  await tab.until(`document.querySelector('.canvas').dataset.selected === ${JSON.stringify(key)}`);
};

test('the list of shared objects has all ways, and a click draws just these', async () => {
  await tab.draw('store');
  await tab.until("document.querySelector('.status')?.textContent.includes('Shared (')");
  if (!(await tab.panel.$('.shared'))) await tab.clickButton(`Shared (21)`, '.status');
  const row = '.shared-row:has([title="store.owner"])';
  await tab.until(`document.querySelector('${row}')`);
  expect(await tab.text(row)).toContain('21 references');
  // The list may move under the pointer while the picture of the store comes to rest.
  await rest();
  await expect
    .poll(
      async () => {
        await tab.panel.click(row);
        return (await tab.panel.waitForSelector('.view-bar', { timeout: 5000 }).catch(() => null)) !== null;
      },
      { timeout: 40_000 },
    )
    .toBe(true);
  await rest();
  expect(await tab.text('.view-bar')).toMatch(/Only the paths to Object #\d+/);
  // The store, its items, the owner, and the items on the ways that are drawn: some ten, as many as the view has room for.
  const owner = await tab.boxWith('"Ann"');
  const references = await tab.panel.evaluate(
    (owner) => memoryGraph.diagram().references.filter(({ to }) => to === owner).length,
    owner,
  );
  expect(references).toBeGreaterThan(9);
  expect((await boxes()).length).toBe(references + 2);
  await tab.panel.click('.view-bar .text-button');
  await tab.until("document.querySelector('.view-bar') === null");
  await tab.panel.click('.shared .close');
  await tab.until("document.querySelector('.shared') === null");
});

test('a sentence says what two expressions share', async () => {
  await tab.draw('left', 'right');
  await tab.until("document.querySelector('.in-common')");
  expect(await tab.text('.in-common')).toBe('left and right share 2 objects');
  await tab.draw('left', 'apart');
  await tab.until("document.querySelector('.in-common')?.textContent.includes('apart')");
  expect(await tab.text('.in-common')).toBe('left and apart share nothing');
});

test('a click with Ctrl opens three levels, which one undo closes', async () => {
  await tab.draw('store');
  await rest();
  const before = await boxes();
  const target = await tab.attribute('[data-box] .mg-cut', 'data-target');
  await tab.devtools.keyboard.down('Control');
  await tab.clickInPicture(`.mg-cut[data-target="${target}"]`);
  await tab.devtools.keyboard.up('Control');
  await tab.until(`document.querySelector('[data-object="${target}"]')`);
  await rest();
  expect((await boxes()).length).toBeGreaterThan(before.length + 2);
  await tab.press('Control', 'z');
  await tab.until(`!document.querySelector('[data-object="${target}"]')`);
  expect((await boxes()).toSorted()).toEqual(before.toSorted());
  await tab.press('Control', 'Shift', 'Z');
  await tab.until(`document.querySelector('[data-object="${target}"]')`);
});

test('what is there stands still while a ✂ is opened', async () => {
  await tab.draw('store');
  await rest();
  const before = await places();
  const target = await tab.attribute('[data-box] .mg-cut', 'data-target');
  await tab.clickInPicture(`.mg-cut[data-target="${target}"]`);
  await tab.until(`document.querySelector('[data-object="${target}"]')`);
  await rest();
  const after = await places();
  expect(Object.keys(after).length).toBe(Object.keys(before).length + 1);
  expect(Object.keys(before).filter((key) => before[key] !== after[key])).toEqual([]);
});

test('a box is folded, focused, hidden, and its path is shown; all is undone and done again', async () => {
  await tab.draw('store');
  await rest();
  const all = await boxes();
  const owner = await tab.boxWith('"Ann"');
  await select(owner);
  await tab.press('o');
  await tab.until("document.querySelector('.view-bar')?.textContent.includes('Focused on store.owner')");
  await expect.poll(async () => (await boxes())[0], patience).toBe(owner);
  await tab.press('Backspace');
  await expect.poll(async () => (await boxes()).toSorted(), patience).toEqual(all.toSorted());

  await tab.press('x');
  await tab.until(`document.querySelector('[data-box="${owner}"] .mg-cut')`);
  await tab.press('x');
  await tab.until(`!document.querySelector('[data-box="${owner}"] .mg-cut')`);

  await tab.press('p');
  await tab.until("document.querySelector('.view-bar')?.textContent.includes('Only the paths')");
  await expect.poll(async () => (await boxes()).length, patience).toBe(2);
  await tab.press('Control', 'z');
  await tab.until("document.querySelector('.view-bar') === null");
  await tab.press('Control', 'y');
  await tab.until("document.querySelector('.view-bar')");
  await tab.press('Backspace');
  await tab.until("document.querySelector('.view-bar') === null");

  await tab.menu.openAt(`[data-box="${owner}"] .mg-frame`);
  await tab.menu.choose('Hide');
  await tab.until(`!document.querySelector('[data-box="${owner}"]')`);
  await tab.panel.click('[aria-label^="Undo"]');
  await tab.until(`document.querySelector('[data-box="${owner}"]')`);
});
