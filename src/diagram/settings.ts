/**
 * How a diagram is made of a snapshot: every choice that a person has about boxes and cells, and its default. Says what
 * is wanted, never how it is drawn. What is read from the page is `View` (src/snapshot/snapshot.ts). Plain data, so that
 * it can be kept in a file (src/settings/).
 */
import type { ObjectId, Slices } from '../snapshot/snapshot.ts';
import type { Box, Category, Diagram } from './diagram.ts';

/**
 * How the boxes of one shape stand, by what their shown values are. The rules speak of a picture that grows down; one
 * that grows to the right swaps the two rules about references, so that each arrow still leaves from a free side.
 */
export interface OrientationRules {
  /** No value is a reference. */
  readonly general: Box['orientation'];
  /** At least one value is a reference. */
  readonly anyReference: Box['orientation'];
  /** Every value is a reference. */
  readonly allReferences: Box['orientation'];
}

/** `#rrggbb` for each theme. */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

/**
 * - `box`: a box of its own.
 * - `collapsed`: a small box with one cell, `…`; what only it refers to is not drawn.
 * - `inline`: text in the cell that refers to it.
 * - `hidden`: neither a box nor a cell; the properties and elements that hold it are left out.
 */
export type Display = 'box' | 'collapsed' | 'inline' | 'hidden';

/** Which kind of node a type gets: one value alone, values in a line, names with values, or a grid. */
export type Shape = 'single' | 'linear' | 'keyValue' | 'table';

/** What one object, or all of a type, have of their own; what is missing is as the general settings say. */
export interface BoxOverride {
  readonly colour?: Colour;
  readonly orientation?: Box['orientation'];
  readonly display?: Display;
}

export interface TypeOverride extends BoxOverride {
  readonly shape?: Shape;
  /** False leaves the type name off. */
  readonly title?: boolean;
  /** Which elements are shown, in place of `View.slices`. */
  readonly slices?: Slices;
  /** References that are followed from an object of this type, fewer than `View.depth`. */
  readonly depth?: number;
  /** An object that refers to one other object alone, which nothing else refers to, is drawn with that one's cells. */
  readonly swallowsChild?: boolean;
}

export interface DiagramSettings {
  readonly direction: Diagram['direction'];
  readonly orientation: {
    /** Arrays, sets, typed arrays. */
    readonly linear: OrientationRules;
    /** Objects, maps, scopes. */
    readonly keyValue: OrientationRules;
  };
  readonly text: {
    /** Characters of a string, name or key that are shown; a longer one ends in `…` and is whole in the hint. */
    readonly maximumLength: number;
  };
  readonly titles: {
    /** Show the type name over a box. */
    readonly typeNames: boolean;
    /** Show `#12` behind the type name. */
    readonly identityNumbers: boolean;
  };
  /** Points. */
  readonly spacing: {
    /** Left and right of the text in a cell. */
    readonly cellPadding: number;
    /** Between cells, and between cells and their frame. */
    readonly betweenCells: number;
    /** Between boxes that stand beside each other. */
    readonly betweenBoxes: number;
    /** Between one rank of boxes and the next. */
    readonly betweenRanks: number;
  };
  readonly primitives: {
    /** Each value that is no object gets a box, the same value one box: shows what immutable values share. */
    readonly asBoxes: boolean;
  };
  /** Grids, in place of arrays and their rows. Off by default: each object is a box of its own, and a grid's rows are none. */
  readonly tables: {
    /** Arrays of arrays of one length. */
    readonly matrices: boolean;
    /** Arrays of objects with the same keys. */
    readonly records: boolean;
    readonly rows: Slices;
    readonly columns: Slices;
  };
  readonly keys: {
    readonly hideSymbols: boolean;
    /** Names that start with `_`. */
    readonly hideUnderscored: boolean;
    /** `#names`. */
    readonly hidePrivate: boolean;
    /** `[[slots]]`. */
    readonly hideInternal: boolean;
    /** A regular expression; the keys that it finds are left out. Empty: none is. */
    readonly hidePattern: string;
  };
  /** Many references to one box meet in a circle, from which one arrow goes on. */
  readonly joins: {
    /** So many references make a circle; 0: none does. */
    readonly fromReferences: number;
    /** Points across. */
    readonly diameter: number;
    /** Ranks that the circle stands before the box, at least. */
    readonly ranks: number;
  };
  readonly hiddenReferences: {
    /** Dashed arrows to a box from objects whose cells are not shown, at most; an object that is shared never looks unshared. */
    readonly maximum: number;
  };
  /** Colours that differ from the theme's. */
  readonly colours: Readonly<Partial<Record<Category, Colour>>>;
  /** Graphviz attributes by name, passed through: all to an exported DOT, those that only space things out to the layout. */
  readonly graphviz: {
    readonly graph: Readonly<Record<string, string>>;
    readonly node: Readonly<Record<string, string>>;
    readonly edge: Readonly<Record<string, string>>;
  };
  /** By kind of object (`array`, `function`) or name of a class (`LinkedList`), which goes before the kind. */
  readonly types: Readonly<Record<string, TypeOverride>>;
  /** By identity number: of one heap, so never kept in a file. They go before those of the type. */
  readonly objects: ReadonlyMap<ObjectId, BoxOverride>;
  /** Objects of which all that was read is shown, whatever their type says of slices and cells: a person opened them. Missing: none. */
  readonly opened?: ReadonlySet<ObjectId>;
}

const upright: OrientationRules = { general: 'vertical', anyReference: 'horizontal', allReferences: 'horizontal' };

export const defaultSettings: DiagramSettings = {
  direction: 'down',
  orientation: { linear: upright, keyValue: upright },
  text: { maximumLength: 70 },
  titles: { typeNames: true, identityNumbers: false },
  spacing: { cellPadding: 5, betweenCells: 5, betweenBoxes: 22, betweenRanks: 29 },
  primitives: { asBoxes: false },
  tables: {
    matrices: false,
    records: false,
    rows: { begin: 10, middle: 5, end: 10 },
    columns: { begin: 10, middle: 5, end: 10 },
  },
  keys: {
    hideSymbols: false,
    hideUnderscored: false,
    hidePrivate: false,
    hideInternal: false,
    hidePattern: '',
  },
  joins: { fromReferences: 5, diameter: 12, ranks: 1 },
  hiddenReferences: { maximum: 2 },
  colours: {},
  graphviz: { graph: {}, node: {}, edge: {} },
  types: { function: { display: 'inline' } },
  objects: new Map(),
};
