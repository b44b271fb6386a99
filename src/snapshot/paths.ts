/**
 * How objects of a snapshot are reached from a root: the shortest paths, written as in JavaScript (`data.items[3].owner`).
 * What JavaScript cannot write is written as in DevTools (`cache.[[Entries]][0].key`). Pure.
 */
import type { Excerpt, HeapObject, ObjectId, Part, PropertyKey, Snapshot, SymbolIdentity, Value } from './snapshot.ts';

/** One reference of an object, and the text that follows the object's path. */
export interface Step {
  readonly from: ObjectId;
  readonly to: ObjectId;
  readonly text: string;
}

/** The references of an object, in the order in which they are drawn. */
export function stepsFrom(object: HeapObject): readonly Step[] {
  const steps: Step[] = [];
  const add = (value: Value, text: string): void => {
    if (value.type === 'reference') steps.push({ from: object.id, to: value.id, text });
  };
  for (const part of object.parts) {
    switch (part.type) {
      case 'element':
        add(part.value, isIndexed(object) ? `[${part.index}]` : `.[[Entries]][${part.index}]`);
        break;
      case 'entry':
        add(part.key, `.[[Entries]][${part.index}].key`);
        add(part.value, entryText(part));
        break;
      case 'property':
        add(part.value, propertyText(part.key));
        break;
      case 'holes':
      case 'hidden':
        break;
    }
  }
  return steps;
}

/**
 * The shortest path from `start` to each object that it reaches, given as its last step; `start` itself has none. Objects for
 * which `isEnd` holds are reached but not followed.
 */
export function shortestPaths(
  { objects }: Pick<Snapshot, 'objects'>,
  start: ObjectId,
  isEnd: (id: ObjectId) => boolean = () => false,
): ReadonlyMap<ObjectId, Step | null> {
  const reached = new Map<ObjectId, Step | null>([[start, null]]);
  // The loop also visits what is added to the Map meanwhile.
  for (const id of reached.keys()) {
    const object = objects.get(id);
    if (!object || isEnd(id)) continue;
    for (const step of stepsFrom(object)) if (!reached.has(step.to)) reached.set(step.to, step);
  }
  return reached;
}

/** The steps of the path to an object, first to last; null when it is not reached. */
export function pathTo(paths: ReadonlyMap<ObjectId, Step | null>, target: ObjectId): readonly Step[] | null {
  const steps: Step[] = [];
  let id = target;
  for (;;) {
    const step = paths.get(id);
    if (step === undefined) return null;
    if (step === null) return steps.reverse();
    steps.push(step);
    id = step.from;
  }
}

/** The text that follows the object's path to one of its parts; empty for what has no path. */
export function partText(object: HeapObject, part: Part): string {
  switch (part.type) {
    case 'element':
      return isIndexed(object) ? `[${part.index}]` : `.[[Entries]][${part.index}]`;
    case 'entry':
      return entryText(part);
    case 'property':
      return propertyText(part.key);
    case 'holes':
    case 'hidden':
      return '';
  }
}

/** @param label The name of the root, such as `data`. */
export const pathText = (label: string, steps: readonly Step[]): string =>
  label + steps.map(({ text }) => text).join('');

const isIndexed = ({ kind }: HeapObject): boolean =>
  kind === 'array' || kind === 'arguments' || kind === 'typedarray' || kind === 'function';

function entryText({ key, index }: Extract<Part, { type: 'entry' }>): string {
  switch (key.type) {
    case 'string':
      return `.get(${quoted(key.text)})`;
    case 'number':
      return `.get(${Object.is(key.value, -0) ? '-0' : key.value})`;
    case 'boolean':
      return `.get(${key.value})`;
    case 'null':
    case 'undefined':
      return `.get(${key.type})`;
    default:
      return `.[[Entries]][${index}].value`;
  }
}

function propertyText(key: PropertyKey): string {
  switch (key.type) {
    case 'name':
      if (isWhole(key.name) && /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(whole(key.name)))
        return `.${whole(key.name)}`;
      return `[${quoted(key.name)}]`;
    case 'symbol':
      return `[${symbolText(key.symbol)}]`;
    case 'private':
      return `.#${whole(key.name)}`;
    case 'internal':
    case 'getter':
      return `.${key.name}`;
  }
}

function symbolText(symbol: SymbolIdentity): string {
  switch (symbol.sort) {
    case 'own':
      return `Symbol(${symbol.description === null ? '' : whole(symbol.description)})`;
    case 'registered':
      return `Symbol.for(${quoted(symbol.key)})`;
    case 'wellKnown':
      return `Symbol.${symbol.name}`;
  }
}

const isWhole = ({ head, tail, length }: Excerpt): boolean => head.length + tail.length === length;

/** The text, with `…` in place of what was not read of a long one. */
const whole = (text: Excerpt): string => (isWhole(text) ? text.head + text.tail : `${text.head}…${text.tail}`);

const quoted = (text: Excerpt): string => JSON.stringify(whole(text));
