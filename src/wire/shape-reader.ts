/** Reads the shapes of a reply (format.ts): what objects of the same make have in common. Throws `Corrupt`. */

import type {
  CutReason,
  Excerpt,
  Namesake,
  ObjectKind,
  Part,
  PropertyKey,
  ScopeKind,
  SymbolIdentity,
} from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';
import { corrupt, Digits } from './digit-reader.ts';
import { cutReasons, KeyTag, kinds, ShapeFlag, SymbolSort, sameScope, scopeKinds, wellKnownSymbols } from './format.ts';
import { Pool } from './text-pool-reader.ts';

export interface Shape {
  readonly kind: ObjectKind;
  readonly flags: number;
  readonly cut: CutReason | null;
  readonly className: Excerpt | null;
  readonly namesake: NamesakeFacts | null;
  readonly keys: readonly ShapeKey[];
  /** A list with one part for each key, which is copied. */
  readonly blank: readonly Part[];
}

/** One of several classes of a name. */
export interface NamesakeFacts extends Namesake {
  /** Where the first class of the name is defined; empty where that is unknown. */
  readonly firstPlace: string;
}

const nothing: Part = { type: 'holes', index: 0, count: 0 };

/** `constants` are parts with this key, by the tag of their value. Null means properties that were not read. */
export type ShapeKey = (KeyName & { readonly constants: Part[] }) | UnusedKey | null;

/** Stands for variables of this kind of scope that were not read. */
export interface UnusedKey {
  readonly unused: ScopeKind;
}

export interface KeyName {
  readonly key: PropertyKey;
  readonly enumerable: boolean;
  readonly scope?: ScopeKind;
  readonly level?: number;
}

/** Reads what digits say of a text. */
export interface ExcerptReader {
  excerpt(cursor: Digits): Excerpt;
}

export function readShapes(text: string, namesText: string): readonly Shape[] {
  const names = new Pool(namesText, 'names');
  const shapes = readShapesWith(text, names);
  if (!names.done) corrupt('The names are longer than the shapes say.');
  return shapes;
}

export function readShapesWith(text: string, names: ExcerptReader): readonly Shape[] {
  const cursor = new Digits(text, 'shapes');
  const shapes: Shape[] = [];
  while (!cursor.done) {
    const kind = kinds[cursor.digit()] ?? corrupt('A shape has an unknown kind.');
    const flags = cursor.number();
    const cutCode = Math.floor(flags / ShapeFlag.CutFactor);
    const cut = cutCode === 0 ? null : (cutReasons[cutCode - 1] ?? corrupt('A shape has an unknown cut.'));
    const className = (flags & ShapeFlag.ClassName) === 0 ? null : names.excerpt(cursor);
    const namesake = (flags & ShapeFlag.Namesake) === 0 ? null : readNamesake(cursor, names);
    const count = cursor.number();
    const keys: ShapeKey[] = [];
    for (let index = 0; index < count; index += 1) {
      const name = readKey(cursor, names);
      keys.push(name && ('unused' in name ? name : { ...name, constants: [] }));
    }
    if (cut !== null && (count > 0 || (flags & (ShapeFlag.List + ShapeFlag.Glimpses)) !== 0))
      corrupt('A cut object has content.');
    shapes.push({ kind, flags, cut, className, namesake, keys, blank: keys.map(() => nothing) });
  }
  return shapes;
}

function readNamesake(cursor: Digits, names: ExcerptReader): NamesakeFacts {
  const ordinal = cursor.number();
  return { ordinal, place: names.excerpt(cursor).head, firstPlace: names.excerpt(cursor).head };
}

function readKey(cursor: Digits, names: ExcerptReader): KeyName | UnusedKey | null {
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
    case KeyTag.Internal: {
      const name = names.excerpt(cursor).head;
      const key = { type: 'internal', name: name === sameScope ? say('cell_sameScope') : name } as const;
      return { key, enumerable: false };
    }
    case KeyTag.Getter:
      return { key: { type: 'getter', name: names.excerpt(cursor).head }, enumerable: false };
    case KeyTag.Variable: {
      const scope = scopeKinds[cursor.digit()] ?? corrupt('A variable is of an unknown scope.');
      const level = cursor.number() - 1;
      const key = { type: 'name', name: names.excerpt(cursor) } as const;
      return { key, enumerable: true, scope, ...(level < 0 ? {} : { level }) };
    }
    case KeyTag.Unused:
      return { unused: scopeKinds[cursor.digit()] ?? corrupt('Variables are of an unknown scope.') };
    case KeyTag.Private:
    case KeyTag.PrivateNonEnumerable:
      return { key: { type: 'private', name: names.excerpt(cursor) }, enumerable: tag === KeyTag.Private };
    case KeyTag.Hidden:
      return null;
    default:
      return corrupt('A shape has an unknown sort of key.');
  }
}

export function readSymbol(cursor: Digits, pool: ExcerptReader): SymbolIdentity {
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

/** The highest number among the symbols that are keys, 0 where there is none. */
export function highestKey(shapes: readonly Shape[]): number {
  let highest = 0;
  for (const { keys } of shapes) {
    for (const named of keys) {
      if (named === null || 'unused' in named) continue;
      if (named.key.type === 'symbol' && named.key.symbol.sort === 'own')
        highest = Math.max(highest, named.key.symbol.id);
    }
  }
  return highest;
}
