/** The read options: how much of each object is read, how far references are followed, and how objects are read. */
import type { ObjectId } from './snapshot.ts';

/** How many elements of a long container are read: from the start, around the middle, from the end. */
export interface Slices {
  readonly begin: number;
  readonly middle: number;
  readonly end: number;
}

/**
 * How objects of a class, or objects that a function accepts, are read: by a function from the object to `[key, value]`
 * pairs. The functions are JavaScript that a user wrote. They run in the page.
 */
export interface AccessorSource {
  /** Null: `accepts` decides. */
  readonly className: string | null;
  readonly accepts: string | null;
  readonly read: string;
}

/** What the agent reads; it reads no more than this. */
export interface ReadOptions {
  readonly slices: Slices;
  /** How many references are followed from a root, on the shortest path. A root's own content is depth 0. */
  readonly depth: number;
  /** The number of objects whose content is read at most. */
  readonly objects: number;
  /** Milliseconds in the page after which the walk ends with what it has. */
  readonly time: number;
  /** Characters of a string that are read, head and tail together. */
  readonly text: number;
  /** Objects that are read whole, without slices and regardless of the limits on depth and objects. */
  readonly expanded: readonly ObjectId[];
  /** Objects that are read regardless of these limits, but sliced: a click on `✂` adds one. */
  readonly opened: readonly ObjectId[];
  /** Parts that are read in addition to the slices: a click on `…` adds some. */
  readonly ranges: readonly PartRange[];
  readonly nonEnumerable: boolean;
  /** Read the variables that functions close over. Needs the debugger. */
  readonly scopes: boolean;
  /** Read all functions, not only those that were asked for: their location, their properties, and with `scopes` their variables. */
  readonly functions: boolean;
  /** Read what objects inherit from, as `[[Prototype]]`. Builtin prototypes stay leaves. */
  readonly prototypes: boolean;
  /** Read the child nodes of DOM nodes. */
  readonly children: boolean;
  /** Read the numbers of long lists at a glance. */
  readonly series: boolean;
  /** Read the pixels of images: of an ImageData at once, of others when they are `opened` or `expanded`. */
  readonly images: boolean;
  /** The page's own getters that are run, because the user asked for it. Only the debugger runs them, and never at a pause. */
  readonly getters: readonly GetterRun[];
  /** The first accessor that fits an object reads it. */
  readonly accessors: readonly AccessorSource[];
}

/** A getter to run. */
export interface GetterRun {
  readonly id: ObjectId;
  /** Whether all getters of the object are meant; else the one with this name. */
  readonly all: boolean;
  readonly name: string;
  /** Tells what the user asked for once from what was asked for again: the same run runs once in each round. */
  readonly run: string;
  readonly round: number;
  /** Why it is not run after all, a clause; empty when it is. */
  readonly refused: string;
}

/** Positions from `from` to before `to`, as a `hidden` part counts them. */
export interface PartRange {
  readonly id: ObjectId;
  readonly of: 'element' | 'entry' | 'property';
  readonly from: number;
  readonly to: number;
}

/** 10, 5, 10 are the original's; the limits keep a step under a second (docs/design/reading-on-demand.md). */
export const defaultReadOptions: ReadOptions = {
  slices: { begin: 10, middle: 5, end: 10 },
  depth: 1000,
  objects: 1000,
  time: 1000,
  text: 2000,
  expanded: [],
  opened: [],
  ranges: [],
  nonEnumerable: false,
  scopes: false,
  functions: false,
  prototypes: false,
  children: false,
  series: true,
  images: true,
  getters: [],
  accessors: [],
};
