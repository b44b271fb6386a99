/**
 * The numbers of objects: counting up, never reused, for as long as the agent lives. Must never keep an object alive
 * or leave a trace on it.
 */
import type { Builtins } from './builtins.ts';
import type { List } from './lists.ts';

export interface Identities {
  idOf(target: object): number;
  /** Opens a capture: nothing is mentioned in it yet. */
  begin(): void;
  /** Position of the object, from 1, in the order in which this capture mentioned its objects; 0 for not yet. */
  positionOf(id: number): number;
  /** Gives the object the next position. */
  mention(id: number): void;
  /** How many objects this capture has mentioned. */
  mentioned(): number;
}

/** @param firstId What the first object gets: beyond the numbers of an earlier agent of the same heap. */
export function createIdentities(builtins: Builtins, firstId: number): Identities {
  const { apply, weakMapConstructor, weakMapGet, weakMapSet, mapConstructor, mapGet, mapSet } = builtins;
  let lastId = firstId - 1;
  /** By id - firstId: its position in the latest capture that mentioned it, all captures counted in one go. */
  const positions: List<number> = { __proto__: null };
  let before = 0;
  let mentioned = 0;

  let lookUp: (target: object) => unknown = () => undefined;
  let store: (target: object, id: number) => void = () => {};
  if (weakMapConstructor && weakMapGet && weakMapSet) {
    const ids = new weakMapConstructor<object, number>();
    lookUp = (target) => apply(weakMapGet, ids, [target]);
    store = (target, id) => {
      apply(weakMapSet, ids, [target, id]);
    };
  } else if (mapConstructor && mapGet && mapSet) {
    // Where the page replaced WeakMap, keeping objects alive is the lesser evil.
    const ids = new mapConstructor<object, number>();
    lookUp = (target) => apply(mapGet, ids, [target]);
    store = (target, id) => {
      apply(mapSet, ids, [target, id]);
    };
  }

  return {
    idOf(target) {
      const known = lookUp(target);
      if (typeof known === 'number') return known;
      lastId += 1;
      positions[lastId - firstId] = 0;
      store(target, lastId);
      return lastId;
    },
    begin() {
      before += mentioned;
      mentioned = 0;
    },
    positionOf(id) {
      const position = positions[id - firstId] ?? 0;
      return position <= before ? 0 : position - before;
    },
    mention(id) {
      mentioned += 1;
      positions[id - firstId] = before + mentioned;
    },
    mentioned: () => mentioned,
  };
}
