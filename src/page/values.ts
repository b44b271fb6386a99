/** Writes what a slot holds (`value` of src/snapshot/format.ts). */
import { type Kind, Tag } from '../snapshot/format.ts';
import type { Builtins } from './builtins.ts';
import { failed, type Look } from './look.ts';
import type { Mentions } from './mentions.ts';
import type { Sink } from './sink.ts';
import type { SymbolWriter } from './symbols.ts';
import type { Pool } from './texts.ts';

/** Number.MAX_SAFE_INTEGER. */
export const largestWhole = 9_007_199_254_740_991;
/** V8 takes longer than linear time for decimal digits; larger numbers are written in hexadecimal. */
const decimalLimit = 1n << 100_000n;
/** Longer names of thrown errors and messages are cut. */
export const longestReason = 300;

export interface Values {
  write(sink: Sink, value: unknown): void;
  /** What `look` found last, in an object of this kind. */
  writeFound(sink: Sink, found: PropertyDescriptor, kind: Kind): void;
  writeUnreadable(sink: Sink, reason: string): void;
}

export function createValues(
  builtins: Builtins,
  look: Look,
  mentions: Mentions,
  texts: Pool,
  writeSymbol: SymbolWriter,
): Values {
  function writeNumber(sink: Sink, value: number): void {
    // In one machine word nothing has to be asked of the rest.
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
    const { bigintText, asSelf } = builtins;
    const decimal = value < decimalLimit && value > -decimalLimit;
    let text = '';
    if (decimal) text = `${value}`;
    else if (bigintText === undefined) text = value < 0n ? '-' : '';
    else if (value < 0n) text = `-0x${builtins.apply(bigintText, asSelf(-value), [16])}`;
    else text = `0x${builtins.apply(bigintText, asSelf(value), [16])}`;
    sink.digit(Tag.BigInt);
    texts.excerpt(sink, text);
  }

  function write(sink: Sink, value: unknown): void {
    // One by one instead of by `switch`, which makes a text of the type first and compares it with each case.
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
      // `typeof document.all` is 'undefined', and it is an object all the same.
    } else mentions.refer(sink, value);
  }

  function writeUnreadable(sink: Sink, reason: string): void {
    sink.digit(Tag.Unreadable);
    texts.excerpt(sink, reason, longestReason);
  }

  return {
    write,
    writeUnreadable,
    writeFound(sink, found, kind) {
      if (look.isData(found)) write(sink, found.value);
      else if (found !== failed) {
        if (found.get !== undefined) sink.digit(found.set === undefined ? Tag.Getter : Tag.GetterAndSetter);
        else sink.digit(Tag.Setter);
      }
      // The only reason why reading a module's or a scope's own binding throws.
      else if (kind === 'module' || kind === 'scope') sink.digit(Tag.Uninitialised);
      else writeUnreadable(sink, `reading it threw ${look.describe(look.thrown)}`);
    },
  };
}
