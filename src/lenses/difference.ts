/** How an earlier value differs from a value, as far as it was read. Pure. */
import type { HeapObject, Part, Value } from '../snapshot/snapshot.ts';
import { nameOf, type Objects, textOf } from './paths.ts';

/**
 * - `same`: the same object, or the same primitive value.
 * - `copy`: another object with equal content, all of it.
 * - `inside`: another object of the same type, with other content.
 * - `other`: anything else.
 * - `unknown`: another object of the same type, whose content was not read.
 */
export type Difference = 'same' | 'copy' | 'inside' | 'other' | 'unknown';

/** The number of pairs of objects that are compared. */
const mostPairs = 2_000;

export function differenceOf(value: Value, was: Value, objects: Objects): Difference {
  if (value.type !== 'reference' || was.type !== 'reference')
    return JSON.stringify(value) === JSON.stringify(was) && isSame(value, was) ? 'same' : 'other';
  if (value.id === was.id) return 'same';
  const [own, other] = [objects.get(value.id), objects.get(was.id)];
  if (!own || !other || typeOf(own) !== typeOf(other)) return 'other';
  // The code and the closures of functions cannot be compared.
  if (own.kind === 'function' || own.kind === 'class') return 'other';
  switch (compare(value, was, objects, new Map())) {
    case true:
      return 'copy';
    case false:
      return 'inside';
    case null:
      return 'unknown';
  }
}

const typeOf = ({ kind, className }: HeapObject): string => `${kind} ${className ? textOf(className) : ''}`;

/** JSON does not tell apart what JavaScript does. */
const isSame = (one: Value, other: Value): boolean =>
  one.type !== 'number' || other.type !== 'number' || Object.is(one.value, other.value);

/** Whether two values have equal content; null when that was not read. `compared` has the pairs that are taken to be equal. */
function compare(one: Value, other: Value, objects: Objects, compared: Map<number, number>): boolean | null {
  if (one.type !== 'reference' || other.type !== 'reference')
    return JSON.stringify(one) === JSON.stringify(other) && isSame(one, other);
  if (one.id === other.id) return true;
  const before = compared.get(one.id);
  if (before !== undefined) return before === other.id;
  if (compared.size >= mostPairs) return null;
  const [a, b] = [objects.get(one.id), objects.get(other.id)];
  if (!a || !b || typeOf(a) !== typeOf(b) || a.size !== b.size) return false;
  if (a.kind === 'function' || a.kind === 'class') return false;
  if (a.cut !== null || b.cut !== null) return null;
  compared.set(one.id, other.id);
  if (a.parts.length !== b.parts.length || JSON.stringify(a.primitive) !== JSON.stringify(b.primitive)) return false;
  let isKnown = true;
  for (const [i, part] of a.parts.entries()) {
    const equal = compareParts(part, b.parts[i], objects, compared);
    if (equal === false) return false;
    if (equal === null) isKnown = false;
  }
  return isKnown ? true : null;
}

function compareParts(
  one: Part,
  other: Part | undefined,
  objects: Objects,
  compared: Map<number, number>,
): boolean | null {
  if (!other || one.type !== other.type) return false;
  if (one.type === 'hidden') return null;
  if (one.type === 'holes' || other.type === 'holes' || other.type === 'hidden')
    return JSON.stringify(one) === JSON.stringify(other);
  if (nameOf(one) !== nameOf(other)) return false;
  return compare(one.value, other.value, objects, compared);
}
