/**
 * One capture: from the roots breadth first through all that they lead to, so that the way to each object is the
 * shortest and limits cut what is far. Writes the reply while it walks. Under the same rules as agent.ts.
 */
import { cutReasons, formatVersion, KeyTag, type Kind, kinds, type Reply, ShapeFlag, Tag } from '../snapshot/format.ts';
import type { CutReason, View } from '../snapshot/snapshot.ts';
import { createBrands, type Family } from './brands.ts';
import type { Builtins, Method } from './builtins.ts';
import { Detail, type DetailItem, type Exact, isHarmless, kindOfCode, Proof, codeOf as proofCodeOf } from './exact.ts';
import type { Identities } from './identities.ts';
import { type List, type Range, slicesOf, united } from './lists.ts';
import { createPool, digit, number, substring } from './texts.ts';

/** What was asked for, as far as the page has to do with it. */
export type RootInput =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'thrown'; readonly error: unknown }
  /** `reason` is a sentence. */
  | { readonly type: 'failed'; readonly reason: string }
  | Synthetic;

/** What is drawn like an object, but is none of the heap; `id` is negative (see ObjectId). */
export type Synthetic =
  | { readonly type: 'stack'; readonly id: number; readonly frames: List<ScopeInput>; readonly count: number }
  | ScopeInput
  | { readonly type: 'instances'; readonly prototype: object; readonly list: object; readonly name: string };

export interface ScopeInput {
  readonly type: 'scope';
  readonly id: number;
  readonly label: string;
  /** From the innermost to the outermost. */
  readonly scopes: List<{ readonly kind: number; readonly variables: object }>;
  readonly scopeCount: number;
  readonly extras: List<{ readonly name: string; readonly value: unknown }>;
  readonly extraCount: number;
}

/** An object whose record is still to be written, in the order of first mention. */
interface Visit {
  readonly target: object;
  readonly synthetic: Synthetic | null;
  readonly id: number;
  readonly depth: number;
  /** What first mentioned it, and where; null for a root. */
  readonly from: Visit | null;
  readonly slot: number;
  readonly position: number;
  next: Visit | null;
}

/** Positions of one object, of one of `Slot`, that are read beside the slices. */
interface Extra {
  readonly slot: number;
  readonly range: { readonly start: number; readonly end: number };
  readonly next: Extra | null;
}

/** Sorts of positions. */
const Slot = { Other: 0, Element: 1, Entry: 2, Property: 3 } as const;
/** So many referrers are shown; a search ends when it has found them. */
const referrersShown = 20;

/** The ways to an object that a search has found. */
export interface Ways {
  readonly extras: Map<number, Extra> | undefined;
  readonly members: Map<object, boolean> | undefined;
  /** The search did not look everywhere. */
  readonly partial: boolean;
}

export interface Walk {
  /** Writes records until an object has to be asked for first; says whether all is written. */
  run(): boolean;
  /** After `run` said false: it has to be known of all errors whether they can be described. */
  needsErrors(): boolean;
  /** From now on nothing more is read: what is left is cut for want of time. */
  hurry(): void;
  /** After all is written. */
  reply(): Reply;
  /** After a search. */
  ways(): Ways;
}

/** `View.accessors` as functions. */
export interface Accessor {
  readonly className: string | null;
  readonly accepts: ((target: object) => unknown) | null;
  readonly read: (target: object) => unknown;
}

export interface WalkOptions {
  readonly view: View;
  /** The page's code that a person has asked for: it runs for the objects that it is for, and no other. */
  readonly accessors: ArrayLike<Accessor>;
  /** Null: nobody to ask, whatever looks like no proxy is taken for none. */
  readonly exact: Exact | null;
  /** Number of the object whose referrers are searched; null writes what is found. */
  readonly sought: number | null;
  /** Show the ways that a search found, and nothing else. */
  readonly ways: Ways | null;
}

/** What objects of one make have in common; see format.ts. */
interface Shape {
  readonly index: number;
  readonly kind: Kind;
  readonly flags: number;
  readonly className: string;
  readonly keys: List<string | symbol>;
  readonly tags: List<number>;
  readonly keyCount: number;
  readonly next: Shape | null;
}

/** Arrays up to this length are asked for all their keys: 2,000 take 0.2 ms, a million 0.5 s. */
const longestListed = 2000;
/** The same for an array that is to be shown whole. */
const longestListedWhole = 100_000;
/** Positions looked at, evenly spread, to find out whether a long array is sparse. */
const samples = 64;
/** The clock is read once in so many steps. */
const stepsPerReading = 64;
/** Shapes of one class that are tried before a new one is made: the latest. */
const shapesTried = 6;
/** Longer names of thrown errors and messages are cut. */
const longestReason = 300;
/** Number.MAX_SAFE_INTEGER. */
const largestWhole = 9_007_199_254_740_991;
/** V8 takes longer than linear time for decimal digits; larger numbers are written in hexadecimal. */
const decimalLimit = 1n << 100_000n;

/** What `read` found. */
const Found = { Nothing: 0, Data: 1, Accessor: 2, Thrown: 3 } as const;

