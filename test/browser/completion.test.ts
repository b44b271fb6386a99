/** Completion in the expression field, by real keys, with and without the debugger; nothing of the page runs for it. */
import { describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });

const offered = () =>
  tab.panel.evaluate(() => [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent));
const field = () =>
  tab.panel.evaluate(() => document.querySelector<HTMLInputElement>('[aria-label=Expression]')?.value);

describe.each([false, true])('with the debugger: %s', (attached) => {
  test('is set up', async () => {
    await tab.setDebugger(attached);
    await tab.page.evaluate(`
      globalThis.runs = 0;
      globalThis.probe = Object.assign(Object.create({ inherited() {} }), { inner: { own: [1] }, item: 1, 'odd name': 2 });
      Object.defineProperty(probe, 'getter', { get() { runs += 1; return { behind: 1 }; } });
      Object.defineProperty(globalThis, 'probeGetter', { configurable: true, get() { runs += 1; return { behind: 1 }; } });
      globalThis.probeProxy = new Proxy({}, { ownKeys() { runs += 1; return []; } });
      0`);
    await tab.draw('probe');
  });

  test('names of an object, its own before those that it inherits; Tab takes one, Enter draws it', async () => {
    await tab.type('probe.i');
    await expect.poll(offered).toEqual(['inner', 'item', 'inherited', 'isPrototypeOf']);
    await tab.press('ArrowDown');
    await tab.press('Tab');
    expect(await field()).toBe('probe.item');
    expect(await offered()).toEqual([]);
    await tab.type('probe.inn');
    await expect.poll(offered).toEqual(['inner']);
    await tab.press('ArrowRight');
    await tab.press('Enter');
    await tab.untilStats('stats.nodes === 2');
  });

  test('global names, names that are no identifiers, and Escape', async () => {
    await tab.type('probeP');
    await expect.poll(offered).toEqual(['probeProxy']);
    await tab.press('Escape');
    expect(await offered()).toEqual([]);
    await tab.type('probe.od');
    await expect.poll(offered).toEqual(['odd name']);
    await tab.press('Tab');
    expect(await field()).toBe('probe["odd name"]');
    await tab.type('document.bod');
    await expect.poll(offered).toContain('body');
  });

  test('keys of a Map, and indexes of a list', async () => {
    await tab.page.evaluate(
      `globalThis.probeMap = new Map([['ann', 1], [12, [2]], ['a key', 3]]); globalThis.probeList = [[], {}, 5]; 0`,
    );
    await tab.type('probeMap.get(');
    await expect.poll(offered).toEqual(['"ann"', '12', '"a key"']);
    await tab.press('ArrowDown');
    await tab.press('Tab');
    expect(await field()).toBe('probeMap.get(12)');
    await tab.press('Enter');
    await tab.untilDrawn('probeMap.get(12)', 1);
    await tab.type("probeMap.get('a k");
    await expect.poll(offered).toEqual(["'a key'"]);
    await tab.press('Tab');
    expect(await field()).toBe("probeMap.get('a key')");
    await tab.type('probeList[');
    await expect.poll(offered).toEqual(['0', '1', '2']);
    await tab.press('Escape');
  });

  test('what was drawn before is offered', async () => {
    await tab.type('probeMap.get(1');
    await expect.poll(offered).toContain('12');
    await tab.type('probeM');
    await expect.poll(offered).toEqual(['probeMap', 'probeMap.get(12)']);
    await tab.press('Escape');
  });

  test('the names of window come at once', async () => {
    const times: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      await tab.type('window');
      await tab.press('Escape');
      await tab.panel.evaluate(() => {
        const listed = new Promise<number>((resolve) => {
          const start = () => {
            const started = performance.now();
            const seen = new MutationObserver(() => {
              if (document.querySelectorAll('[role=option]').length < 100) return;
              seen.disconnect();
              resolve(performance.now() - started);
            });
            seen.observe(document.body, { childList: true, subtree: true });
            setTimeout(() => resolve(Number.MAX_VALUE), 3000);
          };
          document
            .querySelector('[aria-label=Expression]')
            ?.addEventListener('input', start, { once: true, capture: true });
        });
        Object.assign(globalThis, { listed });
      });
      await tab.press('.');
      const took = tab.panel.evaluate('listed') as Promise<number>;
      times.push(await took);
    }
    await tab.press('Escape');
    const [fastest = 0] = times.toSorted((a, b) => a - b);
    // The bound of the product is 50 ms, which the benchmark measures; a machine that runs other tests is given ten times as long.
    expect(fastest, times.join(', ')).toBeLessThan(500);
  });

  test('runs no getter, and with the debugger no trap', async () => {
    await tab.page.evaluate('runs = 0');
    for (const text of ['probe.getter.b', 'probeGetter.b', ...(attached ? ['probeProxy.b'] : [])]) {
      await tab.type(text);
      // The answer for a name that has completions comes after those without.
      await tab.type('probe.inn');
      await expect.poll(offered).toEqual(['inner']);
      expect({ text, runs: await tab.page.evaluate('runs') }).toEqual({ text, runs: 0 });
    }
  });

  test('a screen reader is told of the list', async () => {
    await tab.type('probe.inn');
    await expect.poll(offered).toEqual(['inner']);
    const told = await tab.panel.evaluate(() => {
      const input = document.querySelector('input[role=combobox]');
      const active = document.getElementById(input?.getAttribute('aria-activedescendant') ?? '');
      return [input?.getAttribute('aria-expanded'), active?.getAttribute('aria-selected'), active?.textContent];
    });
    expect(told).toEqual(['true', 'true', 'inner']);
    await tab.press('Escape');
  });
});

test('Shift+Enter begins a new line, and Enter draws all lines', async () => {
  const label = '[aria-label=Expression]';
  const element = () => tab.panel.evaluate((label) => document.querySelector(label)?.localName, label);
  await tab.page.evaluate('globalThis.lines = { one: [1], two: {} }; 0');
  await tab.type('lines.one;');
  await tab.press('Shift', 'Enter');
  await expect.poll(element).toBe('textarea');
  await tab.devtools.keyboard.type('lines.');
  await expect.poll(offered).toEqual(expect.arrayContaining(['one', 'two']));
  await tab.devtools.keyboard.type('two');
  await tab.press('Enter');
  await tab.untilDrawn('lines.one;\nlines.two', 1);
  // The arrow keys stay within the lines before they leave them.
  await tab.press('ArrowUp');
  expect(await field()).toBe('lines.one;\nlines.two');
  await tab.panel.evaluate((label) => {
    const field = document.querySelector<HTMLTextAreaElement>(label);
    field?.select();
  }, label);
  await tab.press('Backspace');
  await expect.poll(element).toBe('input');
  await tab.devtools.keyboard.type('lines.one');
  await tab.press('Alt', 'Enter');
  await tab.until("document.querySelector('.pinned') !== null");
  await tab.removePins();
});

test('pasted lines stay lines', async () => {
  await tab.type('');
  await tab.panel.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'lines.one;\nlines');
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('[aria-label=Expression]')?.dispatchEvent(event);
  });
  await expect.poll(field).toBe('lines.one;\nlines');
  await tab.press('Enter');
  await tab.untilDrawn('lines.one;\nlines', 3);
});
