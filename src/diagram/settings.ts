/**
 * The settings of a diagram: every choice that a user has about boxes and cells, and its default. They say what is wanted, never how
 * it is drawn. What is read from the page is `ReadOptions` (src/snapshot/read-options.ts). Plain data, so that it can be kept in a
 * file (src/settings/).
 */

import type { Slices } from '../snapshot/read-options.ts';
import type { ObjectId } from '../snapshot/snapshot.ts';
import type { Box, Category, Color, Diagram, DiagramStyle } from './diagram.ts';
import type { DrawnObjects } from './drawn.ts';

/**
 * How the cells of boxes of one shape are arranged, by their shown values. The rules are for a picture that grows down. One that grows
 * to the right swaps the two rules about references, so that each arrow still leaves from a free side.
 */
export interface OrientationRules {
  /** No value is a reference. */
  readonly general: Box['orientation'];
  /** At least one value is a reference. */
  readonly anyReference: Box['orientation'];
  /** Every value is a reference. */
  readonly allReferences: Box['orientation'];
}

/**
 * - `box`: a box of its own.
 * - `collapsed`: a small box with one cell, `…`; what only it refers to is not drawn.
 * - `inline`: text in the cell that refers to it.
 * - `hidden`: neither a box nor a cell; the properties and elements whose value it is are left out.
 */
export type Display = 'box' | 'collapsed' | 'inline' | 'hidden';

/** The form of a type's boxes: one value, values in a line, names with values, or a grid. */
export type Shape = 'single' | 'linear' | 'keyValue' | 'table';

/** Settings of one object or one type. For what is missing, the general settings apply. */
export interface BoxOverride {
  readonly color?: Color;
  readonly orientation?: Box['orientation'];
  readonly display?: Display;
  /** What the user calls the object. */
  readonly label?: string;
  /** Where the user put the box, in points of the picture. */
  readonly place?: { readonly x: number; readonly y: number };
}

export interface TypeOverride extends Omit<BoxOverride, 'label' | 'place'> {
  readonly shape?: Shape;
  /** False hides the type name. */
  readonly title?: boolean;
  /** The elements that are shown, instead of `ReadOptions.slices`. */
  readonly slices?: Slices;
  /** The number of references that are followed from an object of this type, less than `ReadOptions.depth`. */
  readonly depth?: number;
  /** An object that refers to a single other object, to which nothing else refers, is drawn with that one's cells. */
  readonly swallowsChild?: boolean;
}

/**
 * As much as can be read, every object, this many objects, groups of alike objects, or `everything`: every object, or groups where that
 * would be too many.
 */
export type Amount = 'readable' | 'all' | number | 'overview' | 'everything';

/** The size of a view's space for a picture, in CSS pixels. */
export interface ViewSize {
  readonly width: number;
  readonly height: number;
}

export interface DiagramSettings extends DiagramStyle {
  /** How much is drawn in a view. Without a view everything is drawn. */
  readonly amount: Amount;
  /** The view of the picture; missing for a file. */
  readonly view?: ViewSize;
  /** What of an overview the user opened: keys of groups, and objects that stand beside their groups. */
  readonly groups?: { readonly opened: readonly string[]; readonly taken: readonly ObjectId[] };
  /** Objects that the user asked for. They are drawn whatever the amount. */
  readonly asked?: readonly ObjectId[];
  /** Objects of which all that was read is shown, because the user asked for it. */
  readonly whole?: readonly ObjectId[];
  /** Internals of libraries: their references are followed only on request. */
  readonly internals?: ReadonlySet<ObjectId>;
  /** Objects whose references the user does not want to be followed. */
  readonly folded?: readonly ObjectId[];
  readonly direction: Diagram['direction'];
  /**
   * For teaching: all objects of a class are arranged alike, a missing child's place is kept free, and matrices are grids.
   */
  readonly teaching: boolean;
  /** In a view, what would be a strip too small to be read is wrapped to the view's proportions. */
  readonly wrap: boolean;
  readonly orientation: {
    /** Arrays, sets, typed arrays. */
    readonly linear: OrientationRules;
    /** Objects, maps, scopes. */
    readonly keyValue: OrientationRules;
  };
  readonly text: {
    /** Characters of a string, name or key that are shown. A longer one ends in `…` and is whole in the hint. */
    readonly maximumLength: number;
  };
  readonly titles: {
    /** Show the type name over a box. */
    readonly typeNames: boolean;
    /** Show `#12` behind the type name. */
    readonly identityNumbers: boolean;
  };
  readonly primitives: {
    /** Each primitive value gets a box, and equal values share a box. */
    readonly asBoxes: boolean;
  };
  /** Values that say more when they are drawn, or written, in another way. */
  readonly values: {
    /** Long lists of numbers as lines. */
    readonly sparklines: boolean;
    /** Images, made small. */
    readonly images: boolean;
    /** The views of a buffer as bars on its bytes. */
    readonly buffers: boolean;
    /** A color beside the text that names it. */
    readonly colors: boolean;
    /** A Date in words beside its number. */
    readonly dates: boolean;
    /** An address of the web as a link. */
    readonly links: boolean;
  };
  /** Grids instead of arrays and their rows. Off by default, because the rows of a grid have no boxes of their own. */
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
    /** A regular expression for keys that are left out. Empty for none. */
    readonly hidePattern: string;
  };
  readonly hiddenReferences: {
    /** The maximum number of dashed arrows to a box from objects whose cells are not shown, so that a shared object never looks unshared. */
    readonly maximum: number;
  };
  /** Colors that differ from the palette's. */
  readonly colors: Readonly<Partial<Record<Category, Color>>>;
  /** Settings by kind of object (`array`, `function`) or name of a class (`LinkedList`). The class takes precedence. */
  readonly types: Readonly<Record<string, TypeOverride>>;
  /** Settings by identity number. They belong to one heap, so they are never in a file. They take precedence over those of the type. */
  readonly objects: ReadonlyMap<ObjectId, BoxOverride>;
  /** Objects that the user opened. All that was read of them is shown, whatever their type says about slices and cells. */
  readonly opened?: ReadonlySet<ObjectId>;
  /** The part of the snapshot that is drawn; by default all of it. */
  readonly drawn?: DrawnObjects;
}

const upright: OrientationRules = { general: 'vertical', anyReference: 'horizontal', allReferences: 'horizontal' };

export const defaultSettings: DiagramSettings = {
  amount: 'readable',
  direction: 'down',
  teaching: false,
  wrap: true,
  orientation: { linear: upright, keyValue: upright },
  text: { maximumLength: 70 },
  titles: { typeNames: true, identityNumbers: false },
  spacing: { cellPadding: 5, betweenCells: 5, betweenBoxes: 22, betweenRanks: 29 },
  primitives: { asBoxes: false },
  values: { sparklines: true, images: true, buffers: true, colors: true, dates: true, links: true },
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
  palette: 'calm',
  colors: {},
  graphviz: { graph: {}, node: {}, edge: {} },
  types: { function: { display: 'inline' } },
  objects: new Map(),
};
