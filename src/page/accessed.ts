/** Writes what a person's own accessors give of the objects that they are for. The only code that runs in a walk. */
import { ShapeFlag, Tag } from '../snapshot/format.ts';
import { isObject } from './look.ts';
import type { Properties } from './properties.ts';
import { Slot } from './ranges.ts';
import type { Work } from './work.ts';

/** `View.accessors` as functions. */
export interface Accessor {
  readonly className: string | null;
  readonly accepts: ((target: object) => unknown) | null;
  readonly read: (target: object) => unknown;
}

export interface Accessed {
  /** The flags of what an accessor gives; null where none reads the object, or it fails: then it says why. */
  write(target: object, className: string | null, whole: boolean): number | null;
}

export function createAccessed(work: Work, properties: Properties): Accessed {
  const { builtins, budget, look, brands, record, mentions, values, ranges, hidden } = work;
  const { body } = record;

  function isAccepted({ className: wanted, accepts }: Accessor, target: object, className: string | null): boolean {
    if (accepts === null) return wanted === className;
    try {
      return builtins.apply(accepts, undefined, [target]) === true;
    } catch {
      // Written for other objects than this one.
      return false;
    } finally {
      look.refresh();
      brands.refresh();
    }
  }

  function read(accessor: Accessor, target: object): unknown {
    try {
      return builtins.apply(accessor.read, undefined, [target]);
    } finally {
      look.refresh();
      brands.refresh();
    }
  }

  /** Pairs with texts and symbols for keys are properties, others are entries. */
  function writePairs(pairs: object, whole: boolean): number {
    const count = look.lengthOf(pairs);
    let named = true;
    for (let index = 0; index < count && named; index += 1) {
      const pair = look.data(pairs, index);
      const key = isObject(pair) ? look.data(pair, 0) : undefined;
      named = typeof key === 'string' || typeof key === 'symbol';
    }
    let position = 0;
    mentions.slot = named ? Slot.Property : Slot.Entry;
    let shown = ranges.of(mentions.current?.id ?? 0, mentions.slot, count, whole);
    const hide = (to: number): void => {
      if (to === position) return;
      if (named) record.hideProperties(position, to - position);
      else record.hide(to - position);
      const end = position + hidden.open(mentions.current, mentions.slot, position, to - position);
      for (; position < end; position += 1) {
        const pair = look.data(pairs, position);
        hidden.add(isObject(pair) ? look.data(pair, 1) : pair);
      }
      position = to;
    };
    for (; shown !== null && !budget.isOver(); shown = shown.next) {
      hide(shown.start);
      for (; position < shown.end; position += 1) {
        const pair = look.data(pairs, position);
        const key = isObject(pair) ? look.data(pair, 0) : undefined;
        const value = isObject(pair) ? look.data(pair, 1) : pair;
        mentions.position = position;
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
      const { accessors } = work;
      for (let index = 0; index < accessors.length; index += 1) {
        const accessor = accessors[index];
        if (accessor === undefined || !isAccepted(accessor, target, className)) continue;
        try {
          const pairs = read(accessor, target);
          if (isObject(pairs)) return writePairs(pairs, whole);
          properties.keepUnreadable('[[Accessor]]', 'the accessor gave no list of pairs');
        } catch (error) {
          properties.keepUnreadable('[[Accessor]]', `the accessor threw ${look.describe(error)}`);
        }
        return null;
      }
      return null;
    },
  };
}
