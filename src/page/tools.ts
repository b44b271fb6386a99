/**
 * What a person has done with one object of the page: told from others of its kind, stored under a name. Must run none of
 * the page's code, and leave nothing in the page but what was asked for.
 */
import type { Builtins, Method } from './builtins.ts';

export interface Tools {
  /** A function of DevTools' console; undefined where the page has something of its own under that name. */
  tool(name: string): Method | undefined;
  /** Stores the object as DevTools does: `temp1`, `temp2`, …, the first that is free. Answers the name, null where it cannot. */
  store(target: object): string | null;
  /**
   * The object as it is to be logged: the console makes a text of each value that it is given, by `toString`, getters and
   * elements of the page, but not of what is in an object.
   */
  wrapped(label: string, target: object): object;
  /** Logs the object under a label with the console's own function; false where the page has replaced it. */
  log(label: string, target: object): boolean;
  isInDocument(node: object): boolean;
  /** Whether there is no source to show for it: only functions have some. One that is bound has that of what it binds. */
  isSourceless(target: object): boolean;
}

/** Of the text of a function that no script made. */
const nativeEnd = '() { [native code] }';

export function createTools(builtins: Builtins): Tools {
  const { apply, data, defineProperty, functionText, globalObject, isConnected, looksNative, slice } = builtins;

  function isNative(value: object): boolean {
    if (functionText === undefined || slice === undefined || !builtins.appliesToPrimitives) return false;
    try {
      const text = apply(functionText, value, []);
      // No source parses that ends so.
      return typeof text === 'string' && apply(slice, text, [-nativeEnd.length]) === nativeEnd;
    } catch {
      // A proxy that stands for no function has no text.
      return false;
    }
  }

  function own(holder: object, name: string): Method | undefined {
    const value = data(holder, name);
    return isMethod(value) && looksNative(value, name) ? value : undefined;
  }

  const wrapped = (label: string, target: object): object => ({ __proto__: null, [label]: target });

  return {
    wrapped,
    tool: (name) => own(globalObject, name),
    store(target) {
      if (defineProperty === undefined) return null;
      let number = 1;
      // As DevTools looks for a free name: also what the page's elements are called counts.
      while (`temp${number}` in globalObject) number += 1;
      const name = `temp${number}`;
      const descriptor = { __proto__: null, value: target, writable: true, enumerable: true, configurable: true };
      return defineProperty(globalObject, name, descriptor) ? name : null;
    },
    log(label, target) {
      const console = data(globalObject, 'console');
      const log = typeof console === 'object' && console !== null ? own(console, 'log') : undefined;
      if (log === undefined) return false;
      apply(log, console, [wrapped(label, target)]);
      return true;
    },
    isInDocument(node) {
      try {
        return isConnected !== undefined && apply(isConnected, node, []) === true;
      } catch {
        // It is no node.
        return false;
      }
    },
    isSourceless(target) {
      if (typeof target !== 'function') return true;
      if (!isNative(target)) return false;
      const name = data(target, 'name');
      // `bound f`: without a function of the page that says so.
      return !(typeof name === 'string' && name[0] === 'b' && name[4] === 'd' && name[5] === ' ');
    },
  };
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
