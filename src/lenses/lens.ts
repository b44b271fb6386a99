/**
 * A lens: how the objects of a library are recognised, and how they are drawn, as plain data that can be in a file. It never says what
 * an object is not: what it leaves out is there in the plain picture.
 *
 * A path names fields from an object on: `stateNode.props`, `0.value`, `[[Target]]`, `Symbol(mobx administration).values_`.
 * `~state` is the variable `state` of what a function closes over.
 */
export interface Lens {
  readonly name: string;
  /** The first rule that matches an object draws it. An object that none matches is drawn as it is. */
  readonly rules: readonly LensRule[];
  /** What is read in addition while it is on. */
  readonly reads?: {
    /** What functions close over, which only the debugger reads. */
    readonly closures?: boolean;
    /** All fields of objects that have up to a hundred. */
    readonly whole?: boolean;
    readonly nonEnumerable?: boolean;
  };
}

export interface LensRule {
  readonly match: LensMatch;
  /**
   * The type name over its box. A path in braces stands for a text, a number, or the name of a function: `<{type.name}>`. Of several
   * paths, the first that leads to one counts, and what is in quotes stands for itself: `<{type.name|'Anonymous'}>`.
   */
  readonly title?: string;
  /** What is drawn, in this order; by default all fields. */
  readonly rows?: readonly LensRow[];
  /** Fields that are left out; `__react*` is all whose names start with that. */
  readonly fold?: readonly string[];
  /** It is an internal of the library: inside of other data its references are followed only on request, with the lens or without. */
  readonly internal?: boolean;
}

export interface LensMatch {
  /** Fields that the object has. */
  readonly has?: readonly string[];
  /** Fields that it does not have. */
  readonly hasNot?: readonly string[];
  /** The name of its class, as a regular expression. */
  readonly className?: string;
  /** Its kind, such as `proxy` or `module`. */
  readonly kind?: string;
  /** Values of some paths: one of those that are listed. */
  readonly where?: Readonly<Record<string, readonly (string | number | boolean | null)[]>>;
  /** What the objects at some paths are like. */
  readonly at?: Readonly<Record<string, LensMatch>>;
}

/** A field, or one of the others. */
export type LensRow = string | OneRow | EachRow | ChainRow;

/** One value. It is left out where there is none. */
export interface OneRow {
  readonly path: string;
  /** Its name; by default the last one of the path. */
  readonly as?: string;
  /** The path of its earlier value, which is shown behind it with how the two differ. */
  readonly before?: string;
  /** Only on an object that was asked for. */
  readonly onlyRoot?: boolean;
}

/** All fields, elements or entries of an object, of a proxy those of its target; without what the rule folds. */
export interface EachRow {
  readonly each: string;
  /** A Map or an object whose entries stand for the fields of the same name, and come in addition to them. */
  readonly live?: string;
  /** What their names start with; by default nothing. */
  readonly as?: string;
  readonly before?: string;
  /** The path from each one, or from each of `live`, to its value; by default itself. */
  readonly value?: string;
  /** Shown as one row of this name where something else refers to the object, too. */
  readonly unlessShared?: string;
}

/** The links of a linked list, numbered. */
export interface ChainRow {
  readonly chain: string;
  readonly next: string;
  /** The path from each link to its value; by default the link itself. */
  readonly value?: string;
  readonly as: string;
  readonly before?: string;
  /** Values of some shapes in more than one row. The first that matches counts. */
  readonly cases?: readonly ChainCase[];
}

export interface ChainCase {
  readonly match: LensMatch;
  readonly as: string;
  readonly rows: readonly (OneRow | EachRow)[];
}
