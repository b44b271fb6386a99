/** Numbers of the scopes that functions close over (`ObjectId`). */
import type { ObjectId } from './snapshot.ts';

const FIRST = -131_072;
const EACH = 16;
/** The last number of each object is that of a list of instances. */
const MOST = 15;

/** The function with this scope, and the position in V8's list of its scopes; null for what is no such scope. */
export function scopeOfFunction(id: ObjectId): { readonly function: ObjectId; readonly level: number } | null {
  const number = FIRST - id;
  const level = number % EACH;
  return number < EACH || level === MOST ? null : { function: (number - level) / EACH, level };
}
