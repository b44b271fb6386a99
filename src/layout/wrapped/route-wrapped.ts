/**
 * Lines between boxes of a wrapped picture: out of a box into the free space beside it, through the ways past the subtrees on the path in
 * the tree, and into the other box. Must never lead through a box.
 */
import type { BoxKey, Diagram } from '../../diagram/diagram.ts';
import type { EdgeDirection } from '../edge-directions.ts';
import type { Approach, Footprint } from '../footprint.ts';
import { roundedLine, throughGap } from '../place.ts';
import type { Point } from '../placed.ts';
import { besideBox, type Size } from './shapes.ts';

/** Free space, across the picture's direction (a way past boxes) or along it (between two shelves). */
export interface Corridor {
  readonly from: number;
  readonly to: number;
}

/** How lines come to a box: through the gap before it, which is reached through a lane. */
export interface Access {
  readonly gap: Corridor;
  readonly lane: Corridor;
  /** The box in whose rectangle it stands; null for a root. */
  readonly up: number | null;
}

interface Wrapped {
  readonly diagram: Diagram;
  readonly edges: readonly EdgeDirection[];
  readonly footprints: readonly Footprint[];
  readonly starts: readonly Size[];
  readonly sizes: readonly Size[];
  readonly access: readonly Access[];
  /** The gap directly below each box; missing where there is none. */
  readonly below: readonly (Corridor | undefined)[];
  readonly children: readonly (readonly number[])[];
  /** Boxes in the columns of a chain. */
  readonly inChain: ReadonlySet<number>;
}

/** Points between a box and a line beside it. */
const passing = besideBox / 2;

interface End {
  readonly point: Size;
  /** The side of the box: before it, behind it, or at its low or high end across the direction. */
  readonly side: 'before' | 'behind' | 'low' | 'high';
}

const within = ({ from, to }: Corridor, share: number): number => from + (to - from) * share;

/** Steps of a line, across the picture's direction and along it. */
function stepsIn({ starts, sizes, access, inChain }: Wrapped) {
  /** Beside a box, at its high end, where no other box is. */
  const beside = (box: number): number => (starts[box]?.across ?? 0) + (sizes[box]?.across ?? 0) + passing;
  const before = (box: number): number => (starts[box]?.across ?? 0) - passing;
  const under = (box: number): number => (starts[box]?.along ?? 0) + (sizes[box]?.along ?? 0) + passing;
  /** Whether its lane is that of its column: the first box of a chain is reached as any other box. */
  const isColumn = (box: number): boolean => {
    const up = access[box]?.up ?? null;
    return up !== null && inChain.has(up) && inChain.has(box);
  };
  const turn = ({ point }: End, across: number, level: number): Size[] => [
    point,
    { across, along: point.along },
    { across, along: level },
  ];

  return {
    /** A box and those in whose rectangles it stands, the innermost first. */
    pathUp(box: number): readonly number[] {
      const path = [box];
      for (let up = access[box]?.up ?? null; up !== null; up = access[up]?.up ?? null) path.push(up);
      return path;
    },

    /** From the gap before the first box through the lanes of all, to the gap before the last one. */
    climb: (path: readonly number[], share: number, lane: number): Size[] =>
      path.flatMap((box, i): Size[] => {
        const own = access[box];
        if (!own) return [];
        const along = within(own.gap, share);
        const inner = i > 0 ? access[path[i - 1] ?? 0]?.lane : undefined;
        const out = { across: within(own.lane, lane), along };
        return inner ? [{ across: within(inner, lane), along }, out] : [out];
      }),

    /** From an end of a box to the gap before it. */
    leave(end: End, box: number, level: number): Size[] {
      const { point, side } = end;
      const out = beside(box);
      switch (side) {
        case 'before':
          return [point, { across: point.across, along: level }];
        case 'high':
          return turn(end, out, level);
        case 'behind':
          return [
            point,
            { across: point.across, along: under(box) },
            { across: out, along: under(box) },
            { across: out, along: level },
          ];
        case 'low':
          return turn(end, before(box), level);
      }
    },

    /** From an end of a box into the gap below it. */
    descend(end: End, box: number, level: number): Size[] {
      switch (end.side) {
        case 'behind':
          return [end.point, { across: end.point.across, along: level }];
        case 'high':
        case 'before':
          return turn(end, beside(box), level);
        case 'low':
          return turn(end, before(box), level);
      }
    },

    /** From an end of a box in a column of a chain straight into the way beside the column; null where there is none. */
    intoLane({ point, side }: End, box: number, across: number): Size[] | null {
      if (!isColumn(box)) return null;
      switch (side) {
        case 'behind':
          return [point, { across: point.across, along: under(box) }, { across, along: under(box) }];
        case 'high':
          return [point, { across, along: point.along }];
        case 'before':
        case 'low':
          return null;
      }
    },
  };
}

