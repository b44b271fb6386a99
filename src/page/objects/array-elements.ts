/** Writes the elements of arrays, and of other objects with own properties by index. */
import type { Range } from '../../snapshot/slices.ts';
import { Slot, Tag } from '../../wire/format.ts';
import type { SafeReader } from '../realm/safe-read.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import type { ElementRanges } from './element-ranges.ts';
import type { Names } from './own-names.ts';

/** Arrays up to this length are asked for all their keys. 2,000 take 0.2 ms, a million 0.2 s. */
export const longestListed = 2000;
/** The same for an array that is shown whole. */
const longestListedWhole = 100_000;
/** The number of positions, evenly spread, that show whether a long array is sparse. */
const samples = 64;

export interface ArrayElements {
  /** Writes an array's elements and holes; answers its names, null when they were not listed. */
  ofArray(target: object, length: number, whole: boolean): readonly (string | symbol)[] | null;
  /** The same for any object with own properties by index, whose names nobody needs. */
  byIndex(target: object, length: number, whole: boolean): void;
}

export function createArrayElements(
  context: WalkContext,
  names: Names,
  { rangesOf, hide }: ElementRanges,
): ArrayElements {
  const { budget, safe, record, queue, values, ranges } = context;
  const { body } = record;

  function hideElements(target: object, from: number, to: number): void {
    hide(from, to - from, (index) => safe.data(target, index));
  }

  function writeHoles(count: number): void {
    if (count === 0) return;
    body.digit(Tag.Holes);
    body.number(count);
  }

  function writeDense(target: object, length: number, shown: Range | null): void {
    let position = 0;
    let holes = 0;
    for (let range = shown; range !== null; range = range.next) {
      if (range.start > position) hideElements(target, position, range.start);
      for (position = range.start; position < range.end; position += 1) {
        if (budget.isOver()) {
          writeHoles(holes);
          record.hide(length - position);
          budget.interrupted += 1;
          return;
        }
        const found = safe.at(target, position);
        if (found === undefined) {
          holes += 1;
          continue;
        }
        writeHoles(holes);
        holes = 0;
        queue.position = position;
        values.writeFound(body, found, 'array');
      }
      writeHoles(holes);
      holes = 0;
    }
    if (position < length) hideElements(target, position, length);
  }

  /** Writes by the `present` indices, at the start of `list`. */
  function writeSparse(
    target: object,
    length: number,
    list: readonly (string | symbol)[],
    present: number,
    whole: boolean,
  ): void {
    /** The part's index is the position. */
    const hideOrdinals = (from: number, first: number, count: number): void =>
      hide(from, count, (index) => safe.data(target, list[first + index - from] ?? ''));
    let position = 0;
    let ordinal = 0;
    queue.slot = Slot.Element;
    let shown = ranges.ofSparse(queue.current?.id ?? 0, list, present, length, whole);
    for (; shown !== null; shown = shown.next) {
      const skipped = shown.start - ordinal;
      if (skipped > 0) {
        hideOrdinals(position, ordinal, skipped);
        position += skipped;
      }
      for (ordinal = shown.start; ordinal < shown.end; ordinal += 1) {
        if (budget.isOver()) {
          record.hide(present - ordinal);
          budget.interrupted += 1;
          return;
        }
        const name = list[ordinal];
        const index = typeof name === 'string' ? +name : position;
        const found = safe.at(target, index);
        if (found === undefined) continue;
        if (index > position) {
          body.digit(skipped > 0 && ordinal === shown.start ? Tag.Gap : Tag.Holes);
          body.number(index - position);
        }
        queue.position = index;
        values.writeFound(body, found, 'array');
        position = index + 1;
      }
    }
    if (ordinal < present) hideOrdinals(position, ordinal, present - ordinal);
    else writeHoles(length > position ? length - position : 0);
  }

  return {
    ofArray(target, length, whole) {
      const shown = rangesOf(Slot.Element, length, whole);
      const short = length <= (whole || context.sought !== null ? longestListedWhole : longestListed);
      if (!short && !looksSparse(safe, target, length, shown)) {
        writeDense(target, length, shown);
        return null;
      }
      const list = names.of(target);
      if (list === null) {
        if (length > 0) record.hide(length);
        return null;
      }
      const present = countIndices(list, length);
      // Slices count positions, unless the array mostly consists of holes.
      const sliced = length > 0 && (shown === null || shown.start > 0 || shown.end < length);
      if (!short || (sliced && present * 2 <= length)) writeSparse(target, length, list, present, whole);
      else writeDense(target, length, shown);
      return list;
    },

    byIndex(target, length, whole) {
      writeDense(target, length, rangesOf(Slot.Element, length, whole));
    },
  };
}

/** Whether most of the positions in `ranges`, and nearly all of a sample of the rest, are holes. */
function looksSparse(safe: SafeReader, target: object, length: number, shown: Range | null): boolean {
  let seen = 0;
  let present = 0;
  for (let range = shown; range !== null; range = range.next) {
    for (let index = range.start; index < range.end && seen < samples; index += 1) {
      seen += 1;
      if (safe.at(target, index) !== undefined) present += 1;
    }
  }
  if (present * 2 >= seen) return false;
  present = 0;
  const stride = (length - (length % samples)) / samples;
  for (let sample = 0; sample < samples; sample += 1) {
    if (safe.at(target, sample * stride) !== undefined) present += 1;
  }
  return present * 16 <= samples;
}

/**
 * The number of sorted own names that are indices of a list with `length` elements; these come first. Mostly all or none are.
 * An arguments object can have indices beyond its length, which is an ordinary property. These are not elements.
 */
export function countIndices(list: readonly (string | symbol)[], length: number): number {
  let low = 0;
  let high = list.length;
  if (high === 0 || isIndex(list[high - 1], length)) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isIndex(list[middle], length)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether the name is that of an element: an integer below the length and 2^32 - 1, without leading zeros. */
function isIndex(name: string | symbol | undefined, length: number): boolean {
  if (typeof name !== 'string' || name.length === 0 || name.length > 10) return false;
  if (name[0] === '0') return name.length === 1 && length > 0;
  for (let index = 0; index < name.length; index += 1) {
    const unit = name[index];
    if (unit === undefined || unit < '0' || unit > '9') return false;
  }
  return +name < length && +name < 4_294_967_295;
}
