/**
 * A capture through the debugger, step by step: the walk stops before every object that is not proven to be no proxy, hands
 * out all such objects at once, and continues when it gets the answers (visit/debugger-facts.ts). Must not touch an
 * object before.
 */
import type { Reply } from '../wire/format.ts';
import type { ReasonCode } from '../wire/reasons.ts';
import { type AgentCalls, type ExactRequest, type Step, stepDigits } from '../wire/requests.ts';
import type { VariableAccess } from './objects/assigning/places.ts';
import type { Builtins } from './realm/builtins.ts';
import type { List } from './realm/lists.ts';
import type { ProxyTest } from './realm/proxy-test.ts';
import { isObject } from './realm/safe-read.ts';
import { codeOf, createExact, type Exact, isClassKnown, isHarmless, type Proofs } from './visit/debugger-facts.ts';
import { createDeclarations } from './visit/field-questions.ts';
import { type Handed, handedAt, handedCount } from './visit/handed.ts';
import { type Accessor, type RootInput, readRoots } from './visit/roots.ts';
import { failedReply, type Walk } from './walk.ts';
import { isSearch, type Walker } from './walker.ts';

/** Arguments other than plain data, at the agent's end of the wire. */
export interface PageEnd {
  readonly value: object;
  readonly values: Handed;
  readonly thunk: () => unknown;
  readonly boxed: object;
  readonly variable: VariableAccess;
  readonly roots: ArrayLike<() => unknown>;
  readonly accessors: ArrayLike<Accessor>;
}

type Questions =
  | 'put'
  | 'begin'
  | 'abandon'
  | 'answerKinds'
  | 'answerDetails'
  | 'answerErrors'
  | 'refuseErrors'
  | 'answerClasses'
  | 'getFieldBoxes'
  | 'nameFieldBoxes'
  | 'unnameFieldBoxes'
  | 'answerFields';

export interface ExactCapture extends Pick<AgentCalls<PageEnd>, Questions> {
  /** A capture without steps came between two steps. The order of mention belongs to one capture at a time. */
  interrupt(): void;
}

interface Session {
  readonly request: ExactRequest;
  readonly exact: Exact;
  readonly roots: List<RootInput>;
  readonly rootCount: number;
  readonly walk: Walk;
  readonly searching: boolean;
}

export const replacedReason: ReasonCode = 'replaced';
export const walkingReason: ReasonCode = 'walking';
const errorsReason: ReasonCode = 'errorTest';

