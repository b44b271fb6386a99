/**
 * Groups the objects of a snapshot: those with the same class or names that are reached by the same field below the same group are one.
 * An instance whose class is not far above it joins that group, so that lists and trees become one group that refers to itself. Pure.
 */
import { type Compact, types } from './compact.ts';
import { type Dominators, dominatorsOf } from './dominators.ts';
import { type Row, rowsOf } from './rows.ts';
import { type Draft, partsOf } from './split.ts';

export interface Group {
  /** The same in every drawing of the same structure. */
  readonly key: string;
  /** The number of its shape. */
  readonly shape: number;
  /** What tells it apart from other parts of a group that was opened; empty for a whole group. */
  readonly note: string;
  readonly count: number;
  /** Its first object. */
  readonly first: number;
  /** It was opened, and has parts. */
  readonly opened: boolean;
  readonly rows: readonly Row[];
}

export interface Grouping {
  readonly groups: readonly Group[];
  /** By object: its group; −1 for what the roots do not reach. */
  readonly groupOf: Int32Array<ArrayBuffer>;
  /** The number of objects that the roots reach. */
  readonly count: number;
}

/** What a user opened. */
export interface Opened {
  /** Keys of groups. A group that is in it twice is opened further. */
  readonly groups: readonly string[];
  /** Numbers of objects that stand beside their groups. */
  readonly taken: readonly number[];
}

/** How many dominators above an instance its class may be for it to join that group. */
const joinsWithin = 4;

export function groupObjects(compact: Compact, opened: Opened, known?: Dominators): Grouping {
  const dominators = known ?? dominatorsOf(compact);
  const { count, shapeOf, shapes, fields } = compact;
  const { order, of } = dominators;
  const fieldIn = fieldsFromDominators(compact, of);
  const openedKeys = new Set(opened.groups);
  const taken = new Set(opened.taken);
  const drafts: Draft[] = [];
  const numbers = new Map<string, number>();
  const groupOf = new Int32Array(count).fill(-1);

  const draft = (key: string, shape: number, note = ''): number =>
    drafts.push({ key, shape, note, members: [], opened: openedKeys.has(key), unfolded: false }) - 1;
  const ownGroup = (object: number): number => {
    const shape = shapeOf[object] ?? 0;
    const dominator = of[object] ?? -1;
    if (dominator === -1) return draft(hashed(`root ${shapes[shape]?.key}`), shape);
    if (shapes[shape]?.joins) {
      let above = dominator;
      for (let steps = 0; steps < joinsWithin && above !== -1; steps++) {
        const group = groupOf[above] ?? -1;
        const joined = drafts[group];
        if (joined && shapeOf[above] === shape && !taken.has(above)) {
          if (!joined.opened) return group;
          joined.unfolded = true;
        }
        above = of[above] ?? -1;
      }
    }
    const parent = groupOf[dominator] ?? -1;
    const field = fieldIn[object] ?? -1;
    const name = `${parent} ${field} ${shape}`;
    const found = numbers.get(name);
    if (found !== undefined) return found;
    const fieldName = field === -1 ? 'shared' : (fields[field] ?? '');
    const number = draft(hashed(`${drafts[parent]?.key} ${fieldName} ${shapes[shape]?.key}`), shape);
    numbers.set(name, number);
    return number;
  };

  for (const object of order) {
    const group = taken.has(object) ? draft(`one ${object}`, shapeOf[object] ?? 0) : ownGroup(object);
    groupOf[object] = group;
    drafts[group]?.members.push(object);
  }
  // In the order in which they were read, the nearest ones first.
  for (const { members } of drafts) members.sort((a, b) => a - b);
  const split = splitOpened(compact, drafts, opened.groups);
  split.forEach(({ members }, group) => {
    for (const member of members) groupOf[member] = group;
  });
  const rows = rowsOf(
    compact,
    split.map(({ members }) => members),
    groupOf,
  );
  const groups = split.map(({ key, shape, note, members, opened }, group): Group => {
    const { length } = members;
    return { key, shape, note, count: length, first: members[0] ?? 0, opened, rows: rows[group] ?? [] };
  });
  return { groups, groupOf, count: order.length };
}

/** By object: the field in which its dominator refers to it; −1 where only others do. */
function fieldsFromDominators(
  { count, firstPart, fieldOf, typeOf, values }: Compact,
  of: Int32Array,
): Int32Array<ArrayBuffer> {
  const fieldIn = new Int32Array(count).fill(-1);
  for (let object = 0; object < count; object++) {
    for (let part = firstPart[object] ?? 0; part < (firstPart[object + 1] ?? 0); part++) {
      if (typeOf[part] !== types.reference) continue;
      const target = values[part] ?? 0;
      if (of[target] === object && fieldIn[target] === -1) fieldIn[target] = fieldOf[part] ?? -1;
    }
  }
  return fieldIn;
}

/** Replaces groups that were opened by their parts, as often as they were opened. */
function splitOpened(compact: Compact, drafts: readonly Draft[], opened: readonly string[]): readonly Draft[] {
  let all = drafts;
  const done = new Map<string, number>();
  for (const key of opened) {
    const group = all.find((draft) => draft.key === key);
    if (!group) continue;
    const times = (done.get(key) ?? 0) + 1;
    done.set(key, times);
    // To open it the first time unfolded it already.
    if (group.unfolded && times === 1) continue;
    const parts = partsOf(compact, group);
    all = all.flatMap((draft) => (draft === group ? parts : [draft]));
  }
  return all;
}

/** A short name for a long one: 53 bits are enough for thousands of groups. */
export function hashed(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
