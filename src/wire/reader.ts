/**
 * Reads the text that crosses from the page (format.ts) into a Snapshot, piece by piece. The page may be hostile, so for any text
 * the result is a value. Must never throw, loop forever, or create more than the length of the text pays for.
 */

import { ObjectTable } from '../snapshot/object-table.ts';
import type {
  CutReason,
  Excerpt,
  ObjectId,
  Part,
  Root,
  Snapshot,
  SymbolIdentity,
  Value,
} from '../snapshot/snapshot.ts';
import { Corrupt, corrupt, Digits } from './digit-reader.ts';
import { formatVersion, Tag } from './format.ts';
import { reasonText } from './reasons.ts';
import { RecordReader, textOf } from './record-reader.ts';
import { highestKey, readShapes, readSymbol, type Shape } from './shape-reader.ts';
import { Pool } from './text-pool-reader.ts';

export type ReadResult =
  /** `highest` is the highest number of an object or symbol, 0 where there is none. */
  { readonly ok: true; readonly value: Snapshot; readonly highest: ObjectId } | CorruptReply;

export interface CorruptReply {
  readonly ok: false;
  readonly failure: { readonly kind: 'corrupt'; readonly message: string };
}

/** Reads a reply while it arrives. */
export interface ReplyReader {
  /** Reads the beginning of the reply and any number of pieces, or more pieces. Null means that it is valid so far. */
  take(fields: unknown): CorruptReply | null;
  /** Ends the reading, after the last piece. */
  end(): ReadResult;
}

/** @param labels The names of the roots, in their order. */
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

/** Reads a whole reply. */
export function readReply(reply: unknown, labels: readonly string[]): ReadResult {
  const reader = createReplyReader(labels);
  return reader.take(reply) ?? reader.end();
}

type Reference = Extract<Value, { type: 'reference' }>;

const hiddenSorts = ['element', 'entry', 'property'] as const;

class Reader extends RecordReader {
  /** In the order of first mention. */
  private readonly references: Reference[] = [];
  /** The number of references whose records were read. */
  private recorded = 0;
  private readonly objects = new ObjectTable();
  private readonly cuts = new Map<CutReason, number>();
  private readonly texts: Pool;
  private readonly roots: readonly Root[];
  /** The identity of the latest object that was mentioned for the first time. */
  private latest: ObjectId = 0;
  private highest: ObjectId;

  constructor(shapes: readonly Shape[], stream: string, texts: string, labels: readonly string[]) {
    super(new Digits(stream, 'objects'), shapes);
    this.highest = highestKey(shapes);
    this.texts = new Pool(texts, 'texts');
    this.roots = this.readRoots(labels);
    this.records();
  }

  /** Continues with the pieces in `fields` from position `from` on. */
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
    namesakes(this.shapes, objects);
    const snapshot = { roots, objects, cuts, pageTime, replacedBuiltins };
    return { ok: true, value: unsearched === 0 ? snapshot : { ...snapshot, unsearched }, highest };
  }

  private readRoots(labels: readonly string[]): readonly Root[] {
    const { cursor, texts } = this;
    if (cursor.number() !== labels.length) corrupt('The reply has another number of roots than was asked for.');
    return labels.map((label): Root => {
      const failed = cursor.digit();
      if (failed > 1) corrupt('A root is neither read nor failed.');
      if (failed === 1) return { label, result: { ok: false, reason: reasonText(textOf(texts.excerpt(cursor))) } };
      return { label, result: { ok: true, value: this.value(cursor.digit()) } };
    });
  }

  /** Reads all records of the piece. `references` grows meanwhile. */
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

  /** Adds references from hidden parts to these parts. */
  private hidden(): void {
    const { cursor, references: mentioned, objects } = this;
    const opened = new Map<ObjectId, { readonly parts: Part[]; readonly gaps: ReadonlyMap<string, number> }>();
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
      let { parts, gaps } = opened.get(id) ?? { parts: [...object.parts], gaps: null };
      if (gaps === null) {
        gaps = new Map(parts.map((part, at) => [part.type === 'hidden' ? `${part.of} ${part.index}` : '', at]));
        opened.set(id, { parts, gaps });
        objects.replace({ ...object, parts });
      }
      const at = gaps.get(`${hiddenSorts[sort - 1]} ${index}`) ?? -1;
      const part = parts[at];
      if (part?.type !== 'hidden' || part.references !== undefined) corrupt('A reference is hidden where nothing is.');
      else parts[at] = { ...part, references };
    }
  }

  protected excerpt(): Excerpt {
    return this.texts.excerpt(this.cursor);
  }

  protected text(): Value {
    return this.texts.value(this.cursor);
  }

  protected decimal(): string {
    return this.texts.characters(this.cursor.number());
  }

  protected reference(tag: number): Value {
    const { cursor } = this;
    switch (tag) {
      case Tag.Next:
        return this.firstMention(this.latest + 1);
      case Tag.New:
        return this.firstMention(cursor.number());
      case Tag.Synthetic: {
        const number = cursor.number();
        return number < 1 ? corrupt('A scope has no number.') : this.mention(-number);
      }
      default: {
        const distance = cursor.number();
        return this.references[this.references.length - 1 - distance] ?? corrupt('A reference leads to no object.');
      }
    }
  }

  protected symbol(): SymbolIdentity {
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
}

/**
 * Which of several classes of its name an object is of. Objects whose records came before the second class of the name do not say
 * so: they are of the first one. Where all objects are of one class, nothing is to be told apart.
 */
function namesakes(shapes: readonly Shape[], objects: ObjectTable): void {
  const known = new Map<string, { readonly ordinals: Set<number>; firstPlace: string }>();
  for (const { className, namesake } of shapes) {
    if (namesake === null || className === null) continue;
    const one = known.get(className.head) ?? { ordinals: new Set<number>(), firstPlace: '' };
    known.set(className.head, one);
    one.firstPlace ||= namesake.firstPlace;
  }
  if (known.size === 0) return;
  const named = [...objects.values()].flatMap((object) => {
    const name = object.kind === 'function' || object.kind === 'class' ? undefined : object.className?.head;
    const one = name === undefined ? undefined : known.get(name);
    if (one === undefined) return [];
    const { ordinal, place } = object.namesake ?? { ordinal: 1, place: '' };
    one.ordinals.add(ordinal);
    return [{ object, one, ordinal, place }];
  });
  for (const { object, one, ordinal, place } of named) {
    const { namesake: _, ...rest } = object;
    const isFirst = object.namesake === undefined;
    const namesake = { ordinal, place: isFirst ? one.firstPlace : place };
    objects.replace(one.ordinals.size < 2 ? rest : { ...rest, namesake });
  }
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
