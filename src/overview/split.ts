/**
 * Splits a group that was opened: by the fields in which its objects are referred to, or else by a value that tells kinds of them apart,
 * or else into the first objects and the rest. Pure.
 */

import { say, sayList } from '../words/say.ts';
import { type Compact, types } from './compact.ts';

/** A group while it is made. */
export interface Draft {
  readonly key: string;
  readonly shape: number;
  readonly note: string;
  readonly members: number[];
  opened: boolean;
  /** Instances below it would have joined it, had it not been opened. */
  unfolded: boolean;
}

/** The number of parts; what is left is one more. */
const mostParts = 6;
/** The number of single objects. */
const mostOnes = 8;
/** A field with more values tells objects apart, not kinds of them. */
const mostKinds = 12;

export function partsOf(compact: Compact, group: Draft): readonly Draft[] {
  if (group.members.length < 2) return [group];
  const parts = byRetainers(compact, group) ?? byValue(compact, group) ?? ones(group);
  return parts.map(({ note, members }) => ({
    key: `${group.key}~${note}`,
    shape: group.shape,
    note: [group.note, note].filter((text) => text !== '').join(', '),
    members,
    opened: false,
    unfolded: false,
  }));
}

interface Part {
  readonly note: string;
  readonly members: number[];
}

/** The largest parts, and the rest together; null when there is only one. */
function parted(names: readonly string[], members: readonly number[]): readonly Part[] | null {
  const parts = new Map<string, number[]>();
  members.forEach((member, i) => {
    const name = names[i] ?? '';
    const known = parts.get(name);
    if (known) known.push(member);
    else parts.set(name, [member]);
  });
  if (parts.size < 2) return null;
  const all = [...parts].map(([note, members]): Part => ({ note, members }));
  if (all.length <= mostParts + 1) return all;
  all.sort((a, b) => b.members.length - a.members.length);
  const rest = all.slice(mostParts).flatMap(({ members }) => members);
  return [...all.slice(0, mostParts), { note: say('overview_others'), members: rest }];
}

/** `in posts and cache` */
function byRetainers(
  { count, firstPart, fieldOf, typeOf, values, fields }: Compact,
  { members }: Draft,
): readonly Part[] | null {
  const wanted = new Map(members.map((member) => [member, new Set<number>()]));
  for (let object = 0; object < count; object++) {
    for (let part = firstPart[object] ?? 0; part < (firstPart[object + 1] ?? 0); part++) {
      if (typeOf[part] === types.reference) wanted.get(values[part] ?? -1)?.add(fieldOf[part] ?? 0);
    }
  }
  const names = members.map((member) => {
    const found = [...(wanted.get(member) ?? [])].map((field) => fields[field] ?? '');
    return found.length === 0 ? '' : say('overview_in', { fields: sayList(found.sort()) });
  });
  return parted(names, members);
}

/** Names of fields whose values are kinds. */
const ofKinds = /^(?:type|kind|status|state|role|category|level|tag)$/i;

function byValue(
  { firstPart, fieldOf, typeOf, values, fields, texts }: Compact,
  { members }: Draft,
): readonly Part[] | null {
  const kinds = new Map<number, Set<string>>();
  const valueIn = (part: number): string | null => {
    switch (typeOf[part]) {
      case types.string:
        return JSON.stringify(texts[values[part] ?? 0] ?? '');
      case types.true:
        return 'true';
      case types.false:
        return 'false';
      case types.null:
        return 'null';
      default:
        return null;
    }
  };
  const eachPart = (object: number, visit: (field: number, value: string) => void): void => {
    for (let part = firstPart[object] ?? 0; part < (firstPart[object + 1] ?? 0); part++) {
      const value = valueIn(part);
      if (value !== null) visit(fieldOf[part] ?? 0, value);
    }
  };
  for (const member of members) {
    eachPart(member, (field, value) => {
      const known = kinds.get(field);
      if (!known) kinds.set(field, new Set([value]));
      else if (known.size <= mostKinds) known.add(value);
    });
  }
  const worth = (field: number): number => (ofKinds.test(fields[field] ?? '') ? 0 : 1);
  const [field] = [...kinds]
    .filter(([, { size }]) => size > 1 && size <= mostKinds)
    .map(([field]) => field)
    .sort((a, b) => worth(a) - worth(b));
  if (field === undefined) return null;
  const names = members.map((member) => {
    let name = '';
    eachPart(member, (other, value) => {
      if (other === field) name = `${fields[field]}: ${value}`;
    });
    return name === '' ? `no ${fields[field]}` : name;
  });
  return parted(names, members);
}

function ones({ members }: Draft): readonly Part[] {
  const first = members.slice(0, mostOnes).map((member, i): Part => ({ note: String(i), members: [member] }));
  const rest = members.slice(mostOnes);
  return rest.length === 0 ? first : [...first, { note: say('overview_from', { count: mostOnes }), members: rest }];
}
