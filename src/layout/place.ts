/** From Graphviz' answer to places: positions of boxes, splines with their tips. Believes nothing that it has not checked. */
import type { BoxKey, Diagram, Reference } from '../diagram/diagram.ts';
import { arrowLength, type Footprint } from './footprint.ts';
import type { LayoutTier, Placed, PlacedBox, PlacedReference, Point } from './placed.ts';
import type { Way } from './ways.ts';

/** Points around the picture. */
const margin = 12;

/** What was asked in one tier. */
export interface Plan {
  readonly tier: LayoutTier;
  readonly ways: readonly Way[];
  readonly footprints: readonly Footprint[];
}

/**
 * Reads Graphviz' `json` (not `json0`: that one rounds to five digits, which is off by whole points beyond 10,000) and
 * puts boxes and references where it says. Throws an Error when a box is missing in the answer.
 */
export function placeDiagram(diagram: Diagram, { tier, ways, footprints }: Plan, json: string): Placed {
  const { direction } = diagram;
  const { corners, centres, splines } = readAnswer(json);
  const ends = new Map<BoxKey, End>();
  const boxes: PlacedBox[] = diagram.boxes.map((box, number) => {
    const size = footprints[number];
    const corner = corners.get(number);
    if (!size || !corner) throw new Error(`Graphviz gave no place to box ${box.key}.`);
    const centre = centres.get(number) ?? corner;
    ends.set(box.key, { size, corner, across: direction === 'down' ? centre.y : centre.x });
    return { box, frame: moved(size.frame, corner), title: moved(size.title, corner), cells: size.cells };
  });
  const gaps = gapsBetween([...ends.values()], direction);
  const references: PlacedReference[] = [];
  diagram.references.forEach((reference, id) => {
    const way = ways[id];
    const drawn = way && route(reference, way, splines.get(id) ?? null, ends, gaps, direction);
    if (drawn) references.push(drawn);
  });
  return fitted({ diagram, width: 0, height: 0, boxes, references, tier });
}

interface End {
  readonly size: Footprint;
  readonly corner: Point;
  /** Where the middle of its rank is, along the picture's direction. */
  readonly across: number;
}

/** The free room between a rank and the next one, along the picture's direction. */
interface Gap {
  readonly from: number;
  readonly to: number;
  /** `across` of the next rank. */
  readonly next: number;
}

/** Boxes of one rank have their middles on one line, but for the rounding of Graphviz' answer. */
const sameRank = 0.5;

/** The gap behind each rank, by the `across` of its boxes; none where boxes of both ranks reach into it. */
function gapsBetween(ends: readonly End[], direction: Diagram['direction']): ReadonlyMap<number, Gap> {
  const sorted = ends.toSorted((a, b) => a.across - b.across);
  const ranks: { readonly members: number[]; start: number; end: number; last: number }[] = [];
  for (const { size, corner, across } of sorted) {
    const start = direction === 'down' ? corner.y : corner.x;
    const end = start + (direction === 'down' ? size.height : size.width) - size.fan;
    const rank = ranks.at(-1);
    if (!rank || across - rank.last > sameRank) ranks.push({ members: [across], start, end, last: across });
    else {
      rank.members.push(across);
      rank.start = Math.min(rank.start, start);
      rank.end = Math.max(rank.end, end);
      rank.last = across;
    }
  }
  const gaps = new Map<number, Gap>();
  ranks.forEach((rank, i) => {
    const next = ranks[i + 1];
    if (!next || next.start <= rank.end) return;
    for (const across of rank.members) gaps.set(across, { from: rank.end, to: next.start, next: next.last });
  });
  return gaps;
}

/**
 * From a box to one of the next rank: straight on to the gap, over to the target's place within the gap, and straight on
 * again. Unlike Graphviz' own splines, two of these cross only where the order of their ends says that they must, and
 * none meets a box.
 */
function throughGap(start: Point, end: Point, gap: Gap, direction: Diagram['direction']): readonly Point[] {
  const middle = (gap.from + gap.to) / 2;
  const at = (along: number, side: Point): Point =>
    direction === 'down' ? { x: side.x, y: along } : { x: along, y: side.y };
  const enter = at(gap.from, start);
  const leave = at(gap.to, end);
  return [start, start, enter, enter, at(middle, start), at(middle, end), leave, leave, end, end];
}

function route(
  reference: Reference,
  way: Way,
  spline: readonly Point[] | null,
  ends: ReadonlyMap<BoxKey, End>,
  gaps: ReadonlyMap<number, Gap>,
  direction: Diagram['direction'],
): PlacedReference | null {
  const tail = ends.get(reference.from);
  const head = ends.get(reference.to);
  if (!tail || !head) return null;
  if (way.kind === 'self') {
    const loop = tail.size.loops.get(reference.port)?.map((point) => moved(point, tail.corner));
    return loop ? { reference, ...withArrow(roundedLine(loop)) } : null;
  }
  const departure = tail.size.departures.get(reference.port);
  const arrival = head.size.arrivals.get(way.kind === 'back' ? way.side : 'on');
  if (!departure || !arrival) return null;
  const leaving = roundedLine(departure.path.map((point) => moved(point, tail.corner)));
  const arriving = roundedLine(arrival.path.map((point) => moved(point, head.corner)));
  const start = leaving.at(-1);
  const end = arriving[0];
  if (!start || !end) return null;
  const gap = gaps.get(tail.across);
  const onwards = departure.anchor.side === (direction === 'down' ? 's' : 'e');
  const crossesOneGap = way.kind === 'on' && onwards && gap && Math.abs(head.across - gap.next) <= sameRank;
  const middle = way.kind === 'back' ? spline?.toReversed() : spline;
  const between = crossesOneGap ? throughGap(start, end, gap, direction) : pinned(start, middle ?? null, end);
  return { reference, ...withArrow([...leaving.slice(0, -1), ...between, ...arriving.slice(1)]) };
}

