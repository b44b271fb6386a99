/** Writes own properties, and what stands among them: `[[…]]` slots, prototypes, attributes. */
import { KeyTag, type Kind, Tag } from '../snapshot/format.ts';
import { isObject } from './look.ts';
import type { Names } from './names.ts';
import { Slot } from './ranges.ts';
import type { Work } from './work.ts';

export interface Properties {
  /** All own properties of an object that is no list. */
  write(target: object, kind: Kind, whole: boolean): void;
  /** Own properties from `list[from]` on, then symbols. `list` is null where names are not to be listed. */
  writeListed(
    target: object,
    kind: Kind,
    list: readonly (string | symbol)[] | null,
    from: number,
    whole: boolean,
  ): void;
  /** Looks for references to what is read, where a limit cut the object. */
  lookAt(target: object, kind: Kind, list: readonly (string | symbol)[] | null, from: number): void;
  /** One that stands in no numbered position; left out where only ways are shown and it is on none. */
  keep(name: string, tag: number, value: unknown): void;
  keepUnreadable(name: string, reason: string): void;
}

export function createProperties(work: Work, names: Names): Properties {
  const { budget, look, record, mentions, values, ranges, hidden } = work;
  const { body } = record;

  function keepUnreadable(name: string, reason: string): void {
    record.keep(name, KeyTag.Internal);
    values.writeUnreadable(body, reason);
  }

  function writeListed(
    target: object,
    kind: Kind,
    list: readonly (string | symbol)[] | null,
    from: number,
    whole: boolean,
  ): void {
    if (names.failure !== '') keepUnreadable('[[OwnPropertyKeys]]', names.failure);
    const count = names.collect(target, kind, list, from);
    let position = 0;
    mentions.slot = Slot.Property;
    let shown = ranges.of(mentions.current?.id ?? 0, Slot.Property, count, whole);
    for (; shown !== null; shown = shown.next) {
      if (shown.start > position) hide(target, position, shown.start);
      for (position = shown.start; position < shown.end; position += 1) {
        if (budget.isOver()) {
          budget.interrupted += 1;
          record.hideProperties(position, count - position);
          return;
        }
        const key = names.at(position);
        mentions.position = position;
        if (key === 'stack' && !names.isEnumerable(target, key)) {
          // Reading an error's stack, or its descriptor in older engines, runs Error.prepareStackTrace.
          record.keep(key, KeyTag.NonEnumerable);
          body.digit(Tag.Getter);
          continue;
        }
        const found = look.at(target, key);
        if (found === undefined) continue;
        record.keepProperty(key, found.enumerable === true);
        values.writeFound(body, found, kind);
      }
    }
    if (position < count) hide(target, position, count);
  }

  function hide(target: object, start: number, end: number): void {
    record.hideProperties(start, end - start);
    lookAt(target, start, start + hidden.open(mentions.current, Slot.Property, start, end - start));
  }

  /** Looks for references to what is read among the names at hand. */
  function lookAt(target: object, start: number, end: number): void {
    for (let index = start; index < end && !budget.isOver(); index += 1) {
      const key = names.at(index);
      // Even the descriptor of a stack runs Error.prepareStackTrace in older engines.
      if (key !== 'stack') hidden.add(look.data(target, key));
    }
  }

  return {
    lookAt(target, kind, list, from) {
      const count = names.collect(target, kind, list, from);
      lookAt(target, 0, hidden.open(mentions.current, Slot.Other, 0, count));
    },
    writeListed,
    keepUnreadable,
    write(target, kind, whole) {
      writeListed(target, kind, names.of(target), 0, whole);
    },
    keep(name, tag, value) {
      const { ways } = work;
      if (ways !== null && isObject(value) && !ways.has(value)) return;
      mentions.slot = Slot.Other;
      record.keep(name, tag);
      values.write(body, value);
    },
  };
}
