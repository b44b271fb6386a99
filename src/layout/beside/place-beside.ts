/**
 * Changes a picture with as little movement as possible: boxes that were there stay exactly where they were, new ones go to the nearest
 * free place, and only lines that have to are drawn anew. For small changes; what is better arranged from scratch is left to the layout.
 */
import type { Box, BoxKey, Diagram, Reference } from '../../diagram/diagram.ts';
import { linesOf } from '../../diagram/lines.ts';
import { cellSides, edgeDirections, portsOf, type Side } from '../edge-directions.ts';
import { footprintsOf } from '../footprint.ts';
import { gapsOf, geometry, type MeasuredFrame } from '../measure.ts';
import { aligned, roundedLine, withArrow } from '../place.ts';
import type { Placed, PlacedBox, PlacedReference, Point, Rectangle } from '../placed.ts';
import { freePlace, overlaps, type Segment, segmentsOf, touches } from './free-space.ts';
import { routeAround } from './route-around.ts';

/** With more boxes, looking for free places takes longer than a new layout. */
const mostBoxes = 400;
/** Points from a frame to where its lines begin and end. */
const outside = 9;
/** What arriving at another side than usual costs, in points. */
const otherSideCost = 60;

/**
 * The changed picture; null when too little stays, or a line finds no way.
 * @param anyhow A line that finds no way goes straight.
 */
export function placeBeside(
  diagram: Diagram,
  frames: readonly MeasuredFrame[],
  previous: Placed,
  anyhow = false,
): Placed | null {
  if (diagram.boxes.length > mostBoxes || !isAlike(diagram, previous.diagram)) return null;
  const before = new Map(previous.boxes.map((placed) => [placed.box.key, placed]));
  const stays = diagram.boxes.filter(({ key }) => before.has(key)).length;
  if (stays < diagram.boxes.length / 2 || stays === 0) return null;
  const boxes = placeBoxes(diagram, frames, before, previous);
  const moved = new Set(
    [...boxes.values()].flatMap(({ box, frame }) => {
      const was = before.get(box.key)?.frame;
      const isStill = was && was.x === frame.x && was.y === frame.y;
      return isStill && was.width === frame.width && was.height === frame.height ? [] : [box.key];
    }),
  );
  const kept = keptLines(diagram, boxes, moved, previous);
  const joins = previous.joins.filter(({ to }) => boxes.has(to) && !moved.has(to) && kept.joined.has(to));
  const lines = drawLines(diagram, frames, boxes, kept.lines, anyhow);
  if (!lines) return null;
  const placed = diagram.boxes.flatMap(({ key }) => boxes.get(key) ?? []);
  const { tier } = previous;
  return aligned(
    { diagram, origin: previous.origin, width: 0, height: 0, boxes: placed, references: lines, joins, tier },
    previous,
  );
}

function isAlike({ direction, style }: Diagram, before: Diagram): boolean {
  return direction === before.direction && JSON.stringify(style?.spacing) === JSON.stringify(before.style?.spacing);
}

type PlacedBoxes = ReadonlyMap<BoxKey, PlacedBox>;

const boxAt = (box: Box, { width, height, titleWidth, figure, cells }: MeasuredFrame, { x, y }: Point): PlacedBox => {
  const above = titleWidth === 0 ? geometry.bareHeight : geometry.titleHeight;
  return {
    box,
    frame: { x, y, width, height },
    title: { x, y: y - above, width: titleWidth, height: above, textWidth: titleWidth },
    figure,
    cells,
  };
};

/** A box with its title. */
const areaOf = ({ frame, title }: Pick<PlacedBox, 'frame' | 'title'>): Rectangle => ({
  x: frame.x,
  y: title.y,
  width: Math.max(frame.width, title.width),
  height: frame.y + frame.height - title.y,
});

