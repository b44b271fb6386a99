/**
 * The content of an object as far as it can be compared: names, primitive values, and what it refers to. What was not read, and what
 * only its identity tells, such as a function, has no content. Pure.
 */
import type { Excerpt, HeapObject, ObjectId, ObjectKind, Part, PropertyKey, Value } from '../snapshot/snapshot.ts';

export interface Content {
  /** Everything but what the references lead to. Two objects with different texts differ. */
  readonly text: string;
  /** The names of its values, in the order of `targets`; unique in the object. */
  readonly places: readonly string[];
  readonly targets: readonly ObjectId[];
}

/** Objects of these kinds do something, or hold what a script cannot see, so equal properties say little. */
const opaqueKinds: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  'function',
  'class',
  'generator',
  'iterator',
  'node',
  'promise',
  'proxy',
  'weakmap',
  'weakref',
  'weakset',
  'window',
]);

/** Null when nobody can say whether another object has the same content. */
export function contentOf(object: HeapObject): Content | null {
  const { kind, className, size, primitive, frozen, cut, parts, unlisted } = object;
  if (cut !== null || unlisted || opaqueKinds.has(kind)) return null;
  const words = [kind, className === null ? '' : textOf(className), String(size), String(frozen)];
  if (primitive !== null) words.push(wordOf(primitive) ?? '');
  const places: string[] = [];
  const targets: ObjectId[] = [];
  const add = (place: string, value: Value): boolean => {
    if (value.type === 'reference') {
      places.push(place);
      targets.push(value.id);
      words.push(place);
      return true;
    }
    const word = wordOf(value);
    words.push(`${place}=${word}`);
    return word !== null;
  };
  for (const part of parts) if (!addPart(part, words, add)) return null;
  return { text: words.join('\n'), places, targets };
}

/** Adds what a part holds. False when it cannot be compared. */
function addPart(part: Part, words: string[], add: (place: string, value: Value) => boolean): boolean {
  switch (part.type) {
    case 'element':
      return add(`[${part.index}]`, part.value);
    case 'entry':
      return add(`key ${part.index}`, part.key) && add(`value ${part.index}`, part.value);
    case 'property':
      return add(placeOf(part.key, part.enumerable), part.value);
    case 'holes':
      words.push(`${part.count} holes at ${part.index}`);
      return true;
    case 'hidden':
      return false;
  }
}

/** The places of an object's references, whether it can be compared or not. In an object each place is named once. */
export function referencesOf({ parts }: HeapObject): ReadonlyMap<string, ObjectId> {
  const found = new Map<string, ObjectId>();
  const add = (place: string, value: Value): void => {
    if (value.type === 'reference' && !found.has(place)) found.set(place, value.id);
  };
  for (const part of parts) {
    if (part.type === 'element') add(`[${part.index}]`, part.value);
    else if (part.type === 'property') add(placeOf(part.key, part.enumerable), part.value);
    else if (part.type === 'entry') {
      const word = wordOf(part.key);
      add(`key ${part.index}`, part.key);
      // An entry keeps its place when those before it go, if its key tells which one it is.
      add(word === null ? `value ${part.index}` : `value of ${word}`, part.value);
    }
  }
  return found;
}

function placeOf(key: PropertyKey, enumerable: boolean): string {
  switch (key.type) {
    case 'name':
      return `${enumerable ? '.' : '!'}${textOf(key.name)}`;
    case 'private':
      return textOf(key.name);
    case 'internal':
      return key.name;
    case 'getter':
      return `get ${key.name}`;
    case 'symbol':
      return `@${wordOf({ type: 'symbol', symbol: key.symbol })}`;
  }
}

/** A primitive value as a word that no other value has; null when it was not read whole. */
function wordOf(value: Value): string | null {
  switch (value.type) {
    case 'undefined':
    case 'null':
    case 'uninitialised':
      return value.type;
    case 'boolean':
      return String(value.value);
    case 'number':
      return Object.is(value.value, -0) ? '-0' : String(value.value);
    case 'bigint':
      return isWhole(value.digits) ? `${textOf(value.digits)}n` : null;
    case 'string':
      return isWhole(value.text) ? JSON.stringify(textOf(value.text)) : null;
    case 'symbol':
      return value.symbol.sort === 'own' ? `symbol ${value.symbol.id}` : JSON.stringify(value.symbol);
    case 'accessor':
    case 'reference':
    case 'unreadable':
      return null;
  }
}

const isWhole = ({ head, tail, length }: Excerpt): boolean => head.length + tail.length === length;

/** Cut texts of different lengths differ. */
const textOf = (text: Excerpt): string => (isWhole(text) ? text.head + text.tail : JSON.stringify(text));
