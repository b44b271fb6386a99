/** What a person does in the tab, in real DevTools: typed with the keyboard, clicked with the mouse. */
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
let home: string;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
  home = tools.page.url();
});
afterAll(() => tools.close());

const text = (selector: string): Promise<string> =>
  tools.panel.evaluate((selector) => document.querySelector(selector)?.textContent ?? '', selector);
const attribute = (selector: string, name: string): Promise<string | null> =>
  tools.panel.evaluate(
    (selector, name) => document.querySelector(selector)?.getAttribute(name) ?? null,
    selector,
    name,
  );

const boxes = (count: number) => tools.until(`document.querySelectorAll('[data-box]').length === ${count}`);

async function type(expression: string): Promise<void> {
  await tools.panel.click('input[aria-label="Expression"]', { count: 3 });
  await tools.devtools.keyboard.press('Backspace');
  await tools.devtools.keyboard.type(expression);
}

async function typeAndDraw(expression: string): Promise<void> {
  await type(expression);
  await tools.devtools.keyboard.press('Enter');
}

async function clear(): Promise<void> {
  for (const button of await tools.panel.$$('.pinned button')) await button.click();
  await tools.goTo(home);
}

describe('a first visit', () => {
  test('says what to type, and draws an example at a click', async () => {
    expect(await text('.welcome')).toContain('Type an expression');
    const example = await tools.panel.$('.welcome li button');
    await example?.click();
    await tools.until("document.querySelectorAll('[data-box]').length > 1");
    expect(await tools.panel.evaluate(() => memoryGraph.stats().shared)).toBeGreaterThan(0);
  });
});

describe('an expression', () => {
  beforeEach(async () => {
    await clear();
    await tools.page.evaluate(
      "globalThis.data = [[1, 2], [3, 4], new Set([5, 6]), new Map([[7, 'seven'], [8, 'eight']])]",
    );
  });

  test('typed and drawn with Enter', async () => {
    await typeAndDraw('data');
    await boxes(5);
    expect(await text('.status')).toMatch(/5 objects.*4 references/);
    expect(await tools.panel.$$eval('[data-reference]', (paths) => paths.length)).toBe(4);
  });

  test('up and down go through what was typed before', async () => {
    await typeAndDraw('data[0]');
    await boxes(1);
    await typeAndDraw('data[1]');
    await type('unfinished');
    const field = () =>
      tools.panel.$eval('input[aria-label="Expression"]', (input) =>
        input instanceof HTMLInputElement ? input.value : '',
      );
    const seen: string[] = [];
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown'] as const) {
      await tools.devtools.keyboard.press(key);
      seen.push(await field());
    }
    expect(seen).toEqual(['data[1]', 'data[0]', 'data[1]', 'unfinished']);
  });

  test('pinned ones are drawn as one graph, what they share once', async () => {
    await type('data[0]');
    await tools.panel.click('.field .text-button');
    await boxes(1);
    await typeAndDraw('data');
    await boxes(6);
    expect(await tools.panel.evaluate(() => memoryGraph.stats().shared)).toBe(1);
    await tools.panel.click('.pinned button');
    await boxes(5);
  });

  test('is read again with the refresh button', async () => {
    await typeAndDraw('data');
    await boxes(5);
    await tools.page.evaluate('data.push([9])');
    await tools.panel.click('[aria-label^="Draw again"]');
    await boxes(6);
  });

  test('the same object keeps its number, and looking leaves nothing in the page', async () => {
    // `graph` comes and goes with the tab, by the console's watch (console.test.ts).
    const ownNames = () =>
      tools.page.evaluate(() =>
        Reflect.ownKeys(globalThis)
          .map(String)
          .filter((name) => name !== 'graph')
          .sort(),
      );
    const names = await ownNames();
    await typeAndDraw('data');
    await boxes(5);
    const number = () => tools.panel.evaluate(() => memoryGraph.diagram().boxes.map((box) => box.object));
    const before = await number();
    await tools.panel.evaluate(() => memoryGraph.draw('data[3]', 'data'));
    const after = await number();
    expect(new Set(after.filter((id) => id !== null))).toEqual(new Set(before));
    expect(await ownNames()).toEqual(names);
  });
});

