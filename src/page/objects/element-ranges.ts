/** What all writers of elements have in common. */
import type { Range } from '../../snapshot/slices.ts';
import type { WalkContext } from '../visit/walk-context.ts';

export interface ElementRanges {
  /** Which of the `count` positions of this slot are read of the current object. */
  rangesOf(slot: number, count: number, whole: boolean): Range | null;
  /** Hides `count` positions from `from` on, and searches some of them for references to objects that are read. */
  hide(from: number, count: number, valueAt: (position: number) => unknown): void;
}

export function createElementRanges({ budget, record, queue, ranges, hidden }: WalkContext): ElementRanges {
  return {
    rangesOf(slot, count, whole) {
      queue.slot = slot;
      return ranges.of(queue.current?.id ?? 0, slot, count, whole);
    },
    hide(from, count, valueAt) {
      record.hide(count);
      const end = from + hidden.open(queue.current, queue.slot, from, count);
      for (let position = from; position < end && !budget.isOver(); position += 1) hidden.add(valueAt(position));
    },
  };
}
