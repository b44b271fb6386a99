/** The own names and symbols of an object that a capture shows. */
import type { Kind } from '../snapshot/format.ts';
import type { List } from './lists.ts';
import type { Work } from './work.ts';

/** Own properties of errors that say something although they are not enumerable. */
const errorDetails = ['name', 'message', 'cause', 'errors'];

export interface Names {
  /** Lets go of what was collected last. */
  forget(): void;
  /** The own property names; null where they cannot be listed: then `failure` says why. */
  of(target: object): readonly (string | symbol)[] | null;
  /** A clause. Whoever begins a record makes it empty. */
  failure: string;
  /**
   * Collects what is shown of `list`, from index `from` on, then symbols; answers how many. `list` is null where names are
   * not to be listed.
   */
  collect(target: object, kind: Kind, list: readonly (string | symbol)[] | null, from: number): number;
  /** One of those that were collected last. */
  at(position: number): string | symbol;
  isEnumerable(target: object, key: string | symbol): boolean;
}

export function createNames(work: Work): Names {
  const { builtins, look } = work;
  const listAll = builtins.ownNames ?? builtins.ownKeys;
  const listEnumerable = builtins.enumerableNames ?? listAll;
  const listSymbols = builtins.ownSymbols ?? builtins.ownKeys;
  let shown: List<string | symbol> = { __proto__: null };
  /** The first `listed` stand in a list of their own, from index `first` on. */
  let latest: readonly (string | symbol)[] = [];
  let first = 0;
  let listed = 0;

  function isEnumerable(target: object, key: string | symbol): boolean {
    if (builtins.propertyIsEnumerable === undefined)
      return key !== 'stack' && look.at(target, key)?.enumerable === true;
    try {
      return builtins.apply(builtins.propertyIsEnumerable, target, [key]);
    } catch {
      return true;
    }
  }

  /**
   * Own properties that the kind, size, class name or primitive of the object tells already, or that never matter. A static
   * field may be called like any of them, and hold anything.
   */
  function isImplied(target: object, kind: Kind, name: string): boolean {
    switch (kind) {
      case 'array':
      case 'boxed':
        return name === 'length';
      case 'arguments':
        return name === 'length' && typeof look.data(target, name) === 'number';
      case 'error':
        return name === 'message' && typeof look.data(target, name) === 'string';
      case 'function':
      case 'class':
        if (name === 'name') return typeof look.data(target, name) === 'string';
        if (name !== 'length' && name !== 'prototype' && name !== 'arguments' && name !== 'caller') return false;
        return !isEnumerable(target, name);
      default:
        return false;
    }
  }

  const names: Names = {
    forget() {
      shown = { __proto__: null };
      latest = [];
      listed = 0;
    },
    at: (position) => (position < listed ? (latest[first + position] ?? '') : (shown[position] ?? '')),
    failure: '',
    isEnumerable,

    of(target) {
      const listNames = work.view.nonEnumerable ? listAll : listEnumerable;
      if (listNames === undefined) return [];
      try {
        return listNames(target);
      } catch {
        // Object.keys reads the bindings of a module, and throws where one is not initialised.
      }
      try {
        return builtins.ownNames === undefined ? [] : builtins.ownNames(target);
      } catch (error) {
        names.failure = `listing them threw ${look.describe(error)}`;
        return null;
      }
    },

    collect(target, kind, list, from) {
      const { nonEnumerable } = work.view;
      const listsEnumerable = !nonEnumerable && builtins.enumerableNames !== undefined;
      let count = 0;
      listed = 0;
      if (list !== null && listsEnumerable && impliesNothing(kind)) {
        latest = list;
        first = from;
        count = list.length - from;
        listed = count;
      } else if (list !== null) {
        for (let index = from; index < list.length; index += 1) {
          const name = list[index];
          if (typeof name !== 'string' || isImplied(target, kind, name)) continue;
          if (!listsEnumerable && !nonEnumerable && !isEnumerable(target, name)) continue;
          shown[count] = name;
          count += 1;
        }
      }
      if (kind === 'error' && !nonEnumerable) {
        for (let index = 0; index < errorDetails.length; index += 1) {
          const name = errorDetails[index];
          if (name === undefined || look.at(target, name)?.enumerable !== false || isImplied(target, kind, name))
            continue;
          shown[count] = name;
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
        if (typeof symbol !== 'symbol' || (!nonEnumerable && !isEnumerable(target, symbol))) continue;
        shown[count] = symbol;
        count += 1;
      }
      return count;
    },
  };
  return names;
}

/** Kinds of which every name that is listed is shown. */
function impliesNothing(kind: Kind): boolean {
  return kind === 'object' || kind === 'instance' || kind === 'map' || kind === 'set';
}
