import { describe, expect, test } from 'vitest';
import { actualSize, fitInto, middleIn, panBy, reveal, startIn, suits, uncover, zoomAt } from './viewport.ts';

const window = { width: 500, height: 400 };
const origin = { x: 0, y: 0 };

describe('fitting', () => {
  test('a small picture stands at 100 %, in the middle, at the top', () => {
    expect(fitInto({ origin, width: 100, height: 50 }, window)).toEqual({ scale: 1, x: 200, y: 12 });
  });
  test('a large picture is scaled until both sides fit', () => {
    const { scale, x, y } = fitInto({ origin, width: 952, height: 100 }, window);
    expect({ scale, x, y }).toEqual({ scale: 0.5, x: 12, y: 12 });
  });
  test('a picture of any size is in sight as a whole', () => {
    expect(fitInto({ origin, width: 476_000, height: 1000 }, window)).toMatchObject({ scale: 0.001, x: 12, y: 12 });
  });
  test('in a small window it goes on in the one direction in which it can be read', () => {
    const pane = { width: 224, height: 324 };
    expect(startIn({ origin, width: 1000, height: 400 }, pane)).toEqual({ scale: 0.75, x: 12, y: 12 });
    expect(startIn({ origin, width: 200, height: 1000 }, pane)).toEqual({ scale: 0.75, x: 37, y: 12 });
    const across = { origin, width: 1000, height: 400 };
    expect(suits(startIn(across, pane), across, pane)).toBe(true);
    expect(suits(startIn(across, pane), { ...across, origin: { x: 50, y: 0 } }, pane)).toBe(false);
    const needed = { origin: { x: 600, y: 0 }, width: 100, height: 100 };
    expect(startIn(across, pane, needed)).toEqual({ scale: 0.75, x: 12 - 450, y: 12 });
    expect(startIn(across, pane, { ...needed, origin: { x: 900, y: 0 } })).toEqual({
      scale: 0.75,
      x: 212 - 750,
      y: 12,
    });
    expect(startIn(across, pane, { ...needed, origin: { x: 100, y: 0 } })).toEqual(startIn(across, pane));
    expect(suits(startIn(across, pane), across, pane, needed)).toBe(false);
    const large = { origin, width: 1000, height: 1000 };
    expect(startIn(large, pane)).toEqual(fitInto(large, pane));
  });
});

test('a picture whose corner is elsewhere is fitted and held as one at 0, 0', () => {
  const picture = { origin: { x: -40, y: 10 }, width: 952, height: 100 };
  const viewport = fitInto(picture, window);
  expect(viewport).toEqual({ scale: 0.5, x: 32, y: 7 });
  expect(suits(viewport, picture, window)).toBe(true);
  expect(suits({ ...viewport, x: viewport.x - 13 }, picture, window)).toBe(false);
});

test('a picture that is much smaller than the one before it is not left as small', () => {
  const large = fitInto({ origin, width: 2000, height: 300 }, window);
  expect(suits(large, { origin, width: 1500, height: 300 }, window)).toBe(true);
  expect(suits(large, { origin, width: 200, height: 100 }, window)).toBe(false);
});

describe('zooming', () => {
  test('what is under the anchor stays under it', () => {
    const before = { x: 30, y: 40, scale: 0.5 };
    const anchor = { x: 130, y: 240 };
    const after = zoomAt(before, 3, anchor);
    const under = (v: typeof before) => [(anchor.x - v.x) / v.scale, (anchor.y - v.y) / v.scale];
    expect(after.scale).toBe(1.5);
    expect(under(after)).toEqual(under(before));
  });
  test('ends at eight times', () => {
    expect(zoomAt({ x: 0, y: 0, scale: 7 }, 4, { x: 0, y: 0 }).scale).toBe(8);
  });
  test('100 % keeps the middle', () => {
    expect(actualSize({ x: 0, y: 0, scale: 2 }, { x: 250, y: 200 })).toEqual({ scale: 1, x: 125, y: 100 });
  });
});

test('keys zoom where the picture is, also when the middle of the window is empty', () => {
  const strip = { origin, width: 10_000, height: 100 };
  expect(middleIn({ x: 0, y: 12, scale: 0.05 }, strip, window)).toEqual({ x: 250, y: 17 });
  expect(middleIn({ x: 0, y: -100, scale: 8 }, strip, window)).toEqual({ x: 250, y: 200 });
});

describe('panning', () => {
  test('moves by window pixels', () => {
    expect(panBy({ x: 10, y: 10, scale: 1 }, 5, -20, { origin, width: 300, height: 300 }, window)).toEqual({
      x: 15,
      y: -10,
      scale: 1,
    });
  });
  test('never loses the picture', () => {
    const lost = panBy({ x: 0, y: 0, scale: 1 }, -10_000, 10_000, { origin, width: 300, height: 300 }, window);
    expect(lost).toEqual({ x: -252, y: 352, scale: 1 });
  });
});

describe('bringing into sight', () => {
  const rectangle = { origin: { x: 100, y: 40 }, width: 60, height: 20 };
  test('what is seen and can be read stays', () => {
    const viewport = { x: 0, y: 0, scale: 1 };
    expect(reveal(viewport, rectangle, window)).toBe(viewport);
  });
  test('what is outside comes into the middle', () => {
    expect(reveal({ x: -900, y: 0, scale: 1 }, rectangle, window)).toEqual({ x: 120, y: 150, scale: 1 });
  });
  test('what is too small to read is shown at 100 %', () => {
    expect(reveal({ x: 0, y: 0, scale: 0.2 }, rectangle, window)).toEqual({ x: 120, y: 150, scale: 1 });
  });
  test('of what is larger than the window, the beginning is shown', () => {
    expect(reveal({ x: -900, y: 0, scale: 1 }, { origin, width: 4000, height: 20 }, window).x).toBe(12);
  });
});

describe('uncovering', () => {
  const rectangle = { origin: { x: 100, y: 40 }, width: 60, height: 20 };
  test.each([
    ['what is in sight stays', { x: 0, y: 0, scale: 0.5 }, { x: 0, y: 0 }],
    ['what is left of the window comes to its left edge', { x: -400, y: 0, scale: 1 }, { x: -88, y: 0 }],
    ['what is right of it to its right edge', { x: 900, y: 0, scale: 1 }, { x: 328, y: 0 }],
    ['what is below and small stays small', { x: 0, y: 900, scale: 0.5 }, { x: 0, y: 358 }],
    ['of what is larger than the window, the beginning', { x: 0, y: 0, scale: 8 }, { x: -788, y: -92 }],
  ])('%s', (_, viewport, place) => {
    expect(uncover(viewport, rectangle, window)).toEqual({ ...place, scale: viewport.scale });
  });
});
