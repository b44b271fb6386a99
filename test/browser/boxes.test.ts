/** Boxes under the pointer and the keyboard, in real DevTools: lit up, selected, walked along, expanded, moved. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });

const boxSelector = async (text: string) => `[data-box="${await tab.boxWith(text)}"]`;

/** Cells' texts of the selected box; null when none is. */
const selected = () =>
  tab.panel.evaluate(() => {
    const key = document.querySelector('.canvas')?.getAttribute('data-selected');
    const box = key ? document.querySelector(`[data-box="${key}"]`) : null;
    return box && [...box.querySelectorAll('.mg-cell text')].map(({ textContent }) => textContent).join(' ');
  });

describe('pointing lights up', () => {
  /** The references that are lit, as `name of the cell → first cell of the target`, and how many boxes are. */
  const lit = () =>
    tab.panel.evaluate(() => {
      const { boxes } = memoryGraph.diagram();
      const texts = (key: string | null) =>
        boxes.find((box) => box.key === key)?.rows.flatMap((row) => row.map((cell) => cell?.text ?? '')) ?? [];
      const references = [...document.querySelectorAll('[data-reference][data-lit]')].map(
        (element) => `${texts(element.getAttribute('data-from'))[0]} → ${texts(element.getAttribute('data-to'))[0]}`,
      );
      return { references: references.sort(), boxes: document.querySelectorAll('[data-box][data-lit]').length };
    });
  const away = async () => {
    await tab.panel.hover('.status');
    await tab.until("document.querySelector('[data-lit]') === null");
  };
  /** Puts the pointer there until something is lit; DevTools may be busy when it moves. */
  const pointAt = (selector: string) =>
    expect
      .poll(async () => {
        await tab.panel.hover('.status');
        await tab.panel.hover(selector);
        const found = await tab.panel.waitForSelector('[data-lit]', { timeout: 3000 }).catch(() => null);
        return found !== null;
      })
      .toBe(true);
  /** Puts the pointer on the middle of a line. */
  const onLine = async (selector: string) => {
    const { x, y } = await tab.panel.evaluate((selector) => {
      const path = document.querySelector(`${selector} > .mg-line`);
      if (!(path instanceof SVGPathElement)) throw new Error(`There is no line at ${selector}.`);
      const { x, y } = path
        .getPointAtLength(path.getTotalLength() / 2)
        .matrixTransform(path.getScreenCTM() ?? undefined);
      return { x, y };
    }, selector);
    const frame = await (await tab.panel.frameElement())?.boundingBox();
    await tab.devtools.mouse.move((frame?.x ?? 0) + x, (frame?.y ?? 0) + y);
  };

  beforeAll(async () => {
    await tab.page.evaluate(
      'globalThis.b = { b: 1 }; globalThis.a = { a: b, again: b }; globalThis.c = { c: a }; globalThis.alone = { alone: 1 }',
    );
    await tab.draw('[c, a, b, alone]');
  });
  beforeEach(away);

  test('a box: all its references, and only those', async () => {
    await pointAt(`${await boxSelector('a')} > .mg-frame`);
    await tab.until("document.querySelector('[data-lighting=pointer]') !== null");
    expect(await lit()).toEqual({ references: ['0 → a', 'a → b', 'a → b', 'c → a'], boxes: 1 });
  });

  test('a reference: it alone, with both its ends', async () => {
    await onLine(`[data-from="${await tab.boxWith('c')}"]`);
    await tab.until("document.querySelector('[data-lit]') !== null");
    expect(await lit()).toEqual({ references: ['c → a'], boxes: 2 });
  });

  test('a reference’s cell: the reference', async () => {
    await pointAt(`${await boxSelector('c')} [data-port]`);
    expect(await lit()).toEqual({ references: ['c → a'], boxes: 2 });
  });

  test('what is lit is heavier, the rest is paler, and both end', async () => {
    const look = () =>
      tab.panel.evaluate(() => {
        const of = (selector: string) => {
          const element = document.querySelector(selector);
          return element ? getComputedStyle(element) : null;
        };
        return {
          width: of('[data-lit] > .mg-line')?.strokeWidth,
          opacity: of('.mg-references > :not([data-lit])')?.opacity,
        };
      });
    await pointAt(`${await boxSelector('c')} [data-port]`);
    expect(await look()).toEqual({ width: '2.25px', opacity: '0.22' });
    await away();
    expect(await look()).toEqual({ width: undefined, opacity: '1' });
  });

  test('many references that meet in a circle: the line from there as well', async () => {
    await tab.draw('[b, b, b, b, b, b, a]');
    await tab.until("document.querySelector('[data-join]') !== null");
    await onLine(`[data-reference][data-to="${await tab.boxWith('b')}"]`);
    await tab.until("document.querySelector('[data-join][data-lit]') !== null");
    expect((await lit()).references).toHaveLength(1);
  });
});

