/** What a person selects in Sources or copies as a path is offered to be drawn, in real DevTools. */
import { beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
const { frontEnd: front } = tab;
beforeAll(async () => {
  // DevTools has the content of what is loaded while it is open.
  await tab.page.reload();
});

const offers = (origin: string) =>
  tab.panel.evaluate(
    (origin) => [...document.querySelectorAll(`[aria-label="${origin}"] .offer`)].map((offer) => offer.textContent),
    origin,
  );
const selected = () => offers('Selected in Sources');
const pasted = () => offers('Pasted path');
const choose = (offer: string) => tab.clickButton(offer, ':has(> .offer)');

describe('selected in Sources', () => {
  /** Puts the caret before a text of the page's document, and selects so many characters by real keys. */
  async function select(before: string, length: number): Promise<void> {
    const text = await tab.page.evaluate(() => fetch(location.href).then((answer) => answer.text()));
    const lines = text.slice(0, text.indexOf(before)).split('\n');
    await front.run(`const { Workspace } = await import('devtools://devtools/bundled/models/workspace/workspace.js');
      const { Revealer } = await import('devtools://devtools/bundled/core/common/common.js');
      const file = Workspace.WorkspaceImpl.instance().uiSourceCodeForURL(${JSON.stringify(tab.page.url())});
      await Revealer.reveal(file.uiLocation(${lines.length - 1}, ${lines.at(-1)?.length}));`);
    await expect.poll(() => front.run("return find('.cm-editor.cm-focused').length;")).toBe(1);
    await tab.devtools.keyboard.down('Shift');
    for (let i = 0; i < length; i++) await tab.press('ArrowRight');
    await tab.devtools.keyboard.up('Shift');
  }

  test('an expression is offered, and drawn at one click', async () => {
    await select('data</code>', 4);
    await expect.poll(selected).toEqual(['data']);
    await choose('data');
    await tab.untilDrawn('data', 5);
    await expect.poll(selected).toEqual([]);
  });

  test('in the Stack view it is offered as a watch', async () => {
    await tab.show('stack');
    await select('data[3]</code>', 7);
    await expect.poll(selected).toEqual(['data[3]']);
    await choose('data[3]');
    await tab.until("memoryGraph.stack().watches[0]?.expression === 'data[3]'");
    await expect.poll(selected).toEqual([]);
    await tab.show('expression');
  });
});

describe('a pasted path', () => {
  const paste = (text: string, selector: string) =>
    tab.panel.evaluate(
      (text, selector) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', text);
        const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
        document.querySelector(selector)?.dispatchEvent(event);
        return event.defaultPrevented;
      },
      text,
      selector,
    );

  test('is drawn at once over the picture, and offered as a part of what was drawn before', async () => {
    await tab.page.evaluate('globalThis.shop = { items: [[1], [2]] }');
    await front.enter('shop');
    await front.storeAsGlobal('shop');
    await tab.untilDrawn('temp1', 4);
    expect(await paste('shop.items', '.stage')).toBe(true);
    await tab.untilDrawn('shop.items', 3);
    await expect.poll(pasted).toEqual(['$_.shop.items', 'temp1.shop.items']);
    await paste('items[1]', '.stage');
    await expect.poll(pasted).toEqual(['$_.items[1]', 'temp1.items[1]']);
    // There is no such name in the page. What is asked later is answered later: there would be a message by then.
    await tab.evaluate("new Promise((resolve) => chrome.devtools.inspectedWindow.eval('1', resolve)).then(() => 1)");
    expect(await tab.text('.notice')).toBe(null);
    await choose('temp1.items[1]');
    await tab.untilDrawn('temp1.items[1]', 1);
    expect(await pasted()).toEqual([]);
  });

  test('in the field it is only offered; what is no path is only put there; prose stays where it is', async () => {
    expect(await paste('items[0]', 'input[aria-label="Expression"]')).toBe(false);
    await expect.poll(pasted).toEqual(['items[0]', '$_.items[0]', 'temp1.items[0]']);
    await paste('shop.items.map((item) => item)', '.stage');
    expect(await tab.evaluate('document.querySelector(\'input[aria-label="Expression"]\').value')).toBe(
      'shop.items.map((item) => item)',
    );
    expect(await pasted()).toEqual([]);
    expect(await paste('not an expression at all', '.stage')).toBe(false);
  });
});
