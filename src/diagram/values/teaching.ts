/**
 * The layout for teaching: all objects of a class are arranged alike, and a field without a child keeps the child's place free, so that
 * a right child stands to the right. Pure.
 */
import type { HeapObject, ObjectId, Part, Snapshot, Value } from '../../snapshot/snapshot.ts';
import type { Display, OrientationRules } from '../settings.ts';

export interface Teaching {
  /** The rule for all objects of this object's class. */
  ruleOf(object: HeapObject): keyof OrientationRules;
  /** Whether the value of this part is a missing child whose place is kept. */
  isFreePlace(object: HeapObject, part: Part): boolean;
}

interface ClassFacts {
  /** Values of its objects, and those that are references. */
  values: number;
  references: number;
  /** Names of fields in which an object of the class refers to another one, further away from the roots. */
  readonly children: Set<string>;
  /** Names of fields that held something else. */
  readonly others: Set<string>;
}

export function createTeaching(snapshot: Snapshot, displayOf: (object: HeapObject) => Display): Teaching {
  const facts = new Map<string, ClassFacts>();
  const factsOf = (object: HeapObject): ClassFacts => {
    const name = classOf(object);
    const known = facts.get(name) ?? { values: 0, references: 0, children: new Set(), others: new Set() };
    facts.set(name, known);
    return known;
  };
  const depths = depthsIn(snapshot);
  const depthOf = ({ id }: HeapObject): number => depths.get(id) ?? 0;
  for (const object of snapshot.objects.values()) {
    const known = factsOf(object);
    for (const part of object.parts) {
      if (part.type === 'hidden' || part.type === 'holes') continue;
      known.values += 1;
      const field = fieldOf(part);
      if (field !== null && !isMissing(part)) known.others.add(field);
      const target = part.value.type === 'reference' ? snapshot.objects.get(part.value.id) : undefined;
      if (!target || displayOf(target) === 'inline' || displayOf(target) === 'hidden') continue;
      known.references += 1;
      // A reference to the parent leads back.
      if (field !== null && depthOf(target) > depthOf(object) && classOf(target) === classOf(object))
        known.children.add(field);
    }
  }
  for (const { children, others } of facts.values()) {
    // No object may have a right child yet.
    for (const field of [...children].map(otherSide)) if (field !== null && !others.has(field)) children.add(field);
  }
  return {
    ruleOf(object) {
      const { values, references } = factsOf(object);
      if (references === 0) return 'general';
      return references === values ? 'allReferences' : 'anyReference';
    },
    isFreePlace(object, part) {
      const { children } = factsOf(object);
      const field = fieldOf(part);
      // The end of a list has no side.
      if (field === null || children.size < 2 || !children.has(field) || !isMissing(part)) return false;
      return object.parts.some((other) => {
        const name = fieldOf(other);
        return name !== null && children.has(name) && !isMissing(other);
      });
    },
  };
}

/** How many references away from the roots each object is, at least. */
function depthsIn({ roots, objects }: Snapshot): ReadonlyMap<ObjectId, number> {
  const depths = new Map<ObjectId, number>();
  const reach = (value: Value, depth: number): void => {
    if (value.type === 'reference' && !depths.has(value.id)) depths.set(value.id, depth);
  };
  for (const { result } of roots) if (result.ok) reach(result.value, 0);
  // The map grows while it is gone through.
  for (const [id, depth] of depths) {
    for (const part of objects.get(id)?.parts ?? []) {
      if (part.type === 'entry') reach(part.key, depth + 1);
      if ('value' in part) reach(part.value, depth + 1);
    }
  }
  return depths;
}

function otherSide(field: string): string | null {
  const other = field.replace(/left|right/i, (side) => {
    const swapped = side.toLowerCase() === 'left' ? 'right' : 'left';
    return /^[A-Z]/.test(side) ? `${swapped[0]?.toUpperCase()}${swapped.slice(1)}` : swapped;
  });
  return other === field ? null : other;
}

/** Plain objects have the same class when they have the same keys. */
function classOf({ kind, className, parts }: HeapObject): string {
  const name = className ? className.head + className.tail : '';
  return kind === 'object' ? `${kind} ${parts.map(fieldOf).join('\n')}` : `${kind} ${name}`;
}

function fieldOf(part: Part): string | null {
  if (part.type !== 'property') return null;
  const { key } = part;
  if (key.type === 'name') return key.name.head;
  return key.type === 'private' ? `#${key.name.head}` : null;
}

function isMissing(part: Part): boolean {
  const value: Value | null = 'value' in part ? part.value : null;
  return value?.type === 'null' || value?.type === 'undefined';
}