describe('a box is selected', () => {
  beforeAll(async () => {
    await tab.page.evaluate(
      "globalThis.leaf = ['leaf']; globalThis.tree = { left: { x: leaf, z: leaf }, right: { w: 3 } }",
    );
  });
  beforeEach(async () => {
    await tab.draw('1');
    await tab.draw('tree');
    await tab.panel.hover('.status');
    await tab.panel.focus('.canvas');
    // Without a selection the key is DevTools', which opens its drawer.
    if ((await selected()) !== null) await tab.press('Escape');
  });

  test('by a click, until a click on the background', async () => {
    await tab.panel.click(`${await boxSelector('x')} > .mg-frame`, { offset: { x: 2, y: 2 } });
    expect(await selected()).toBe('x z');
    await tab.panel.click('.canvas', { offset: { x: 5, y: 300 } });
    expect(await selected()).toBeNull();
    expect(await tab.panel.$('.selection')).toBeNull();
  });

  test('by the arrow keys, from the root along references and to neighbors', async () => {
    const seen: (string | null)[] = [];
    for (const key of [
      'ArrowUp',
      'ArrowDown',
      'ArrowLeft',
      'ArrowRight',
      'ArrowLeft',
      'ArrowDown',
      'ArrowUp',
      'Home',
    ] as const) {
      await tab.press(key);
      seen.push(await selected());
    }
    const [root, left, right] = ['left right', 'x z', 'w 3'];
    // Either may be straight below the root.
    expect([left, right]).toContain(seen[1]);
    expect(seen.toSpliced(1, 1)).toEqual([root, left, right, left, '0 "leaf"', left, root]);
  });

  test('Tab reaches the picture, and leaves it', async () => {
    await tab.panel.focus('.field input');
    const canvas = () => tab.panel.evaluate(() => document.activeElement?.classList.contains('canvas') ?? false);
    for (let stops = 0; stops < 5 && !(await canvas()); stops++) await tab.press('Tab');
    expect(await canvas()).toBe(true);
    await tab.press('ArrowDown');
    expect(await selected()).toBe('left right');
    await tab.press('Shift', 'Tab');
    expect(await canvas()).toBe(false);
  });

  test('it is marked by a frame with corners, its references are lit, and a screen reader hears what it is', async () => {
    for (const key of ['Home', 'ArrowDown', 'ArrowLeft', 'ArrowDown'] as const) await tab.press(key);
    await tab.panel.hover('.status');
    await tab.until("document.querySelector('[data-lighting=selection]') !== null");
    expect(await tab.panel.$$eval('[data-reference][data-lit]', (references) => references.length)).toBe(2);
    expect(await tab.panel.$$eval('.selection rect', (parts) => parts.length)).toBe(5);
    const heard = await tab.panel.evaluate(() => {
      const id = document.querySelector('.canvas')?.getAttribute('aria-activedescendant') ?? '';
      return document.getElementById(id)?.getAttribute('aria-label')?.replaceAll(/#\d+/g, '#n');
    });
    expect(heard).toBe('Array #n, 1 value, referred to by x of Object #n and z of Object #n');
  });

  test('it stays selected when the picture is drawn again, and not when another page has its number', async () => {
    for (const key of ['Home', 'ArrowDown', 'ArrowLeft'] as const) await tab.press(key);
    await tab.page.evaluate('tree = { first: {}, ...tree }');
    await tab.drawAgain();
    await tab.untilBoxes(5);
    expect(await selected()).toBe('x z');
    await tab.page.reload();
    await tab.until("document.querySelector('.canvas.stale') !== null");
    expect(await selected()).toBeNull();
    await tab.page.evaluate(
      "globalThis.leaf = ['leaf']; globalThis.tree = { left: { x: leaf, z: leaf }, right: { w: 3 } }",
    );
  });

  test('it comes into sight, and Shift with an arrow moves the picture', async () => {
    await tab.press('1');
    for (let step = 0; step < 20; step++) await tab.devtools.keyboard.down('+');
    await tab.devtools.keyboard.up('+');
    const inSight = () =>
      tab.panel.evaluate(() => {
        const mark = document.querySelector('.selection')?.getBoundingClientRect();
        const canvas = document.querySelector('.canvas')?.getBoundingClientRect();
        return mark && canvas
          ? mark.left < canvas.right && mark.top < canvas.bottom && mark.right > canvas.left && mark.bottom > canvas.top
          : null;
      });
    for (const key of ['Home', 'ArrowDown', 'ArrowLeft', 'ArrowDown'] as const) {
      await tab.press(key);
      expect(await inSight()).toBe(true);
    }
    const before = await tab.attribute('svg.picture > g', 'transform');
    await tab.press('Shift', 'ArrowDown');
    expect(await tab.attribute('svg.picture > g', 'transform')).not.toBe(before);
    expect(await selected()).toBe('0 "leaf"');
    await tab.press('f');
  });

  test.each(['Enter', 'ContextMenu', 'Shift+F10'] as const)(
    '%s opens its menu, Escape gives the focus back',
    async (keys) => {
      for (const key of ['Home', 'ArrowDown', 'ArrowLeft'] as const) await tab.press(key);
      if (keys === 'Shift+F10') {
        await tab.press('Shift', 'F10');
      } else await tab.press(keys);
      await tab.until("document.querySelectorAll('[role=menu]').length === 1");
      const { title, focused, gap } = await tab.panel.evaluate(() => {
        const menu = document.querySelector('[role=menu]');
        const mark = document.querySelector('.selection')?.getBoundingClientRect();
        const place = menu?.getBoundingClientRect();
        return {
          title: menu?.getAttribute('aria-label'),
          focused: document.activeElement?.textContent,
          gap: mark && place ? Math.hypot(place.left - mark.right, place.top - mark.top) : Number.NaN,
        };
      });
      expect(title).toMatch(/^Object #\d+$/);
      expect(focused).toBe('Edit value…');
      expect(gap).toBeLessThan(40);
      await tab.press('Escape');
      await tab.until("document.querySelector('[role=menu]') === null");
      expect(await tab.panel.evaluate(() => document.activeElement?.classList.contains('canvas'))).toBe(true);
      expect(await selected()).toBe('x z');
    },
  );
});

test('a click on the … of a collapsed box expands it', async () => {
  await tab.page.evaluate('globalThis.nested = { inner: [1, [2]] }');
  await tab.draw('nested');
  await tab.menu.openAt('.mg-array > .mg-frame');
  await tab.menu.choose('Collapse');
  await tab.untilBoxes(2);
  await tab.clickInPicture('.mg-collapsed .mg-hidden');
  await tab.untilBoxes(3);
  expect(await tab.panel.$('.mg-collapsed')).toBeNull();
});

describe('from one picture to the next', () => {
  /** The path of each reference's line, as exported files have it. */
  const lines = () =>
    tab.panel.evaluate(() => {
      const svg = new DOMParser().parseFromString(memoryGraph.svg(), 'image/svg+xml');
      return [...svg.querySelectorAll('[data-reference]')].map((reference) => ({
        reference: reference.getAttribute('data-reference') ?? '',
        path: reference.querySelector('.mg-line')?.getAttribute('d') ?? '',
      }));
    });
  /** Each of a path's curves and straight stretches has its command there. */
  const pieces = (path: string): number => path.match(/[clhv]/g)?.length ?? 0;

  /** Draws a structure, changes it, draws again: what moved, and by which steps. */
  async function step() {
    await tab.page.evaluate(`
      globalThis.rows = Array.from({ length: 9 }, (_, i) => ({ i, all: Array.from({ length: i % 4 + 1 }, () => ({ i })) }));
      rows.forEach((row, i) => { row.next = rows[i + 1]; row.back = row.all[0]; row.far = rows[i + 4] });`);
    await tab.draw('rows[0]');
    const before = new Map((await lines()).map(({ reference, path }) => [reference, path]));
    await tab.panel.evaluate(() => {
      const run: string[] = [];
      Object.assign(globalThis, { run });
      document.addEventListener('transitionrun', ({ target, propertyName }) => {
        const part = target instanceof Element ? target.closest('[data-reference], [data-box]') : null;
        const of = part?.getAttribute('data-reference') ?? part?.getAttribute('data-box');
        if (of && !(target instanceof Element && target.matches('.mg-head'))) run.push(`${propertyName} ${of}`);
      });
    });
    await tab.page.evaluate('rows.forEach((row, i) => { row.back = rows[i >> 1] })');
    await tab.draw('rows[0]');
    // A frame later whatever moves has begun to.
    await tab.panel.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    const changed = (await lines()).flatMap(({ reference, path }) => {
      const old = before.get(reference);
      return old !== undefined && old !== path ? [{ reference, from: pieces(old), to: pieces(path) }] : [];
    });
    const run = await tab.panel.evaluate(() => {
      const { run } = globalThis as unknown as { readonly run: readonly string[] };
      return run;
    });
    return { changed, run };
  }

  test('boxes move, and every line with them, also into one of another number of curves', async () => {
    const { changed, run } = await step();
    expect(changed.some(({ from, to }) => from < to)).toBe(true);
    // More than any line is cut into from the start.
    expect(changed.some(({ from, to }) => from <= 8 && to > 8)).toBe(true);
    expect(run.filter((one) => one.startsWith('d ')).sort()).toEqual(
      changed.map(({ reference }) => `d ${reference}`).sort(),
    );
    expect(run.some((one) => one.startsWith('transform '))).toBe(true);
  });

  test.each(['reduce', 'off'] as const)(
    'nothing moves where the system or the settings want no motion: %s',
    async (how) => {
      const target = tab.browser.targets().find((each) => each.url() === tab.panel.url());
      const session = await target?.createCDPSession();
      const motion = (value: string) =>
        session?.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] });
      if (how === 'reduce') await motion('reduce');
      else await tab.settings({ appearance: { animation: false } });
      try {
        const { changed, run } = await step();
        expect(changed.length).toBeGreaterThan(0);
        expect(run).toEqual([]);
      } finally {
        await motion('');
        await tab.settings();
        await session?.detach();
      }
    },
  );
});
