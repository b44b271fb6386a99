/** That wrapped pictures have the proportions of their window and none of the faults that a picture must not have. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildDiagram } from '../../diagram/build.ts';
import type { Diagram } from '../../diagram/diagram.ts';
import { defaultSettings } from '../../diagram/settings.ts';
import { openPage } from '../../page/page.test-helper.ts';
import { anyDiagram, mixedDiagram } from '../diagrams.test-helper.ts';
import {
  clipped,
  crossedBoxes,
  crossedCells,
  crossedTitles,
  crossings,
  loneEnds,
  overlaps,
} from '../geometry.test-helper.ts';
import { layoutInProcess } from '../in-process.ts';
import { measureFrames, tableMeasure } from '../measure.ts';
import type { LayoutTier, Placed } from '../placed.ts';
import { createWrapping, type Window, wrappedIn } from './window.ts';

const window = { width: 1280, height: 700 };
const wrap = (diagram: Diagram): Placed => wrappedIn(window, diagram, measureFrames(diagram, tableMeasure));

const flaws = (placed: Placed) => ({
  overlaps: overlaps(placed),
  clipped: clipped(placed),
  loneEnds: loneEnds(placed),
  titles: crossedTitles(placed),
  boxes: crossedBoxes(placed),
  cells: crossedCells(placed),
});
const none = { overlaps: [], clipped: [], loneEnds: [], titles: [], boxes: [], cells: [] };

const page = openPage(`
const tree = (k) => {
  const all = Array.from({ length: k }, (_, id) => ({ id, name: 'node ' + id }));
  all.forEach((node, i) => { if (i > 0) all[Math.floor((i - 1) / 3)]['child' + ((i - 1) % 3)] = node; });
  return all[0];
};
const withParents = (k) => {
  const all = Array.from({ length: k }, (_, id) => ({ id }));
  all.forEach((node, i) => { if (i > 0) { const up = all[Math.floor((i - 1) / 2)]; up[i % 2 ? 'left' : 'right'] = node; node.up = up; } });
  return all[0];
};
const list = (k, twice) => {
  let first = null;
  for (let value = k; value-- > 0; ) {
    const node = { value, next: first };
    if (twice) { node.previous = null; if (first) first.previous = node; }
    first = node;
  }
  return first;
};
const shared = (k) => {
  const all = Array.from({ length: k }, (_, id) => ({ id, both: { id } }));
  all.forEach((node, i) => { if (i > 0) node.before = all[i - 1].both; });
  return all;
};
const random = (k) => {
  let seed = 7;
  const upTo = (most) => Math.floor(((seed = (seed * 16807) % 2147483647) / 2147483647) * most);
  const all = Array.from({ length: k }, (_, id) => ({ id }));
  for (let i = 1; i < k; i++) all[upTo(i)]['a' + i] = all[i];
  for (let i = 0; i < k / 2; i++) all[upTo(k)]['b' + i] = all[upTo(k)];
  return all[0];
};
const star = (k) => ({ all: Array.from({ length: k }, (_, id) => ({ id, name: 'leaf ' + id })) });
`);
const draw = (expression: string, direction: Diagram['direction']): Diagram =>
  buildDiagram(page.capture([expression]), { ...defaultSettings, direction });

const directions: readonly Diagram['direction'][] = ['down', 'right'];
const cases = [
  // How many times larger the text is than without.
  ['tree(120)', 3.5],
  ['withParents(120)', 1.8],
  ['list(120)', 4],
  ['list(120, true)', 4],
  ['star(80)', 2.5],
] as const;

test.each(cases.flatMap(([expression, times]) => directions.map((direction) => ({ expression, times, direction }))))(
  '$expression $direction: text is $times times larger, and nothing covers anything',
  async ({ expression, times, direction }) => {
    const diagram = draw(expression, direction);
    const placed = wrap(diagram);
    const usual = await layoutInProcess(diagram, tableMeasure);
    if (!usual.ok) throw new Error(usual.message);
    const scale = ({ width, height }: Placed): number => Math.min(window.width / width, window.height / height);
    expect(scale(placed) / scale(usual.placed)).toBeGreaterThan(times);
    expect(flaws(placed)).toEqual(none);
  },
);

test.each(['tree(60)', 'list(60)', 'star(40)'])('%s: no two lines cross', (expression) => {
  for (const direction of directions) expect(crossings(wrap(draw(expression, direction))), direction).toBe(0);
});

test('any graph: nothing covers anything', () => {
  fc.assert(
    fc.property(anyDiagram, (diagram) => {
      expect(flaws(wrap(diagram))).toEqual(none);
    }),
    { numRuns: 150 },
  );
});

test.each([0.1, 0.6])('120 boxes of every shape, %s of the references at random', (wild) => {
  for (const direction of directions) {
    const placed = wrap(mixedDiagram({ count: 120, direction, seed: 5, wild }));
    expect(flaws(placed), direction).toEqual(none);
    expect(placed.width / placed.height, direction).toBeGreaterThan(0.7);
    expect(placed.width / placed.height, direction).toBeLessThan(4);
  }
});

/** What becomes of a picture in a window: `wrapped`, or the tier of the usual one. */
async function shown(expression: string, wraps: Window['wraps'], tier: LayoutTier): Promise<string> {
  const size = { width: 1700, height: 930 };
  const diagram = draw(expression, 'down');
  const usual = await layoutInProcess(diagram, tableMeasure, tier);
  if (!usual.ok) throw new Error(usual.message);
  const frames = measureFrames(diagram, tableMeasure);
  const instead = createWrapping(diagram, frames, { ...size, wraps }, null).insteadOf(usual.placed);
  return (instead ?? usual.placed).tier;
}