/** The path of a line from an end of a box to an end of another one. */
function pathsIn(wrapped: Wrapped) {
  const { access, below, inChain } = wrapped;
  const turns = turnsOf(wrapped);
  const { pathUp, climb, leave, descend, intoLane } = stepsIn(wrapped);
  const turning = new Set([...turns.values()].map(({ parent }) => parent));

  const between = (tail: number, start: End, head: number, end: End, id: number): readonly Size[] | null => {
    const [from, to] = [access[tail], access[head]];
    if (!from || !to) return null;
    const turn = turns.get(head);
    const isChild = turn?.parent === tail;
    const spread = (id * 0.618) % 1;
    const lane = 0.1 + 0.8 * (isChild ? turn.share : spread);
    const level = 0.15 + 0.7 * (isChild ? turn.share : spread);
    const [own, behind] = [below[tail], below[head]];
    const arriving = leave(end, head, within(to.gap, level)).toReversed();
    if (own && own === to.gap) return [...descend(start, tail, within(own, level)), ...arriving];
    if (behind && behind === from.gap) {
      const along = within(behind, level);
      return [...leave(start, tail, along), ...descend(end, head, along).toReversed()];
    }
    const [up, upTo] = [pathUp(tail), pathUp(head)];
    const common = up.find((box) => upTo.includes(box)) ?? null;
    const rise = common === null ? up : up.slice(0, up.indexOf(common));
    const fall = common === null ? upTo : upTo.slice(0, upTo.indexOf(common));
    const [last, next] = [rise.at(-1), fall.at(-1)];
    const laneOf = (box: number): number => within(access[box]?.lane ?? to.lane, lane);

    let leaving: Size[];
    if (common === tail && next !== undefined && own && !inChain.has(tail)) {
      const along = within(own, isChild ? 0.45 - 0.4 * turn.share : level);
      leaving = [...descend(start, tail, along), { across: laneOf(next), along }];
    } else {
      const direct = intoLane(start, tail, laneOf(tail));
      leaving = direct ?? leave(start, tail, within(from.gap, level));
      leaving = [...leaving, ...climb(rise, level, lane).slice(direct ? 1 : 0)];
    }
    if (common === head && last !== undefined && behind && !inChain.has(head)) {
      const along = within(behind, level);
      return [...leaving, { across: laneOf(last), along }, ...descend(end, head, along).toReversed()];
    }
    const over: Size[] = [];
    const outer = common === null ? null : access[common];
    const isOneLane = last !== undefined && next !== undefined && access[last]?.lane === access[next]?.lane;
    if (outer && !isOneLane && (common !== tail || inChain.has(tail))) {
      const along = within(outer.gap, level);
      if (last !== undefined) over.push({ across: laneOf(last), along });
      if (next !== undefined) over.push({ across: laneOf(next), along });
    }
    const falling = climb(fall, level, lane).toReversed();
    const direct = next === undefined ? null : intoLane(end, head, laneOf(head));
    if (direct) return [...leaving, ...over, ...falling.slice(0, -1), ...direct.toReversed()];
    return [...leaving, ...over, ...falling, ...arriving];
  };

  return { between, hasTurns: (box: number): boolean => turning.has(box) };
}

