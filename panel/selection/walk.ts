/**
 * Which box an arrow key leads to. Along the picture's direction references are followed, to the nearest box at their
 * other end. Across it, and where no reference leads, it is the nearest box straight that way, or else the nearest aside.
 * Pure.
 */
import type { BoxKey } from '../../src/diagram/diagram.ts';
import type { Placed, Rectangle } from '../../src/layout/placed.ts';

export type Arrow = 'left' | 'right' | 'up' | 'down';

/** The box that the arrow leads to; null when none is that way. Without a box to start from, the first, which is the root. */
export function nextBox(placed: Placed, from: BoxKey | null, arrow: Arrow): BoxKey | null {
  const start = placed.boxes.find(({ box }) => box.key === from);
  if (!start) return placed.boxes[0]?.box.key ?? null;
  const ways = placed.boxes.flatMap(({ box, frame }) => {
    if (box.key === from) return [];
    const way = wayTo(start.frame, frame, arrow);
    return way.along > 0 ? [{ key: box.key, ...way }] : [];
  });
  const connected = followsReferences(placed, arrow) ? neighbours(placed, start.box.key) : new Set();
  const candidates = [
    ways.filter(({ key }) => connected.has(key)),
    ways.filter(({ across }) => across === 0),
    ways.filter(({ along, across }) => across <= along),
    ways,
  ].find((list) => list.length > 0);
  const [nearest] = (candidates ?? []).toSorted((a, b) => distance(a) - distance(b) || a.offset - b.offset);
  return nearest?.key ?? null;
}

const followsReferences = ({ diagram: { direction } }: Placed, arrow: Arrow): boolean =>
  direction === 'down' ? arrow === 'up' || arrow === 'down' : arrow === 'left' || arrow === 'right';

/** Boxes at the other ends of all references of a box. */
function neighbours({ diagram: { references } }: Placed, key: BoxKey): ReadonlySet<BoxKey> {
  return new Set(references.flatMap(({ from, to }) => (from === key ? [to] : to === key ? [from] : [])));
}

/** Points. */
interface Way {
  /** Between the sides that face each other; at most 0 when the box is not that way. */
  readonly along: number;
  /** What is missing for one to stand straight before the other. */
  readonly across: number;
  /** Between the middles, across. */
  readonly offset: number;
}

/** A step aside counts twice, so that what is nearly straight ahead comes first. */
const distance = ({ along, across }: Way): number => along + 2 * across;

function wayTo(from: Rectangle, to: Rectangle, arrow: Arrow): Way {
  const horizontal = { start: from.x, end: from.x + from.width, toStart: to.x, toEnd: to.x + to.width };
  const vertical = { start: from.y, end: from.y + from.height, toStart: to.y, toEnd: to.y + to.height };
  const isAcross = arrow === 'up' || arrow === 'down' ? horizontal : vertical;
  const isAlong = arrow === 'up' || arrow === 'down' ? vertical : horizontal;
  const forward = arrow === 'down' || arrow === 'right';
  return {
    along: forward ? isAlong.toStart - isAlong.end : isAlong.start - isAlong.toEnd,
    across: Math.max(0, isAcross.toStart - isAcross.end, isAcross.start - isAcross.toEnd),
    offset: Math.abs(isAcross.start + isAcross.end - isAcross.toStart - isAcross.toEnd) / 2,
  };
}
