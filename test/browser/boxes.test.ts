/** Boxes under the pointer and the keyboard, in real DevTools: lit up, selected, walked along, expanded, moved. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
});
afterAll(() => tools.close());

const draw = (...expressions: string[]) => tools.panel.evaluate((list) => memoryGraph.draw(...list), expressions);
const press = (key: Parameters<typeof tools.devtools.keyboard.press>[0]) => tools.devtools.keyboard.press(key);

/** The key of the first box that has this text in a cell of its own. */
const boxWith = (text: string) =>
  tools.panel.evaluate(
    (text) =>
      memoryGraph.diagram().boxes.find(({ rows }) => rows.some((row) => row.some((cell) => cell?.text === text)))
        ?.key ?? '',
    text,
  );
const boxSelector = async (text: string) => `[data-box="${await boxWith(text)}"]`;

/** Cells' texts of the selected box; null when none is. */
const selected = () =>
  tools.panel.evaluate(() => {
    const key = document.querySelector('.canvas')?.getAttribute('data-selected');
    const box = key ? document.querySelector(`[data-box="${key}"]`) : null;
    return box && [...box.querySelectorAll('.mg-cell text')].map(({ textContent }) => textContent).join(' ');
  });

describe('pointing lights up', () => {
  /** The references that are lit, as `name of the cell → first cell of the target`, and how many boxes are. */
  const lit = () =>
    tools.panel.evaluate(() => {
      const { boxes } = memoryGraph.diagram();
      const texts = (key: string | null) =>
        boxes.find((box) => box.key === key)?.rows.flatMap((row) => row.map((cell) => cell?.text ?? '')) ?? [];
      const references = [...document.querySelectorAll('[data-reference][data-lit]')].map(
        (element) => `${texts(element.getAttribute('data-from'))[0]} → ${texts(element.getAttribute('data-to'))[0]}`,
      );
      return { references: references.sort(), boxes: document.querySelectorAll('[data-box][data-lit]').length };
    });
  const away = async () => {
    await tools.panel.hover('.status');
    await tools.until("document.querySelector('[data-lit]') === null");
  };
  /** Puts the pointer on the middle of a line. */
  const onLine = async (selector: string) => {
    const { x, y } = await tools.panel.evaluate((selector) => {
      const path = document.querySelector(`${selector} > .mg-line`);
      if (!(path instanceof SVGPathElement)) throw new Error(`There is no line at ${selector}.`);
      const { x, y } = path
        .getPointAtLength(path.getTotalLength() / 2)
        .matrixTransform(path.getScreenCTM() ?? undefined);
      return { x, y };
    }, selector);
    const frame = await (await tools.panel.frameElement())?.boundingBox();
    await tools.devtools.mouse.move((frame?.x ?? 0) + x, (frame?.y ?? 0) + y);
  };

  beforeAll(async () => {
    await tools.page.evaluate(
      'globalThis.b = { b: 1 }; globalThis.a = { a: b, again: b }; globalThis.c = { c: a }; globalThis.alone = { alone: 1 }',
    );
    await draw('[c, a, b, alone]');
  });
  beforeEach(away);

  test('a box: all its references, and only those', async () => {
    await tools.panel.hover(`${await boxSelector('a')} > .mg-frame`);
    await tools.until("document.querySelector('[data-lighting=pointer]') !== null");
    expect(await lit()).toEqual({ references: ['0 → a', 'a → b', 'a → b', 'c → a'], boxes: 1 });
  });

  test('a reference: it alone, with both its ends', async () => {
    await onLine(`[data-from="${await boxWith('c')}"]`);
    await tools.until("document.querySelector('[data-lit]') !== null");
    expect(await lit()).toEqual({ references: ['c → a'], boxes: 2 });
  });

  test('a reference’s cell: the reference', async () => {
    await tools.panel.hover(`${await boxSelector('c')} [data-port]`);
    await tools.until("document.querySelector('[data-lit]') !== null");
    expect(await lit()).toEqual({ references: ['c → a'], boxes: 2 });
  });

  test('what is lit is heavier, the rest is paler, and both end', async () => {
    const look = () =>
      tools.panel.evaluate(() => {
        const of = (selector: string) => {
          const element = document.querySelector(selector);
          return element ? getComputedStyle(element) : null;
        };
        return {
          width: of('[data-lit] > .mg-line')?.strokeWidth,
          opacity: of('.mg-references > :not([data-lit])')?.opacity,
        };
      });
    await tools.panel.hover(`${await boxSelector('c')} [data-port]`);
    await tools.until("document.querySelector('[data-lit]') !== null");
    expect(await look()).toEqual({ width: '2.25px', opacity: '0.22' });
    await away();
    expect(await look()).toEqual({ width: undefined, opacity: '1' });
  });

  test('many references that meet in a circle: the way on from there as well', async () => {
    await draw('[b, b, b, b, b, b, a]');
    await tools.until("document.querySelector('[data-join]') !== null");
    await onLine(`[data-reference][data-to="${await boxWith('b')}"]`);
    await tools.until("document.querySelector('[data-join][data-lit]') !== null");
    expect((await lit()).references).toHaveLength(1);
  });
});

