/**
 * Reads the text that crosses from the page (format.ts) into a Snapshot. The text comes from a page that may be hostile:
 * whatever it is, the answer is a value. Must never throw, loop without end, or make more than the text's length pays for.
 */
import {
  cutReasons,
  digits,
  formatVersion,
  KeyTag,
  kinds,
  ShapeFlag,
  SymbolSort,
  scopeKinds,
  Tag,
  wellKnownSymbols,
} from './format.ts';
import type {
  CutReason,
  Excerpt,
  HeapObject,
  ObjectId,
  ObjectKind,
  Part,
  PropertyKey,
  Root,
  ScopeKind,
  Snapshot,
  SymbolIdentity,
  Value,
} from './snapshot.ts';

export type ReadResult =
  /** `highest` is the highest number of an object or symbol, 0 where there is none. */
  | { readonly ok: true; readonly value: Snapshot; readonly highest: ObjectId }
  | { readonly ok: false; readonly failure: { readonly kind: 'corrupt'; readonly message: string } };

/** Thrown and caught in this module only. */
class Corrupt extends Error {}

function corrupt(message: string): never {
  throw new Corrupt(message);
}

/** @param labels The names of the roots, in the order in which they were asked for. */
export function readReply(reply: unknown, labels: readonly string[]): ReadResult {
  try {
    return { ok: true, ...read(reply, labels) };
  } catch (error) {
    if (!(error instanceof Corrupt)) throw error;
    return { ok: false, failure: { kind: 'corrupt', message: error.message } };
  }
}

const digitValues: Int8Array = new Int8Array(128).fill(-1);
for (let value = 0; value < digits.length; value += 1) digitValues[digits.charCodeAt(value)] = value;

/** A place in a text of digits. */
class Cursor {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly name: string,
  ) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  digit(): number {
    if (this.at >= this.text.length) corrupt(`The ${this.name} end too early.`);
    const value = digitValues[this.text.charCodeAt(this.at)] ?? -1;
    if (value < 0) corrupt(`The ${this.name} hold a character that is no digit.`);
    this.at += 1;
    return value;
  }

  number(): number {
    const first = this.digit();
    if (first < 32) return first;
    const second = this.digit();
    if (second < 32) return first - 32 + second * 32;
    let value = first - 32 + (second - 32) * 32;
    let factor = 1024;
    for (;;) {
      const digit = this.digit();
      value += (digit % 32) * factor;
      if (value > Number.MAX_SAFE_INTEGER) corrupt(`The ${this.name} hold a number beyond 2^53.`);
      if (digit < 32) return value;
      factor *= 32;
      if (factor > Number.MAX_SAFE_INTEGER) corrupt(`The ${this.name} hold a number beyond 2^53.`);
    }
  }
}

/** The strings of one pool, in the order in which `cursor` defines them. */
class Pool {
  private readonly known: string[] = [];
  /** Of known strings that are whole: most texts come again and again. */
  private readonly excerpts: Excerpt[] = [];
  private readonly values: Value[] = [];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly name: string,
  ) {}

  get done(): boolean {
    return this.at === this.text.length;
  }

  string(cursor: Cursor, reference: number = cursor.number()): string {
    if (reference > 0) {
      return this.known[reference - 1] ?? corrupt(`The ${this.name} have no entry ${reference}.`);
    }
    const lengthAndPatched = cursor.number();
    const patched = lengthAndPatched % 2 === 1;
    const length = (lengthAndPatched - (patched ? 1 : 0)) / 2;
    const plain = this.characters(length);
    const string = patched ? patch(plain, cursor) : plain;
    this.known.push(string);
    return string;
  }

  /** What stands next. */
  characters(length: number): string {
    if (length > this.text.length - this.at) corrupt(`The ${this.name} end too early.`);
    this.at += length;
    return this.text.slice(this.at - length, this.at);
  }

  value(cursor: Cursor): Value {
    const reference = cursor.number();
    const made = this.values[reference];
    if (made !== undefined) return made;
    const value: Value = { type: 'string', text: this.excerpt(cursor, reference) };
    // Below 2 stand texts that are cut or new.
    if (reference > 1) this.values[reference] = value;
    return value;
  }

  excerpt(cursor: Cursor, reference: number = cursor.number()): Excerpt {
    if (reference > 0) {
      const made = this.excerpts[reference - 1];
      if (made !== undefined) return made;
      const head = this.string(cursor, reference - 1);
      const excerpt = { head, tail: '', length: head.length };
      if (reference > 1) this.excerpts[reference - 1] = excerpt;
      return excerpt;
    }
    const length = cursor.number();
    const head = this.string(cursor);
    const tail = this.string(cursor);
    if (head.length + tail.length > length) corrupt('A text is longer than it says.');
    return { head, tail, length };
  }
}

