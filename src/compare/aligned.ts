/**
 * Compares snapshots of two heaps. Their numbers say nothing about each other, so an object counts as the same as that which stands at
 * its place. Pure.
 */
import type { HeapObject, ObjectId, Part, Snapshot, Value } from '../snapshot/snapshot.ts';
import { counterparts } from './counterparts.ts';

/** The `other` snapshot with the numbers of the `shown` one, for what stands at the same place in both. */
export function aligned(other: Snapshot, shown: Snapshot): Snapshot {
  const numbers = new Map<ObjectId, ObjectId>();
  for (const [one, two] of counterparts(other, shown)) if (!numbers.has(one)) numbers.set(one, two);
  let next = Math.max(0, ...shown.objects.keys()) + 1;
  for (const id of other.objects.keys()) {
    // Frames and scopes are known by their place anyway.
    if (numbers.has(id) || id < 0) continue;
    numbers.set(id, next);
    next += 1;
  }
  const number = (id: ObjectId): ObjectId => numbers.get(id) ?? id;
  const value = (one: Value): Value => (one.type === 'reference' ? { ...one, id: number(one.id) } : one);
  const part = (one: Part): Part => {
    switch (one.type) {
      case 'element':
      case 'property':
        return { ...one, value: value(one.value) };
      case 'entry':
        return { ...one, key: value(one.key), value: value(one.value) };
      case 'hidden':
        return one.references ? { ...one, references: one.references.map(number) } : one;
      case 'holes':
        return one;
    }
  };
  const object = (one: HeapObject): HeapObject => ({
    ...one,
    id: number(one.id),
    parts: one.parts.map(part),
    ...(one.behind ? { behind: one.behind.map(number) } : {}),
  });
  return {
    ...other,
    roots: other.roots.map(({ label, result }) => ({
      label,
      result: result.ok ? { ok: true, value: value(result.value) } : result,
    })),
    objects: new Map([...other.objects.values()].map((one) => [number(one.id), object(one)])),
  };
}