describe('moving about', () => {
  const transform = () => attribute('svg.picture > g', 'transform');
  const scale = async () => Number(/scale\(([\d.]+)\)/.exec((await transform()) ?? '')?.[1]);

  beforeAll(async () => {
    await clear();
    await tools.panel.evaluate(() => memoryGraph.draw('Array.from({ length: 20 }, (_, i) => [i])'));
  });

  test('dragging moves the picture', async () => {
    const before = await transform();
    const canvas = await tools.panel.$('.canvas');
    const place = await canvas?.boundingBox();
    if (!place) throw new Error('The canvas has no place.');
    const { mouse } = tools.devtools;
    await mouse.move(place.x + 100, place.y + 100);
    await mouse.down();
    await mouse.move(place.x + 140, place.y + 130);
    await mouse.up();
    expect(await transform()).not.toBe(before);
  });

  test('Ctrl and the wheel zoom, the keys zoom, fit and show 100 %', async () => {
    const canvas = await tools.panel.$('.canvas');
    await canvas?.focus();
    await tools.devtools.keyboard.press('1');
    expect(await scale()).toBe(1);
    await tools.devtools.keyboard.press('+');
    expect(await scale()).toBeCloseTo(2 ** (1 / 3));
    await tools.devtools.keyboard.press('-');
    await canvas?.hover();
    await tools.devtools.keyboard.down('Control');
    await tools.devtools.mouse.wheel({ deltaY: -240 });
    await tools.devtools.keyboard.up('Control');
    await tools.until("/scale\\(2\\)/.test(document.querySelector('svg.picture > g').getAttribute('transform'))");
    await tools.devtools.keyboard.press('f');
    expect(await scale()).toBeLessThanOrEqual(1);
  });
});

describe('what goes wrong is said in one sentence, and the last picture stays', () => {
  beforeEach(async () => {
    await clear();
    await tools.panel.evaluate(() => memoryGraph.draw('[[1], [2]]'));
  });

  test.each([
    ['a syntax error', '[1,', /^!The expression does not parse: .+\. Correct it/],
    ['a thrown error', "(() => { throw new TypeError('no luck') })()", /TypeError: no luck/],
    ['a name that is not there', 'noSuchName', /ReferenceError: noSuchName is not defined/],
  ])('%s', async (_, expression, sentence) => {
    await typeAndDraw(expression);
    await tools.until("document.querySelector('.notice.error') !== null");
    expect(await text('.notice')).toMatch(sentence);
    await boxes(3);
  });

  test('one of several that fails does not keep the others from being drawn', async () => {
    await type('noSuchName');
    await tools.panel.click('.field .text-button');
    await typeAndDraw('[[1]]');
    await boxes(3);
    expect(await text('.notice')).toContain('noSuchName');
  });

  test('a page that is busy for ever', async () => {
    // Ends by itself, so that the browser can be closed: longer than the deadline, shorter than the test.
    await typeAndDraw('(() => { const end = performance.now() + 8000; while (performance.now() < end); return 1 })()');
    await tools.until("document.querySelector('.notice.error') !== null");
    expect(await text('.notice')).toMatch(/did not answer within 5 s/);
    await boxes(3);
    await tools.page.evaluate('1');
  });

  test('a navigation marks the picture, and one click draws again', async () => {
    await tools.panel.evaluate(() => memoryGraph.draw('[document.title]'));
    await tools.page.goto(home);
    await tools.until("document.querySelector('.notice.stale') !== null");
    await tools.until("document.querySelector('.canvas.stale') !== null");
    await tools.panel.click('.notice .text-button');
    await tools.until("document.querySelector('.notice') === null");
    await boxes(1);
  });

  test.each([
    ['chrome://version', false],
    ['about:blank', true],
    ['data:text/html,<p>A page', true],
    ['http://127.0.0.1:1/', true],
  ])('%s cannot be read; with the debugger: %s', async (url, withDebugger) => {
    await tools.page.goto(url).catch((error) => {
      if (!String(error).includes('ERR_UNSAFE_PORT')) throw error;
    });
    // DevTools may still be between the two pages: it says so, and the next drawing is of the second.
    await expect
      .poll(async () => {
        await typeAndDraw('[[1]]');
        await tools.until("document.querySelector('.notice.error') !== null");
        return text('.notice');
      })
      .toContain('Chrome lets no extension read this page');
    if (withDebugger) {
      await tools.setDebugger(true);
      await typeAndDraw('[[1]]');
      await boxes(2);
      await tools.setDebugger(false);
    }
    await tools.page.goto(home);
    await typeAndDraw('[1]');
    await boxes(1);
  });
});

