/** Pictures of more boxes than elements can follow: drawn on a surface, with elements of what can be read or is pointed at. */
import { beforeAll, describe, expect, test } from 'vitest';
import { fills } from '../../src/drawing/palettes.ts';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html', width: 1280, height: 800 });

/** A tree of so many objects with three children each. Object n has the number n. */
const tree = (count: number): string => `(() => {
  const all = Array.from({ length: ${count} }, (_, id) => ({ id, text: 'text ' + id }));
  all.forEach((node, i) => { if (i > 0) all[Math.floor((i - 1) / 3)]['child' + ((i - 1) % 3)] = node; });
  return all[0];
})()`;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A corner of the window, where the picture has nothing. */
const empty: Place = { x: 3, y: 3 };

const distance = (): Promise<string> =>
  tab.panel.evaluate(() => document.querySelector<HTMLElement>('.surface')?.dataset.distance ?? 'none');
const atRest = (where: 'near' | 'far'): Promise<void> =>
  tab.until(`document.querySelector('.surface')?.dataset.distance === '${where}'`);
const elements = (): Promise<number> => tab.panel.evaluate(() => document.querySelectorAll('[data-box]').length);

/** Pixels in the fill of an object's box, in a small square of the window. */
function filled({ x, y }: Place, size = 6): Promise<number> {
  const fill = [1, 3, 5].map((at) => Number.parseInt(fills.calm.light.object.slice(at, at + 2), 16));
  return tab.panel.evaluate(
    (fill, x, y, size) => {
      const context = document.querySelector<HTMLCanvasElement>('.surface-boxes')?.getContext('2d');
      if (!context) throw new Error('There is no surface.');
      const { data } = context.getImageData(x - size / 2, y - size / 2, size, size);
      let count = 0;
      for (let at = 0; at < data.length; at += 4)
        if (fill.every((value, i) => Math.abs(value - (data[at + i] ?? 0)) <= 1)) count += 1;
      return count;
    },
    fill,
    x,
    y,
    size,
  );
}

/** The middle of the box of an object in the window, as the exported picture has it. */
function middleOf(id: number): Promise<Place & { readonly title: string }> {
  return tab.panel.evaluate((id) => {
    const box = memoryGraph
      .diagram()
      .boxes.find(({ rows }) => rows.some((row) => row.some((cell) => cell?.text === `"text ${id}"`)));
    const svg = new DOMParser().parseFromString(memoryGraph.svg(), 'image/svg+xml');
    const frame = svg.querySelector(`[data-box="${box?.key}"]`);
    const [x = 0, y = 0] = (frame?.getAttribute('transform')?.match(/-?\d[\d.e-]*/g) ?? []).map(Number);
    const rect = frame?.querySelector('rect');
    const group = document.querySelector('.picture.over > g');
    const [dx = 0, dy = 0, scale = 1] = (group?.getAttribute('transform')?.match(/-?\d[\d.e-]*/g) ?? []).map(Number);
    const [width, height] = [Number(rect?.getAttribute('width')), Number(rect?.getAttribute('height'))];
    return { x: dx + (x + width / 2) * scale, y: dy + (y + height / 2) * scale, title: box?.key ?? '' };
  }, id);
}

async function pointAt({ x, y }: Place): Promise<Place> {
  const box = await (await tab.panel.$('.canvas'))?.boundingBox();
  const at = { x: (box?.x ?? 0) + x, y: (box?.y ?? 0) + y };
  await tab.devtools.mouse.move(at.x, at.y);
  return at;
}

