/**
 * Says what an object is by its internal slots: by asking builtins that only work on the right objects. Must never
 * believe a property of the page's, nor run its code.
 */
import type { Kind } from '../snapshot/format.ts';
import type { Builtins, Method } from './builtins.ts';
import { longestChain } from './look.ts';
import { createTable, createWeakTable } from './tables.ts';

/**
 * What all objects with one prototype have in common, found out once a capture, and again when code of the page or of a
 * person may have run: the chain may be another one by then.
 */
export interface Family<S> {
  /** Null for the null prototype. */
  className: string | null;
  /** The prototype is null or some realm's Object.prototype. */
  plain: boolean;
  /** No `Symbol.toStringTag` on the prototype chain. */
  tagless: boolean;
  /** The kind whose builtin prototype of this realm is on the chain. */
  likely: Kind | null;
  /** When that was found out. */
  era: number;
  /** Whether objects with this prototype may have private fields; null before somebody asked. */
  hasPrivate: boolean | null;
  /** The object whose private fields tell for all of them, where the prototypes do not say their class. */
  probe: object | null;
  /** Complete checks that found nothing. */
  misses: number;
  /** Room for the walk: the latest shape of these objects. */
  shapes: S | null;
}

/**
 * A failed brand check costs a thrown TypeError, 2 to 10 µs, and a complete check makes a dozen: too much for each of
 * 200,000 plain objects, though any of them may be a Map whose prototype was exchanged. So, in a capture, so many
 * objects get the complete check whatever they look like, …
 */
const checksOfAny = 24;
/** … so many more that have no enumerable properties of their own, as such a Map would, … */
const checksOfBare = 200;
/**
 * … and all whose prototype chain looks like a builtin's, until so many of the same prototype turned out to be none.
 */
const missesAllowed = 8;

export interface Brands<S> {
  /** Forgets what was found out in the capture before. */
  begin(): void;
  /** Whenever code of the page or of a person may have run. */
  refresh(): void;
  /** Of objects without a prototype. */
  readonly orphans: Family<S>;
  /** Of an object whose prototype cannot be read. */
  readonly unreadable: Family<S>;
  family(prototype: object | null): Family<S>;
  /** Whether `family` was asked for this prototype since. */
  knows(prototype: object): boolean;
  /** Whether it is a builtin prototype of this realm. */
  isPrototype(target: object): boolean;
  kindOf(target: object, family: Family<S>): Kind;
}

