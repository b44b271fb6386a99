/** Decides whether a picture can be read in a view: the text is large enough, and everything is in sight. Pure arithmetic. */
import type { Diagram } from '../diagram/diagram.ts';
import type { ViewSize } from '../diagram/settings.ts';
import type { Placed } from '../layout/placed.ts';

/** Text of cells is 12 pixels high at 100%, and easy to read from 9 pixels on. */
export const leastScale = 9 / 12;
/** CSS pixels that a view leaves free around a picture (`fitInto` in panel/picture/viewport.ts). */
export const margin = 24;
/** A smaller view has room for hardly two boxes. In it, a picture may extend beyond the view in one direction. */
const small: ViewSize = { width: 400, height: 250 };
/** The number of views side by side in which a user can still find their way. */
const mostViews = 3;

export const isSmall = ({ width, height }: ViewSize): boolean => width < small.width || height < small.height;

/**
 * The ratio of the view's size to the needed size. Below 1 the picture cannot be read.
 * @param views how many views long a picture may be in a small view
 */
export function roomIn(
  { width, height }: Pick<Placed, 'width' | 'height'>,
  view: ViewSize,
  views: number = mostViews,
): number {
  const across = (view.width - margin) / (width * leastScale);
  const down = (view.height - margin) / (height * leastScale);
  if (!isSmall(view)) return Math.min(across, down);
  return Math.max(Math.min(across, views * down), Math.min(views * across, down));
}

/** The size of a picture that can just be read in a view. */
export const readableSize = (view: ViewSize): Pick<Placed, 'width' | 'height'> => ({
  width: (view.width - margin) / leastScale,
  height: ((view.height - margin) / leastScale) * (isSmall(view) ? mostViews : 1),
});

/** Lower bounds in points: the width of a character, the height of a row, the area of a box without its cells. */
const least = { character: 6, row: 18, box: 800 };

/** False when the cells alone need more than the view, however they are arranged. */
export function mayFit({ boxes }: Diagram, view: ViewSize): boolean {
  let area = 0;
  for (const { rows } of boxes) {
    area += least.box;
    for (const row of rows) for (const cell of row) area += least.row * least.character * (cell?.text.length ?? 0);
  }
  return area * leastScale ** 2 <= view.width * view.height * (isSmall(view) ? mostViews : 1);
}