/** Answers with the line of a reference by its number, from where it leaves its box to where it arrives; null where it needs none. */
export function createRouter(wrapped: Wrapped): (id: number) => readonly Point[] | null {
  const { diagram, edges, footprints, starts, access, below } = wrapped;
  const down = diagram.direction === 'down';
  const numbers = new Map<BoxKey, number>(diagram.boxes.map(({ key }, number) => [key, number]));
  const { between, hasTurns } = pathsIn(wrapped);
  const toSize = ({ x, y }: Point): Size => (down ? { across: x, along: y } : { across: y, along: x });
  const toPoint = ({ across, along }: Size): Point => (down ? { x: across, y: along } : { x: along, y: across });
  const sides = down
    ? ({ n: 'before', s: 'behind', w: 'low', e: 'high' } as const)
    : ({ n: 'low', s: 'high', w: 'before', e: 'behind' } as const);
  const endOf = (box: number, approach: Approach | undefined, at: Point | undefined): End | null => {
    const start = starts[box];
    if (!approach || !at || !start) return null;
    const relative = toSize(at);
    const point = { across: start.across + relative.across, along: start.along + relative.along };
    return { point, side: sides[approach.anchor.side] };
  };
  return (id) => {
    const reference = diagram.references[id];
    const edge = edges[id];
    if (!reference || !edge || edge.kind === 'self') return null;
    const [tail, head] = [numbers.get(reference.from), numbers.get(reference.to)];
    if (tail === undefined || head === undefined) return null;
    const departure = footprints[tail]?.departures.get(reference.port);
    const arrival = footprints[head]?.arrivals.get(edge.kind === 'back' ? edge.side : 'forward');
    const start = endOf(tail, departure, departure?.path.at(-1));
    const end = endOf(head, arrival, arrival?.path[0]);
    if (!start || !end) return null;
    const gap = below[tail];
    const isNext = start.side === 'behind' && end.side === 'before' && gap !== undefined && gap === access[head]?.gap;
    const points = isNext
      ? throughGap(toPoint(start.point), toPoint(end.point), lowerPart(gap, hasTurns(tail)), diagram.direction)
      : roundedLine(withoutDetours(between(tail, start, head, end, id) ?? [start.point, end.point]).map(toPoint));
    return edge.kind === 'back' ? points.toReversed() : points;
  };
}

/**
 * The children that are not in the first shelf below their parent, and the order of their lines: the later ones turn off higher and run
 * further out, so that no two cross.
 */
function turnsOf({
  children,
  access,
  below,
}: Wrapped): ReadonlyMap<number, { readonly parent: number; readonly share: number }> {
  const turns = new Map<number, { readonly parent: number; readonly share: number }>();
  children.forEach((list, parent) => {
    const later = list.filter((child) => access[child] && access[child].gap !== below[parent]);
    for (const [turn, child] of later.entries()) turns.set(child, { parent, share: (turn + 0.5) / later.length });
  });
  return turns;
}

/** Above it, the lines to later shelves turn off. */
const lowerPart = ({ from, to }: Corridor, hasTurns: boolean) => ({
  from: hasTurns ? (from + to) / 2 : from,
  to,
  next: to,
});

/** The same line without points between its corners, also where it would run on and back again. */
function withoutDetours(points: readonly Size[]): readonly Size[] {
  const corners: Size[] = [];
  for (const point of points) {
    for (let [before, last] = corners.slice(-2); before && last; [before, last] = corners.slice(-2)) {
      if (!isStraight(before, last, point, 'across') && !isStraight(before, last, point, 'along')) break;
      corners.pop();
    }
    const last = corners.at(-1);
    if (!last || !isNear(last.across, point.across) || !isNear(last.along, point.along)) corners.push(point);
  }
  return corners;
}

const isNear = (one: number, other: number): boolean => Math.abs(one - other) < 0.01;

const isStraight = (one: Size, between: Size, other: Size, axis: 'across' | 'along'): boolean =>
  isNear(one[axis], between[axis]) && isNear(between[axis], other[axis]);
