/**
 * A snapshot as arrays of numbers, which a worker gets without a copy. Each object has the number of its place in the snapshot; each
 * part its field and its value. Leaves out what no group shows. Pure.
 */
import { categoryOf, titleOf } from '../diagram/titles.ts';
import type { HeapObject, ObjectId, Part, PropertyKey, Snapshot, SymbolIdentity, Value } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';

/** The values of parts. What follows each is in `Compact.values`. */
export const types = {
  /** The number of an object. */
  reference: 0,
  /** Itself. */
  number: 1,
  /** The number of a text. */
  string: 2,
  true: 3,
  false: 4,
  null: 5,
  undefined: 6,
  /** The number of a text that says what it is. */
  other: 7,
  /** How many parts are hidden. */
  hidden: 8,
} as const;

/** What objects of one group have in common: their class, or their names. */
export interface Shape {
  /** The same in every drawing. */
  readonly key: string;
  readonly title: string;
  readonly category: ReturnType<typeof categoryOf>;
  /** An instance joins the group of its class above it. Containers never do: they are alike everywhere. */
  readonly joins: boolean;
}

export interface Compact {
  readonly count: number;
  /** Numbers of the objects that were asked for. */
  readonly roots: Int32Array<ArrayBuffer>;
  /** By object: its shape. */
  readonly shapeOf: Int32Array<ArrayBuffer>;
  readonly shapes: readonly Shape[];
  /** By object: its first part; the last entry is the number of parts. */
  readonly firstPart: Int32Array<ArrayBuffer>;
  /** By part. */
  readonly fieldOf: Int32Array<ArrayBuffer>;
  readonly typeOf: Uint8Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
  readonly fields: readonly string[];
  readonly texts: readonly string[];
}

/** The identities of the objects by their numbers; the last one may be the names that were asked for, which are no object. */
export interface Numbered {
  readonly compact: Compact;
  readonly ids: readonly (ObjectId | null)[];
}

/** Fields that stand for all elements, and for the keys and values of entries. */
export const elements = '[ ]';
const keys = 'key';
const entries = 'value';
/** A field for all names of an object that is used as a table of alike things. */
const names = '[name]';
/** With more properties, an object whose values are alike is such a table. */
const mostNames = 12;
const mostlyAlike = 0.8;
/** Characters of a text that tell it apart. */
const longestText = 24;

/** Maps values to numbers, in the order in which they came. */
function createTable(): { readonly list: string[]; numberOf(text: string): number } {
  const list: string[] = [];
  const numbers = new Map<string, number>();
  return {
    list,
    numberOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, list.length);
      return list.push(text) - 1;
    },
  };
}

/** Numbers that are added at the end. */
class Numbers {
  private data = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.data.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.length++] = value;
  }

  slice(): Float64Array<ArrayBuffer> {
    return this.data.slice(0, this.length);
  }
}

/** Objects between two turns in which others can run. */
const turn = 1000;