describe('a tree of 400 objects', () => {
  beforeAll(async () => {
    await tab.panel.evaluate(() => memoryGraph.view({ amount: 'all' }));
    await tab.page.evaluate(`globalThis.tree = ${tree(400)}`);
    await tab.draw('tree');
    await atRest('far');
  });

  test('is painted whole, and has no elements', async () => {
    expect(await tab.stats()).toMatchObject({ nodes: 400, edges: 399 });
    await expect.poll(elements).toBe(0);
    await expect.poll(async () => filled(await middleOf(0))).toBeGreaterThan(0);
    expect(await filled(await middleOf(7))).toBeGreaterThan(0);
    expect(await filled(empty)).toBe(0);
    const svg = await tab.svg();
    expect(svg.split('data-box=').length - 1).toBe(400);
    expect(svg.split('data-reference=').length - 1).toBe(399);
  });

  test('titles can be read from far away', async () => {
    const { x, y } = await middleOf(0);
    const labels = await tab.panel.evaluate(
      (x, y) => {
        const context = document.querySelector<HTMLCanvasElement>('.surface-labels')?.getContext('2d');
        const { data } = context?.getImageData(x, y - 16, 40, 16) ?? { data: [] };
        return data.filter((value, at) => at % 4 === 3 && value > 200).length;
      },
      x,
      y,
    );
    expect(labels).toBeGreaterThan(40);
  });

  test('the box under the pointer has an element, its references are lit, and a text says what it is', async () => {
    const place = await middleOf(1);
    await pointAt(place);
    await tab.until(`document.querySelector('.surface').dataset.lighting === 'pointer'`);
    expect(await elements()).toBe(1);
    expect(await tab.panel.$eval('[data-box]', (box) => box.getAttribute('data-box'))).toBe(place.title);
    expect(await tab.panel.$eval('.surface-glance', (glance) => glance.textContent)).toContain('id: 1, text: "text 1"');
    await pointAt(empty);
    await tab.until(`document.querySelector('.surface').dataset.lighting === undefined`);
    expect(await elements()).toBe(0);
  });

  test('a click selects, its words are there, Enter opens the menu', async () => {
    const place = await middleOf(2);
    const at = await pointAt(place);
    await tab.devtools.mouse.click(at.x, at.y);
    await tab.until(`document.querySelector('.canvas').dataset.selected === '${place.title}'`);
    expect(await tab.panel.$eval(`#box-${place.title}`, (words) => words.getAttribute('aria-label'))).toContain(
      'referred to by child1 of Object',
    );
    await pointAt(empty);
    await tab.until(`document.querySelector('.surface').dataset.lighting === 'selection'`);
    await tab.press('Enter');
    await tab.panel.waitForSelector('[role="menu"]');
    await tab.press('Escape');
    await tab.press('ArrowRight');
    expect(await tab.panel.$eval('.canvas', (canvas) => canvas.getAttribute('data-selected'))).not.toBe(place.title);
    await tab.press('Escape');
  });

  test('a right click opens the menu of what is there', async () => {
    const at = await pointAt(await middleOf(3));
    await tab.devtools.mouse.click(at.x, at.y, { button: 'right' });
    await tab.panel.waitForSelector('[role="menu"]');
    expect(await tab.panel.$eval('[role="menu"]', (menu) => menu.textContent)).toContain('Show retainers in graph');
    await tab.press('Escape');
    await tab.press('Escape');
  });

  test('a double click comes near, where what is in sight has elements, and no more', async () => {
    const at = await pointAt(await middleOf(5));
    await tab.devtools.mouse.click(at.x, at.y, { count: 2 });
    await atRest('near');
    expect(await elements()).toBeGreaterThan(0);
    expect(await elements()).toBeLessThan(40);
    const shown = await tab.panel.$$eval('.surface-near .mg-box', (boxes) => boxes.map((box) => box.textContent ?? ''));
    expect(shown.some((text) => text.includes('"text 5"'))).toBe(true);
    // The canvases give way to the elements, and come back while the picture moves.
    expect(await tab.panel.$eval('.surface-boxes', (canvas) => getComputedStyle(canvas).visibility)).toBe('hidden');
    await tab.panel.focus('.canvas');
    await tab.press('Shift', 'ArrowRight');
    await tab.until(`document.querySelector('.surface').dataset.distance === 'moving'`);
    await atRest('near');
  });

  test('a map shows the part in sight, and goes where it is pressed', async () => {
    const map = await (await tab.panel.$('.map'))?.boundingBox();
    if (!map) throw new Error('There is no map.');
    const left = (): Promise<number> =>
      tab.panel.$eval('.map-sight', (sight) => (sight instanceof HTMLElement ? sight.offsetLeft : -1));
    await tab.devtools.mouse.click(map.x + 10, map.y + 10);
    await atRest('near');
    const before = await left();
    await tab.devtools.mouse.click(map.x + map.width - 20, map.y + map.height / 2);
    await tab.until(`document.querySelector('.map-sight').offsetLeft > ${before + 50}`);
    await tab.panel.focus('.canvas');
    await tab.press('f');
    await atRest('far');
    expect(await tab.panel.$('.map')).toBeNull();
  });

  test('find rings all matches and goes to the first', async () => {
    await tab.press('Control', 'f');
    await tab.devtools.keyboard.type('text 399');
    await tab.until(`document.querySelector('.find-count')?.textContent === '1 of 1'`);
    await atRest('near');
    expect(
      await tab.panel.$$eval('.surface-near .mg-box', (boxes) =>
        boxes.some(({ textContent }) => textContent?.includes('"text 399"')),
      ),
    ).toBe(true);
    await tab.press('Escape');
    await tab.press('f');
  });

  test('a change moves what stays, and keeps what is selected', async () => {
    await atRest('far');
    await tab.page.evaluate(`globalThis.tree.added = { id: 400, text: 'text 400' }`);
    await tab.drawAgain();
    await tab.untilStats('stats.nodes === 401');
    await atRest('far');
    expect(await filled(await middleOf(400))).toBeGreaterThan(0);
  });

  test('the theme is that of DevTools', async () => {
    const background = (): Promise<number> =>
      tab.panel.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.surface-boxes');
        return canvas?.getContext('2d')?.getImageData(3, 3, 1, 1).data[0] ?? -1;
      });
    expect(await background()).toBe(255);
    await tab.setTheme('dark');
    await expect.poll(background).toBe(0x1d);
    await tab.setTheme('light');
    await expect.poll(background).toBe(255);
  });

  test('a smaller picture is elements again', async () => {
    await tab.draw('tree.child0.child0.child0');
    expect(await distance()).toBe('none');
    expect(await elements()).toBe((await tab.stats()).nodes);
  });
});
