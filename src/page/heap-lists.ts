/**
 * Sorts lists of all objects of a heap, which only the debugger makes. Must keep none of their objects alive, and read nothing of
 * them but prototypes, own names and the texts of functions.
 */
import { OWN_MARK } from '../wire/own-mark.ts';
import type { Builtins } from './realm/builtins.ts';
import type { List } from './realm/lists.ts';
import { isObject } from './realm/safe-read.ts';
import { createTable, createWeakTable } from './realm/tables.ts';

export interface HeapLists {
  /** Functions of scripts in a list, from position `from` on, at most a few hundred; first where to go on, 0 at the end. */
  pickFunctions(list: unknown, from: number): readonly unknown[];
  /**
   * The classes of scripts in a list, and plain objects by their keys, those with most objects first: 0, then for each its
   * prototype in a list (empty for plain objects), its name, how many there are, and how many are not marked.
   */
  countClasses(list: unknown): readonly unknown[];
  /**
   * Functions of scripts in a list by their texts, those of which there are most first: 0, then for each one of them in a list, its
   * name, how many there are, and how many are not marked. One function alone is not counted.
   */
  countFunctions(list: unknown): readonly unknown[];
  /** The functions of a list with the text of `sample`. */
  pickFunctionsLike(list: unknown, sample: unknown, unmarked: boolean): readonly unknown[];
  /** Marks all objects of a list, in place of what was marked before. */
  markAll(list: unknown): number;
  /** The objects of a list that are not marked; with `keys`, plain objects that have these. First a 0. */
  pickObjects(list: unknown, keys: string, unmarked: boolean): readonly unknown[];
}

const mostFunctions = 300;
const mostOfOneText = 3;
/** V8 sends the text of each function. */
const longestText = 2000;
const mostClasses = 300;
/** Plain objects whose keys are listed. */
const mostShapes = 200_000;
const mostKeys = 12;
const mostPicked = 10_000;
/** Functions whose texts are compared, and texts that are listed. */
const mostCompared = 100_000;
const mostTexts = 60;

interface Group {
  /** A prototype, or a function; null for plain objects. */
  readonly prototype: object | null;
  readonly name: string;
  count: number;
  fresh: number;
}

export function createHeapLists(builtins: Builtins): HeapLists {
  const { apply, data, functionText, getPrototypeOf, listed, objectPrototype, tellsTexts } = builtins;
  const { includes } = builtins.values;
  let marks = createWeakTable<boolean>(builtins);
  /** Texts of functions that were picked, and how often. */
  let seen = createTable<string, number>(builtins);

  /** The text of a function of the page's scripts; empty for one of the engine and for one of ours. */
  function ownText(value: object): string {
    const text = tellsTexts ? apply(functionText, value, []) : '';
    if (typeof text !== 'string' || includes === undefined) return '';
    const contains = (part: string): boolean => apply(includes, text, [part]) === true;
    return contains('{ [native code] }') || contains(OWN_MARK) ? '' : text;
  }

  /** Whether it is what the instances of a class inherit from, as the browser makes some for each of its classes. */
  function isPrototype(value: object): boolean {
    const maker = data(value, 'constructor');
    return typeof maker === 'function' && data(maker, 'prototype') === value;
  }

  /** To describe an object V8 describes its properties too, so only functions without any of the page's are shown to it. */
  function isBare(value: object): boolean {
    const names = builtins.properties.ownNames(value);
    for (let index = 0; index < names.length; index += 1) {
      switch (names[index]) {
        case 'length':
        case 'name':
        case 'arguments':
        case 'caller':
          break;
        case 'prototype': {
          const prototype = data(value, 'prototype');
          if (isObject(prototype) && getPrototypeOf(prototype) !== objectPrototype) return false;
          break;
        }
        default:
          return false;
      }
    }
    return builtins.properties.ownSymbols(value).length === 0;
  }

  /** The keys of a plain object; null for one that is not counted. */
  function keysOf(value: object): string | null {
    if (isPrototype(value)) return null;
    const names = builtins.properties.enumerableNames(value);
    if (names.length === 0 || names.length > mostKeys) return null;
    let text = '';
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index];
      if (typeof name !== 'string') return null;
      text += index === 0 ? name : `, ${name}`;
    }
    return text;
  }

  /** The name of a class of a script; empty for any other prototype. */
  function classOf(prototype: object): string {
    const maker = data(prototype, 'constructor');
    if (typeof maker !== 'function' || ownText(maker) === '') return '';
    const name = data(maker, 'name');
    return typeof name === 'string' && name !== '' ? name : '(anonymous)';
  }

  const isMarked = (value: object): boolean => marks.get(value) === true;

  return {
    countFunctions: createFunctionCount(builtins, { ownText, isBare, isMarked }),

    pickFunctionsLike(list, sample, unmarked) {
      const found: List<unknown> = { __proto__: null };
      let count = 0;
      const text = typeof sample === 'function' ? ownText(sample) : '';
      const length = isIndexed(list) ? lengthIn(builtins, list) : 0;
      for (let index = 0; index < length && isIndexed(list) && count < mostPicked; index += 1) {
        const value = list[index];
        if (typeof value !== 'function' || (unmarked && isMarked(value)) || ownText(value) !== text) continue;
        found[count] = value;
        count += 1;
      }
      return builtins.arrayOf(count, (index) => found[index]);
    },

    pickFunctions(list, from) {
      const found: List<unknown> = { __proto__: null };
      let count = 0;
      if (from === 0) seen = createTable<string, number>(builtins);
      if (!isIndexed(list)) return [0];
      const length = lengthIn(builtins, list);
      let index = from;
      for (; index < length && count < mostFunctions; index += 1) {
        const value = list[index];
        if (typeof value !== 'function') continue;
        const text = ownText(value);
        if (text === '' || text.length > longestText) continue;
        // Many functions come from one place of a script, and one of them tells as much as all.
        const known = seen.get(text) ?? 0;
        if (known === mostOfOneText || !isBare(value)) continue;
        seen.set(text, known + 1);
        found[count] = value;
        count += 1;
      }
      if (index >= length) seen = createTable<string, number>(builtins);
      return listed<unknown, unknown>(index < length ? index : 0, found, count);
    },

    countClasses: createClassCount(builtins, { classOf, keysOf, isMarked }),

    markAll(list) {
      marks = createWeakTable<boolean>(builtins);
      const length = isIndexed(list) ? lengthIn(builtins, list) : 0;
      for (let index = 0; index < length && isIndexed(list); index += 1) {
        const value = list[index];
        if (isObject(value)) marks.set(value, true);
      }
      return length;
    },

    pickObjects(list, keys, unmarked) {
      const found: List<unknown> = { __proto__: null };
      let count = 0;
      const length = isIndexed(list) ? lengthIn(builtins, list) : 0;
      for (let index = 0; index < length && isIndexed(list) && count < mostPicked; index += 1) {
        const value = list[index];
        if (!isObject(value) || (unmarked && marks.get(value) === true)) continue;
        if (keys !== '' && (getPrototypeOf(value) !== objectPrototype || keysOf(value) !== keys)) continue;
        found[count] = value;
        count += 1;
      }
      return builtins.arrayOf(count, (index) => found[index]);
    },
  };
}

