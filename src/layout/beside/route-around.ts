/**
 * Routes one reference around boxes that stand already: in straight pieces with few corners, without meeting a box. Decides nothing about
 * boxes. Pure.
 */

import type { Point, Rectangle } from '../placed.ts';
import { type Segment, touches } from './free-space.ts';

export interface Goal {
  /** Where the line arrives, outside of the box. */
  readonly at: Point;
  /** The arrow's tip, at the frame. */
  readonly tip: Point;
  /** What arriving here costs in addition, in points. */
  readonly cost: number;
}

export interface Route {
  readonly start: Point;
  /** The direction in which the line leaves. */
  readonly leaving: 'x' | 'y';
  readonly goals: readonly Goal[];
  readonly boxes: readonly Rectangle[];
  /** Pieces of other lines. Running over them costs more. */
  readonly used: readonly Segment[];
}

/** Points between a line and the boxes that it passes. */
const passing = 8;
const closest = 3;
/** What a corner, and a crossing with another line, cost in points. */
const cornerCost = 24;
const crossingCost = 30;
/** Running over another line costs this many times the length. */
const overCost = 6;
/** Points around start and goals within which boxes are passed. A way further out is hard to follow. */
const around = 260;

interface Step {
  readonly x: number;
  readonly y: number;
  /** 0: along x, 1: along y. */
  readonly way: 0 | 1;
  readonly cost: number;
  readonly guess: number;
  readonly before: Step | null;
}

/** The corners from start to tip; null when there is no way. */
export function routeAround({ start, leaving, goals, boxes, used }: Route): readonly Point[] | null {
  const ends = [start, ...goals.map(({ at }) => at)];
  const area = {
    left: Math.min(...ends.map(({ x }) => x)) - around,
    right: Math.max(...ends.map(({ x }) => x)) + around,
    top: Math.min(...ends.map(({ y }) => y)) - around,
    bottom: Math.max(...ends.map(({ y }) => y)) + around,
  };
  const near = boxes.filter(
    ({ x, y, width, height }) => x < area.right && x + width > area.left && y < area.bottom && y + height > area.top,
  );
  const sorted = (all: readonly number[]): readonly number[] => [...new Set(all)].sort((a, b) => a - b);
  const xs = sorted([
    ...ends.map(({ x }) => x),
    ...near.flatMap(({ x, width }) => [x - passing, x - 2 * passing, x + width + passing, x + width + 2 * passing]),
  ]);
  const ys = sorted([
    ...ends.map(({ y }) => y),
    ...near.flatMap(({ y, height }) => [y - passing, y - 2 * passing, y + height + passing, y + height + 2 * passing]),
  ]);
  const at = (x: number, y: number): Point => ({ x: xs[x] ?? 0, y: ys[y] ?? 0 });
  const goalAt = new Map(goals.map((goal) => [`${xs.indexOf(goal.at.x)} ${ys.indexOf(goal.at.y)}`, goal]));
  const guess = ({ x, y }: Point): number =>
    Math.min(...goals.map((goal) => Math.abs(goal.at.x - x) + Math.abs(goal.at.y - y) + goal.cost));
  const known = new Map<string, number | null>();
  /** The cost of a piece between neighbors; null when a box is in the way. */
  const costOf = (x: number, y: number, toX: number, toY: number): number | null => {
    const key = x + y < toX + toY ? `${x} ${y} ${toX} ${toY}` : `${toX} ${toY} ${x} ${y}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const piece: Segment = [at(x, y), at(toX, toY)];
    const cost = near.some((box) => touches(piece, box, closest)) ? null : pieceCost(piece, used);
    known.set(key, cost);
    return cost;
  };

  const waiting = new Heap();
  const done = new Set<string>();
  const first: Step = {
    x: xs.indexOf(start.x),
    y: ys.indexOf(start.y),
    way: leaving === 'x' ? 0 : 1,
    cost: 0,
    guess: guess(start),
    before: null,
  };
  waiting.add(first);
  for (let step = waiting.take(); step; step = waiting.take()) {
    const goal = goalAt.get(`${step.x} ${step.y}`);
    const key = `${step.x} ${step.y} ${step.way}`;
    if (done.has(key)) continue;
    done.add(key);
    if (goal) return [...cornersOf(step, at), goal.tip];
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const [x, y] = [step.x + dx, step.y + dy];
      if (x < 0 || y < 0 || x >= xs.length || y >= ys.length) continue;
      const way = dx === 0 ? 1 : 0;
      const piece = costOf(step.x, step.y, x, y);
      if (piece === null || done.has(`${x} ${y} ${way}`)) continue;
      const reached = goalAt.get(`${x} ${y}`);
      const cost = step.cost + piece + (way === step.way ? 0 : cornerCost) + (reached?.cost ?? 0);
      waiting.add({ x, y, way, cost, guess: cost + (reached ? 0 : guess(at(x, y))), before: step });
    }
  }
  return null;
}

function pieceCost([a, b]: Segment, used: readonly Segment[]): number {
  const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  const level = a.y === b.y;
  let cost = length;
  for (const [c, d] of used) {
    if (level) {
      if (Math.abs(c.y - a.y) < 4 && Math.abs(d.y - a.y) < 4) cost += overCost * common(a.x, b.x, c.x, d.x);
      else if ((c.y - a.y) * (d.y - a.y) < 0 && isBetween(crossing(c.x, c.y, d.x, d.y, a.y), a.x, b.x))
        cost += crossingCost;
    } else if (Math.abs(c.x - a.x) < 4 && Math.abs(d.x - a.x) < 4) cost += overCost * common(a.y, b.y, c.y, d.y);
    else if ((c.x - a.x) * (d.x - a.x) < 0 && isBetween(crossing(c.y, c.x, d.y, d.x, a.x), a.y, b.y))
      cost += crossingCost;
  }
  return cost;
}

const common = (a: number, b: number, c: number, d: number): number =>
  Math.max(0, Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d)));

/** Where the line from (u, v) to (u2, v2) has this v. */
const crossing = (u: number, v: number, u2: number, v2: number, at: number): number =>
  u + ((at - v) / (v2 - v)) * (u2 - u);

const isBetween = (value: number, one: number, other: number): boolean =>
  value > Math.min(one, other) && value < Math.max(one, other);

function cornersOf(last: Step, at: (x: number, y: number) => Point): readonly Point[] {
  const corners: Point[] = [];
  for (let step: Step | null = last; step; step = step.before) {
    const point = at(step.x, step.y);
    const [one, other] = [corners.at(-1), corners.at(-2)];
    // A point on a straight piece is no corner.
    const isStraight =
      one && other && ((one.x === other.x && one.x === point.x) || (one.y === other.y && one.y === point.y));
    if (isStraight) corners[corners.length - 1] = point;
    else corners.push(point);
  }
  return corners.reverse();
}

/** A priority queue of steps: the one with the lowest guess first. */
class Heap {
  private readonly steps: Step[] = [];

  add(step: Step): void {
    const { steps } = this;
    let at = steps.push(step) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = steps[above];
      if (!parent || parent.guess <= step.guess) break;
      steps[at] = parent;
      at = above;
    }
    steps[at] = step;
  }

  take(): Step | undefined {
    const { steps } = this;
    const [first] = steps;
    const last = steps.pop();
    if (!first || !last || steps.length === 0) return first;
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const [one, other] = [steps[left], steps[right]];
      if (!one) break;
      const [child, next] = other && other.guess < one.guess ? [right, other] : [left, one];
      if (next.guess >= last.guess) break;
      steps[at] = next;
      at = child;
    }
    steps[at] = last;
    return first;
  }
}
