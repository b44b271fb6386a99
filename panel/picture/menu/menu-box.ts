/** What a menu of the picture is about. */
import type { BoxKey } from '../../../src/diagram/diagram.ts';
import type { ObjectId } from '../../../src/snapshot/snapshot.ts';

/** The box of a menu. */
export interface MenuBox {
  readonly key: BoxKey;
  /** The object written in the cell under the pointer, or that of the box. Null for names, values and everything else that is not an object. */
  readonly object: ObjectId | null;
  readonly title: string;
  /** Which cell of the box is under the pointer, counted in the order of the picture; null for none. */
  readonly cell: number | null;
  /** The addresses in its cells, or the one in the cell under the pointer. */
  readonly links: readonly string[];
}

/** A reference of a menu. */
export interface MenuReference {
  readonly from: BoxKey;
  readonly to: BoxKey;
}
