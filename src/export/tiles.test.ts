import { expect, test } from 'vitest';
import { showingArea, tilesOf } from './tiles.ts';

test('tiles cover the picture, none larger than it may be', () => {
  const tiles = tilesOf({ width: 25_000, height: 700 }, 8192);
  expect(tiles).toHaveLength(4);
  expect(tiles[3]).toEqual({ x: 18_750, y: 0, width: 6250, height: 700 });
  expect(tilesOf({ width: 10, height: 30 }, 10).map(({ y }) => y)).toEqual([0, 10, 20]);
  expect(tilesOf({ width: 10, height: 10 }, 10)).toEqual([{ x: 0, y: 0, width: 10, height: 10 }]);
});

test('a tile is a window onto the same SVG', () => {
  const svg =
    '<?xml version="1.0"?>\n<svg width="100" height="50" viewBox="-4 2 100 50"><rect width="9" height="9"/></svg>';
  expect(showingArea(svg, { x: 50, y: 25, width: 50, height: 25 })).toBe(
    '<?xml version="1.0"?>\n<svg width="50" height="25" viewBox="46 27 50 25"><rect width="9" height="9"/></svg>',
  );
});
