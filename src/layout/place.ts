/** From Graphviz' answer to places: positions of boxes, splines with their tips. Believes nothing that it has not checked. */
import type { BoxKey, Diagram, Reference } from '../diagram/diagram.ts';
import { type Arrival, geometry, type MeasuredBox } from './measure.ts';
import type { LayoutTier, Placed, PlacedBox, PlacedReference, Point } from './placed.ts';
import type { Way } from './ways.ts';

/** Points around the picture. */
const margin = 12;

/** How a diagram was measured for one tier. */
export interface Plan {
  readonly tier: LayoutTier;
  readonly ways: readonly Way[];
  readonly sizes: readonly MeasuredBox[];
}

/**
 * Reads Graphviz' `json` (not `json0`: that one rounds to five digits, which is off by whole points beyond 10,000) and
 * puts boxes and references where it says. Throws an Error when a box is missing in the answer.
 */
export function placeDiagram(diagram: Diagram, { tier, ways, sizes }: Plan, json: string): Placed {
  const { corners, splines } = readAnswer(json);
  const ends = new Map<BoxKey, End>();
  const boxes: PlacedBox[] = diagram.boxes.map((box, number) => {
    const size = sizes[number];
    const corner = corners.get(number);
    if (!size || !corner) throw new Error(`Graphviz gave no place to box ${box.key}.`);
    ends.set(box.key, { size, corner });
    return { box, frame: moved(size.frame, corner), title: moved(size.title, corner), cells: size.cells };
  });
  const references: PlacedReference[] = [];
  diagram.references.forEach((reference, id) => {
    const way = ways[id];
    const drawn = way && route(reference, way, splines.get(id) ?? null, ends);
    if (drawn) references.push(drawn);
  });
  return fitted({ diagram, width: 0, height: 0, boxes, references, tier });
}

interface End {
  readonly size: MeasuredBox;
  readonly corner: Point;
}

function route(
  reference: Reference,
  way: Way,
  spline: readonly Point[] | null,
  ends: ReadonlyMap<BoxKey, End>,
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
  const path = departure.path.map((point) => moved(point, tail.corner));
  const tip = moved(arrival.tip, head.corner);
  const start = path.at(-1) ?? tip;
  const end = before(arrival, head.corner);
  const middle = way.kind === 'back' ? spline?.toReversed() : spline;
  const points = [...roundedLine(path).slice(0, -1), ...pinned(start, middle ?? null, end)];
  return { reference, ...withArrow([...points, end, tip, tip]) };
}

/** The point outside the frame from which the arrow goes straight on to its tip. */
function before({ anchor, tip }: Arrival, corner: Point): Point {
  switch (anchor.side) {
    case 'n':
      return { x: corner.x + tip.x, y: corner.y + anchor.y };
    case 's':
      return { x: corner.x + tip.x, y: corner.y + anchor.y + anchor.height };
    case 'w':
      return { x: corner.x + anchor.x, y: corner.y + tip.y };
    case 'e':
      return { x: corner.x + anchor.x + anchor.width, y: corner.y + tip.y };
  }
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
  const neck = towards(tip, from, geometry.arrowLength);
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
  readonly splines: ReadonlyMap<number, readonly Point[]>;
}

function readAnswer(json: string): Answer {
  const answer: unknown = JSON.parse(json);
  const corners = new Map<number, Point>();
  const splines = new Map<number, readonly Point[]>();
  for (const node of list(field(answer, 'objects'))) {
    const name = field(node, 'name');
    const polygon = points(list(field(node, '_ldraw_')), 'P');
    if (typeof name !== 'string' || !polygon) continue;
    // On whole points, borders of one point are sharp at 100 %.
    corners.set(Number(name.slice(1)), {
      x: Math.round(Math.min(...polygon.map(({ x }) => x))),
      y: Math.round(Math.min(...polygon.map(({ y }) => y))),
    });
  }
  for (const edge of list(field(answer, 'edges'))) {
    const spline = points(list(field(edge, '_draw_')), 'b');
    if (spline && spline.length >= 4) splines.set(Number(field(edge, 'id')), spline);
  }
  return { corners, splines };
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
