/**
 * The objects of a snapshot to which two or more references lead, and a path for each of these references. A change to such an object
 * shows through each path. Functions and classes count. Pure.
 */
import { pathText, type Step, stepsFrom } from './paths.ts';
import type { HeapObject, ObjectId, Snapshot } from './snapshot.ts';

/** One way from a root to an object: the shortest one through a certain reference. */
export interface Way {
  /** As written in JavaScript. */
  readonly text: string;
  /** The objects on it, the first one first, without the object to which it leads. */
  readonly through: readonly ObjectId[];
  /** It passes the object itself: what the object holds refers back to it. */
  readonly back: boolean;
}

export interface SharedObject {
  readonly object: HeapObject;
  /** The number of references to it, the roots included. */
  readonly references: number;
  /** One for each reference, the shortest first, at most `mostWays`. */
  readonly ways: readonly Way[];
  /**
   * - `data`: two or more ways lead to it.
   * - `code`: the same, for a function or class.
   * - `itself`: all ways but one pass the object itself.
   */
  readonly kind: 'data' | 'code' | 'itself';
}

/** The number of ways to one object that are described. */
export const mostWays = 12;

/** The number of shared objects that are described, and of references from a root to them. */
const mostShared = 5_000;
const furthest = 300;

interface Reached {
  /** The number of references from a root. */
  readonly depth: number;
  readonly label: string;
  /** Null for the object of a root. */
  readonly step: Step | null;
}

export interface Ways {
  /** The references to an object, roots included; 0 for an object that no root reaches. */
  referencesTo(id: ObjectId): number;
  /** A way for each reference to an object, at most `mostWays`. */
  to(id: ObjectId): readonly Way[];
  /** The number of objects with two or more references. */
  count(): number;
  /**
   * The objects with two or more references, those with two or more ways first, and of these the nearest: at most `mostShared`, none
   * of them further than `furthest` references away. A path of thousands of steps says nothing, and all of them take minutes.
   */
  shared(): readonly SharedObject[];
}

const known = new WeakMap<Snapshot, Ways>();

/** The ways to all objects of a snapshot. The answer is kept as long as the snapshot. */
export function waysIn(snapshot: Snapshot): Ways {
  const before = known.get(snapshot);
  if (before) return before;
  const made = findWays(snapshot);
  known.set(snapshot, made);
  return made;
}

function findWays({ roots, objects }: Snapshot): Ways {
  const reached = new Map<ObjectId, Reached>();
  const incoming = new Map<ObjectId, Reached[]>();
  const note = (id: ObjectId, by: Reached): void => {
    const list = incoming.get(id);
    if (list) list.push(by);
    else incoming.set(id, [by]);
    if (!reached.has(id)) reached.set(id, by);
  };
  for (const { label, result } of roots) {
    if (result.ok && result.value.type === 'reference') note(result.value.id, { depth: 0, label, step: null });
  }
  // The loop also visits what is added to the Map meanwhile.
  for (const [id, { label, depth }] of reached) {
    const object = objects.get(id);
    if (object) for (const step of allSteps(object)) note(step.to, { depth: depth + 1, label, step });
  }

  const wayOf = (id: ObjectId, { label, step }: Pick<Reached, 'label' | 'step'>): Way => {
    const steps: Step[] = [];
    for (let next: Pick<Reached, 'step'> | undefined = { step }; next?.step; next = reached.get(next.step.from))
      steps.push(next.step);
    steps.reverse();
    const through = steps.map(({ from }) => from);
    return { text: pathText(label, steps), through, back: through.includes(id) };
  };
  const ways = (id: ObjectId): readonly Way[] =>
    (incoming.get(id) ?? [])
      .slice(0, mostWays)
      .map((by) => wayOf(id, by))
      .sort((a, b) => Number(a.back) - Number(b.back) || a.through.length - b.through.length);
  const describe = (object: HeapObject, references: number): SharedObject => {
    const found = ways(object.id);
    const isCode = object.kind === 'function' || object.kind === 'class';
    const several = found.filter(({ back }) => !back).length > 1;
    return { object, references, ways: found, kind: several ? (isCode ? 'code' : 'data') : 'itself' };
  };
  const severalTo = function* (): Generator<readonly [HeapObject, number]> {
    for (const [id, { length }] of incoming) {
      const object = length > 1 ? objects.get(id) : undefined;
      if (object) yield [object, length];
    }
  };
  let count: number | null = null;
  let list: readonly SharedObject[] | null = null;
  return {
    referencesTo: (id) => incoming.get(id)?.length ?? 0,
    to: ways,
    count() {
      if (count === null) {
        count = 0;
        for (const _ of severalTo()) count += 1;
      }
      return count;
    },
    shared() {
      if (list === null) {
        const near: SharedObject[] = [];
        for (const [object, references] of severalTo()) {
          if (near.length === mostShared) break;
          if ((reached.get(object.id)?.depth ?? 0) <= furthest) near.push(describe(object, references));
        }
        list = near.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
      }
      return list;
    },
  };
}

const order: readonly SharedObject['kind'][] = ['data', 'code', 'itself'];

/** The references of an object, and those of what was not read of it, as far as it was searched. */
function allSteps(object: HeapObject): readonly Step[] {
  const steps = [...stepsFrom(object)];
  for (const part of object.parts) {
    if (part.type === 'hidden')
      for (const to of part.references ?? []) steps.push({ from: object.id, to, text: '[…]' });
  }
  for (const to of object.behind ?? []) steps.push({ from: object.id, to, text: '.…' });
  return steps;
}
