/**
 * What a capture knows of a heap, as plain readonly data: objects by identity number, and the values in them.
 * Knows neither the page that it came from nor the picture that is made of it.
 */

/**
 * The identity of an object within one heap: a positive integer, counting up, never reused. The same object has the
 * same number in every capture, whatever the root it was reached from.
 *
 * Scopes, stacks and lists of instances are no objects of the heap; they get negative numbers, which are the same from
 * pause to pause: −1 the stack; −2 − k the variables of frame k, counted from the outermost, k < 131,070; −131,072 − 16 n − i
 * what belongs to the object with number n: scope i of a function or generator (i < 15), the instances of a class with
 * prototype n (i = 15).
 */
export type ObjectId = number;

/**
 * A text of the page, cut in the page when it is long. `head + tail` is the whole text when their lengths add up to
 * `length`; otherwise the middle was left out. Lengths are UTF-16 code units.
 */
export interface Excerpt {
  readonly head: string;
  readonly tail: string;
  readonly length: number;
}

/** Which symbol it is: two of them are the same exactly when all of this is the same. */
export type SymbolIdentity =
  /** `id` is of one sequence with the numbers of objects; `description` is null for `Symbol()`. */
  | { readonly sort: 'own'; readonly id: ObjectId; readonly description: Excerpt | null }
  /** `Symbol.for(key)`. */
  | { readonly sort: 'registered'; readonly key: Excerpt }
  /** `Symbol.iterator` and its like. */
  | { readonly sort: 'wellKnown'; readonly name: WellKnownSymbol };

export type WellKnownSymbol =
  | 'asyncIterator'
  | 'hasInstance'
  | 'isConcatSpreadable'
  | 'iterator'
  | 'match'
  | 'matchAll'
  | 'replace'
  | 'search'
  | 'species'
  | 'split'
  | 'toPrimitive'
  | 'toStringTag'
  | 'unscopables'
  | 'dispose'
  | 'asyncDispose';

/** What a slot holds. Numbers keep `-0`, `NaN` and the infinities. */
export type Value =
  | { readonly type: 'undefined' }
  | { readonly type: 'null' }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'bigint'; readonly digits: Excerpt }
  | { readonly type: 'string'; readonly text: Excerpt }
  | { readonly type: 'symbol'; readonly symbol: SymbolIdentity }
  /** `id` is always a key of `Snapshot.objects`; the object there may be a stub that says why it was cut. */
  | { readonly type: 'reference'; readonly id: ObjectId }
  /** An accessor property. It was not run. */
  | { readonly type: 'accessor'; readonly get: boolean; readonly set: boolean }
  /** A binding in its temporal dead zone. */
  | { readonly type: 'uninitialised' }
  /** Reading it threw; `reason` is one clause in words. */
  | { readonly type: 'unreadable'; readonly reason: string };

export type Primitive = Extract<
  Value,
  { type: 'undefined' | 'null' | 'boolean' | 'number' | 'bigint' | 'string' | 'symbol' }
>;

/** The name of a property. `internal` are the debugger's `[[…]]` slots, `private` are `#names`. */
export type PropertyKey =
  | { readonly type: 'name'; readonly name: Excerpt }
  | { readonly type: 'symbol'; readonly symbol: SymbolIdentity }
  | { readonly type: 'private'; readonly name: Excerpt }
  | { readonly type: 'internal'; readonly name: string };

/** Where a variable is declared, in the words of the debugger's protocol. */
export type ScopeKind =
  | 'local'
  | 'block'
  | 'closure'
  | 'catch'
  | 'with'
  | 'module'
  | 'script'
  | 'eval'
  | 'global'
  | 'wasm-expression-stack';

/** One piece of an object's content, in the order in which it is drawn. */
export type Part =
  /** An element of an array, typed array, Set, arguments object, … at `index` (for a Set: the insertion position). */
  | { readonly type: 'element'; readonly index: number; readonly value: Value }
  /** An entry of a Map, at insertion position `index`. */
  | { readonly type: 'entry'; readonly index: number; readonly key: Value; readonly value: Value }
  /** `scope` is there for the variables of an object of kind `scope`, and for nothing else. */
  | {
      readonly type: 'property';
      readonly key: PropertyKey;
      readonly enumerable: boolean;
      readonly value: Value;
      readonly scope?: ScopeKind;
    }
  /** `count` indices from `index` on that an array does not have (`[1,,3]`). */
  | { readonly type: 'holes'; readonly index: number; readonly count: number }
  /** `count` parts of kind `of` that exist but were not read, from position `index` on. */
  | {
      readonly type: 'hidden';
      readonly of: 'element' | 'entry' | 'property';
      readonly index: number;
      readonly count: number;
      /** Objects of the capture that they refer to, as far as was looked; missing for none. */
      readonly references?: readonly ObjectId[];
    };

