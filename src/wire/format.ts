/**
 * The format of the text in which a capture crosses from the page: the agent writes it and the reader reads it. Constants and types
 * only: it must never contain code that runs, because it becomes part of a script that runs in foreign pages.
 *
 * A reply is `[version, shapes, names, stream, texts, stream, texts, …]`: `stream` and `texts` may be cut into pieces after
 * any record. `shapes` and `stream` are ASCII without quotes or backslashes, so that JSON neither escapes nor widens them; `names`
 * and `texts` are the pools of their strings, without separators.
 * Objects of one make (same kind, class and keys) share a shape, so an object costs one reference to its shape and its
 * bare values. Objects are in the order in which the stream first mentions them. So there is no list of objects, and no number
 * can be dangling.
 *
 *     digit    one character of `digits`: 0 … 63
 *     number   base 32, least significant digit first, 32 added to every digit but the last
 *     text     0 new: number 2 × length (+ 1: patched), the characters are next in the pool
 *              n known: the n-th text of this pool
 *              patched: number count, then count × (number distance, number code unit − 0xD800): surrogates without
 *              a partner, which are U+FFFD in the pool, because JSON transports treat them differently
 *     excerpt  0 cut: number length, text head, text tail; n: like text n − 1
 *     symbol   digit of `SymbolSort`, then what that says
 *     value    digit of `Tag`, then what the tag says; from `Tag.Small` on: the integer digit − Tag.Small
 *
 *     shapes   shape*; shape = digit kind, number flags, [class name: excerpt], [namesake: number ordinal, excerpt place,
 *              excerpt place of the first], number keys, keys × (digit KeyTag,
 *              [digit scope kind of a Variable or Unused], [number level of a Variable], symbol of a symbol,
 *              nothing of Hidden and Unused, excerpt of any other)
 *     stream   number roots, roots × (digit 0, value | digit 1, excerpt reason)
 *              record per object: number shape, [class name: excerpt], [size: number], [primitive: value],
 *              [list: (value | value value for Entries)*, with Holes, Hidden, Gap in between, then End],
 *              keys × (value, or for a Hidden or Unused key: number index, number count), [glimpses]
 *              number lists that time cut short, hidden, number microseconds, number replaced, replaced × text
 *     glimpses (digit Glimpse, what that says)*, then digit Glimpse.End
 *     hidden   number values not searched, then for each place that hides references to objects of this reply: number of
 *              them, number object, digit 0 (the object was cut) | 1 element | 2 entry | 3 property, number index of the
 *              Hidden part, number for each object referred to; then 0. Objects by their order of first mention, from 0
 */
import type { CutReason, ObjectKind, ScopeKind, WellKnownSymbol } from '../snapshot/snapshot.ts';

export const formatVersion = 8;

export type Reply = readonly (number | string)[];

/** Characters of a stream after which a new piece starts. Shorter pieces take longer to move than one long piece (Chromium 156). */
export const pieceLength = 2 ** 18;

export const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** First digit of a value, or of a mark between the values of a list. */
export const Tag = {
  End: 0,
  /** number count */
  Holes: 1,
  /** number count, of elements or entries that were not read */
  Hidden: 2,
  /** number count, of indices that the list skips silently (between the elements of a sparse array) */
  Gap: 3,
  Undefined: 4,
  Null: 5,
  False: 6,
  True: 7,
  /** number */
  Positive: 8,
  /** number: the absolute value */
  Negative: 9,
  /** number length; that many characters of the shortest decimal form are next in the pool of texts */
  Decimal: 10,
  MinusZero: 11,
  NaN: 12,
  Infinity: 13,
  MinusInfinity: 14,
  /** excerpt */
  BigInt: 15,
  /** excerpt */
  String: 16,
  /** symbol */
  Symbol: 17,
  /** An object not mentioned before in this reply, whose identity is the previous one plus 1. */
  Next: 18,
  /** number identity: an object not mentioned before in this reply */
  New: 19,
  /** number: how many objects back in the order of first mention, 0 the latest */
  Back: 20,
  Getter: 21,
  Setter: 22,
  GetterAndSetter: 23,
  Uninitialised: 24,
  /** excerpt reason */
  Unreadable: 25,
  /** number: minus the identity of a scope, stack or list of instances not mentioned before in this reply */
  Synthetic: 26,
  /** excerpt reason: it is read when the object is opened */
  Unasked: 27,
  Small: 28,
} as const;

