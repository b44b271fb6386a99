/**
 * The part of a snapshot that is drawn, when not all of it is: which objects have boxes, which are text in a cell, and which of their
 * parts are shown in which order. Does not say why (src/interest/).
 */
import type { ObjectId, Part, Value } from '../snapshot/snapshot.ts';

/** A part, and the values that it hides when it is `…`. */
export interface ShownPart {
  readonly part: Part;
  readonly behind: readonly Value[];
}

export interface DrawnObjects {
  /** Objects that have boxes. Any other object is a `✂`, unless its type makes it text or hides it. */
  readonly boxes: ReadonlySet<ObjectId>;
  /** Objects that are text in the cell that refers to them: small ones to which nothing else refers. */
  readonly written: ReadonlySet<ObjectId>;
  /** The shown parts of objects that are not shown whole. */
  readonly rows: ReadonlyMap<ObjectId, readonly ShownPart[]>;
  /** Boxes that are vertical whatever the rules of orientation say. */
  readonly upright: ReadonlySet<ObjectId>;
}
