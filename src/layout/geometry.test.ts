import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDiagram } from '../diagram/build.ts';
import type { Diagram } from '../diagram/diagram.ts';
import { seedStructures } from '../diagram/seed.test-helper.ts';
import { defaultSettings } from '../diagram/settings.ts';
import { openPage } from '../page/page.test-helper.ts';
import { anyDiagram, mixedDiagram } from './diagrams.test-helper.ts';
import {
  clipped,
  crossedBoxes,
  crossedCells,
  crossedTitles,
  crossings,
  loneEnds,
  overlaps,
  tightTexts,
} from './geometry.test-helper.ts';
import { layoutInProcess } from './in-process.ts';
import { tableMeasure } from './measure.ts';
import type { LayoutTier, Placed } from './placed.ts';

async function lay(diagram: Diagram, tier?: LayoutTier): Promise<Placed> {
  const outcome = await layoutInProcess(diagram, tableMeasure, tier);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.placed;
}

const page = openPage(`${seedStructures}
const mutual = { name: 'Ann' }; mutual.friend = { name: 'Bob', friend: mutual }; mutual.me = mutual;
const selves = [1]; selves.push(selves, selves, selves);
const keyed = new Map([[mutual, mutual], [selves, 1]]); keyed.set(keyed, keyed);
const ring = {}; let last = ring;
for (let i = 0; i < 12; i++) last = last.next = { i, first: ring, previous: last };
last.next = ring;
`);

const expressions = ['linkedList', 'tree', 'treeWithParents', 'hashSet', 'mutual', 'selves', 'keyed', 'ring'];
const directions: readonly Diagram['direction'][] = ['down', 'right'];
const tiers: readonly LayoutTier[] = ['full', 'ranked'];
const cases = expressions.flatMap((expression) =>
  directions.flatMap((direction) => tiers.map((tier) => ({ expression, direction, tier }))),
);

const draw = (expression: string, direction: Diagram['direction'], tier: LayoutTier): Promise<Placed> =>
  lay(buildDiagram(page.capture([expression]), { ...defaultSettings, direction }), tier);

test.each(cases)('$expression $direction, $tier: nothing covers anything', async ({ expression, direction, tier }) => {
  const placed = await draw(expression, direction, tier);
  expect(overlaps(placed)).toEqual([]);
  expect(crossedTitles(placed)).toEqual([]);
  expect(crossedBoxes(placed)).toEqual([]);
  expect(crossedCells(placed)).toEqual([]);
  expect(loneEnds(placed)).toEqual([]);
  expect(tightTexts(placed, tableMeasure)).toEqual([]);
});

describe('no reference crosses another where none has to', () => {
  test.each(['linkedList', 'tree', 'hashSet', 'mutual'])('%s', async (expression) => {
    expect(crossings(await draw(expression, 'down', 'full'))).toBe(0);
  });
});

describe('without Graphviz', () => {
  test.each(['linkedList', 'treeWithParents', 'ring', 'keyed'])('%s: nothing covers anything', async (expression) => {
    for (const direction of directions) {
      const placed = await draw(expression, direction, 'simple');
      expect(placed.tier).toBe('simple');
      expect(overlaps(placed)).toEqual([]);
      expect(loneEnds(placed)).toEqual([]);
    }
  });

  test('a wide tree of any shape: nothing covered, no crossing', async () => {
    const script = `const build = (depth, wide) => depth === 0 ? [depth] : Array.from({ length: wide }, (_, i) => build(depth - 1, 1 + (i * 7 + depth) % 4));
      const root = build(6, 3)`;
    const view = { objects: 2000, slices: { begin: 9, middle: 0, end: 0 } };
    const placed = await lay(buildDiagram(openPage(script).capture(['root'], view), defaultSettings));
    expect(placed.boxes.length).toBeGreaterThan(150);
    expect(placed.tier).toBe('full');
    expect(overlaps(placed)).toEqual([]);
    expect(crossedTitles(placed)).toEqual([]);
    expect(crossedBoxes(placed)).toEqual([]);
    expect(loneEnds(placed)).toEqual([]);
    expect(crossings(placed)).toBe(0);
  });
});

describe('circles where references meet', () => {
  const many = openPage('const s = { shared: 1 }; const a = { x: [s, s], y: [s, s], z: [s, [s]] }');
  const join = (direction: Diagram['direction'], fromReferences: number): Promise<Placed> => {
    const joins = { ...defaultSettings.joins, fromReferences };
    return lay(buildDiagram(many.capture(['a']), { ...defaultSettings, direction, joins }));
  };
  test.each(directions)('%s: six references meet, one arrow goes on', async (direction) => {
    const placed = await join(direction, 6);
    expect(placed.joins.map(({ to }) => to)).toHaveLength(1);
    expect(placed.references.filter(({ joins }) => joins)).toHaveLength(6);
    expect(loneEnds(placed)).toEqual([]);
    expect(overlaps(placed)).toEqual([]);
    expect(crossedTitles(placed)).toEqual([]);
    expect(crossedBoxes(placed)).toEqual([]);
  });
  test.each([0, 7])('from %i on: none', async (fromReferences) => {
    expect((await join('down', fromReferences)).joins).toEqual([]);
  });
});

