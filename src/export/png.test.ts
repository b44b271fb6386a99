import { expect, test } from 'vitest';
import { firstPart, fittingScale, imagesOf } from './png.ts';

test.each([
  ['as asked for', { width: 800, height: 600, scale: 4 }, 4],
  ['a long side', { width: 32_768, height: 10, scale: 2 }, 0.5],
  ['both sides', { width: 16_384, height: 16_384, scale: 1 }, 1],
  ['a large picture', { width: 20_000, height: 20_000, scale: 1 }, 0.8192],
])('%s', (_, options, scale) => {
  expect(fittingScale(options)).toBeCloseTo(scale, 6);
});

test.each([
  ['one image', { width: 800, height: 600, scale: 2 }, 2, 1],
  ['one image, a little smaller, where its text can be read', { width: 12_000, height: 600, scale: 2 }, 1.365333, 1],
  ['several images of a strip', { width: 105_900, height: 700, scale: 2 }, 2, 13],
  ['images at 100% where there would be too many', { width: 553_000, height: 700, scale: 2 }, 1, 34],
  ['one image where nothing helps', { width: 1_000_000, height: 1_000_000, scale: 1 }, 0.016384, 1],
])('%s', (_, options, scale, tiles) => {
  const images = imagesOf(options);
  expect(images.scale).toBeCloseTo(scale, 5);
  expect(images.tiles).toHaveLength(tiles);
  for (const { width, height } of images.tiles) {
    expect(Math.max(width, height) * images.scale).toBeLessThanOrEqual(16_384 + 1e-6);
  }
});

test('the first part is at the root, and as large as one image', () => {
  expect(firstPart({ width: 105_900, height: 700, scale: 2 })).toEqual({ x: 0, y: 0, width: 16_384, height: 700 });
});
