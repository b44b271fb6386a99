/** A diagram with places: what the drawing draws. Points (1/72 inch), y grows downwards, origin at the top left. */
import type { Box, Diagram, Reference } from '../diagram/diagram.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** A rectangle with one line of text, and the width that the text had when it was measured. */
export interface PlacedCell extends Rectangle {
  readonly textWidth: number;
}

/** `frame` and `title` in the picture's coordinates; `cells[row][column]` relative to the frame's corner. */
export interface PlacedBox {
  readonly box: Box;
  readonly frame: Rectangle;
  readonly title: PlacedCell;
  readonly cells: readonly (readonly (PlacedCell | null)[])[];
}

/** A B-spline as dot gives it: start point, then groups of three control points; the arrow goes from the last point to `tip`. */
export interface PlacedReference {
  readonly reference: Reference;
  readonly points: readonly Point[];
  readonly tip: Point;
}

/**
 * Which way the places were found: `full` with all constraints, `ranked` with columns by distance from the root,
 * `rough` with straight lines. Later ones are for graphs that are too dense for the earlier ones.
 */
export type LayoutTier = 'full' | 'ranked' | 'rough';

export interface Placed {
  readonly diagram: Diagram;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly references: readonly PlacedReference[];
  readonly tier: LayoutTier;
}

/** Width and height of a text, in points, as it will be drawn. */
export interface TextMeasure {
  width(text: string, style: 'cell' | 'title'): number;
}
