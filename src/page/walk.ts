/**
 * One capture: from the roots breadth first through all that they lead to, so that the way to each object is the
 * shortest and limits cut what is far. Writes the reply while it walks. Under the same rules as agent.ts.
 */
import { cutReasons, formatVersion, KeyTag, type Kind, kinds, type Reply, ShapeFlag, Tag } from '../snapshot/format.ts';
import type { CutReason, View } from '../snapshot/snapshot.ts';
import { createBrands, type Family } from './brands.ts';
import type { Builtins, Method } from './builtins.ts';
import type { Identities } from './identities.ts';
import { type List, type Range, slicesOf } from './lists.ts';
import { createPool, digit, number } from './texts.ts';

/** An object whose record is still to be written, in the order of first mention. */
interface Visit {
  readonly target: object;
  readonly id: number;
  readonly depth: number;
  next: Visit | null;
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

export function walk(builtins: Builtins, identities: Identities, view: View, thunks: ArrayLike<() => unknown>): Reply {
  const { apply, descriptorOf, has, getPrototypeOf } = builtins;
  const listNames = view.nonEnumerable
    ? (builtins.ownNames ?? builtins.ownKeys)
    : (builtins.enumerableNames ?? builtins.ownNames ?? builtins.ownKeys);
  const listSymbols = builtins.ownSymbols ?? builtins.ownKeys;
  const namesAreEnumerable = !view.nonEnumerable && builtins.enumerableNames !== undefined;
  const brands = createBrands<Shape>(builtins);
  const names = createPool(builtins);
  const texts = createPool(builtins);
  const started = readClock();
  let walkStarted = started;
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

  function readClock(): number {
    const time = builtins.clock();
    return typeof time === 'number' ? time : 0;
  }

  function outOfTime(): boolean {
    if (late) return true;
    steps += 1;
    if (steps % stepsPerReading === 0) late = readClock() - walkStarted > view.time;
    return late;
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
    const position = identities.positionOf(id);
    if (position > 0) return digit(Tag.Back) + number(identities.mentioned() - position);
    identities.mention(id);
    const visit: Visit = { target, id, depth, next: null };
    if (last === null) first = visit;
    else last.next = visit;
    last = visit;
    const next = id === previousId + 1;
    previousId = id;
    return next ? digit(Tag.Next) : digit(Tag.New) + number(id);
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
    // The only reason why reading a module's own binding throws.
    if (kind === 'module') return digit(Tag.Uninitialised);
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
      shapes += digit(tag);
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
    const ranges = whole ? { start: 0, end: length, next: null } : slicesOf(length, view.slices);
    const short = length <= (whole ? longestListedWhole : longestListed);
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
    const sliced = ranges !== null && (ranges.start > 0 || ranges.end < length);
    if (!short || (sliced && present * 2 <= length)) writeSparse(target, length, list, present, whole);
    else writeByIndex(target, length, ranges);
    return list;
  }

  function writeByIndex(target: object, length: number, ranges: Range | null): void {
    let position = 0;
    let holes = 0;
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
        body += slot(found, 'array');
      }
      if (holes > 0) body += digit(Tag.Holes) + number(holes);
      holes = 0;
    }
    if (position < length) body += digit(Tag.Hidden) + number(length - position);
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
    let ranges = whole ? { start: 0, end: present, next: null } : slicesOf(present, view.slices);
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
    let ranges = whole ? { start: 0, end: length, next: null } : slicesOf(length, view.slices);
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
    let ranges = whole ? { start: 0, end: size, next: null } : slicesOf(size, view.slices);
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
      if (listSymbols !== undefined) symbols = listSymbols(target);
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
    let ranges = whole ? { start: 0, end: count, next: null } : slicesOf(count, view.slices);
    for (; ranges !== null; ranges = ranges.next) {
      if (ranges.start > position) keep('', KeyTag.Hidden, number(position) + number(ranges.start - position));
      for (position = ranges.start; position < ranges.end; position += 1) {
        if (outOfTime()) {
          interrupted += 1;
          keep('', KeyTag.Hidden, number(position) + number(count - position));
          return;
        }
        const key = candidates[position] ?? '';
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

  function writeRecord(visit: Visit): void {
    const { target } = visit;
    const asked = visit.depth === 0 || expanded[visit.id] === true;
    const whole = expanded[visit.id] === true;
    let family = brands.unreadable;
    let foreign = false;
    try {
      const prototype = getPrototypeOf(target);
      family = brands.family(prototype);
      foreign = prototype === null && isCrossOrigin(target);
    } catch {
      // A proxy that throws, or a revoked one.
    }
    let kind = brands.kindOf(target, family);
    if (foreign && kind !== 'proxy') kind = ask(builtins.windowGetter, target) === undefined ? 'object' : 'window';
    const size = sizeOf(target, kind);
    const cut = cutOf(visit, kind, asked, foreign);
    const className = classNameOf(target, family, kind, foreign);

    depth = visit.depth + 1;
    body = '';
    keyCount = 0;
    unlisted = '';
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
      if (writeContent(target, kind, size ?? 0, whole)) flags += ShapeFlag.List;
    }
    stream += number(shapeOf(family, kind, flags, className ?? '')) + body;
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
    }
    if (!hasContent(kind, asked)) return null;
    if (outOfTime()) return 'time';
    if (expanded[visit.id] === true) return null;
    if (visit.depth > view.depth) return 'depth';
    return contents >= view.objects ? 'objects' : null;
  }