/** Moves a spline's ends, and the control points that lead them, onto the exact places; straight where there is none. */
function pinned(start: Point, spline: readonly Point[] | null, end: Point): readonly Point[] {
  const first = spline?.[0];
  const second = spline?.[1];
  const last = spline?.at(-1);
  const lastButOne = spline?.at(-2);
  if (!spline || !first || !second || !last || !lastButOne) return [start, start, end, end];
  return [
    start,
    moved(second, { x: start.x - first.x, y: start.y - first.y }),
    ...spline.slice(2, -2),
    moved(lastButOne, { x: end.x - last.x, y: end.y - last.y }),
    end,
  ];
}

/** Points that a corner takes from the lines that meet in it. */
const cornerRadius = 5;

/** A polyline with rounded corners as a B-spline. */
function roundedLine(corners: readonly Point[]): readonly Point[] {
  const [start, ...rest] = corners;
  if (!start) return [];
  const points: Point[] = [start];
  let current = start;
  const lineTo = (to: Point): void => {
    points.push(current, to, to);
    current = to;
  };
  rest.forEach((corner, i) => {
    const next = rest[i + 1];
    if (!next) {
      lineTo(corner);
      return;
    }
    const radius = Math.min(cornerRadius, distance(current, corner) / 2, distance(corner, next) / 2);
    lineTo(towards(corner, current, radius));
    const leave = towards(corner, next, radius);
    points.push(corner, corner, leave);
    current = leave;
  });
  return points;
}

/** Shortens the last, straight piece by the arrow. */
function withArrow(points: readonly Point[]): Omit<PlacedReference, 'reference'> {
  const tip = points.at(-1) ?? { x: 0, y: 0 };
  const from = points.at(-4) ?? tip;
  const neck = towards(tip, from, arrowLength);
  return { points: [...points.slice(0, -2), neck, neck], tip };
}

const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

/** The point `far` points away from `from` in the direction of `to`. */
function towards(from: Point, to: Point, far: number): Point {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / whole) * far, y: from.y + ((to.y - from.y) / whole) * far };
}

const moved = <T extends Point>(thing: T, by: Point): T => ({ ...thing, x: thing.x + by.x, y: thing.y + by.y });

/** Moves everything so that the picture starts at the margin, and says how large it is. */
function fitted(placed: Placed): Placed {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  const include = ({ x, y }: Point): void => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  };
  for (const { frame, title } of placed.boxes) {
    for (const { x, y, width, height } of [frame, title]) {
      include({ x, y });
      include({ x: x + width, y: y + height });
    }
  }
  for (const { points } of placed.references) for (const point of points) include(point);
  if (placed.boxes.length === 0) return { ...placed, width: 2 * margin, height: 2 * margin };
  const by = { x: margin - Math.floor(left), y: margin - Math.floor(top) };
  return {
    ...placed,
    width: Math.ceil(right) - Math.floor(left) + 2 * margin,
    height: Math.ceil(bottom) - Math.floor(top) + 2 * margin,
    boxes: placed.boxes.map((box) => ({ ...box, frame: moved(box.frame, by), title: moved(box.title, by) })),
    references: placed.references.map(({ reference, points, tip }) => ({
      reference,
      points: points.map((point) => moved(point, by)),
      tip: moved(tip, by),
    })),
  };
}

interface Answer {
  /** Top left corner of each node's footprint, by box number. */
  readonly corners: ReadonlyMap<number, Point>;
  readonly centres: ReadonlyMap<number, Point>;
  readonly splines: ReadonlyMap<number, readonly Point[]>;
}

function readAnswer(json: string): Answer {
  const answer: unknown = JSON.parse(json);
  const corners = new Map<number, Point>();
  const centres = new Map<number, Point>();
  const splines = new Map<number, readonly Point[]>();
  for (const node of list(field(answer, 'objects'))) {
    const name = field(node, 'name');
    const polygon = points(list(field(node, '_ldraw_')), 'P');
    if (typeof name !== 'string' || !polygon) continue;
    const left = Math.min(...polygon.map(({ x }) => x));
    const top = Math.min(...polygon.map(({ y }) => y));
    const right = Math.max(...polygon.map(({ x }) => x));
    const bottom = Math.max(...polygon.map(({ y }) => y));
    const number = Number(name.slice(1));
    // On whole points, borders of one point are sharp at 100 %.
    corners.set(number, { x: Math.round(left), y: Math.round(top) });
    centres.set(number, { x: (left + right) / 2, y: (top + bottom) / 2 });
  }
  for (const edge of list(field(answer, 'edges'))) {
    const spline = points(list(field(edge, '_draw_')), 'b');
    if (spline && spline.length >= 4) splines.set(Number(field(edge, 'id')), spline);
  }
  return { corners, centres, splines };
}

/** Points of the first drawing operation `op` (a polygon's or a spline's). */
function points(operations: readonly unknown[], op: string): readonly Point[] | null {
  const operation = operations.find((candidate) => field(candidate, 'op') === op);
  if (operation === undefined) return null;
  return list(field(operation, 'points')).map((pair) => {
    const [x, y] = list(pair);
    if (typeof x !== 'number' || typeof y !== 'number') throw new Error('Graphviz answered with a point that is none.');
    return { x, y };
  });
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
