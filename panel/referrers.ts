/** What is said of a search for who refers to an object. */
import type { Capture } from '../src/capture/capture.ts';
import { valuesIn } from '../src/diagram/choices.ts';
import { referrersShown } from '../src/snapshot/exchange.ts';
import type { ObjectId, Snapshot, View } from '../src/snapshot/snapshot.ts';

export interface ReferrersSaid {
  readonly found: boolean;
  /** One sentence. */
  readonly text: string;
}

/** How it was searched. */
export interface Search {
  /** Where from, such as `globalThis`. */
  readonly place: string;
  readonly way: Capture['way'];
  readonly scopes: View['scopes'];
}

export function referrersSaid(target: ObjectId, snapshot: Snapshot, search: Search): ReferrersSaid {
  const { objects, cuts } = snapshot;
  const found = objects.has(target);
  const object = `object #${target}`;
  const unfinished = cuts.has('time') ? ', as far as the time allowed' : '';
  if (!found)
    return { found, text: `No way leads from ${search.place} to ${object}${unfinished}${unsearched(search)}.` };
  const enough = countReferences(target, snapshot) >= referrersShown;
  const which = enough
    ? `The ways from ${search.place} to ${referrersShown} references to`
    : `The ways from ${search.place} to`;
  const more = enough ? '; there may be more' : unfinished;
  return { found, text: `${which} ${object}${more}.` };
}

/** What may hold it all the same. */
function unsearched({ way, scopes }: Search): string {
  if (way === 'eval') return '; what only the debugger sees was not searched';
  return scopes ? '' : '; variables of closures are searched when Closures is on in the settings';
}

function countReferences(target: ObjectId, { objects }: Snapshot): number {
  let count = 0;
  for (const { parts } of objects.values()) {
    for (const part of parts)
      for (const value of valuesIn(part)) if (value.type === 'reference' && value.id === target) count += 1;
  }
  return count;
}
