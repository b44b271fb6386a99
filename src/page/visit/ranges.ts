/** Decides which positions of an object's elements, entries and properties a walk reads. */

import type { ReadOptions } from '../../snapshot/read-options.ts';
import { type Range, slicesOf } from '../../snapshot/slices.ts';
import { Slot } from '../../wire/format.ts';
import type { Builtins } from '../realm/builtins.ts';
import { united } from '../realm/lists.ts';
import { createTable } from '../realm/tables.ts';

/** The number of variables that a frame shows regardless of the slices. */
export const mostVariables = 40;

/** Positions of one object that are read in addition to the slices. */
interface Extra {
  readonly slot: number;
  readonly start: number;
  readonly end: number;
  readonly next: Extra | null;
}

/** Ranges by the number of the object. */
interface Extras {
  of(id: number): Extra | null;
  add(id: number, slot: number, start: number, end: number): void;
}

/** The paths to an object that a search has found. */
export interface RetainerPaths {
  readonly extras: Extras;
  /** Objects on the paths, by their targets. */
  readonly has: (target: object) => boolean;
  /** The search did not reach everything in time. */
  readonly partial: boolean;
}

export function createExtras(builtins: Builtins): Extras {
  const map = createTable<number, Extra>(builtins);
  let any = false;
  const of = (id: number): Extra | null => (any ? (map.get(id) ?? null) : null);
  return {
    of,
    add(id, slot, start, end) {
      const extra: Extra = { slot, start, end, next: of(id) };
      map.set(id, extra);
      any = true;
    },
  };
}

export interface Ranges {
  /**
   * @param paths If it is not null, nothing else is read.
   * @param everything Whether slices are ignored.
   */
  begin(view: ReadOptions, paths: RetainerPaths | null, everything: boolean): void;
  /** Which of the `count` positions of the object with the number `id` are read. */
  of(id: number, slot: number, count: number, whole: boolean): Range | null;
  /** The same for the variables of a frame: of those that it uses, the first of `count`, nothing is left out below `mostVariables`. */
  ofVariables(id: number, used: number, count: number, whole: boolean): Range | null;
  /** The same for the `present` indices of a sparse array, as ordinals. The requested ranges are indices. */
  ofSparse(
    id: number,
    indices: readonly (string | symbol)[],
    present: number,
    length: number,
    whole: boolean,
  ): Range | null;
}

export function createRanges(builtins: Builtins): Ranges {
  let extras = createExtras(builtins);
  let everything = false;
  /** Null when nothing is read. */
  let slices: ReadOptions['slices'] | null = null;

  function first(count: number, whole: boolean): Range | null {
    if (whole || everything) return count > 0 ? { start: 0, end: count, next: null } : null;
    return slices === null ? null : slicesOf(count, slices);
  }

  return {
    begin(view, paths, isEverything) {
      everything = isEverything;
      slices = paths === null ? view.slices : null;
      extras = paths?.extras ?? createExtras(builtins);
      for (let index = 0; index < view.ranges.length; index += 1) {
        const range = view.ranges[index];
        if (range === undefined) continue;
        const slot = range.of === 'element' ? Slot.Element : range.of === 'entry' ? Slot.Entry : Slot.Property;
        extras.add(range.id, slot, range.from, range.to);
      }
    },
    of(id, slot, count, whole) {
      let ranges = first(count, whole);
      if (whole || everything) return ranges;
      for (let extra = extras.of(id); extra !== null; extra = extra.next)
        if (extra.slot === slot) ranges = united(ranges, extra, count);
      return ranges;
    },
    ofVariables(id, used, count, whole) {
      if (whole || everything) return first(count, true);
      let ranges: Range | null = null;
      if (slices !== null) {
        const { begin, middle, end } = slices;
        const few = begin + middle + end > mostVariables ? begin + middle + end : mostVariables;
        ranges = used <= few ? first(used, true) : slicesOf(used, { begin: few, middle: 0, end: 0 });
      }
      for (let extra = extras.of(id); extra !== null; extra = extra.next)
        if (extra.slot === Slot.Property) ranges = united(ranges, extra, count);
      return ranges;
    },
    ofSparse(id, indices, present, length, whole) {
      let ranges = first(present, whole);
      if (whole || everything) return ranges;
      for (let extra = extras.of(id); extra !== null; extra = extra.next) {
        if (extra.slot !== Slot.Element || extra.start >= length) continue;
        const start = firstFrom(indices, present, extra.start);
        ranges = united(ranges, { start, end: start + extra.end - extra.start }, present);
      }
      return ranges;
    },
  };
}

/** The ordinal of the first sorted index that is not below `index`. */
function firstFrom(indices: readonly (string | symbol)[], present: number, index: number): number {
  let low = 0;
  let high = present;
  while (low < high) {
    const middle = (low + high) >> 1;
    const name = indices[middle];
    if (typeof name === 'string' && +name < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
