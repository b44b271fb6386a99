/** Writes the value of a slot (`value` of src/wire/format.ts). */
import { type Kind, Tag } from '../../wire/format.ts';
import type { Sink } from '../encode/digit-writer.ts';
import type { SymbolWriter } from '../encode/symbols.ts';
import type { Pool } from '../encode/text-pool-writer.ts';
import type { Builtins } from '../realm/builtins.ts';
import { failed, type SafeReader } from '../realm/safe-read.ts';
import type { VisitQueue } from './visit-queue.ts';

/** Number.MAX_SAFE_INTEGER. */
export const largestWhole = 9_007_199_254_740_991;
/** V8 needs more than linear time for decimal digits, so larger numbers are written in hexadecimal. */
const decimalLimit = 1n << 100_000n;
/** Longer names of thrown errors and messages are cut. */
export const longestReason = 300;

export interface Values {
  write(sink: Sink, value: unknown): void;
  /** Writes what the safe reader found last, in an object of this kind. */
  writeFound(sink: Sink, found: PropertyDescriptor, kind: Kind): void;
  /** @param unasked Whether it is read once the user opens the object. */
  writeUnreadable(sink: Sink, reason: string, unasked?: boolean): void;
}

export function createValues(
  builtins: Builtins,
  safe: SafeReader,
  queue: VisitQueue,
  texts: Pool,
  writeSymbol: SymbolWriter,
): Values {
  function writeNumber(sink: Sink, value: number): void {
    // A number in one machine word needs no further checks.
    if ((value | 0) === value && (value !== 0 || 1 / value > 0)) {
      if (value >= 0 && value < 64 - Tag.Small) sink.digit(Tag.Small + value);
      else {
        sink.digit(value < 0 ? Tag.Negative : Tag.Positive);
        sink.number(value < 0 ? -value : value);
      }
      return;
    }
    if (value === 0) {
      sink.digit(Tag.MinusZero);
      return;
    }
    if (value % 1 === 0 && value >= -largestWhole && value <= largestWhole) {
      sink.digit(value < 0 ? Tag.Negative : Tag.Positive);
      sink.number(value < 0 ? -value : value);
      return;
    }
    if (value === 1 / 0) sink.digit(Tag.Infinity);
    else if (value === -1 / 0) sink.digit(Tag.MinusInfinity);
    else if (value > -1 / 0) {
      sink.digit(Tag.Decimal);
      texts.bare(sink, `${value}`);
    } else sink.digit(Tag.NaN);
  }

  function writeBigint(sink: Sink, value: bigint): void {
    const { bigintText } = builtins.values;
    const { asSelf } = builtins;
    const decimal = value < decimalLimit && value > -decimalLimit;
    let text = `${value < 0n ? '-' : ''}`;
    if (decimal) text = `${value}`;
    else {
      const hexadecimal = builtins.apply(bigintText, asSelf(value < 0n ? -value : value), [16]);
      if (typeof hexadecimal === 'string') text += `0x${hexadecimal}`;
    }
    sink.digit(Tag.BigInt);
    texts.excerpt(sink, text);
  }

  function write(sink: Sink, value: unknown): void {
    // With `if` instead of `switch`, which would make a text of the type and compare it with each case.
    if (typeof value === 'number') writeNumber(sink, value);
    else if (typeof value === 'string') {
      sink.digit(Tag.String);
      texts.excerpt(sink, value);
    } else if (value === null) sink.digit(Tag.Null);
    else if (value === undefined) sink.digit(Tag.Undefined);
    else if (typeof value === 'boolean') sink.digit(value ? Tag.True : Tag.False);
    else if (typeof value === 'bigint') writeBigint(sink, value);
    else if (typeof value === 'symbol') {
      sink.digit(Tag.Symbol);
      writeSymbol(sink, texts, value);
      // `typeof document.all` is 'undefined', although it is an object.
    } else queue.refer(sink, value);
  }

  function writeUnreadable(sink: Sink, reason: string, unasked = false): void {
    sink.digit(unasked ? Tag.Unasked : Tag.Unreadable);
    texts.excerpt(sink, reason, longestReason);
  }

  return {
    write,
    writeUnreadable,
    writeFound(sink, found, kind) {
      if (safe.isData(found)) write(sink, found.value);
      else if (found !== failed) {
        if (found.get !== undefined) sink.digit(found.set === undefined ? Tag.Getter : Tag.GetterAndSetter);
        else sink.digit(Tag.Setter);
      }
      // This is the only reason for which reading a binding of a module or scope throws.
      else if (kind === 'module' || kind === 'scope') sink.digit(Tag.Uninitialised);
      else writeUnreadable(sink, `readingThrew\n${safe.describe(safe.thrown)}`);
    },
  };
}
