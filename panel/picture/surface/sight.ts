/**
 * Answers what of a picture is in a rectangle or under a point, by an index of rectangles, so that nothing that is asked while a
 * user moves takes time with the size of the picture. Points are those of the picture. Pure.
 */
import Flatbush from 'flatbush';
import type { BoxKey } from '../../../src/diagram/diagram.ts';
import type { Placed, PlacedBox, PlacedJoin, PlacedReference, Point, Rectangle } from '../../../src/layout/placed.ts';

/** A part of a picture, in its order. */
export interface Part {
  readonly boxes: readonly PlacedBox[];
  readonly references: readonly PlacedReference[];
  readonly joins: readonly PlacedJoin[];
}

export interface Sight {
  /** What is at least partly in a rectangle. */
  within(area: Rectangle): Part;
  /** The box at a point, or else the nearest one not further away than `slack`. */
  boxAt(point: Point, slack: number): PlacedBox | null;
  /** The nearest reference or join not further away than `slack`. */
  lineAt(point: Point, slack: number): PlacedReference | PlacedJoin | null;
  box(key: BoxKey): PlacedBox | null;
  /** All references from and to a box. */
  referencesOf(key: BoxKey): readonly PlacedReference[];
  joinOf(key: BoxKey): PlacedJoin | null;
}

export function createSight({ boxes, references, joins }: Placed): Sight {
  const boxIndex = indexOf(boxes.map(outline));
  const lines: readonly (PlacedReference | PlacedJoin)[] = [...references, ...joins];
  const lineIndex = indexOf(lines.map(({ points, tip }) => around([...points, tip])));
  const byKey = new Map(boxes.map((box) => [box.box.key, box]));
  const joinByKey = new Map(joins.map((join) => [join.to, join]));
  let ofBox: Map<BoxKey, PlacedReference[]> | null = null;
  const byBox = (): Map<BoxKey, PlacedReference[]> => {
    if (ofBox) return ofBox;
    ofBox = new Map();
    for (const each of references) {
      for (const key of new Set([each.reference.from, each.reference.to])) {
        const known = ofBox.get(key);
        if (known) known.push(each);
        else ofBox.set(key, [each]);
      }
    }
    return ofBox;
  };
  return {
    within({ x, y, width, height }) {
      const found = boxIndex?.search(x, y, x + width, y + height) ?? [];
      const found2 = lineIndex?.search(x, y, x + width, y + height) ?? [];
      const ordered = found2.sort((a, b) => a - b);
      return {
        boxes: found.sort((a, b) => a - b).flatMap((i) => boxes[i] ?? []),
        references: ordered.flatMap((i) => references[i] ?? []),
        joins: ordered.flatMap((i) => joins[i - references.length] ?? []),
      };
    },
    boxAt({ x, y }, slack) {
      let best: PlacedBox | null = null;
      let least = slack;
      for (const i of boxIndex?.search(x - slack, y - slack, x + slack, y + slack) ?? []) {
        const box = boxes[i];
        const distance = box ? distanceTo(outline(box), { x, y }) : Number.POSITIVE_INFINITY;
        if (box && distance <= least && (distance < least || !best)) {
          best = box;
          least = distance;
        }
      }
      return best;
    },
    lineAt({ x, y }, slack) {
      let best: PlacedReference | PlacedJoin | null = null;
      let least = slack;
      for (const i of lineIndex?.search(x - slack, y - slack, x + slack, y + slack) ?? []) {
        const line = lines[i];
        if (!line) continue;
        const distance = distanceToLine([...line.points, line.tip], { x, y });
        if (distance <= least) {
          best = line;
          least = distance;
        }
      }
      return best;
    },
    box: (key) => byKey.get(key) ?? null,
    referencesOf: (key) => byBox().get(key) ?? [],
    joinOf: (key) => joinByKey.get(key) ?? null,
  };
}

function indexOf(areas: readonly Rectangle[]): Flatbush | null {
  // An index of nothing is refused.
  if (areas.length === 0) return null;
  const index = new Flatbush(areas.length);
  for (const { x, y, width, height } of areas) index.add(x, y, x + width, y + height);
  index.finish();
  return index;
}

/** A box with its title. */
function outline({ frame, title }: PlacedBox): Rectangle {
  const right = Math.max(frame.x + frame.width, title.x + title.width);
  const top = Math.min(frame.y, title.y);
  return { x: frame.x, y: top, width: right - frame.x, height: frame.y + frame.height - top };
}

/** The rectangle around the control points, which holds the curve. */
function around(points: readonly Point[]): Rectangle {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function distanceTo({ x, y, width, height }: Rectangle, point: Point): number {
  const across = Math.max(x - point.x, 0, point.x - x - width);
  const down = Math.max(y - point.y, 0, point.y - y - height);
  return Math.hypot(across, down);
}

/** Points on each cubic curve: between two of them it is nearly straight. */
const SAMPLES = 12;

function distanceToLine(points: readonly Point[], point: Point): number {
  let least = Number.POSITIVE_INFINITY;
  let before = points[0];
  for (let at = 0; at + 3 < points.length; at += 3) {
    const [a, b, c, d] = [points[at], points[at + 1], points[at + 2], points[at + 3]];
    if (!a || !b || !c || !d || !before) break;
    for (let i = 1; i <= SAMPLES; i++) {
      const next = curvePoint(a, b, c, d, i / SAMPLES);
      least = Math.min(least, distanceToSegment(before, next, point));
      before = next;
    }
  }
  const tip = points.at(-1);
  return before && tip ? Math.min(least, distanceToSegment(before, tip, point)) : least;
}

function curvePoint(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const s = 1 - t;
  const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: p * a.x + q * b.x + r * c.x + u * d.x, y: p * a.y + q * b.y + r * c.y + u * d.y };
}

function distanceToSegment(a: Point, b: Point, { x, y }: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}
