/**
 * Reads the text that crosses from the page (format.ts) into a Snapshot, piece by piece. The text comes from a page that may
 * be hostile: whatever it is, the answer is a value. Must never throw, loop without end, or make more than the text's
 * length pays for.
 */
import { Corrupt, corrupt, Digits } from './digits.ts';
import { formatVersion, ShapeFlag, Tag } from './format.ts';
import { ObjectTable } from './object-table.ts';
import { Pool } from './pool.ts';
import { highestKey, type KeyName, readShapes, readSymbol, type Shape, type ShapeKey } from './shapes.ts';
import type {
  CutReason,
  Excerpt,
  HeapObject,
  ObjectId,
  Part,
  Root,
  Snapshot,
  SymbolIdentity,
  Value,
} from './snapshot.ts';

export type ReadResult =
  /** `highest` is the highest number of an object or symbol, 0 where there is none. */
  { readonly ok: true; readonly value: Snapshot; readonly highest: ObjectId } | CorruptReply;

export interface CorruptReply {
  readonly ok: false;
  readonly failure: { readonly kind: 'corrupt'; readonly message: string };
}

/** Reads a reply while it comes. */
export interface ReplyReader {
  /** The beginning of the reply and any number of pieces, or more pieces. Null: so far it can be read. */
  take(fields: unknown): CorruptReply | null;
  /** After the last piece. */
  end(): ReadResult;
}

/** @param labels The names of the roots, in the order in which they were asked for. */
export function createReplyReader(labels: readonly string[]): ReplyReader {
  let reader: Reader | null = null;
  let failed: CorruptReply | null = null;

  function attempt<T>(read: () => T): T | CorruptReply {
    if (failed) return failed;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Corrupt)) throw error;
      failed = { ok: false, failure: { kind: 'corrupt', message: error.message } };
      return failed;
    }
  }

  return {
    take: (fields) =>
      attempt(() => {
        const texts: readonly unknown[] = Array.isArray(fields) ? fields : corrupt('The reply is no list.');
        reader = reader?.takePieces(texts, 0) ?? begin(texts, labels);
        return null;
      }),
    end: () => attempt(() => reader?.end() ?? corrupt('The reply did not begin.')),
  };
}

/** Reads a reply that is there as a whole. */
export function readReply(reply: unknown, labels: readonly string[]): ReadResult {
  const reader = createReplyReader(labels);
  return reader.take(reply) ?? reader.end();
}

const undefinedValue: Value = { type: 'undefined' };
const nullValue: Value = { type: 'null' };
const falseValue: Value = { type: 'boolean', value: false };
const trueValue: Value = { type: 'boolean', value: true };
/** Numbers below this come again and again, and share their value. */
const shared = 1024;
const smallNumbers: readonly Value[] = Array.from({ length: shared }, (_, value) => ({ type: 'number', value }));

type Reference = Extract<Value, { type: 'reference' }>;

const hiddenSorts = ['element', 'entry', 'property'] as const;

class Reader {
  /** In the order of first mention. */
  private readonly references: Reference[] = [];
  /** How many of them have their records read. */
  private recorded = 0;
  /** The parts of the object at hand: a list that grows takes more room than it needs, so the object gets a copy. */
  private readonly scratch: Part[] = [];
  private count = 0;
  private readonly objects = new ObjectTable();
  private readonly cuts = new Map<CutReason, number>();
  private readonly shapes: readonly Shape[];
  private readonly cursor: Digits;
  private readonly texts: Pool;
  private readonly roots: readonly Root[];
  /** The identity that was mentioned last for the first time. */
  private latest: ObjectId = 0;
  private highest: ObjectId;

  constructor(shapes: readonly Shape[], stream: string, texts: string, labels: readonly string[]) {
    this.shapes = shapes;
    this.highest = highestKey(shapes);
    this.cursor = new Digits(stream, 'objects');
    this.texts = new Pool(texts, 'texts');
    this.roots = this.readRoots(labels);
    this.records();
  }

  /** Goes on with the pieces that stand in `fields` from position `from` on. */
  takePieces(fields: readonly unknown[], from: number): this {
    for (let index = from; index < fields.length; index += 2) {
      const stream = fields[index];
      const texts = fields[index + 1];
      if (typeof stream !== 'string' || typeof texts !== 'string') corrupt('A piece is no pair of texts.');
      this.cursor.continue(stream);
      this.texts.continue(texts);
      this.records();
    }
    return this;
  }

