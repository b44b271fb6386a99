/**
 * The order in which objects get boxes. The nearest to the roots come first. An object to which two others refer comes earlier, with a
 * path to it from each side, because a picture must not hide sharing. Pure.
 */
import type { ObjectId } from '../snapshot/snapshot.ts';
import type { InterestGraph } from './graph.ts';

interface Reached {
  readonly id: ObjectId;
  readonly parent: ObjectId | null;
  readonly cost: number;
}

/** An object, and its number of references from a root. */
export interface Candidate {
  readonly id: ObjectId;
  readonly depth: number;
}

/** The reached objects, the most interesting first. Each one comes after an object that refers to it. */
export function orderOfInterest(graph: InterestGraph): readonly Candidate[] {
  const reached = byDistance(graph);
  const depths = new Map<ObjectId, number>();
  for (const { id, parent } of reached) depths.set(id, parent === null ? 0 : (depths.get(parent) ?? 0) + 1);
  const parents = parentsOf(reached);
  const ordered = new Set<ObjectId>();
  const withPath = (id: ObjectId): void => {
    const path = pathTo(id, parents, (reachedId) => ordered.has(reachedId));
    for (const each of path) ordered.add(each);
  };
  for (const root of graph.roots) if (graph.node(root)) ordered.add(root);
  const shared = sharedObjects(reached, graph, parents).values();
  for (const { id } of reached) {
    // Takes a shared object for each near one.
    const { value: turn } = shared.next();
    if (turn) {
      for (const parent of turn.parents) withPath(parent);
      withPath(turn.id);
    }
    withPath(id);
  }
  return [...ordered].map((id) => ({ id, depth: depths.get(id) ?? 0 }));
}

/** These objects and those on the shortest paths to them from a root. Objects that are not reached are left out. */
export function pathsTo(graph: InterestGraph, ids: readonly ObjectId[]): readonly ObjectId[] {
  if (ids.length === 0) return [];
  const parents = parentsOf(byDistance(graph));
  return ids.flatMap((id) => (parents.has(id) ? pathTo(id, parents, () => false) : []));
}

type Parents = ReadonlyMap<ObjectId, ObjectId | null>;

const parentsOf = (reached: readonly Reached[]): Parents => new Map(reached.map(({ id, parent }) => [id, parent]));

/** The path to the object from a known object, or from the root. */
function pathTo(id: ObjectId, parents: Parents, isKnown: (id: ObjectId) => boolean): readonly ObjectId[] {
  const path: ObjectId[] = [];
  for (let next: ObjectId | null = id; next !== null && !isKnown(next); next = parents.get(next) ?? null)
    path.push(next);
  return path.reverse();
}

/** Every reached object, the nearest first, with the object before it on the shortest path. */
function byDistance({ roots, node }: InterestGraph): readonly Reached[] {
  const done = new Map<ObjectId, Reached>();
  const waiting = new Queue();
  for (const [i, id] of roots.entries()) waiting.add({ id, parent: null, cost: i * 1e-3 });
  for (let next = waiting.take(); next; next = waiting.take()) {
    const made = done.has(next.id) ? undefined : node(next.id);
    if (!made) continue;
    done.set(next.id, next);
    for (const { to, cost } of made.links) {
      if (!done.has(to) && node(to)) waiting.add({ id: to, parent: next.id, cost: next.cost + cost });
    }
  }
  return [...done.values()];
}

interface Shared {
  readonly id: ObjectId;
  /** The two nearest objects that refer to it. */
  readonly parents: readonly ObjectId[];
}

/** The shared objects. A reference back to a parent does not count as sharing, because every child may refer to its parent. */
function sharedObjects(reached: readonly Reached[], graph: InterestGraph, parents: Parents): readonly Shared[] {
  const isBefore = (id: ObjectId, of: ObjectId): boolean => {
    for (let next: ObjectId | null = of; next !== null; next = parents.get(next) ?? null) if (next === id) return true;
    return false;
  };
  const referrers = new Map<ObjectId, ObjectId[]>();
  for (const { id } of reached) {
    for (const { to } of graph.node(id)?.links ?? []) {
      const known = referrers.get(to) ?? [];
      if (known.length < 2 && !known.includes(id) && !isBefore(to, id)) referrers.set(to, [...known, id]);
    }
  }
  return reached.flatMap(({ id }): Shared[] => {
    const from = referrers.get(id) ?? [];
    return from.length > 1 && !graph.node(id)?.leaf ? [{ id, parents: from }] : [];
  });
}

/** A priority queue: the cheapest first, and among equals the oldest. */
class Queue {
  private readonly items: { readonly reached: Reached; readonly turn: number }[] = [];
  private turns = 0;

  add(reached: Reached): void {
    this.items.push({ reached, turn: this.turns++ });
    for (let at = this.items.length - 1; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!this.isBefore(at, above)) break;
      this.swap(at, above);
      at = above;
    }
  }

  take(): Reached | undefined {
    const [first] = this.items;
    const last = this.items.pop();
    if (!first || !last) return undefined;
    if (this.items.length > 0) {
      this.items[0] = last;
      for (let at = 0; ; ) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2]) {
          if (child < this.items.length && this.isBefore(child, least)) least = child;
        }
        if (least === at) break;
        this.swap(at, least);
        at = least;
      }
    }
    return first.reached;
  }

  private isBefore(one: number, other: number): boolean {
    const a = this.items[one];
    const b = this.items[other];
    if (!a || !b) return false;
    return a.reached.cost < b.reached.cost || (a.reached.cost === b.reached.cost && a.turn < b.turn);
  }

  private swap(one: number, other: number): void {
    const a = this.items[one];
    const b = this.items[other];
    if (!a || !b) return;
    this.items[one] = b;
    this.items[other] = a;
  }
}
