/** Reduces a snapshot to some of its objects. The others stay as references that were not followed. Pure. */

import { stepsFrom } from './paths.ts';
import type { HeapObject, ObjectId, Snapshot } from './snapshot.ts';

/** Returns the same roots, with the content of the `kept` objects only. */
export function partOf(snapshot: Snapshot, kept: ReadonlySet<ObjectId>): Snapshot {
  const objects = new Map<ObjectId, HeapObject>();
  const cutAt = (id: ObjectId): void => {
    const object = snapshot.objects.get(id);
    if (object && !objects.has(id)) objects.set(id, { ...object, parts: [], cut: object.cut ?? 'objects' });
  };
  for (const id of kept) {
    const object = snapshot.objects.get(id);
    if (object) objects.set(id, object);
  }
  for (const object of [...objects.values()]) for (const { to } of stepsFrom(object)) cutAt(to);
  for (const { result } of snapshot.roots) if (result.ok && result.value.type === 'reference') cutAt(result.value.id);
  const cut = [...objects.values()].filter((object) => object.cut === 'objects').length;
  return { ...snapshot, objects, cuts: cut > 0 ? new Map([...snapshot.cuts, ['objects', cut]]) : snapshot.cuts };
}
