/** What a good picture must not have, found by sampling: for tests only. */

import { portsOf } from './edge-directions.ts';
import type { Placed, PlacedBox, PlacedJoin, PlacedReference, Point, Rectangle, TextMeasure } from './placed.ts';

/** Points along a B-spline and on to the arrow's tip, `steps` a segment. */
function sample({ points, tip }: PlacedReference, steps = 16): readonly Point[] {
  const sampled: Point[] = [];
  for (let i = 0; i + 3 < points.length; i += 3) {
    const [a, b, c, d] = points.slice(i, i + 4);
    if (!a || !b || !c || !d) break;
    for (let step = i === 0 ? 0 : 1; step <= steps; step++) {
      const t = step / steps;
      const u = 1 - t;
      const blend = (p: number, q: number, r: number, s: number): number =>
        u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
      sampled.push({ x: blend(a.x, b.x, c.x, d.x), y: blend(a.y, b.y, c.y, d.y) });
    }
  }
  return [...sampled, tip];
}

/** The references, and the arrows that go on from circles as references of their own targets. */
function linesOf({ references, joins }: Placed): readonly PlacedReference[] {
  return [
    ...references,
    ...joins.map(({ to, points, tip }) => ({ reference: { from: to, port: -1, to }, points, tip })),
  ];
}

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const contains = ({ x, y, width, height }: Rectangle, point: Point): boolean =>
  point.x > x + 1 && point.x < x + width - 1 && point.y > y + 1 && point.y < y + height - 1;

/** A reference against each title that it runs through, as `from:port × title of box`. */
export function crossedTitles(picture: Placed): readonly string[] {
  const { boxes } = picture;
  return linesOf(picture).flatMap((placed) => {
    const path = sample(placed);
    return boxes
      .filter(({ title }) => path.some((point) => contains(title, point)))
      .map(({ box }) => `${placed.reference.from}:${placed.reference.port} × title of ${box.key}`);
  });
}

/** A reference against each box, other than its origin, that it runs through. */
export function crossedBoxes(picture: Placed): readonly string[] {
  const { boxes } = picture;
  return linesOf(picture).flatMap((placed) => {
    const path = sample(placed);
    return boxes
      .filter(({ box, frame }) => box.key !== placed.reference.from && path.some((point) => contains(frame, point)))
      .map(({ box }) => `${placed.reference.from}:${placed.reference.port} × ${box.key}`);
  });
}

/** How often two references with different origins and targets cross. */
export function crossings({ references }: Placed): number {
  const paths = references.map((placed) => ({ reference: placed.reference, path: sample(placed, 10) }));
  let count = 0;
  paths.forEach(({ reference, path }, i) => {
    for (const other of paths.slice(i + 1)) {
      if (other.reference.to !== reference.to) count += pathCrossings(path, other.path);
    }
  });
  return count;
}

function pathCrossings(a: readonly Point[], b: readonly Point[]): number {
  let count = 0;
  for (let i = 0; i + 1 < a.length; i++) {
    for (let j = 0; j + 1 < b.length; j++) if (segmentsCross(a[i], a[i + 1], b[j], b[j + 1])) count += 1;
  }
  return count;
}

function segmentsCross(a?: Point, b?: Point, c?: Point, d?: Point): boolean {
  if (!a || !b || !c || !d) return false;
  const side = (p: Point, q: Point, r: Point): number => (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** Frames and titles that lie on another box's frame or title. */
export function overlaps({ boxes }: Placed): readonly string[] {
  const found: string[] = [];
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) {
      const covered = [a.frame, a.title].some((mine) => [b.frame, b.title].some((other) => overlap(mine, other)));
      if (covered) found.push(`${a.box.key} × ${b.box.key}`);
    }
  });
  return found;
}

const tolerance = 0.1;

const near = (a: number, b: number): boolean => Math.abs(a - b) <= tolerance;

