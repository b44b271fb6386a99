/** Writes splines as paths, and cuts them finer without changing their shape, so that one can move into another. Pure. */
import type { Point } from '../layout/placed.ts';

const rounded = (value: number): number => Math.round(value * 100) / 100;

export const pair = ({ x, y }: Point): string => `${rounded(x)} ${rounded(y)}`;

/** A spline as the `d` of a path. */
export function splinePath([start, ...rest]: readonly Point[]): string {
  return start ? `M${pair(start)}C${rest.map(pair).join(' ')}` : '';
}

/** The number of cubic curves in a spline. */
export const piecesOf = (points: readonly Point[]): number => Math.max(0, Math.floor((points.length - 1) / 3));

type Piece = readonly [Point, Point, Point, Point];

/** The same line in at least `pieces` curves of about the same length. */
export function cutInto(pieces: number, points: readonly Point[]): readonly Point[] {
  const cut = piecesIn(points);
  while (cut.length < pieces) {
    const longest = longestOf(cut);
    const piece = cut[longest];
    if (!piece) return points;
    cut.splice(longest, 1, ...halves(piece));
  }
  const [first] = points;
  return first ? [first, ...cut.flatMap(([, ...rest]) => rest)] : points;
}

function piecesIn(points: readonly Point[]): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at + 3 < points.length; at += 3) {
    const [a, b, c, d] = points.slice(at, at + 4);
    if (a && b && c && d) pieces.push([a, b, c, d]);
  }
  return pieces;
}

function longestOf(pieces: readonly Piece[]): number {
  const lengths = pieces.map(([a, b, c, d]) => distance(a, b) + distance(b, c) + distance(c, d));
  return lengths.indexOf(Math.max(...lengths));
}

const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** De Casteljau's construction at the middle. */
function halves([a, b, c, d]: Piece): readonly [Piece, Piece] {
  const [ab, bc, cd] = [middle(a, b), middle(b, c), middle(c, d)];
  const [abc, bcd] = [middle(ab, bc), middle(bc, cd)];
  const half = middle(abc, bcd);
  return [
    [a, ab, abc, half],
    [half, bcd, cd, d],
  ];
}
