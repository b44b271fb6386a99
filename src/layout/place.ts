/** From Graphviz' answer to places: positions of boxes, splines with their tips. Believes nothing that it has not checked. */
import type { BoxKey, Diagram, Reference } from '../diagram/diagram.ts';
import { tailSides } from './dot.ts';
import { geometry, type MeasuredBox } from './measure.ts';
import type { LayoutTier, Placed, PlacedBox, PlacedCell, PlacedReference, Point } from './placed.ts';

/** Points around the picture. */
const margin = 12;

/**
 * Reads Graphviz' `json` (not `json0`: that one rounds to five digits, which is off by whole points beyond 10,000) and
 * puts boxes and references where it says. Throws an Error when a box is missing in the answer.
 */
export function placeDiagram(diagram: Diagram, sizes: readonly MeasuredBox[], json: string, tier: LayoutTier): Placed {
  const { corners, splines } = readAnswer(json);
  const boxes: PlacedBox[] = diagram.boxes.map((box, number) => {
    const size = sizes[number];
    const corner = corners.get(number);
    if (!size || !corner) throw new Error(`Graphviz gave no place to box ${box.key}.`);
    return {
      box,
      frame: moved(size.frame, corner),
      title: moved(size.title, corner),
      cells: size.cells,
    };
  });
  const ends = new Map<BoxKey, End>();
  boxes.forEach((placed, number) => {
    const landing = sizes[number]?.landing;
    const corner = corners.get(number);
    if (landing && corner) {
      ends.set(placed.box.key, { placed, landing: moved(landing, corner), ports: portsOf(placed), loops: 0 });
    }
  });
  const references: PlacedReference[] = [];
  diagram.references.forEach((reference, id) => {
    const drawn = route(reference, splines.get(id) ?? null, ends, diagram.direction);
    if (drawn) references.push(drawn);
  });
  return fitted({ diagram, width: 0, height: 0, boxes, references, tier });
}

/** What a reference needs to know of the box at its end. */
interface End {
  readonly placed: PlacedBox;
  readonly landing: Point;
  readonly ports: ReadonlyMap<number, { readonly cell: PlacedCell; readonly side: 's' | 'e' | 'w' }>;
  /** References of the box to itself that were routed so far. */
  loops: number;
}

function portsOf({ box, cells }: PlacedBox): End['ports'] {
  const sides = tailSides(box);
  const ports = new Map<number, { readonly cell: PlacedCell; readonly side: 's' | 'e' | 'w' }>();
  box.rows.forEach((row, r) => {
    row.forEach((cell, column) => {
      const place = cells[r]?.[column];
      const side = cell?.port === null || cell?.port === undefined ? undefined : sides.get(cell.port);
      if (cell?.port !== null && cell?.port !== undefined && place && side) ports.set(cell.port, { cell: place, side });
    });
  });
  return ports;
}

function route(
  reference: Reference,
  spline: readonly Point[] | null,
  ends: ReadonlyMap<BoxKey, End>,
  direction: Diagram['direction'],
): PlacedReference | null {
  const tail = ends.get(reference.from);
  const head = ends.get(reference.to);
  const port = tail?.ports.get(reference.port);
  if (!tail || !head || !port) return null;
  const start = sideOf(port.cell, port.side, tail.placed.frame);
  if (tail === head) {
    tail.loops += 1;
    return { reference, ...loop(start, port.side, tail.placed, tail.loops) };
  }
  return { reference, ...(direction === 'down' ? fromAbove(start, spline, head) : fromTheLeft(start, spline, head)) };
}

function sideOf(cell: PlacedCell, side: 's' | 'e' | 'w', frame: Point): Point {
  const x = frame.x + cell.x;
  const y = frame.y + cell.y;
  if (side === 's') return { x: x + cell.width / 2, y: y + cell.height };
  return { x: side === 'e' ? x + cell.width : x, y: y + cell.height / 2 };
}

/** Straight on, where Graphviz found no way. */
const straight = (start: Point, end: Point): readonly Point[] => [start, start, end, end];

/** Replaces the ends by the exact ones; Graphviz rounds. */
function pinned(start: Point, spline: readonly Point[] | null, end: Point): readonly Point[] {
  return spline ? [start, ...spline.slice(1, -1), end] : straight(start, end);
}

/** The spline ends above the title's strip; from there it is straight down beside the title. */
function fromAbove(
  start: Point,
  spline: readonly Point[] | null,
  { landing }: End,
): Omit<PlacedReference, 'reference'> {
  const top = { x: landing.x, y: landing.y - geometry.titleHeight };
  const neck = { x: landing.x, y: landing.y - geometry.arrowLength };
  return { points: [...pinned(start, spline, top), top, neck, neck], tip: landing };
}

function fromTheLeft(
  start: Point,
  spline: readonly Point[] | null,
  { placed }: End,
): Omit<PlacedReference, 'reference'> {
  const tip = { x: placed.frame.x, y: placed.frame.y + placed.frame.height / 2 };
  const neck = { x: tip.x - geometry.arrowLength, y: tip.y };
  if (!spline) return { points: straight(start, neck), tip };
  const before = spline.at(-2) ?? neck;
  const bend = { x: Math.min(before.x, neck.x), y: tip.y };
  return { points: [start, ...spline.slice(1, -2), bend, neck], tip };
}

/** Out of the cell, along the bottom, up the right side and back onto it, in a lane of its own. */
function loop(
  start: Point,
  side: 's' | 'e' | 'w',
  { frame }: PlacedBox,
  lane: number,
): Omit<PlacedReference, 'reference'> {
  const right = frame.x + frame.width;
  const bottom = frame.y + frame.height;
  const out = lane * geometry.lane;
  const tip = { x: right, y: frame.y + Math.min(frame.height / 2, 6 + out) };
  const neck = { x: right + geometry.arrowLength, y: tip.y };
  const x = right + geometry.arrowLength + out;
  if (side === 'e') return { points: [start, { x, y: start.y }, { x, y: tip.y }, neck], tip };
  const y = bottom + out;
  const corner = Math.min(8, x - start.x);
  const points = [
    start,
    { x: start.x, y: start.y + 4 },
    { x: start.x, y },
    { x: start.x + corner, y },
    { x: start.x + corner, y },
    { x: x - corner, y },
    { x: x - corner, y },
    { x, y },
    { x, y },
    { x, y: y - corner },
    { x, y: y - corner },
    { x, y: tip.y + corner },
    { x, y: tip.y + corner },
    { x, y: tip.y },
    { x: neck.x + 1, y: tip.y },
    neck,
  ];
  return { points, tip };
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
