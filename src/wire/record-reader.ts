/**
 * Reads records of objects (format.ts), wherever their texts and references are. What is read may be hostile: throws only `Corrupt`, and
 * creates no more than the length of the text pays for.
 */
import type { Excerpt, HeapObject, ObjectId, Part, SymbolIdentity, Value } from '../snapshot/snapshot.ts';
import { corrupt, type Digits } from './digit-reader.ts';
import { ShapeFlag, Tag } from './format.ts';
import { readGlimpses } from './glimpse-reader.ts';
import { reasonText } from './reasons.ts';
import type { KeyName, Shape, ShapeKey, UnusedKey } from './shape-reader.ts';

const undefinedValue: Value = { type: 'undefined' };
const nullValue: Value = { type: 'null' };
const falseValue: Value = { type: 'boolean', value: false };
const trueValue: Value = { type: 'boolean', value: true };
/** Numbers below this repeat often, and share a value. */
const shared = 1024;
const smallNumbers: readonly Value[] = Array.from({ length: shared }, (_, value) => ({ type: 'number', value }));

export abstract class RecordReader {
  protected readonly cursor: Digits;
  protected readonly shapes: readonly Shape[];
  /** The parts of the current object. A list that grew takes more memory than it needs, so the object gets a copy. */
  private readonly scratch: Part[] = [];
  private count = 0;

  constructor(cursor: Digits, shapes: readonly Shape[]) {
    this.cursor = cursor;
    this.shapes = shapes;
  }

  protected abstract excerpt(): Excerpt;
  /** A string as a value. */
  protected abstract text(): Value;
  /** The text of a number. */
  protected abstract decimal(): string;
  protected abstract symbol(): SymbolIdentity;
  /** @param tag One of those of references. */
  protected abstract reference(tag: number): Value;

  protected value(tag: number): Value {
    const { cursor } = this;
    switch (tag) {
      case Tag.Undefined:
        return undefinedValue;
      case Tag.Null:
        return nullValue;
      case Tag.False:
        return falseValue;
      case Tag.True:
        return trueValue;
      case Tag.Positive:
        return numberValue(cursor.number());
      case Tag.Negative:
        return { type: 'number', value: -cursor.number() };
      case Tag.Decimal: {
        const text = this.decimal();
        const value = Number(text);
        if (!Number.isFinite(value) || String(value) !== text) corrupt('A number is not in its shortest form.');
        return { type: 'number', value };
      }
      case Tag.MinusZero:
        return { type: 'number', value: -0 };
      case Tag.NaN:
        return { type: 'number', value: Number.NaN };
      case Tag.Infinity:
        return { type: 'number', value: Number.POSITIVE_INFINITY };
      case Tag.MinusInfinity:
        return { type: 'number', value: Number.NEGATIVE_INFINITY };
      case Tag.BigInt:
        return { type: 'bigint', digits: this.excerpt() };
      case Tag.String:
        return this.text();
      case Tag.Symbol:
        return { type: 'symbol', symbol: this.symbol() };
      case Tag.Next:
      case Tag.New:
      case Tag.Synthetic:
      case Tag.Back:
        return this.reference(tag);
      case Tag.Getter:
        return { type: 'accessor', get: true, set: false };
      case Tag.Setter:
        return { type: 'accessor', get: false, set: true };
      case Tag.GetterAndSetter:
        return { type: 'accessor', get: true, set: true };
      case Tag.Uninitialised:
        return { type: 'uninitialised' };
      case Tag.Unreadable:
        return { type: 'unreadable', reason: reasonText(textOf(this.excerpt())) };
      case Tag.Unasked:
        return { type: 'unreadable', reason: reasonText(textOf(this.excerpt())), unasked: true };
      default:
        return tag < Tag.Small ? corrupt('A mark stands where a value belongs.') : numberValue(tag - Tag.Small);
    }
  }

