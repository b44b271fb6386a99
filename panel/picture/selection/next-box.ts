/**
 * Finds the box that an arrow key selects. Along the picture's direction it follows references, to the nearest box at their other
 * end. Across it, and where there is no reference, it is the nearest box straight ahead, or else the nearest one to the side.
 * Pure.
 */
import type { BoxKey } from '../../../src/diagram/diagram.ts';
import type { Placed, Rectangle } from '../../../src/layout/placed.ts';

export type Arrow = 'left' | 'right' | 'up' | 'down';

/** The box that the arrow key selects; null when there is none in that direction. Without a start, it is the first box, the root. */
export function nextBox(placed: Placed, from: BoxKey | null, arrow: Arrow): BoxKey | null {
  const start = placed.boxes.find(({ box }) => box.key === from);
  if (!start) return placed.boxes[0]?.box.key ?? null;
  const others = placed.boxes.flatMap(({ box, frame }) => {
    if (box.key === from) return [];
    const offset = offsetTo(start.frame, frame, arrow);
    return offset.along > 0 ? [{ key: box.key, ...offset }] : [];
  });
  const connected = followsReferences(placed, arrow) ? neighbours(placed, start.box.key) : new Set();
  const candidates = [
    others.filter(({ key }) => connected.has(key)),
    others.filter(({ across }) => across === 0),
    others.filter(({ along, across }) => across <= along),
    others,
  ].find((list) => list.length > 0);
  const [nearest] = (candidates ?? []).toSorted((a, b) => distance(a) - distance(b) || a.middles - b.middles);
  return nearest?.key ?? null;
}

const followsReferences = ({ diagram: { direction } }: Placed, arrow: Arrow): boolean =>
  direction === 'down' ? arrow === 'up' || arrow === 'down' : arrow === 'left' || arrow === 'right';

/** The boxes at the other ends of all references of a box. */
function neighbours({ diagram: { references } }: Placed, key: BoxKey): ReadonlySet<BoxKey> {
  return new Set(references.flatMap(({ from, to }) => (from === key ? [to] : to === key ? [from] : [])));
}

/** Points. */
interface Offset {
  /** Distance between the sides that face each other; at most 0 when the box is not in that direction. */
  readonly along: number;
  /** Distance that is missing for one to be straight ahead of the other. */
  readonly across: number;
  /** Distance between the middles, across. */
  readonly middles: number;
}

/** Distance to the side counts twice, so that what is nearly straight ahead comes first. */
const distance = ({ along, across }: Offset): number => along + 2 * across;

function offsetTo(from: Rectangle, to: Rectangle, arrow: Arrow): Offset {
  const horizontal = { start: from.x, end: from.x + from.width, toStart: to.x, toEnd: to.x + to.width };
  const vertical = { start: from.y, end: from.y + from.height, toStart: to.y, toEnd: to.y + to.height };
  const isAcross = arrow === 'up' || arrow === 'down' ? horizontal : vertical;
  const isAlong = arrow === 'up' || arrow === 'down' ? vertical : horizontal;
  const forward = arrow === 'down' || arrow === 'right';
  return {
    along: forward ? isAlong.toStart - isAlong.end : isAlong.start - isAlong.toEnd,
    across: Math.max(0, isAcross.toStart - isAcross.end, isAcross.start - isAcross.toEnd),
    middles: Math.abs(isAcross.start + isAcross.end - isAcross.toStart - isAcross.toEnd) / 2,
  };
}
