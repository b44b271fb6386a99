/** What a person does in the tab, in real DevTools: typed with the keyboard, clicked with the mouse. */
import { mkdirSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });

async function clear(): Promise<void> {
  await tab.removePins();
  await tab.goTo(tab.home);
}

describe('a first visit', () => {
  test('says what to type, and draws an example at a click', async () => {
    expect(await tab.text('.welcome')).toContain('Enter an expression');
    const example = await tab.panel.$('.welcome li button');
    await example?.click();
    await tab.until("document.querySelectorAll('[data-box]').length > 1");
    expect(await tab.stats().then(({ shared }) => shared)).toBeGreaterThan(0);
  });
});

describe('an expression', () => {
  beforeEach(async () => {
    await clear();
    await tab.page.evaluate(
      "globalThis.data = [[1, 2], [3, 4], new Set([5, 6]), new Map([[7, 'seven'], [8, 'eight']])]",
    );
  });

  test('typed and drawn with Enter', async () => {
    await tab.typeAndDraw('data');
    await tab.untilBoxes(5);
    expect(await tab.text('.status')).toMatch(/5 objects.*4 references/);
    expect(await tab.panel.$$eval('[data-reference]', (paths) => paths.length)).toBe(4);
  });

  test('up and down go through what was typed before', async () => {
    await tab.typeAndDraw('data[0]');
    await tab.untilBoxes(1);
    await tab.typeAndDraw('data[1]');
    await tab.type('unfinished');
    const field = () =>
      tab.panel.$eval('input[aria-label="Expression"]', (input) =>
        input instanceof HTMLInputElement ? input.value : '',
      );
    const seen: string[] = [];
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown'] as const) {
      await tab.press(key);
      seen.push(await field());
    }
    expect(seen).toEqual(['data[1]', 'data[0]', 'data[1]', 'unfinished']);
  });

  test('pinned ones are drawn as one graph, what they share once', async () => {
    await tab.pin('data[0]');
    await tab.untilBoxes(1);
    await tab.typeAndDraw('data');
    await tab.untilBoxes(6);
    expect(await tab.stats().then(({ shared }) => shared)).toBe(1);
    await tab.panel.click('.pinned button');
    await tab.untilBoxes(5);
  });

  test('is read again with the refresh button', async () => {
    await tab.typeAndDraw('data');
    await tab.untilBoxes(5);
    await tab.page.evaluate('data.push([9])');
    await tab.drawAgain();
    await tab.untilBoxes(6);
  });

  test('the same object keeps its number, and looking leaves nothing in the page', async () => {
    // `graph` comes and goes with the tab, by the console's watch (console.test.ts).
    const ownNames = () =>
      tab.page.evaluate(() =>
        Reflect.ownKeys(globalThis)
          .map(String)
          .filter((name) => name !== 'graph')
          .sort(),
      );
    const names = await ownNames();
    await tab.typeAndDraw('data');
    await tab.untilBoxes(5);
    const number = () => tab.diagram().then(({ boxes }) => boxes.map((box) => box.object));
    const before = await number();
    await tab.draw('data[3]', 'data');
    const after = await number();
    expect(new Set(after.filter((id) => id !== null))).toEqual(new Set(before));
    expect(await ownNames()).toEqual(names);
  });
});

describe('moving about', () => {
  const transform = () => tab.attribute('svg.picture > g', 'transform');
  const scale = async () => Number(/scale\(([\d.]+)\)/.exec((await transform()) ?? '')?.[1]);

  beforeAll(async () => {
    await clear();
    await tab.draw('Array.from({ length: 20 }, (_, i) => [i])');
  });

  test('dragging moves the picture', async () => {
    const before = await transform();
    const canvas = await tab.panel.$('.canvas');
    const place = await canvas?.boundingBox();
    if (!place) throw new Error('The canvas has no place.');
    const { mouse } = tab.devtools;
    // Beside the boxes, which are dragged alone.
    const [x, y] = [place.x + 6, place.y + place.height - 6];
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x + 40, y - 30);
    await mouse.up();
    expect(await transform()).not.toBe(before);
  });

  test('Ctrl and the wheel zoom, the keys zoom, fit and show 100 %', async () => {
    const canvas = await tab.panel.$('.canvas');
    await canvas?.focus();
    await tab.press('1');
    expect(await scale()).toBe(1);
    await tab.press('+');
    expect(await scale()).toBeCloseTo(2 ** (1 / 3));
    await tab.press('-');
    await canvas?.hover();
    await tab.devtools.keyboard.down('Control');
    await tab.devtools.mouse.wheel({ deltaY: -240 });
    await tab.devtools.keyboard.up('Control');
    await tab.until("/scale\\(2\\)/.test(document.querySelector('svg.picture > g').getAttribute('transform'))");
    await tab.press('f');
    expect(await scale()).toBeLessThanOrEqual(1);
  });
});