  protected record(id: ObjectId): HeapObject {
    const { cursor } = this;
    const shape = this.shapes[cursor.number()] ?? corrupt('An object has no shape.');
    const { kind, flags, cut } = shape;
    const className = (flags & ShapeFlag.OwnName) === 0 ? shape.className : this.excerpt();
    const size = (flags & ShapeFlag.Size) === 0 ? null : cursor.number();
    const primitive = (flags & ShapeFlag.Primitive) === 0 ? null : this.value(cursor.digit());
    if (primitive?.type === 'reference') corrupt('A primitive is an object.');
    const parts = (flags & ShapeFlag.List) === 0 ? this.named(shape) : this.listed(shape);
    const object = { id, kind, className, size, primitive, frozen: (flags & ShapeFlag.Frozen) !== 0, cut, parts };
    if ((flags & (ShapeFlag.Unlisted + ShapeFlag.Glimpses + ShapeFlag.Namesake)) === 0) return object;
    const glimpses =
      (flags & ShapeFlag.Glimpses) === 0 ? {} : readGlimpses(cursor, (tag) => this.value(tag), size ?? 0);
    const named = shape.namesake === null ? {} : { namesake: shape.namesake };
    return { ...object, ...named, ...glimpses, ...((flags & ShapeFlag.Unlisted) === 0 ? {} : { unlisted: true }) };
  }

  private named({ keys, blank }: Shape): readonly Part[] {
    // The copy has the right length and is new: V8 takes longer to store new objects in an old array.
    const parts = blank.slice();
    for (let index = 0; index < keys.length; index += 1) parts[index] = this.keyed(keys[index] ?? null);
    return parts;
  }

  private listed({ flags, keys }: Shape): readonly Part[] {
    this.count = 0;
    this.list((flags & ShapeFlag.Entries) === 0 ? 'element' : 'entry');
    for (const key of keys) this.add(this.keyed(key));
    return this.scratch.slice(0, this.count);
  }

  private keyed(key: ShapeKey): Part {
    const { cursor } = this;
    if (key === null) return { type: 'hidden', of: 'property', index: cursor.number(), count: cursor.number() };
    if ('constants' in key) return this.property(key);
    return { type: 'hidden', of: 'property', index: cursor.number(), count: cursor.number(), scope: key.unused };
  }

  private add(part: Part): void {
    this.scratch[this.count] = part;
    this.count += 1;
  }

  private property(key: Exclude<ShapeKey, UnusedKey | null>): Part {
    const tag = this.cursor.digit();
    if (!isConstant(tag)) return propertyOf(key, this.value(tag));
    const known = key.constants[tag];
    if (known !== undefined) return known;
    const part = propertyOf(key, this.value(tag));
    key.constants[tag] = part;
    return part;
  }

  private list(of: 'element' | 'entry'): void {
    const { cursor } = this;
    let index = 0;
    for (;;) {
      const tag = cursor.digit();
      switch (tag) {
        case Tag.End:
          return;
        case Tag.Holes:
        case Tag.Hidden: {
          const count = cursor.number();
          this.add(tag === Tag.Holes ? { type: 'holes', index, count } : { type: 'hidden', of, index, count });
          index += count;
          break;
        }
        case Tag.Gap:
          index += cursor.number();
          break;
        default: {
          const value = this.value(tag);
          this.add(
            of === 'element'
              ? { type: 'element', index, value }
              : { type: 'entry', index, key: value, value: this.value(cursor.digit()) },
          );
          index += 1;
        }
      }
      if (index > Number.MAX_SAFE_INTEGER) corrupt('A list is longer than 2^53.');
    }
  }
}

/** Copies field by field: spreading takes five times as long, and a capture has a million of these. */
function propertyOf({ key, enumerable, scope, level }: KeyName, value: Value): Part {
  if (scope === undefined) return { type: 'property', key, enumerable, value };
  if (level === undefined) return { type: 'property', key, enumerable, scope, value };
  return { type: 'property', key, enumerable, scope, level, value };
}

/** Tags that are whole values. */
function isConstant(tag: number): boolean {
  return tag >= Tag.Small || (tag >= Tag.Undefined && tag <= Tag.True);
}

export function textOf(excerpt: Excerpt): string {
  return excerpt.head.length + excerpt.tail.length === excerpt.length
    ? excerpt.head + excerpt.tail
    : `${excerpt.head}…${excerpt.tail}`;
}

function numberValue(value: number): Value {
  return (value < shared ? smallNumbers[value] : undefined) ?? { type: 'number', value };
}