/** @param isProxy Whether an object is known to be a proxy, which then is not touched. */
export function createBrands<S>(builtins: Builtins, isProxy: (target: object) => boolean): Brands<S> {
  const { apply, data, has, getPrototypeOf, prototypes, toStringTag } = builtins;
  const { isArray, isView, isError, objectToString, typedArrayTag } = builtins;
  let families = createTable<object, Family<S>>(builtins);
  const orphans: Family<S> = {
    className: null,
    plain: true,
    tagless: true,
    likely: null,
    era: 0,
    hasPrivate: null,
    probe: null,
    misses: 0,
    shapes: null,
  };
  const unreadable: Family<S> = {
    className: 'Object',
    plain: true,
    tagless: false,
    likely: null,
    era: 0,
    hasPrivate: false,
    probe: null,
    misses: missesAllowed,
    shapes: null,
  };
  /** Objects of which all checks found nothing: what an object is never changes, so that holds for good. */
  const checked = createWeakTable<boolean>(builtins);
  let anyLeft = checksOfAny;
  let bareLeft = checksOfBare;

  // Neighbours are often of one make, or of two in turn.
  let latestPrototype: object | null = null;
  let latest = orphans;
  let formerPrototype: object | null = null;
  let former = orphans;
  let era = 0;

  function forgetNeighbours(): void {
    latestPrototype = null;
    latest = orphans;
    formerPrototype = null;
    former = orphans;
  }

  function forget(family: Family<S>): void {
    family.hasPrivate = family === unreadable ? false : null;
    family.probe = null;
    family.misses = family === unreadable ? missesAllowed : 0;
    family.shapes = null;
  }

  function family(prototype: object | null): Family<S> {
    if (prototype === null) return orphans;
    if (prototype === latestPrototype) return latest;
    if (prototype === formerPrototype) return former;
    const found = familyOf(prototype);
    formerPrototype = latestPrototype;
    former = latest;
    latestPrototype = prototype;
    latest = found;
    return found;
  }

  function familyOf(prototype: object): Family<S> {
    const known = families?.get(prototype);
    if (known?.era === era) return known;
    const found = inspectChain(prototype);
    if (known === undefined) {
      families?.set(prototype, found);
      return found;
    }
    known.className = found.className;
    known.plain = found.plain;
    known.tagless = found.tagless;
    known.likely = found.likely;
    known.era = era;
    return known;
  }

  function inspectChain(prototype: object): Family<S> {
    let className: string | null = null;
    let tagless = true;
    let likely: Kind | null = null;
    let hop: object | null = prototype;
    let last: object = prototype;
    let distance = 0;
    try {
      while (hop !== null && distance < longestChain) {
        if (isProxy(hop)) break;
        if (className === null) {
          const maker = data(hop, 'constructor');
          const name = typeof maker === 'function' && !isProxy(maker) ? data(maker, 'name') : undefined;
          if (typeof name === 'string' && name !== '') className = name;
        }
        if (toStringTag === undefined || has(hop, toStringTag)) tagless = false;
        if (likely === null) {
          likely = likelyKind(hop, distance);
          if (toStringTag !== undefined && (likely === 'generator' || likely === 'iterator')) {
            const tag = data(hop, toStringTag);
            if (typeof tag === 'string') className = tag;
          }
        }
        last = hop;
        hop = getPrototypeOf(hop);
        distance += 1;
      }
      // What is farther up may have a tag, too.
      if (hop !== null) tagless = false;
    } catch {
      // A proxy on the chain, revoked or throwing: what is known by now must do.
      tagless = false;
    }
    const plain = last === prototype && (prototype === prototypes.object || className === 'Object');
    return {
      className: className ?? 'Object',
      plain,
      tagless,
      likely,
      era,
      hasPrivate: null,
      probe: null,
      misses: 0,
      shapes: null,
    };
  }

  function likelyKind(hop: object, distance: number): Kind | null {
    switch (hop) {
      case prototypes.map:
        return 'map';
      case prototypes.set:
        return 'set';
      case prototypes.weakMap:
        return 'weakmap';
      case prototypes.weakSet:
        return 'weakset';
      case prototypes.weakRef:
        return 'weakref';
      case prototypes.arrayBuffer:
      case prototypes.sharedBuffer:
        return 'arraybuffer';
      case prototypes.date:
        return 'date';
      case prototypes.regexp:
        return 'regexp';
      case prototypes.node:
        return 'node';
      case prototypes.symbol:
      case prototypes.bigint:
        return 'boxed';
      // No builtin tells promises, generators and iterators apart from objects that inherit from their prototypes
      // without acting on them: `then` marks a promise as handled, `next` runs a generator. The chain must do.
      case prototypes.promise:
        return 'promise';
      case prototypes.generator:
      case prototypes.asyncGenerator:
        // A generator inherits from its function's `prototype`, which inherits from here.
        return distance === 0 ? null : 'generator';
      case prototypes.mapIterator:
      case prototypes.setIterator:
      case prototypes.arrayIterator:
        return distance === 0 ? 'iterator' : null;
      default:
        return null;
    }
  }

  function passes(check: Method | undefined, target: object, argument?: object): boolean {
    if (check === undefined) return false;
    try {
      apply(check, target, [argument]);
      return true;
    } catch {
      return false;
    }
  }

  // Asked for in weak collections, where it never is.
  const key = {};

  function isKind(kind: Kind, target: object): boolean {
    switch (kind) {
      case 'map':
        return passes(builtins.mapSize, target);
      case 'set':
        return passes(builtins.setSize, target);
      case 'weakmap':
        return passes(builtins.weakMapHas, target, key);
      case 'weakset':
        return passes(builtins.weakSetHas, target, key);
      case 'weakref':
        return passes(builtins.deref, target);
      case 'arraybuffer':
        return passes(builtins.byteLength, target) || passes(builtins.sharedByteLength, target);
      case 'date':
        return passes(builtins.getTime, target);
      case 'regexp':
        // RegExp.prototype is no RegExp, but its getters answer.
        return target !== prototypes.regexp && passes(builtins.global, target);
      case 'boxed':
        return passes(builtins.symbolValue, target) || passes(builtins.bigintValue, target);
      case 'node':
        return passes(builtins.nodeType, target);
      case 'window':
        return passes(builtins.windowGetter, target);
      default:
        return true;
    }
  }

  /**
   * By the [[…Data]] slots that Object.prototype.toString looks at: null where something overrides its answer, `object` where
   * there is none of them.
   */
  function kindByTag(target: object, family: Family<S>): Kind | null {
    if (!family.tagless || objectToString === undefined || toStringTag === undefined || has(target, toStringTag))
      return null;
    const text = apply(objectToString, target, []);
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

  /** Module namespaces have no slot that a builtin reads; nothing else is likely to be made like this. */
  function isModule(target: object): boolean {
    return (
      toStringTag !== undefined && data(target, toStringTag) === 'Module' && builtins.isExtensible?.(target) === false
    );
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
      if (isArray?.(target)) return 'array';
    } catch {
      // Array.isArray looks through a proxy and throws only when it is revoked.
      return 'proxy';
    }
    if (typeof target === 'function') return functionKind(target);
    try {
      if (isView?.(target)) {
        if (typedArrayTag === undefined) return passes(builtins.viewByteLength, target) ? 'dataview' : 'typedarray';
        return apply(typedArrayTag, target, []) === undefined ? 'dataview' : 'typedarray';
      }
      if (family === orphans && isModule(target)) return 'module';
      const { likely } = family;
      if (likely !== null && isKind(likely, target)) return likely;
      const byTag = kindByTag(target, family);
      if (byTag !== null && byTag !== 'object') return byTag;
      return byTag === null && isError?.(target) === true ? 'error' : unlikelyKind(target, family);
    } catch {
      return 'object';
    }
  }

  function unlikelyKind(target: object, family: Family<S>): Kind {
    if (family.tagless || family.misses >= missesAllowed) {
      if (anyLeft > 0) anyLeft -= 1;
      else if (bareLeft > 0 && builtins.enumerableNames?.(target).length === 0) bareLeft -= 1;
      else return family.plain ? 'object' : 'instance';
    }
    // They count all the same, so that each capture has the same objects checked.
    if (checked.get(target) === undefined) {
      const kind = kindByAllChecks(target, family);
      if (kind !== null) return kind;
      checked.set(target, true);
    }
    family.misses += 1;
    return family.plain ? 'object' : 'instance';
  }

  function kindByAllChecks(target: object, family: Family<S>): Kind | null {
    if (isKind('map', target)) return 'map';
    if (isKind('set', target)) return 'set';
    if (isKind('weakmap', target)) return 'weakmap';
    if (isKind('weakset', target)) return 'weakset';
    if (isKind('weakref', target)) return 'weakref';
    if (isKind('arraybuffer', target)) return 'arraybuffer';
    if (isKind('node', target)) return 'node';
    if (isKind('window', target)) return 'window';
    if (isKind('boxed', target)) return 'boxed';
    // Of objects without a tag these were recognised before.
    if (family.tagless && toStringTag !== undefined && !has(target, toStringTag)) return null;
    if (isKind('date', target)) return 'date';
    if (isKind('regexp', target)) return 'regexp';
    if (passes(builtins.numberValue, target) || passes(builtins.stringValue, target)) return 'boxed';
    return passes(builtins.booleanValue, target) ? 'boxed' : null;
  }

  return {
    begin() {
      families = createTable(builtins);
      forget(orphans);
      forget(unreadable);
      forgetNeighbours();
      anyLeft = checksOfAny;
      bareLeft = checksOfBare;
    },
    refresh() {
      era += 1;
      forgetNeighbours();
    },
    orphans,
    unreadable,
    family,
    knows: (prototype) => families?.get(prototype)?.era === era,
    isPrototype: (target) => likelyKind(target, 1) !== null,
    kindOf,
  };
}
