/** A picture in which boxes are where a user dragged them. Lines that lead to them, or that they would cover, are left out. Pure. */
import type { BoxKey } from '../../diagram/diagram.ts';
import type { Placed, PlacedBox, Point, Rectangle } from '../placed.ts';
import { segmentsOf, touches } from './free-space.ts';

/** Null when every one of them is there already, or none is in the picture. */
export function relocated(placed: Placed, places: ReadonlyMap<BoxKey, Point>): Placed | null {
  const moved = new Set<BoxKey>();
  const boxes = placed.boxes.map((each): PlacedBox => {
    const { box, frame, title } = each;
    const to = places.get(box.key);
    if (!to || isAt(frame, to)) return each;
    moved.add(box.key);
    const by = { x: to.x - frame.x, y: to.y - frame.y };
    return { ...each, frame: { ...frame, ...to }, title: { ...title, x: title.x + by.x, y: title.y + by.y } };
  });
  if (moved.size === 0) return null;
  const areas = boxes.filter(({ box }) => moved.has(box.key)).map(({ frame }) => frame);
  const isFree = (points: readonly Point[]): boolean =>
    !areas.some((area) => segmentsOf(points).some((segment) => touches(segment, area, 1)));
  const joins = placed.joins.filter(({ to, points }) => !moved.has(to) && isFree(points));
  const joined = new Set(joins.map(({ to }) => to));
  return {
    ...placed,
    boxes,
    joins,
    references: placed.references.filter(
      ({ reference: { from, to }, points, joins: meets }) =>
        !moved.has(from) && !moved.has(to) && (!meets || joined.has(to)) && isFree(points),
    ),
  };
}

/** Whether the boxes are where they were dragged, as far as they are in the picture. */
export const areAt = ({ boxes }: Placed, places: ReadonlyMap<BoxKey, Point>): boolean =>
  boxes.every(({ box, frame }) => {
    const place = places.get(box.key);
    return !place || isAt(frame, place);
  });

/** Points are drawn whole. */
const isAt = ({ x, y }: Rectangle, to: Point): boolean => Math.abs(x - to.x) < 1 && Math.abs(y - to.y) < 1;