interface Naming {
  classOf(prototype: object): string;
  keysOf(value: object): string | null;
  isMarked(value: object): boolean;
}

function createClassCount(
  builtins: Builtins,
  { classOf, keysOf, isMarked }: Naming,
): (list: unknown) => readonly unknown[] {
  const { getPrototypeOf, objectPrototype } = builtins;
  return (list) => {
    if (!isIndexed(list)) return [0];
    const groups = createTable<object, Group | false>(builtins);
    const shapes = createTable<string, Group>(builtins);
    const all: List<Group> = { __proto__: null };
    let size = 0;
    let plain = 0;
    const open = (prototype: object | null, name: string): Group => {
      const group = { prototype, name, count: 0, fresh: 0 };
      all[size] = group;
      size += 1;
      return group;
    };
    const length = lengthIn(builtins, list);
    for (let index = 0; index < length; index += 1) {
      const value = list[index];
      if (!isObject(value)) continue;
      const prototype = getPrototypeOf(value);
      if (prototype === null) continue;
      let group: Group | false | undefined;
      if (prototype === objectPrototype) {
        plain += 1;
        const keys = plain > mostShapes ? null : keysOf(value);
        if (keys === null) continue;
        group = shapes.get(keys);
        if (group === undefined) {
          group = open(null, keys);
          shapes.set(keys, group);
        }
      } else {
        group = groups.get(prototype);
        if (group === undefined) {
          const name = classOf(prototype);
          group = name === '' ? false : open(prototype, name);
          groups.set(prototype, group);
        }
      }
      if (group === false) continue;
      group.count += 1;
      if (!isMarked(value)) group.fresh += 1;
    }
    return largest(builtins, all, size, mostClasses);
  };
}

/** What is known about functions. */
interface Telling {
  ownText(value: object): string;
  isBare(value: object): boolean;
  isMarked(value: object): boolean;
}

function createFunctionCount(
  builtins: Builtins,
  { ownText, isBare, isMarked }: Telling,
): (list: unknown) => readonly unknown[] {
  return (list) => {
    if (!isIndexed(list)) return [0];
    const groups = createTable<string, Group>(builtins);
    const all: List<Group> = { __proto__: null };
    let size = 0;
    const length = lengthIn(builtins, list);
    for (let index = 0; index < length && index < mostCompared; index += 1) {
      const value = list[index];
      const text = typeof value === 'function' ? ownText(value) : '';
      if (typeof value !== 'function' || text === '' || text.length > longestText) continue;
      let group = groups.get(text);
      if (group === undefined) {
        // V8 is asked about the place of one of them.
        if (!isBare(value)) continue;
        const name = builtins.data(value, 'name');
        group = { prototype: value, name: typeof name === 'string' ? name : '', count: 0, fresh: 0 };
        groups.set(text, group);
        all[size] = group;
        size += 1;
      }
      group.count += 1;
      if (!isMarked(value)) group.fresh += 1;
    }
    for (let index = 0; index < size; index += 1) {
      const group = all[index];
      if (group?.count === 1) group.count = 0;
    }
    return largest(builtins, all, size, mostTexts);
  };
}

/** The groups with most objects, as they are answered. Empties them. */
function largest(builtins: Builtins, all: List<Group>, size: number, most: number): readonly unknown[] {
  const answer: List<unknown> = { __proto__: null };
  let told = 0;
  for (; told < most; told += 1) {
    let largest: Group | null = null;
    for (let index = 0; index < size; index += 1) {
      const group = all[index];
      if (group !== undefined && group.count > 0 && (largest === null || group.count > largest.count)) largest = group;
    }
    if (largest === null) break;
    const { prototype, name, count, fresh } = largest;
    answer[4 * told] = prototype === null ? [] : [prototype];
    answer[4 * told + 1] = name;
    answer[4 * told + 2] = count;
    answer[4 * told + 3] = fresh;
    largest.count = 0;
  }
  return builtins.listed<unknown, unknown>(0, answer, 4 * told);
}

function lengthIn(builtins: Builtins, list: object): number {
  const length = builtins.data(list, 'length');
  return typeof length === 'number' ? length : 0;
}

function isIndexed(list: unknown): list is { readonly [index: number]: unknown } {
  return typeof list === 'object' && list !== null;
}
