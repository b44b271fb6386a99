/** Whether the debugger can be asked about an object without running the page's code, which V8 may run to describe errors. */

import { failed, isObject, longestChain } from '../realm/safe-read.ts';
import { codeOf, isHarmless } from './debugger-facts.ts';
import type { WalkContext } from './walk-context.ts';

export interface Harmless {
  /** Null when that depends on objects that were asked for. */
  isHarmlessToAsk(target: object, code: number): boolean | null;
  /** After `isHarmlessToAsk` returned false, the `ReasonCode`, with what it says; empty when the reason is an error's description. */
  refusal(): string;
}

/** The debugger sends an object's own texts whole beside its internals: 2^24 characters take seconds. */
const longestText = 4_000_000;

export function createHarmless(context: WalkContext): Harmless {
  const { builtins, safe } = context;
  let refusal = '';

  /**
   * Whether V8's answer runs no code of the page: with an object's internals it describes its own properties and its prototype. Null
   * when that depends on objects that were asked for.
   */
  function areAllHarmless(target: object, code: number): boolean | null {
    const { exact } = context;
    refusal = '';
    if (exact === null || code === codeOf('proxy')) return true;
    let describable = isHarmlessToTell(target);
    if (describable !== false) describable = both(describable, isHarmlessToTell(builtins.getPrototypeOf(target)));
    if (describable !== false) describable = both(describable, areOwnHarmless(target));
    for (let item = exact.fields.itemsOf(target); item !== null && describable !== false; item = item.next)
      describable = both(describable, isHarmlessValue(item.value));
    return describable;
  }

  function isHarmlessValue(value: unknown): boolean | null {
    if (typeof value !== 'string' || value.length <= longestText) return isHarmlessToTell(value);
    refusal = `longWith\n${value.length}`;
    return false;
  }

  function areOwnHarmless(target: object): boolean | null {
    const { keyLists } = builtins.properties;
    if (keyLists === null) return false;
    return both(areHarmless(target, keyLists.names(target)), areHarmless(target, keyLists.symbols(target)));
  }

  function areHarmless(target: object, keys: ArrayLike<PropertyKey>): boolean | null {
    let harmless: boolean | null = true;
    for (let index = 0; index < keys.length && harmless !== false; index += 1) {
      const key = keys[index] ?? '';
      const found = safe.at(target, key);
      if (found === undefined || found === failed) continue;
      if (safe.isData(found)) {
        harmless = both(harmless, isHarmlessValue(found.value));
      } else if (isRunByAsking(found.get, key)) {
        refusal = typeof key === 'symbol' ? 'symbolRuns' : `accessorRuns\n${key}`;
        harmless = false;
      }
    }
    return harmless;
  }

  /** V8 reads properties whose getter has no script: those of the browser, but also bound functions and proxies of functions. */
  function isRunByAsking(getter: unknown, key: PropertyKey): boolean {
    if (typeof getter !== 'function') return false;
    const { apply, functionText, tellsTexts } = builtins;
    const { includes } = builtins.values;
    if (!tellsTexts || includes === undefined) return true;
    const text = safe.ask(functionText, getter);
    if (typeof text !== 'string') return true;
    if (apply(includes, text, ['{ [native code] }']) !== true) return false;
    return typeof key !== 'string' || text !== `function get ${key}() { [native code] }`;
  }

  function both(one: boolean | null, other: boolean | null): boolean | null {
    return one === true || other === false ? other : one;
  }

  /**
   * To tell whether an object is like an array, the V8 of Node 20 reads its `splice`, wherever it is, and its own `length`. What it
   * reads runs, if it is an accessor.
   */
  function isListLike(value: object): boolean {
    const { exact } = context;
    const own = safe.at(value, 'length');
    const runsLength = own !== undefined && own !== failed && !safe.isData(own);
    try {
      let hop: object | null = value;
      for (let hops = 0; hop !== null && hops < longestChain; hops += 1) {
        if (exact?.proofs.of(hop) === codeOf('proxy')) return true;
        const splice = safe.at(hop, 'splice');
        if (splice !== undefined) return splice === failed || !safe.isData(splice) || runsLength;
        hop = builtins.getPrototypeOf(hop);
      }
    } catch {
      return true;
    }
    return false;
  }

  function isHarmlessToTell(value: unknown): boolean | null {
    const { exact } = context;
    if (exact === null || !isObject(value)) return true;
    if (exact.inNode && exact.proofs.of(value) !== codeOf('proxy') && !builtins.isArray(value) && isListLike(value)) {
      refusal = 'listRuns';
      return false;
    }
    if (exact.proofs.of(value) !== codeOf('error')) return true;
    const harmless = exact.hasStackHook() ? false : isHarmless(builtins, exact, value);
    if (harmless === false) exact.noteHarmful(value);
    return harmless;
  }

  return { isHarmlessToAsk: areAllHarmless, refusal: () => refusal };
}