/** References that do not start in the middle of a side of their cell, or do not end on their target's frame or circle. */
export function loneEnds({ boxes, references, joins }: Placed): readonly string[] {
  const circles = new Map(joins.map((join) => [join.to, join]));
  const byKey = new Map(boxes.map((placed) => [placed.box.key, placed]));
  return references.flatMap(({ reference, points, tip, joins: joined }) => {
    const tail = byKey.get(reference.from);
    const head = byKey.get(reference.to);
    const [start] = points;
    const cell = tail && cellOfPort(tail, reference.port);
    if (!start || !tail || !head || !cell) return [`${reference.from}:${reference.port} has no ends`];
    const x = tail.frame.x + cell.x;
    const y = tail.frame.y + cell.y;
    const below = near(start.x, x + cell.width / 2) && near(start.y, y + cell.height);
    const beside = near(start.y, y + cell.height / 2) && (near(start.x, x) || near(start.x, x + cell.width));
    // Several that leave from one cell share its side.
    const starts = below || beside || (cell.shared && onFrame({ ...cell, x, y }, start));
    const circle = circles.get(reference.to);
    const ends = joined ? circle !== undefined && onCircle(circle, tip) : onFrame(head.frame, tip);
    return starts && ends ? [] : [`${reference.from}:${reference.port}`];
  });
}

function cellOfPort({ box, cells }: PlacedBox, port: number): (Rectangle & { readonly shared: boolean }) | null {
  for (const [r, row] of box.rows.entries()) {
    const column = row.findIndex((cell) => cell !== null && portsOf(cell).includes(port));
    const place = cells[r]?.[column];
    const cell = row[column];
    if (place && cell) return { ...place, shared: portsOf(cell).length > 1 };
  }
  return null;
}

const onCircle = ({ centre, radius }: PlacedJoin, point: Point): boolean =>
  near(Math.hypot(point.x - centre.x, point.y - centre.y), radius);

function onFrame({ x, y, width, height }: Rectangle, point: Point): boolean {
  const within = (value: number, from: number, size: number): boolean =>
    value >= from - tolerance && value <= from + size + tolerance;
  const onSide = near(point.x, x) || near(point.x, x + width);
  const onEnd = near(point.y, y) || near(point.y, y + height);
  return (onSide && within(point.y, y, height)) || (onEnd && within(point.x, x, width));
}

/** Texts that are wider than their cell, and titles that are wider than the room that is kept for them. */
export function tightTexts({ boxes }: Placed, measure: TextMeasure): readonly string[] {
  return boxes.flatMap(({ box, title, cells }) => {
    const tight = measure.width(box.title, 'title') > title.width ? [`title of ${box.key}`] : [];
    box.rows.forEach((row, r) => {
      row.forEach((cell, column) => {
        const place = cells[r]?.[column];
        if (cell && place && measure.width(cell.text, 'cell') > place.width) tight.push(`${cell.text} in ${box.key}`);
      });
    });
    return tight;
  });
}

/** References that run through a cell of the box that they leave. */
export function crossedCells({ boxes, references }: Placed): readonly string[] {
  const byKey = new Map(boxes.map((placed) => [placed.box.key, placed]));
  return references.flatMap((placed) => {
    const tail = byKey.get(placed.reference.from);
    if (!tail) return [];
    const { frame } = tail;
    const path = sample(placed);
    return tail.cells
      .flat()
      .filter((cell) => cell !== null)
      .filter((cell) => path.some((p) => contains({ ...cell, x: frame.x + cell.x, y: frame.y + cell.y }, p)))
      .map(() => `${placed.reference.from}:${placed.reference.port}`);
  });
}

/** Frames, titles, lines and circles that reach out of the picture. */
export function clipped(picture: Placed): readonly string[] {
  const { origin, width, height, boxes, joins } = picture;
  const outside = ({ x, y }: Point): boolean =>
    x < origin.x || y < origin.y || x > origin.x + width || y > origin.y + height;
  const corners = ({ x, y, width, height }: Rectangle): readonly Point[] => [
    { x, y },
    { x: x + width, y: y + height },
  ];
  return [
    ...boxes.flatMap(({ box, frame, title }) =>
      [...corners(frame), ...corners(title)].some(outside) ? [`box ${box.key}`] : [],
    ),
    ...boxes.flatMap(({ box, frame, cells }) =>
      cells
        .flat()
        .flatMap((cell) => (cell ? corners(cell) : []))
        .some(({ x, y }) => x < 0 || y < 0 || x > frame.width || y > frame.height)
        ? [`cells of ${box.key}`]
        : [],
    ),
    ...linesOf(picture).flatMap((placed) =>
      sample(placed).some(outside) ? [`${placed.reference.from}:${placed.reference.port}`] : [],
    ),
    ...joins.flatMap(({ to, centre, radius }) =>
      outside({ x: centre.x - radius, y: centre.y - radius }) || outside({ x: centre.x + radius, y: centre.y + radius })
        ? [`circle of ${to}`]
        : [],
    ),
  ];
}