describe('a box is selected', () => {
  beforeAll(async () => {
    await tools.page.evaluate(
      "globalThis.leaf = ['leaf']; globalThis.tree = { left: { x: leaf, z: leaf }, right: { w: 3 } }",
    );
  });
  beforeEach(async () => {
    await draw('1');
    await draw('tree');
    await tools.panel.hover('.status');
    await tools.panel.focus('.canvas');
    // Without a selection the key is DevTools', which opens its drawer.
    if ((await selected()) !== null) await press('Escape');
  });

  test('by a click, until a click beside it', async () => {
    await tools.panel.click(`${await boxSelector('x')} > .mg-frame`, { offset: { x: 2, y: 2 } });
    expect(await selected()).toBe('x z');
    await tools.panel.click('.canvas', { offset: { x: 5, y: 300 } });
    expect(await selected()).toBeNull();
    expect(await tools.panel.$('.selection')).toBeNull();
  });

  test('by the arrow keys, from the root along references and to what is beside', async () => {
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
      await press(key);
      seen.push(await selected());
    }
    const [root, left, right] = ['left right', 'x z', 'w 3'];
    // Straight below the root may stand either.
    expect([left, right]).toContain(seen[1]);
    expect(seen.toSpliced(1, 1)).toEqual([root, left, right, left, '0 "leaf"', left, root]);
  });

  test('Tab reaches the picture, and leaves it', async () => {
    await tools.panel.focus('.field input');
    const canvas = () => tools.panel.evaluate(() => document.activeElement?.classList.contains('canvas') ?? false);
    for (let stops = 0; stops < 5 && !(await canvas()); stops++) await press('Tab');
    expect(await canvas()).toBe(true);
    await press('ArrowDown');
    expect(await selected()).toBe('left right');
    await tools.devtools.keyboard.down('Shift');
    await press('Tab');
    await tools.devtools.keyboard.up('Shift');
    expect(await canvas()).toBe(false);
  });

  test('it is marked by a frame with corners, its references are lit, and a screen reader hears what it is', async () => {
    for (const key of ['Home', 'ArrowDown', 'ArrowLeft', 'ArrowDown'] as const) await press(key);
    await tools.panel.hover('.status');
    await tools.until("document.querySelector('[data-lighting=selection]') !== null");
    expect(await tools.panel.$$eval('[data-reference][data-lit]', (references) => references.length)).toBe(2);
    expect(await tools.panel.$$eval('.selection rect', (parts) => parts.length)).toBe(5);
    const heard = await tools.panel.evaluate(() => {
      const id = document.querySelector('.canvas')?.getAttribute('aria-activedescendant') ?? '';
      return document.getElementById(id)?.getAttribute('aria-label')?.replaceAll(/#\d+/g, '#n');
    });
    expect(heard).toBe('Array #n, 1 value, referred to by x of Object #n and z of Object #n');
  });

  test('it stays selected when the picture is drawn again, and not when another page has its number', async () => {
    for (const key of ['Home', 'ArrowDown', 'ArrowLeft'] as const) await press(key);
    await tools.page.evaluate('tree = { first: {}, ...tree }');
    await tools.panel.click('[aria-label^="Draw again"]');
    await tools.until("document.querySelectorAll('[data-box]').length === 5");
    expect(await selected()).toBe('x z');
    await tools.page.reload();
    await tools.until("document.querySelector('.canvas.stale') !== null");
    expect(await selected()).toBeNull();
    await tools.page.evaluate(
      "globalThis.leaf = ['leaf']; globalThis.tree = { left: { x: leaf, z: leaf }, right: { w: 3 } }",
    );
  });

  test('it comes into sight, and Shift with an arrow moves the picture', async () => {
    await press('1');
    for (let step = 0; step < 20; step++) await tools.devtools.keyboard.down('+');
    await tools.devtools.keyboard.up('+');
    const inSight = () =>
      tools.panel.evaluate(() => {
        const mark = document.querySelector('.selection')?.getBoundingClientRect();
        const canvas = document.querySelector('.canvas')?.getBoundingClientRect();
        return mark && canvas
          ? mark.left < canvas.right && mark.top < canvas.bottom && mark.right > canvas.left && mark.bottom > canvas.top
          : null;
      });
    for (const key of ['Home', 'ArrowDown', 'ArrowLeft', 'ArrowDown'] as const) {
      await press(key);
      expect(await inSight()).toBe(true);
    }
    const before = await tools.panel.$eval('svg.picture > g', (group) => group.getAttribute('transform'));
    await tools.devtools.keyboard.down('Shift');
    await press('ArrowDown');
    await tools.devtools.keyboard.up('Shift');
    expect(await tools.panel.$eval('svg.picture > g', (group) => group.getAttribute('transform'))).not.toBe(before);
    expect(await selected()).toBe('0 "leaf"');
    await press('f');
  });

  test.each(['Enter', 'ContextMenu', 'Shift+F10'] as const)(
    '%s opens its menu, Escape gives the focus back',
    async (keys) => {
      for (const key of ['Home', 'ArrowDown', 'ArrowLeft'] as const) await press(key);
      if (keys === 'Shift+F10') {
        await tools.devtools.keyboard.down('Shift');
        await press('F10');
        await tools.devtools.keyboard.up('Shift');
      } else await press(keys);
      await tools.until("document.querySelectorAll('[role=menu]').length === 1");
      const { title, focused, gap } = await tools.panel.evaluate(() => {
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
      expect(focused).toBe('Who refers to this?');
      expect(gap).toBeLessThan(40);
      await press('Escape');
      await tools.until("document.querySelector('[role=menu]') === null");
      expect(await tools.panel.evaluate(() => document.activeElement?.classList.contains('canvas'))).toBe(true);
      expect(await selected()).toBe('x z');
    },
  );
});

test('a click on the … of a collapsed box expands it', async () => {
  await tools.page.evaluate('globalThis.nested = { inner: [1, [2]] }');
  await draw('nested');
  await tools.clickInPicture('.mg-array > .mg-frame', { button: 'right', offset: { x: 2, y: 2 } });
  const item = await tools.panel.waitForSelector('::-p-text(Collapse to a small box)');
  await item?.click();
  await tools.until("document.querySelectorAll('[data-box]').length === 2");
  await tools.clickInPicture('.mg-collapsed .mg-hidden');
  await tools.until("document.querySelectorAll('[data-box]').length === 3");
  expect(await tools.panel.$('.mg-collapsed')).toBeNull();
});

describe('from one picture to the next', () => {
  /** How many curves each reference's line has, as files say it. */
  const lines = () =>
    tools.panel.evaluate(() => {
      const svg = new DOMParser().parseFromString(memoryGraph.svg(), 'image/svg+xml');
      return [...svg.querySelectorAll('[data-reference]')].map((reference) => ({
        reference: reference.getAttribute('data-reference') ?? '',
        path: reference.querySelector('.mg-line')?.getAttribute('d') ?? '',
      }));
    });
  const pieces = (path: string): number => (path.split(/[ C]/).length - 2) / 6;

  /** Draws a structure, changes it, draws again: what moved on its way, and what of it could not move but by a jump. */
  async function step() {
    await tools.page.evaluate(`
      globalThis.rows = Array.from({ length: 9 }, (_, i) => ({ i, all: Array.from({ length: i % 4 + 1 }, () => ({ i })) }));
      rows.forEach((row, i) => { row.next = rows[i + 1]; row.back = row.all[0]; row.far = rows[i + 4] });`);
    await draw('rows[0]');
    const before = new Map((await lines()).map(({ reference, path }) => [reference, path]));
    await tools.panel.evaluate(() => {
      const run: string[] = [];
      Object.assign(globalThis, { run });
      document.addEventListener('transitionrun', ({ target, propertyName }) => {
        const part = target instanceof Element ? target.closest('[data-reference], [data-box]') : null;
        const of = part?.getAttribute('data-reference') ?? part?.getAttribute('data-box');
        if (of && !(target instanceof Element && target.matches('.mg-head'))) run.push(`${propertyName} ${of}`);
      });
    });
    await tools.page.evaluate('rows.forEach((row, i) => { row.back = rows[i >> 1] })');
    await draw('rows[0]');
    // A frame later whatever moves has begun to.
    await tools.panel.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    const changed = (await lines()).flatMap(({ reference, path }) => {
      const old = before.get(reference);
      return old !== undefined && old !== path ? [{ reference, from: pieces(old), to: pieces(path) }] : [];
    });
    const run = await tools.panel.evaluate(() => {
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
      const target = tools.browser.targets().find((each) => each.url() === tools.panel.url());
      const session = await target?.createCDPSession();
      const motion = (value: string) =>
        session?.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] });
      if (how === 'reduce') await motion('reduce');
      else await tools.panel.evaluate(() => memoryGraph.settings({ appearance: { animation: false } }));
      try {
        const { changed, run } = await step();
        expect(changed.length).toBeGreaterThan(0);
        expect(run).toEqual([]);
      } finally {
        await motion('');
        await tools.panel.evaluate(() => memoryGraph.settings({}));
        await session?.detach();
      }
    },
  );
});