export function createWalk(
  builtins: Builtins,
  identities: Identities,
  roots: List<RootInput>,
  rootCount: number,
  { view, accessors, exact, sought, ways }: WalkOptions,
): Walk {
  const { apply, descriptorOf, has, getPrototypeOf } = builtins;
  const listNames = view.nonEnumerable
    ? (builtins.ownNames ?? builtins.ownKeys)
    : (builtins.enumerableNames ?? builtins.ownNames ?? builtins.ownKeys);
  const listSymbols = builtins.ownSymbols ?? builtins.ownKeys;
  const namesAreEnumerable = !view.nonEnumerable && builtins.enumerableNames !== undefined;
  const brands = createBrands<Shape>(builtins, isProxyProven);
  const names = createPool(builtins);
  const texts = createPool(builtins);
  let used = 0;
  let resumed = readClock();
  let shapes = '';
  let shapeCount = 0;
  let stream = '';
  let first: Visit | null = null;
  let last: Visit | null = null;
  let previousId = 0;
  let depth = 0;
  let contents = 0;
  let steps = 0;
  let late = false;
  let interrupted = 0;

  const expanded: List<boolean> = { __proto__: null };
  for (let index = 0; index < view.expanded.length; index += 1) expanded[view.expanded[index] ?? 0] = true;
  const opened: List<boolean> = { __proto__: null };
  for (let index = 0; index < view.opened.length; index += 1) opened[view.opened[index] ?? 0] = true;
  const { mapConstructor, mapGet, mapSet } = builtins;
  const wayExtras = ways?.extras ?? (mapConstructor ? new mapConstructor<number, Extra>() : undefined);
  for (let index = 0; index < view.ranges.length; index += 1) {
    const range = view.ranges[index];
    if (range === undefined) continue;
    const slot = range.of === 'element' ? Slot.Element : range.of === 'entry' ? Slot.Entry : Slot.Property;
    addExtra(wayExtras, range.id, slot, range.from, range.to);
  }

  function addExtra(
    extras: Map<number, Extra> | undefined,
    id: number,
    slot: number,
    start: number,
    end: number,
  ): void {
    if (extras === undefined || mapGet === undefined || mapSet === undefined) return;
    const next: Extra | undefined = apply(mapGet, extras, [id]);
    apply(mapSet, extras, [id, { slot, range: { start, end }, next: next ?? null }]);
  }

  /** The visit whose record is being written. */
  let current: Visit | null = null;
  /** Where in it the value stands that is being written. */
  let slotAt = 0;
  let positionAt = 0;
  const searching = sought !== null;
  let referrerCount = 0;
  const referrers: List<{ readonly visit: Visit; readonly slot: number; readonly position: number }> = {
    __proto__: null,
  };

  /** Which of `count` positions are read. */
  function rangesOf(slot: number, count: number, whole: boolean): Range | null {
    if (whole || searching) return count > 0 ? { start: 0, end: count, next: null } : null;
    let ranges = ways === null ? slicesOf(count, view.slices) : null;
    const { id } = current ?? { id: 0 };
    let extra: Extra | null | undefined =
      wayExtras === undefined || mapGet === undefined ? null : apply(mapGet, wayExtras, [id]);
    for (; extra; extra = extra.next) if (extra.slot === slot) ranges = united(ranges, extra.range, count);
    return ranges;
  }

  /** Whether a value that stands in no numbered position is shown. */
  function onTheWay(value: unknown): boolean {
    if (ways === null || !isObject(value)) return true;
    return ways.members !== undefined && mapGet !== undefined && apply(mapGet, ways.members, [value]) === true;
  }

  function readClock(): number {
    const time = builtins.clock();
    return typeof time === 'number' ? time : 0;
  }

  function outOfTime(): boolean {
    if (late) return true;
    steps += 1;
    if (steps % stepsPerReading === 0) late = used + readClock() - resumed > view.time;
    return late;
  }

  /** Even saying what an object is takes long where a proxy invents its prototypes. */
  function overdue(): boolean {
    return late && used + readClock() - resumed > 2 * view.time;
  }

  // What `read` found last.
  let foundValue: unknown;
  let foundEnumerable = false;
  let foundGet = false;
  let foundSet = false;
  let thrown: unknown;

  /** Looks at one own property without running an accessor. */
  function read(target: object, key: PropertyKey): number {
    let descriptor: PropertyDescriptor | undefined;
    try {
      descriptor = descriptorOf(target, key);
    } catch (error) {
      thrown = error;
      foundEnumerable = true;
      return Found.Thrown;
    }
    if (descriptor === undefined) return Found.Nothing;
    foundEnumerable = descriptor.enumerable === true;
    // A descriptor inherits from the page's Object.prototype: only what it has itself counts.
    if (has(descriptor, 'value')) {
      foundValue = descriptor.value;
      return Found.Data;
    }
    foundGet = descriptor.get !== undefined;
    foundSet = descriptor.set !== undefined;
    return Found.Accessor;
  }

  /** The value of an own data property; undefined for anything else. */
  function ownData(target: object, key: PropertyKey): unknown {
    return read(target, key) === Found.Data ? foundValue : undefined;
  }

  /** What a builtin says of an object, undefined where there is no such builtin or it throws. */
  function ask(builtin: Method | undefined, target: object): unknown {
    if (builtin === undefined) return undefined;
    try {
      return apply(builtin, target, []);
    } catch {
      return undefined;
    }
  }

  function askNumber(builtin: Method | undefined, target: object): number {
    const value = ask(builtin, target);
    return typeof value === 'number' ? value : 0;
  }

  // --- values

  function reference(target: object): string {
    const id = identities.idOf(target);
    if (id === sought && current !== null && referrerCount < referrersShown) {
      referrers[referrerCount] = { visit: current, slot: slotAt, position: positionAt };
      referrerCount += 1;
      late = late || referrerCount === referrersShown;
    }
    return mention(id, target, null);
  }

  function mention(id: number, target: object, synthetic: Synthetic | null): string {
    const position = identities.positionOf(id);
    if (position > 0) return digit(Tag.Back) + number(identities.mentioned() - position);
    identities.mention(id);
    const visit: Visit = {
      target,
      synthetic,
      id,
      depth,
      from: current,
      slot: slotAt,
      position: positionAt,
      next: null,
    };
    if (last === null) first = visit;
    else last.next = visit;
    last = visit;
    const next = id === previousId + 1;
    previousId = id;
    if (id < 0) return digit(Tag.Synthetic) + number(-id);
    return next ? digit(Tag.Next) : digit(Tag.New) + number(id);
  }

  function referenceTo(synthetic: Synthetic): string {
    return mention(syntheticId(synthetic), synthetic, synthetic);
  }

  function syntheticId(synthetic: Synthetic): number {
    if (synthetic.type !== 'instances') return synthetic.id;
    return scopeId(identities.idOf(synthetic.prototype), instancesIndex);
  }

  function numeral(value: number): string {
    if (value === 0 && 1 / value < 0) return digit(Tag.MinusZero);
    const whole = value % 1 === 0;
    if (value >= 0) {
      if (whole && value < 64 - Tag.Small) return digit(Tag.Small + value);
      if (whole && value <= largestWhole) return digit(Tag.Positive) + number(value);
      if (value === 1 / 0) return digit(Tag.Infinity);
    } else if (value < 0) {
      if (whole && value >= -largestWhole) return digit(Tag.Negative) + number(-value);
      if (value === -1 / 0) return digit(Tag.MinusInfinity);
    } else {
      return digit(Tag.NaN);
    }
    const decimal = `${value}`;
    return digit(Tag.Decimal) + number(decimal.length) + decimal;
  }

  function bigint(value: bigint): string {
    const { bigintText, asSelf } = builtins;
    const decimal = value < decimalLimit && value > -decimalLimit;
    let text = '';
    if (decimal) text = `${value}`;
    else if (bigintText === undefined) text = value < 0n ? '-' : '';
    else if (value < 0n) text = `-0x${apply(bigintText, asSelf(-value), [16])}`;
    else text = `0x${apply(bigintText, asSelf(value), [16])}`;
    return digit(Tag.BigInt) + texts.excerpt(text, view.text);
  }

  function descriptionOf(symbol: symbol): string | undefined {
    if (builtins.description === undefined) return undefined;
    const description = apply(builtins.description, builtins.asSelf(symbol), []);
    return typeof description === 'string' ? description : undefined;
  }

  function encode(value: unknown): string {
    if (value === undefined) return digit(Tag.Undefined);
    if (value === null) return digit(Tag.Null);
    switch (typeof value) {
      case 'boolean':
        return digit(value ? Tag.True : Tag.False);
      case 'number':
        return numeral(value);
      case 'string':
        return digit(Tag.String) + texts.excerpt(value, view.text);
      case 'bigint':
        return bigint(value);
      case 'symbol': {
        const description = descriptionOf(value);
        if (description === undefined) return digit(Tag.AnonymousSymbol);
        return digit(Tag.Symbol) + texts.excerpt(description, view.text);
      }
      default:
        // `typeof document.all` is 'undefined', and it is an object all the same.
        return reference(value);
    }
  }

  function unreadable(reason: string): string {
    return digit(Tag.Unreadable) + texts.excerpt(reason, longestReason);
  }

  /** The slot that `read` found, which must not be Nothing. */
  function slot(found: number, kind: Kind): string {
    if (found === Found.Data) return encode(foundValue);
    if (found === Found.Accessor) {
      if (foundGet) return digit(foundSet ? Tag.GetterAndSetter : Tag.Getter);
      return digit(Tag.Setter);
    }
    // The only reason why reading a module's or a scope's own binding throws.
    if (kind === 'module' || kind === 'scope') return digit(Tag.Uninitialised);
    return unreadable(`reading it threw ${describe(thrown)}`);
  }

  /** What was thrown, in words, from own data properties. */
  function describe(error: unknown): string {
    if (typeof error === 'string') return error;
    if (typeof error === 'number' || typeof error === 'boolean') return `${error}`;
    if ((typeof error !== 'object' && typeof error !== 'function') || error === null) {
      return error === null ? 'null' : `a value of type ${typeof error}`;
    }
    const message = ownData(error, 'message');
    let name: unknown;
    try {
      let hop: object | null = error;
      for (let hops = 0; hop !== null && hops < 100 && typeof name !== 'string'; hops += 1) {
        name = ownData(hop, 'name');
        hop = getPrototypeOf(hop);
      }
    } catch {
      // A proxy; it stays nameless.
    }
    const known = typeof name === 'string' && name !== '' ? name : 'an object';
    return typeof message === 'string' && message !== '' ? `${known}: ${message}` : known;
  }

  // --- the object at hand: its values in `body`, the keys they belong to in `keys`

  let body = '';
  let keyCount = 0;
  const keys: List<string | symbol> = { __proto__: null };
  const tags: List<number> = { __proto__: null };

  function keep(key: string | symbol, tag: number, value: string): void {
    keys[keyCount] = key;
    tags[keyCount] = tag;
    keyCount += 1;
    body += value;
  }

  function keepValue(name: string, tag: number, value: unknown): void {
    if (!onTheWay(value)) return;
    slotAt = Slot.Other;
    keep(name, tag, encode(value));
  }

  function tagOf(key: string | symbol, enumerable: boolean): number {
    if (typeof key === 'string') return enumerable ? KeyTag.Enumerable : KeyTag.NonEnumerable;
    if (descriptionOf(key) === undefined)
      return enumerable ? KeyTag.EnumerableAnonymous : KeyTag.NonEnumerableAnonymous;
    return enumerable ? KeyTag.EnumerableSymbol : KeyTag.NonEnumerableSymbol;
  }

  function shapeOf(family: Family<Shape>, kind: Kind, flags: number, className: string): number {
    let shape = family.shapes;
    for (let tried = 0; shape !== null && tried < shapesTried; tried += 1) {
      if (shape.kind === kind && shape.flags === flags && shape.className === className && sameKeys(shape)) {
        return shape.index;
      }
      shape = shape.next;
    }
    const ownKeys: List<string | symbol> = { __proto__: null };
    const ownTags: List<number> = { __proto__: null };
    shapes += digit(codeOf(kind)) + number(flags);
    if (hasFlag(flags, ShapeFlag.ClassName)) shapes += names.excerpt(className, view.text);
    shapes += number(keyCount);
    for (let index = 0; index < keyCount; index += 1) {
      const key = keys[index] ?? '';
      const tag = tags[index] ?? 0;
      ownKeys[index] = key;
      ownTags[index] = tag;
      if (tag >= variableTags) shapes += digit(KeyTag.Variable) + digit(tag - variableTags);
      else shapes += digit(tag);
      if (tag === KeyTag.Hidden || tag === KeyTag.EnumerableAnonymous || tag === KeyTag.NonEnumerableAnonymous)
        continue;
      shapes += names.excerpt(typeof key === 'string' ? key : (descriptionOf(key) ?? ''), view.text);
    }
    const index = shapeCount;
    shapeCount += 1;
    family.shapes = {
      index,
      kind,
      flags,
      className,
      keys: ownKeys,
      tags: ownTags,
      keyCount,
      next: family.shapes,
    };
    return index;
  }

  function sameKeys(shape: Shape): boolean {
    if (shape.keyCount !== keyCount) return false;
    for (let index = 0; index < keyCount; index += 1) {
      if (shape.keys[index] !== keys[index] || shape.tags[index] !== tags[index]) return false;
    }
    return true;
  }

  // --- elements and entries

  /** How many of the sorted own names are array indices: they come first. */
  function countIndices(list: readonly (string | symbol)[]): number {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isIndex(list[middle])) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Not empty: a value that says why the names of the object at hand could not be listed. */
  let unlisted = '';

  /** The own property names that this capture shows; null where a proxy throws. */
  function namesOf(target: object): readonly (string | symbol)[] | null {
    if (listNames === undefined) return [];
    try {
      return listNames(target);
    } catch {
      // Object.keys reads the bindings of a module, and throws where one is not initialised.
    }
    try {
      return builtins.ownNames === undefined ? [] : builtins.ownNames(target);
    } catch (error) {
      unlisted = unreadable(`listing them threw ${describe(error)}`);
      return null;
    }
  }

  /** Whether most of the positions in `ranges`, and nearly all of a sample of the rest, are holes. */
  function looksSparse(target: object, length: number, ranges: Range | null): boolean {
    let seen = 0;
    let present = 0;
    for (let range = ranges; range !== null; range = range.next) {
      for (let index = range.start; index < range.end && seen < samples; index += 1) {
        seen += 1;
        if (read(target, index) !== Found.Nothing) present += 1;
      }
    }
    if (present * 2 >= seen) return false;
    present = 0;
    const stride = (length - (length % samples)) / samples;
    for (let sample = 0; sample < samples; sample += 1) {
      if (read(target, sample * stride) !== Found.Nothing) present += 1;
    }
    return present * 16 <= samples;
  }

  /** Writes an array's elements and holes; returns its names that are left over, null when they were not listed. */
  function writeElements(target: object, length: number, whole: boolean): readonly (string | symbol)[] | null {
    const ranges = rangesOf(Slot.Element, length, whole);
    const short = length <= (whole || searching ? longestListedWhole : longestListed);
    if (!short && !looksSparse(target, length, ranges)) {
      writeByIndex(target, length, ranges);
      return null;
    }
    const list = namesOf(target);
    if (list === null) {
      if (length > 0) body += digit(Tag.Hidden) + number(length);
      return null;
    }
    const present = countIndices(list);
    // An index is a cell of its own unless holes are what the array mostly consists of.
    const sliced = length > 0 && (ranges === null || ranges.start > 0 || ranges.end < length);
    if (!short || (sliced && present * 2 <= length)) writeSparse(target, length, list, present, whole);
    else writeByIndex(target, length, ranges);
    return list;
  }

  function writeByIndex(target: object, length: number, ranges: Range | null): void {
    let position = 0;
    let holes = 0;
    slotAt = Slot.Element;
    for (let range = ranges; range !== null; range = range.next) {
      if (range.start > position) body += digit(Tag.Hidden) + number(range.start - position);
      for (position = range.start; position < range.end; position += 1) {
        if (outOfTime()) {
          if (holes > 0) body += digit(Tag.Holes) + number(holes);
          body += digit(Tag.Hidden) + number(length - position);
          interrupted += 1;
          return;
        }
        const found = read(target, position);
        if (found === Found.Nothing) {
          holes += 1;
          continue;
        }
        if (holes > 0) body += digit(Tag.Holes) + number(holes);
        holes = 0;
        positionAt = position;
        body += slot(found, 'array');
      }
      if (holes > 0) body += digit(Tag.Holes) + number(holes);
      holes = 0;
    }
    if (position < length) body += digit(Tag.Hidden) + number(length - position);
  }

  /** Ordinals among the `present` indices; ranges that were asked for are positions. */
  function sparseRanges(
    list: readonly (string | symbol)[],
    present: number,
    length: number,
    whole: boolean,
  ): Range | null {
    if (whole || searching) return present > 0 ? { start: 0, end: present, next: null } : null;
    let ranges = ways === null ? slicesOf(present, view.slices) : null;
    const { id } = current ?? { id: 0 };
    let extra: Extra | null | undefined =
      wayExtras === undefined || mapGet === undefined ? null : apply(mapGet, wayExtras, [id]);
    for (; extra; extra = extra.next) {
      if (extra.slot !== Slot.Element || extra.range.start >= length) continue;
      let low = 0;
      let high = present;
      while (low < high) {
        const middle = (low + high) >> 1;
        const name = list[middle];
        if (typeof name === 'string' && +name < extra.range.start) low = middle + 1;
        else high = middle;
      }
      ranges = united(ranges, { start: low, end: low + extra.range.end - extra.range.start }, present);
    }
    return ranges;
  }

  /** By the `present` indices that there are, at the head of `list`. */
  function writeSparse(
    target: object,
    length: number,
    list: readonly (string | symbol)[],
    present: number,
    whole: boolean,
  ): void {
    let position = 0;
    let ordinal = 0;
    let ranges = sparseRanges(list, present, length, whole);
    slotAt = Slot.Element;
    for (; ranges !== null; ranges = ranges.next) {
      const skipped = ranges.start - ordinal;
      if (skipped > 0) {
        body += digit(Tag.Hidden) + number(skipped);
        position += skipped;
      }
      for (ordinal = ranges.start; ordinal < ranges.end; ordinal += 1) {
        if (outOfTime()) {
          body += digit(Tag.Hidden) + number(present - ordinal);
          interrupted += 1;
          return;
        }
        const name = list[ordinal];
        const index = typeof name === 'string' ? +name : position;
        const found = read(target, index);
        if (found === Found.Nothing) continue;
        if (index > position) {
          body += digit(skipped > 0 && ordinal === ranges.start ? Tag.Gap : Tag.Holes) + number(index - position);
        }
        positionAt = index;
        body += slot(found, 'array');
        position = index + 1;
      }
    }
    if (ordinal < present) body += digit(Tag.Hidden) + number(present - ordinal);
    else if (position < length) body += digit(Tag.Holes) + number(length - position);
  }

  /** Typed arrays: their elements are always own data, and never holes. */
  function writeNumbers(target: object, length: number, whole: boolean): void {
    if (!isIndexed(target)) return;
    let position = 0;
    // Numbers refer to nothing.
    let ranges = searching ? null : rangesOf(Slot.Element, length, whole);
    for (; ranges !== null; ranges = ranges.next) {
      if (ranges.start > position) body += digit(Tag.Hidden) + number(ranges.start - position);
      for (position = ranges.start; position < ranges.end; position += 1) {
        if (outOfTime()) {
          interrupted += 1;
          body += digit(Tag.Hidden) + number(length - position);
          return;
        }
        body += encode(target[position]);
      }
    }
    if (position < length) body += digit(Tag.Hidden) + number(length - position);
  }

  /**
   * Stepping with the captured `next` is the only way to the middle of a Map or Set that runs none of the page's code;
   * a million steps take some 20 ms.
   */
  function writeEntries(target: object, size: number, whole: boolean, isMap: boolean): void {
    const iterate: Method | undefined = isMap ? builtins.mapKeys : builtins.setValues;
    const next = isMap ? builtins.mapNext : builtins.setNext;
    const iterator = ask(iterate, target);
    let position = 0;
    let ranges = rangesOf(isMap ? Slot.Entry : Slot.Element, size, whole);
    slotAt = isMap ? Slot.Entry : Slot.Element;
    if (iterator === undefined || next === undefined || (isMap && builtins.mapGet === undefined)) ranges = null;
    for (; ranges !== null; ranges = ranges.next) {
      const hiddenFrom = position;
      for (; position < ranges.start; position += 1) {
        apply(next ?? ask, iterator, []);
        if (outOfTime()) {
          interrupted += 1;
          body += digit(Tag.Hidden) + number(size - hiddenFrom);
          return;
        }
      }
      if (position > hiddenFrom) body += digit(Tag.Hidden) + number(position - hiddenFrom);
      for (; position < ranges.end; position += 1) {
        const step = outOfTime() ? undefined : apply(next ?? ask, iterator, []);
        if (step === undefined || !isStep(step)) {
          interrupted += 1;
          body += digit(Tag.Hidden) + number(size - position);
          return;
        }
        positionAt = position;
        body += encode(step.value);
        if (isMap && builtins.mapGet !== undefined) body += encode(apply(builtins.mapGet, target, [step.value]));
      }
    }
    if (position < size) body += digit(Tag.Hidden) + number(size - position);
  }

  // --- properties

  const candidates: List<string | symbol> = { __proto__: null };

  /** Own properties from `list[from]` on, then symbols. `list` is null where names are not to be listed. */
  function writeProperties(
    target: object,
    kind: Kind,
    list: readonly (string | symbol)[] | null,
    from: number,
    whole: boolean,
  ): void {
    let count = 0;
    if (unlisted !== '') keep('[[OwnPropertyKeys]]', KeyTag.Internal, unlisted);
    if (list !== null) {
      for (let index = from; index < list.length; index += 1) {
        const name = list[index];
        if (typeof name !== 'string' || isImplied(kind, name)) continue;
        if (!namesAreEnumerable && !view.nonEnumerable && !isShown(target, name)) continue;
        candidates[count] = name;
        count += 1;
      }
    }
    if (kind === 'error' && !view.nonEnumerable) {
      for (let index = 0; index < errorDetails.length; index += 1) {
        const name = errorDetails[index];
        if (name === undefined || read(target, name) === Found.Nothing || foundEnumerable) continue;
        candidates[count] = name;
        count += 1;
      }
    }
    let symbols: readonly (string | symbol)[] = [];
    try {
      // Whose names are too many to be listed, of that Reflect.ownKeys would list them too.
      if (listSymbols !== undefined && (list !== null || builtins.ownSymbols !== undefined))
        symbols = listSymbols(target);
    } catch {
      // A proxy whose names could be listed before: without symbols, then.
    }
    for (let index = 0; index < symbols.length; index += 1) {
      const symbol = symbols[index];
      if (typeof symbol !== 'symbol' || (!view.nonEnumerable && !isShown(target, symbol))) continue;
      candidates[count] = symbol;
      count += 1;
    }
    let position = 0;
    let ranges = rangesOf(Slot.Property, count, whole);
    for (; ranges !== null; ranges = ranges.next) {
      if (ranges.start > position) keep('', KeyTag.Hidden, number(position) + number(ranges.start - position));
      for (position = ranges.start; position < ranges.end; position += 1) {
        if (outOfTime()) {
          interrupted += 1;
          keep('', KeyTag.Hidden, number(position) + number(count - position));
          return;
        }
        const key = candidates[position] ?? '';
        slotAt = Slot.Property;
        positionAt = position;
        if (key === 'stack' && !isShown(target, key)) {
          // Reading an error's stack, or its descriptor in older engines, runs Error.prepareStackTrace.
          keep(key, KeyTag.NonEnumerable, digit(Tag.Getter));
          continue;
        }
        const found = read(target, key);
        if (found !== Found.Nothing) keep(key, tagOf(key, foundEnumerable), slot(found, kind));
      }
    }
    if (position < count) keep('', KeyTag.Hidden, number(position) + number(count - position));
  }

  function isShown(target: object, key: string | symbol): boolean {
    if (builtins.propertyIsEnumerable === undefined)
      return key !== 'stack' && read(target, key) !== 0 && foundEnumerable;
    try {
      return apply(builtins.propertyIsEnumerable, target, [key]);
    } catch {
      return true;
    }
  }

  // --- one object

  /** Number of milliseconds, source and flags, message, … : what HeapObject.primitive says; null for none. */
  function primitiveOf(target: object, kind: Kind): string | null {
    switch (kind) {
      case 'date':
        return encode(ask(builtins.getTime, target));
      case 'regexp':
        return encode(regexpText(target));
      case 'boxed': {
        let value = ask(builtins.numberValue, target);
        if (value === undefined) value = ask(builtins.stringValue, target);
        if (value === undefined) value = ask(builtins.booleanValue, target);
        if (value === undefined) value = ask(builtins.symbolValue, target);
        if (value === undefined) value = ask(builtins.bigintValue, target);
        return isObject(value) ? null : encode(value);
      }
      case 'error': {
        let message = ownData(target, 'message');
        if (typeof message !== 'string') message = ask(builtins.exceptionMessage, target);
        return typeof message === 'string' ? encode(message) : null;
      }
      case 'node':
        return encode(nodeText(target));
      default:
        return null;
    }
  }

  function regexpText(target: object): string {
    const source = ask(builtins.regexpSource, target);
    let text = `/${typeof source === 'string' ? source : ''}/`;
    if (ask(builtins.hasIndices, target) === true) text += 'd';
    if (ask(builtins.global, target) === true) text += 'g';
    if (ask(builtins.ignoreCase, target) === true) text += 'i';
    if (ask(builtins.multiline, target) === true) text += 'm';
    if (ask(builtins.dotAll, target) === true) text += 's';
    if (ask(builtins.unicode, target) === true) text += 'u';
    if (ask(builtins.unicodeSets, target) === true) text += 'v';
    if (ask(builtins.sticky, target) === true) text += 'y';
    return text;
  }

  /** As a selector: `div#id.class`. */
  function nodeText(target: object): string {
    const localName = ask(builtins.localName, target);
    if (typeof localName !== 'string') {
      const nodeName = ask(builtins.nodeName, target);
      return typeof nodeName === 'string' ? nodeName : '';
    }
    const id = attribute(target, 'id');
    const classes = attribute(target, 'class');
    let text = id === '' ? localName : `${localName}#${id}`;
    let between = true;
    for (let index = 0; index < classes.length && index < longestReason; index += 1) {
      const unit = classes[index] ?? '';
      if (unit === ' ' || unit === '\t' || unit === '\n' || unit === '\f' || unit === '\r') between = true;
      else {
        text += between ? `.${unit}` : unit;
        between = false;
      }
    }
    return text;
  }

  function attribute(target: object, name: string): string {
    if (builtins.getAttribute === undefined) return '';
    const value = apply(builtins.getAttribute, target, [name]);
    return typeof value === 'string' ? value : '';
  }

  function sizeOf(target: object, kind: Kind): number | null {
    let size: unknown = null;
    if (kind === 'array' || kind === 'arguments') size = ownData(target, 'length');
    else if (kind === 'map') size = ask(builtins.mapSize, target);
    else if (kind === 'set') size = ask(builtins.setSize, target);
    else if (kind === 'typedarray') size = ask(builtins.typedArrayLength, target);
    else if (kind === 'dataview') size = ask(builtins.viewByteLength, target);
    else if (kind === 'arraybuffer') size = ask(builtins.byteLength, target) ?? ask(builtins.sharedByteLength, target);
    return typeof size === 'number' && size >= 0 && size <= largestWhole && size % 1 === 0 ? size : null;
  }

  /** Takes no time for an array that can be extended, nor, in V8, for one that Object.freeze made. */
  function isFrozen(target: object): boolean {
    try {
      return builtins.isFrozen?.(target) === true;
    } catch {
      return false;
    }
  }

  function isCrossOrigin(target: object): boolean {
    return builtins.windowGetter !== undefined && read(target, 'constructor') === Found.Thrown;
  }

  function familyOf(target: object): Family<Shape> {
    try {
      return brands.family(getPrototypeOf(target));
    } catch {
      // A proxy that throws, or a revoked one.
      return brands.unreadable;
    }
  }

  function isForeign(target: object): boolean {
    try {
      return getPrototypeOf(target) === null && isCrossOrigin(target);
    } catch {
      return false;
    }
  }

  function kindOf(target: object, family: Family<Shape>, foreign: boolean): Kind {
    const code = exact === null ? Proof.Unknown : exact.proofs.of(target);
    const proven = code >= Proof.FirstKind ? kindOfCode(code) : null;
    if (proven !== null) return proven;
    const kind = brands.kindOf(target, family);
    if (foreign && kind !== 'proxy') return ask(builtins.windowGetter, target) === undefined ? 'object' : 'window';
    // These are guesses by the prototype chain; who has been told what the object is knows better.
    const guessed = kind === 'promise' || kind === 'generator';
    const refuted = code === Proof.Plain || (code === Proof.NoProxy && exact?.detailsOf(target) === null);
    return guessed && refuted ? (family.plain ? 'object' : 'instance') : kind;
  }

  function writeRecord(visit: Visit): void {
    const { target } = visit;
    current = visit;
    depth = visit.depth + 1;
    body = '';
    keyCount = 0;
    unlisted = '';
    if (visit.synthetic !== null) writeSynthetic(visit.synthetic);
    else if (overdue() || (exact !== null && exact.proofs.of(target) === Proof.Unknown)) writeUntouched();
    else if (exact !== null && exact.proofs.of(target) === proofCodeOf('proxy')) writeProxy(visit);
    else writeObject(visit);
    if (searching) {
      stream = '';
      shapes = '';
    }
  }

  function finishRecord(family: Family<Shape>, kind: Kind, flags: number, className: string): void {
    if (!searching) stream += number(shapeOf(family, kind, flags, className)) + body;
  }

  /** Of an object that there was no time to ask for. */
  function writeUntouched(): void {
    finishRecord(
      brands.unreadable,
      'object',
      ShapeFlag.ClassName + ShapeFlag.CutFactor * (1 + codeOfCut('time')),
      'Object',
    );
  }

  /** Of a proxy, which nothing may touch: what the debugger has told of it. */
  function writeProxy(visit: Visit): void {
    const cut = limitOf(visit);
    const items = exact?.detailsOf(visit.target) ?? null;
    let className = 'Proxy';
    if (cut === null) {
      contents += 1;
      for (let item = items; item !== null; item = item.next) {
        if (item.name === '[[IsRevoked]]') className = item.value === true ? 'Proxy (revoked)' : 'Proxy';
      }
      if (className === 'Proxy') keepInternals(items);
    }
    const flags = ShapeFlag.ClassName + (cut === null ? 0 : ShapeFlag.CutFactor * (1 + codeOfCut(cut)));
    finishRecord(brands.unreadable, 'proxy', flags, className);
  }

  function writeObject(visit: Visit): void {
    const { target } = visit;
    const whole = expanded[visit.id] === true;
    const asked = visit.depth === 0 || whole || opened[visit.id] === true;
    const family = familyOf(target);
    const foreign = isForeign(target);
    const kind = kindOf(target, family, foreign);
    const items = exact?.detailsOf(target) ?? null;
    const size = sizeOf(target, kind) ?? countEntries(kind, items);
    const cut = cutOf(visit, kind, asked, foreign);
    const className = classNameOf(target, family, kind, foreign);

    let flags = cut === null ? 0 : ShapeFlag.CutFactor * (1 + codeOfCut(cut));
    if (kind === 'function' || kind === 'class') {
      const name = ownData(target, 'name');
      flags += ShapeFlag.OwnName;
      body += texts.excerpt(typeof name === 'string' ? name : '', view.text);
    } else if (className !== null) {
      flags += ShapeFlag.ClassName;
    }
    if (size !== null) {
      flags += ShapeFlag.Size;
      body += number(size);
    }
    const primitive = foreign ? null : primitiveOf(target, kind);
    if (primitive !== null) {
      flags += ShapeFlag.Primitive;
      body += primitive;
    }
    if (kind === 'array' && isFrozen(target)) flags += ShapeFlag.Frozen;
    if (cut === null && hasContent(kind, asked)) {
      contents += 1;
      const accessed = writeAccessed(target, className, whole);
      flags += accessed ?? writeContent(target, kind, size ?? 0, whole, items);
    }
    finishRecord(family, kind, flags, className ?? '');
  }

  // --- what the debugger has told

  function keepInternals(items: DetailItem | null): void {
    let scope = 0;
    for (let item = items; item !== null; item = item.next) {
      if (
        item.what === Detail.Internal &&
        !(item.name === '[[GeneratorReceiver]]' && item.value === builtins.globalObject)
      )
        keepValue(item.name, KeyTag.Internal, item.value);
      if (item.what !== Detail.Scope || !isObject(item.value) || current === null) continue;
      const scopes: ScopeInput['scopes'] = { __proto__: null };
      const label = substring(builtins, item.name, 1, item.name.length);
      // V8 hands out its description beside it.
      const variables = ownData(item.value, 'object');
      if (!isObject(variables)) continue;
      scopes[0] = { kind: +(item.name[0] ?? 0), variables };
      const id = scopeId(current.id, scope);
      scope += 1;
      const noExtras: ScopeInput['extras'] = { __proto__: null };
      const input: ScopeInput = {
        type: 'scope',
        id,
        label,
        scopes,
        scopeCount: 1,
        extras: noExtras,
        extraCount: 0,
      };
      if (!onTheWay(variables)) continue;
      slotAt = Slot.Other;
      keep(`[[${label}]]`, KeyTag.Internal, referenceTo(input));
    }
  }

  function keepPrivates(items: DetailItem | null): void {
    for (let item = items; item !== null; item = item.next) {
      if (item.what === Detail.Field) keepValue(item.name, KeyTag.Private, item.value);
      else if (item.what === Detail.Accessor) {
        const tag = item.value === 3 ? Tag.GetterAndSetter : item.value === 2 ? Tag.Setter : Tag.Getter;
        keep(item.name, KeyTag.PrivateNonEnumerable, digit(tag));
      } else if (item.what === Detail.Methods && isObject(item.value)) {
        const count = lengthOf(item.value);
        for (let index = 0; index < count; index += 1) {
          const method = ownData(item.value, index);
          const name = isObject(method) ? ownData(method, 'name') : undefined;
          if (typeof name !== 'string' || !isObject(method)) continue;
          keepValue(substring(builtins, name, 1, name.length), KeyTag.PrivateNonEnumerable, ownData(method, 'value'));
        }
      }
    }
  }

  function lengthOf(list: object): number {
    const length = ownData(list, 'length');
    return typeof length === 'number' ? length : 0;
  }

  /** How many entries a weak collection has; nobody but the debugger knows. */
  function countEntries(kind: Kind, items: DetailItem | null): number | null {
    if (kind !== 'weakmap' && kind !== 'weakset') return null;
    for (let item = items; item !== null; item = item.next)
      if (item.what === Detail.Entries && isObject(item.value)) return lengthOf(item.value);
    return null;
  }

  /** Writes the entries or elements that only the debugger sees; returns the flags of a list. */
  function writeTold(items: DetailItem | null, whole: boolean): number {
    for (let item = items; item !== null; item = item.next) {
      if (!isObject(item.value)) continue;
      if (item.what === Detail.Elements) {
        const count = lengthOf(item.value);
        writeByIndex(item.value, count, rangesOf(Slot.Element, count, whole));
        body += digit(Tag.End);
        return ShapeFlag.List;
      }
      if (item.what !== Detail.Entries) continue;
      const list = item.value;
      const count = lengthOf(list);
      const firstEntry = ownData(list, 0);
      const keyed = isObject(firstEntry) && has(firstEntry, 'key');
      let position = 0;
      let ranges = rangesOf(keyed ? Slot.Entry : Slot.Element, count, whole);
      slotAt = keyed ? Slot.Entry : Slot.Element;
      for (; ranges !== null; ranges = ranges.next) {
        if (ranges.start > position) body += digit(Tag.Hidden) + number(ranges.start - position);
        for (position = ranges.start; position < ranges.end; position += 1) {
          const entry = ownData(list, position);
          positionAt = position;
          if (keyed) body += encode(isObject(entry) ? ownData(entry, 'key') : undefined);
          body += encode(isObject(entry) ? ownData(entry, 'value') : undefined);
        }
      }
      if (position < count) body += digit(Tag.Hidden) + number(count - position);
      body += digit(Tag.End);
      return keyed ? ShapeFlag.List + ShapeFlag.Entries : ShapeFlag.List;
    }
    return 0;
  }

  // --- accessors

  /** The flags of what an accessor gives; null where none reads the object, or it fails: then it says why. */
  function writeAccessed(target: object, className: string | null, whole: boolean): number | null {
    for (let index = 0; index < accessors.length; index += 1) {
      const accessor = accessors[index];
      if (accessor === undefined || !isAccepted(accessor, target, className)) continue;
      try {
        const pairs = apply(accessor.read, undefined, [target]);
        if (isObject(pairs)) return writePairs(pairs, whole);
        keep('[[Accessor]]', KeyTag.Internal, unreadable('the accessor gave no list of pairs'));
      } catch (error) {
        keep('[[Accessor]]', KeyTag.Internal, unreadable(`the accessor threw ${describe(error)}`));
      }
      return null;
    }
    return null;
  }

  function isAccepted({ className: wanted, accepts }: Accessor, target: object, className: string | null): boolean {
    if (accepts === null) return wanted === className;
    try {
      return apply(accepts, undefined, [target]) === true;
    } catch {
      // Written for other objects than this one.
      return false;
    }
  }

  /** Pairs with texts and symbols for keys are properties, others are entries. */
  function writePairs(pairs: object, whole: boolean): number {
    const count = lengthOf(pairs);
    let named = true;
    for (let index = 0; index < count && named; index += 1) {
      const pair = ownData(pairs, index);
      const key = isObject(pair) ? ownData(pair, 0) : undefined;
      named = typeof key === 'string' || typeof key === 'symbol';
    }
    let position = 0;
    let ranges = rangesOf(named ? Slot.Property : Slot.Entry, count, whole);
    const hide = (to: number): void => {
      if (to === position) return;
      if (named) keep('', KeyTag.Hidden, number(position) + number(to - position));
      else body += digit(Tag.Hidden) + number(to - position);
      position = to;
    };
    for (; ranges !== null && !outOfTime(); ranges = ranges.next) {
      hide(ranges.start);
      for (; position < ranges.end; position += 1) {
        const pair = ownData(pairs, position);
        const key = isObject(pair) ? ownData(pair, 0) : undefined;
        const value = isObject(pair) ? ownData(pair, 1) : pair;
        slotAt = named ? Slot.Property : Slot.Entry;
        positionAt = position;
        if (typeof key === 'string' || typeof key === 'symbol') {
          if (named) keep(key, tagOf(key, true), encode(value));
          else body += encode(key) + encode(value);
        } else {
          body += encode(key) + encode(value);
        }
      }
    }
    hide(count);
    if (named) return 0;
    body += digit(Tag.End);
    return ShapeFlag.List + ShapeFlag.Entries;
  }

  // --- scopes, stacks, instances

  function writeSynthetic(synthetic: Synthetic): void {
    contents += 1;
    switch (synthetic.type) {
      case 'stack':
        for (let index = 0; index < synthetic.count; index += 1) {
          const frame = synthetic.frames[index];
          if (frame === undefined) continue;
          slotAt = Slot.Other;
          keep(frame.label, KeyTag.Enumerable, referenceTo(frame));
        }
        finishRecord(brands.unreadable, 'stack', ShapeFlag.ClassName, 'Call stack');
        return;
      case 'scope':
        writeVariables(synthetic);
        finishRecord(brands.unreadable, 'scope', ShapeFlag.ClassName, synthetic.label);
        return;
      case 'instances': {
        const count = lengthOf(synthetic.list);
        body += number(count);
        writeByIndex(synthetic.list, count, rangesOf(Slot.Element, count, false));
        body += digit(Tag.End);
        finishRecord(
          brands.unreadable,
          'array',
          ShapeFlag.ClassName + ShapeFlag.Size + ShapeFlag.List,
          `Instances of ${synthetic.name}`,
        );
      }
    }
  }

  /** The variables that can be seen: an inner one hides outer ones of its name. */
  function writeVariables(input: ScopeInput): void {
    const seen: Record<string, boolean> = emptyRecord();
    const holders: List<object> = { __proto__: null };
    const variables: List<string> = { __proto__: null };
    const kindCodes: List<number> = { __proto__: null };
    let count = 0;
    for (let index = 0; index < input.extraCount; index += 1) {
      const extra = input.extras[index];
      if (extra !== undefined) keepValue(extra.name, KeyTag.Enumerable, extra.value);
    }
    for (let index = 0; index < input.scopeCount; index += 1) {
      const scope = input.scopes[index];
      if (scope === undefined || isProxyProven(scope.variables)) continue;
      const list = namesOf(scope.variables) ?? [];
      for (let at = 0; at < list.length; at += 1) {
        const name = list[at];
        if (typeof name !== 'string' || seen[name] === true) continue;
        seen[name] = true;
        holders[count] = scope.variables;
        variables[count] = name;
        kindCodes[count] = scope.kind;
        count += 1;
      }
    }
    let position = 0;
    for (
      let ranges = rangesOf(Slot.Property, count, expanded[input.id] === true);
      ranges !== null;
      ranges = ranges.next
    ) {
      if (ranges.start > position) keep('', KeyTag.Hidden, number(position) + number(ranges.start - position));
      for (position = ranges.start; position < ranges.end; position += 1) {
        const holder = holders[position];
        const name = variables[position] ?? '';
        if (holder === undefined) continue;
        slotAt = Slot.Property;
        positionAt = position;
        const found = read(holder, name);
        if (found !== Found.Nothing) keep(name, variableTags + (kindCodes[position] ?? 0), slot(found, 'scope'));
      }
    }
    if (position < count) keep('', KeyTag.Hidden, number(position) + number(count - position));
  }

  function isProxyProven(target: object): boolean {
    return exact !== null && exact.proofs.of(target) === proofCodeOf('proxy');
  }

  // --- what has to be asked before an object can be read

  /** Whether an object can be written; if not, asks for what is missing. */
  function isReady(visit: Visit): boolean {
    if (exact === null || late) return true;
    const { synthetic } = visit;
    if (synthetic !== null) return synthetic.type !== 'scope' || areScopesReady(synthetic);
    if (!isProven(visit.target)) return false;
    const code = exact.proofs.of(visit.target);
    const proxy = code === proofCodeOf('proxy');
    if (!proxy && !isChainProven(visit.target)) return false;
    if (exact.hasDetails(visit.target) || limitOf(visit) !== null || !wantsDetails(visit, code)) return true;
    if (mayHoldError(visit, code)) {
      const may = exact.mayDescribe();
      if (may === null) errorsNeeded = true;
      if (may !== true) return may === false;
    }
    if (!ownErrorsAreHarmless(visit.target, code)) return true;
    exact.askDetails(visit.target);
    return false;
  }

  function areScopesReady(input: ScopeInput): boolean {
    let ready = true;
    for (let index = 0; index < input.scopeCount; index += 1) {
      const scope = input.scopes[index];
      if (scope !== undefined && !isProven(scope.variables)) ready = false;
    }
    return ready;
  }

  function isProven(target: object): boolean {
    if (exact === null || exact.proofs.of(target) !== Proof.Unknown) return true;
    exact.askKind(target);
    return false;
  }

  /** Whether what `brands.family` looks at is proven: the prototypes and their constructors, up to the first proxy. */
  function isChainProven(target: object): boolean {
    let hop = getPrototypeOf(target);
    if (hop !== null && brands.knows(hop)) return true;
    while (hop !== null) {
      if (!isProven(hop)) return false;
      if (isProxyProven(hop)) return true;
      const maker = builtins.data(hop, 'constructor');
      if (isObject(maker) && !isProven(maker)) return false;
      hop = getPrototypeOf(hop);
    }
    return true;
  }

  /** Answers about most others hold what the page's code made them hold on purpose. */
  function mayHoldError({ target }: Visit, code: number): boolean {
    if (code === proofCodeOf('proxy')) return false;
    if (code === proofCodeOf('promise')) return true;
    const { likely, hasPrivate } = familyOf(target);
    return likely === 'promise' || hasPrivate === true;
  }

  /** With an object's internals come its own properties, and V8 describes the errors among them. */
  function ownErrorsAreHarmless(target: object, code: number): boolean {
    if (exact === null || code === proofCodeOf('proxy')) return true;
    const list = builtins.ownKeys === undefined ? [] : builtins.ownKeys(target);
    for (let index = 0; index < list.length; index += 1) {
      const value = ownData(target, list[index] ?? '');
      if (!isObject(value) || exact.proofs.of(value) !== proofCodeOf('error')) continue;
      if (builtins.hasStackHook() || isHarmless(builtins, exact, value) !== true) return false;
    }
    return true;
  }

  function wantsDetails(visit: Visit, code: number): boolean {
    const { target } = visit;
    if (exact === null || code === proofCodeOf('error')) return false;
    if (code === proofCodeOf('weakmap') || code === proofCodeOf('weakset')) return true;
    if (code === proofCodeOf('proxy') || code === proofCodeOf('promise') || code === proofCodeOf('generator'))
      return true;
    const family = familyOf(target);
    const { likely } = family;
    if (likely === 'iterator') return true;
    if (code === Proof.NoProxy && (likely === 'promise' || likely === 'generator')) return true;
    if (code === Proof.NoProxy && (likely === 'weakmap' || likely === 'weakset')) return true;
    const asked = visit.depth === 0 || expanded[visit.id] === true || opened[visit.id] === true;
    if (typeof target === 'function') return asked || view.scopes || mentionsPrivate(target);
    if (isForeign(target) || target === builtins.globalObject || code === proofCodeOf('node')) return false;
    return hasPrivate(target, family);
  }

  /** Whether a class's own text has private names in it. */
  function mentionsPrivate(maker: object): boolean {
    if (builtins.functionText === undefined || builtins.includes === undefined || !builtins.appliesToPrimitives)
      return true;
    const text = ask(builtins.functionText, maker);
    if (typeof text !== 'string') return false;
    return text[0] === 'c' && apply(builtins.includes, text, ['#']);
  }

  /** By the texts of the classes along the prototype chain, found out once a family. */
  function hasPrivate(target: object, family: Family<Shape>): boolean {
    if (family.plain) return false;
    if (family.hasPrivate !== null) return family.hasPrivate;
    let result = false;
    for (let hop = getPrototypeOf(target); hop !== null && !isProxyProven(hop); hop = getPrototypeOf(hop)) {
      const maker = builtins.data(hop, 'constructor');
      if (typeof maker === 'function' && !isProxyProven(maker) && mentionsPrivate(maker)) result = true;
    }
    family.hasPrivate = result;
    return result;
  }

  function classNameOf(target: object, family: Family<Shape>, kind: Kind, foreign: boolean): string | null {
    if (kind === 'proxy') return 'Proxy (revoked)';
    if (kind === 'arguments') return 'Arguments';
    if (kind === 'module') return 'Module';
    if (kind === 'window' && foreign) return 'Window (cross-origin)';
    if (foreign) return read(target, 'href') === Found.Nothing ? null : 'Location (cross-origin)';
    return family.className;
  }

  function cutOf(visit: Visit, kind: Kind, asked: boolean, foreign: boolean): CutReason | null {
    if (foreign) return 'leaf';
    if (!asked) {
      const global = kind === 'window' || visit.target === builtins.globalObject;
      if (global || (kind === 'node' && askNumber(builtins.nodeType, visit.target) === documentNode)) return 'leaf';
      if (view.prototypes && isBuiltinPrototype(visit.target)) return 'leaf';
    }
    if (!hasContent(kind, asked)) return null;
    return limitOf(visit);
  }

  function limitOf(visit: Visit): CutReason | null {
    if (outOfTime()) return 'time';
    if (expanded[visit.id] === true || opened[visit.id] === true || searching || ways !== null) return null;
    if (visit.depth > view.depth) return 'depth';
    return contents >= view.objects ? 'objects' : null;
  }

  function isBuiltinPrototype(target: object): boolean {
    const { prototypes } = builtins;
    if (target === prototypes.object || target === builtins.arrayPrototype || target === builtins.functionPrototype)
      return true;
    return brands.isPrototype(target);
  }

  /** Returns the flags of the list before the properties. */
  function writeContent(target: object, kind: Kind, size: number, whole: boolean, items: DetailItem | null): number {
    const told = writeTold(items, whole);
    if (told !== 0) {
      keepInternals(items);
      writeProperties(target, kind, namesOf(target), 0, whole);
      writeRest(target, kind, items);
      return told;
    }
    const flags = writeOwn(target, kind, size, whole, items);
    writeRest(target, kind, items);
    return flags;
  }

  /** After the own properties. */
  function writeRest(target: object, kind: Kind, items: DetailItem | null): void {
    keepPrivates(items);
    if (exact !== null && items === null && exact.mayDescribe() === false) {
      const reason = 'not read, because it may hold an error whose description runs the page’s code';
      if (kind === 'promise') keep('[[PromiseState]]', KeyTag.Internal, unreadable(reason));
      else if (familyOf(target).hasPrivate === true) keep('[[PrivateFields]]', KeyTag.Internal, unreadable(reason));
    }
    if (!view.prototypes) return;
    if (kind === 'class' || (kind === 'function' && has(target, 'prototype')))
      keepValue('prototype', KeyTag.NonEnumerable, ownData(target, 'prototype'));
    const prototype = getPrototypeOf(target);
    if (prototype !== null) keepValue('[[Prototype]]', KeyTag.Internal, prototype);
  }

  function writeOwn(target: object, kind: Kind, size: number, whole: boolean, items: DetailItem | null): number {
    switch (kind) {
      case 'array':
      case 'arguments': {
        const list = writeElements(target, size, whole);
        body += digit(Tag.End);
        writeProperties(target, kind, list, list === null ? 0 : countIndices(list), whole);
        return ShapeFlag.List;
      }
      case 'map':
      case 'set':
        writeEntries(target, size, whole, kind === 'map');
        body += digit(Tag.End);
        writeProperties(target, kind, namesOf(target), 0, whole);
        return kind === 'map' ? ShapeFlag.List + ShapeFlag.Entries : ShapeFlag.List;
      case 'node': {
        const flags = view.children ? writeChildren(target, whole) : 0;
        writeAttributes(target);
        writeProperties(target, kind, namesOf(target), 0, whole);
        return flags;
      }
      case 'typedarray': {
        writeNumbers(target, size, whole);
        body += digit(Tag.End);
        keepInternal('[[ArrayBuffer]]', ask(builtins.typedArrayBuffer, target));
        // Listing the keys of 50 million elements takes seconds, then throws.
        const list = size <= longestListed ? namesOf(target) : null;
        writeProperties(target, kind, list, list === null ? 0 : countIndices(list), whole);
        return ShapeFlag.List;
      }
      case 'dataview':
        keepInternal('[[ArrayBuffer]]', ask(builtins.viewBuffer, target));
        writeProperties(target, kind, namesOf(target), 0, whole);
        return 0;
      case 'weakref':
        keepInternal('[[WeakRefTarget]]', ask(builtins.deref, target));
        writeProperties(target, kind, namesOf(target), 0, whole);
        return 0;
      case 'boxed': {
        // The characters of a String are properties too.
        const text = ask(builtins.stringValue, target);
        const characters = typeof text === 'string' ? text.length : 0;
        writeProperties(target, kind, characters <= longestListed ? namesOf(target) : null, characters, whole);
        return 0;
      }
      default:
        keepInternals(items);
        writeProperties(target, kind, namesOf(target), 0, whole);
        return 0;
    }
  }

  function keepInternal(name: string, value: unknown): void {
    keepValue(name, KeyTag.Internal, value);
  }

  /** All but `id` and `class`, which are said already. */
  function writeAttributes(target: object): void {
    const list = ask(builtins.attributeNames, target);
    if (!isObject(list) || builtins.getAttribute === undefined) return;
    const count = lengthOf(list);
    for (let index = 0; index < count && index < longestReason; index += 1) {
      const name = ownData(list, index);
      if (typeof name !== 'string' || name === 'id' || name === 'class') continue;
      keepInternal(`@${name}`, apply(builtins.getAttribute, target, [name]));
    }
  }

  function writeChildren(target: object, whole: boolean): number {
    const children: List<unknown> = { __proto__: null };
    let count = 0;
    for (
      let child = ask(builtins.firstChild, target);
      isObject(child) && !outOfTime();
      child = ask(builtins.nextSibling, child)
    ) {
      children[count] = child;
      count += 1;
    }
    let position = 0;
    slotAt = Slot.Element;
    for (let ranges = rangesOf(Slot.Element, count, whole); ranges !== null; ranges = ranges.next) {
      if (ranges.start > position) body += digit(Tag.Hidden) + number(ranges.start - position);
      for (position = ranges.start; position < ranges.end; position += 1) {
        positionAt = position;
        body += encode(children[position]);
      }
    }
    if (position < count) body += digit(Tag.Hidden) + number(count - position);
    body += digit(Tag.End);
    return ShapeFlag.List;
  }

  // --- the capture

  stream += number(rootCount);
  for (let index = 0; index < rootCount; index += 1) {
    const root = roots[index] ?? { type: 'failed', reason: 'Nothing was asked for.' };
    switch (root.type) {
      case 'value':
        stream += digit(0) + encode(root.value);
        break;
      case 'thrown':
        stream += digit(1) + texts.excerpt(`Thrown: ${describe(root.error)}`, longestReason);
        break;
      case 'failed':
        stream += digit(1) + texts.excerpt(root.reason, longestReason);
        break;
      default:
        stream += digit(0) + referenceTo(root);
    }
  }
  let next: Visit | null = null;
  let begun = false;
  let errorsNeeded = false;

  /** Asks for all that is missing of the visits that are known by now. */
  function askAhead(from: Visit): void {
    // The same number of questions whatever the limits cut later.
    const before = contents;
    for (let visit: Visit | null = from; visit !== null; visit = visit.next) {
      if (isReady(visit)) continue;
      if (exact !== null && exact.wantedCount() > 0) contents = before + exact.wantedCount();
    }
    contents = before;
  }

  function run(): boolean {
    resumed = readClock();
    if (!begun) next = first;
    begun = true;
    errorsNeeded = false;
    exact?.clear();
    let finished = true;
    while (next !== null) {
      if (!isReady(next)) {
        askAhead(next);
        finished = false;
        break;
      }
      writeRecord(next);
      if (searching && late) break;
      // The visit stays until there is one after it, for its record may be the last for now.
      next = next.next;
    }
    used += readClock() - resumed;
    return finished;
  }

  function findWays(): Ways {
    const extras = mapConstructor ? new mapConstructor<number, Extra>() : undefined;
    const members = mapConstructor ? new mapConstructor<object, boolean>() : undefined;
    const memberOf = (visit: Visit): void => {
      if (members === undefined || mapSet === undefined) return;
      apply(mapSet, members, [visit.target, true]);
      if (visit.synthetic?.type !== 'scope') return;
      const scope = visit.synthetic.scopes[0];
      if (scope !== undefined) apply(mapSet, members, [scope.variables, true]);
    };
    for (let index = 0; index < referrerCount; index += 1) {
      const referrer = referrers[index];
      if (referrer === undefined) continue;
      let { slot, position } = referrer;
      for (let visit: Visit | null = referrer.visit; visit !== null; visit = visit.from) {
        memberOf(visit);
        addExtra(extras, visit.id, slot, position, position + 1);
        slot = visit.slot;
        position = visit.position;
      }
    }
    for (let visit = first; visit !== null; visit = nextOf(visit)) if (visit.id === sought) memberOf(visit);
    return { extras, members, partial: late };
  }

  // TypeScript believes that `first` is still null.
  function nextOf(visit: Visit): Visit | null {
    return visit.next;
  }

  return {
    run,
    needsErrors: () => errorsNeeded,
    hurry() {
      late = true;
    },
    ways: findWays,
    reply() {
      if (ways?.partial) interrupted += 1;
      stream += number(interrupted) + number(microseconds(used)) + number(builtins.replacedCount());
      for (let index = 0; index < builtins.replacedCount(); index += 1)
        stream += texts.text(builtins.replaced[index] ?? '');
      return [formatVersion, shapes, names.characters(), stream, texts.characters()];
    },
  };
}

