/** Who refers to an object: what a walk that searches has met, and the ways to it for one that shows them. */
import { referrersShown } from '../snapshot/exchange.ts';
import type { Builtins } from './builtins.ts';
import type { Mentions, Origin, Visit } from './mentions.ts';
import { createExtras, type Extras } from './ranges.ts';
import { createTable } from './tables.ts';

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
  /** The search did not look everywhere, for want of time. */
  readonly partial: boolean;
}

/**
 * @param sought Number of the object that was searched.
 */
export function waysTo(builtins: Builtins, sought: number, mentions: Mentions, partial: boolean): Ways {
  const { referrers, referrerCount, origins } = mentions;
  const extras = createExtras(builtins);
  const members = createTable<object, boolean>(builtins);
  const add = (visit: Visit): void => {
    members?.set(visit.target, true);
    if (visit.synthetic?.type !== 'scope') return;
    const scope = visit.synthetic.scopes[0];
    if (scope !== undefined) members?.set(scope.variables, true);
  };
  for (let index = 0; index < referrerCount; index += 1) {
    const referrer = referrers[index];
    if (referrer === undefined) continue;
    let { slot, position } = referrer;
    let visit: Visit | null = referrer.visit;
    while (visit !== null) {
      add(visit);
      extras.add(visit.id, slot, position, position + 1);
      const origin: Origin | undefined = origins[visit.index];
      if (origin === undefined) break;
      ({ from: visit, slot, position } = origin);
    }
  }
  for (let visit = mentions.at(0); visit !== null; visit = mentions.at(visit.index + 1))
    if (visit.id === sought) add(visit);
  return {
    extras,
    has: (target) => members?.get(target) === true,
    // A search that has found enough ends, too.
    partial: partial && referrerCount < referrersShown,
  };
}
