/**
 * What is drawn, before its layout: boxes with cells, and references between them. It is made from a snapshot and the settings, and is
 * pure data: no pixels, no Graphviz.
 */
import type { ObjectId, ScopeKind } from '../snapshot/snapshot.ts';

/** Stable name of a box across captures of one heap: `o12` for object 12, `scope` for the names that were asked for. */
export type BoxKey = string;

/** The category of a box, which decides its color. */
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

/** A color that a text names. */
export interface Swatch {
  /** `#rrggbb` */
  readonly fill: string;
  /** From 0 to 1. */
  readonly opacity: number;
}

/**
 * - `index`: gray, no border. `key`: rounded border. `value`: border.
 * - `reference`: an empty bordered cell whose edge is the `Reference` with the same `port`.
 * - `hidden`: `…`, slices left parts out. `cut`: `✂`, a limit stopped here; `target` is the object behind it.
 * - `holes`: indices that do not exist in an array.
 */
export interface Cell {
  readonly kind: 'index' | 'key' | 'value' | 'reference' | 'hidden' | 'cut' | 'holes';
  /** The text as it is drawn, cut to the maximum length and with invisible characters made visible. */
  readonly text: string;
  /** The full text or an explanation, for hover; null when `text` says it all. */
  readonly hint: string | null;
  /** The number of the port from which an edge leaves, unique in the box; null when none does. */
  readonly port: number | null;
  /** Ports of dashed references that leave from this cell in addition to `port`. */
  readonly hiddenPorts?: readonly number[];
  /** The object behind a `reference` or `cut` cell, or behind an inline function; null otherwise. */
  readonly target: ObjectId | null;
  /** A child is missing here, and its place is kept free. */
  readonly free?: true;
  /** The text replaces the box of the object behind it. */
  readonly written?: true;
  /** The name of a getter of the browser, not of a property. */
  readonly getter?: true;
  /** It is read once the object of its box is opened. */
  readonly unasked?: true;
  /** The name of a getter of the page, which a click runs. */
  readonly runs?: string;
  /** The color that the text names, which is drawn before it. */
  readonly swatch?: Swatch;
  /** The address that the text is. */
  readonly link?: string;
  /** The symbol that it shows, whatever its text. Equal for two cells only if they show the same symbol. */
  readonly symbol?: string;
  /** Present for the name of a variable. */
  readonly variable?: {
    /** The variable of its frame, whatever the text. */
    readonly id: string;
    /** The scope to which it belongs: that of the frame's function, of code around it, or of the module. */
    readonly of: 'own' | 'closure' | 'module';
  };
}

/** The position of a cell in its box. Both count from 0. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** The parts of the object that a line shows, or counts when it is `…`. */
export interface ShownParts {
  readonly of: 'element' | 'entry' | 'property';
  /** The position of the first one. */
  readonly from: number;
  readonly count: number;
  /** The kind of scope, for variables. */
  readonly scope?: ScopeKind;
}

/** One value of a box. */
export interface Line {
  /** Null when the line shows no part of the object, or several. */
  readonly parts: ShownParts | null;
  /** Its name or index; in a table the label of its row, then that of its column. Empty for a value without a name. */
  readonly labels: readonly CellPosition[];
  readonly value: CellPosition;
}

