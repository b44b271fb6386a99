/** The own names and symbols of an object that a capture shows. */
import type { Kind } from '../../wire/format.ts';
import type { List } from '../realm/lists.ts';
import type { WalkContext } from '../visit/walk-context.ts';

/** Own properties of errors that are shown although they are not enumerable. */
const errorDetails = ['name', 'message', 'cause', 'errors'];

export interface Names {
  /** Forgets what was collected last. */
  forget(): void;
  /** The own property names; null when they cannot be listed, and then `failure` says why. */
  of(target: object): readonly (string | symbol)[] | null;
  /** A clause. The code that starts a record clears it. */
  failure: string;
  /**
   * Collects the names that are shown of `list`, from index `from` on, then symbols. Answers their number. `list` is null when names
   * are not listed.
   */
  collect(target: object, kind: Kind, list: readonly (string | symbol)[] | null, from: number): number;
  /** One of the names that were collected last. */
  at(position: number): string | symbol;
  isEnumerable(target: object, key: string | symbol): boolean;
}

export function createNames(context: WalkContext): Names {
  const { builtins, safe } = context;
  let shown: List<string | symbol> = { __proto__: null };
  /** The first `listed` names are in a separate list, from index `first` on. */
  let latest: readonly (string | symbol)[] = [];
  let first = 0;
  let listed = 0;

  function isEnumerable(target: object, key: string | symbol): boolean {
    try {
      return builtins.properties.isEnumerable(target, key);
    } catch {
      return true;
    }
  }

  /**
   * Own properties that the kind, size, class name or primitive of the object already shows, or that never matter. A static field may
   * have any of these names, and any value.
   */
  function isImplied(target: object, kind: Kind, name: string): boolean {
    switch (kind) {
      case 'array':
      case 'boxed':
        return name === 'length';
      case 'arguments':
        return name === 'length' && typeof safe.data(target, name) === 'number';
      case 'error':
        return name === 'message' && typeof safe.data(target, name) === 'string';
      case 'function':
      case 'class':
        if (name === 'name') return typeof safe.data(target, name) === 'string';
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
      try {
        return context.view.nonEnumerable
          ? builtins.properties.allNames(target)
          : (context.kinds.takeNames(target) ?? builtins.properties.enumerableNames(target));
      } catch {
        // Object.keys reads the bindings of a module, and throws when one is not initialized.
      }
      try {
        return builtins.properties.ownNames(target);
      } catch (error) {
        names.failure = `listingThrew\n${safe.describe(error)}`;
        return null;
      }
    },

    collect(target, kind, list, from) {
      const { nonEnumerable } = context.view;
      const listsEnumerable = !nonEnumerable && builtins.properties.listsEnumerable;
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
          if (name === undefined || safe.at(target, name)?.enumerable !== false || isImplied(target, kind, name))
            continue;
          shown[count] = name;
          count += 1;
        }
      }
      let symbols: readonly (string | symbol)[] = [];
      try {
        // Whose names are too many to be listed, of that Reflect.ownKeys would list them too.
        if (list !== null || builtins.properties.listsSymbols) symbols = builtins.properties.ownSymbols(target);
      } catch {
        // It is a proxy whose names could be listed before. Its symbols are left out.
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

/** Kinds of which every listed name is shown. */
function impliesNothing(kind: Kind): boolean {
  return kind === 'object' || kind === 'instance' || kind === 'map' || kind === 'set';
}
