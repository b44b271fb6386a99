/**
 * Finds out what an object is by its internal slots. Must never trust a property of the page, nor run its code.
 */
import type { Kind } from '../../wire/format.ts';
import { createBrandChecks } from './brand-checks.ts';
import type { Builtins } from './builtins.ts';
import { type Families, type Family, missesAllowed } from './families.ts';
import type { ProxyTest } from './proxy-test.ts';
import { createWeakTable } from './tables.ts';

/**
 * A failed brand check throws a TypeError, which takes 2 to 10 µs, and a complete check makes a dozen. That is too much for each of
 * 200,000 plain objects, although any of them may be a Map whose prototype was exchanged. So in each capture this many objects get
 * the complete check, whatever they look like, …
 */
const checksOfAny = 24;
/**
 * … and so many more that do not look like others with their prototype: they have no enumerable properties of their own, or other
 * ones. Beyond that, V8's own word for them decides, as it stands in the stack of an error.
 */
const checksOfOthers = 200;
/** Makes of objects with one prototype that are remembered. */
const mostMakes = 32;

export interface Kinds<S> {
  /** Starts a capture. */
  begin(): void;
  /** Must be called whenever code of the page or of the user may have run. */
  refresh(): void;
  /** Never throws. */
  kindOf(target: object, family: Family<S>): Kind;
  /** The enumerable names of the object, where its kind was found last and by them. */
  takeNames(target: object): readonly (string | symbol)[] | null;
}

/** @param proxyTest Null where V8's stacks cannot be read. */
export function createKinds<S>(builtins: Builtins, families: Families<S>, proxyTest: ProxyTest | null): Kinds<S> {
  const { apply, has, hasTag, tagOf, isArray, isError } = builtins;
  const { isView, isTypedArray } = builtins.binaries;
  const { objectToString } = builtins.properties;
  const { isKind, kindByAll } = createBrandChecks(builtins);
  /** Objects for which all checks failed. What an object is never changes, so this is valid forever. */
  const checked = createWeakTable<boolean>(builtins);
  let anyLeft = checksOfAny;
  let othersLeft = checksOfOthers;
  let named: object | null = null;
  let namesOfIt: readonly (string | symbol)[] = [];

  /**
   * The kind from the [[…Data]] slots that Object.prototype.toString reads; null when something overrides its answer, `object` when
   * there is no such slot.
   */
  function kindByTag(target: object, family: Family<S>): Kind | null {
    if (!family.tagless || hasTag(target)) return null;
    const text = apply(objectToString, target, []);
    if (text === undefined) return null;
    if (text === '[object Object]') return 'object';
    switch (text) {
      case '[object Error]':
        return 'error';
      case '[object Date]':
        return 'date';
      case '[object RegExp]':
        return 'regexp';
      case '[object Arguments]':
        return 'arguments';
      case '[object Number]':
      case '[object String]':
      case '[object Boolean]':
        return 'boxed';
      default:
        return 'object';
    }
  }

  /** Module namespaces have no slot that a builtin reads, but probably nothing else looks like them. */
  function isModule(target: object): boolean {
    return tagOf(target) === 'Module' && !builtins.properties.isExtensible(target);
  }

  function functionKind(target: object): Kind {
    try {
      const descriptor = builtins.descriptorOf(target, 'prototype');
      const fixed = descriptor !== undefined && has(descriptor, 'value') && descriptor.writable === false;
      return fixed ? 'class' : 'function';
    } catch {
      return 'function';
    }
  }

  /** Never throws. */
  function kindOf(target: object, family: Family<S>): Kind {
    try {
      if (isArray(target)) return 'array';
    } catch {
      // Array.isArray asks a proxy's target, and throws only for a revoked proxy.
      return 'proxy';
    }
    if (typeof target === 'function') return functionKind(target);
    try {
      if (isView(target)) {
        return isTypedArray(target) ? 'typedarray' : 'dataview';
      }
      if (family === families.orphans && isModule(target)) return 'module';
      const { likely } = family;
      if (likely !== null && isKind(likely, target)) return likely;
      const byTag = kindByTag(target, family);
      if (byTag !== null && byTag !== 'object') return byTag;
      return byTag === null && isError(target) === true ? 'error' : unlikelyKind(target, family);
    } catch {
      return 'object';
    }
  }

  function unlikelyKind(target: object, family: Family<S>): Kind {
    if (family.tagless || family.misses >= missesAllowed) {
      if (anyLeft > 0) anyLeft -= 1;
      else if (isLikeOthers(target, family)) return family.plain ? 'object' : 'instance';
      else if (othersLeft > 0) othersLeft -= 1;
      else if (!isCalledBuiltin(target)) return family.plain ? 'object' : 'instance';
    }
    // They also count, so that each capture checks the same objects.
    if (checked.get(target) === undefined) {
      const kind = kindByAll(target, family.tagless);
      if (kind !== null) return kind;
      checked.set(target, true);
    }
    family.misses += 1;
    return family.plain ? 'object' : 'instance';
  }

  /** Whether one with this prototype and the same enumerable properties was met before. */
  function isLikeOthers(target: object, family: Family<S>): boolean {
    const names = builtins.properties.enumerableNames(target);
    named = target;
    namesOfIt = names;
    const count = names.length;
    if (count === 0) return false;
    const first = names[0];
    const last = names[count - 1];
    let length = 0;
    for (let make = family.makes; make !== null; make = make.next) {
      if (make.count === count && make.first === first && make.last === last) return true;
      length += 1;
    }
    if (length < mostMakes) family.makes = { count, first, last, next: family.makes };
    return false;
  }

  /** Whether V8 calls it by the name of a builtin, whatever its prototype. */
  function isCalledBuiltin(target: object): boolean {
    if (proxyTest?.isUsable() !== true) return false;
    let found = false;
    proxyTest.sort({ __proto__: null, 0: target }, 1, (_, builtin) => {
      found = builtin;
    });
    return found;
  }

  function forgetNames(): void {
    named = null;
    namesOfIt = [];
  }

  return {
    begin() {
      anyLeft = checksOfAny;
      othersLeft = checksOfOthers;
      forgetNames();
    },
    refresh: forgetNames,
    kindOf,
    takeNames(target) {
      if (target !== named) return null;
      const names = namesOfIt;
      forgetNames();
      return names;
    },
  };
}
