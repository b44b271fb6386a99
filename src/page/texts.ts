/**
 * Writes texts of the format (src/snapshot/format.ts) into a pool. Works on primitives only, so that nothing of the
 * page can run here.
 */
import type { Builtins } from './builtins.ts';
import type { List } from './lists.ts';
import type { Sink } from './sink.ts';
import { createTable } from './tables.ts';

const isHigh = (unit: string | undefined): boolean => unit !== undefined && unit >= '\ud800' && unit <= '\udbff';
const isLow = (unit: string | undefined): boolean => unit !== undefined && unit >= '\udc00' && unit <= '\udfff';

/** The characters from `start` to before `end`. */
export function substring(builtins: Builtins, text: string, start: number, end: number): string {
  // Where Reflect.apply was replaced, its stand-in takes no string as `this`.
  if (builtins.slice !== undefined && builtins.appliesToPrimitives)
    return builtins.apply(builtins.slice, text, [start, end]);
  let result = '';
  for (let index = start; index < end; index += 1) result += text[index] ?? '';
  return result;
}

/** Texts stand in the pool; what says so goes into a sink. */
export interface Pool {
  /** @param longest Characters of an excerpt. */
  begin(longest: number): void;
  /** The whole text. */
  text(sink: Sink, value: string): void;
  /** The whole text, of ASCII, which nothing refers to again: number length. */
  bare(sink: Sink, value: string): void;
  /** The text, cut to `limit` code units in the middle, by default to `longest`. */
  excerpt(sink: Sink, value: string, limit?: number): void;
  /** The characters that were added; none is left. What is known stays known. */
  take(): string;
}

/** Longer texts are seldom said twice, and hashing them costs. */
const longestShared = 64;

export function createPool(builtins: Builtins): Pool {
  const { apply, isWellFormed, fromCharCode } = builtins;
  let known = createTable<string, number>(builtins);
  let longest = 0;
  let characters = '';
  let count = 0;

  function wellFormed(value: string): boolean {
    if (isWellFormed !== undefined && builtins.appliesToPrimitives) return apply(isWellFormed, value, []) === true;
    for (let index = 0; index < value.length; index += 1) {
      if (isLow(value[index])) return false;
      if (isHigh(value[index])) {
        index += 1;
        if (index >= value.length || !isLow(value[index])) return false;
      }
    }
    return true;
  }

  /** Number of the text among the known ones plus `shift`, or what defines it as the next one. */
  function reference(sink: Sink, value: string, shift: number): void {
    if (known !== null && value.length <= longestShared) {
      const index = known.get(value);
      if (index !== undefined) {
        sink.number(index + shift);
        return;
      }
      count += 1;
      known.set(value, count);
    } else {
      count += 1;
    }
    sink.number(shift);
    if (wellFormed(value)) {
      characters += value;
      sink.number(value.length * 2);
    } else {
      sink.number(value.length * 2 + 1);
      addPatched(sink, value);
    }
  }

  function addPatched(sink: Sink, value: string): void {
    const distances: List<number> = { __proto__: null };
    const units: List<number> = { __proto__: null };
    let patchCount = 0;
    let last = 0;
    for (let index = 0; index < value.length; index += 1) {
      const unit = value[index] ?? '';
      // Beyond its end a string shows what the page has put on its prototypes.
      if (isHigh(unit) && index + 1 < value.length && isLow(value[index + 1])) {
        characters += unit + (value[index + 1] ?? '');
        index += 1;
      } else if (isHigh(unit) || isLow(unit)) {
        characters += '\ufffd';
        distances[patchCount] = index - last;
        units[patchCount] = surrogate(unit);
        patchCount += 1;
        last = index;
      } else {
        characters += unit;
      }
    }
    sink.number(patchCount);
    for (let index = 0; index < patchCount; index += 1) {
      sink.number(distances[index] ?? 0);
      sink.number(units[index] ?? 0);
    }
  }

  /** How far `unit` lies above U+D800, by comparing, for charCodeAt would be one builtin more to trust. */
  function surrogate(unit: string): number {
    let low = 0;
    let high = 0x7ff;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (fromCharCode !== undefined && fromCharCode(0xd800 + middle) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function excerpt(sink: Sink, value: string, limit = longest): void {
    const length = value.length;
    if (length <= limit) {
      reference(sink, value, 1);
      return;
    }
    // A pair of surrogates is not cut apart.
    let headEnd = limit - (limit >> 2);
    if (isHigh(value[headEnd - 1]) && isLow(value[headEnd])) headEnd -= 1;
    let tailStart = length - (limit >> 2);
    if (isLow(value[tailStart]) && isHigh(value[tailStart - 1])) tailStart += 1;
    sink.number(0);
    sink.number(length);
    reference(sink, substring(builtins, value, 0, headEnd), 0);
    reference(sink, substring(builtins, value, tailStart, length), 0);
  }

  return {
    begin(characterLimit) {
      known = createTable(builtins);
      longest = characterLimit;
      characters = '';
      count = 0;
    },
    text: (sink, value) => reference(sink, value, 0),
    bare(sink, value) {
      characters += value;
      sink.number(value.length);
    },
    excerpt,
    take() {
      const taken = characters;
      characters = '';
      return taken;
    },
  };
}
