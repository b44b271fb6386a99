/**
 * Makes a picture from positions: boxes, splines with their tips, circles in which references meet. Uses nothing of Graphviz'
 * answer without checking it.
 */
import type { BoxKey, Diagram, Reference } from '../diagram/diagram.ts';
import { joinsOf } from './dot.ts';
import type { EdgeDirection } from './edge-directions.ts';
import { arrowLength, type Directed, type Footprint } from './footprint.ts';
import { gapsOf } from './measure.ts';
import type { LayoutTier, Placed, PlacedBox, PlacedJoin, PlacedReference, Point, Rectangle } from './placed.ts';

/** Points around the picture. */
const margin = 12;

/** What was asked in one tier. */
export interface Plan extends Directed {
  readonly tier: LayoutTier;
}

/** Positions by box number: top left corners of footprints, middles of ranks along the direction, circles. */
export interface Places {
  readonly corners: readonly Point[];
  readonly along: readonly number[];
  readonly joins: ReadonlyMap<number, Point>;
  /** By reference number. */
  readonly splines: ReadonlyMap<number, readonly Point[]>;
}

/**
 * Puts boxes and references at the positions of `places`. With `previous`, the picture before this one, everything is moved so
 * that the boxes of both stay where they were, as far as the layout allows.
 */
export function placeDiagram(diagram: Diagram, plan: Plan, places: Places, previous: Placed | null = null): Placed {
  const { tier, edges, footprints, joined } = plan;
  const { direction } = diagram;
  const radius = joinsOf(diagram).diameter / 2;
  const ends = new Map<BoxKey, End>();
  const boxes: PlacedBox[] = [];
  diagram.boxes.forEach((box, number) => {
    const size = footprints[number];
    const corner = places.corners[number];
    if (!size || !corner) return;
    const centre = joined.has(box.key) ? places.joins.get(number) : undefined;
    ends.set(box.key, { size, corner, across: places.along[number] ?? 0, join: centre ?? null });
    boxes.push({
      box,
      frame: moved(size.frame, corner),
      title: moved(size.title, corner),
      figure: size.figure,
      cells: size.cells,
    });
  });
  const circles = [...ends.values()].flatMap(({ join }) => (join ? [join] : []));
  // What is wrapped has no ranks across the whole picture.
  const ranks: ReadonlyMap<number, RankGap> =
    tier === 'wrapped' ? new Map() : ranksOf([...ends.values()], circles, radius, direction);
  const context = {
    ends,
    ranks,
    direction,
    radius,
    places,
    lanes: tier === 'simple' ? sideLanes(ends, direction) : null,
  };
  const references: PlacedReference[] = [];
  diagram.references.forEach((reference, id) => {
    const edge = edges[id];
    const drawn = edge && route(reference, id, edge, context);
    if (drawn) references.push(drawn);
  });
  const joins = [...ends].flatMap(([to, end]): PlacedJoin[] => {
    const drawn =
      end.join && throughJoin(to, end, end.join, context, diagram.references.length + joinNumber(diagram, to));
    return drawn ? [drawn] : [];
  });
  return aligned({ diagram, origin: { x: 0, y: 0 }, width: 0, height: 0, boxes, references, joins, tier }, previous);
}

const joinNumber = ({ boxes }: Diagram, key: BoxKey): number => boxes.findIndex((box) => box.key === key);

interface End {
  readonly size: Footprint;
  readonly corner: Point;
  /** The middle of its rank, along the picture's direction. */
  readonly across: number;
  /** Middle of the circle in which its references meet. */
  readonly join: Point | null;
}

interface Context {
  readonly ends: ReadonlyMap<BoxKey, End>;
  readonly ranks: ReadonlyMap<number, RankGap>;
  readonly direction: Diagram['direction'];
  /** Radius of circles. */
  readonly radius: number;
  readonly places: Places;
  /** Free space on both sides of all boxes, for lines that pass ranks; null where Graphviz routes them. */
  readonly lanes: { readonly start: number; readonly end: number } | null;
}

/** A rank and the gap behind it. */
interface RankGap {
  readonly number: number;
  readonly gap: Gap | null;
}

/** The free space between a rank and the next one, along the picture's direction. */
interface Gap {
  readonly from: number;
  readonly to: number;
  /** `across` of the next rank. */
  readonly next: number;
}

/** Boxes of one rank have their middles on one line, apart from the rounding of Graphviz' answer. */
const sameRank = 0.5;

