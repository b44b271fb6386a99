/**
 * The names that an expression can go on with. Must run no getter and no method of the page; where a property is an
 * accessor of the page's, nothing behind it is looked at.
 */
import type { NamesByDistance } from '../wire/requests.ts';
import type { Builtins } from './realm/builtins.ts';
import { isFunction } from './realm/judge.ts';
import { isObject, longestChain } from './realm/safe-read.ts';

export interface ObjectNames {
  /** Of an object, or of what a primitive inherits. */
  of(value: unknown): NamesByDistance;
  /**
   * Of what the names lead to, from the global object on. `lexical` gives the value of the first one where the global
   * object has no such property.
   */
  along(path: ArrayLike<string>, lexical: () => unknown): NamesByDistance;
}

/** Names of one object that are listed. */
const mostNames = 5000;
/** Keys and indexes that are listed, and the longest text of a key. */
const mostKeys = 200;
const longestKey = 100;
/** Elements of a list beyond which its names, most of them indexes, are not listed. */
const mostElements = 1000;

const nothing: NamesByDistance = [];

export function createObjectNames(builtins: Builtins): ObjectNames {
  const { apply, arrayOf, collections, data, descriptorOf, getPrototypeOf, globalObject, has, isArray, looksNative } =
    builtins;

  function isLong(target: object): boolean {
    try {
      if (builtins.binaries.isView(target)) return true;
      if (!isArray(target)) return false;
      const length = data(target, 'length');
      return typeof length !== 'number' || length > mostElements;
    } catch {
      // A proxy that was revoked.
      return true;
    }
  }

  function ownNames(target: object): readonly string[] {
    if (isLong(target)) return [];
    const names = builtins.properties.ownNames(target);
    const kept: { __proto__: null; [index: number]: string } = { __proto__: null };
    let count = 0;
    for (let index = 0; index < names.length && count < mostNames; index += 1) {
      const name = names[index];
      // Indexes are typed faster than chosen.
      if (typeof name !== 'string' || (name !== '' && name[0] !== undefined && name[0] >= '0' && name[0] <= '9'))
        continue;
      kept[count] = name;
      count += 1;
    }
    return arrayOf(count, (index) => kept[index] ?? '');
  }

  /** A key as it crosses: see `NamesByDistance`. Null for one that cannot be written. */
  function written(key: unknown): string | null {
    if (typeof key === 'string') return key.length > longestKey ? null : `"${key}`;
    return typeof key === 'number' || typeof key === 'boolean' ? `${key}` : null;
  }

  /** The size of a Map; null for anything else. */
  function sizeOf(value: object): number | null {
    try {
      const size = apply(collections.mapSize, value, []);
      return typeof size === 'number' ? size : null;
    } catch {
      return null;
    }
  }

  function keysOf(value: unknown): readonly string[] {
    if (!isObject(value)) return [];
    const kept: { __proto__: null; [index: number]: string } = { __proto__: null };
    let count = 0;
    const size = sizeOf(value);
    if (size === null) {
      const isList = isArray(value) || builtins.binaries.isView(value);
      const length = isList
        ? isArray(value)
          ? data(value, 'length')
          : apply(builtins.binaries.typedArrayLength, value, [])
        : 0;
      const most = typeof length === 'number' && length < mostKeys ? length : mostKeys;
      for (; typeof length === 'number' && count < most; count += 1) kept[count] = `${count}`;
    } else {
      const iterator = apply(collections.mapKeys, value, []);
      for (let step = 0; step < size && count < mostKeys; step += 1) {
        const result = apply(collections.mapNext, iterator, []);
        const key = isObject(result) ? written(data(result, 'value')) : null;
        if (key === null) continue;
        kept[count] = key;
        count += 1;
      }
    }
    return arrayOf(count, (index) => kept[index] ?? '');
  }

  function of(value: unknown): NamesByDistance {
    const lists: { __proto__: null; [index: number]: readonly string[] } = { __proto__: null };
    let count = 1;
    lists[0] = [];
    try {
      lists[0] = keysOf(value);
      let target: object | null = isObject(value) ? value : prototypeOf(value);
      for (; target !== null && count <= longestChain; count += 1) {
        lists[count] = ownNames(target);
        target = getPrototypeOf(target);
      }
    } catch {
      // A proxy that throws, or a window of another origin: what is known so far.
    }
    return arrayOf(count, (index) => lists[index] ?? []);
  }

  function prototypeOf(value: unknown): object | null {
    const maker =
      typeof value === 'string'
        ? 'String'
        : typeof value === 'number'
          ? 'Number'
          : typeof value === 'bigint'
            ? 'BigInt'
            : null;
    const builtin = maker === null ? null : data(globalObject, maker);
    const prototype = isObject(builtin) ? data(builtin, 'prototype') : null;
    return isObject(prototype) ? prototype : null;
  }

  /** Undefined for what is not there; null where an accessor of the page's is in the way. */
  function property(target: object, name: string): { readonly value: unknown } | null | undefined {
    let holder: object | null = target;
    for (let hops = 0; holder !== null && hops < longestChain; hops += 1) {
      const found = descriptorOf(holder, name);
      if (found !== undefined) {
        if (has(found, 'value')) return { value: found.value };
        // What the browser answers for, such as `document`.
        const { get } = found;
        const native = target === globalObject && isFunction(get) && looksNative(get, `get ${name}`);
        return native ? { value: apply(get, target, []) } : null;
      }
      holder = getPrototypeOf(holder);
    }
    return undefined;
  }

  return {
    of,
    along(path, lexical) {
      if (!builtins.usable) return nothing;
      let value: unknown = globalObject;
      try {
        for (let index = 0; index < path.length; index += 1) {
          if (!isObject(value)) return nothing;
          const found = property(value, path[index] ?? '');
          if (found === null || (found === undefined && index > 0)) return nothing;
          value = found === undefined ? lexical() : found.value;
        }
      } catch {
        return nothing;
      }
      return of(value);
    },
  };
}
