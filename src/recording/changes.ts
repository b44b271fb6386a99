/** When something changed in a recording: an object, a part of it, or a variable, with the values before and after. Pure. */
import type { HeapObject, ObjectId, Part, Value } from '../snapshot/snapshot.ts';
import { type Recording, visitValues } from './recording.ts';

export interface PartChange {
  /** The index of the stop at which it was first seen. */
  readonly stop: number;
  /** What changed of the object or frame: `.x`, `[3]`, `x`. */
  readonly name: string;
  /** Null where it was not there. */
  readonly before: Value | null;
  readonly after: Value | null;
}

/** The changes of an object's parts, the first stop at which it was read left out. */
export function changesOf({ stops }: Pick<Recording, 'stops'>, object: ObjectId): readonly PartChange[] {
  const changes: PartChange[] = [];
  let last: HeapObject | null = null;
  for (const [stop, { changed }] of stops.entries()) {
    const now = changed.find(({ id }) => id === object);
    if (!now) continue;
    if (last) changes.push(...differences(last, now, stop));
    last = now;
  }
  return changes;
}

/** The writes of a variable of a call: the first value is a change, too. */
export function writesOf(
  { stops, calls }: Pick<Recording, 'stops' | 'calls'>,
  call: number,
  name: string,
): readonly PartChange[] {
  const changes: PartChange[] = [];
  let last: Value | null = null;
  for (const stop of calls[call]?.stops ?? []) {
    const now = partsOf(stops[stop]?.frame ?? null).get(name) ?? null;
    if (!now || now.type === 'uninitialised' || isSame(last, now)) continue;
    changes.push({ stop, name, before: last, after: now });
    last = now;
  }
  return changes;
}

/**
 * The line, from 1 in its file, of what ran before a stop: what is seen there for the first time was done by it. Null at the first stop,
 * which nothing that was recorded precedes.
 */
export function lineBefore(
  { stops, places, scripts }: Pick<Recording, 'stops' | 'places' | 'scripts'>,
  stop: number,
): number | null {
  const place = places[stops[stop - 1]?.place ?? -1];
  return place ? place.line + 1 + (scripts[place.script]?.startLine ?? 0) : null;
}

/** The stop at which an object first stood anywhere, and where; null when it never did. */
export function originOf(
  { stops }: Pick<Recording, 'stops'>,
  object: ObjectId,
): { readonly stop: number; readonly at: ObjectId; readonly name: string } | null {
  for (const [stop, { changed, frame }] of stops.entries()) {
    for (const holder of [frame, ...changed]) {
      for (const part of holder.parts) {
        let found = false;
        visitValues(part, (value) => {
          found ||= value.type === 'reference' && value.id === object;
        });
        if (found) return { stop, at: holder.id, name: partName(part) };
      }
    }
  }
  return null;
}

function differences(one: HeapObject, other: HeapObject, stop: number): readonly PartChange[] {
  const before = partsOf(one);
  const after = partsOf(other);
  const changes: PartChange[] = [];
  for (const [name, value] of after) {
    const was = before.get(name) ?? null;
    if (!isSame(was, value)) changes.push({ stop, name, before: was, after: value });
  }
  for (const [name, value] of before) if (!after.has(name)) changes.push({ stop, name, before: value, after: null });
  return changes;
}

function partsOf(object: HeapObject | null): ReadonlyMap<string, Value> {
  const parts = new Map<string, Value>();
  for (const part of object?.parts ?? []) {
    if (part.type === 'hidden' || part.type === 'holes') continue;
    parts.set(partName(part), part.value);
  }
  return parts;
}

function partName(part: Part): string {
  switch (part.type) {
    case 'element':
      return `[${part.index}]`;
    case 'entry':
      return part.key.type === 'string' ? `[${JSON.stringify(part.key.text.head)}]` : `[entry ${part.index}]`;
    case 'property':
      if (part.scope !== undefined && part.key.type === 'name') return part.key.name.head;
      if (part.key.type === 'symbol') return '[symbol]';
      return typeof part.key.name === 'string' ? part.key.name : `.${part.key.name.head}`;
    case 'hidden':
    case 'holes':
      return '…';
  }
}

const isSame = (one: Value | null, other: Value | null): boolean => JSON.stringify(one) === JSON.stringify(other);