/** Each rank, by the `across` of its boxes and circles; no gap where boxes of two ranks reach into it. */
function ranksOf(
  ends: readonly End[],
  circles: readonly Point[],
  radius: number,
  direction: Diagram['direction'],
): ReadonlyMap<number, RankGap> {
  const down = direction === 'down';
  const spans = ends.map(({ size, corner, across }) => {
    const start = down ? corner.y : corner.x;
    return { across, start, end: start + (down ? size.height : size.width) - size.fan };
  });
  for (const { x, y } of circles) {
    const across = down ? y : x;
    spans.push({ across, start: across - radius, end: across + radius });
  }
  spans.sort((a, b) => a.across - b.across);
  const ranks: { readonly members: number[]; start: number; end: number; last: number }[] = [];
  for (const { across, start, end } of spans) {
    const rank = ranks.at(-1);
    if (!rank || across - rank.last > sameRank) ranks.push({ members: [across], start, end, last: across });
    else {
      rank.members.push(across);
      rank.start = Math.min(rank.start, start);
      rank.end = Math.max(rank.end, end);
      rank.last = across;
    }
  }
  const gaps = new Map<number, RankGap>();
  ranks.forEach((rank, number) => {
    const next = ranks[number + 1];
    const gap = next && next.start > rank.end ? { from: rank.end, to: next.start, next: next.last } : null;
    for (const across of rank.members) gaps.set(across, { number, gap });
  });
  return gaps;
}

/**
 * A line from a box to one of the next rank: straight to the gap, across to the target inside the gap, and straight on. Unlike
 * Graphviz' own splines, two of these lines cross only where the order of their ends requires it, and none meets a box.
 */
export function throughGap(start: Point, end: Point, gap: Gap, direction: Diagram['direction']): readonly Point[] {
  const middle = (gap.from + gap.to) / 2;
  const at = (along: number, side: Point): Point =>
    direction === 'down' ? { x: side.x, y: along } : { x: along, y: side.y };
  const enter = at(gap.from, start);
  const leave = at(gap.to, end);
  return [start, start, enter, enter, at(middle, start), at(middle, end), leave, leave, end, end];
}

function route(reference: Reference, id: number, edge: EdgeDirection, context: Context): PlacedReference | null {
  const { ends, ranks, direction, places } = context;
  const tail = ends.get(reference.from);
  const head = ends.get(reference.to);
  if (!tail || !head) return null;
  if (edge.kind === 'self') {
    const loop = tail.size.loops.get(reference.port)?.map((point) => shifted(point, tail.corner));
    return loop ? { reference, ...withArrow(roundedLine(loop)) } : null;
  }
  const departure = tail.size.departures.get(reference.port);
  if (!departure) return null;
  const leaving = roundedLine(departure.path.map((point) => shifted(point, tail.corner)));
  const start = leaving.at(-1);
  if (!start) return null;
  const spline = places.splines.get(id) ?? null;
  const gap = ranks.get(tail.across)?.gap;
  const onwards = departure.anchor.side === (direction === 'down' ? 's' : 'e');
  if (head.join && edge.kind === 'forward') {
    const end = rim(head.join, -context.radius, direction);
    const next = direction === 'down' ? head.join.y : head.join.x;
    const between =
      onwards && gap && Math.abs(next - gap.next) <= sameRank
        ? throughGap(start, end, gap, direction)
        : pinned(start, spline, end);
    const points = [...leaving.slice(0, -1), ...between];
    return { reference, points, tip: end, joins: true };
  }
  const arrival = head.size.arrivals.get(edge.kind === 'back' ? edge.side : 'forward');
  if (!arrival) return null;
  const arriving = roundedLine(arrival.path.map((point) => shifted(point, head.corner)));
  const end = arriving[0];
  if (!end) return null;
  const crossesOneGap = edge.kind === 'forward' && onwards && gap && Math.abs(head.across - gap.next) <= sameRank;
  const middle = edge.kind === 'back' ? spline?.toReversed() : spline;
  const between = crossesOneGap
    ? throughGap(start, end, gap, direction)
    : ((leads(middle ?? null, start, end) ? null : aroundRanks(start, end, edge, id, tail, head, context)) ??
      pinned(start, middle ?? null, end));
  return { reference, ...withArrow([...leaving.slice(0, -1), ...between, ...arriving.slice(1)]) };
}

/** The point of a circle's rim before its middle (`by` is the negative radius) or behind it (`by` is the radius). */
const rim = ({ x, y }: Point, by: number, direction: Diagram['direction']): Point =>
  direction === 'down' ? { x, y: y + by } : { x: x + by, y };