function placeBoxes(
  diagram: Diagram,
  frames: readonly MeasuredFrame[],
  before: PlacedBoxes,
  previous: Placed,
): PlacedBoxes {
  const placed = new Map<BoxKey, PlacedBox>();
  const taken: Rectangle[] = [];
  const put = (box: PlacedBox): void => {
    placed.set(box.box.key, box);
    taken.push(areaOf(box));
  };
  const sized = diagram.boxes.flatMap((box, number) => {
    const frame = frames[number];
    return frame ? [{ box, frame, was: before.get(box.key) }] : [];
  });
  const known = sized.flatMap(({ box, frame, was }) => (was ? [{ own: boxAt(box, frame, was.frame), was }] : []));
  const isSame = ({ own, was }: (typeof known)[number]): boolean =>
    own.frame.width <= was.frame.width && own.frame.height <= was.frame.height && own.title.width <= was.title.width;
  const grown: PlacedBox[] = [];
  for (const each of known) {
    if (isSame(each)) put(each.own);
    else grown.push(each.own);
  }
  const homeless: PlacedBox[] = [];
  for (const own of grown) {
    if (taken.some((other) => overlaps(areaOf(own), other, 2))) homeless.push(own);
    else put(own);
  }
  // Lines to what stays keep their place, too.
  const lines = previous.references.flatMap(({ reference: { from, to }, points }) =>
    placed.has(from) && placed.has(to) ? [points] : [],
  );
  const { boxes: gap, ranks } = gapsOf(diagram);
  const extent: Rectangle = { ...previous.origin, width: previous.width, height: previous.height };
  const settle = (box: Box, frame: MeasuredFrame, wish: Point): void => {
    const above = frame.titleWidth === 0 ? geometry.bareHeight : geometry.titleHeight;
    const size = { width: Math.max(frame.width, frame.titleWidth), height: frame.height + above };
    const { x, y } = freePlace(size, { wish: { x: wish.x, y: wish.y - above }, taken, lines, extent, gap });
    put(boxAt(box, frame, { x: Math.round(x), y: Math.round(y) + above }));
  };
  const down = diagram.direction === 'down';
  for (const { box, frame } of homeless) {
    const measured = sized.find((each) => each.box.key === box.key)?.frame;
    if (measured) settle(box, measured, frame);
  }
  // Boxes are in the order of references, so mostly a box that refers to a new one is placed before it.
  for (const { box, frame } of sized) {
    if (placed.has(box.key)) continue;
    const reference = diagram.references.find(({ from, to }) => to === box.key && placed.has(from));
    const from = reference && placed.get(reference.from);
    const cell = from && reference && cellAt(from, reference.port);
    const wish = !from
      ? { x: extent.x + extent.width, y: extent.y }
      : down
        ? {
            x: (cell ?? from.frame).x - frame.width / 2,
            y: from.frame.y + from.frame.height + ranks + geometry.titleHeight,
          }
        : { x: from.frame.x + from.frame.width + ranks, y: (cell ?? from.frame).y - frame.height / 2 };
    settle(box, frame, wish);
  }
  return placed;
}

/** The cell from which a reference leaves, in the picture. */
function cellAt({ box, frame, cells }: PlacedBox, port: number): Rectangle | null {
  for (const [r, row] of box.rows.entries()) {
    for (const [column, cell] of row.entries()) {
      const place = cell && portsOf(cell).includes(port) ? cells[r]?.[column] : null;
      if (place) return { ...place, x: frame.x + place.x, y: frame.y + place.y };
    }
  }
  return null;
}

/** References by what they mean: ports are numbered anew in each diagram. */
function namesOf(diagram: Diagram): readonly string[] {
  const labels = new Map<string, string>();
  for (const box of diagram.boxes) {
    for (const { labels: own, value } of linesOf(box)) {
      const label = own.map(({ text, target }) => `${text} ${target ?? ''}`).join('\n');
      for (const cell of [...own, value]) for (const port of portsOf(cell)) labels.set(`${box.key}:${port}`, label);
    }
  }
  const turns = new Map<string, number>();
  return diagram.references.map(({ from, port, to }) => {
    const name = `${from} ${labels.get(`${from}:${port}`) ?? ''} ${to}`;
    const turn = turns.get(name) ?? 0;
    turns.set(name, turn + 1);
    return `${name} ${turn}`;
  });
}

interface Kept {
  /** Lines that stay, by the number of their reference. */
  readonly lines: ReadonlyMap<number, PlacedReference>;
  /** Boxes to which kept lines lead through a circle. */
  readonly joined: ReadonlySet<BoxKey>;
}

function keptLines(diagram: Diagram, boxes: PlacedBoxes, moved: ReadonlySet<BoxKey>, previous: Placed): Kept {
  const old = new Map<string, PlacedReference>();
  const oldNames = namesOf(previous.diagram);
  const byPort = new Map(
    previous.references.map((placed) => [`${placed.reference.from}:${placed.reference.port}`, placed]),
  );
  previous.diagram.references.forEach(({ from, port }, number) => {
    const placed = byPort.get(`${from}:${port}`);
    const name = oldNames[number];
    if (placed && name !== undefined) old.set(name, placed);
  });
  const oldBoxes = new Map(previous.boxes.map((placed) => [placed.box.key, placed]));
  const inTheWay = [...moved].flatMap((key) => boxes.get(key) ?? []);
  const isFree = (points: readonly Point[], reference: Reference): boolean =>
    inTheWay.every(
      (each) =>
        each.box.key === reference.from ||
        each.box.key === reference.to ||
        !segmentsOf(points).some((segment) => touches(segment, areaOf(each), 1)),
    );
  const lines = new Map<number, PlacedReference>();
  const joined = new Set<BoxKey>();
  const names = namesOf(diagram);
  diagram.references.forEach((reference, number) => {
    const was = old.get(names[number] ?? '');
    const [tail, oldTail] = [boxes.get(reference.from), oldBoxes.get(reference.from)];
    if (!was || !tail || !oldTail || moved.has(reference.to)) return;
    const cell = cellAt(tail, reference.port);
    const oldCell = cellAt(oldTail, was.reference.port);
    if (!cell || !oldCell || !isSamePlace(cell, oldCell, diagram.direction)) return;
    if (tail.frame.x !== oldTail.frame.x || tail.frame.y !== oldTail.frame.y) return;
    if (tail.frame.width !== oldTail.frame.width || !isFree(was.points, reference)) return;
    lines.set(number, { ...was, reference });
    if (was.joins) joined.add(reference.to);
  });
  return { lines, joined };
}