export const KeyTag = {
  NonEnumerable: 0,
  Enumerable: 1,
  NonEnumerableSymbol: 2,
  EnumerableSymbol: 3,
  Internal: 4,
  Hidden: 5,
  /** A variable: digit index in `scopeKinds`, number level + 1 (0 for none) go before the name. */
  Variable: 6,
  Private: 7,
  /** A method or accessor. */
  PrivateNonEnumerable: 8,
  /** Variables that a frame does not use: digit index in `scopeKinds`; its value is that of Hidden. */
  Unused: 9,
  /** What a getter of the browser tells. */
  Getter: 10,
} as const;

/** The internal key that refers to the scope of another function that may be the same one. */
export const sameScope = 'sameScope';

/** How a symbol is identified. */
export const SymbolSort = {
  /** number identity, excerpt description */
  Described: 0,
  /** number identity */
  Anonymous: 1,
  /** excerpt key */
  Registered: 2,
  /** digit index in `wellKnownSymbols` */
  WellKnown: 3,
} as const;

/** Flags of a shape; the code of the cut (index in `cutReasons` + 1, 0 for none) is multiplied by `CutFactor`. */
export const ShapeFlag = {
  Frozen: 1,
  Size: 2,
  Primitive: 4,
  List: 8,
  /** The class name is the shape's. */
  ClassName: 16,
  /** Each object has a name of its own: a function. */
  OwnName: 32,
  /** The list has keys and values. */
  Entries: 64,
  /** Named properties were not listed. */
  Unlisted: 128,
  /** The values can be seen at a glance. */
  Glimpses: 256,
  /** There are several classes of its name. */
  Namesake: 512,
  CutFactor: 1024,
} as const;

/** What can be seen of an object at a glance. */
export const Glimpse = {
  End: 0,
  /** number read, value least, value greatest, number first NaN + 1 (0 for none), number stretches, stretches × (digit low, digit high); low > high: NaN */
  Series: 1,
  /** number offset, number length */
  Bytes: 2,
  /** number width, number height, digit of `ImageState`; for Read: number columns, number rows, columns × rows × (4 digits of the color, digit of opacity) */
  Image: 3,
} as const;

export const ImageState = { Read: 0, Unread: 1, Protected: 2, Empty: 3 } as const;

/** Stretches of a series at most; sides of an image at most, in pixels that are read. */
export const mostStretches = 100;
export const longestSide = 48;

/** Kinds by code. New ones are added at the end. */
export const kinds = [
  'object',
  'instance',
  'array',
  'arguments',
  'map',
  'set',
  'weakmap',
  'weakset',
  'weakref',
  'function',
  'class',
  'date',
  'regexp',
  'error',
  'promise',
  'proxy',
  'boxed',
  'typedarray',
  'arraybuffer',
  'dataview',
  'generator',
  'iterator',
  'node',
  'window',
  'module',
  'scope',
  'stack',
] as const satisfies readonly ObjectKind[];

export type Kind = (typeof kinds)[number];

/** The symbols that all realms share, by code. New ones are added at the end. */
export const wellKnownSymbols = [
  'asyncIterator',
  'hasInstance',
  'isConcatSpreadable',
  'iterator',
  'match',
  'matchAll',
  'replace',
  'search',
  'species',
  'split',
  'toPrimitive',
  'toStringTag',
  'unscopables',
  'dispose',
  'asyncDispose',
] as const satisfies readonly WellKnownSymbol[];

export const cutReasons = ['depth', 'objects', 'time', 'leaf'] as const satisfies readonly CutReason[];

export const scopeKinds = [
  'local',
  'block',
  'closure',
  'catch',
  'with',
  'module',
  'script',
  'eval',
  'global',
  'wasm-expression-stack',
] as const satisfies readonly ScopeKind[];

/** What a position counts. */
export const Slot = { Other: 0, Element: 1, Entry: 2, Property: 3 } as const;
