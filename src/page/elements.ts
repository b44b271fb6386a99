/** Writes elements and entries: what the record of an object has before its properties. */
import { type Kind, Tag } from '../snapshot/format.ts';
import type { Method } from './builtins.ts';
import type { List, Range } from './lists.ts';
import { isObject } from './look.ts';
import type { Names } from './names.ts';
import { Slot } from './ranges.ts';
import type { Work } from './work.ts';

/** Arrays up to this length are asked for all their keys: 2,000 take 0.2 ms, a million 0.2 s. */
export const longestListed = 2000;
/** The same for an array that is to be shown whole. */
const longestListedWhole = 100_000;
/** Positions looked at, evenly spread, to find out whether a long array is sparse. */
const samples = 64;

export interface Elements {
  /** Writes an array's elements and holes; answers its names, null when they were not listed. */
  ofArray(target: object, length: number, whole: boolean): readonly (string | symbol)[] | null;
  /** The same for any object with own properties by index, whose names nobody needs. */
  byIndex(target: object, length: number, whole: boolean): void;
  ofTypedArray(target: object, length: number, whole: boolean): void;
  ofCollection(target: object, size: number, whole: boolean, isMap: boolean): void;
  /** The child nodes of a DOM node. */
  ofNode(target: object, whole: boolean): void;
  /** Looks for references to what is read, where a limit cut the object. */
  lookAt(target: object, kind: Kind, size: number): void;
}

