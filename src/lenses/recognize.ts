/** Finds the rule of a lens that fits an object, by its shape alone. Pure. */
import type { HeapObject, ObjectId, Snapshot, Value } from '../snapshot/snapshot.ts';
import type { Lens, LensMatch, LensRule } from './lens.ts';
import { nameOf, type Objects, objectOf, textOf, valueAt } from './paths.ts';
import { shippedLenses } from './shipped.ts';

/** The first rule that fits; null when none does, or when the content of the object was not read. */
export function ruleFor(lens: Lens, object: HeapObject, objects: Objects): LensRule | null {
  if (object.cut !== null) return null;
  const names = new Set(object.parts.map(nameOf));
  return lens.rules.find(({ match }) => fits(match, object, objects, names)) ?? null;
}

export function fits(
  { has = [], hasNot = [], className, kind, where = {}, at = {} }: LensMatch,
  object: HeapObject,
  objects: Objects,
  names: ReadonlySet<string | null> = new Set(object.parts.map(nameOf)),
): boolean {
  if (kind !== undefined && object.kind !== kind) return false;
  if (!has.every((name) => names.has(name)) || hasNot.some((name) => names.has(name))) return false;
  if (className !== undefined && !(object.className && patternOf(className)?.test(textOf(object.className))))
    return false;
  const isThere = Object.entries(at).every(([path, match]) => {
    const target = objectOf(objects, valueAt(objects, object, path));
    return target !== null && fits(match, target, objects);
  });
  if (!isThere) return false;
  return Object.entries(where).every(([path, allowed]) =>
    allowed.some((one) => isValue(valueAt(objects, object, path), one)),
  );
}

const patterns = new Map<string, RegExp | null>();

/** Null for a text that is no regular expression. */
function patternOf(source: string): RegExp | null {
  const known = patterns.get(source);
  if (known !== undefined) return known;
  let made: RegExp | null = null;
  try {
    made = new RegExp(source, 'u');
  } catch {
    // A lens of the user's that is wrong fits nothing.
  }
  patterns.set(source, made);
  return made;
}

function isValue(value: Value | null, wanted: string | number | boolean | null): boolean {
  switch (value?.type) {
    case 'string':
      return textOf(value.text) === wanted;
    case 'number':
    case 'boolean':
      return value.value === wanted;
    case 'null':
      return wanted === null;
    default:
      return false;
  }
}

/** The lenses that fit a root of a snapshot, in their order. */
export function lensesFor({ roots, objects }: Snapshot, lenses: readonly Lens[]): readonly Lens[] {
  return lenses.filter((lens) =>
    roots.some(({ result }) => {
      const object = result.ok && result.value.type === 'reference' ? objects.get(result.value.id) : undefined;
      return object !== undefined && ruleFor(lens, object, objects) !== null;
    }),
  );
}

const known = new WeakMap<Snapshot, ReadonlySet<ObjectId>>();
const none: ReadonlySet<ObjectId> = new Set();

/** Internals of libraries that are met inside other data. Nothing is internal when it was asked for, or is drawn through a lens. */
export function internalsIn(snapshot: Snapshot, lens: Lens | undefined): ReadonlySet<ObjectId> {
  if (lens) return none;
  const before = known.get(snapshot);
  if (before) return before;
  const asked = new Set(lensesFor(snapshot, shippedLenses));
  const rules = shippedLenses.flatMap((each) => (asked.has(each) ? [] : each.rules.filter(({ internal }) => internal)));
  const found = new Set<ObjectId>();
  for (const object of snapshot.objects.values()) {
    if (object.kind !== 'object' && object.kind !== 'instance') continue;
    if (ruleFor({ name: '', rules }, object, snapshot.objects)) found.add(object.id);
  }
  known.set(snapshot, found);
  return found;
}