/** Puts surrogates without a partner where U+FFFD keeps their place. */
function patch(plain: string, cursor: Cursor): string {
  const count = cursor.number();
  const pieces: string[] = [];
  let end = 0;
  let position = 0;
  for (let index = 0; index < count; index += 1) {
    position += cursor.number();
    const unit = 0xd800 + cursor.number();
    if (position < end || plain[position] !== '\ufffd' || unit > 0xdfff)
      corrupt('A surrogate has no place in its text.');
    pieces.push(plain.slice(end, position), String.fromCharCode(unit));
    end = position + 1;
  }
  pieces.push(plain.slice(end));
  return pieces.join('');
}

interface Shape {
  readonly kind: ObjectKind;
  readonly flags: number;
  readonly cut: CutReason | null;
  readonly className: Excerpt | null;
  readonly keys: readonly ShapeKey[];
}

/** `constants` are parts with this key by the tag of their value. Null stands for properties that were not read. */
type ShapeKey = (KeyName & { readonly constants: Part[] }) | null;

interface KeyName {
  readonly key: PropertyKey;
  readonly enumerable: boolean;
  readonly scope?: ScopeKind;
}

function readShapes(text: string, namesText: string): readonly Shape[] {
  const cursor = new Cursor(text, 'shapes');
  const names = new Pool(namesText, 'names');
  const shapes: Shape[] = [];
  while (!cursor.done) {
    const kind = kinds[cursor.digit()] ?? corrupt('A shape has an unknown kind.');
    const flags = cursor.number();
    const cutCode = Math.floor(flags / ShapeFlag.CutFactor);
    const cut = cutCode === 0 ? null : (cutReasons[cutCode - 1] ?? corrupt('A shape has an unknown cut.'));
    const className = (flags & ShapeFlag.ClassName) === 0 ? null : names.excerpt(cursor);
    const count = cursor.number();
    const keys: ShapeKey[] = [];
    for (let index = 0; index < count; index += 1) {
      const name = readKey(cursor, names);
      keys.push(name && { ...name, constants: [] });
    }
    if (cut !== null && (count > 0 || (flags & ShapeFlag.List) !== 0)) corrupt('A cut object has content.');
    shapes.push({ kind, flags, cut, className, keys });
  }
  if (!names.done) corrupt('The names are longer than the shapes say.');
  return shapes;
}

function readKey(cursor: Cursor, names: Pool): KeyName | null {
  const tag = cursor.digit();
  switch (tag) {
    case KeyTag.NonEnumerable:
    case KeyTag.Enumerable:
      return { key: { type: 'name', name: names.excerpt(cursor) }, enumerable: tag === KeyTag.Enumerable };
    case KeyTag.NonEnumerableSymbol:
    case KeyTag.EnumerableSymbol:
      return {
        key: { type: 'symbol', symbol: readSymbol(cursor, names) },
        enumerable: tag === KeyTag.EnumerableSymbol,
      };
    case KeyTag.Internal:
      return { key: { type: 'internal', name: names.excerpt(cursor).head }, enumerable: false };
    case KeyTag.Variable: {
      const scope = scopeKinds[cursor.digit()] ?? corrupt('A variable is of an unknown scope.');
      return { key: { type: 'name', name: names.excerpt(cursor) }, enumerable: true, scope };
    }
    case KeyTag.Private:
    case KeyTag.PrivateNonEnumerable:
      return { key: { type: 'private', name: names.excerpt(cursor) }, enumerable: tag === KeyTag.Private };
    case KeyTag.Hidden:
      return null;
    default:
      return corrupt('A shape has an unknown sort of key.');
  }
}