test('a page that allows nothing is drawn all the same', async () => {
  await tools.page.goto(new URL('strict-csp.html', home).href);
  await typeAndDraw('[[1, 2]]');
  await boxes(2);
});

describe('how it looks', () => {
  beforeAll(async () => {
    mkdirSync(`${projectRoot}/out`, { recursive: true });
    await clear();
    await tools.page.evaluate("globalThis.a = [[1, 2], ['a', 'b']]; globalThis.c = [...a, 'a '.repeat(60), a]");
    await tools.panel.evaluate(() => memoryGraph.draw('a', 'c'));
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 500],
    ['dark', 500],
  ] as const)('%s, %i px wide: nothing overflows', async (theme, width) => {
    await tools.resize(width, 700);
    await tools.setTheme(theme);
    await tools.screenshot(`${projectRoot}/out/panel-${theme}-${width}.png`);
    const overflow = await tools.panel.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test('every text is inside its cell', async () => {
    const outside = await tools.panel.evaluate(() =>
      [...document.querySelectorAll('[data-box] .mg-cell')].flatMap((cell) => {
        const frame = cell.querySelector('rect')?.getBoundingClientRect();
        const text = cell.querySelector('text')?.getBoundingClientRect();
        if (!frame || !text) return [];
        return text.left < frame.left - 0.5 || text.right > frame.right + 0.5 ? [cell.textContent] : [];
      }),
    );
    expect(outside).toEqual([]);
  });
});

describe('finding in the picture', () => {
  const count = "document.querySelector('.find-count')?.textContent";
  const inSight = `(() => {
    const ring = document.querySelector('.find-ring.current')?.getBoundingClientRect();
    const canvas = document.querySelector('.canvas').getBoundingClientRect();
    return ring && ring.left >= canvas.left && ring.right <= canvas.right && ring.top >= canvas.top && ring.bottom <= canvas.bottom;
  })()`;

  test('Ctrl+F, a text, and on from match to match, each brought into sight', async () => {
    await clear();
    await tools.page.evaluate("globalThis.crowd = Array.from({ length: 24 }, (_, i) => [{ name: 'person ' + i }])");
    await typeAndDraw('crowd');
    await boxes(49);
    await tools.devtools.keyboard.down('Control');
    await tools.devtools.keyboard.press('f');
    await tools.devtools.keyboard.up('Control');
    await tools.devtools.keyboard.type('PERSON 2');
    await tools.until(`${count} === '1 of 5'`);
    const first = await text('.find-bar');
    expect(await tools.panel.evaluate(inSight)).toBe(true);
    for (const place of ['2 of 5', '3 of 5', '4 of 5', '5 of 5', '1 of 5']) {
      await tools.devtools.keyboard.press('Enter');
      await tools.until(`${count} === '${place}' && ${inSight}`);
    }
    expect(await text('.find-bar')).toBe(first);
    await tools.devtools.keyboard.press('Escape');
    await tools.until("!document.querySelector('.find-bar, .find-ring')");
  });

  test("DevTools' own search bar searches the picture, too", async () => {
    await tools.panel.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    // With the focus on DevTools' own row of tabs, its own Ctrl+F is heard.
    await tools.devtools.mouse.click(1200, 12);
    await tools.devtools.keyboard.down('Control');
    await tools.devtools.keyboard.press('f');
    await tools.devtools.keyboard.up('Control');
    await tools.devtools.keyboard.type('person 23');
    await tools.until(`${count} === '1 of 1' && ${inSight}`);
    await tools.devtools.keyboard.press('Escape');
    await tools.until("!document.querySelector('.find-bar')");
  });

  test('an identity number is found although it is not shown, and what is nowhere is said to be', async () => {
    const number = await tools.panel.evaluate(() =>
      document.querySelector('.mg-boxes .mg-array[data-object]')?.getAttribute('data-object'),
    );
    await tools.panel.click('[aria-label="Find in the picture (Ctrl+F)"]');
    await tools.devtools.keyboard.type(`#${number}`);
    await tools.until(`${count} === '1 of 1'`);
    await tools.devtools.keyboard.type('x');
    await tools.until(`${count} === 'not in the picture'`);
    await tools.devtools.keyboard.press('Escape');
  });
});