/** A reply without objects, for when not even the roots can be read. `reason` is one sentence. */
export function failedReply(builtins: Builtins, roots: number, reason: string): Reply {
  const texts = createPool(builtins);
  let stream = number(roots);
  for (let index = 0; index < roots; index += 1) stream += digit(1) + texts.excerpt(reason, longestReason);
  stream += number(0) + number(0) + number(builtins.replacedCount());
  for (let index = 0; index < builtins.replacedCount(); index += 1)
    stream += texts.text(builtins.replaced[index] ?? '');
  return [formatVersion, '', '', stream, texts.characters()];
}

/** Tags of variables in the walk's own lists: this and the index of the scope's kind. */
const variableTags = 64;
/** Which of the numbers of an object its instances have; its scopes have those before. */
const instancesIndex = 15;

/** Number of what belongs to the object with the number `id`; see ObjectId. */
function scopeId(id: number, index: number): number {
  return -1024 - 16 * id - (index < instancesIndex ? index : instancesIndex);
}

/** Own properties of errors that say something although they are not enumerable. */
const errorDetails = ['name', 'cause', 'errors'];
const documentNode = 9;

/** Own properties that the kind, size, class name or primitive of the object tells already, or that never matter. */
function isImplied(kind: Kind, name: string): boolean {
  switch (kind) {
    case 'array':
    case 'arguments':
    case 'boxed':
      return name === 'length';
    case 'error':
      return name === 'message';
    case 'function':
    case 'class':
      return name === 'length' || name === 'name' || name === 'prototype' || name === 'arguments' || name === 'caller';
    default:
      return false;
  }
}