function throughJoin(to: BoxKey, end: End, centre: Point, context: Context, id: number): PlacedJoin | null {
  const { direction, radius, ranks, places } = context;
  const arriving = end.size.arrivals.get('forward')?.path.map((point) => shifted(point, end.corner)) ?? [];
  const [arrival] = arriving;
  if (!arrival) return null;
  const start = rim(centre, radius, direction);
  const gap = ranks.get(direction === 'down' ? centre.y : centre.x)?.gap;
  const between =
    gap && Math.abs(end.across - gap.next) <= sameRank
      ? throughGap(start, arrival, gap, direction)
      : pinned(start, places.splines.get(id) ?? null, arrival);
  return { to, centre, radius, ...withArrow([...between, ...roundedLine(arriving).slice(1)]) };
}

/** Points between a box and a line that passes it. */
const passing = 6;
/** The number of lanes at each side of all boxes, after which they are reused. */
const laneCount = 40;
/** Points. Ends that are closer than this need no detour through a gap. */
const nearlyInLine = 30;

/** A line without Graphviz: through gaps between ranks, and past several ranks in the lanes at the side of all boxes. */
function aroundRanks(
  start: Point,
  end: Point,
  edge: EdgeDirection,
  id: number,
  tail: End,
  head: End,
  { direction, ranks, lanes }: Context,
): readonly Point[] | null {
  const tailRank = ranks.get(tail.across);
  const headRank = ranks.get(head.across);
  if (edge.kind !== 'back' || !tailRank || !headRank) return null;
  const down = direction === 'down';
  const outwards = edge.side === 'left' || edge.side === 'above' ? -1 : 1;
  const side = ({ x, y }: Point): number => (down ? x : y);
  const along = ({ x, y }: Point): number => (down ? y : x);
  const at = (across: number, far: number): Point => (down ? { x: across, y: far } : { x: far, y: across });
  const out = (point: Point): number => side(point) + outwards * passing;
  // Each line that shares a gap has a level of its own there.
  const share = 0.2 + 0.6 * ((id * 0.618) % 1);
  const level = ({ gap }: RankGap, end: End): number =>
    gap
      ? gap.from + (gap.to - gap.from) * share
      : (down ? end.corner.y + end.size.height : end.corner.x + end.size.width) + 10;
  if (Math.abs(tailRank.number - headRank.number) <= 1) {
    if (Math.abs(side(start) - side(end)) <= nearlyInLine) {
      const bulge = outwards * Math.max(outwards * out(start), outwards * out(end)) + outwards * passing;
      return [start, at(bulge, along(start)), at(bulge, along(end)), end];
    }
    const far = level(headRank, head);
    return roundedLine([
      start,
      at(out(start), along(start)),
      at(out(start), far),
      at(out(end), far),
      at(out(end), along(end)),
      end,
    ]);
  }
  if (!lanes) return null;
  const lane = outwards < 0 ? lanes.start - (id % laneCount) * 4 : lanes.end + (id % laneCount) * 4;
  const [first, last] = [level(tailRank, tail), level(headRank, head)];
  return roundedLine([
    start,
    at(out(start), along(start)),
    at(out(start), first),
    at(lane, first),
    at(lane, last),
    at(out(end), last),
    at(out(end), along(end)),
    end,
  ]);
}

function sideLanes(ends: ReadonlyMap<BoxKey, End>, direction: Diagram['direction']): NonNullable<Context['lanes']> {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const { corner, size } of ends.values()) {
    const [side, breadth] = direction === 'down' ? [corner.x, size.width] : [corner.y, size.height];
    start = Math.min(start, side);
    end = Math.max(end, side + breadth);
  }
  return { start: start - 2 * passing, end: end + 2 * passing };
}

/** Points: more than the rounding of Graphviz' answer. */
const misled = 4;

/** Whether a spline ends where it should. Between two boxes of one rank Graphviz can lead it astray. */
function leads(spline: readonly Point[] | null, start: Point, end: Point): boolean {
  const first = spline?.[0];
  const last = spline?.at(-1);
  return first !== undefined && last !== undefined && distance(first, start) <= misled && distance(last, end) <= misled;
}

/** Moves a spline's ends and their control points to the exact positions; a straight line where there is no spline. */
function pinned(start: Point, spline: readonly Point[] | null, end: Point): readonly Point[] {
  const first = spline?.[0];
  const second = spline?.[1];
  const last = spline?.at(-1);
  const lastButOne = spline?.at(-2);
  if (!spline || !first || !second || !last || !lastButOne) return [start, start, end, end];
  return [
    start,
    shifted(second, { x: start.x - first.x, y: start.y - first.y }),
    ...spline.slice(2, -2),
    shifted(lastButOne, { x: end.x - last.x, y: end.y - last.y }),
    end,
  ];
}

