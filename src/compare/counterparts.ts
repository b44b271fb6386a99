/**
 * What stands in one snapshot where something stood in another, and whether it is equal. Equal content is found by hash and then
 * exactly: two objects are equal when nothing that they lead to tells them apart, so cycles are equal, too. Pure.
 */
import type { ObjectId, Snapshot, Value } from '../snapshot/snapshot.ts';
import { type Content, contentOf, referencesOf } from './contents.ts';

/** More pairs are not compared. What they would have said is left out. */
const mostPairs = 200_000;
/** How far a hash sees. The exact comparison sees everything. */
const hashRounds = 6;
/** Equal hashes are mostly equal objects, so few are tried. */
const mostTried = 2;

type Sides = readonly [other: ObjectId, shown: ObjectId];

/** The objects of both snapshots that stand at the same place, found from the roots on. An object has the first place at which it is found. */
export function counterparts(other: Snapshot, shown: Snapshot): readonly Sides[] {
  const found: Sides[] = [];
  const taken = new Set<ObjectId>();
  const add = (one: ObjectId, two: ObjectId): void => {
    if (taken.has(two) || found.length >= mostPairs) return;
    taken.add(two);
    found.push([one, two]);
  };
  const pair = (one: Value | null, two: Value | null): void => {
    if (one?.type === 'reference' && two?.type === 'reference') add(one.id, two.id);
  };
  const roots = new Map(other.roots.map(({ label, result }) => [label, result.ok ? result.value : null]));
  for (const [index, { label, result }] of shown.roots.entries()) {
    const alone = other.roots.length === 1 && shown.roots.length === 1 ? other.roots[index] : undefined;
    pair(roots.get(label) ?? (alone?.result.ok ? alone.result.value : null), result.ok ? result.value : null);
  }
  // `found` grows meanwhile.
  for (const [one, two] of found) {
    const before = other.objects.get(one);
    const after = shown.objects.get(two);
    if (!before || !after) continue;
    const places = referencesOf(before);
    for (const [place, id] of referencesOf(after)) {
      const at = places.get(place);
      if (at !== undefined) add(at, id);
    }
  }
  return found;
}

/**
 * New objects of the `shown` snapshot that equal an object of the `other` one which they replace: it stood at the same place, or is
 * there no more. Both are of one heap.
 */
export function copies(other: Snapshot, shown: Snapshot): ReadonlyMap<ObjectId, ObjectId> {
  const isNew = (id: ObjectId): boolean => id > 0 && !other.objects.has(id) && shown.objects.has(id);
  const isGone = (id: ObjectId): boolean => id > 0 && !shown.objects.has(id);
  const candidates = counterparts(other, shown).filter(([one, two]) => one !== two && isNew(two));
  const gone = byHash(other, isGone);
  for (const [hash, ids] of byHash(shown, isNew)) {
    const olds = gone.get(hash)?.slice(0, mostTried) ?? [];
    for (const id of ids) for (const old of olds) candidates.push([old, id]);
  }
  const equal = equalPairs(other, shown, candidates, true);
  const found = new Map<ObjectId, ObjectId>();
  for (const [one, two] of candidates) if (!found.has(two) && equal(one, two)) found.set(two, one);
  return found;
}

/**
 * Whether pairs of objects have equal content: everything that they lead to is compared with them. What is told apart makes all that
 * leads to it different, and the rest is equal.
 */
export function equalPairs(
  other: Snapshot,
  shown: Snapshot,
  candidates: readonly Sides[],
  sameHeap: boolean,
): (one: ObjectId, two: ObjectId) => boolean {
  const others = contentsOf(other);
  const showns = contentsOf(shown);
  const numbers = new Map<string, number>();
  const waiting: Sides[] = [];
  /** By pair: the pairs that depend on it. */
  const dependents: number[][] = [];
  const different = new Set<number>();
  const numberOf = (one: ObjectId, two: ObjectId): number => {
    const name = `${one} ${two}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const number = waiting.length;
    numbers.set(name, number);
    waiting.push([one, two]);
    dependents.push([]);
    return number;
  };
  for (const [one, two] of candidates) if (waiting.length < mostPairs) numberOf(one, two);
  const spread: number[] = [];
  const differs = (number: number): void => {
    if (different.has(number)) return;
    different.add(number);
    spread.push(number);
  };
  // `waiting` grows meanwhile.
  for (let number = 0; number < waiting.length; number += 1) {
    const [one, two] = waiting[number] ?? [0, 0];
    const before = others(one);
    const after = showns(two);
    if (before === null || after === null) {
      // What has no content is only equal to itself.
      if (!sameHeap || one !== two) differs(number);
      continue;
    }
    if (before.text !== after.text) {
      differs(number);
      continue;
    }
    for (const [index, target] of before.targets.entries()) {
      const counterpart = after.targets[index];
      if (counterpart === undefined || waiting.length >= mostPairs) differs(number);
      else dependents[numberOf(target, counterpart)]?.push(number);
    }
  }
  for (let number = spread.pop(); number !== undefined; number = spread.pop())
    for (const dependent of dependents[number] ?? []) differs(dependent);
  return (one, two) => {
    const number = numbers.get(`${one} ${two}`);
    return number !== undefined && !different.has(number);
  };
}

function contentsOf(snapshot: Snapshot): (id: ObjectId) => Content | null {
  const known = new Map<ObjectId, Content | null>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const object = snapshot.objects.get(id);
    const content = object ? contentOf(object) : null;
    known.set(id, content);
    return content;
  };
}

/** Objects by a hash of their content and of what they lead to. Those that are empty are left out: they are all equal. */
function byHash(snapshot: Snapshot, isMeant: (id: ObjectId) => boolean): ReadonlyMap<number, readonly ObjectId[]> {
  const contents = contentsOf(snapshot);
  const ids = [...snapshot.objects.keys()].filter((id) => contents(id) !== null);
  const own = new Map(ids.map((id) => [id, hashOf(contents(id)?.text ?? '')]));
  let hashes: ReadonlyMap<ObjectId, number> = own;
  for (let round = 0; round < hashRounds; round += 1) {
    const before = hashes;
    hashes = new Map(
      ids.map((id) => {
        let hash = own.get(id) ?? 0;
        for (const target of contents(id)?.targets ?? [])
          hash = Math.imul(hash ^ (before.get(target) ?? target), 16777619);
        return [id, hash];
      }),
    );
  }
  const found = new Map<number, ObjectId[]>();
  for (const [id, hash] of hashes) {
    if (!isMeant(id) || (snapshot.objects.get(id)?.parts.length ?? 0) === 0) continue;
    const same = found.get(hash);
    if (same) same.push(id);
    else found.set(hash, [id]);
  }
  return found;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  return hash;
}
