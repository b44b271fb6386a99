/** Who refers to an object: what a walk that searches has met, and the ways to it for one that shows them. */
import type { Builtins } from './builtins.ts';
import type { Mentions, Visit } from './mentions.ts';
import { createExtras, type Extras } from './ranges.ts';

/** So many referrers are shown; a search ends when it has found them. */
export const referrersShown = 20;

export interface Referrer {
  readonly visit: Visit;
  readonly slot: number;
  readonly position: number;
}

/** The ways to an object that a search has found. */
export interface Ways {
  readonly extras: Extras;
  /** Objects on the ways, by their targets. */
  readonly has: (target: object) => boolean;
  /** The search did not look everywhere. */
  readonly partial: boolean;
}

/**
 * @param sought Number of the object that was searched.
 */
export function waysTo(
  builtins: Builtins,
  sought: number,
  { referrers, referrerCount, first }: Mentions,
  partial: boolean,
): Ways {
  const { apply, mapConstructor, mapGet, mapSet } = builtins;
  const extras = createExtras(builtins);
  const members = mapConstructor ? new mapConstructor<object, boolean>() : undefined;
  const add = (visit: Visit): void => {
    if (members === undefined || mapSet === undefined) return;
    apply(mapSet, members, [visit.target, true]);
    if (visit.synthetic?.type !== 'scope') return;
    const scope = visit.synthetic.scopes[0];
    if (scope !== undefined) apply(mapSet, members, [scope.variables, true]);
  };
  for (let index = 0; index < referrerCount; index += 1) {
    const referrer = referrers[index];
    if (referrer === undefined) continue;
    let { slot, position } = referrer;
    for (let visit: Visit | null = referrer.visit; visit !== null; visit = visit.from) {
      add(visit);
      extras.add(visit.id, slot, position, position + 1);
      slot = visit.slot;
      position = visit.position;
    }
  }
  for (let visit = first; visit !== null; visit = visit.next) if (visit.id === sought) add(visit);
  return {
    extras,
    has: (target) => members !== undefined && mapGet !== undefined && apply(mapGet, members, [target]) === true,
    partial,
  };
}