/** Points that a rounded corner takes from the lines that meet in it. */
const cornerRadius = 5;

/** A polyline with rounded corners as a B-spline. */
export function roundedLine(corners: readonly Point[]): readonly Point[] {
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
export function withArrow(points: readonly Point[]): Omit<PlacedReference, 'reference'> {
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

/** `moved` for a single point; there are many of them. */
const shifted = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y });

/** Moves everything to the margin, or to where `previous` had it, and computes the size of the picture. */
export function aligned(placed: Placed, previous: Placed | null): Placed {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  const include = (x: number, y: number): void => {
    if (x < left) left = x;
    if (y < top) top = y;
    if (x > right) right = x;
    if (y > bottom) bottom = y;
  };
  const includeAll = (points: readonly Point[]): void => {
    for (const { x, y } of points) include(x, y);
  };
  for (const { frame, title } of placed.boxes) {
    for (const { x, y, width, height } of [frame, title]) {
      include(x, y);
      include(x + width, y + height);
    }
  }
  for (const { points, tip } of placed.references) {
    includeAll(points);
    include(tip.x, tip.y);
  }
  for (const { points, centre, radius } of placed.joins) {
    includeAll(points);
    include(centre.x - radius, centre.y - radius);
    include(centre.x + radius, centre.y + radius);
  }
  if (placed.boxes.length === 0) return { ...placed, width: 2 * margin, height: 2 * margin };
  const kept = previous && steadiestShift(placed, previous);
  const by = kept ?? { x: margin - Math.floor(left), y: margin - Math.floor(top) };
  const size = {
    origin: { x: Math.floor(left) + by.x - margin, y: Math.floor(top) + by.y - margin },
    width: Math.ceil(right) - Math.floor(left) + 2 * margin,
    height: Math.ceil(bottom) - Math.floor(top) + 2 * margin,
  };
  if (by.x === 0 && by.y === 0) return { ...placed, ...size };
  const line = <T extends { readonly points: readonly Point[]; readonly tip: Point }>(drawn: T): T => ({
    ...drawn,
    points: drawn.points.map((point) => shifted(point, by)),
    tip: shifted(drawn.tip, by),
  });
  return {
    ...placed,
    ...size,
    boxes: placed.boxes.map((box) => ({ ...box, frame: moved(box.frame, by), title: moved(box.title, by) })),
    references: placed.references.map(line),
    joins: placed.joins.map((join) => ({ ...line(join), centre: shifted(join.centre, by) })),
  };
}

/** The number of boxes whose moves are tried on the whole picture: each one is tried on all boxes. */
const mostTried = 120;

/**
 * How far to move the picture so that as many boxes as possible do not move, or move by less than their own size; null when the
 * pictures have no box in common. This is mostly the median of the moves. But in a small picture of which half moves on, the
 * median can be in between, where no box stays.
 */
function steadiestShift({ boxes }: Placed, previous: Placed): Point | null {
  const before = new Map(previous.boxes.map(({ box, frame }) => [box.key, frame]));
  const moves: Rectangle[] = [];
  for (const { box, frame } of boxes) {
    const was = before.get(box.key);
    if (was) moves.push({ x: was.x - frame.x, y: was.y - frame.y, width: frame.width, height: frame.height });
  }
  if (moves.length === 0) return null;
  const middle = { x: median(moves.map(({ x }) => x)), y: median(moves.map(({ y }) => y)) };
  let best = middle;
  let steadiest = steadiness(moves, middle);
  if (steadiest === 2 * moves.length) return middle;
  const every = Math.ceil(moves.length / mostTried);
  for (let i = 0; i < moves.length; i += every) {
    const { x, y } = moves[i] ?? middle;
    for (const shift of [
      { x, y },
      { x, y: middle.y },
      { x: middle.x, y },
    ]) {
      const steady = steadiness(moves, shift);
      if (steady > steadiest || (steady === steadiest && away(shift, middle) < away(best, middle))) {
        best = shift;
        steadiest = steady;
      }
    }
  }
  return best;
}

/** Points. A smaller move of a box cannot be seen. */
const unseen = 2;

