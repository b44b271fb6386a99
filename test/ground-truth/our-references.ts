/** The references of a snapshot of ours, under the labels that `visible-references.ts` gives. */
import type {
  HeapObject,
  ObjectId,
  Part,
  PropertyKey,
  Snapshot,
  SymbolIdentity,
  Value,
} from '../../src/snapshot/snapshot.ts';

export interface OurReference {
  readonly from: ObjectId;
  readonly label: string;
  readonly to: ObjectId;
}

export function references({ objects }: Snapshot): readonly OurReference[] {
  const found: OurReference[] = [];
  for (const object of objects.values()) {
    if (object.kind === 'scope') continue;
    for (const part of object.parts) {
      for (const [label, value] of slotsOf(object, part)) {
        if (value.type !== 'reference') continue;
        const target = objects.get(value.id);
        // A scope is no object: its variables belong to the suspended call.
        if (target?.kind !== 'scope') found.push({ from: object.id, label, to: value.id });
        else
          for (const { name, to } of variablesOf(target))
            found.push({ from: object.id, label: object.kind === 'generator' ? 'variable' : `variable ${name}`, to });
      }
    }
  }
  return found;
}

function variablesOf({ parts }: HeapObject): readonly { readonly name: string; readonly to: ObjectId }[] {
  return parts.flatMap((part) =>
    // What is no variable of it says that another scope may be the same one.
    part.type === 'property' && part.value.type === 'reference' && part.key.type === 'name'
      ? [{ name: labelOf(part.key), to: part.value.id }]
      : [],
  );
}

function slotsOf(object: HeapObject, part: Part): readonly (readonly [label: string, value: Value])[] {
  switch (part.type) {
    case 'element':
      return [
        [
          object.kind === 'array' || object.kind === 'arguments' || object.kind === 'function'
            ? String(part.index)
            : 'entry',
          part.value,
        ],
      ];
    case 'entry':
      return [
        ['entry', part.key],
        ['entry', part.value],
      ];
    case 'property':
      // V8 keeps no reference for it: it makes one when it is read.
      if (object.kind === 'arguments' && labelOf(part.key) === 'Symbol(Symbol.iterator)') return [];
      return [[labelOf(part.key), part.value]];
    case 'holes':
      return [];
    case 'hidden':
      throw new Error(`${part.count} parts of #${object.id} were not read`);
  }
}

function labelOf(key: PropertyKey): string {
  switch (key.type) {
    case 'name':
      // V8's snapshot has a space in the place of a null character.
      return `${key.name.head}${key.name.tail}`.replaceAll('\0', ' ');
    case 'symbol':
      return symbolLabel(key.symbol);
    case 'private':
      return `#${key.name.head}`;
    case 'internal':
    case 'getter':
      return key.name;
  }
}

/** V8's snapshot tells symbols by their descriptions alone. Node brings some well-known ones with others of its own. */
function symbolLabel(symbol: SymbolIdentity): string {
  switch (symbol.sort) {
    case 'own':
      return `Symbol(${symbol.description ? symbol.description.head + symbol.description.tail : ''})`;
    case 'registered':
      return `Symbol(${symbol.key.head}${symbol.key.tail})`;
    case 'wellKnown':
      return `Symbol(${Reflect.get(Symbol, symbol.name).description})`;
  }
}