  end(): ReadResult {
    const { cursor, texts, roots, objects, cuts, highest } = this;
    if (this.recorded < this.references.length) corrupt('The objects end too early.');
    const interrupted = cursor.number();
    if (interrupted > 0) this.countCut('time', interrupted);
    const unsearched = cursor.number();
    this.hidden();
    const pageTime = cursor.number() / 1000;
    const replaced = cursor.number();
    const replacedBuiltins: string[] = [];
    for (let index = 0; index < replaced; index += 1) replacedBuiltins.push(texts.string(cursor));
    if (!cursor.done) corrupt('The reply goes on after its end.');
    if (!texts.done) corrupt('The texts are longer than the objects say.');
    const snapshot = { roots, objects, cuts, pageTime, replacedBuiltins };
    return { ok: true, value: unsearched === 0 ? snapshot : { ...snapshot, unsearched }, highest };
  }

  private readRoots(labels: readonly string[]): readonly Root[] {
    const { cursor, texts } = this;
    if (cursor.number() !== labels.length) corrupt('The reply has another number of roots than was asked for.');
    return labels.map((label): Root => {
      const failed = cursor.digit();
      if (failed > 1) corrupt('A root is neither read nor failed.');
      if (failed === 1) return { label, result: { ok: false, reason: textOf(texts.excerpt(cursor)) } };
      return { label, result: { ok: true, value: this.value(cursor.digit()) } };
    });
  }

  /** All that the piece has; `references` grows while they are read. */
  private records(): void {
    const { cursor, references, objects } = this;
    for (; !cursor.done; this.recorded += 1) {
      const reference = references[this.recorded];
      // What follows is the end of the reply.
      if (reference === undefined) return;
      const object = this.record(reference.id);
      if (!objects.add(object)) corrupt('Two objects have the same number.');
      if (object.cut !== null && object.cut !== 'leaf') this.countCut(object.cut, 1);
    }
  }

  private countCut(cut: CutReason, more: number): void {
    this.cuts.set(cut, (this.cuts.get(cut) ?? 0) + more);
  }

  /** Puts references from what is hidden where they belong. */
  private hidden(): void {
    const { cursor, references: mentioned, objects } = this;
    const opened = new Map<ObjectId, { readonly parts: Part[]; readonly places: ReadonlyMap<string, number> }>();
    for (let count = cursor.number(); count > 0; count = cursor.number()) {
      const { id } = mentioned[cursor.number()] ?? corrupt('No object hides a reference.');
      const object = objects.get(id) ?? corrupt('An object was not read.');
      const sort = cursor.digit();
      const index = cursor.number();
      const references: ObjectId[] = [];
      for (let n = 0; n < count; n += 1)
        references.push((mentioned[cursor.number()] ?? corrupt('A hidden reference leads to no object.')).id);
      if (sort === 0) {
        if (object.cut === null) corrupt('An object that was not cut hides all.');
        objects.replace({ ...object, behind: [...(object.behind ?? []), ...references] });
        continue;
      }
      let { parts, places } = opened.get(id) ?? { parts: [...object.parts], places: null };
      if (places === null) {
        places = new Map(parts.map((part, at) => [part.type === 'hidden' ? `${part.of} ${part.index}` : '', at]));
        opened.set(id, { parts, places });
        objects.replace({ ...object, parts });
      }
      const at = places.get(`${hiddenSorts[sort - 1]} ${index}`) ?? -1;
      const part = parts[at];
      if (part?.type !== 'hidden' || part.references !== undefined) corrupt('A reference is hidden where nothing is.');
      else parts[at] = { ...part, references };
    }
  }

