/**
 * In an exact capture, decides what must be asked of the debugger before an object is read. Must not touch an object that is not
 * proven to be no proxy.
 */
import { Proof } from '../../wire/debugger-exchange.ts';
import { isObject, longestChain } from '../realm/safe-read.ts';
import { codeOf, type Exact, kindOfCode } from '../visit/debugger-facts.ts';
import { createErrorRisk } from '../visit/error-risk.ts';
import { createHarmless, type Harmless } from '../visit/harmless.ts';
import { createPrivateFields, createStamps, type PrivateFields } from '../visit/private-fields.ts';
import type { ScopeInput } from '../visit/roots.ts';
import type { Visit } from '../visit/visit-queue.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import type { ObjectFacts } from './object-facts.ts';
import { sizeOf } from './primitives.ts';

/** Entries of a collection that is asked for private fields. */
const mostEntries = 1000;

export interface Readiness {
  /** Whether an object can be written; if not, asks for what is missing. */
  isReady(visit: Visit): boolean;
  /** The same for the description of what was thrown. */
  isDescribable(thrown: unknown): boolean;
  /** In addition to the objects of this round, asks for what most objects need later, which saves rounds. */
  askCommon(): void;
  /** Whether it must be known of all errors if they can be described. */
  errorsNeeded: boolean;
  /** Forgets the objects of the latest capture. */
  forget(): void;
}

/** What is asked beside what the object itself needs. */
function createSideQuestions(
  context: WalkContext,
  facts: ObjectFacts,
  { isHarmlessToAsk }: Harmless,
  { mentionsPrivate }: PrivateFields,
) {
  const { builtins, safe } = context;
  const stamps = createStamps(builtins);

  /** Whether it is known where its class is defined, if there are several of that name. */
  function isClassPlaced(target: object, exact: Exact): boolean {
    const makers = context.namesakes.toBePlaced(facts.familyOf(target));
    if (makers === null) return true;
    let placed = true;
    for (let index = 0; index < 2; index += 1) {
      const maker = makers[index === 0 ? 0 : 1];
      if (exact.hasDetails(maker) || (exact.knowsHarmful() && mentionsPrivate(maker))) continue;
      const describable = isHarmlessToAsk(maker, exact.proofs.of(maker));
      if (describable === true) exact.askDetails(maker);
      if (describable !== false) placed = false;
    }
    return placed;
  }

  /**
   * Whether it is known if it has private fields of which no class tells. What a user did not ask for is not refused: that would be
   * said of each object.
   */
  function isStampKnown(visit: Visit, code: number, exact: Exact): boolean {
    const { target } = visit;
    if (exact.knowsHarmful() || typeof target === 'function') return true;
    const prototype = builtins.getPrototypeOf(target);
    const asked = visit.depth === 0 || context.isExpanded(visit.id) || context.isOpened(visit.id);
    if (!(stamps.mayHave(target, prototype, exact) || asked) || !mayBeAsked(target, code)) return true;
    const harmless = isHarmlessToAsk(target, code);
    if (harmless === true) exact.askDetails(target);
    return harmless === false;
  }

  /** The characters of a String are properties. */
  function textLength(target: object): number {
    const length = safe.data(target, 'length');
    return typeof length === 'number' ? length : 0;
  }

  /** Of a collection V8 lists all entries with its private fields, and of a long list all names are looked at here. */
  function mayBeAsked(target: object, code: number): boolean {
    if (code === codeOf('error') || code === codeOf('window') || typeof target === 'function') return false;
    if (facts.isForeign(target) || target === builtins.globalObject) return false;
    const proven = code >= Proof.FirstKind ? kindOfCode(code) : null;
    const { isView } = builtins.binaries;
    const kind = builtins.isArray(target) ? 'array' : isView(target) ? 'typedarray' : proven;
    if (kind === 'boxed' || kind === null) return textLength(target) <= mostEntries;
    return (sizeOf(context, target, kind) ?? 0) <= mostEntries;
  }

  function isOfWasm(target: object): boolean {
    const { wasmTable, wasmInstance } = builtins.prototypes;
    const prototype = builtins.getPrototypeOf(target);
    if (prototype === null || (prototype !== wasmTable && prototype !== wasmInstance)) return false;
    if (prototype === wasmTable) context.exact?.noteTable();
    return true;
  }

  return { isClassPlaced, isStampKnown, isOfWasm, forget: stamps.forget };
}