  /** Returns whether there is a list before the properties. */
  function writeContent(target: object, kind: Kind, size: number, whole: boolean): boolean {
    switch (kind) {
      case 'array':
      case 'arguments': {
        const list = writeElements(target, size, whole);
        body += digit(Tag.End);
        writeProperties(target, kind, list, list === null ? 0 : countIndices(list), whole);
        return true;
      }
      case 'map':
      case 'set':
        writeEntries(target, size, whole, kind === 'map');
        body += digit(Tag.End);
        writeProperties(target, kind, namesOf(target), 0, whole);
        return true;
      case 'typedarray': {
        writeNumbers(target, size, whole);
        body += digit(Tag.End);
        keepInternal('[[ArrayBuffer]]', ask(builtins.typedArrayBuffer, target));
        // Listing the keys of 50 million elements takes seconds, then throws.
        const list = size <= longestListed ? namesOf(target) : null;
        writeProperties(target, kind, list, list === null ? 0 : countIndices(list), whole);
        return true;
      }
      case 'dataview':
        keepInternal('[[ArrayBuffer]]', ask(builtins.viewBuffer, target));
        writeProperties(target, kind, namesOf(target), 0, whole);
        return false;
      case 'weakref':
        keepInternal('[[WeakRefTarget]]', ask(builtins.deref, target));
        writeProperties(target, kind, namesOf(target), 0, whole);
        return false;
      case 'boxed': {
        // The characters of a String are properties too.
        const text = ask(builtins.stringValue, target);
        const characters = typeof text === 'string' ? text.length : 0;
        writeProperties(target, kind, characters <= longestListed ? namesOf(target) : null, characters, whole);
        return false;
      }
      default:
        writeProperties(target, kind, namesOf(target), 0, whole);
        return false;
    }
  }

  function keepInternal(name: string, value: unknown): void {
    keep(name, KeyTag.Internal, encode(value));
  }

  // --- the capture

  stream += number(thunks.length);
  for (let index = 0; index < thunks.length; index += 1) {
    const thunk = thunks[index];
    let value: unknown;
    let failure: string | null = thunk === undefined ? 'Nothing was asked for.' : null;
    try {
      value = thunk?.();
    } catch (error) {
      failure = `Thrown: ${describe(error)}`;
    }
    stream += failure === null ? digit(0) + encode(value) : digit(1) + texts.excerpt(failure, longestReason);
  }
  walkStarted = readClock();
  for (let visit = firstVisit(); visit !== null; visit = visit.next) writeRecord(visit);

  // TypeScript believes that `first` is still null.
  function firstVisit(): Visit | null {
    return first;
  }

  stream += number(interrupted) + number(microseconds(readClock() - started)) + number(builtins.replacedCount());
  for (let index = 0; index < builtins.replacedCount(); index += 1)
    stream += texts.text(builtins.replaced[index] ?? '');
  return [formatVersion, shapes, names.characters(), stream, texts.characters()];
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
