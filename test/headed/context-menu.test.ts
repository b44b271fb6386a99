/**
 * From an object's own context menu in the Console to its graph, with the native menus, mouse and keyboard of a
 * display that nobody sees. The rest is tested without one (test/browser/console.test.ts).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Display, startDisplay } from '../../scripts/lib/display.mjs';
import { MemoryGraphPage } from '../browser/memory-graph-page.ts';

let display: Display;
const tab = new MemoryGraphPage();
const { frontEnd: front } = tab;
beforeAll(async () => {
  display = await startDisplay({ width: 1300, height: 920 });
  process.env.DISPLAY = display.name;
  await tab.open({ url: 'index.html', window: true });
  await tab.untilGraphIsOffered();
  // What DevTools puts into a native menu is seen from here, and nowhere else; where the mouse is, too.
  await front.run(`const Host = await import('devtools://devtools/bundled/core/host/host.js');
    const host = Host.InspectorFrontendHost.InspectorFrontendHostInstance;
    const show = host.showContextMenuAtPoint;
    host.showContextMenuAtPoint = (x, y, items, document) => {
      globalThis.shownMenu = items.filter(({ type }) => type !== 'separator').map(({ label }) => label);
      return show.call(host, x, y, items, document);
    };
    addEventListener('mousemove', (event) => {
      const { clientX, clientY, screenX, screenY } = event;
      globalThis.mouseOffset = { x: screenX - clientX, y: screenY - clientY };
      globalThis.pointedAt = event.composedPath();
    }, { capture: true });`);
});
afterAll(async () => {
  await tab.close();
  display?.close();
});

/** Where the middle of an element of the front end is on the display. */
async function placeOf(find: string): Promise<{ readonly x: number; readonly y: number }> {
  await expect.poll(() => front.run(`return (${find}) !== undefined;`)).toBe(true);
  const read = async (): Promise<readonly number[]> => {
    const place = await front.run(`const { left, top, width, height } = (${find}).getBoundingClientRect();
      const offset = globalThis.mouseOffset ?? { x: NaN, y: NaN };
      return [left + offset.x + Math.min(width / 2, 40), top + offset.y + height / 2].map(Math.round);`);
    return Array.isArray(place) ? place.map(Number) : [];
  };
  // DevTools is docked at the right: the mouse's events say where that is.
  await expect
    .poll(async () => {
      await display.input('mousemove', 1000, 600);
      await display.input('mousemove', 1001, 601);
      return (await read()).every(Number.isFinite);
    })
    .toBe(true);
  const [x = 0, y = 0] = await read();
  return { x, y };
}

/** Puts the mouse onto an element: it may move between measuring and pointing, as long as the Console fills. */
async function pointAt(find: string): Promise<void> {
  await expect
    .poll(async () => {
      const { x, y } = await placeOf(find);
      await display.input('mousemove', x, y);
      return front.run(`return globalThis.pointedAt.includes(${find});`);
    })
    .toBe(true);
}

/** Right-clicks an element and chooses an item of the menu that comes by the keyboard. Answers when, by performance.now(). */
async function chooseFromMenu(find: string, item: string): Promise<number> {
  await front.run('delete globalThis.shownMenu;');
  await pointAt(find);
  const windows = await display.windows();
  await display.input('click', 3);
  await expect.poll(() => front.run("return 'shownMenu' in globalThis;")).toBe(true);
  await expect.poll(() => display.windows()).toBeGreaterThan(windows);
  const shown = await front.run('return globalThis.shownMenu;');
  const items = Array.isArray(shown) ? shown.map(String) : [];
  const index = items.indexOf(item);
  if (index < 0) throw new Error(`The menu has no ${item}: ${items.join(', ')}.`);
  await display.input('key', '--delay', 50, ...Array.from({ length: index + 1 }, () => 'Down'));
  const chosen = performance.now();
  await display.input('key', 'Return');
  return chosen;
}

const message = (text: string, selector: string) =>
  `find('.console-message-text').filter((one) => one.textContent.includes(${JSON.stringify(text)}))
    .flatMap((one) => find(${JSON.stringify(selector)}, one))[0]`;

describe('an object in the Console', () => {
  test('is drawn by Store as global variable in its own menu, with a link to it', async () => {
    await tab.page.evaluate("console.log('look', [[1], [2]])");
    await front.showConsole();
    const chosen = await chooseFromMenu(message('look', '.object-value-array'), 'Store as global variable');
    await tab.untilDrawn('temp1', 3);
    const standing = performance.now();
    await expect
      .poll(() => front.messages(), { interval: 20 })
      .toContain('Show in Memory Graph: memory-graph://graph/temp1');
    console.log(
      `From the menu to the picture ${Math.round(standing - chosen)} ms, to the link ${Math.round(performance.now() - chosen)} ms`,
    );
  });

  test('is seen in the tab at a click on the link', async () => {
    await tab.draw('[1]');
    await front.showConsole();
    await pointAt(message('memory-graph://graph/temp1', '.devtools-link'));
    await display.input('click', 1);
    await expect.poll(() => front.selectedTab()).toMatch(/^chrome-extension:/);
    await tab.untilDrawn('temp1', 3);
  });

  test('is seen in the tab by Open using Memory Graph in the link’s own menu', async () => {
    await tab.draw('[1]');
    await front.showConsole();
    await chooseFromMenu(message('memory-graph://graph/temp1', '.devtools-link'), 'Open using Memory Graph');
    await expect.poll(() => front.selectedTab()).toMatch(/^chrome-extension:/);
    await tab.untilDrawn('temp1', 3);
  });
});

test('a copied property path is pasted, and drawn as a part of what was drawn before', async () => {
  // The Console begins anew with the document, once DevTools knows it.
  await tab.page.reload();
  await tab.untilGraphIsOffered();
  await tab.page.evaluate("globalThis.shop = { counter: { items: [['a'], ['b']] } }");
  await front.showConsole();
  await front.enter('shop');
  const property = (name: string) => `find('.name-and-value .name').find((one) => one.textContent === '${name}')`;
  const click = async (find: string) => {
    await pointAt(find);
    await display.input('click', 1);
  };
  // The first click may come while the Console still moves: again, with time to expand, until it has.
  await expect
    .poll(
      async () => {
        const expanded = await front.run(`return ${property('counter')} !== undefined;`);
        if (expanded !== true)
          await click("find('.console-user-command-result .console-view-object-properties-section').at(-1)");
        return expanded;
      },
      { interval: 1000 },
    )
    .toBe(true);
  await click(property('counter'));
  await chooseFromMenu(property('items'), 'Copy property path');
  await tab.draw('[1]');
  await tab.showTab();
  // Onto the picture: whatever has no field of its own takes a path.
  const { x, y } = await placeOf("find('iframe').find(({ src }) => src.endsWith('/panel/panel.html'))");
  await display.input('mousemove', x, y);
  await display.input('click', 1);
  await tab.panel.waitForFunction('document.hasFocus()', { polling: 50 });
  await display.input('key', 'ctrl+v');
  const offer = "[...document.querySelectorAll('.offer')].find((one) => one.textContent === '$_.counter.items')";
  await tab.panel.waitForFunction(`${offer} !== undefined`, { polling: 50 });
  await tab.panel.evaluate(`${offer}.click()`);
  await tab.untilDrawn('$_.counter.items', 3);
});
