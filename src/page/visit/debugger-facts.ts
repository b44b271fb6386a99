/**
 * What the agent knows about objects from the debugger's protocol: which are proven to be no proxies, and what only V8 can see of
 * them. The rules of agent.ts apply. In addition, it must not touch an object that is not proven.
 */
import { type DetailSpec, Proof } from '../../wire/debugger-exchange.ts';
import { type Kind, kinds } from '../../wire/format.ts';
import type { ReasonCode } from '../../wire/reasons.ts';
import type { Builtins } from '../realm/builtins.ts';
import { isQuotedAsError } from '../realm/judge.ts';
import type { List } from '../realm/lists.ts';
import type { ProxyTest } from '../realm/proxy-test.ts';
import { longestChain } from '../realm/safe-read.ts';
import { createTable, createWeakTable, type Table } from '../realm/tables.ts';
import { createFieldQuestions, type Declarations, type FieldQuestions } from './field-questions.ts';
import type { DetailItem } from './handed.ts';
import { type Handed, handedAt } from './handed.ts';

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

export function isNativeTypes(value: object): value is NativeTypes {
  return 'isProxy' in value;
}

type NativeTest = (value: unknown) => boolean;

/** Proofs are valid for the life of an object, so they are kept for the life of the agent. */
export interface Proofs {
  /** The class of an error whose description runs the page's code, if one was met; '' for one without a name. */
  harmful: string | null;
  /** A table of WebAssembly was met. Scripts make some without a module, of which the debugger would tell. */
  holdsTable: boolean;
  of(target: object): number;
  /** `code` is one of `Proof`. */
  set(target: object, code: number): void;
  useNative(types: NativeTypes): void;
}

