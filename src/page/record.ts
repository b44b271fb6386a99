/**
 * The record of the object at hand (src/snapshot/format.ts): its values in `body`, and the keys that they belong to, which
 * make its shape.
 */
import { KeyTag, type Kind, kinds, ShapeFlag, Tag } from '../snapshot/format.ts';
import type { Family } from './brands.ts';
import type { Builtins } from './builtins.ts';
import type { List } from './lists.ts';
import { charactersOf, Sink } from './sink.ts';
import type { SymbolWriter } from './symbols.ts';
import { createPool, type Pool } from './texts.ts';

/** What objects of one make have in common. */
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

/** Shapes of one class that are tried before a new one is made: the latest. */
const shapesTried = 6;
/** Tags of variables in lists of this module: this and the index of the scope's kind. */
const variableTags = 64;

export class RecordWriter {
  /** All records so far. */
  readonly stream: Sink;
  readonly body: Sink;
  readonly shapes: Sink;
  readonly names: Pool;
  private readonly writeSymbol: SymbolWriter;
  private shapeCount = 0;
  private keyCount = 0;
  private keys: List<string | symbol> = { __proto__: null };
  private readonly tags: List<number> = { __proto__: null };
  private room = 0;

  constructor(builtins: Builtins, writeSymbol: SymbolWriter) {
    this.writeSymbol = writeSymbol;
    const characters = charactersOf(builtins);
    this.stream = new Sink(builtins, characters);
    this.body = new Sink(builtins, characters);
    this.shapes = new Sink(builtins, characters);
    this.names = createPool(builtins);
  }

  /** @param longest Characters of a text that cross. */
  begin(longest: number): void {
    this.stream.clear();
    this.body.clear();
    this.shapes.clear();
    this.names.begin(longest);
    this.shapeCount = 0;
    this.keyCount = 0;
    // Symbols live no longer for having been keys.
    this.keys = { __proto__: null };
    this.room = 0;
  }

  /** A key of this tag; its value is written to `body` next. */
  keep(key: string | symbol, tag: number): void {
    if (this.keyCount === this.room) this.makeRoom();
    this.keys[this.keyCount] = key;
    this.tags[this.keyCount] = tag;
    this.keyCount += 1;
  }

  keepProperty(key: string | symbol, enumerable: boolean): void {
    this.keep(key, tagOf(key, enumerable));
  }

  /** @param scopeKind Index in `scopeKinds`. */
  keepVariable(name: string, scopeKind: number): void {
    this.keep(name, variableTags + scopeKind);
  }

  /** Elements or entries that are not read. */
  hide(count: number): void {
    this.body.digit(Tag.Hidden);
    this.body.number(count);
  }

  /** Properties that are not read. */
  hideProperties(from: number, count: number): void {
    this.keep('', KeyTag.Hidden);
    this.body.number(from);
    this.body.number(count);
  }

  /** Ends the record. */
  finish(family: Family<Shape>, kind: Kind, flags: number, className: string): void {
    this.stream.number(this.shapeOf(family, kind, flags, className));
    this.stream.append(this.body);
    this.keyCount = 0;
  }

  /** Forgets all records so far. */
  drop(): void {
    this.stream.clear();
    this.shapes.clear();
  }

  private makeRoom(): void {
    const { keys, tags, room } = this;
    this.room = 2 * room + 32;
    for (let index = room; index < this.room; index += 1) {
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
    const made = this.newShape(kind, flags, className, family.shapes);
    family.shapes = made;
    return made.index;
  }

  private hasKeysOf(shape: Shape): boolean {
    if (shape.keyCount !== this.keyCount) return false;
    for (let index = 0; index < this.keyCount; index += 1)
      if (shape.keys[index] !== this.keys[index] || shape.tags[index] !== this.tags[index]) return false;
    return true;
  }

  private newShape(kind: Kind, flags: number, className: string, next: Shape | null): Shape {
    const { shapes, names, keyCount } = this;
    const keys: List<string | symbol> = { __proto__: null };
    const tags: List<number> = { __proto__: null };
    shapes.digit(codeOf(kind));
    shapes.number(flags);
    if ((flags & ShapeFlag.ClassName) !== 0) names.excerpt(shapes, className);
    shapes.number(keyCount);
    for (let index = 0; index < keyCount; index += 1) {
      const key = this.keys[index] ?? '';
      const tag = this.tags[index] ?? 0;
      keys[index] = key;
      tags[index] = tag;
      if (tag >= variableTags) {
        shapes.digit(KeyTag.Variable);
        shapes.digit(tag - variableTags);
      } else shapes.digit(tag);
      if (tag === KeyTag.Hidden) continue;
      if (typeof key === 'symbol') this.writeSymbol(shapes, names, key);
      else names.excerpt(shapes, key);
    }
    const index = this.shapeCount;
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