test.each<[string, string, Window['wraps'], string, LayoutTier?]>([
  ['what can be read stays as it is', 'tree(12)', 'larger', 'full'],
  ['a strip is wrapped', 'tree(120)', 'larger', 'wrapped'],
  ['what can be read only so is wrapped', 'tree(40)', 'fits', 'wrapped'],
  ['what cannot be read even so is not', 'tree(120)', 'fits', 'full'],
  ['steps of a program keep their form', 'tree(60)', 'last', 'full'],
  ['until nothing could be seen', 'tree(400)', 'last', 'wrapped'],
  ['what shares much is not wrapped, because its lines run together', 'shared(120)', 'larger', 'full'],
  ['until nothing of it could be seen', 'random(600)', 'larger', 'wrapped', 'ranked'],
  ['but not where all of it should be read', 'random(600)', 'fits', 'ranked', 'ranked'],
])('%s', async (_, expression, wraps, expected, tier = 'full') => {
  expect(await shown(expression, wraps, tier)).toBe(expected);
});

test.each(['list(120)', 'list(120, true)', 'shared(60)'])('%s: no line runs back over itself', (expression) => {
  for (const direction of directions) {
    const { references } = wrap(draw(expression, direction));
    const turning = references.filter(({ points }) => {
      const ends = points
        .filter((_, i) => i % 3 === 0)
        .filter(({ x, y }, i, all) => i === 0 || Math.hypot(x - (all[i - 1]?.x ?? x), y - (all[i - 1]?.y ?? y)) > 0.01);
      return ends.some((point, i) => {
        const [before, after] = [ends[i - 1], ends[i + 1]];
        if (!before || !after) return false;
        const [x, y] = [point.x - before.x, point.y - before.y];
        const [nextX, nextY] = [after.x - point.x, after.y - point.y];
        return Math.abs(x * nextY - y * nextX) < 0.01 && x * nextX + y * nextY < -0.01;
      });
    });
    expect(
      turning.map(({ reference: { from, port } }) => `${from}:${port}`),
      direction,
    ).toEqual([]);
  }
});

test('another window, other proportions', () => {
  const diagram = draw('tree(60)', 'down');
  const frames = measureFrames(diagram, tableMeasure);
  const ratio = (width: number, height: number): number => {
    const placed = wrappedIn({ width, height }, diagram, frames);
    return placed.width / placed.height;
  };
  expect(ratio(1280, 700)).toBeGreaterThan(1);
  expect(ratio(500, 700)).toBeLessThan(1);
});
