/** Looks up a variable in the record of a frame. */
import type { HeapObject, Value } from '../snapshot/snapshot.ts';

/** Null where the frame does not have it. */
export function variable(frame: HeapObject, name: string): Value | null {
  for (const part of frame.parts)
    if (part.type === 'property' && part.key.type === 'name' && part.key.name.head === name) return part.value;
  return null;
}