/** The same at once. */
export function compactOf(snapshot: Snapshot): Numbered {
  const steps = compacting(snapshot);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** Yields whenever others may run. */
export function* compacting(snapshot: Snapshot): Generator<void, Numbered> {
  const { objects } = snapshot;
  const objectIds = [...objects.keys()];
  const numbers = new Map(objectIds.map((id, number) => [id, number]));
  const alone = singleRoot(snapshot, numbers);
  const scope = alone === null ? objectIds.length : null;
  const ids = scope === null ? objectIds : [...objectIds, null];
  const shapes: Shape[] = [];
  const shapeNumbers = new Map<string, number>();
  const fields = createTable();
  const texts = createTable();
  const shapeOf: number[] = [];
  const firstPart: number[] = [];
  const [fieldOf, typeOf, values] = [new Numbers(), new Numbers(), new Numbers()];

  const shaped = (key: string, shape: () => Omit<Shape, 'key'>): void => {
    let number = shapeNumbers.get(key);
    if (number === undefined) {
      number = shapes.push({ key, ...shape() }) - 1;
      shapeNumbers.set(key, number);
    }
    shapeOf.push(number);
    firstPart.push(fieldOf.length);
  };
  const add = (field: string, value: Value): void => {
    fieldOf.push(fields.numberOf(field));
    const target = value.type === 'reference' ? objects.get(value.id) : undefined;
    if (target && !isText(target)) {
      typeOf.push(types.reference);
      values.push(numbers.get(target.id) ?? 0);
      return;
    }
    const [type, number] = plain(value, target, texts.numberOf);
    typeOf.push(type);
    values.push(number);
  };

  for (const object of objects.values()) {
    if (shapeOf.length % turn === turn - 1) yield;
    const table = isTable(object, objects);
    shaped(shapeKey(object, table), () => ({
      title: titleOf(object, longestText, true).replace(/\(\d+\)$/, ''),
      category: categoryOf(object),
      joins: !table && (object.kind === 'instance' || (object.kind === 'object' && object.parts.length > 0)),
    }));
    if (object.primitive) add('', object.primitive);
    for (const part of object.parts)
      addPart(part, table, add, (field, count) => {
        fieldOf.push(fields.numberOf(field));
        typeOf.push(types.hidden);
        values.push(count);
      });
    if (object.cut !== null) {
      fieldOf.push(fields.numberOf(''));
      typeOf.push(types.other);
      values.push(texts.numberOf(say('overview_notRead')));
    }
  }
  if (scope !== null) {
    shaped('scope', () => ({ title: say('title_scope'), category: 'scope', joins: false }));
    for (const { label, result } of snapshot.roots) if (result.ok) add(label, result.value);
  }
  firstPart.push(fieldOf.length);
  const compact: Compact = {
    count: ids.length,
    roots: Int32Array.of(scope ?? alone ?? 0),
    shapeOf: Int32Array.from(shapeOf),
    shapes,
    firstPart: Int32Array.from(firstPart),
    fieldOf: Int32Array.from(fieldOf.slice()),
    typeOf: Uint8Array.from(typeOf.slice()),
    values: values.slice(),
    fields: fields.list,
    texts: texts.list,
  };
  return { compact, ids };
}

function singleRoot({ roots, objects }: Snapshot, numbers: ReadonlyMap<ObjectId, number>): number | null {
  const [root] = roots;
  if (roots.length !== 1 || !root?.result.ok || root.result.value.type !== 'reference') return null;
  const { id } = root.result.value;
  return objects.has(id) ? (numbers.get(id) ?? null) : null;
}

/** What is written into cells, as functions are in every picture. */
const isText = ({ kind, parts }: HeapObject): boolean =>
  kind === 'function' && !parts.some((part) => 'value' in part && part.value.type === 'reference');

/** Whether an object has many names for values that are nearly all alike. */
function isTable({ kind, parts }: HeapObject, objects: Snapshot['objects']): boolean {
  if (kind !== 'object' || parts.length <= mostNames) return false;
  const counts = new Map<string, number>();
  for (const part of parts) {
    const target = part.type === 'property' && part.value.type === 'reference' ? objects.get(part.value.id) : undefined;
    if (!target) continue;
    const [first] = target.parts;
    const name = first?.type === 'property' ? nameOf(first.key) : '';
    const like = `${target.kind} ${target.className?.head} ${name}`;
    counts.set(like, (counts.get(like) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) >= mostlyAlike * parts.length;
}

function shapeKey(object: HeapObject, table: boolean): string {
  const { kind, className, parts } = object;
  const name = className ? className.head + className.tail : '';
  if (kind === 'function' || kind === 'class') return kind;
  if (table) return 'table';
  if (kind !== 'object') return `${kind} ${name}`;
  const own = parts.flatMap((part) => (part.type === 'property' ? [nameOf(part.key)] : []));
  return `${name} ${own.sort().join('\n')}`;
}

function addPart(
  part: Part,
  table: boolean,
  add: (field: string, value: Value) => void,
  hide: (field: string, count: number) => void,
): void {
  switch (part.type) {
    case 'element':
      add(elements, part.value);
      break;
    case 'entry':
      add(keys, part.key);
      add(entries, part.value);
      break;
    case 'property':
      add(table ? names : nameOf(part.key), part.value);
      break;
    case 'hidden':
      hide(part.of === 'property' ? '…' : elements, part.count);
      break;
    case 'holes':
      break;
  }
}

/** The type of a value that is no reference to another group, and its number. */
function plain(value: Value, target: HeapObject | undefined, numberOf: (text: string) => number): [number, number] {
  if (target) return [types.other, numberOf(target.className?.head ? `f ${target.className.head}` : 'function')];
  switch (value.type) {
    case 'number':
      return [types.number, value.value];
    case 'string': {
      const { head, length } = value.text;
      return [types.string, numberOf(length > longestText ? `${head.slice(0, longestText)}…` : head + value.text.tail)];
    }
    case 'boolean':
      return [value.value ? types.true : types.false, 0];
    case 'null':
      return [types.null, 0];
    case 'undefined':
      return [types.undefined, 0];
    case 'bigint':
      return [types.other, numberOf('bigint')];
    case 'symbol':
      return [types.other, numberOf(symbolName(value.symbol))];
    case 'accessor':
      return [types.other, numberOf('(…)')];
    case 'uninitialised':
      return [types.other, numberOf(say('cell_uninitialized'))];
    case 'unreadable':
      return [types.other, numberOf(say('cell_unreadable'))];
    case 'reference':
      return [types.other, numberOf(say('overview_notRead'))];
  }
}

function nameOf(key: PropertyKey): string {
  switch (key.type) {
    case 'name':
      return key.name.head + key.name.tail;
    case 'private':
      return `#${key.name.head}${key.name.tail}`;
    case 'symbol':
      return symbolName(key.symbol);
    case 'internal':
    case 'getter':
      return key.name;
  }
}

function symbolName(symbol: SymbolIdentity): string {
  switch (symbol.sort) {
    case 'own':
      return `Symbol(${symbol.description?.head ?? ''})`;
    case 'registered':
      return `Symbol.for(${symbol.key.head})`;
    case 'wellKnown':
      return `Symbol.${symbol.name}`;
  }
}
