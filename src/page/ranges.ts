/** Which positions of an object's elements, entries and properties a walk reads. */
import type { View } from '../snapshot/snapshot.ts';
import type { Builtins } from './builtins.ts';
import { type Range, slicesOf, united } from './lists.ts';
import type { Ways } from './search.ts';
import { createTable } from './tables.ts';

/** Sorts of positions. */
export const Slot = { Other: 0, Element: 1, Entry: 2, Property: 3 } as const;

/** Positions of one object that are read beside the slices. */
interface Extra {
  readonly slot: number;
  readonly start: number;
  readonly end: number;
  readonly next: Extra | null;
}

/** By number of the object. */
export interface Extras {
  of(id: number): Extra | null;
  add(id: number, slot: number, start: number, end: number): void;
}

export function createExtras(builtins: Builtins): Extras {
  const map = createTable<number, Extra>(builtins);
  let any = false;
  const of = (id: number): Extra | null => (any ? (map?.get(id) ?? null) : null);
  return {
    of,
    add(id, slot, start, end) {
      const extra: Extra = { slot, start, end, next: of(id) };
      map?.set(id, extra);
      any = true;
    },
  };
}

export interface Ranges {
  /**
   * @param ways Where it is not null, nothing else is read.
   * @param everything Whether slices are left aside.
   */
  begin(view: View, ways: Ways | null, everything: boolean): void;
  /** Which of `count` positions are read of the object with the number `id`. */
  of(id: number, slot: number, count: number, whole: boolean): Range | null;
  /** The same for the `present` indices of a sparse array, as ordinals; what was asked for are indices. */
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
  /** Null for nothing. */
  let slices: View['slices'] | null = null;

  function first(count: number, whole: boolean): Range | null {
    if (whole || everything) return count > 0 ? { start: 0, end: count, next: null } : null;
    return slices === null ? null : slicesOf(count, slices);
  }

  return {
    begin(view, ways, isEverything) {
      everything = isEverything;
      slices = ways === null ? view.slices : null;
      extras = ways?.extras ?? createExtras(builtins);
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

/** Ordinal of the first of the sorted indices that is not below `index`. */
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
