/** A diagram with positions, ready to draw. In points (1/72 inch); y grows downward. */
import type { Box, BoxKey, Diagram, Reference } from '../diagram/diagram.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** A rectangle with one line of text, and the measured width of the text. */
export interface PlacedCell extends Rectangle {
  readonly textWidth: number;
}

/** `frame` and `title` in the picture's coordinates; `figure` and `cells[row][column]` relative to the frame's corner. */
export interface PlacedBox {
  readonly box: Box;
  readonly frame: Rectangle;
  readonly title: PlacedCell;
  readonly figure: PlacedCell | null;
  readonly cells: readonly (readonly (PlacedCell | null)[])[];
}

/** A B-spline as in dot: a start point, then groups of three control points. The arrow goes from the last point to `tip`. */
export interface PlacedReference {
  readonly reference: Reference;
  readonly points: readonly Point[];
  readonly tip: Point;
  /** The reference ends in the circle of its target's `PlacedJoin`, without an arrow. */
  readonly joins?: true;
}

/** The circle in which many references to one box meet, and the arrow from it to the box. */
export interface PlacedJoin {
  readonly to: BoxKey;
  readonly centre: Point;
  readonly radius: number;
  readonly points: readonly Point[];
  readonly tip: Point;
}

/**
 * How the places were found: `full` with all constraints, `ranked` with columns by distance from the root,
 * `rough` with straight lines, `simple` by distance from the root alone, without regard to crossings. Later ones are for
 * graphs that are too dense or too large for the earlier ones. `wrapped`: in the proportions of the window, because otherwise it
 * were a strip in it.
 */
export type LayoutTier = 'full' | 'ranked' | 'rough' | 'simple' | 'wrapped';

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