/** Why the content of an object was not read. `leaf`: never read unless asked for (`window`, `document`). */
export type CutReason = 'depth' | 'objects' | 'time' | 'leaf';

/** What an object is, by its internal slots, not by its prototype or `Symbol.toStringTag`. */
export type ObjectKind =
  | 'object'
  | 'instance'
  | 'array'
  | 'arguments'
  | 'map'
  | 'set'
  | 'weakmap'
  | 'weakset'
  | 'weakref'
  | 'function'
  | 'class'
  | 'date'
  | 'regexp'
  | 'error'
  | 'promise'
  | 'proxy'
  | 'boxed'
  | 'typedarray'
  | 'arraybuffer'
  | 'dataview'
  | 'generator'
  | 'iterator'
  | 'node'
  | 'window'
  | 'module'
  | 'scope'
  | 'stack';

export interface HeapObject {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  /**
   * Name of the constructor found in own data descriptors along the prototype chain (`Object`, `Map`, `LinkedList`),
   * or null for an object with a null prototype. For `function` and `class`: the function's own name.
   */
  readonly className: Excerpt | null;
  /** Elements, entries or bytes that it has in the page, shown or not; null where that means nothing. */
  readonly size: number | null;
  /**
   * The single value of a Date (number of milliseconds since 1970, NaN when invalid), RegExp (string `/a/g`), boxed
   * primitive, Error (its message, a string), or null.
   */
  readonly primitive: Value | null;
  readonly frozen: boolean;
  /** Not null: the content was not read, `parts` is empty. */
  readonly cut: CutReason | null;
  readonly parts: readonly Part[];
  /** Objects of the capture that a cut object refers to, as far as was looked; missing for none. */
  readonly behind?: readonly ObjectId[];
  /** Its named properties were not listed, because that takes long for so many elements. */
  readonly unlisted?: true;
}

/** What was asked for. `label` is the expression or variable as the person knows it. */
export interface Root {
  readonly label: string;
  readonly result:
    | { readonly ok: true; readonly value: Value }
    /** `reason` is one sentence for the person. */
    | { readonly ok: false; readonly reason: string };
}

export interface Snapshot {
  readonly roots: readonly Root[];
  readonly objects: ReadonlyMap<ObjectId, HeapObject>;
  /** Each limit that was met, and how many objects it cut. */
  readonly cuts: ReadonlyMap<CutReason, number>;
  /** Values that were not read, nor looked at for references to what was; missing for none. */
  readonly unsearched?: number;
  /** Milliseconds spent in the page. */
  readonly pageTime: number;
  /** Builtins that the page replaced and that a capture relies on, by name (`Reflect.ownKeys`). */
  readonly replacedBuiltins: readonly string[];
}

/** Which elements of a long container are read: the first, some around the middle, the last. Counts. */
export interface Slices {
  readonly begin: number;
  readonly middle: number;
  readonly end: number;
}

/**
 * How objects of a class, or those that a function accepts, are read: by a function from the object to `[key, value]`
 * pairs. The functions are JavaScript that a person wrote; they run in the page.
 */
export interface AccessorSource {
  /** Null: `accepts` decides. */
  readonly className: string | null;
  readonly accepts: string | null;
  readonly read: string;
}

/** What a person wants to see. The agent reads just this much. */
export interface View {
  readonly slices: Slices;
  /** References followed from a root; a root's own content is depth 0. Shortest path counts. */
  readonly depth: number;
  /** Objects whose content is read. */
  readonly objects: number;
  /** Milliseconds in the page before the walk stops with what it has. */
  readonly time: number;
  /** Characters of a string that cross, head and tail together. */
  readonly text: number;
  /** Objects that are read whole, without slicing and whatever the limits on depth and objects. */
  readonly expanded: readonly ObjectId[];
  /** Objects that are read whatever these limits, sliced as ever: what a click on `✂` asks for. */
  readonly opened: readonly ObjectId[];
  /** Parts that are read beside the slices: what a click on `…` asks for. */
  readonly ranges: readonly PartRange[];
  readonly nonEnumerable: boolean;
  /** Closures' variables of functions. Needs the debugger. */
  readonly scopes: boolean;
  /** Read functions that nobody asked for, too: where they stand, their properties, with `scopes` their variables. */
  readonly functions: boolean;
  /** What objects inherit from, as `[[Prototype]]`; builtin prototypes stay leaves. */
  readonly prototypes: boolean;
  /** Child nodes of DOM nodes. */
  readonly children: boolean;
  /** The first that fits an object reads it. */
  readonly accessors: readonly AccessorSource[];
}

/** Positions from `from` to before `to`, as a `hidden` part counts them. */
export interface PartRange {
  readonly id: ObjectId;
  readonly of: 'element' | 'entry' | 'property';
  readonly from: number;
  readonly to: number;
}

/** 10, 5, 10 are the original's; the limits keep a step under a second (docs/architecture.md, "Limits"). */
export const defaultView: View = {
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
  accessors: [],
};
