/**
 * What the debugger's capture and the agent say to each other beside the reply (format.ts): what roots are made of, what
 * objects are, and what only V8 sees of them. Constants and types only, because it becomes part of a script that runs in
 * foreign pages.
 */

/** So many references to an object are shown; a search for them ends when it has found them. */
export const referrersShown = 20;

/**
 * What is known of an object: `Unknown` may be a proxy, `NoProxy` is none, `Plain` is none of the kinds that the protocol
 * names; from `FirstKind` on, the kind with that code.
 */
export const Proof = { Unknown: 0, NoProxy: 1, Plain: 2, FirstKind: 3 } as const;

/** What an item of a detail is; see DetailSpec. */
export const Detail = {
  /** A `[[…]]` slot. */
  Internal: 0,
  /** A private field. */
  Field: 1,
  /** A private accessor; the argument is 1 for a getter, 2 for a setter, 3 for both. */
  Accessor: 2,
  /** The argument is V8's list of private methods: objects with `name` and `value`. */
  Methods: 3,
  /** The argument is V8's list of entries: objects with `value`, or with `key` and `value`. */
  Entries: 4,
  /** The argument is an array whose elements are the object's. */
  Elements: 5,
  /** The argument is a scope object; the name is the index of its kind in `scopeKinds`, then what it is called. */
  Scope: 6,
} as const;

/** `[which of the wanted objects, Detail, name, index of its argument]`. */
export type DetailSpec = readonly [object: number, what: number, name: string, argument: number];

/** What a root is made of; numbers are positions in the list of values that were handed in. */
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
  readonly scopes: readonly { readonly kind: number; readonly at: number }[];
  readonly extras: readonly { readonly name: string; readonly at: number }[];
}
