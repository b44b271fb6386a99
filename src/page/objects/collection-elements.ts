/** Writes the entries of Maps and the elements of Sets. */
import { Slot } from '../../wire/format.ts';
import type { Method } from '../realm/judge.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import type { ElementRanges } from './element-ranges.ts';

export interface CollectionElements {
  ofCollection(target: object, size: number, whole: boolean, isMap: boolean): void;
  /** Searches what a limit cut for references to objects that are read. */
  search(target: object, size: number, isMap: boolean): void;
}

export function createCollectionElements(context: WalkContext, { rangesOf }: ElementRanges): CollectionElements {
  const { builtins, budget, safe, record, queue, values, hidden } = context;
  const { body } = record;

  return {
    /**
     * Stepping with the captured `next` is the only way to the middle of a Map or Set that runs no code of the page. A million steps
     * take some 20 ms.
     */
    ofCollection(target, size, whole, isMap) {
      const next: Method = isMap ? builtins.collections.mapNext : builtins.collections.setNext;
      const iterator = safe.ask(isMap ? builtins.collections.mapKeys : builtins.collections.setValues, target);
      let position = 0;
      let shown = rangesOf(isMap ? Slot.Entry : Slot.Element, size, whole);
      const search = (key: unknown): void => {
        hidden.add(key);
        if (isMap) hidden.add(builtins.apply(builtins.collections.mapGet, target, [key]));
      };
      if (iterator === undefined) shown = null;
      for (; shown !== null; shown = shown.next) {
        const from = position;
        const searched = shown.start > from ? hidden.open(queue.current, queue.slot, from, shown.start - from) : 0;
        for (; position < shown.start; position += 1) {
          const step = builtins.apply(next, iterator, []);
          if (position < from + searched && isStep(step)) search(step.value);
          if (budget.isOver()) {
            budget.interrupted += 1;
            record.hide(size - from);
            return;
          }
        }
        if (position > from) record.hide(position - from);
        for (; position < shown.end; position += 1) {
          const step = budget.isOver() ? undefined : builtins.apply(next, iterator, []);
          if (step === undefined || !isStep(step)) {
            budget.interrupted += 1;
            record.hide(size - position);
            return;
          }
          queue.position = position;
          values.write(body, step.value);
          if (isMap) values.write(body, builtins.apply(builtins.collections.mapGet, target, [step.value]));
        }
      }
      if (position === size) return;
      record.hide(size - position);
      if (iterator === undefined) return;
      const end = position + hidden.open(queue.current, queue.slot, position, size - position);
      for (; position < end && !budget.isOver(); position += 1) {
        const step = builtins.apply(next, iterator, []);
        if (isStep(step)) search(step.value);
      }
    },

    search(target, size, isMap) {
      const iterator = safe.ask(isMap ? builtins.collections.mapKeys : builtins.collections.setValues, target);
      const next: Method = isMap ? builtins.collections.mapNext : builtins.collections.setNext;
      const end = hidden.open(queue.current, Slot.Other, 0, size);
      for (let index = 0; index < end && iterator !== undefined; index += 1) {
        const step = budget.isOver() ? undefined : builtins.apply(next, iterator, []);
        if (!isStep(step)) break;
        hidden.add(step.value);
        if (isMap) hidden.add(builtins.apply(builtins.collections.mapGet, target, [step.value]));
      }
    },
  };
}

function isStep(value: unknown): value is { readonly value: unknown } {
  return typeof value === 'object' && value !== null;
}