function readSymbol(cursor: Cursor, pool: Pool): SymbolIdentity {
  const sort = cursor.digit();
  switch (sort) {
    case SymbolSort.Described:
    case SymbolSort.Anonymous: {
      const id = cursor.number();
      if (id < 1 || id > Number.MAX_SAFE_INTEGER) corrupt('A symbol has no number.');
      return { sort: 'own', id, description: sort === SymbolSort.Described ? pool.excerpt(cursor) : null };
    }
    case SymbolSort.Registered:
      return { sort: 'registered', key: pool.excerpt(cursor) };
    case SymbolSort.WellKnown: {
      const name = wellKnownSymbols[cursor.digit()] ?? corrupt('A symbol is called well-known and is not.');
      return { sort: 'wellKnown', name };
    }
    default:
      return corrupt('A symbol is of an unknown sort.');
  }
}

const undefinedValue: Value = { type: 'undefined' };
const nullValue: Value = { type: 'null' };
const falseValue: Value = { type: 'boolean', value: false };
const trueValue: Value = { type: 'boolean', value: true };
const smallNumbers: readonly Value[] = Array.from({ length: 64 }, (_, value) => ({ type: 'number', value }));

const hiddenSorts = ['element', 'entry', 'property'] as const;

class Reader {
  /** Identities in the order of first mention, … */
  private readonly order: ObjectId[] = [];
  /** … and the values that refer to them. */
  private readonly references: Value[] = [];
  /** The parts of the object at hand: a list that grows takes more room than it needs, so the object gets a copy. */
  private readonly scratch: Part[] = [];
  private count = 0;
  private readonly objects = new Map<ObjectId, HeapObject>();
  private readonly cursor: Cursor;
  private readonly texts: Pool;
  /** The highest number outside of the shapes so far. */
  highest: ObjectId = 0;

  constructor(
    private readonly shapes: readonly Shape[],
    stream: string,
    texts: string,
  ) {
    this.cursor = new Cursor(stream, 'objects');
    this.texts = new Pool(texts, 'texts');
  }

  snapshot(labels: readonly string[]): Snapshot {
    const { cursor, texts } = this;
    if (cursor.number() !== labels.length) corrupt('The reply has another number of roots than was asked for.');
    const roots = labels.map((label): Root => {
      const failed = cursor.digit();
      if (failed > 1) corrupt('A root is neither read nor failed.');
      if (failed === 1) return { label, result: { ok: false, reason: textOf(texts.excerpt(cursor)) } };
      return { label, result: { ok: true, value: this.value(cursor.digit()) } };
    });
    const cuts = new Map<CutReason, number>();
    const count = (cut: CutReason, more: number): void => {
      cuts.set(cut, (cuts.get(cut) ?? 0) + more);
    };
    // The list grows while the records are read.
    for (const id of this.order) {
      const object = this.record(id);
      const { size } = this.objects;
      this.objects.set(id, object);
      if (this.objects.size === size) corrupt('Two objects have the same number.');
      if (object.cut !== null && object.cut !== 'leaf') count(object.cut, 1);
    }
    const interrupted = cursor.number();
    if (interrupted > 0) count('time', interrupted);
    const unsearched = cursor.number();
    this.hidden();
    const pageTime = cursor.number() / 1000;
    const replaced = cursor.number();
    const replacedBuiltins: string[] = [];
    for (let index = 0; index < replaced; index += 1) replacedBuiltins.push(texts.string(cursor));
    if (!cursor.done) corrupt('The reply goes on after its end.');
    if (!texts.done) corrupt('The texts are longer than the objects say.');
    const snapshot = { roots, objects: this.objects, cuts, pageTime, replacedBuiltins };
    return unsearched === 0 ? snapshot : { ...snapshot, unsearched };
  }

