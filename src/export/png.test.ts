import { expect, test } from 'vitest';
import { fittingScale } from './png.ts';

test.each([
  ['as asked for', { width: 800, height: 600, scale: 4 }, 4],
  ['a long side', { width: 32_768, height: 10, scale: 2 }, 0.5],
  ['both sides', { width: 16_384, height: 16_384, scale: 1 }, 1],
  ['a large picture', { width: 20_000, height: 20_000, scale: 1 }, 0.8192],
])('%s', (_, options, scale) => {
  expect(fittingScale(options)).toBeCloseTo(scale, 6);
});
