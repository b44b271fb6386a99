import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point } from '../layout/placed.ts';
import { cutInto, piecesOf, splinePath } from './spline.ts';

const point = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) });
/** One to five pieces. */
const spline = fc.integer({ min: 1, max: 5 }).chain((pieces) => {
  const length = 3 * pieces + 1;
  return fc.array(point, { minLength: length, maxLength: length });
});

/** Points of the curve, `count` in each piece. */
function along(points: readonly Point[], count: number): readonly Point[] {
  const found: Point[] = [];
  for (let at = 0; at + 3 < points.length; at += 3) {
    const [a, b, c, d] = points.slice(at, at + 4);
    if (!a || !b || !c || !d) continue;
    for (let i = 0; i <= count; i++) {
      const t = i / count;
      const of = (name: 'x' | 'y'): number =>
        (1 - t) ** 3 * a[name] + 3 * (1 - t) ** 2 * t * b[name] + 3 * (1 - t) * t ** 2 * c[name] + t ** 3 * d[name];
      found.push({ x: of('x'), y: of('y') });
    }
  }
  return found;
}

describe('cutting', () => {
  test('gives the number that was asked for, and never fewer than there were', () => {
    fc.assert(
      fc.property(spline, fc.integer({ min: 1, max: 12 }), (points, pieces) => {
        expect(piecesOf(cutInto(pieces, points))).toBe(Math.max(pieces, piecesOf(points)));
      }),
    );
  });

  test('leaves the shape: every point of the finer curve is on the other', () => {
    fc.assert(
      fc.property(spline, (points) => {
        const fine = along(points, 256);
        // Between two of the points of `fine` lie at most so many.
        const step = Math.max(
          ...fine.slice(1).map(({ x, y }, i) => Math.hypot(x - (fine[i]?.x ?? x), y - (fine[i]?.y ?? y))),
        );
        for (const { x, y } of along(cutInto(8, points), 3)) {
          const nearest = Math.min(...fine.map((other) => Math.hypot(other.x - x, other.y - y)));
          expect(nearest).toBeLessThanOrEqual(step + 1e-6);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('of nothing, and of a straight line', () => {
    expect(cutInto(4, [])).toEqual([]);
    const line = [0, 1, 2, 3].map((x) => ({ x, y: 0 }));
    expect(splinePath(cutInto(2, line))).toBe('M0 0C0.5 0 1 0 1.5 0 2 0 2.5 0 3 0');
  });
});