  /** Puts references from what is hidden where they belong. */
  private hidden(): void {
    const { cursor, order, objects } = this;
    const opened = new Map<ObjectId, { readonly parts: Part[]; readonly places: ReadonlyMap<string, number> }>();
    for (let count = cursor.number(); count > 0; count = cursor.number()) {
      const id = order[cursor.number()] ?? corrupt('No object hides a reference.');
      const object = objects.get(id) ?? corrupt('An object was not read.');
      const sort = cursor.digit();
      const index = cursor.number();
      const references: ObjectId[] = [];
      for (let n = 0; n < count; n += 1)
        references.push(order[cursor.number()] ?? corrupt('A hidden reference leads to no object.'));
      if (sort === 0) {
        if (object.cut === null) corrupt('An object that was not cut hides all.');
        objects.set(id, { ...object, behind: [...(object.behind ?? []), ...references] });
        continue;
      }
      let { parts, places } = opened.get(id) ?? { parts: [...object.parts], places: null };
      if (places === null) {
        places = new Map(parts.map((part, at) => [part.type === 'hidden' ? `${part.of} ${part.index}` : '', at]));
        opened.set(id, { parts, places });
        objects.set(id, { ...object, parts });
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
        return { type: 'number', value: cursor.number() };
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
        return this.firstMention((this.order.at(-1) ?? 0) + 1);
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
        return smallNumbers[tag - Tag.Small] ?? corrupt('A mark stands where a value belongs.');
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
    const value: Value = { type: 'reference', id };
    this.order.push(id);
    this.highest = Math.max(this.highest, id);
    this.references.push(value);
    return value;
  }

  private record(id: ObjectId): HeapObject {
    const { cursor, texts } = this;
    const shape = this.shapes[cursor.number()] ?? corrupt('An object has no shape.');
    const { kind, flags, cut, keys } = shape;
    const className = (flags & ShapeFlag.OwnName) === 0 ? shape.className : texts.excerpt(cursor);
    const size = (flags & ShapeFlag.Size) === 0 ? null : cursor.number();
    const primitive = (flags & ShapeFlag.Primitive) === 0 ? null : this.value(cursor.digit());
    if (primitive?.type === 'reference') corrupt('A primitive is an object.');
    this.count = 0;
    if ((flags & ShapeFlag.List) !== 0) this.list((flags & ShapeFlag.Entries) === 0 ? 'element' : 'entry');
    for (const key of keys) {
      if (key === null) {
        this.add({ type: 'hidden', of: 'property', index: cursor.number(), count: cursor.number() });
      } else {
        this.add(this.property(key));
      }
    }
    const parts = this.scratch.slice(0, this.count);
    const object = { id, kind, className, size, primitive, frozen: (flags & ShapeFlag.Frozen) !== 0, cut, parts };
    return (flags & ShapeFlag.Unlisted) === 0 ? object : { ...object, unlisted: true };
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

/** The highest number among the symbols that are keys. */
function highestKey(shapes: readonly Shape[]): ObjectId {
  let highest = 0;
  for (const { keys } of shapes) {
    for (const named of keys) {
      if (named?.key.type === 'symbol' && named.key.symbol.sort === 'own')
        highest = Math.max(highest, named.key.symbol.id);
    }
  }
  return highest;
}

function read(reply: unknown, labels: readonly string[]): { readonly value: Snapshot; readonly highest: ObjectId } {
  if (!Array.isArray(reply) || reply.length !== 5) corrupt('The reply is no list of five.');
  const [version, shapes, names, stream, texts]: unknown[] = reply;
  if (version !== formatVersion) corrupt('The reply is of another version of the extension.');
  if (
    typeof shapes !== 'string' ||
    typeof names !== 'string' ||
    typeof stream !== 'string' ||
    typeof texts !== 'string'
  ) {
    return corrupt('The reply holds something else than texts.');
  }
  const known = readShapes(shapes, names);
  const reader = new Reader(known, stream, texts);
  const value = reader.snapshot(labels);
  return { value, highest: Math.max(reader.highest, highestKey(known)) };
}
