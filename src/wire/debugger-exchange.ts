/**
 * The data that the debugger's capture and the agent exchange in addition to the reply (format.ts): the parts of roots, what
 * objects are, and what only V8 sees of them. Constants and types only, because it becomes part of a script that runs in foreign
 * pages.
 */

/** The number of retainers that are shown. A search ends when it has found this many. */
export const retainersShown = 20;

/**
 * What is known about an object: `Unknown` may be a proxy, `NoProxy` is not a proxy, `Plain` is of no kind that the protocol names.
 * From `FirstKind` on, it is the kind with that code.
 */
export const Proof = { Unknown: 0, NoProxy: 1, Plain: 2, FirstKind: 3 } as const;

/** The type of a detail, see DetailSpec. */
export const Detail = {
  /** A `[[…]]` slot. */
  Internal: 0,
  /** A private field. */
  Field: 1,
  /** A private accessor; the argument is 1 for a getter, 2 for a setter, 3 for both. */
  Accessor: 2,
  /** The argument is V8's list of entries: objects with `value`, or with `key` and `value`. */
  Entries: 3,
  /** The argument is an array with the object's elements. */
  Elements: 4,
  /** The argument is a scope object. The name is the index of its kind in `scopeKinds`, followed by its own name. */
  Scope: 5,
  /** A private field that was not read; the argument is the reason, a clause. */
  UnreadField: 6,
  /** The same for a `[[…]]` slot. */
  UnreadInternal: 7,
} as const;

/** `[index of the wanted object, Detail, name, position of its value among those handed in]`. */
export type DetailSpec = readonly [object: number, what: number, name: string, position: number];

/** The private names in the text of a class. An accessor is `[name, 1 for a getter, 2 for a setter, 3 for both]`. */
export interface DeclaredNames {
  readonly fields: readonly string[];
  readonly accessors: readonly DeclaredAccessor[];
  readonly methods: readonly string[];
  readonly staticFields: readonly string[];
  readonly staticAccessors: readonly DeclaredAccessor[];
}

export type DeclaredAccessor = readonly [name: string, which: 1 | 2 | 3];

/** The parts of a root. Numbers are positions in the list of values that were handed in. */
export type RootSpec =
  | { readonly type: 'failed'; readonly reason: string }
  /** `[0, the value]` or `[1, what was thrown]`. */
  | { readonly type: 'boxed'; readonly at: number }
  | { readonly type: 'object'; readonly at: number }
  | { readonly type: 'stack'; readonly frames: readonly FrameSpec[] }
  | { readonly type: 'scope'; readonly frame: FrameSpec; readonly depth: number }
  | { readonly type: 'instances'; readonly prototype: number; readonly list: number; readonly name: string };

export interface FrameSpec {
  readonly label: string;
  /** `kind` is an index in `scopeKinds` of the format. */
  readonly scopes: readonly ScopeSpec[];
  /** `form` is one of `Extra`. */
  readonly extras: readonly { readonly name: string; readonly form: number; readonly at: number }[];
}

export interface ScopeSpec {
  readonly kind: number;
  readonly at: number;
  /** Each variable is an object whose `value` is the variable's value. */
  readonly wrapped: boolean;
  /** It is a global object, and its variables are those that scripts declared with `var`. */
  readonly declared: boolean;
  /** Numbers of the pieces of source to which it may belong, the likeliest first; none when that is unknown. */
  readonly sources: readonly number[];
  /** It belongs to the call itself, and is read whole. */
  readonly own: boolean;
  /** Any other scope with at most this many variables is read whole. */
  readonly whole: number;
  /** The variables that are read of a larger scope. The others are counted. */
  readonly used: readonly string[];
}

/**
 * What is handed in for `this`, a return value or an exception: the value, a list with only the value, that it has no value yet, or a
 * clause that says why it is not read.
 */
export const Extra = { Value: 0, Boxed: 1, NotYet: 2, Unread: 3 } as const;
