/**
 * Actions on one object of the page: log it, store it under a name, show it in another panel. Must run none of the page's code, and
 * leave nothing in the page except what the user asked for.
 */
import type { ActionAnswer, ObjectAction } from '../wire/requests.ts';
import type { Builtins } from './realm/builtins.ts';
import { isMethod, type Method } from './realm/judge.ts';
import { storeGlobal } from './store-global.ts';

export interface ObjectActions {
  /**
   * @param label The name with which it is logged.
   * @param inDevTools Whether DevTools' own session asks; only its command line has some of the functions.
   */
  act(target: object, label: string, action: ObjectAction, inDevTools: boolean): ActionAnswer;
  /** Stores the object as DevTools does, under the first free name of `temp1`, `temp2`, …. Answers the name; null when it cannot be stored. */
  store(target: object): string | null;
  /** Logs the object with a label by the Console's own function; false when the page replaced it. */
  log(label: string, target: object): boolean;
  /** Whether it has no source to show. Only functions have one; a bound function has that of its target. */
  isSourceless(target: object): boolean;
}

/** The end of the text of a function that no script made. */
const nativeEnd = '() { [native code] }';

export function createObjectActions(builtins: Builtins): ObjectActions {
  const { apply, data, defineProperty, functionText, globalObject, looksNative } = builtins;
  const { isConnected } = builtins.browser;
  const { slice } = builtins.values;

  function isNative(value: object): boolean {
    if (slice === undefined) return false;
    try {
      const text = apply(functionText, value, []);
      // No valid source ends like this.
      return typeof text === 'string' && apply(slice, text, [-nativeEnd.length]) === nativeEnd;
    } catch {
      // A proxy of something other than a function has no text.
      return false;
    }
  }

  function own(holder: object, name: string): Method | undefined {
    const value = data(holder, name);
    return isMethod(value) && looksNative(value, name) ? value : undefined;
  }

  /**
   * The object in the form in which it is logged. The Console makes a text of each argument by `toString`, getters and elements of
   * the page, but not of what is inside an object.
   */
  const wrapped = (label: string, target: object): object => ({ __proto__: null, [label]: target });

  function store(target: object): string | null {
    return storeGlobal(globalObject, (name) => {
      const descriptor = { __proto__: null, value: target, writable: true, enumerable: true, configurable: true };
      return defineProperty(globalObject, name, descriptor);
    });
  }

  function log(label: string, target: object): boolean {
    const console = data(globalObject, 'console');
    const log = typeof console === 'object' && console !== null ? own(console, 'log') : undefined;
    if (log === undefined) return false;
    apply(log, console, [wrapped(label, target)]);
    return true;
  }

  function isInDocument(node: object): boolean {
    try {
      return apply(isConnected, node, []) === true;
    } catch {
      // It is not a node.
      return false;
    }
  }

  function isSourceless(target: object): boolean {
    if (typeof target !== 'function') return true;
    if (!isNative(target)) return false;
    const name = data(target, 'name');
    // `bound f`: without a function of the page that says so.
    return !(typeof name === 'string' && name[0] === 'b' && name[4] === 'd' && name[5] === ' ');
  }

  /** Hands a value to a function of DevTools' command line. */
  function give(name: string, value: object): ActionAnswer {
    const command = own(globalObject, name);
    if (command === undefined) return ['replaced', name];
    command(value);
    return ['done'];
  }

  return {
    store,
    log,
    isSourceless,
    act(target, label, action, inDevTools) {
      if (action === 'store') return ['stored', store(target)];
      if (action === 'log') {
        if (inDevTools) return give('dirxml', wrapped(label, target));
        return log(label, target) ? ['done'] : ['replaced', 'console.log'];
      }
      if (!inDevTools) return ['elsewhere'];
      if (action === 'element') return isInDocument(target) ? give('inspect', target) : ['detached'];
      return isSourceless(target) ? ['sourceless'] : give('inspect', target);
    },
  };
}