const isSamePlace = (one: Rectangle, other: Rectangle, direction: Diagram['direction']): boolean =>
  one.x === other.x &&
  one.y === other.y &&
  one.height === other.height &&
  (one.width === other.width || direction === 'right');

/** All lines, in the order of the references; null when one finds no way. */
function drawLines(
  diagram: Diagram,
  frames: readonly MeasuredFrame[],
  boxes: PlacedBoxes,
  kept: Kept['lines'],
  anyhow: boolean,
): readonly PlacedReference[] | null {
  const areas = [...boxes.values()].map(areaOf);
  const used: Segment[] = [...kept.values()].flatMap(({ points }) => segmentsOf(points));
  const lines: PlacedReference[] = [];
  for (const [number, reference] of diagram.references.entries()) {
    const known = kept.get(number);
    if (known) {
      lines.push(known);
      continue;
    }
    const [tail, head] = [boxes.get(reference.from), boxes.get(reference.to)];
    if (!tail || !head) continue;
    const corners =
      tail === head
        ? loopOf(diagram, frames, tail, reference)
        : (wayOf(reference, tail, head, areas, used) ?? (anyhow ? straight(reference, tail, head) : null));
    if (!corners) return null;
    const line = { reference, ...withArrow(roundedLine(corners)) };
    lines.push(line);
    used.push(...segmentsOf(line.points));
  }
  return lines;
}

function wayOf(
  { port }: Reference,
  tail: PlacedBox,
  head: PlacedBox,
  boxes: readonly Rectangle[],
  used: readonly Segment[],
): readonly Point[] | null {
  const cell = cellAt(tail, port);
  const side = cellSides(tail.box).get(port);
  if (!cell || !side) return null;
  const leaves = middleOf(cell, side);
  const start = outwards(tail, leaves, side);
  const corners = routeAround({
    start,
    leaving: side === 'below' ? 'y' : 'x',
    goals: goalsOf(head),
    boxes,
    used,
  });
  return corners && [leaves, ...corners];
}

/** From its cell straight to the nearest place where an arrow may meet the box. */
function straight({ port }: Reference, tail: PlacedBox, head: PlacedBox): readonly Point[] | null {
  const cell = cellAt(tail, port);
  const side = cellSides(tail.box).get(port);
  if (!cell || !side) return null;
  const leaves = middleOf(cell, side);
  const tips = goalsOf(head).map(({ tip }) => tip);
  const distance = ({ x, y }: Point): number => Math.hypot(x - leaves.x, y - leaves.y);
  const [tip] = tips.toSorted((one, other) => distance(one) - distance(other));
  return tip ? [leaves, tip] : null;
}

function middleOf({ x, y, width, height }: Rectangle, side: Side): Point {
  if (side === 'below') return { x: x + width / 2, y: y + height };
  return { x: side === 'left' ? x : x + width, y: y + height / 2 };
}

/** Straight on from a cell to outside of its box. */
function outwards(tail: PlacedBox, { x, y }: Point, side: Side): Point {
  const area = areaOf(tail);
  if (side === 'below') return { x, y: area.y + area.height + outside };
  return { x: side === 'left' ? area.x - outside : area.x + area.width + outside, y };
}

/** Where an arrow may meet a box: at its left side, behind its title, at its right side, or from below. */
function goalsOf(head: PlacedBox) {
  const { frame, title } = head;
  const area = areaOf(head);
  const middle = frame.y + Math.floor(frame.height / 2);
  const afterTitle = frame.x + Math.max(Math.floor(frame.width / 2), title.width + geometry.landing);
  const above = afterTitle <= frame.x + frame.width - 2;
  return [
    { at: { x: area.x - outside, y: middle }, tip: { x: frame.x, y: middle }, cost: 0 },
    ...(above ? [{ at: { x: afterTitle, y: area.y - outside }, tip: { x: afterTitle, y: frame.y }, cost: 0 }] : []),
    {
      at: { x: area.x + area.width + outside, y: frame.y + 3 },
      tip: { x: frame.x + frame.width, y: frame.y + 3 },
      cost: otherSideCost,
    },
    {
      at: { x: frame.x + 6, y: area.y + area.height + outside },
      tip: { x: frame.x + 6, y: frame.y + frame.height },
      cost: otherSideCost,
    },
  ];
}

/** A reference to its own box, as the full layout draws it. */
function loopOf(
  diagram: Diagram,
  frames: readonly MeasuredFrame[],
  { box, frame }: PlacedBox,
  { port }: Reference,
): readonly Point[] | null {
  const number = diagram.boxes.indexOf(box);
  const footprint = footprintsOf(diagram, edgeDirections(diagram, 'depthFirst'), frames)[number];
  const loop = footprint?.loops.get(port);
  return (
    (footprint &&
      loop?.map(({ x, y }) => ({ x: x + frame.x - footprint.frame.x, y: y + frame.y - footprint.frame.y }))) ??
    null
  );
}
