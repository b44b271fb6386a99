/**
 * To describe an error, V8 runs code of the page where the error has accessors. Decides which objects the debugger is not asked about,
 * because what it tells of them may include such an error. A search for all errors takes seconds and may crash a page with objects of
 * WebAssembly, so it is made only for what the user opens.
 */
import type { ReasonCode } from '../../wire/reasons.ts';
import type { Shape } from '../encode/record-writer.ts';
import type { Family } from '../realm/families.ts';
import { codeOf, type Exact, isHarmless } from './debugger-facts.ts';
import type { Visit } from './visit-queue.ts';
import type { WalkContext } from './walk-context.ts';

export interface ErrorRisk {
  isBound(target: object): boolean;
  /** Whether the user asked for this object or for the ways to one, and may wait for a search. */
  isAskedFor(visit: Visit): boolean;
  /**
   * Whether the debugger may be asked about an object. False: it is refused. Null: all errors must be looked at first.
   * @param privates Whether the answer includes private fields.
   */
  isDescribed(visit: Visit, exact: Exact, code: number, privates: boolean): boolean | null;
  /** Remembers an error that was met if its description runs code. */
  noteIfHarmful(error: object, exact: Exact): void;
}

type Risk = (typeof Risk)[keyof typeof Risk];
const Risk = { None: 0, Low: 1, High: 2 } as const;

const unaskedReason: ReasonCode = 'errorUnasked';

export function createErrorRisk(context: WalkContext, familyOf: (target: object) => Family<Shape>): ErrorRisk {
  const { builtins, safe } = context;

  /** How likely it is that what the debugger tells of an object includes an error. */
  function riskOf({ target }: Visit, code: number, privates: boolean): Risk {
    if (code === codeOf('promise')) return Risk.High;
    // The target or handler of a proxy, a receiver and a bound `this` are hardly ever errors, and even less errors with accessors.
    if (code === codeOf('proxy') || code === codeOf('generator')) return Risk.Low;
    if (typeof target === 'function') return privates || isBound(target) ? Risk.Low : Risk.None;
    const { likely } = familyOf(target);
    if (likely === 'promise') return Risk.High;
    return privates || likely === 'generator' ? Risk.Low : Risk.None;
  }

  /** Whether the user asked for this object or for the ways to one, and may wait for a search. */
  function isAskedFor({ id }: Visit): boolean {
    return context.isExpanded(id) || context.isOpened(id) || context.sought !== null || context.paths !== null;
  }

  /** Whether no code of the page runs when the debugger describes what is in an object. False: it is refused. Null: asked for. */
  function isDescribed(visit: Visit, exact: Exact, code: number, privates: boolean): boolean | null {
    const risk = riskOf(visit, code, privates);
    if (risk === Risk.None) return true;
    const { target } = visit;
    if (exact.inNode || isAskedFor(visit)) {
      if (!exact.inNode && risk === Risk.Low && !exact.knowsHarmful()) return true;
      const may = exact.mayDescribe();
      if (may === false) exact.refuse(target, exact.errorRefusal(), false);
      return may;
    }
    if (exact.knowsHarmful()) exact.refuse(target, exact.errorRefusal(), !exact.hasStackHook());
    else if (risk === Risk.High) exact.refuse(target, unaskedReason, true);
    else return true;
    return false;
  }

  /** Bound functions, and a few of V8's own functions, have no name in their text. */
  function isBound(target: object): boolean {
    return !builtins.tellsTexts || safe.ask(builtins.functionText, target) === 'function () { [native code] }';
  }

  /** V8 must not describe anything where such an error may be. */
  function noteIfHarmful(error: object, exact: Exact): void {
    if (exact.knowsHarmful() || isHarmless(builtins, exact, error) !== false) return;
    exact.noteHarmful(error);
  }

  return { isBound, isAskedFor, isDescribed, noteIfHarmful };
}
