/** Finds out what an object is, by builtins that work only on objects with the internal slots of one kind. */
import type { Kind } from '../../wire/format.ts';
import type { Builtins } from './builtins.ts';
import type { Method } from './judge.ts';

export interface BrandChecks {
  /** Whether it has the slots of this kind; true for a kind that no builtin can check. */
  isKind(kind: Kind, target: object): boolean;
  /** Null when all checks fail. `tagless`: the answer of Object.prototype.toString is known. */
  kindByAll(target: object, tagless: boolean): Kind | null;
}

export function createBrandChecks(builtins: Builtins): BrandChecks {
  const { apply, hasTag, prototypes } = builtins;

  function passes(check: Method, target: object, argument?: object): boolean {
    try {
      apply(check, target, [argument]);
      return true;
    } catch {
      return false;
    }
  }

  // It is searched in weak collections, which never contain it.
  const key = {};

  function isKind(kind: Kind, target: object): boolean {
    switch (kind) {
      case 'map':
        return passes(builtins.collections.mapSize, target);
      case 'set':
        return passes(builtins.collections.setSize, target);
      case 'weakmap':
        return passes(builtins.collections.weakMapHas, target, key);
      case 'weakset':
        return passes(builtins.collections.weakSetHas, target, key);
      case 'weakref':
        return passes(builtins.collections.deref, target);
      case 'arraybuffer':
        return passes(builtins.binaries.byteLength, target) || passes(builtins.binaries.sharedByteLength, target);
      case 'date':
        return passes(builtins.values.getTime, target);
      case 'regexp':
        // RegExp.prototype is not a RegExp, but its getters answer.
        return target !== prototypes.regexp && passes(builtins.values.global, target);
      case 'boxed':
        return passes(builtins.values.symbolValue, target) || passes(builtins.values.bigintValue, target);
      case 'node':
        return passes(builtins.browser.nodeType, target);
      case 'window':
        return passes(builtins.browser.windowGetter, target);
      default:
        return true;
    }
  }

  function kindByAll(target: object, tagless: boolean): Kind | null {
    if (isKind('map', target)) return 'map';
    if (isKind('set', target)) return 'set';
    if (isKind('weakmap', target)) return 'weakmap';
    if (isKind('weakset', target)) return 'weakset';
    if (isKind('weakref', target)) return 'weakref';
    if (isKind('arraybuffer', target)) return 'arraybuffer';
    if (isKind('node', target)) return 'node';
    if (isKind('window', target)) return 'window';
    if (isKind('boxed', target)) return 'boxed';
    // For objects without a tag these were recognized before.
    if (tagless && !hasTag(target)) return null;
    if (isKind('date', target)) return 'date';
    if (isKind('regexp', target)) return 'regexp';
    if (passes(builtins.values.numberValue, target) || passes(builtins.values.stringValue, target)) return 'boxed';
    return passes(builtins.values.booleanValue, target) ? 'boxed' : null;
  }

  return { isKind, kindByAll };
}
