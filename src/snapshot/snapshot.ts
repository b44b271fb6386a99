/**
 * What one capture read of a heap, as plain readonly data: objects by identity number, and the values in them. Knows neither
 * the page that it came from nor the picture that is made of it.
 */

/**
 * The identity of an object within one heap: a positive integer, counting up, never reused. The same object has the
 * same number in every capture, whatever the root it was reached from.
 *
 * Scopes, stacks and lists of instances are not objects of the heap. They have negative numbers, which are the same from
 * pause to pause:
 *
 *     −1                  the stack
 *     −2 − k              the variables of frame k, counted from the outermost, k < 131,070
 *     −131,072 − 16 n − i what belongs to the object with number n: scope i of a function or generator (i < 15), the
 *                         instances of a class with prototype n (i = 15)
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

/** Which symbol it is. Two symbols are the same exactly when all of this is equal. */
export type SymbolIdentity =
  /** `id` is from the same sequence as the numbers of objects; `description` is null for `Symbol()`. */
  | { readonly sort: 'own'; readonly id: ObjectId; readonly description: Excerpt | null }
  /** `Symbol.for(key)`. */
  | { readonly sort: 'registered'; readonly key: Excerpt }
  /** `Symbol.iterator` and the other well-known symbols. */
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

/** The value of a property, element, entry or variable. Numbers include `-0`, `NaN` and the infinities. */
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
  /** An accessor property, which was not run. */
  | { readonly type: 'accessor'; readonly get: boolean; readonly set: boolean }
  /** A binding in its temporal dead zone. */
  | { readonly type: 'uninitialised' }
  /** It could not be read; `reason` is one clause. `unasked`: it is read when its object is opened. */
  | { readonly type: 'unreadable'; readonly reason: string; readonly unasked?: true };

export type Primitive = Extract<
  Value,
  { type: 'undefined' | 'null' | 'boolean' | 'number' | 'bigint' | 'string' | 'symbol' }
>;

/**
 * The name of a property. `internal` is a `[[…]]` slot of the debugger, `private` is a `#name`, `getter` is a getter of the browser
 * that tells what one of its objects holds.
 */
export type PropertyKey =
  | { readonly type: 'name'; readonly name: Excerpt }
  | { readonly type: 'symbol'; readonly symbol: SymbolIdentity }
  | { readonly type: 'private'; readonly name: Excerpt }
  | { readonly type: 'internal'; readonly name: string }
  | { readonly type: 'getter'; readonly name: string };

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
  /** `scope` is present only for the variables of an object of kind `scope`. */
  | {
      readonly type: 'property';
      readonly key: PropertyKey;
      readonly enumerable: boolean;
      readonly value: Value;
      readonly scope?: ScopeKind;
      /** Which scope of its frame, counted from the outermost, 0; only for variables of frames. */
      readonly level?: number;
    }
  /** `count` indices from `index` on that do not exist in the array (`[1,,3]`). */
  | { readonly type: 'holes'; readonly index: number; readonly count: number }
  /** `count` parts of kind `of` that exist but were not read, from position `index` on. */
  | {
      readonly type: 'hidden';
      readonly of: 'element' | 'entry' | 'property';
      readonly index: number;
      readonly count: number;
      /** Objects of the capture that these parts refer to, as far as they were searched; missing for none. */
      readonly references?: readonly ObjectId[];
      /** They are variables of a scope of this kind that the frame's function does not use. */
      readonly scope?: ScopeKind;
    };

/** Why the content of an object was not read. `leaf`: it is read only on request (`window`, `document`). */
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

/** The numbers of a long list at a glance, however many there are. */
export interface NumberSeries {
  /** How many were read: all, or an even sample of the list. */
  readonly read: number;
  /** The lowest and the highest of those, infinities included. NaN when none is a number. */
  readonly least: number;
  readonly greatest: number;
  /** The index of the first NaN of those; null when there is none. */
  readonly firstNaN: number | null;
  /**
   * The list in stretches of equal length: the lowest and the highest number of each, as a level from 0, the lowest finite number, to
   * `highestLevel`. Null for a stretch of NaN alone.
   */
  readonly stretches: readonly (readonly [low: number, high: number] | null)[];
}

/** The level of the highest finite number of a series. */
export const highestLevel = 63;

/** Which bytes of its buffer a view shows. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** An image with pixels: an ImageData, ImageBitmap or canvas. */
export interface PixelImage {
  /** Pixels of the image itself. */
  readonly width: number;
  readonly height: number;
  /** Why there are no `pixels`: nobody asked for them, the browser hides them from the page, or there are none. Null when there are. */
  readonly missing: 'unread' | 'protected' | 'empty' | null;
  /** Its pixels, made fewer, row by row: five digits of src/wire/format.ts each, three bytes for the color and 0 to 63 for opacity. */
  readonly columns: number;
  readonly rows: number;
  readonly pixels: string;
}

/** One of several classes of a name: loaded twice, or called so by a minifier. */
export interface Namesake {
  /** The same for a class in all captures of its heap: in the order in which they were met, from 1. */
  readonly ordinal: number;
  /** `app.js:41:3`; empty where that is unknown. */
  readonly place: string;
}

export interface HeapObject {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  /**
   * Name of the constructor found in own data descriptors along the prototype chain (`Object`, `Map`, `LinkedList`),
   * or null for an object with a null prototype. For `function` and `class`: the function's own name.
   */
  readonly className: Excerpt | null;
  /** Which class of its name it is of, where this capture has objects of several; missing for the only one. */
  readonly namesake?: Namesake;
  /** The number of elements, entries or bytes in the page, shown or not; null where that means nothing. */
  readonly size: number | null;
  /**
   * The single value of a Date (number of milliseconds since 1970, NaN when invalid), RegExp (string `/a/g`), boxed
   * primitive, Error (its message, a string), or null.
   */
  readonly primitive: Value | null;
  readonly frozen: boolean;
  /** When not null, the content was not read and `parts` is empty. */
  readonly cut: CutReason | null;
  readonly parts: readonly Part[];
  /** Objects of the capture that a cut object refers to, as far as it was searched; missing for none. */
  readonly behind?: readonly ObjectId[];
  readonly series?: NumberSeries;
  readonly bytes?: ByteRange;
  readonly image?: PixelImage;
  /** The named properties were not listed, because that takes long for so many elements. */
  readonly unlisted?: true;
}

/** What was asked for. `label` is the expression or variable as the user wrote it. */
export interface Root {
  readonly label: string;
  readonly result:
    | { readonly ok: true; readonly value: Value }
    /** `reason` is one sentence for the user. */
    | { readonly ok: false; readonly reason: string };
}

export interface Snapshot {
  readonly roots: readonly Root[];
  readonly objects: ReadonlyMap<ObjectId, HeapObject>;
  /** Each limit that was reached, and how many objects it cut. */
  readonly cuts: ReadonlyMap<CutReason, number>;
  /** The number of values that were neither read nor searched for references to objects that were; missing for none. */
  readonly unsearched?: number;
  /** Milliseconds spent in the page. */
  readonly pageTime: number;
  /** The names of builtins that a capture relies on and that the page replaced (`Reflect.ownKeys`). */
  readonly replacedBuiltins: readonly string[];
}
