/**
 * In an exact capture: what has to be asked of the debugger before an object may be read. Must not touch an object that is
 * not proven to be no proxy.
 */
import { Detail, Proof } from '../snapshot/exchange.ts';
import type { Family } from './brands.ts';
import { codeOf, type DetailItem, isHarmless } from './exact.ts';
import { isObject, longestChain } from './look.ts';
import type { Visit } from './mentions.ts';
import type { Objects } from './objects.ts';
import type { Shape } from './record.ts';
import type { ScopeInput } from './roots.ts';
import type { Work } from './work.ts';

export interface Readiness {
  /** Whether an object can be written; if not, asks for what is missing. */
  isReady(visit: Visit): boolean;
  /** The same for the words that say what was thrown. */
  isDescribable(thrown: unknown): boolean;
  /** Asks, beside the first that is asked for, for what most objects need sooner or later: a round less for each. */
  askCommon(): void;
  /** Whether it has to be known of all errors if they can be described. */
  errorsNeeded: boolean;
}

export function createReadiness(work: Work, objects: Objects): Readiness {
  const { builtins, budget, look, brands, isProxy } = work;

  function areScopesReady(input: ScopeInput): boolean {
    let ready = true;
    for (let index = 0; index < input.scopeCount; index += 1) {
      const scope = input.scopes[index];
      if (scope !== undefined && !isProven(scope.variables)) ready = false;
    }
    return ready;
  }

  function isProven(target: object): boolean {
    const { exact } = work;
    if (exact === null || exact.proofs.of(target) !== Proof.Unknown) return true;
    exact.askKind(target);
    return false;
  }

  /** Whether what `brands.family` looks at is proven: the prototypes and their constructors, up to the first proxy. */
  function isChainProven(target: object): boolean {
    let hop = builtins.getPrototypeOf(target);
    if (hop !== null && brands.knows(hop)) return true;
    while (hop !== null) {
      if (!isProven(hop)) return false;
      if (isProxy(hop)) return true;
      const maker = builtins.data(hop, 'constructor');
      if (isObject(maker) && !isProven(maker)) return false;
      hop = builtins.getPrototypeOf(hop);
    }
    return true;
  }

  /** Answers about most others hold what the page's code made them hold on purpose. */
  function mayHoldError({ target }: Visit, code: number): boolean {
    if (code === codeOf('proxy') || code === codeOf('promise') || code === codeOf('generator')) return true;
    if (typeof target === 'function' && isBound(target)) return true;
    const { likely, hasPrivate, probe } = objects.familyOf(target);
    return likely === 'promise' || likely === 'generator' || hasPrivate === true || probe === target;
  }

  /** Bound functions have no name in their text; neither have a few of V8's own. */
  function isBound(target: object): boolean {
    if (builtins.functionText === undefined) return true;
    return look.ask(builtins.functionText, target) === 'function () { [native code] }';
  }

  /**
   * Whether what V8 describes on the way runs none of the page's code: with an object's internals come its own properties
   * and its prototype. Null: objects have been asked for to know.
   */
  function areAllHarmless(target: object, code: number): boolean | null {
    const { exact } = work;
    if (exact === null || code === codeOf('proxy')) return true;
    let describable = isHarmlessToTell(target);
    if (describable !== false) describable = both(describable, isHarmlessToTell(builtins.getPrototypeOf(target)));
    if (describable !== false) describable = both(describable, areOwnHarmless(target));
    return describable;
  }

  function areOwnHarmless(target: object): boolean | null {
    const { ownKeys, ownNames, ownSymbols } = builtins;
    if (ownKeys !== undefined) return areHarmless(target, ownKeys(target));
    if (ownNames === undefined || ownSymbols === undefined) return false;
    return both(areHarmless(target, ownNames(target)), areHarmless(target, ownSymbols(target)));
  }

  function areHarmless(target: object, keys: ArrayLike<PropertyKey>): boolean | null {
    let harmless: boolean | null = true;
    for (let index = 0; index < keys.length && harmless !== false; index += 1)
      harmless = both(harmless, isHarmlessToTell(look.data(target, keys[index] ?? '')));
    return harmless;
  }

  function both(one: boolean | null, other: boolean | null): boolean | null {
    return one === true || other === false ? other : one;
  }

  function isHarmlessToTell(value: unknown): boolean | null {
    const { exact } = work;
    if (exact === null || !isObject(value) || exact.proofs.of(value) !== codeOf('error')) return true;
    return exact.hasStackHook() ? false : isHarmless(builtins, exact, value);
  }

  function wantsDetails(visit: Visit, code: number): boolean {
    const { target } = visit;
    // To ask about an error is to have it described.
    if (code === codeOf('error')) return hasPrivate(target, objects.familyOf(target));
    if (code === codeOf('weakmap') || code === codeOf('weakset')) return true;
    if (code === codeOf('proxy') || code === codeOf('promise') || code === codeOf('generator')) return true;
    const family = objects.familyOf(target);
    const { likely } = family;
    if (likely === 'iterator') return true;
    if (code === Proof.NoProxy && (likely === 'promise' || likely === 'generator')) return true;
    if (code === Proof.NoProxy && (likely === 'weakmap' || likely === 'weakset')) return true;
    const asked = visit.depth === 0 || work.isExpanded(visit.id) || work.isOpened(visit.id);
    if (typeof target === 'function') {
      if (asked || work.view.scopes || work.view.functions || mentionsPrivate(target)) return true;
      // To ask about each function of a page takes longer than a search may.
      return work.readsFunctions() && isBound(target);
    }
    // A window that is asked for may crash the page (exact.ts).
    if (code === codeOf('window') || code === codeOf('node')) return false;
    if (objects.isForeign(target) || target === builtins.globalObject) return false;
    return hasPrivate(target, family);
  }

  /** Whether a class's own text has private names in it. */
  function mentionsPrivate(maker: object): boolean {
    if (builtins.functionText === undefined || builtins.includes === undefined || !builtins.appliesToPrimitives)
      return true;
    const text = look.ask(builtins.functionText, maker);
    if (typeof text !== 'string') return false;
    return text[0] === 'c' && builtins.apply(builtins.includes, text, ['#']);
  }

  /**
   * By the texts of the classes along the prototype chain, found out once a family. Where a prototype does not say its class,
   * because its `constructor` was deleted or replaced, by what the debugger tells of the family's first object.
   */
  function hasPrivate(target: object, family: Family<Shape>): boolean {
    const { exact } = work;
    if (family.plain) return false;
    if (family.hasPrivate !== null) return family.hasPrivate;
    if (family.probe !== null) {
      if (exact === null || !exact.hasDetails(family.probe)) return family.probe === target;
      family.hasPrivate = tellsOfPrivate(exact.detailsOf(family.probe));
      return family.hasPrivate;
    }
    let result = false;
    let told = true;
    for (let hop = builtins.getPrototypeOf(target); hop !== null && !isProxy(hop); hop = builtins.getPrototypeOf(hop)) {
      const maker = builtins.data(hop, 'constructor');
      const known = typeof maker === 'function' && !isProxy(maker);
      if (known && mentionsPrivate(maker)) result = true;
      if (!brands.isPrototype(hop) && !(known && builtins.data(maker, 'prototype') === hop)) told = false;
    }
    if (result || told) family.hasPrivate = result;
    else family.probe = target;
    return result || !told;
  }

  const readiness: Readiness = {
    errorsNeeded: false,
    askCommon() {
      const { intrinsics, intrinsicCount } = builtins;
      for (let index = 0; index < intrinsicCount; index += 1) {
        const maker = builtins.data(intrinsics[index], 'constructor');
        if (isObject(maker)) isProven(maker);
      }
    },
    isDescribable(thrown) {
      if (work.exact === null) return true;
      let hop: unknown = thrown;
      for (let hops = 0; isObject(hop) && hops < longestChain && !budget.late; hops += 1) {
        if (!isProven(hop)) return false;
        if (isProxy(hop) || typeof look.data(hop, 'name') === 'string') return true;
        hop = builtins.getPrototypeOf(hop);
      }
      return true;
    },
    isReady(visit) {
      const { exact } = work;
      if (exact === null || budget.late) return true;
      const { synthetic, target } = visit;
      if (synthetic !== null) return synthetic.type !== 'scope' || areScopesReady(synthetic);
      if (!isProven(target)) return false;
      const code = exact.proofs.of(target);
      if (code !== codeOf('proxy') && !isChainProven(target)) return false;
      if (exact.hasDetails(target) || objects.limitOf(visit) !== null || !wantsDetails(visit, code)) return true;
      if (mayHoldError(visit, code)) {
        const may = exact.mayDescribe();
        if (may === null) readiness.errorsNeeded = true;
        if (may === false) exact.refuse(target);
        if (may !== true) return may === false;
      }
      const describable = areAllHarmless(target, code);
      if (describable === false) exact.refuse(target);
      else if (describable) exact.askDetails(target);
      return describable === false;
    },
  };
  return readiness;
}

function tellsOfPrivate(items: DetailItem | null): boolean {
  for (let item = items; item !== null; item = item.next) {
    if (item.what === Detail.Field || item.what === Detail.Accessor || item.what === Detail.Methods) return true;
  }
  return false;
}
