/** Finds a free place for a box near to where it should be, beside boxes and lines that stay where they are. Pure arithmetic. */
import type { Point, Rectangle } from '../placed.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Search {
  /** The top left corner that would be best. */
  readonly wish: Point;
  /** Rectangles that must stay free, with room around them. */
  readonly taken: readonly Rectangle[];
  /** Lines that a box must not cover. */
  readonly lines: readonly (readonly Point[])[];
  /** The part of the picture that exists already. What is beyond it makes the picture larger. */
  readonly extent: Rectangle;
  readonly gap: number;
}

/** Points between a box and a line. */
const fromLines = 5;
/** What a point beyond the picture costs, in points of distance. */
const beyondCost = 0.6;
/** The number of coordinates that are tried in each direction, the nearest first. */
const mostTried = 90;

/** The nearest free place. There always is one, outside of everything. */
export function freePlace({ width, height }: Size, { wish, taken, lines, extent, gap }: Search): Point {
  const near = (wished: number, all: readonly number[]): readonly number[] =>
    [...new Set([wished, ...all].map(Math.round))]
      .sort((a, b) => Math.abs(a - wished) - Math.abs(b - wished))
      .slice(0, mostTried);
  const sides = (start: number, length: number, size: number): readonly number[] => [
    start - gap - size,
    start,
    start + length + gap,
  ];
  const xs = near(
    wish.x,
    [...taken, extent].flatMap((each) => sides(each.x, each.width, width)),
  );
  const ys = near(
    wish.y,
    [...taken, extent].flatMap((each) => sides(each.y, each.height, height)),
  );
  const segments = lines.flatMap(segmentsOf);
  const tried: { readonly x: number; readonly y: number; readonly cost: number }[] = [];
  for (const x of xs) {
    for (const y of ys) tried.push({ x, y, cost: costOf({ x, y, width, height }, wish, extent) });
  }
  tried.sort((a, b) => a.cost - b.cost);
  for (const { x, y } of tried) {
    const own = { x, y, width, height };
    if (taken.some((other) => overlaps(own, other, gap))) continue;
    if (segments.some((segment) => touches(segment, own, fromLines))) continue;
    return { x, y };
  }
  return { x: extent.x + extent.width + gap, y: wish.y };
}

function costOf({ x, y, width, height }: Rectangle, wish: Point, extent: Rectangle): number {
  const beyond =
    Math.max(0, extent.x - x) +
    Math.max(0, extent.y - y) +
    Math.max(0, x + width - extent.x - extent.width) +
    Math.max(0, y + height - extent.y - extent.height);
  return Math.hypot(x - wish.x, y - wish.y) + beyondCost * beyond;
}

export const overlaps = (one: Rectangle, other: Rectangle, gap: number): boolean =>
  one.x < other.x + other.width + gap &&
  other.x < one.x + one.width + gap &&
  one.y < other.y + other.height + gap &&
  other.y < one.y + one.height + gap;

export type Segment = readonly [Point, Point];

/** Straight pieces that are near to a B-spline of groups of three control points. */
export function segmentsOf(points: readonly Point[]): readonly Segment[] {
  const along: Point[] = [];
  const [start] = points;
  if (start) along.push(start);
  for (let i = 1; i + 2 < points.length; i += 3) {
    const [from, a, b, to] = [points[i - 1], points[i], points[i + 1], points[i + 2]];
    if (!from || !a || !b || !to) continue;
    for (const t of [0.25, 0.5, 0.75, 1]) {
      const u = 1 - t;
      const at = (p: number, q: number, r: number, s: number): number =>
        u ** 3 * p + 3 * u * u * t * q + 3 * u * t * t * r + t ** 3 * s;
      along.push({ x: at(from.x, a.x, b.x, to.x), y: at(from.y, a.y, b.y, to.y) });
    }
  }
  return along.slice(1).map((to, i): Segment => [along[i] ?? to, to]);
}

/** Whether a piece of a line meets a rectangle with room around it. */
export function touches([a, b]: Segment, { x, y, width, height }: Rectangle, room: number): boolean {
  const [left, top, right, bottom] = [x - room, y - room, x + width + room, y + height + room];
  if (Math.max(a.x, b.x) <= left || Math.min(a.x, b.x) >= right) return false;
  if (Math.max(a.y, b.y) <= top || Math.min(a.y, b.y) >= bottom) return false;
  // Clips the piece at each side (Liang and Barsky).
  let [from, to] = [0, 1];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  for (const [p, q] of [
    [-dx, a.x - left],
    [dx, right - a.x],
    [-dy, a.y - top],
    [dy, bottom - a.y],
  ] as const) {
    if (p === 0) {
      if (q <= 0) return false;
      continue;
    }
    const r = q / p;
    if (p < 0) from = Math.max(from, r);
    else to = Math.min(to, r);
    if (from >= to) return false;
  }
  return true;
}
