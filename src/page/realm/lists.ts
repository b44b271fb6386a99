/** Lists and arrays for code that runs in a page, whatever setters the page has put on prototypes. */
import type { Range } from '../../snapshot/slices.ts';
import type { Reflection } from './reflection.ts';

/**
 * Values by index. It has a null prototype, because storing to a new index of an array first searches Array.prototype and
 * Object.prototype for setters, and the page may have put some there.
 */
export interface List<T> {
  __proto__: null;
  [index: number]: T;
}

/** Adds a range to `ranges`: cut to `count` positions, in order and without overlaps. */
export function united(
  ranges: Range | null,
  extra: { readonly start: number; readonly end: number },
  count: number,
): Range | null {
  const start = extra.start > 0 ? extra.start : 0;
  const end = extra.end < count ? extra.end : count;
  if (end <= start) return ranges;
  if (ranges === null) return { start, end, next: null };
  if (ranges.start > end) return { start, end, next: ranges };
  if (ranges.end < start) return { start: ranges.start, end: ranges.end, next: united(ranges.next, extra, count) };
  const joined = {
    start: ranges.start < start ? ranges.start : start,
    end: ranges.end > end ? ranges.end : end,
  };
  return united(ranges.next, joined, count);
}

export interface Arrays {
  /** Shorter when it cannot be made. */
  arrayOf<T>(count: number, valueAt: (index: number) => T): T[];
  /** `[head, …list]`. */
  listed<H, T>(head: H, list: { readonly [index: number]: T }, count: number): readonly [H, ...(readonly T[])];
}

export function createArrays(
  { ownNames, getPrototypeOf, arrayPrototype, objectPrototype }: Reflection,
  defineProperty: (target: object, key: PropertyKey, descriptor: object) => boolean,
): Arrays {
  function arrayOf<T>(count: number, valueAt: (index: number) => T): T[] {
    const array: T[] = [];
    // When the prototypes have no indices, storing by index defines an element, which is ten times as fast.
    const plain = hasNoIndices(arrayPrototype) && hasNoIndices(objectPrototype);
    for (let index = 0; index < count; index += 1) {
      const value = valueAt(index);
      if (plain) array[index] = value;
      else
        defineProperty(array, index, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
    }
    return array;
  }

  /** Names come in order, indices first. */
  function hasNoIndices(holder: object | undefined): boolean {
    if (holder === undefined || ownNames === undefined) return false;
    const first = ownNames(holder)[0];
    return (holder === objectPrototype || getPrototypeOf(holder) === objectPrototype) && !isDigit(first);
  }

  return {
    arrayOf,
    listed<H, T>(head: H, list: { readonly [index: number]: T }, count: number): readonly [H, ...(readonly T[])] {
      const isListed = (array: readonly unknown[]): array is readonly [H, ...(readonly T[])] => array.length > 0;
      const array = arrayOf<unknown>(count + 1, (index) => (index === 0 ? head : list[index - 1]));
      return isListed(array) ? array : [head];
    },
  };
}

function isDigit(name: string | undefined): boolean {
  const initial = name === undefined ? '' : name[0];
  return initial !== undefined && initial >= '0' && initial <= '9';
}
