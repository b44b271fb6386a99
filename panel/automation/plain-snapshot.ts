/** Turns a `Snapshot` into plain data, with its maps as lists, so that it survives JSON. */
import type { HeapObject, Root, Snapshot } from '../../src/snapshot/snapshot.ts';

export interface PlainSnapshot {
  readonly roots: readonly Root[];
  readonly objects: readonly HeapObject[];
  readonly cuts: Readonly<Record<string, number>>;
  readonly pageTime: number;
  readonly replacedBuiltins: readonly string[];
}

export function plainSnapshot({ roots, objects, cuts, pageTime, replacedBuiltins }: Snapshot): PlainSnapshot {
  return { roots, objects: [...objects.values()], cuts: Object.fromEntries(cuts), pageTime, replacedBuiltins };
}
