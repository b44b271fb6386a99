/**
 * Writes texts of the format (src/wire/format.ts) into a pool. Works on primitives only, so that nothing of the
 * page can run here.
 */
import type { Builtins } from '../realm/builtins.ts';
import type { List } from '../realm/lists.ts';
import { isHigh, isLow, isWellFormed, substring } from '../realm/strings.ts';
import { createTable } from '../realm/tables.ts';
import type { Sink } from './digit-writer.ts';

/** Writes texts to the pool, and digits that define or name them to a sink. */
export interface Pool {
  /** @param longest The number of characters of an excerpt. */
  begin(longest: number): void;
  /** Writes the whole text. */
  text(sink: Sink, value: string): void;
  /** Writes the whole text, which is ASCII and is not referred to again: number length. */
  bare(sink: Sink, value: string): void;
  /**
   * Writes the text, cut in the middle to `limit` code units, by default to `longest`. Of very long texts only the length, unless
   * `readsAll`.
   */
  excerpt(sink: Sink, value: string, limit?: number): void;
  /** Whether the beginning and end of very long texts are written. */
  readsAll: boolean;
  /** Takes out the characters that were added. Known texts stay known. */
  take(): string;
}

/**
 * A text that was joined of others is copied into one, for as long as it lives, when any part of it is read. So nothing is read of a text
 * with more characters than this, …
 */
export const longestCopied = 1_000_000;
/** … nor of longer texts than this when so many characters of such texts were read in a capture. */
const shortestCounted = 50_000;
const mostCopied = 10_000_000;
/** Characters. Longer texts rarely repeat, and hashing them takes time. */
const longestShared = 64;

/** @param longestKnown Characters of a text that is known when it comes again. */
export function createPool(builtins: Builtins, longestKnown = longestShared): Pool {
  const { fromCharCode } = builtins.values;
  let known = createTable<string, number>(builtins);
  let longest = 0;
  let characters = '';
  let count = 0;
  let copied = 0;

  /** Whether a part of this text may be read. */
  function mayCopy(length: number): boolean {
    if (length <= shortestCounted || pool.readsAll) return true;
    if (length > longestCopied || copied + length > mostCopied) return false;
    copied += length;
    return true;
  }

  /** Writes the number of a known text plus `shift`, or defines a new text. */
  function reference(sink: Sink, value: string, shift: number): void {
    if (value.length <= longestKnown) {
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
    if (isWellFormed(builtins, value)) {
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
      // Reading beyond the end of a string would read its prototypes, which the page may have changed.
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

  /** The distance of `unit` from U+D800. It compares, because charCodeAt would be one more builtin to trust. */
  function surrogate(unit: string): number {
    let low = 0;
    let high = 0x7ff;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (fromCharCode(0xd800 + middle) <= unit) low = middle;
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
    if (!mayCopy(length)) {
      sink.number(0);
      sink.number(length);
      reference(sink, '', 0);
      reference(sink, '', 0);
      return;
    }
    // A surrogate pair must not be split.
    let headEnd = limit - (limit >> 2);
    if (isHigh(value[headEnd - 1]) && isLow(value[headEnd])) headEnd -= 1;
    let tailStart = length - (limit >> 2);
    if (isLow(value[tailStart]) && isHigh(value[tailStart - 1])) tailStart += 1;
    sink.number(0);
    sink.number(length);
    reference(sink, substring(builtins, value, 0, headEnd), 0);
    reference(sink, substring(builtins, value, tailStart, length), 0);
  }

  const pool: Pool = {
    readsAll: false,
    begin(characterLimit) {
      known = createTable(builtins);
      longest = characterLimit;
      characters = '';
      count = 0;
      copied = 0;
      pool.readsAll = false;
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
  return pool;
}
