/** Which objects two roots of a snapshot have in common: a change to one of them shows through both roots. Pure. */
import { pathTo, type Step, shortestPaths } from './paths.ts';
import type { HeapObject, ObjectId, Snapshot } from './snapshot.ts';

export interface CommonObject {
  readonly object: HeapObject;
  /** The shortest path from each root. */
  readonly paths: readonly [readonly Step[], readonly Step[]];
}

export interface CommonObjects {
  /** All common objects. */
  readonly all: ReadonlySet<ObjectId>;
  /**
   * The common objects at which sharing begins: one of the roots reaches them without passing another common object. All
   * others are reached through these.
   */
  readonly first: readonly CommonObject[];
}

/** Leaves out the objects for which `isIgnored` holds, and those that are reached only through them. */
export function commonObjects(
  snapshot: Pick<Snapshot, 'objects'>,
  one: ObjectId,
  other: ObjectId,
  isIgnored: (object: HeapObject) => boolean = () => false,
): CommonObjects {
  const { objects } = snapshot;
  const ignored = (id: ObjectId): boolean => {
    const object = objects.get(id);
    return object === undefined || isIgnored(object);
  };
  const fromOne = shortestPaths(snapshot, one, ignored);
  const fromOther = shortestPaths(snapshot, other, ignored);
  const all = new Set([...fromOne.keys()].filter((id) => fromOther.has(id) && !ignored(id)));
  const isCommon = (id: ObjectId): boolean => all.has(id) || ignored(id);
  const first = new Set<ObjectId>();
  for (const start of [one, other])
    for (const id of shortestPaths(snapshot, start, isCommon).keys()) if (all.has(id)) first.add(id);
  return {
    all,
    first: [...first].flatMap((id) => {
      const object = objects.get(id);
      const [left, right] = [pathTo(fromOne, id), pathTo(fromOther, id)];
      return object && left && right ? [{ object, paths: [left, right] as const }] : [];
    }),
  };
}