describe('what goes wrong is said in one sentence, and the last picture stays', () => {
  beforeEach(async () => {
    await clear();
    await tab.draw('[[1], [2]]');
  });

  test.each([
    ['a syntax error', '[1,', /^!SyntaxError: /],
    ['a thrown error', "(() => { throw new TypeError('no luck') })()", /TypeError: no luck/],
    ['a name that is not there', 'noSuchName', /ReferenceError: noSuchName is not defined/],
  ])('%s', async (_, expression, sentence) => {
    await tab.typeAndDraw(expression);
    await tab.untilError();
    expect(await tab.text('.notice')).toMatch(sentence);
    await tab.untilBoxes(3);
  });

  test('one of several that fails does not keep the others from being drawn', async () => {
    await tab.pin('noSuchName');
    await tab.typeAndDraw('[[1]]');
    await tab.untilBoxes(3);
    expect(await tab.text('.notice')).toContain('noSuchName');
  });

  test('a page that is busy for ever', async () => {
    // Ends by itself, so that the browser can be closed: longer than the deadline, shorter than the test.
    await tab.typeAndDraw(
      '(() => { const end = performance.now() + 8000; while (performance.now() < end); return 1 })()',
    );
    await tab.untilError();
    expect(await tab.text('.notice')).toMatch(/didn't respond within 5 s/);
    await tab.untilBoxes(3);
    await tab.page.evaluate('1');
  });

  test('a navigation marks the picture, and one click draws again', async () => {
    await tab.draw('[document.title]');
    await tab.page.goto(tab.home);
    await tab.until("document.querySelector('.notice.stale') !== null");
    await tab.until("document.querySelector('.canvas.stale') !== null");
    await tab.panel.click('.notice .text-button');
    await tab.until("document.querySelector('.notice') === null");
    await tab.untilBoxes(1);
  });

  test.each([
    ['chrome://version', false],
    ['about:blank', true],
    ['data:text/html,<p>A page', true],
    ['http://127.0.0.1:1/', true],
  ])('%s cannot be read; with the debugger: %s', async (url, withDebugger) => {
    await tab.page.goto(url).catch((error) => {
      if (!String(error).includes('ERR_UNSAFE_PORT')) throw error;
    });
    // DevTools may still be between the two pages: it says so, and the next drawing is of the second.
    await expect
      .poll(async () => {
        await tab.typeAndDraw('[[1]]');
        await tab.untilError();
        return tab.text('.notice');
      })
      .toContain("Extensions can't access this page");
    if (withDebugger) {
      await tab.setDebugger(true);
      await tab.typeAndDraw('[[1]]');
      await tab.untilBoxes(2);
      await tab.setDebugger(false);
    }
    await tab.page.goto(tab.home);
    await tab.typeAndDraw('[1]');
    await tab.untilBoxes(1);
  });
});

test('a page that allows nothing is drawn all the same', async () => {
  await tab.page.goto(tab.addressOf('strict-csp.html'));
  await tab.typeAndDraw('[[1, 2]]');
  await tab.untilBoxes(2);
});

describe('appearance', () => {
  beforeAll(async () => {
    mkdirSync(`${projectRoot}/out`, { recursive: true });
    await clear();
    await tab.page.evaluate("globalThis.a = [[1, 2], ['a', 'b']]; globalThis.c = [...a, 'a '.repeat(60), a]");
    await tab.draw('a', 'c');
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 500],
    ['dark', 500],
  ] as const)('%s, %i px wide: nothing overflows', async (theme, width) => {
    await tab.resize(width, 700);
    await tab.setTheme(theme);
    await tab.screenshot(`${projectRoot}/out/panel-${theme}-${width}.png`);
    const overflow = await tab.panel.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test('every text is inside its cell', async () => {
    const outside = await tab.panel.evaluate(() =>
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
    await tab.panel.evaluate(() => memoryGraph.view({ amount: 'all' }));
    await tab.page.evaluate("globalThis.crowd = Array.from({ length: 24 }, (_, i) => [{ name: 'person ' + i }])");
    await tab.typeAndDraw('crowd');
    await tab.untilBoxes(49);
    await tab.press('Control', 'f');
    await tab.devtools.keyboard.type('PERSON 2');
    await tab.until(`${count} === '1 of 5'`);
    const first = await tab.text('.find-bar');
    expect(await tab.panel.evaluate(inSight)).toBe(true);
    for (const place of ['2 of 5', '3 of 5', '4 of 5', '5 of 5', '1 of 5']) {
      await tab.press('Enter');
      await tab.until(`${count} === '${place}' && ${inSight}`);
    }
    expect(await tab.text('.find-bar')).toBe(first);
    await tab.press('Escape');
    await tab.until("!document.querySelector('.find-bar, .find-ring')");
  });

  test("DevTools' own search bar searches the picture, too", async () => {
    await tab.panel.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    // With the focus on DevTools' own row of tabs, its own Ctrl+F is heard.
    await tab.devtools.mouse.click(1200, 12);
    await tab.press('Control', 'f');
    await tab.devtools.keyboard.type('person 23');
    await tab.until(`${count} === '1 of 1' && ${inSight}`);
    await tab.press('Escape');
    await tab.until("!document.querySelector('.find-bar')");
  });

  test('an identity number is found although it is not shown, and what is nowhere is said to be', async () => {
    const number = await tab.panel.evaluate(() =>
      document.querySelector('.mg-boxes .mg-array[data-object]')?.getAttribute('data-object'),
    );
    await tab.panel.click('[aria-label="Find in graph (Ctrl+F)"]');
    await tab.devtools.keyboard.type(`#${number}`);
    await tab.until(`${count} === '1 of 1'`);
    await tab.devtools.keyboard.type('x');
    await tab.until(`${count} === 'No matches'`);
    await tab.press('Escape');
  });
});
