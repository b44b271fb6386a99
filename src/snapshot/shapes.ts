/** Reads the shapes of a reply (format.ts): what objects of one make have in common. Throws `Corrupt`. */
import { corrupt, Digits } from './digits.ts';
import { cutReasons, KeyTag, kinds, ShapeFlag, SymbolSort, scopeKinds, wellKnownSymbols } from './format.ts';
import { Pool } from './pool.ts';
import type { CutReason, Excerpt, ObjectKind, Part, PropertyKey, ScopeKind, SymbolIdentity } from './snapshot.ts';

export interface Shape {
  readonly kind: ObjectKind;
  readonly flags: number;
  readonly cut: CutReason | null;
  readonly className: Excerpt | null;
  readonly keys: readonly ShapeKey[];
  /** As many parts as there are keys, to be copied. */
  readonly blank: readonly Part[];
}

const nothing: Part = { type: 'holes', index: 0, count: 0 };

/** `constants` are parts with this key by the tag of their value. Null stands for properties that were not read. */
export type ShapeKey = (KeyName & { readonly constants: Part[] }) | null;

export interface KeyName {
  readonly key: PropertyKey;
  readonly enumerable: boolean;
  readonly scope?: ScopeKind;
}

export function readShapes(text: string, namesText: string): readonly Shape[] {
  const cursor = new Digits(text, 'shapes');
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
    shapes.push({ kind, flags, cut, className, keys, blank: keys.map(() => nothing) });
  }
  if (!names.done) corrupt('The names are longer than the shapes say.');
  return shapes;
}

function readKey(cursor: Digits, names: Pool): KeyName | null {
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

export function readSymbol(cursor: Digits, pool: Pool): SymbolIdentity {
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
      if (named?.key.type === 'symbol' && named.key.symbol.sort === 'own')
        highest = Math.max(highest, named.key.symbol.id);
    }
  }
  return highest;
}
