/**
 * What the debugger's protocol has told the agent of objects: which are proven to be no proxies, and what only V8 can
 * see of them. Under the same rules as agent.ts; on top of them it must not touch an object that is not proven.
 */
import { type DetailSpec, Proof } from '../snapshot/exchange.ts';
import { type Kind, kinds } from '../snapshot/format.ts';
import type { Builtins } from './builtins.ts';
import type { List } from './lists.ts';
import { longestChain } from './look.ts';
import { createTable, createWeakTable } from './tables.ts';

export interface DetailItem {
  readonly what: number;
  readonly name: string;
  readonly value: unknown;
  next: DetailItem | null;
}

interface DetailList {
  readonly first: DetailItem | null;
}

/** Node's own tests of types, where they exist: then nothing has to be asked. */
export interface NativeTypes {
  readonly isProxy: NativeTest;
  readonly isNativeError: NativeTest;
  readonly isPromise: NativeTest;
  readonly isGeneratorObject: NativeTest;
  readonly isMap: NativeTest;
  readonly isSet: NativeTest;
  readonly isWeakMap: NativeTest;
  readonly isWeakSet: NativeTest;
  readonly isDate: NativeTest;
  readonly isRegExp: NativeTest;
  readonly isAnyArrayBuffer: NativeTest;
}

type NativeTest = (value: unknown) => boolean;

/** Proofs hold for the life of an object, so they are kept for the life of the agent. */
export interface Proofs {
  of(target: object): number;
  /** `code` is one of `Proof`. */
  set(target: object, code: number): void;
  useNative(types: NativeTypes): void;
}

export function createProofs(builtins: Builtins): Proofs {
  const { isError } = builtins;
  const codes = createWeakTable<number>(builtins);
  let native: ((target: object) => number) | null = null;
  const { intrinsics, intrinsicCount } = builtins;
  // A page can change these, and put nothing in their place.
  for (let index = 0; index < intrinsicCount; index += 1) {
    const target = intrinsics[index];
    if (target !== undefined) codes.set(target, Proof.NoProxy);
  }

  /** Takes them at once: a script can replace them later. All of them take 0.1 µs. */
  function byNativeTypes(types: NativeTypes): (target: object) => number {
    const { isProxy, isNativeError, isPromise, isGeneratorObject } = types;
    const { isMap, isSet, isWeakMap, isWeakSet, isDate, isRegExp, isAnyArrayBuffer } = types;
    return (target) => {
      if (isProxy(target)) return codeOf('proxy');
      if (isNativeError(target)) return codeOf('error');
      if (isPromise(target)) return codeOf('promise');
      if (isGeneratorObject(target)) return codeOf('generator');
      if (isMap(target)) return codeOf('map');
      if (isSet(target)) return codeOf('set');
      if (isWeakMap(target)) return codeOf('weakmap');
      if (isWeakSet(target)) return codeOf('weakset');
      if (isDate(target)) return codeOf('date');
      if (isRegExp(target)) return codeOf('regexp');
      return isAnyArrayBuffer(target) ? codeOf('arraybuffer') : Proof.NoProxy;
    };
  }

  return {
    of(target) {
      if (native !== null) return native(target);
      const known = codes.get(target);
      if (known !== undefined) return known;
      // The protocol runs page code to describe an error. This builtin tells errors from proxies by itself.
      if (isError?.(target) !== true) return Proof.Unknown;
      codes.set(target, codeOf('error'));
      return codeOf('error');
    },
    set(target, code) {
      codes.set(target, code);
    },
    useNative(types) {
      native = byNativeTypes(types);
    },
  };
}

export function codeOf(kind: Kind): number {
  let code = 0;
  while (kinds[code] !== kind) code += 1;
  return code + Proof.FirstKind;
}

/** The kind that a code says; null where the agent has to look itself. */
export function kindOfCode(code: number): Kind | null {
  return kinds[code - Proof.FirstKind] ?? null;
}

/** What one capture has asked for and was told. */
export interface Exact {
  readonly proofs: Proofs;
  /** Whether what may hold an error may be asked for. Null: that has to be found out first. */
  mayDescribe(): boolean | null;
  setMayDescribe(may: boolean): void;
  /** Whether code of the page's writes the stack of each error that is described. */
  hasStackHook(): boolean;
  detailsOf(target: object): DetailItem | null;
  hasDetails(target: object): boolean;
  /** What only the debugger knows of it is not asked for, because the page's code would run. */
  refuse(target: object): void;
  isRefused(target: object): boolean;
  /** Forgets what was asked for last. */
  clear(): void;
  /** Asks what the object is; each object once. */
  askKind(target: object): void;
  askDetails(target: object): void;
  readonly unknown: List<object>;
  unknownCount(): number;
  readonly wanted: List<object>;
  wantedCount(): number;
  /** Whether nothing more can be asked in this round. */
  isFull(): boolean;
  /** Takes an answer a character for the unknown objects. */
  tellKinds(codes: string): void;
  /** Takes what is known of the wanted objects. */
  tellDetails(specs: readonly DetailSpec[], values: ArrayLike<unknown>): void;
}