/** A view of a buffer: its bytes from `from` up to, not including, `to`. */
export interface Bar {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** What is drawn of an object's values above its cells. `words` say what it shows. */
export type Figure =
  /** Numbers in stretches of equal length, as `NumberSeries` has them; the levels are from 0 to 1. */
  | {
      readonly type: 'sparkline';
      readonly words: readonly string[];
      readonly stretches: readonly (readonly [low: number, high: number] | null)[];
    }
  | {
      readonly type: 'image';
      readonly words: readonly string[];
      readonly picture: { readonly columns: number; readonly rows: number; readonly href: string } | null;
      /** A click reads its pixels. */
      readonly unread: boolean;
    }
  /** Views of a buffer of `total` bytes; `more` of them are not among the `bars`. */
  | {
      readonly type: 'bytes';
      readonly words: readonly string[];
      readonly total: number;
      readonly bars: readonly Bar[];
      readonly more: number;
      readonly overlaps: readonly { readonly from: number; readonly to: number }[];
    };

export interface Box {
  readonly key: BoxKey;
  readonly object: ObjectId | null;
  /** Type name, with the length where something is hidden: `Array(100)`, `LinkedList`, `Object (null prototype)`. */
  readonly title: string;
  /** More about the title, where there is more. */
  readonly hint?: string;
  readonly category: Category;
  /** The color, when it differs from the category's color in the theme. */
  readonly color?: Color;
  /** It was asked for, and has a thick frame. */
  readonly root: boolean;
  /** The number of references to it that are not drawn, when only a part of what was read is; missing for none. */
  readonly undrawn?: number;
  readonly orientation: 'vertical' | 'horizontal';
  readonly figure?: Figure;
  /** Cells as they are drawn: rows from the top, all of the same length; null is an empty space. Empty for an empty container. */
  readonly rows: readonly (readonly (Cell | null)[])[];
  /** Its values in the order of the object, with their cells in `rows`. */
  readonly lines: readonly Line[];
  /** It stands for so many objects, and this share of all. */
  readonly group?: { readonly count: number; readonly share: number };
}

export interface Reference {
  readonly from: BoxKey;
  readonly port: number;
  readonly to: BoxKey;
  /** It keeps the place of a missing child free, and is not drawn. */
  readonly free?: true;
  /** It comes from something behind the cell that is not drawn, and is dashed. */
  readonly hidden?: true;
}

/** The fills of boxes: nearly white or black, or as strong as those of memory_graph. */
export type PaletteName = 'calm' | 'original';

/** The settings that affect the layout and the colors. */
export interface DiagramStyle {
  readonly palette: PaletteName;
  /** Points. */
  readonly spacing: {
    /** Left and right of the text in a cell. */
    readonly cellPadding: number;
    /** Between cells, and between cells and their frame. */
    readonly betweenCells: number;
    /** Between neighboring boxes of one rank. */
    readonly betweenBoxes: number;
    /** Between one rank of boxes and the next. */
    readonly betweenRanks: number;
  };
  /** Many references to one box meet in a circle, from which one arrow goes on. */
  readonly joins: {
    /** The number of references from which on they meet in a circle; 0 for never. */
    readonly fromReferences: number;
    /** Points. */
    readonly diameter: number;
    /** The minimum number of ranks between the circle and the box. */
    readonly ranks: number;
  };
  /** Graphviz attributes by name. All are passed to an exported DOT; those that only affect spacing are passed to the layout. */
  readonly graphviz: {
    readonly graph: Readonly<Record<string, string>>;
    readonly node: Readonly<Record<string, string>>;
    readonly edge: Readonly<Record<string, string>>;
  };
  /** When a box refers to many boxes without references, these are spread over several ranks. */
  readonly staggered?: boolean;
}

/** Boxes are in depth-first order from the roots, with fields in their order, which keeps the layout stable between redraws. */
export interface Diagram {
  readonly boxes: readonly Box[];
  readonly references: readonly Reference[];
  readonly direction: 'down' | 'right';
  /** By default that of the default settings. */
  readonly style?: DiagramStyle;
}

/** Counts, as in the original. `shared` counts boxes with two or more incoming references. */
export interface DiagramStats {
  readonly nodes: number;
  readonly edges: number;
  readonly shared: number;
}

/** `#rrggbb` for each theme. */
export interface Color {
  readonly light: string;
  readonly dark: string;
}

/** The text that follows a box's title: how many references to it are not drawn. Empty for none. */
export const undrawnText = ({ undrawn = 0 }: Pick<Box, 'undrawn'>): string => (undrawn === 0 ? '' : `⇠${undrawn}`);
