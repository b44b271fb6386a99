/** Writes own properties, and what is drawn like them: `[[…]]` slots, prototypes, attributes. */
import { KeyTag, type Kind, Slot, Tag } from '../../wire/format.ts';
import { isObject } from '../realm/safe-read.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import type { NativeClasses } from './browser/native-classes.ts';
import type { Names } from './own-names.ts';

export interface Properties {
  /** Writes all own properties of an object that is not a list. */
  write(target: object, kind: Kind, whole: boolean): void;
  /** Writes own properties from `list[from]` on, then symbols. `list` is null when names are not listed. */
  writeListed(
    target: object,
    kind: Kind,
    list: readonly (string | symbol)[] | null,
    from: number,
    whole: boolean,
  ): void;
  /** Searches an object that a limit cut for references to objects that are read. */
  search(target: object, kind: Kind, list: readonly (string | symbol)[] | null, from: number): void;
  /** Writes a property without a position. It is left out when only retainer paths are shown and it is on none of them. */
  keep(name: string, tag: number, value: unknown): void;
  /** @param unasked Whether it is read once the user opens the object. */
  keepUnreadable(name: string, reason: string, unasked?: boolean): void;
}

export function createProperties(context: WalkContext, names: Names, natives: NativeClasses): Properties {
  const { budget, safe, families, record, queue, values, ranges, hidden, getterRuns } = context;
  const { body } = record;

  function keepUnreadable(name: string, reason: string, unasked = false): void {
    record.keep(name, KeyTag.Internal);
    values.writeUnreadable(body, reason, unasked);
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
    queue.slot = Slot.Property;
    let shown = ranges.of(queue.current?.id ?? 0, Slot.Property, count, whole);
    for (; shown !== null; shown = shown.next) {
      if (shown.start > position) hide(target, position, shown.start);
      for (position = shown.start; position < shown.end; position += 1) {
        if (budget.isOver()) {
          budget.interrupted += 1;
          record.hideProperties(position, count - position);
          return;
        }
        const key = names.at(position);
        queue.position = position;
        if (key === 'stack' && !names.isEnumerable(target, key)) {
          // Reading an error's stack, or its descriptor in older engines, runs Error.prepareStackTrace.
          record.keep(key, KeyTag.NonEnumerable);
          body.digit(Tag.Getter);
          continue;
        }
        const found = safe.at(target, key);
        if (found === undefined) continue;
        record.keepProperty(key, found.enumerable === true);
        const told = safe.isData(found) ? null : natives.ownValue(target, key, found);
        if (told !== null) values.write(body, told[0]);
        else if (!writeRun(target, key, found)) values.writeFound(body, found, kind);
      }
    }
    if (position < count) hide(target, position, count);
  }

  /** What a getter of the page gave, if the user asked for it. Answers whether that is written. */
  function writeRun(target: object, key: string | symbol, found: PropertyDescriptor): boolean {
    // What a descriptor has not itself is looked for in the page's prototypes.
    const get = safe.isData(found) ? undefined : found.get;
    if (typeof get !== 'function' || typeof key !== 'string') return false;
    const run = getterRuns.asked(context.view, queue.current?.id ?? 0, key);
    if (run === undefined) return false;
    let ran = getterRuns.before(target, key, run);
    if (ran === null) return false;
    if (ran === undefined) {
      if (run.refused !== '') {
        values.writeUnreadable(body, run.refused);
        return true;
      }
      ran = getterRuns.run(target, key, run, get);
      safe.refresh();
      families.refresh();
    }
    if (ran.threw) values.writeUnreadable(body, 'getterThrew');
    else values.write(body, ran.value);
    return true;
  }

  function hide(target: object, start: number, end: number): void {
    record.hideProperties(start, end - start);
    search(target, start, start + hidden.open(queue.current, Slot.Property, start, end - start));
  }

  /** Searches the collected names for references to objects that are read. */
  function search(target: object, start: number, end: number): void {
    for (let index = start; index < end && !budget.isOver(); index += 1) {
      const key = names.at(index);
      // Even the descriptor of a stack runs Error.prepareStackTrace in older engines.
      if (key !== 'stack') hidden.add(safe.data(target, key));
    }
  }

  return {
    search(target, kind, list, from) {
      if (natives.hidesOwn(target)) return;
      const count = names.collect(target, kind, list, from);
      search(target, 0, hidden.open(queue.current, Slot.Other, 0, count));
    },
    writeListed,
    keepUnreadable,
    write(target, kind, whole) {
      if (!natives.hidesOwn(target)) writeListed(target, kind, names.of(target), 0, whole);
    },
    keep(name, tag, value) {
      const { paths } = context;
      if (paths !== null && isObject(value) && !paths.has(value)) return;
      queue.slot = Slot.Other;
      record.keep(name, tag);
      values.write(body, value);
    },
  };
}
