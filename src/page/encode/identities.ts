/**
 * The numbers of objects and symbols: one sequence, counting up, never reused, for as long as the agent lives. Must never
 * keep an object or a symbol alive or leave a trace on it.
 */
import type { Builtins } from '../realm/builtins.ts';
import type { List } from '../realm/lists.ts';
import { isObject } from '../realm/safe-read.ts';
import { createWeakTable } from '../realm/tables.ts';

export interface Identities {
  idOf(target: object): number;
  /** 0 for a registered symbol, which V8 does not accept as a key of a WeakMap. */
  idOfSymbol(symbol: symbol): number;
  /** The number, without giving one; 0 when there is none. */
  known(target: object): number;
  /** Starts a capture, in which nothing is mentioned yet. Numbers below `next` may belong to another agent of the same heap. */
  begin(next: number): void;
  /** Position of the object, from 1, in the order in which this capture mentioned its objects; 0 when it was not mentioned yet. */
  positionOf(id: number): number;
  /** Gives the object the next position. */
  mention(id: number): void;
  /** Lets `find` return this object for its number, if it is among the first of this capture. */
  remember(id: number, target: object): void;
  /** The object with this number; undefined when it is gone, or was never among the first of a capture. */
  find(id: number): object | undefined;
}

/** The number of objects of one capture that can be found. A weak reference costs half as much as reading a small object. */
const mostRemembered = 5000;

/** @param firstId The first object's number, beyond the numbers of an earlier agent of the same heap. */
export function createIdentities(builtins: Builtins, firstId: number): Identities {
  let lastId = firstId - 1;
  /** By id - firstId: its position in the latest capture that mentioned it, all captures counted in one go. */
  const positions: List<number> = { __proto__: null };
  let before = 0;
  let mentioned = 0;

  const ids = createWeakTable<number>(builtins);

  const { apply } = builtins;
  const { weakRef, deref } = builtins.collections;
  /** References by id - firstId. */
  let references: List<object> = { __proto__: null };
  /** The numbers in `references`, at 0 … rememberedCount - 1. */
  let remembered: List<number> = { __proto__: null };
  let rememberedCount = 0;
  /** Beyond this many, references to dead objects are dropped, so that a page that keeps making objects does not fill up. */
  let sweepAt = 2 * mostRemembered;
  let capacity = 0;

  function find(id: number): object | undefined {
    const reference = references[id - firstId];
    const target = reference === undefined ? undefined : apply(deref, reference, []);
    return isObject(target) ? target : undefined;
  }

  function sweep(): void {
    const alive: List<object> = { __proto__: null };
    const kept: List<number> = { __proto__: null };
    let count = 0;
    for (let index = 0; index < rememberedCount; index += 1) {
      const id = remembered[index];
      const reference = id === undefined ? undefined : references[id - firstId];
      if (id === undefined || reference === undefined || find(id) === undefined) continue;
      alive[id - firstId] = reference;
      kept[count] = id;
      count += 1;
    }
    references = alive;
    remembered = kept;
    rememberedCount = count;
    sweepAt = 2 * (count + mostRemembered);
  }

  function idOf(target: WeakKey): number {
    const known = ids.get(target);
    if (known !== undefined) return known;
    ids.set(target, lastId + 1);
    lastId += 1;
    positions[lastId - firstId] = 0;
    return lastId;
  }

  return {
    idOf,
    idOfSymbol(symbol) {
      try {
        return idOf(symbol);
      } catch {
        return 0;
      }
    },
    known: (target) => ids.get(target) ?? 0,
    begin(next) {
      if (next > lastId) lastId = next - 1;
      before += mentioned;
      mentioned = 0;
      capacity = mostRemembered;
      if (rememberedCount > sweepAt) sweep();
    },
    positionOf(id) {
      const position = positions[id - firstId] ?? 0;
      return position <= before ? 0 : position - before;
    },
    mention(id) {
      mentioned += 1;
      positions[id - firstId] = before + mentioned;
    },
    remember(id, target) {
      if (capacity === 0) return;
      capacity -= 1;
      if (references[id - firstId] !== undefined) return;
      const reference = weakRef(target);
      if (reference === undefined) return;
      references[id - firstId] = reference;
      remembered[rememberedCount] = id;
      rememberedCount += 1;
    },
    find,
  };
}
