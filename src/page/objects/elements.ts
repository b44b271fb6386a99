/** Writes elements and entries, which come before the properties in the record of an object. */
import { type Kind, Slot } from '../../wire/format.ts';
import type { List } from '../realm/lists.ts';
import { isObject } from '../realm/safe-read.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import { type ArrayElements, createArrayElements } from './array-elements.ts';
import { type CollectionElements, createCollectionElements } from './collection-elements.ts';
import { createElementRanges } from './element-ranges.ts';
import type { Names } from './own-names.ts';

export interface Elements extends ArrayElements, Pick<CollectionElements, 'ofCollection'> {
  ofTypedArray(target: object, length: number, whole: boolean): void;
  /** The child nodes of a DOM node. */
  ofNode(target: object, whole: boolean): void;
  /** Searches an object that a limit cut for references to objects that are read. */
  search(target: object, kind: Kind, size: number): void;
}

export function createElements(context: WalkContext, names: Names): Elements {
  const { builtins, budget, safe, record, queue, values, hidden } = context;
  const { body } = record;
  const elementRanges = createElementRanges(context);
  const { rangesOf, hide } = elementRanges;
  const arrays = createArrayElements(context, names, elementRanges);
  const collections = createCollectionElements(context, elementRanges);

  return {
    ofArray: arrays.ofArray,
    byIndex: arrays.byIndex,
    ofCollection: collections.ofCollection,

    /** These elements are always own data, and never holes. */
    ofTypedArray(target, length, whole) {
      if (!isIndexed(target)) return;
      let position = 0;
      // Numbers have no references.
      let shown = context.sought !== null ? null : rangesOf(Slot.Element, length, whole);
      for (; shown !== null; shown = shown.next) {
        if (shown.start > position) record.hide(shown.start - position);
        for (position = shown.start; position < shown.end; position += 1) {
          if (budget.isOver()) {
            budget.interrupted += 1;
            record.hide(length - position);
            return;
          }
          values.write(body, target[position]);
        }
      }
      if (position < length) record.hide(length - position);
    },

    ofNode(target, whole) {
      const children: List<unknown> = { __proto__: null };
      let count = 0;
      for (
        let child = safe.ask(builtins.browser.firstChild, target);
        isObject(child) && !budget.isOver();
        child = safe.ask(builtins.browser.nextSibling, child)
      ) {
        children[count] = child;
        count += 1;
      }
      let position = 0;
      for (let shown = rangesOf(Slot.Element, count, whole); shown !== null; shown = shown.next) {
        if (shown.start > position) hide(position, shown.start - position, (index) => children[index]);
        for (position = shown.start; position < shown.end; position += 1) {
          queue.position = position;
          values.write(body, children[position]);
        }
      }
      if (position < count) hide(position, count - position, (index) => children[index]);
    },

    search(target, kind, size) {
      switch (kind) {
        case 'array':
        case 'arguments': {
          const end = hidden.open(queue.current, Slot.Other, 0, size);
          for (let index = 0; index < end && !budget.isOver(); index += 1) hidden.add(safe.data(target, index));
          break;
        }
        case 'map':
        case 'set':
          collections.search(target, size, kind === 'map');
      }
    },
  };
}

function isIndexed(target: object): target is { readonly [index: number]: unknown } {
  return typeof target === 'object';
}
