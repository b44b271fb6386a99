/** Follows the paths of lenses in a snapshot. Pure. */
import type { Excerpt, HeapObject, Part, Snapshot, SymbolIdentity, Value } from '../snapshot/snapshot.ts';

export type Objects = Snapshot['objects'];

/** A field as lenses name it; null for a part without a name. */
export function nameOf(part: Part): string | null {
  switch (part.type) {
    case 'element':
      return String(part.index);
    case 'entry':
      return keyText(part.key);
    case 'property':
      switch (part.key.type) {
        case 'name':
          return textOf(part.key.name);
        case 'private':
          return `#${textOf(part.key.name)}`;
        case 'internal':
          return part.key.name;
        case 'symbol':
          return symbolText(part.key.symbol);
      }
      break;
    case 'holes':
    case 'hidden':
      return null;
  }
  return null;
}

export const textOf = ({ head, tail, length }: Excerpt): string =>
  head.length + tail.length === length ? head + tail : `${head}…${tail}`;

function symbolText(symbol: SymbolIdentity): string {
  switch (symbol.sort) {
    case 'own':
      return `Symbol(${symbol.description ? textOf(symbol.description) : ''})`;
    case 'registered':
      return `Symbol.for(${textOf(symbol.key)})`;
    case 'wellKnown':
      return `Symbol.${symbol.name}`;
  }
}

/** The key of an entry of a Map as a name; null for an object. */
function keyText(key: Value): string | null {
  switch (key.type) {
    case 'string':
      return textOf(key.text);
    case 'number':
    case 'boolean':
      return String(key.value);
    case 'symbol':
      return symbolText(key.symbol);
    case 'null':
    case 'undefined':
      return key.type;
    default:
      return null;
  }
}

export const objectOf = (objects: Objects, value: Value | null): HeapObject | null =>
  value?.type === 'reference' ? (objects.get(value.id) ?? null) : null;

/** The value at a path from an object; null where there is none. An empty path is the object itself. */
export function valueAt(objects: Objects, object: HeapObject, path: string): Value | null {
  let value: Value = { type: 'reference', id: object.id };
  if (path === '') return value;
  for (const name of namesIn(path)) {
    const holder = objectOf(objects, value);
    const next = holder && (name.startsWith('~') ? variableOf(objects, holder, name.slice(1)) : fieldOf(holder, name));
    if (!next) return null;
    value = next;
  }
  return value;
}

/** The names of a path. Those of symbols may have dots. */
const namesIn = (path: string): readonly string[] =>
  path.match(/Symbol(?:\.for)?\([^)]*\)|\[\[[^\]]*\]\]|[^.]+/g) ?? [];

export function fieldOf({ parts }: HeapObject, name: string): Value | null {
  for (const part of parts) if ('value' in part && nameOf(part) === name) return part.value;
  return null;
}

/** A variable that a function closes over: of the nearest scope that has it. */
function variableOf(objects: Objects, { parts }: HeapObject, name: string): Value | null {
  for (const part of parts) {
    const scope = part.type === 'property' ? objectOf(objects, part.value) : null;
    const found = scope?.kind === 'scope' ? fieldOf(scope, name) : null;
    if (found) return found;
  }
  return null;
}

/** What a title can say of a value: a text, a number, the name of a function or class; null for anything else. */
export function wordOf(objects: Objects, value: Value | null): string | null {
  switch (value?.type) {
    case 'string':
      return textOf(value.text);
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'reference': {
      const object = objects.get(value.id);
      const isNamed = object?.kind === 'function' || object?.kind === 'class';
      return isNamed && object.className ? textOf(object.className) : null;
    }
    default:
      return null;
  }
}
