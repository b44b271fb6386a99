/** The stack in the pane of Sources: the pause of the tab, drawn for the size of the pane. */
import type { Frame } from 'puppeteer-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { click, until } from './harness.ts';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'choices.html' });
const { stack } = tab;
beforeAll(() => stack.follow());
afterEach(() => stack.resumeAll());

const pauseHere = () => stack.pauseBy(() => tab.page.evaluate('setTimeout(outer)'));

/** At a pause DevTools shows Sources by itself. */
async function openPane(): Promise<Frame> {
  const section = await tab.devtools.waitForSelector('>>> [role="treeitem"][aria-label="Memory Graph"]');
  if ((await section?.evaluate((element) => element.getAttribute('aria-expanded'))) !== 'true') await section?.click();
  const pane = await tab.devtools.waitForFrame((frame) => frame.url().endsWith('/panel/stack-pane.html'));
  // Under the buttons and above the history there is room for the picture.
  await until(pane, "document.querySelector('.canvas')?.clientHeight > 150");
  await until(pane, `document.querySelectorAll('.mg-picture [data-box]').length > 0`);
  return pane;
}

/** CSS pixels of the column in which the pane is. */
const setWidth = (width: number) =>
  tab.frontEnd.run(`const { SourcesPanel } = await import('devtools://devtools/bundled/panels/sources/sources.js');
    SourcesPanel.SourcesPanel.instance().splitWidget.setSidebarSize(${width}, false);`);

test('draws the same pause', async () => {
  await pauseHere();
  const pane = await openPane();
  const texts =
    "[...document.querySelectorAll('.mg-picture text')].map(({ textContent }) => textContent).sort().join('\\n')";
  const drawn = await tab.evaluate(texts);
  expect(String(drawn)).toContain('outer');
  await until(pane, `(${texts}) === ${JSON.stringify(drawn)}`);
  // It follows a step made with its own button.
  await stack.pauseBy(() => click(pane, '[aria-label^="Step over"]'));
  await until(pane, `(${texts}) === ${JSON.stringify(await tab.evaluate(texts))}`);
});

describe('can be read', () => {
  const programs = [
    [
      'a callback in a callback, with closures',
      `(() => { const settings = { limit: 3 }, seen = new Map(); [{ id: 1 }].forEach((order) => { const lines = [order, settings]; lines.filter((line) => { const found = seen.get(line); debugger; return [found, lines, settings]; }); }); })()`,
      'callback of lines.filter',
    ],
  ] as const;

  test.each(programs)('%s', async (_name, script, name) => {
    await stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(script)})`));
    const pane = await openPane();
    const box = await stack.boxOf(name);
    const seen = `(() => {
      const { clientWidth, clientHeight } = document.querySelector('.canvas');
      const scale = Number(/scale\\(([\\d.e-]+)/.exec(document.querySelector('svg.picture > g')?.getAttribute('transform') ?? '')?.[1]);
      const canvas = document.querySelector('.canvas').getBoundingClientRect();
      const boxes = [...document.querySelectorAll('svg.picture [data-box]')].map((one) => one.getBoundingClientRect());
      const across = boxes.every(({ left, right }) => left >= canvas.left - 1 && right <= canvas.right + 1);
      const down = boxes.every(({ top, bottom }) => top >= canvas.top - 1 && bottom <= canvas.bottom + 1);
      return { width: clientWidth, pixels: Math.round(120 * scale) / 10, oneWay: across || down, whole: across && down };
    })()`;
    const readable = (width: number): string =>
      `(({ width, pixels, oneWay }) => Math.abs(width - ${width}) < 40 && pixels >= 9 && oneWay)(${seen})`;
    await setWidth(224);
    await untilSeen(pane, readable(224), seen);
    // What the frame refers to is in the picture.
    expect(await leftOut(box)).toEqual([]);
    // With room it is in sight without scrolling.
    await tab.resize(1280, 1400);
    await setWidth(700);
    await untilSeen(pane, `${readable(700)} && (${seen}).whole`, seen);
    expect(await leftOut(box)).toEqual([]);
    await tab.resize(1280, 800);
    await setWidth(224);
  });

  async function untilSeen(pane: Frame, condition: string, seen: string): Promise<void> {
    try {
      await until(pane, condition);
    } catch (error) {
      throw new Error(JSON.stringify(await pane.evaluate(seen)), { cause: error });
    }
  }

  /** The objects to which the variables of a frame refer, and which are neither boxes nor written in a cell. */
  async function leftOut(box: string): Promise<readonly string[]> {
    const { picture } = await stack.state();
    const boxes = new Set(picture?.diagram.boxes.map(({ object }) => object));
    const frame = picture?.diagram.boxes.find(({ key }) => key === box);
    if (!frame) return ['the frame'];
    return frame.lines.flatMap(({ labels: [label], value: { row, column } }) => {
      const cell = frame.rows[row]?.[column];
      if (cell?.kind !== 'cut' && (cell?.kind !== 'reference' || boxes.has(cell.target))) return [];
      return [(label && frame.rows[label.row]?.[label.column]?.text) ?? '?'];
    });
  }
});