/** @param stackHooks Whether a hook for the stacks of errors is the page's code, also one that was there before the agent. */
export function createExact(builtins: Builtins, proofs: Proofs, stackHooks: boolean): Exact {
  const details = createTable<object, DetailList>(builtins);
  const refused = createTable<object, boolean>(builtins);
  let pending = createTable<object, boolean>(builtins);
  let unknown: List<object> = { __proto__: null };
  let wanted: List<object> = { __proto__: null };
  let unknownCount = 0;
  let wantedCount = 0;
  const hasStackHook = stackHooks ? builtins.hasStackHook : builtins.hasLaterStackHook;
  let mayDescribe: boolean | null = hasStackHook() ? false : null;

  /**
   * Asked what the window of a frame that was removed is, Chromium 156 crashes with the page. The getters take windows alone, and
   * no proxies; to throw for all others takes 4 µs, ten times as long as not to.
   */
  function isWindow(target: object): boolean {
    const { apply, lenientGetter, windowGetter } = builtins;
    if (windowGetter === undefined) return false;
    try {
      if (lenientGetter !== undefined && apply(lenientGetter, target, []) === undefined) return false;
      apply(windowGetter, target, []);
      return true;
    } catch {
      return false;
    }
  }

  function isPending(target: object): boolean {
    if (pending === null) return false;
    if (pending.get(target) !== undefined) return true;
    pending.set(target, true);
    return false;
  }

  return {
    proofs,
    mayDescribe: () => mayDescribe,
    hasStackHook,
    setMayDescribe(may) {
      mayDescribe = may;
    },
    detailsOf: (target) => details?.get(target)?.first ?? null,
    hasDetails: (target) => details === null || details.get(target) !== undefined,
    refuse(target) {
      refused?.set(target, true);
    },
    isRefused: (target) => refused?.get(target) === true,
    clear() {
      unknown = { __proto__: null };
      wanted = { __proto__: null };
      unknownCount = 0;
      wantedCount = 0;
      pending = createTable(builtins);
    },
    askKind(target) {
      if (unknownCount >= mostUnknown || isPending(target)) return;
      if (isWindow(target)) {
        proofs.set(target, codeOf('window'));
        return;
      }
      unknown[unknownCount] = target;
      unknownCount += 1;
    },
    askDetails(target) {
      if (wantedCount >= mostWanted || isPending(target)) return;
      wanted[wantedCount] = target;
      wantedCount += 1;
    },
    get unknown() {
      return unknown;
    },
    unknownCount: () => unknownCount,
    get wanted() {
      return wanted;
    },
    wantedCount: () => wantedCount,
    isFull: () => wantedCount >= mostWanted || unknownCount >= mostUnknown,
    tellKinds(codes) {
      for (let index = 0; index < unknownCount; index += 1) {
        const target = unknown[index];
        const digit = index < codes.length ? codes[index] : undefined;
        if (target === undefined || digit === undefined) continue;
        proofs.set(target, digitValue(digit));
      }
    },
    tellDetails(specs, values) {
      let at = 0;
      for (let index = 0; index < wantedCount; index += 1) {
        let first: DetailItem | null = null;
        let last: DetailItem | null = null;
        for (; at < specs.length; at += 1) {
          const spec = specs[at];
          if (spec === undefined || spec[0] !== index) break;
          const item: DetailItem = { what: spec[1], name: spec[2], value: values[spec[3]], next: null };
          if (last === null) first = item;
          else last.next = item;
          last = item;
        }
        const target = wanted[index];
        if (target !== undefined) details?.set(target, { first });
      }
    },
  };
}

/** The page stands still while V8 says what they are: 5 µs each, more where they are more. */
const mostUnknown = 20_000;
/** Each of them takes requests of its own, and the answers go back as arguments of one call. */
const mostWanted = 1000;

/**
 * Whether describing an error runs none of the page's code: V8 reads its name and message along the prototype chain, and its
 * stack where it has none of its own.
 * Null: objects on the chain have been asked for.
 */
export function isHarmless(builtins: Builtins, exact: Exact, error: object): boolean | null {
  let name = false;
  let message = false;
  let stack = builtins.has(error, 'stack');
  let hop: object | null = error;
  for (let hops = 0; hop !== null && hops < longestChain; hops += 1) {
    const proof = exact.proofs.of(hop);
    if (proof === codeOf('proxy')) return false;
    if (proof === Proof.Unknown) {
      exact.askKind(hop);
      return null;
    }
    if (!name) {
      const found = builtins.dataOrNative(hop, 'name');
      if (found === false) return false;
      name = found === true;
    }
    if (!message) {
      const found = builtins.dataOrNative(hop, 'message');
      if (found === false) return false;
      message = found === true;
    }
    if (!stack) {
      const found = builtins.dataOrNative(hop, 'stack');
      if (found === false) return false;
      stack = found === true;
    }
    hop = builtins.getPrototypeOf(hop);
  }
  return hop === null;
}

/** Codes cross as characters from `0` on. */
const codeDigits = '0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function digitValue(digit: string): number {
  let value = 0;
  while (codeDigits[value] !== digit && value < codeDigits.length) value += 1;
  return value;
}
