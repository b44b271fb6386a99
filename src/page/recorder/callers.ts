/**
 * Where the code stands that calls us, as V8 writes it into the stack of an error. Not where the page has a hook for that, which would
 * run.
 */
import type { Builtins } from '../realm/builtins.ts';
import { substring } from '../realm/strings.ts';

export interface Callers {
  /**
   * The line of the stack for the code that called the function that calls this, as `insert (http://x/app.js:12:5)`. Where that is a
   * log point or the condition of a breakpoint, the line for the code it stands in. Empty where that is unknown.
   */
  place(): string;
  /** Whether the accessor that calls this is read by a log point or a condition of DevTools. */
  isLogPoint(): boolean;
}

/** In the names that DevTools gives to what it evaluates at breakpoints. */
const logPoints = ['debugger://logpoint', 'debugger://breakpoint'] as const;
/** Characters of a line of the stack. */
const longest = 500;

export function createCallers(builtins: Builtins): Callers {
  const { apply, dataOrNative, errorConstructor: Stack, errorPrototype, has, hasStackHook } = builtins;
  const { includes } = builtins.values;

  const contains = (text: string, part: string): boolean =>
    includes !== undefined && apply(includes, text, [part]) === true;
  const isAtPoint = (line: string): boolean => contains(line, logPoints[0]) || contains(line, logPoints[1]);

  /** The lines below that of the function that asks for them. */
  function stack(): string {
    // V8 writes the error's name and message above the calls.
    if (Stack === undefined || hasStackHook()) return '';
    if (dataOrNative(errorPrototype, 'name') !== true || dataOrNative(errorPrototype, 'message') !== true) return '';
    const error = new Stack();
    // An error has no stack of its own where the page switched that off.
    const text = has(error, 'stack') ? error.stack : undefined;
    return typeof text === 'string' ? below(text, ownLines) : '';
  }

  /** Without the first lines. */
  function below(text: string, lines: number): string {
    let left = lines;
    for (let index = 0; index < text.length; index += 1) {
      if (text[index] !== '\n') continue;
      left -= 1;
      if (left === 0) return substring(builtins, text, index + 1, text.length);
    }
    return '';
  }

  function firstLine(text: string): string {
    let end = 0;
    while (end < text.length && end < longest && text[end] !== '\n') end += 1;
    let start = 0;
    while (text[start] === ' ') start += 1;
    // Each line begins with "at ".
    return substring(builtins, text, start + 3, end);
  }

  return {
    place() {
      let rest = stack();
      const first = firstLine(rest);
      let line = first;
      while (rest !== '' && isAtPoint(rest) && (isAtPoint(line) || contains(line, '<anonymous>'))) {
        rest = below(rest, 1);
        line = firstLine(rest);
      }
      return line;
    },
    isLogPoint: () => isAtPoint(firstLine(stack())),
  };
}

/** The error's name, `stack`, the method that asks, and the function that calls it. */
const ownLines = 4;
