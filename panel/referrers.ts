/** What is said of a search for who refers to an object. */
import type { ObjectId, Snapshot } from '../src/snapshot/snapshot.ts';

export interface ReferrersSaid {
  readonly found: boolean;
  /** One sentence. */
  readonly text: string;
}

/** `place` is where it was searched from, such as `globalThis`. */
export function referrersSaid(target: ObjectId, { objects, cuts }: Snapshot, place: string): ReferrersSaid {
  const found = objects.has(target);
  const unfinished = cuts.has('time') ? ', as far as the time allowed' : '';
  return {
    found,
    text: found
      ? `The ways from ${place} to object #${target}${unfinished}.`
      : `No way leads from ${place} to object #${target}${unfinished}.`,
  };
}