/** 2 for each box that does not move, 1 for each that stays within its own size of where it was. */
function steadiness(moves: readonly Rectangle[], shift: Point): number {
  let sum = 0;
  for (const move of moves) {
    const x = Math.abs(move.x - shift.x);
    const y = Math.abs(move.y - shift.y);
    if (x + y <= unseen) sum += 2;
    else if (x <= move.width && y <= move.height) sum += 1;
  }
  return sum;
}

const away = (one: Point, other: Point): number => Math.abs(one.x - other.x) + Math.abs(one.y - other.y);

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Positions from Graphviz' `json0`, which takes half the time of `json`. Throws an Error when a box is missing. `json0` rounds to
 * five digits. Along the picture's direction, where pictures are longest, the exact positions are restored.
 */
export function readPlaces(diagram: Diagram, { footprints }: Plan, json: string): Places {
  const answer: unknown = JSON.parse(json);
  const down = diagram.direction === 'down';
  const centres = new Map<number, Point>();
  const circles = new Map<number, Point>();
  for (const node of list(field(answer, 'objects'))) {
    const name = field(node, 'name');
    const centre = pointsOf(field(node, 'pos'))[0];
    if (typeof name !== 'string' || !centre) continue;
    const number = Number(name.slice(1));
    if (name.startsWith('n')) centres.set(number, centre);
    else if (name.startsWith('j')) circles.set(number, centre);
  }
  const splines = new Map<number, readonly Point[]>();
  for (const edge of list(field(answer, 'edges'))) {
    const spline = pointsOf(field(edge, 'pos'));
    if (spline.length >= 4) splines.set(Number(field(edge, 'id')), spline);
  }
  const exact = exactRanks(diagram, footprints, centres, circles);
  const along: number[] = [];
  const corners = footprints.map(({ width, height }, number): Point => {
    const centre = centres.get(number);
    if (!centre) throw new Error(`Graphviz gave no place to box ${diagram.boxes[number]?.key}.`);
    const { x, y } = centre;
    const far = exact(down ? y : x);
    along.push(far);
    // At whole points, borders of one point are sharp at 100%.
    return {
      x: Math.round((down ? x : far) - width / 2),
      y: Math.round((down ? far : y) - height / 2),
    };
  });
  const joins = new Map(
    [...circles].map(([number, { x, y }]) => [number, down ? { x, y: exact(y) } : { x: exact(x), y }] as const),
  );
  return { corners, along, joins, splines };
}

/** Points. Above this, five digits are too few for tenths of a point. */
const exactUpTo = 9_999;

/**
 * The exact positions of ranks that Graphviz rounded. dot puts a rank behind the one before by half the thickness of each plus
 * the gap between them.
 */
function exactRanks(
  diagram: Diagram,
  footprints: readonly Footprint[],
  centres: ReadonlyMap<number, Point>,
  circles: ReadonlyMap<number, Point>,
): (along: number) => number {
  const down = diagram.direction === 'down';
  const thickness = new Map<number, number>();
  const include = ({ x, y }: Point, size: number): void => {
    const along = down ? y : x;
    thickness.set(along, Math.max(thickness.get(along) ?? 0, size));
  };
  footprints.forEach(({ width, height }, number) => {
    const centre = centres.get(number);
    if (centre) include(centre, down ? height : width);
  });
  for (const centre of circles.values()) include(centre, joinsOf(diagram).diameter);
  const ranks = [...thickness.keys()].sort((a, b) => a - b);
  const exact = new Map<number, number>();
  const { ranks: gap } = gapsOf(diagram);
  let before: { readonly rounded: number; readonly along: number } | null = null;
  for (const rounded of ranks) {
    let along = rounded;
    if (before && rounded > exactUpTo) {
      const step = ((thickness.get(before.rounded) ?? 0) + (thickness.get(rounded) ?? 0)) / 2 + gap;
      const given = rounded - before.rounded;
      along = before.along + (Math.abs(step - given) <= rounded / 9_999 ? step : given);
    }
    exact.set(rounded, along);
    before = { rounded, along };
  }
  return (along) => exact.get(along) ?? along;
}

/** The points of a `pos`: `x,y` pairs separated by spaces. */
function pointsOf(pos: unknown): readonly Point[] {
  if (typeof pos !== 'string') return [];
  return pos.split(' ').map((pair) => {
    const comma = pair.indexOf(',');
    const [x, y] = [Number(pair.slice(0, comma)), Number(pair.slice(comma + 1))];
    if (comma === -1 || Number.isNaN(x) || Number.isNaN(y))
      throw new Error('Graphviz answered with a point that is none.');
    return { x, y };
  });
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