  private value(tag: number): Value {
    const { cursor, texts } = this;
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
        const text = texts.characters(cursor.number());
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
        return { type: 'bigint', digits: texts.excerpt(cursor) };
      case Tag.String:
        return texts.value(cursor);
      case Tag.Symbol:
        return { type: 'symbol', symbol: this.symbol() };
      case Tag.Next:
        return this.firstMention(this.latest + 1);
      case Tag.New:
        return this.firstMention(cursor.number());
      case Tag.Synthetic: {
        const number = cursor.number();
        return number < 1 ? corrupt('A scope has no number.') : this.mention(-number);
      }
      case Tag.Back: {
        const distance = cursor.number();
        return this.references[this.references.length - 1 - distance] ?? corrupt('A reference leads to no object.');
      }
      case Tag.Getter:
        return { type: 'accessor', get: true, set: false };
      case Tag.Setter:
        return { type: 'accessor', get: false, set: true };
      case Tag.GetterAndSetter:
        return { type: 'accessor', get: true, set: true };
      case Tag.Uninitialised:
        return { type: 'uninitialised' };
      case Tag.Unreadable:
        return { type: 'unreadable', reason: textOf(texts.excerpt(cursor)) };
      default:
        return tag < Tag.Small ? corrupt('A mark stands where a value belongs.') : numberValue(tag - Tag.Small);
    }
  }

  private symbol(): SymbolIdentity {
    const symbol = readSymbol(this.cursor, this.texts);
    if (symbol.sort === 'own') this.highest = Math.max(this.highest, symbol.id);
    return symbol;
  }

  private firstMention(id: ObjectId): Value {
    if (id < 1 || id > Number.MAX_SAFE_INTEGER) corrupt('An object has no number.');
    return this.mention(id);
  }

  private mention(id: ObjectId): Value {
    const reference: Reference = { type: 'reference', id };
    this.references.push(reference);
    this.latest = id;
    if (id > this.highest) this.highest = id;
    return reference;
  }

  private record(id: ObjectId): HeapObject {
    const { cursor, texts } = this;
    const shape = this.shapes[cursor.number()] ?? corrupt('An object has no shape.');
    const { kind, flags, cut } = shape;
    const className = (flags & ShapeFlag.OwnName) === 0 ? shape.className : texts.excerpt(cursor);
    const size = (flags & ShapeFlag.Size) === 0 ? null : cursor.number();
    const primitive = (flags & ShapeFlag.Primitive) === 0 ? null : this.value(cursor.digit());
    if (primitive?.type === 'reference') corrupt('A primitive is an object.');
    const parts = (flags & ShapeFlag.List) === 0 ? this.named(shape) : this.listed(shape);
    const object = { id, kind, className, size, primitive, frozen: (flags & ShapeFlag.Frozen) !== 0, cut, parts };
    return (flags & ShapeFlag.Unlisted) === 0 ? object : { ...object, unlisted: true };
  }

  private named({ keys, blank }: Shape): readonly Part[] {
    // The copy is as long as it has to be and young: V8 takes longer to store new objects into an old array.
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
    if (key !== null) return this.property(key);
    return { type: 'hidden', of: 'property', index: cursor.number(), count: cursor.number() };
  }

  private add(part: Part): void {
    this.scratch[this.count] = part;
    this.count += 1;
  }

  private property(key: NonNullable<ShapeKey>): Part {
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

/** Field by field: spreading takes five times as long, and a capture has a million of these. */
function propertyOf({ key, enumerable, scope }: KeyName, value: Value): Part {
  if (scope === undefined) return { type: 'property', key, enumerable, value };
  return { type: 'property', key, enumerable, scope, value };
}

/** Tags that are whole values, the same wherever they stand. */
function isConstant(tag: number): boolean {
  return tag >= Tag.Small || (tag >= Tag.Undefined && tag <= Tag.True);
}

function textOf(excerpt: Excerpt): string {
  return excerpt.head.length + excerpt.tail.length === excerpt.length
    ? excerpt.head + excerpt.tail
    : `${excerpt.head}…${excerpt.tail}`;
}

function numberValue(value: number): Value {
  return (value < shared ? smallNumbers[value] : undefined) ?? { type: 'number', value };
}

/** @param fields The beginning of a reply. */
function begin(fields: readonly unknown[], labels: readonly string[]): Reader {
  const [version, shapes, names, stream, texts] = fields;
  if (version !== formatVersion) corrupt('The reply is of another version of the extension.');
  if (
    typeof shapes !== 'string' ||
    typeof names !== 'string' ||
    typeof stream !== 'string' ||
    typeof texts !== 'string'
  ) {
    return corrupt('The reply holds something else than texts.');
  }
  return new Reader(readShapes(shapes, names), stream, texts, labels).takePieces(fields, 5);
}