test('settings of spacing act, in points', async () => {
  const page = openPage('const row = [["longer than its title"], [2]]');
  const placed = async (spacing: Partial<typeof defaultSettings.spacing>): Promise<Placed> =>
    lay(
      buildDiagram(page.capture(['row']), { ...defaultSettings, spacing: { ...defaultSettings.spacing, ...spacing } }),
    );
  const between = ({ boxes: [, left, right] }: Placed): number =>
    left && right ? right.frame.x - left.frame.x - left.frame.width : 0;
  const [usual, apart] = [await placed({}), await placed({ betweenBoxes: 122, betweenRanks: 129 })];
  expect(between(apart) - between(usual)).toBe(100);
  expect(apart.height - usual.height).toBe(100);
  const wider = await placed({ cellPadding: 15 });
  expect((wider.boxes[1]?.frame.width ?? 0) - (usual.boxes[1]?.frame.width ?? 0)).toBe(20);
});

test('places are whole points, also 100,000 points away', async () => {
  const script = 'let list = null; for (let i = 0; i < 1300; i++) list = { list, text: "same" }';
  const view = { objects: 2000, depth: 2000 };
  const placed = await lay(buildDiagram(openPage(script).capture(['list.list'], view), defaultSettings));
  const tops = placed.boxes.map(({ frame }) => frame.y);
  expect(tops.at(-2)).toBeGreaterThan(100_000);
  // All boxes but the last one are equally high, so that equal steps lead from one to the next.
  const steps = tops.slice(1, -1).map((top, i) => top - (tops[i] ?? 0));
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
});

test('an array of 3,000 references', async () => {
  const script = 'const one = []; const list = Array.from({ length: 3000 }, (_, i) => (i % 30 ? one : [i]))';
  const view = { slices: { begin: 3000, middle: 0, end: 0 } };
  const diagram = buildDiagram(openPage(script).capture(['list'], view), defaultSettings);
  const placed = await lay(diagram);
  expect(placed.boxes[0]?.frame.width).toBeGreaterThan(65_536);
  expect(loneEnds(placed)).toEqual([]);
}, 60_000);

test('of any graph every box and every reference is drawn once, within the picture, and nothing overlaps', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyDiagram,
      fc.constantFrom<LayoutTier>('full', 'ranked', 'rough', 'simple'),
      async (diagram, tier) => {
        const placed = await lay(diagram, tier);
        expect(placed.boxes.map(({ box }) => box)).toEqual(diagram.boxes);
        expect(placed.references.map(({ reference }) => reference)).toEqual(diagram.references);
        expect(overlaps(placed)).toEqual([]);
        expect(loneEnds(placed)).toEqual([]);
        if (tier === 'full') {
          expect(crossedCells(placed)).toEqual([]);
          expect(crossedTitles(placed)).toEqual([]);
          expect(crossedBoxes(placed)).toEqual([]);
        }
        for (const { frame, title } of placed.boxes) {
          for (const { x, y, width, height } of [frame, title]) {
            expect(x >= 0 && y >= 0 && x + width <= placed.width && y + height <= placed.height).toBe(true);
          }
        }
      },
    ),
    { numRuns: 100, seed: 7 },
  );
}, 60_000);

describe('random graphs of every shape of box', () => {
  const clean = (placed: Placed, withLines: boolean) => ({
    overlaps: overlaps(placed),
    clipped: clipped(placed),
    tightTexts: tightTexts(placed, tableMeasure),
    loneEnds: loneEnds(placed),
    ...(withLines ? { titles: crossedTitles(placed), boxes: crossedBoxes(placed), cells: crossedCells(placed) } : {}),
  });
  const nothing = { overlaps: [], clipped: [], tightTexts: [], loneEnds: [] };
  const noLines = { titles: [], boxes: [], cells: [] };
  const seeds = [1, 2, 3, 4, 5, 6];
  test.each(directions.flatMap((direction) => seeds.map((seed) => ({ direction, seed }))))(
    '40 boxes, $direction, seed $seed: no line meets a label or another box',
    async ({ direction, seed }) => {
      const diagram = mixedDiagram({ count: 40, direction, seed, wild: 0.15 });
      expect(clean(await lay(diagram, 'full'), true)).toEqual({ ...nothing, ...noLines });
    },
  );
  test.each(
    directions.flatMap((direction) =>
      (
        [
          { count: 320, wild: 0.02, tier: 'ranked' },
          { count: 320, wild: 0.5, tier: 'ranked' },
          { count: 320, wild: 0.5, tier: 'rough' },
          { count: 1200, wild: 0.3, tier: 'simple' },
        ] as const
      ).map((mixture) => ({ ...mixture, direction })),
    ),
  )(
    '$count boxes, $wild of references at random, $direction, $tier: no box on another, nothing clipped',
    async ({ tier, ...mixture }) => {
      const diagram = mixedDiagram({ ...mixture, seed: 11 });
      const placed = await lay(diagram, tier);
      expect(placed.boxes).toHaveLength(mixture.count);
      expect(placed.references).toHaveLength(diagram.references.length);
      expect(clean(placed, false)).toEqual(nothing);
    },
    60_000,
  );
});

test('the same diagram gets the same places', async () => {
  const diagram = buildDiagram(page.capture(['treeWithParents']), defaultSettings);
  expect(await lay(diagram)).toEqual(await lay(diagram));
});
