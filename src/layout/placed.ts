/** A diagram with places: what the drawing draws. Points (1/72 inch), y grows downwards. */
import type { Box, BoxKey, Diagram, Reference } from '../diagram/diagram.ts';

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
  /** It ends in the circle of its target's `PlacedJoin`, without an arrow. */
  readonly joins?: true;
}

/** Where many references to one box meet, and the one arrow that goes on from there. */
export interface PlacedJoin {
  readonly to: BoxKey;
  readonly centre: Point;
  readonly radius: number;
  readonly points: readonly Point[];
  readonly tip: Point;
}

/**
 * Which way the places were found: `full` with all constraints, `ranked` with columns by distance from the root,
 * `rough` with straight lines, `simple` by distance from the root alone, without regard to crossings. Later ones are for
 * graphs that are too dense or too large for the earlier ones.
 */
export type LayoutTier = 'full' | 'ranked' | 'rough' | 'simple';

export interface Placed {
  readonly diagram: Diagram;
  /** Top left corner: 0, 0 unless boxes were kept where an earlier picture had them. */
  readonly origin: Point;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly references: readonly PlacedReference[];
  readonly joins: readonly PlacedJoin[];
  readonly tier: LayoutTier;
}

/** Width and height of a text, in points, as it will be drawn. */
export interface TextMeasure {
  width(text: string, style: 'cell' | 'title'): number;
}
