/** That the gallery's pictures are clean: its pages' own data, after the last step and on the way there. */
import { expect, test } from 'vitest';
import { buildDiagram } from '../diagram/build.ts';
import type { Diagram } from '../diagram/diagram.ts';
import { defaultSettings } from '../diagram/settings.ts';
import { galleryMoments, galleryPages, type Moment } from './gallery.test-helper.ts';
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

async function lay({ snapshot }: Moment, direction: Diagram['direction'], tier: LayoutTier): Promise<Placed> {
  const diagram = buildDiagram(snapshot, { ...defaultSettings, direction });
  const outcome = await layoutInProcess(diagram, tableMeasure, tier);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.placed;
}

/** What a picture has that it must not have; lines keep off other boxes where Graphviz leads them in full. */
const flaws = (placed: Placed) => ({
  overlaps: overlaps(placed),
  clipped: clipped(placed),
  tightTexts: tightTexts(placed, tableMeasure),
  loneEnds: loneEnds(placed),
  ...(placed.tier === 'full' || placed.tier === 'ranked'
    ? { titles: crossedTitles(placed), boxes: crossedBoxes(placed), cells: crossedCells(placed) }
    : {}),
});

const flawless = (placed: Placed) => {
  const found = flaws(placed);
  return Object.values(found).every((list) => list.length === 0) ? null : found;
};

const directions: readonly Diagram['direction'][] = ['down', 'right'];
const tiers: readonly LayoutTier[] = ['full', 'ranked', 'rough', 'simple'];

const moments = galleryPages.flatMap((file) =>
  galleryMoments(file, (step, of) => step === of || step <= 4 || step === 39),
);

test.each(moments)(
  '$name: in both directions and all tiers nothing covers anything',
  async (moment) => {
    for (const direction of directions) {
      for (const tier of tiers)
        expect(flawless(await lay(moment, direction, tier)), `${direction}, ${tier}`).toBe(null);
    }
  },
  60_000,
);

test('no two references of a doubly linked list, a tree or a hash set cross, down or to the right', async () => {
  for (const file of ['linked-list.html', 'binary-tree.html', 'hash-set.html']) {
    for (const moment of galleryMoments(file, (step) => step === 31)) {
      for (const direction of directions) {
        expect(crossings(await lay(moment, direction, 'full')), `${moment.name}, ${direction}`).toBe(0);
      }
    }
  }
}, 60_000);
