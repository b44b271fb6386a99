/** Strings for code that runs in a page. */
import type { Builtins } from './builtins.ts';

/** The characters from `start` up to, not including, `end`. */
export function substring({ apply, values }: Builtins, text: string, start: number, end: number): string {
  const { slice } = values;
  // The stand-in for a replaced Reflect.apply accepts no string as `this`.
  if (slice !== undefined) return apply(slice, text, [start, end]);
  let result = '';
  for (let index = start; index < end; index += 1) result += text[index] ?? '';
  return result;
}

export const isHigh = (unit: string | undefined): boolean => unit !== undefined && unit >= '\ud800' && unit <= '\udbff';
export const isLow = (unit: string | undefined): boolean => unit !== undefined && unit >= '\udc00' && unit <= '\udfff';

/** Whether it has no lone surrogate. */
export function isWellFormed({ apply, values }: Builtins, text: string): boolean {
  const { isWellFormed } = values;
  if (isWellFormed !== undefined) return apply(isWellFormed, text, []) === true;
  for (let index = 0; index < text.length; index += 1) {
    if (isLow(text[index])) return false;
    if (isHigh(text[index])) {
      index += 1;
      if (index >= text.length || !isLow(text[index])) return false;
    }
  }
  return true;
}
