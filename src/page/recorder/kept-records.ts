/**
 * The record of each object when it was last read, as digits and numbers: nothing of the page. Gives texts and shapes numbers that
 * stay, so that equal objects have equal digits at every stop.
 */
import { charactersOf, Sink } from '../encode/digit-writer.ts';
import { createPool, longestCopied, type Pool } from '../encode/text-pool-writer.ts';
import type { Builtins } from '../realm/builtins.ts';
import type { List } from '../realm/lists.ts';
import { substring } from '../realm/strings.ts';
import { createTable } from '../realm/tables.ts';
import type { Recording } from '../visit/walk-context.ts';

export interface KeptRecords extends Recording {
  /** Events and records since the last `take`. */
  readonly stream: Sink;
  /** From now on it is noted when the record of this object differs; 0 ends that. */
  watch(id: number): void;
  /** Whether it did. Then it is watched no longer. */
  hasWatchedChanged(): boolean;
  /** Takes out what is new: shapes, the stream, definitions of texts, and their characters. */
  take(): readonly string[];
  /** Characters that wait to be taken, and that were. */
  size(): number;
}

/** The digits of an object's record. */
interface Kept {
  shape: number;
  count: number;
  digits: List<number> | null;
  /** In place of digits that are too many to compare as numbers. */
  text: string;
}

/** @param currentId The number of the object whose record is being written. */
export function createKeptRecords(builtins: Builtins, longest: number, currentId: () => number): KeptRecords {
  const characters = charactersOf(builtins);
  const stream = new Sink(builtins, characters);
  const definitions = new Sink(builtins, characters);
  // Each text is defined once, so the inner pool has nothing to know.
  const defined = createPool(builtins, -1);
  defined.begin(longest);
  const numbers = createTable<string, number>(builtins);
  let count = 0;
  const shapes = createTable<string, number>(builtins);
  let shapeCount = 0;
  let shapeTexts = '';
  const kept: List<Kept> = { __proto__: null };
  let taken = 0;
  let watched = 0;
  let changed = false;

  function refer(sink: Sink, key: string, define: () => void): void {
    const known = numbers.get(key);
    if (known === undefined) {
      count += 1;
      numbers.set(key, count);
      define();
    }
    sink.number(known ?? count);
  }

  const whole = (sink: Sink, value: string): void =>
    refer(sink, `=${value}`, () => defined.excerpt(definitions, value, value.length));

  const texts: Pool = {
    readsAll: false,
    begin: () => {},
    text: whole,
    bare: whole,
    excerpt(sink, value, limit = longest) {
      if (value.length <= limit) return whole(sink, value);
      // Reading a part would copy a text that was joined of others.
      if (value.length > longestCopied)
        return refer(sink, `${value.length}…`, () => defined.excerpt(definitions, value, limit));
      const head = substring(builtins, value, 0, limit - (limit >> 2));
      const tail = substring(builtins, value, value.length - (limit >> 2), value.length);
      refer(sink, `${value.length}…${head}…${tail}`, () => defined.excerpt(definitions, value, limit));
    },
    take: () => '',
  };

  function isKept(shape: number, body: Sink, before: Kept | undefined): boolean {
    return before?.shape === shape && before.digits !== null && body.hasDigits(before.digits, before.count);
  }

  return {
    texts,
    names: texts,
    stream,
    keeper: {
      shape(digits) {
        const text = digits.take();
        const known = shapes.get(text);
        if (known !== undefined) return known;
        shapes.set(text, shapeCount);
        shapeTexts += text;
        shapeCount += 1;
        return shapeCount - 1;
      },
      record(shape, body) {
        const id = currentId();
        // Frames have negative numbers.
        const at = id < 0 ? -2 * id + 1 : 2 * id;
        const before = kept[at];
        if (isKept(shape, body, before)) return body.clear();
        if (before !== undefined && watched === id) changed = true;
        const { length } = body;
        const digits = body.copyDigits();
        let text = '';
        if (digits === null) {
          text = body.take();
          if (before?.shape === shape && before.text === text) return;
        }
        kept[at] = { shape, count: length, digits, text };
        stream.number(at);
        stream.number(shape);
        if (digits === null) stream.characters(text);
        else stream.append(body);
      },
    },
    watch(id) {
      watched = id;
      changed = false;
    },
    hasWatchedChanged() {
      if (!changed) return false;
      changed = false;
      watched = 0;
      return true;
    },
    take() {
      const shapesText = shapeTexts;
      shapeTexts = '';
      const all = [shapesText, stream.take(), definitions.take(), defined.take()];
      for (let index = 0; index < 4; index += 1) taken += (all[index] ?? '').length;
      return all;
    },
    size: () => taken + stream.length + definitions.length,
  };
}