export function createProofs(builtins: Builtins, proxyTest: ProxyTest | null): Proofs {
  const isError = builtins.lacksIsError ? isQuotedError : builtins.isError;
  const codes = createWeakTable<number>(builtins);
  let native: ((target: object) => number) | null = null;
  const { intrinsics, intrinsicCount } = builtins;
  // A page can change these objects, but not replace them.
  for (let index = 0; index < intrinsicCount; index += 1) {
    const target = intrinsics[index];
    if (target !== undefined) codes.set(target, Proof.NoProxy);
  }

  /** For a page that replaced Error.isError. */
  function isQuotedError(target: object): boolean {
    if (!isQuotedAsError(target)) return false;
    // A page that hardens its prototypes also writes all stacks. A proxy around an error is then read as an error.
    if (proxyTest?.isUsable() !== true) return builtins.hardened;
    let proven = false;
    proxyTest.sort({ __proto__: null, 0: target }, 1, () => {
      proven = true;
    });
    return proven;
  }

  /** Takes Node's tests at once, because a script can replace them later. All of them together take 0.1 µs. */
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
    harmful: null,
    holdsTable: false,
    of(target) {
      if (native !== null) return native(target);
      const known = codes.get(target);
      if (known !== undefined) return known;
      // The protocol runs code of the page to describe an error. This builtin distinguishes errors from proxies by itself.
      if (isError(target) !== true) return Proof.Unknown;
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

/** Whether an object is known to be no proxy, or can be proven without the debugger to be none. */
export function isProvenNoProxy(target: object, proofs: Proofs, proxyTest: ProxyTest | null): boolean {
  const code = proofs.of(target);
  if (code !== Proof.Unknown) return code !== codeOf('proxy');
  let proven = false;
  if (proxyTest?.isUsable() === true)
    proxyTest.sort({ __proto__: null, 0: target }, 1, () => {
      proven = true;
    });
  return proven;
}

export function codeOf(kind: Kind): number {
  let code = 0;
  while (kinds[code] !== kind) code += 1;
  return code + Proof.FirstKind;
}

/** The kind of a code; null when the agent must find it out itself. */
export function kindOfCode(code: number): Kind | null {
  return kinds[code - Proof.FirstKind] ?? null;
}

const tableReason: ReasonCode = 'errorsTable';

/** The questions of one capture, and the answers. */
export interface Exact {
  readonly proofs: Proofs;
  readonly fields: FieldQuestions;
  /** Whether all errors are looked at without being asked to. */
  readonly inNode: boolean;
  /** Whether an error is known whose description runs the page's code. */
  knowsHarmful(): boolean;
  /** Whether the first one was found since the last question. */
  becameHarmful(): boolean;
  /** Whether objects that may contain an error may be asked for; null until that is known. */
  mayDescribe(): boolean | null;
  setMayDescribe(may: boolean): void;
  /** What may hold an error is not asked for, for this reason. */
  refuseErrors(reason: string): void;
  /** Remembers a table of WebAssembly: a search for all errors may crash its page. */
  noteTable(): void;
  /** Remembers that describing this error runs the page's code. */
  noteHarmful(error: object): void;
  /** Whether code of the page writes the stack of each error that is described. */
  hasStackHook(): boolean;
  detailsOf(target: object): DetailItem | null;
  hasDetails(target: object): boolean;
  /**
   * Records that what only the debugger knows about the object is not asked for, because the page's code would run.
   * @param unasked Whether it is asked for once the user opens the object.
   */
  refuse(target: object, reason: string, unasked: boolean): void;
  isUnasked(target: object): boolean;
  /** Takes what was read of private fields as all that there is. */
  settle(target: object): unknown;
  /** A clause that says why it was not asked for; undefined when it was, or was not wanted. */
  refusalOf(target: object): string | undefined;
  /** Why objects that may contain an error are not asked for. */
  errorRefusal(): string;
  /** Forgets the latest questions. */
  clear(): void;
  /** Asks what the object is. Each object is asked for once. */
  askKind(target: object): void;
  askDetails(target: object): void;
  readonly unknown: List<object>;
  unknownCount(): number;
  readonly wanted: List<object>;
  wantedCount(): number;
  /** Whether this round is full. */
  isFull(): boolean;
  /** Reads an answer, with one character for each unknown object. */
  answerKinds(codes: string): void;
  /**
   * Proves what it can about the unknown objects without a question, for a list so long that questions would take too much time.
   * Returns whether nothing is left to ask.
   */
  proveHere(): boolean;
  /** From now on `proveHere` proves what it can. */
  beAlone(): void;
  /** Reads the details of the wanted objects. */
  answerDetails(specs: readonly DetailSpec[], values: Handed): void;
}

/** @param stackHooks Whether a hook for the stacks of errors is the page's code, also one that was there before the agent. */
export function createExact(
  builtins: Builtins,
  proofs: Proofs,
  proxyTest: ProxyTest | null,
  { stackHooks, inNode }: { readonly stackHooks: boolean; readonly inNode: boolean },
  declarations: Declarations,
): Exact {
  const details = createTable<object, DetailList>(builtins);
  const refused = createTable<object, { readonly reason: string; readonly unasked: boolean }>(builtins);
  /** The objects that were asked for, once there is more than one. A long list asks for one at a time. */
  let pending: Table<object, boolean> | null = null;
  let unknown: List<object> = { __proto__: null };
  let wanted: List<object> = { __proto__: null };
  let unknownCount = 0;
  let wantedCount = 0;
  const hasStackHook = stackHooks ? builtins.hasStackHook : builtins.hasLaterStackHook;
  let mayDescribe: boolean | null = hasStackHook() ? false : null;
  let alone = false;
  let refusal = '';
  const refuseForTables = (): void => {
    mayDescribe = false;
    refusal = tableReason;
  };
  if (proofs.holdsTable && !inNode) refuseForTables();
  const fields = createFieldQuestions(builtins, declarations, hasStackHook, inNode);
  let harmful = hasStackHook() ? 'Error.prepareStackTrace' : '';
  const harmfulNews = createNews();

  function isPending(target: object): boolean {
    if (unknownCount + wantedCount === 0) return false;
    if (pending === null) {
      pending = createTable<object, boolean>(builtins);
      const first = unknownCount > 0 ? unknown[0] : wanted[0];
      if (first !== undefined) pending.set(first, true);
    }
    if (pending.get(target) !== undefined) return true;
    pending.set(target, true);
    return false;
  }

  return {
    proofs,
    fields,
    inNode,
    knowsHarmful: () => proofs.harmful !== null || hasStackHook(),
    becameHarmful: () => harmfulNews.take(),
    settle: (target) => details.set(target, { first: fields.itemsOf(target) }),
    mayDescribe: () => mayDescribe,
    hasStackHook,
    setMayDescribe(may) {
      mayDescribe = may;
    },
    detailsOf: (target) => details.get(target)?.first ?? null,
    hasDetails: (target) => builtins.maps === null || details.get(target) !== undefined,
    refuseErrors(reason) {
      mayDescribe = false;
      refusal = reason;
    },
    noteTable() {
      if (!inNode) refuseForTables();
      proofs.holdsTable = true;
    },
    noteHarmful(error) {
      harmful = classOf(builtins, proofs, error);
      if (proofs.harmful === null) harmfulNews.put();
      proofs.harmful = harmful;
    },
    refuse(target, reason, unasked) {
      refused.set(target, { reason, unasked });
    },
    refusalOf: (target) => refused.get(target)?.reason,
    isUnasked: (target) => refused.get(target)?.unasked === true,
    errorRefusal() {
      if (refusal !== '') return refusal;
      const known = harmful === '' ? (proofs.harmful ?? '') : harmful;
      return known === '' ? 'errorRuns' : `errorOfRuns\n${known}`;
    },
    clear() {
      unknown = { __proto__: null };
      wanted = { __proto__: null };
      unknownCount = 0;
      wantedCount = 0;
      pending = null;
      fields.clear();
    },
    askKind(target) {
      if (unknownCount >= mostUnknown || isPending(target)) return;
      if (isWindow(builtins, target)) {
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
    answerKinds(codes) {
      for (let index = 0; index < unknownCount; index += 1) {
        const target = unknown[index];
        const digit = index < codes.length ? codes[index] : undefined;
        if (target === undefined || digit === undefined) continue;
        proofs.set(target, digitValue(digit));
      }
    },
    beAlone() {
      alone = proxyTest !== null;
    },
    proveHere() {
      if (!alone || unknownCount === 0 || proxyTest?.isUsable() !== true) return false;
      proxyTest.sort(unknown, unknownCount, (target, builtin) => {
        // Only the debugger knows what an object with an exchanged prototype is.
        if (!builtin || isCollectionPrototype(builtins, builtins.getPrototypeOf(target)))
          proofs.set(target, Proof.NoProxy);
      });
      const left: List<object> = { __proto__: null };
      let leftCount = 0;
      for (let index = 0; index < unknownCount; index += 1) {
        const target = unknown[index];
        if (target === undefined || proofs.of(target) !== Proof.Unknown) continue;
        left[leftCount] = target;
        leftCount += 1;
      }
      unknown = left;
      unknownCount = leftCount;
      return leftCount === 0 && wantedCount === 0 && fields.textCount() === 0 && fields.boxCount() === 0;
    },
    answerDetails(specs, values) {
      readDetails(specs, values, wantedCount, (index, first) => {
        const target = wanted[index];
        if (target !== undefined) details.set(target, { first });
      });
    },
  };
}

/** Chains the details of each object, in their order. */
function readDetails(
  specs: readonly DetailSpec[],
  values: Handed,
  count: number,
  put: (index: number, first: DetailItem | null) => void,
): void {
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    let first: DetailItem | null = null;
    let last: DetailItem | null = null;
    for (; at < specs.length; at += 1) {
      const spec = specs[at];
      if (spec === undefined || spec[0] !== index) break;
      const item: DetailItem = { what: spec[1], name: spec[2], value: handedAt(values, spec[3]), next: null };
      if (last === null) first = item;
      else last.next = item;
      last = item;
    }
    put(index, first);
  }
}

/** Something that is new until it is taken. */
function createNews(): { put(): void; take(): boolean } {
  let isNew = false;
  return {
    put() {
      isNew = true;
    },
    take() {
      const was = isNew;
      isNew = false;
      return was;
    },
  };
}

/**
 * Asking the protocol about the window of a removed frame crashes the page (Chromium 156). These getters accept only windows, and no
 * proxies. For all others they throw, which takes 4 µs, ten times as long as returning.
 */
function isWindow(builtins: Builtins, target: object): boolean {
  const { apply } = builtins;
  const { lenientGetter, windowGetter } = builtins.browser;
  try {
    if (apply(lenientGetter, target, []) === undefined) return false;
    apply(windowGetter, target, []);
    return true;
  } catch {
    return false;
  }
}

/** Whether it is known what the constructor of an error is; if not, asks for it. */
export function isClassKnown(builtins: Builtins, exact: Exact, error: object): boolean {
  let hop = builtins.getPrototypeOf(error);
  for (let hops = 0; hop !== null && hops < longestChain; hops += 1) {
    const proof = exact.proofs.of(hop);
    if (proof === Proof.Unknown || proof === codeOf('proxy')) return true;
    const maker = builtins.data(hop, 'constructor');
    if (typeof maker === 'function') {
      if (exact.proofs.of(maker) !== Proof.Unknown) return true;
      exact.askKind(maker);
      return exact.proofs.of(maker) !== Proof.Unknown;
    }
    hop = builtins.getPrototypeOf(hop);
  }
  return true;
}

/** By own data of what is proven, or ''. */
function classOf(builtins: Builtins, proofs: Proofs, error: object): string {
  let hop = builtins.getPrototypeOf(error);
  for (let hops = 0; hop !== null && hops < longestChain; hops += 1) {
    const proof = proofs.of(hop);
    if (proof === Proof.Unknown || proof === codeOf('proxy')) return '';
    const maker = builtins.data(hop, 'constructor');
    if (typeof maker === 'function' && proofs.of(maker) !== Proof.Unknown && proofs.of(maker) !== codeOf('proxy')) {
      const name = builtins.data(maker, 'name');
      return typeof name === 'string' ? name : '';
    }
    hop = builtins.getPrototypeOf(hop);
  }
  return '';
}

function isCollectionPrototype({ prototypes }: Builtins, target: object | null): boolean {
  return (
    target !== null &&
    (target === prototypes.map ||
      target === prototypes.set ||
      target === prototypes.weakMap ||
      target === prototypes.weakSet ||
      target === prototypes.weakRef ||
      target === prototypes.promise ||
      target === prototypes.arrayBuffer ||
      target === prototypes.sharedBuffer ||
      target === prototypes.symbol ||
      target === prototypes.bigint)
  );
}

/** The number of objects in a question. The page waits while V8 answers: 5 µs for each, more in a longer list. */
const mostUnknown = 20_000;
/** The number of objects whose details are asked for. Each takes requests of its own, and all answers are arguments of one call. */
const mostWanted = 1000;

/**
 * Whether describing an error runs no code of the page. V8 reads its name and message along the prototype chain, and its stack
 * when it has none of its own. Null when objects on the chain were asked for first.
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

/** Codes cross as characters, starting at `0`. */
const codeDigits = '0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function digitValue(digit: string): number {
  let value = 0;
  while (codeDigits[value] !== digit && value < codeDigits.length) value += 1;
  return value;
}
