/**
 * Writes numbers and texts of the format (src/snapshot/format.ts). Works on primitives only, so that nothing of the
 * page can run here.
 */
import { digits } from '../snapshot/format.ts';
import type { Builtins } from './builtins.ts';

/** `value` is a whole number from 0 to 2^53 - 1. */
export function number(value: number): string {
  if (value < 32) return digit(value);
  if (value < 1024) return digit(32 + (value & 31)) + digit(value >> 5);
  let text = '';
  let rest = value;
  while (rest >= 32) {
    const low = rest % 32;
    text += digit(32 + low);
    rest = (rest - low) / 32;
  }
  return text + digit(rest);
}

export function digit(value: number): string {
  return digits[value] ?? '';
}

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

export interface Pool {
  /** The whole text. */
  text(value: string): string;
  /** The text, cut to `limit` code units in the middle. */
  excerpt(value: string, limit: number): string;
  /** All characters so far. */
  characters(): string;
}

/** Longer texts are seldom said twice, and hashing them costs. */
const longestShared = 64;

export function createPool(builtins: Builtins): Pool {
  const { apply, mapConstructor, mapGet, mapSet, isWellFormed, fromCharCode } = builtins;
  const known = mapConstructor && mapGet && mapSet ? new mapConstructor<string, number>() : undefined;
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
  function reference(value: string, shift: number): string {
    if (known !== undefined && mapGet !== undefined && mapSet !== undefined && value.length <= longestShared) {
      const index: unknown = apply(mapGet, known, [value]);
      if (typeof index === 'number') return number(index + shift);
      count += 1;
      apply(mapSet, known, [value, count]);
    } else {
      count += 1;
    }
    if (wellFormed(value)) {
      characters += value;
      return number(shift) + number(value.length * 2);
    }
    return number(shift) + number(value.length * 2 + 1) + patched(value);
  }

  function patched(value: string): string {
    let patches = '';
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
        patches += number(index - last) + number(surrogate(unit));
        patchCount += 1;
        last = index;
      } else {
        characters += unit;
      }
    }
    return number(patchCount) + patches;
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

  function excerpt(value: string, limit: number): string {
    const length = value.length;
    if (length <= limit) return reference(value, 1);
    // A pair of surrogates is not cut apart.
    let headEnd = limit - (limit >> 2);
    if (isHigh(value[headEnd - 1]) && isLow(value[headEnd])) headEnd -= 1;
    let tailStart = length - (limit >> 2);
    if (isLow(value[tailStart]) && isHigh(value[tailStart - 1])) tailStart += 1;
    return (
      number(0) +
      number(length) +
      reference(substring(builtins, value, 0, headEnd), 0) +
      reference(substring(builtins, value, tailStart, length), 0)
    );
  }

  return { text: (value) => reference(value, 0), excerpt, characters: () => characters };
}