export function createReadiness(context: WalkContext, facts: ObjectFacts): Readiness {
  const { builtins, budget, safe, families, isProxy } = context;
  const harmless = createHarmless(context);
  const { isHarmlessToAsk, refusal } = harmless;
  const { isBound, isAskedFor, isDescribed, noteIfHarmful } = createErrorRisk(context, facts.familyOf);
  const privateFields = createPrivateFields(context);
  const { mentionsPrivate, hasPrivate, fieldSetOf } = privateFields;
  const side = createSideQuestions(context, facts, harmless, privateFields);
  const { isClassPlaced, isStampKnown, isOfWasm } = side;

  function areScopesReady(input: ScopeInput): boolean {
    let ready = true;
    for (let index = 0; index < input.scopeCount; index += 1) {
      const scope = input.scopes[index];
      if (scope !== undefined && !isProven(scope.variables)) ready = false;
    }
    return ready;
  }

  function isProven(target: object): boolean {
    const { exact } = context;
    if (exact === null || exact.proofs.of(target) !== Proof.Unknown) return true;
    exact.askKind(target);
    return false;
  }

  /** Whether all that `families.of` reads is proven: the prototypes and their constructors, up to the first proxy. */
  function isChainProven(target: object): boolean {
    let hop = builtins.getPrototypeOf(target);
    if (hop !== null && families.knows(hop)) return true;
    while (hop !== null) {
      if (!isProven(hop)) return false;
      if (isProxy(hop)) return true;
      const maker = builtins.data(hop, 'constructor');
      if (isObject(maker) && !isProven(maker)) return false;
      hop = builtins.getPrototypeOf(hop);
    }
    return true;
  }

  /** Whether an object may have private fields. */
  function hasFields({ target }: Visit, code: number): boolean {
    if (code === codeOf('proxy') || code === codeOf('window')) return false;
    if (typeof target === 'function') return mentionsPrivate(target);
    if (facts.isForeign(target) || target === builtins.globalObject) return false;
    return hasPrivate(target, facts.familyOf(target));
  }

  /** Whether only the debugger knows more about an object, apart from private fields. */
  function wantsDetails(visit: Visit, code: number): boolean {
    const { target } = visit;
    // Asking about an error makes V8 describe it.
    if (code === codeOf('error')) return false;
    if (code === codeOf('weakmap') || code === codeOf('weakset')) return true;
    if (code === codeOf('proxy') || code === codeOf('promise') || code === codeOf('generator')) return true;
    const family = facts.familyOf(target);
    const { likely } = family;
    if (likely === 'iterator' || isOfWasm(target)) return true;
    if (code === Proof.NoProxy && (likely === 'promise' || likely === 'generator')) return true;
    if (code === Proof.NoProxy && (likely === 'weakmap' || likely === 'weakset')) return true;
    const asked = visit.depth === 0 || context.isExpanded(visit.id) || context.isOpened(visit.id);
    if (typeof target === 'function') {
      if (asked || context.view.scopes || context.view.functions) return true;
      // Asking about each function of a page takes longer than a search may.
      return context.readsFunctions() && isBound(target);
    }
    return false;
  }

  /** Whether private fields are known, or cannot be read without more of the debugger; null when they were asked for. */
  function areFieldsKnown(visit: Visit, { fields }: Exact): boolean | null {
    const { target } = visit;
    const set = fieldSetOf(target, facts.familyOf(target));
    if (set === undefined) return null;
    if (set === null) return false;
    if (fields.stateOf(target) === undefined) fields.ask(target, set);
    const state = fields.stateOf(target);
    if (state === undefined) return null;
    return state === 'read' && !(set.ambiguousCount > 0 && isAskedFor(visit));
  }

  const readiness: Readiness = {
    errorsNeeded: false,
    forget: side.forget,
    askCommon() {
      const { intrinsics, intrinsicCount } = builtins;
      for (let index = 0; index < intrinsicCount; index += 1) {
        const maker = builtins.data(intrinsics[index], 'constructor');
        if (isObject(maker)) isProven(maker);
      }
    },
    isDescribable(thrown) {
      if (context.exact === null) return true;
      let hop: unknown = thrown;
      for (let hops = 0; isObject(hop) && hops < longestChain && !budget.late; hops += 1) {
        if (!isProven(hop)) return false;
        if (isProxy(hop) || typeof safe.data(hop, 'name') === 'string') return true;
        hop = builtins.getPrototypeOf(hop);
      }
      return true;
    },
    isReady(visit) {
      const { exact } = context;
      if (exact === null || budget.late) return true;
      const { synthetic, target } = visit;
      if (synthetic !== null) return synthetic.type !== 'scope' || areScopesReady(synthetic);
      if (!isProven(target)) return false;
      const code = exact.proofs.of(target);
      if (code !== codeOf('proxy') && !isChainProven(target)) return false;
      if (code === codeOf('error')) noteIfHarmful(target, exact);
      if (code !== codeOf('proxy') && !isClassPlaced(target, exact)) return false;
      if (exact.hasDetails(target) || facts.limitOf(visit) !== null || exact.refusalOf(target) !== undefined)
        return true;
      if (code !== codeOf('proxy') && facts.isDeferred(target)) return true;
      const privates = hasFields(visit, code);
      const known = privates ? areFieldsKnown(visit, exact) : true;
      if (known === null) return false;
      if (known && !wantsDetails(visit, code)) {
        if (privates) exact.settle(target);
        return privates || isStampKnown(visit, code, exact);
      }
      const described = isDescribed(visit, exact, code, !known);
      if (described === null) readiness.errorsNeeded = exact.mayDescribe() === null;
      if (described === null) return false;
      const describable = described && isHarmlessToAsk(target, code);
      if (describable === null) return false;
      if (describable) {
        exact.askDetails(target);
        return false;
      }
      if (described) exact.refuse(target, refusal() === '' ? exact.errorRefusal() : refusal(), false);
      if (exact.fields.stateOf(target) === 'read') exact.settle(target);
      return true;
    },
  };
  return readiness;
}
