/**
 * What is drawn, before it has a place: boxes with cells, and references between them. Made from a Snapshot and the
 * settings; pure data, no pixels, no Graphviz.
 */
import type { ObjectId } from '../snapshot/snapshot.ts';
import type { Colour, DiagramSettings } from './settings.ts';

/** Stable name of a box across captures of one heap: `o12` for object 12, `scope` for the names that were asked for. */
export type BoxKey = string;

/** Which colour a box gets. */
export type Category =
  | 'array'
  | 'frozenArray'
  | 'set'
  | 'map'
  | 'object'
  | 'scope'
  | 'instance'
  | 'class'
  | 'function'
  | 'stack'
  | 'error'
  | 'buffer'
  | 'date'
  | 'regexp'
  | 'promise'
  | 'proxy'
  | 'weak'
  | 'generator'
  | 'node'
  | 'string'
  | 'number'
  | 'bigint'
  | 'boolean'
  | 'nothing'
  | 'symbol'
  | 'collapsed'
  | 'other';

/**
 * - `index`: grey, no border. `key`: rounded border. `value`: border.
 * - `reference`: an empty bordered cell whose edge is the `Reference` with the same `port`.
 * - `hidden`: `…`, slicing left parts out. `cut`: `✂`, a limit stopped here; `target` says what is behind it.
 * - `holes`: indices that an array does not have.
 */
export interface Cell {
  readonly kind: 'index' | 'key' | 'value' | 'reference' | 'hidden' | 'cut' | 'holes';
  /** What is drawn; already cut to the maximum length, control and direction characters made visible. */
  readonly text: string;
  /** The full text or an explanation, for hover; null when `text` says it all. */
  readonly hint: string | null;
  /** Number of the port that an edge leaves from, unique within the box; null when none does. */
  readonly port: number | null;
  /** Ports of dashed references that leave from this cell beside `port`. */
  readonly hiddenPorts?: readonly number[];
  /** The object behind a `reference` or `cut` cell, or behind an inline function; null otherwise. */
  readonly target: ObjectId | null;
  /** Which symbol it shows, whatever its text says: the same for two cells only if it is one symbol. */
  readonly symbol?: string;
}

export interface Box {
  readonly key: BoxKey;
  readonly object: ObjectId | null;
  /** Type name, with the length where something is hidden: `Array(100)`, `LinkedList`, `Object (null prototype)`. */
  readonly title: string;
  readonly category: Category;
  /** Where it differs from the category's colour in the theme. */
  readonly colour?: Colour;
  /** What was asked for: thick frame. */
  readonly root: boolean;
  readonly orientation: 'vertical' | 'horizontal';
  /**
   * Cells as they stand, rows from the top, all rows equally long; null leaves a place empty. Empty for an empty
   * container.
   */
  readonly rows: readonly (readonly (Cell | null)[])[];
}

export interface Reference {
  readonly from: BoxKey;
  readonly port: number;
  readonly to: BoxKey;
  /** It comes from something that is not drawn, behind the cell: dashed. */
  readonly hidden?: true;
}

/** What of the settings acts on places and lines. */
export type DiagramStyle = Pick<DiagramSettings, 'spacing' | 'joins' | 'graphviz'>;

/** Boxes stand in depth-first order from the roots, fields in order: that keeps places steady between redraws. */
export interface Diagram {
  readonly boxes: readonly Box[];
  readonly references: readonly Reference[];
  readonly direction: 'down' | 'right';
  /** Missing: that of the default settings. */
  readonly style?: DiagramStyle;
}

/** Counts as the original's pictures are counted: `shared` are boxes that two or more references lead to. */
export interface DiagramStats {
  readonly nodes: number;
  readonly edges: number;
  readonly shared: number;
}
