/** Writes what the user's own accessors return for the objects that they are for. No other code of a user runs in a walk. */
import { ShapeFlag, Slot, Tag } from '../../wire/format.ts';
import { isObject } from '../realm/safe-read.ts';
import type { Accessor } from '../visit/roots.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import type { Properties } from './properties.ts';

export interface AccessorWriter {
  /** Writes what an accessor returns and answers its flags; null when none reads the object, or one fails and a cell says why. */
  write(target: object, className: string | null, whole: boolean): number | null;
}

export function createAccessorWriter(context: WalkContext, properties: Properties): AccessorWriter {
  const { builtins, budget, safe, families, record, queue, values, ranges, hidden } = context;
  const { body } = record;

  function isAccepted({ className: wanted, accepts }: Accessor, target: object, className: string | null): boolean {
    if (accepts === null) return wanted === className;
    try {
      return builtins.apply(accepts, undefined, [target]) === true;
    } catch {
      // The accessor was written for other objects.
      return false;
    } finally {
      safe.refresh();
      families.refresh();
    }
  }

  function read(accessor: Accessor, target: object): unknown {
    try {
      return builtins.apply(accessor.read, undefined, [target]);
    } finally {
      safe.refresh();
      families.refresh();
    }
  }

  /** Pairs whose keys are strings or symbols are properties, others are entries. */
  function writePairs(pairs: object, whole: boolean): number {
    const count = safe.lengthOf(pairs);
    let named = true;
    for (let index = 0; index < count && named; index += 1) {
      const pair = safe.data(pairs, index);
      const key = isObject(pair) ? safe.data(pair, 0) : undefined;
      named = typeof key === 'string' || typeof key === 'symbol';
    }
    let position = 0;
    queue.slot = named ? Slot.Property : Slot.Entry;
    let shown = ranges.of(queue.current?.id ?? 0, queue.slot, count, whole);
    const hide = (to: number): void => {
      if (to === position) return;
      if (named) record.hideProperties(position, to - position);
      else record.hide(to - position);
      const end = position + hidden.open(queue.current, queue.slot, position, to - position);
      for (; position < end; position += 1) {
        const pair = safe.data(pairs, position);
        hidden.add(isObject(pair) ? safe.data(pair, 1) : pair);
      }
      position = to;
    };
    for (; shown !== null && !budget.isOver(); shown = shown.next) {
      hide(shown.start);
      for (; position < shown.end; position += 1) {
        const pair = safe.data(pairs, position);
        const key = isObject(pair) ? safe.data(pair, 0) : undefined;
        const value = isObject(pair) ? safe.data(pair, 1) : pair;
        queue.position = position;
        if (named && (typeof key === 'string' || typeof key === 'symbol')) record.keepProperty(key, true);
        else values.write(body, key);
        values.write(body, value);
      }
    }
    hide(count);
    if (named) return 0;
    body.digit(Tag.End);
    return ShapeFlag.List + ShapeFlag.Entries;
  }

  return {
    write(target, className, whole) {
      const { accessors } = context;
      for (let index = 0; index < accessors.length; index += 1) {
        const accessor = accessors[index];
        if (accessor === undefined || !isAccepted(accessor, target, className)) continue;
        try {
          const pairs = read(accessor, target);
          if (isObject(pairs)) return writePairs(pairs, whole);
          properties.keepUnreadable('[[Accessor]]', 'accessorNoList');
        } catch (error) {
          properties.keepUnreadable('[[Accessor]]', `accessorThrew\n${safe.describe(error)}`);
        }
        return null;
      }
      return null;
    },
  };
}