/** Functions that lead nowhere are no content; a revoked proxy has none. */
function hasContent(kind: Kind, asked: boolean): boolean {
  return kind === 'function' ? asked : kind !== 'proxy';
}

/** Whether the name is that of an array element: a whole number below 2^32 - 1 without leading zeros. */
function isIndex(name: string | symbol | undefined): boolean {
  if (typeof name !== 'string' || name.length === 0 || name.length > 10) return false;
  if (name[0] === '0') return name.length === 1;
  for (let index = 0; index < name.length; index += 1) {
    const unit = name[index];
    if (unit === undefined || unit < '0' || unit > '9') return false;
  }
  return +name < 4_294_967_295;
}

function isIndexed(target: object): target is { readonly [index: number]: unknown } {
  return typeof target === 'object';
}

function emptyRecord(): Record<string, boolean> {
  const record: unknown = { __proto__: null };
  return record as Record<string, boolean>;
}

function isStep(value: unknown): value is { readonly value: unknown } {
  return typeof value === 'object' && value !== null;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function microseconds(milliseconds: number): number {
  const value = milliseconds * 1000;
  return value > 0 ? value - (value % 1) : 0;
}

function hasFlag(flags: number, flag: number): boolean {
  return (flags & flag) !== 0;
}

function codeOf(kind: Kind): number {
  let code = 0;
  while (kinds[code] !== kind) code += 1;
  return code;
}

function codeOfCut(cut: CutReason): number {
  let code = 0;
  while (cutReasons[code] !== cut) code += 1;
  return code;
}