export function createElements(work: Work, names: Names): Elements {
  const { builtins, budget, look, record, mentions, values, ranges, hidden } = work;
  const { body } = record;

  function rangesOf(slot: number, count: number, whole: boolean): Range | null {
    mentions.slot = slot;
    return ranges.of(mentions.current?.id ?? 0, slot, count, whole);
  }

  /** Hides `count` positions from `from` on, and looks at some of them. */
  function hide(from: number, count: number, valueAt: (position: number) => unknown): void {
    record.hide(count);
    const end = from + hidden.open(mentions.current, mentions.slot, from, count);
    for (let position = from; position < end && !budget.isOver(); position += 1) hidden.add(valueAt(position));
  }

  function hideElements(target: object, from: number, to: number): void {
    hide(from, to - from, (index) => look.data(target, index));
  }

  function writeHoles(count: number): void {
    if (count === 0) return;
    body.digit(Tag.Holes);
    body.number(count);
  }

  /** Whether most of the positions in `ranges`, and nearly all of a sample of the rest, are holes. */
  function looksSparse(target: object, length: number, shown: Range | null): boolean {
    let seen = 0;
    let present = 0;
    for (let range = shown; range !== null; range = range.next) {
      for (let index = range.start; index < range.end && seen < samples; index += 1) {
        seen += 1;
        if (look.at(target, index) !== undefined) present += 1;
      }
    }
    if (present * 2 >= seen) return false;
    present = 0;
    const stride = (length - (length % samples)) / samples;
    for (let sample = 0; sample < samples; sample += 1) {
      if (look.at(target, sample * stride) !== undefined) present += 1;
    }
    return present * 16 <= samples;
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
        const found = look.at(target, position);
        if (found === undefined) {
          holes += 1;
          continue;
        }
        writeHoles(holes);
        holes = 0;
        mentions.position = position;
        values.writeFound(body, found, 'array');
      }
      writeHoles(holes);
      holes = 0;
    }
    if (position < length) hideElements(target, position, length);
  }

  /** By the `present` indices that there are, at the head of `list`. */
  function writeSparse(
    target: object,
    length: number,
    list: readonly (string | symbol)[],
    present: number,
    whole: boolean,
  ): void {
    /** The part has the position for an index. */
    const hideOrdinals = (from: number, first: number, count: number): void =>
      hide(from, count, (index) => look.data(target, list[first + index - from] ?? ''));
    let position = 0;
    let ordinal = 0;
    mentions.slot = Slot.Element;
    let shown = ranges.ofSparse(mentions.current?.id ?? 0, list, present, length, whole);
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
        const found = look.at(target, index);
        if (found === undefined) continue;
        if (index > position) {
          body.digit(skipped > 0 && ordinal === shown.start ? Tag.Gap : Tag.Holes);
          body.number(index - position);
        }
        mentions.position = index;
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
      const short = length <= (whole || work.sought !== null ? longestListedWhole : longestListed);
      if (!short && !looksSparse(target, length, shown)) {
        writeDense(target, length, shown);
        return null;
      }
      const list = names.of(target);
      if (list === null) {
        if (length > 0) record.hide(length);
        return null;
      }
      const present = countIndices(list, length);
      // An index is a cell of its own unless holes are what the array mostly consists of.
      const sliced = length > 0 && (shown === null || shown.start > 0 || shown.end < length);
      if (!short || (sliced && present * 2 <= length)) writeSparse(target, length, list, present, whole);
      else writeDense(target, length, shown);
      return list;
    },

    byIndex(target, length, whole) {
      writeDense(target, length, rangesOf(Slot.Element, length, whole));
    },

    /** The elements are always own data, and never holes. */
    ofTypedArray(target, length, whole) {
      if (!isIndexed(target)) return;
      let position = 0;
      // Numbers refer to nothing.
      let shown = work.sought !== null ? null : rangesOf(Slot.Element, length, whole);
      for (; shown !== null; shown = shown.next) {
        if (shown.start > position) record.hide(shown.start - position);
        for (position = shown.start; position < shown.end; position += 1) {
          if (budget.isOver()) {
            budget.interrupted += 1;
            record.hide(length - position);
            return;
          }
          values.write(body, target[position]);
        }
      }
      if (position < length) record.hide(length - position);
    },

    /**
     * Stepping with the captured `next` is the only way to the middle of a Map or Set that runs none of the page's code;
     * a million steps take some 20 ms.
     */
    ofCollection(target, size, whole, isMap) {
      const iterate: Method | undefined = isMap ? builtins.mapKeys : builtins.setValues;
      const next = isMap ? builtins.mapNext : builtins.setNext;
      const iterator = look.ask(iterate, target);
      let position = 0;
      let shown = rangesOf(isMap ? Slot.Entry : Slot.Element, size, whole);
      const lookAt = (key: unknown): void => {
        hidden.add(key);
        if (isMap && builtins.mapGet !== undefined) hidden.add(builtins.apply(builtins.mapGet, target, [key]));
      };
      if (iterator === undefined || next === undefined || (isMap && builtins.mapGet === undefined)) shown = null;
      for (; shown !== null && next !== undefined; shown = shown.next) {
        const from = position;
        const looked = shown.start > from ? hidden.open(mentions.current, mentions.slot, from, shown.start - from) : 0;
        for (; position < shown.start; position += 1) {
          const step = builtins.apply(next, iterator, []);
          if (position < from + looked && isStep(step)) lookAt(step.value);
          if (budget.isOver()) {
            budget.interrupted += 1;
            record.hide(size - from);
            return;
          }
        }
        if (position > from) record.hide(position - from);
        for (; position < shown.end; position += 1) {
          const step = budget.isOver() ? undefined : builtins.apply(next, iterator, []);
          if (step === undefined || !isStep(step)) {
            budget.interrupted += 1;
            record.hide(size - position);
            return;
          }
          mentions.position = position;
          values.write(body, step.value);
          if (isMap && builtins.mapGet !== undefined)
            values.write(body, builtins.apply(builtins.mapGet, target, [step.value]));
        }
      }
      if (position === size) return;
      record.hide(size - position);
      const end = position + hidden.open(mentions.current, mentions.slot, position, size - position);
      for (; position < end && next !== undefined && !budget.isOver(); position += 1) {
        const step = builtins.apply(next, iterator, []);
        if (isStep(step)) lookAt(step.value);
      }
    },

    ofNode(target, whole) {
      const children: List<unknown> = { __proto__: null };
      let count = 0;
      for (
        let child = look.ask(builtins.firstChild, target);
        isObject(child) && !budget.isOver();
        child = look.ask(builtins.nextSibling, child)
      ) {
        children[count] = child;
        count += 1;
      }
      let position = 0;
      for (let shown = rangesOf(Slot.Element, count, whole); shown !== null; shown = shown.next) {
        if (shown.start > position) hide(position, shown.start - position, (index) => children[index]);
        for (position = shown.start; position < shown.end; position += 1) {
          mentions.position = position;
          values.write(body, children[position]);
        }
      }
      if (position < count) hide(position, count - position, (index) => children[index]);
    },

    lookAt(target, kind, size) {
      switch (kind) {
        case 'array':
        case 'arguments': {
          const end = hidden.open(mentions.current, Slot.Other, 0, size);
          for (let index = 0; index < end && !budget.isOver(); index += 1) hidden.add(look.data(target, index));
          break;
        }
        case 'map':
        case 'set': {
          const iterator = look.ask(kind === 'map' ? builtins.mapKeys : builtins.setValues, target);
          const next = kind === 'map' ? builtins.mapNext : builtins.setNext;
          const end = hidden.open(mentions.current, Slot.Other, 0, size);
          for (let index = 0; index < end && iterator !== undefined && next !== undefined; index += 1) {
            const step = budget.isOver() ? undefined : builtins.apply(next, iterator, []);
            if (!isStep(step)) break;
            hidden.add(step.value);
            if (kind === 'map' && builtins.mapGet !== undefined)
              hidden.add(builtins.apply(builtins.mapGet, target, [step.value]));
          }
        }
      }
    },
  };
}

/**
 * How many of the sorted own names are indices of a list of so many elements: they come first. Most often all are, or none.
 * An arguments object can have indices beyond its length, which is a property like any other: there they are no elements.
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

/** Whether the name is that of an element: a whole number below the length and 2^32 - 1, without leading zeros. */
function isIndex(name: string | symbol | undefined, length: number): boolean {
  if (typeof name !== 'string' || name.length === 0 || name.length > 10) return false;
  if (name[0] === '0') return name.length === 1 && length > 0;
  for (let index = 0; index < name.length; index += 1) {
    const unit = name[index];
    if (unit === undefined || unit < '0' || unit > '9') return false;
  }
  return +name < length && +name < 4_294_967_295;
}

function isIndexed(target: object): target is { readonly [index: number]: unknown } {
  return typeof target === 'object';
}

function isStep(value: unknown): value is { readonly value: unknown } {
  return typeof value === 'object' && value !== null;
}
