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

const section = () => tab.devtools.waitForSelector('>>> [role="treeitem"][aria-label="Memory Graph"]');

/** Chrome draws nothing in a pane that is out of sight, and DevTools' own sections push it there whenever they grow. */
async function bringIntoSight(): Promise<void> {
  await (await section())?.evaluate((element) => element.scrollIntoView());
}

/** At a pause DevTools shows Sources by itself. */
async function openPane(): Promise<Frame> {
  const title = await section();
  if ((await title?.evaluate((element) => element.getAttribute('aria-expanded'))) !== 'true') await title?.click();
  const pane = await tab.devtools.waitForFrame((frame) => frame.url().endsWith('/panel/stack-pane.html'));
  await bringIntoSight();
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
  // What is drawn changes once more when the pane has told its size.
  const untilSame = () =>
    expect
      .poll(async () => (await pane.evaluate(texts)) === (await tab.evaluate(texts)), { timeout: 15_000 })
      .toBe(true);
  await untilSame();
  expect(String(await pane.evaluate(texts))).toContain('outer');
  // It follows a step made with its own button.
  await stack.pauseBy(() => click(pane, '[aria-label^="Step over"]'));
  await untilSame();
});

describe('can be read', () => {
  const variables = Array.from(
    { length: 20 },
    (_, i) => `let v${i} = ${i % 4 === 0 ? `{ at: ${i}, list: [${i}] }` : i};`,
  );
  const programs: readonly (readonly [name: string, script: string, innermost: string])[] = [
    [
      'a callback in a callback, with closures, which pauses twice',
      '(() => { const settings = { limit: 3 }, seen = new Map(); [{ id: 1 }].forEach((order) => { const lines = [order, settings]; lines.filter((line) => { const found = seen.get(line); debugger; return [found, lines, settings]; }); }); })()',
      'callback of lines.filter',
    ],
    ['many variables', `(function many() { ${variables.join(' ')} debugger; })()`, 'many'],
    [
      'a function that calls itself',
      '(() => { const walk = (n, path) => { const here = { n, path }; if (n === 0) debugger; return n ? walk(n - 1, [...path, here]) : here; }; walk(12, []); })()',
      'walk',
    ],
    [
      'a long array',
      '(() => { const rows = Array.from({ length: 251 }, (_, i) => i * 37), first = { rows }; (function total(list) { let sum = 0; const seen = [first]; debugger; return list.length; })(rows); })()',
      'total',
    ],
  ];

  test.each(programs)('%s', async (_name, script, name) => {
    await stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(script)})`));
    const pane = await openPane();
    const labels = await stack.frameLabels();
    const box = `o${-2 - labels.findLastIndex((label) => label.endsWith(`: ${name}`))}`;
    await setWidth(224);
    await untilSeen(pane, box, { width: 224, isRead: true, oneWay: true, standsInSight: true });
    // What the frame refers to is in the picture, and all its own variables.
    expect(await leftOut(box)).toEqual([]);
    // With room it is in sight without scrolling.
    await tab.resize(1280, 1400);
    await setWidth(700);
    await untilSeen(pane, box, { width: 700, isRead: true, whole: true });
    expect(await leftOut(box)).toEqual([]);
    // The pane becomes narrow again, at the same pause.
    await tab.resize(1280, 800);
    await setWidth(224);
    await untilSeen(pane, box, { width: 224, isRead: true, oneWay: true, standsInSight: true });
  });

  interface Seen {
    /** The column, as wide as it was asked to be. */
    readonly width: number;
    /** Text has 9 pixels or more. */
    readonly isRead: boolean;
    /** There is one direction to scroll at most. */
    readonly oneWay: boolean;
    readonly whole: boolean;
    /** The box of the frame in which the page stands begins in sight. */
    readonly standsInSight: boolean;
  }

  /** Goes on when the pane shows this. */
  async function untilSeen(pane: Frame, box: string, wanted: Partial<Seen>): Promise<void> {
    const look = async () => {
      await bringIntoSight();
      return await pane.evaluate((stands) => {
        const canvas = document.querySelector('.canvas')?.getBoundingClientRect() ?? new DOMRect();
        const group = document.querySelector('svg.picture > g');
        const scale = Number(/scale\(([\d.e-]+)/.exec(group?.getAttribute('transform') ?? '')?.[1]);
        const boxes = [...document.querySelectorAll('svg.picture [data-box]')];
        const places = boxes.map((one) => one.getBoundingClientRect());
        const at = document.querySelector(`svg.picture [data-box="${stands}"]`)?.getBoundingClientRect();
        const across = places.every(({ left, right }) => left >= canvas.left - 1 && right <= canvas.right + 1);
        const down = places.every(({ top, bottom }) => top >= canvas.top - 1 && bottom <= canvas.bottom + 1);
        const begins = (start: number, least: number, most: number) => start >= least - 1 && start < most;
        return {
          width: Math.abs(canvas.width - 224) < 40 ? 224 : Math.abs(canvas.width - 700) < 40 ? 700 : canvas.width,
          isRead: Math.round(120 * scale) / 10 >= 9,
          oneWay: across || down,
          whole: across && down,
          standsInSight:
            at !== undefined && begins(at.left, canvas.left, canvas.right) && begins(at.top, canvas.top, canvas.bottom),
        };
      }, box);
    };
    await expect.poll(look, { timeout: 15_000, interval: 100 }).toMatchObject(wanted);
  }

  /** The objects to which the variables of a frame refer, and which are neither boxes nor written in a cell; `…` for variables. */
  async function leftOut(box: string): Promise<readonly string[]> {
    const { picture } = await stack.state();
    const boxes = new Set(picture?.diagram.boxes.map(({ object }) => object));
    const frame = picture?.diagram.boxes.find(({ key }) => key === box);
    if (!frame) return ['the frame'];
    return frame.lines.flatMap(({ labels: [label], value: { row, column } }) => {
      const cell = frame.rows[row]?.[column];
      if (cell?.text === '…') return ['…'];
      if (cell?.kind !== 'cut' && (cell?.kind !== 'reference' || boxes.has(cell.target))) return [];
      return [(label && frame.rows[label.row]?.[label.column]?.text) ?? '?'];
    });
  }
});
