/** Finds what objects with one prototype have in common. Must never trust a property of the page, nor run its code. */
import type { Kind } from '../../wire/format.ts';
import type { Builtins } from './builtins.ts';
import { isFunction } from './judge.ts';
import { longestChain } from './safe-read.ts';
import { createTable } from './tables.ts';

/**
 * What all objects with one prototype have in common. It is found once for each capture, and again after code of the page or of a
 * user may have run, because the chain may have changed.
 */
export interface Family<S> {
  /** Null for the null prototype. */
  className: string | null;
  /** The function that has this name; null for none. */
  maker: object | null;
  /** Which of the classes of this name it is; undefined until that is asked. */
  namesake: Namesake | null | undefined;
  /** The prototype is null or some realm's Object.prototype. */
  plain: boolean;
  /** No `Symbol.toStringTag` on the prototype chain. */
  tagless: boolean;
  /** The kind whose builtin prototype of this realm is on the chain. */
  likely: Kind | null;
  /** When this was found. */
  era: number;
  /** Whether objects with this prototype may have private fields; null until that is asked. */
  hasPrivate: boolean | null;
  /** The object that was asked about last, when the prototypes do not lead to their class. */
  probe: object | null;
  /** Private members by the texts of its classes; null where they cannot tell, undefined while that is unknown. */
  fieldSet: object | null | undefined;
  /** How many others may be asked about while none has private fields. */
  probesLeft: number;
  /** The number of complete checks that found nothing. */
  misses: number;
  /** Makes of these objects that were met, for the kinds. */
  makes: Make | null;
  /** The latest shape of these objects, for the walk. */
  shapes: S | null;
}

/** What objects of one class mostly have in common: the number of their enumerable properties, the first one and the last one. */
export interface Make {
  readonly count: number;
  readonly first: string | symbol | undefined;
  readonly last: string | symbol | undefined;
  readonly next: Make | null;
}

/** One of several classes of a name. */
export interface Namesake {
  /** In the order in which they were met, from 1. */
  readonly ordinal: number;
  /** Where it is defined, and the first one of that name; empty where that is unknown. */
  readonly place: string;
  readonly firstPlace: string;
}

/** Objects whose prototype chain looks like a builtin's are checked, until this many with one prototype were not of that kind. */
export const missesAllowed = 8;

export interface Families<S> {
  /** Forgets what an earlier capture found. */
  begin(): void;
  /** Must be called whenever code of the page or of the user may have run. */
  refresh(): void;
  /** The family of objects without a prototype. */
  readonly orphans: Family<S>;
  /** The family of an object whose prototype cannot be read. */
  readonly unreadable: Family<S>;
  of(prototype: object | null): Family<S>;
  /** Whether `of` was called for this prototype since then. */
  knows(prototype: object): boolean;
  /** Whether it is a builtin prototype of this realm. */
  isPrototype(target: object): boolean;
}

/** @param isProxy Whether an object is known to be a proxy, which then is not touched. */
export function createFamilies<S>(builtins: Builtins, isProxy: (target: object) => boolean): Families<S> {
  const { data, hasTag, tagOf, looksNative, getPrototypeOf, prototypes } = builtins;
  let families = createTable<object, Family<S>>(builtins);
  const orphans = newFamily<S>(null, true, true, null, 0);
  const unreadable = newFamily<S>('Object', true, false, null, 0);
  forget(unreadable);

  // Neighbors often have the same make, or alternate between two.
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
    family.fieldSet = undefined;
    family.probesLeft = 0;
    family.misses = family === unreadable ? missesAllowed : 0;
    family.makes = null;
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
    const known = families.get(prototype);
    if (known?.era === era) return known;
    const found = inspectChain(prototype);
    if (known === undefined) {
      families.set(prototype, found);
      return found;
    }
    known.className = found.className;
    if (known.maker !== found.maker) known.namesake = undefined;
    known.maker = found.maker;
    known.plain = found.plain;
    known.tagless = found.tagless;
    known.likely = found.likely;
    known.era = era;
    return known;
  }

  /** Iterators of the language and the browser have no class, but a tag. */
  function iteratorName(hop: object): string | null {
    const next = data(hop, 'next');
    const tag = isFunction(next) && !isProxy(next) && looksNative(next, 'next') ? tagOf(hop) : null;
    return typeof tag === 'string' ? tag : null;
  }

  function inspectChain(prototype: object): Family<S> {
    let className: string | null = null;
    let named: object | null = null;
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
          if (typeof name === 'string' && name !== '') {
            className = name;
            named = isFunction(maker) ? maker : null;
          }
        }
        if (hasTag(hop)) {
          tagless = false;
          if (className === null) {
            className = iteratorName(hop);
            if (distance === 0 && isTextIterator(className)) likely = 'iterator';
          }
        }
        if (likely === null) {
          likely = likelyKind(prototypes, hop, distance);
          if (likely === 'generator' || likely === 'iterator') {
            const tag = tagOf(hop);
            if (typeof tag === 'string') className = tag;
          }
        }
        last = hop;
        hop = getPrototypeOf(hop);
        distance += 1;
      }
      // A prototype further up may have a tag too.
      if (hop !== null) tagless = false;
    } catch {
      // A proxy on the chain is revoked or throws. What is known so far must be enough.
      tagless = false;
    }
    const plain = last === prototype && (prototype === prototypes.object || className === 'Object');
    const found = newFamily<S>(className ?? 'Object', plain, tagless, likely, era);
    found.maker = named;
    return found;
  }

  return {
    begin() {
      families = createTable(builtins);
      forget(orphans);
      forget(unreadable);
      forgetNeighbours();
    },
    refresh() {
      era += 1;
      forgetNeighbours();
    },
    orphans,
    unreadable,
    of: family,
    knows: (prototype) => families.get(prototype)?.era === era,
    isPrototype: (target) => likelyKind(prototypes, target, 1) !== null,
  };
}

function newFamily<S>(
  className: string | null,
  plain: boolean,
  tagless: boolean,
  likely: Kind | null,
  era: number,
): Family<S> {
  return {
    className,
    maker: null,
    namesake: undefined,
    plain,
    tagless,
    likely,
    era,
    hasPrivate: null,
    probe: null,
    fieldSet: undefined,
    probesLeft: 0,
    misses: 0,
    makes: null,
    shapes: null,
  };
}

const isTextIterator = (tag: string | null): boolean => tag === 'String Iterator' || tag === 'RegExp String Iterator';

/** The kind of objects whose chain has this prototype at this distance. */
function likelyKind(prototypes: Builtins['prototypes'], hop: object, distance: number): Kind | null {
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
    // No builtin can distinguish promises, generators and iterators from objects that inherit from their prototypes without changing
    // them: `then` marks a promise as handled, `next` runs a generator. So the chain decides.
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