export function createExactCapture(
  builtins: Builtins,
  proofs: Proofs,
  proxyTest: ProxyTest | null,
  walker: Walker,
): ExactCapture {
  const declarations = createDeclarations(builtins);
  let harmlessLately = false;
  let interrupted = false;
  let errors: ArrayLike<unknown> | null = null;
  let given: List<unknown> = { __proto__: null };
  let session: Session | null = null;

  const ended = (reply: Reply): Step<object> => builtins.listed(stepDigits.reply, reply, reply.length);
  const asksKinds = (exact: Exact): Step<object> =>
    builtins.listed(stepDigits.kinds, exact.unknown, exact.unknownCount());

  /** Whether all errors can be described; null while that depends on objects that were asked for. */
  function judge(exact: Exact, list: ArrayLike<unknown>): boolean | null {
    let pending = false;
    for (let index = 0; index < list.length; index += 1) {
      const error = list[index];
      if (!isObject(error) || proofs.of(error) !== codeOf('error')) continue;
      const harmless = isHarmless(builtins, exact, error);
      if (harmless === false) {
        // What is said about it names its class.
        if (isClassKnown(builtins, exact, error)) {
          exact.noteHarmful(error);
          return false;
        }
        pending = true;
        continue;
      }
      if (harmless === null) pending = true;
    }
    return pending ? null : true;
  }

  function go(hurry: boolean): Step<object> {
    if (session === null) return [stepDigits.reply];
    if (interrupted) {
      interrupted = false;
      const { request, exact, roots, rootCount } = session;
      const walk = walker.begin(request, exact, roots, rootCount, null);
      session = { request, exact, roots, rootCount, walk, searching: isSearch(request) };
    }
    const { request, exact, roots, rootCount, walk, searching } = session;
    if (hurry) walk.hurry();
    if (errors !== null) {
      exact.clear();
      const harmless = hurry ? false : judge(exact, errors);
      if (harmless === null) return asksKinds(exact);
      errors = null;
      harmlessLately = harmless;
      exact.setMayDescribe(harmless);
    }
    if (!walker.run(walk)) {
      if (walk.needsErrors()) return [stepDigits.errors];
      const { fields } = exact;
      if (exact.unknownCount() > 0) return asksKinds(exact);
      if (fields.textCount() > 0) return builtins.listed(stepDigits.classes, fields.texts, fields.textCount());
      if (fields.boxCount() > 0) return builtins.listed(stepDigits.fields, fields.boxNames, fields.boxCount());
      if (exact.wantedCount() > 0) return builtins.listed(stepDigits.details, exact.wanted, exact.wantedCount());
      return asksKinds(exact);
    }
    if (searching) {
      const shown = walker.begin(request, exact, roots, rootCount, walk.paths());
      session = { request, exact, roots, rootCount, walk: shown, searching: false };
      return go(false);
    }
    session = null;
    const reply = walk.reply();
    walker.forget();
    return ended(reply);
  }

  function put(positions: readonly number[], values: Handed): void {
    for (let index = 0; index < handedCount(values); index += 1) {
      const position = positions[index];
      if (position !== undefined) given[position] = handedAt(values, index);
    }
  }

  return {
    put,
    begin(request, accessors, positions, values) {
      put(positions, values);
      walker.useAccessors(accessors);
      const rootCount = request.roots.length;
      const lacksTests = builtins.lacksIsError && !builtins.hardened && proxyTest?.isUsable() !== true;
      const reason = builtins.usable ? (lacksTests ? errorsReason : null) : replacedReason;
      if (reason !== null || walker.isWalking()) {
        session = null;
        return ended(failedReply(builtins, rootCount, reason ?? walkingReason));
      }
      errors = null;
      interrupted = false;
      const exact = createExact(builtins, proofs, proxyTest, request, declarations);
      const roots = readRoots(builtins, request.roots, given);
      given = { __proto__: null };
      const walk = walker.begin(request, exact, roots, rootCount, null);
      session = { request, exact, roots, rootCount, walk, searching: isSearch(request) };
      return go(false);
    },
    abandon() {
      session = null;
      if (!walker.isWalking()) walker.forget();
      errors = null;
      given = { __proto__: null };
    },
    interrupt() {
      interrupted = session !== null;
    },
    answerKinds(codes, hurry, alone) {
      session?.exact.answerKinds(codes);
      if (alone) session?.exact.beAlone();
      return go(hurry);
    },
    answerDetails(specs, hurry, values) {
      session?.exact.answerDetails(specs, values);
      return go(hurry);
    },
    answerClasses(list, hurry) {
      session?.exact.fields.answerClasses(list);
      return go(hurry);
    },
    getFieldBoxes: () => session?.exact.fields.boxes ?? { __proto__: null },
    ...createBoxNames(builtins, () => session?.exact.fields.boxes),
    answerFields(can, hurry) {
      session?.exact.fields.answerFields(can);
      return go(hurry);
    },
    refuseErrors(reason) {
      session?.exact.refuseErrors(reason);
      return go(false);
    },
    answerErrors(list, hurry) {
      if (list === null) session?.exact.setMayDescribe(harmlessLately);
      errors = list !== null && isList(list) ? list : null;
      return go(hurry);
    },
  };
}

/** The debugger itself made this array. */
function isList(list: object): list is ArrayLike<object> {
  return 'length' in list;
}

/** Names on the global object for what a statement of the debugger reads. */
function createBoxNames(
  { defineProperty, globalObject, has }: Builtins,
  boxes: () => object | undefined,
): Pick<AgentCalls<PageEnd>, 'nameFieldBoxes' | 'unnameFieldBoxes'> {
  const holder: object = globalObject;
  return {
    nameFieldBoxes(name) {
      const value = boxes();
      if (value === undefined || has(holder, name)) return false;
      return defineProperty(holder, name, { __proto__: null, value, configurable: true });
    },
    unnameFieldBoxes(name) {
      if (hasNames(holder)) delete holder[name];
    },
  };
}

const hasNames = (target: object): target is Record<string, unknown> => typeof target === 'object';
