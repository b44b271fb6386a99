/**
 * The record of the current object (src/wire/format.ts): its values in `body`, and their keys, which make its shape.
 */
import { KeyTag, type Kind, kinds, ShapeFlag, Tag } from '../../wire/format.ts';
import type { Builtins } from '../realm/builtins.ts';
import type { Family } from '../realm/families.ts';
import type { List } from '../realm/lists.ts';
import { charactersOf, Sink } from './digit-writer.ts';
import type { SymbolWriter } from './symbols.ts';
import type { Pool } from './text-pool-writer.ts';

/** What objects of the same make have in common. */
export interface Shape {
  readonly index: number;
  readonly kind: Kind;
  readonly flags: number;
  readonly className: string;
  readonly keys: List<string | symbol>;
  readonly tags: List<number>;
  readonly keyCount: number;
  readonly next: Shape | null;
}

/** Gets each record instead of the stream, and gives shapes their numbers, when records of several captures are compared. */
export interface RecordKeeper {
  /** The number of a shape with these digits. Takes them out. */
  shape(digits: Sink): number;
  /** Takes out the digits of the record's values. */
  record(shape: number, body: Sink): void;
}

/** Shapes of one class that are tried before a new one is made: the latest. */
const shapesTried = 6;
/** Tags of variables in lists of this module: this and the index of the scope's kind. */
const unusedTags = 32;
const variableTags = 64;
/** More than the number of kinds of scope. */
const kindTags = 16;

export class RecordWriter {
  /** All records so far. */
  readonly stream: Sink;
  readonly body: Sink;
  readonly shapes: Sink;
  readonly names: Pool;
  private readonly writeSymbol: SymbolWriter;
  private readonly keeper: RecordKeeper | null;
  private shapeCount = 0;
  private keyCount = 0;
  private keys: List<string | symbol> = { __proto__: null };
  private readonly tags: List<number> = { __proto__: null };
  private capacity = 0;

  constructor(builtins: Builtins, writeSymbol: SymbolWriter, keeper: RecordKeeper | null, names: Pool) {
    this.writeSymbol = writeSymbol;
    this.keeper = keeper;
    const characters = charactersOf(builtins);
    this.stream = new Sink(builtins, characters);
    this.body = new Sink(builtins, characters);
    this.shapes = new Sink(builtins, characters);
    this.names = names;
  }

  /** @param longest The number of characters of a text that cross. */
  begin(longest: number): void {
    this.stream.clear();
    this.body.clear();
    this.shapes.clear();
    if (this.keeper === null) this.names.begin(longest);
    this.shapeCount = 0;
    this.keyCount = 0;
    // Symbols must not be kept alive because they were keys.
    this.keys = { __proto__: null };
    this.capacity = 0;
  }

  /** Writes a key with this tag. Its value is written to `body` next. */
  keep(key: string | symbol, tag: number): void {
    if (this.keyCount === this.capacity) this.grow();
    this.keys[this.keyCount] = key;
    this.tags[this.keyCount] = tag;
    this.keyCount += 1;
  }

  keepProperty(key: string | symbol, enumerable: boolean): void {
    this.keep(key, tagOf(key, enumerable));
  }

  /** @param scopeKind Index in `scopeKinds`. @param level Of a frame's scope, from the outermost, 0; -1 for none. */
  keepVariable(name: string, scopeKind: number, level: number): void {
    this.keep(name, variableTags + scopeKind + kindTags * (level + 1));
  }

  /** Writes that variables of a scope of this kind are not read, because the frame does not use them. */
  hideUnused(scopeKind: number, from: number, count: number): void {
    this.keep('', unusedTags + scopeKind);
    this.body.number(from);
    this.body.number(count);
  }

  /** Writes that elements or entries are not read. */
  hide(count: number): void {
    this.body.digit(Tag.Hidden);
    this.body.number(count);
  }

  /** Writes that properties are not read. */
  hideProperties(from: number, count: number): void {
    this.keep('', KeyTag.Hidden);
    this.body.number(from);
    this.body.number(count);
  }

  /** Ends the record. */
  finish(family: Family<Shape>, kind: Kind, flags: number, className: string): void {
    const shape = this.shapeOf(family, kind, flags, className);
    if (this.keeper === null) {
      this.stream.number(shape);
      this.stream.append(this.body);
    } else this.keeper.record(shape, this.body);
    this.keyCount = 0;
  }

  /** Forgets all records so far. */
  drop(): void {
    this.stream.clear();
    this.shapes.clear();
  }

  private grow(): void {
    const { keys, tags, capacity } = this;
    this.capacity = 2 * capacity + 32;
    for (let index = capacity; index < this.capacity; index += 1) {
      keys[index] = '';
      tags[index] = 0;
    }
  }

  private shapeOf(family: Family<Shape>, kind: Kind, flags: number, className: string): number {
    let shape = family.shapes;
    for (let tried = 0; shape !== null && tried < shapesTried; tried += 1) {
      if (shape.kind === kind && shape.flags === flags && shape.className === className && this.hasKeysOf(shape))
        return shape.index;
      shape = shape.next;
    }
    const made = this.newShape(family, kind, flags, className);
    family.shapes = made;
    return made.index;
  }

  private hasKeysOf(shape: Shape): boolean {
    if (shape.keyCount !== this.keyCount) return false;
    for (let index = 0; index < this.keyCount; index += 1)
      if (shape.keys[index] !== this.keys[index] || shape.tags[index] !== this.tags[index]) return false;
    return true;
  }

  private newShape({ namesake, shapes: next }: Family<Shape>, kind: Kind, flags: number, className: string): Shape {
    const { shapes, names, keyCount } = this;
    const keys: List<string | symbol> = { __proto__: null };
    const tags: List<number> = { __proto__: null };
    shapes.digit(codeOf(kind));
    shapes.number(flags);
    if ((flags & ShapeFlag.ClassName) !== 0) names.excerpt(shapes, className);
    if ((flags & ShapeFlag.Namesake) !== 0) {
      shapes.number(namesake?.ordinal ?? 0);
      names.excerpt(shapes, namesake?.place ?? '');
      names.excerpt(shapes, namesake?.firstPlace ?? '');
    }
    shapes.number(keyCount);
    for (let index = 0; index < keyCount; index += 1) {
      const key = this.keys[index] ?? '';
      const tag = this.tags[index] ?? 0;
      keys[index] = key;
      tags[index] = tag;
      if (tag >= variableTags) {
        const kind = (tag - variableTags) % kindTags;
        shapes.digit(KeyTag.Variable);
        shapes.digit(kind);
        shapes.number((tag - variableTags - kind) / kindTags);
      } else if (tag >= unusedTags) {
        shapes.digit(KeyTag.Unused);
        shapes.digit(tag - unusedTags);
      } else shapes.digit(tag);
      if (tag === KeyTag.Hidden || (tag >= unusedTags && tag < variableTags)) continue;
      if (typeof key === 'symbol') this.writeSymbol(shapes, names, key);
      else names.excerpt(shapes, key);
    }
    const index = this.keeper === null ? this.shapeCount : this.keeper.shape(shapes);
    this.shapeCount += 1;
    return { index, kind, flags, className, keys, tags, keyCount, next };
  }
}

function tagOf(key: string | symbol, enumerable: boolean): number {
  if (typeof key === 'string') return enumerable ? KeyTag.Enumerable : KeyTag.NonEnumerable;
  return enumerable ? KeyTag.EnumerableSymbol : KeyTag.NonEnumerableSymbol;
}

function codeOf(kind: Kind): number {
  let code = 0;
  while (kinds[code] !== kind) code += 1;
  return code;
}
