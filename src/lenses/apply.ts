/**
 * Draws a snapshot through a lens: the objects that it recognises get the rows and titles that it says, and what only they led to is gone.
 * The objects keep their identities. Must never invent a value: each row has one that was read. Pure.
 */
import { stepsFrom } from '../snapshot/paths.ts';
import type { Excerpt, HeapObject, ObjectId, Part, Snapshot, Value } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';
import { differenceOf } from './difference.ts';
import type { ChainRow, EachRow, Lens, LensRow, LensRule, OneRow } from './lens.ts';
import { fieldOf, nameOf, type Objects, objectOf, valueAt, wordOf } from './paths.ts';
import { fits, ruleFor } from './recognize.ts';

/** The number of links of a list that are followed. A list may lead back into itself. */
const mostLinks = 200;

export function applyLens(lens: Lens, snapshot: Snapshot): Snapshot {
  const { objects } = snapshot;
  const roots = new Set<ObjectId>();
  for (const { result } of snapshot.roots)
    if (result.ok && result.value.type === 'reference') roots.add(result.value.id);
  const incoming = countReferences(snapshot);
  const drawn = new Map<ObjectId, HeapObject>();
  const seen = new Map<ObjectId, HeapObject>();
  // The loop also visits what is added to the Map meanwhile.
  for (const id of roots) {
    const object = objects.get(id);
    if (object) seen.set(id, object);
  }
  for (const [id, object] of seen) {
    const rule = ruleFor(lens, object, objects);
    const isRoot = roots.has(id);
    const context: Context = { objects, incoming, isRoot };
    const made = rule ? through(rule, object, context, isRoot ? lens.name : null) : object;
    drawn.set(id, made);
    const next = [...stepsFrom(made).map(({ to }) => to), ...(made.behind ?? []), ...hiddenIn(made)];
    for (const to of next) {
      const target = objects.get(to);
      if (target && !seen.has(to)) seen.set(to, target);
    }
  }
  return { ...snapshot, objects: drawn };
}

interface Context {
  readonly objects: Objects;
  readonly incoming: ReadonlyMap<ObjectId, number>;
  readonly isRoot: boolean;
  readonly fold?: readonly string[];
}

function countReferences({ objects }: Snapshot): ReadonlyMap<ObjectId, number> {
  const counts = new Map<ObjectId, number>();
  for (const object of objects.values())
    for (const { to } of stepsFrom(object)) counts.set(to, (counts.get(to) ?? 0) + 1);
  return counts;
}

const hiddenIn = ({ parts }: HeapObject): readonly ObjectId[] =>
  parts.flatMap((part) => (part.type === 'hidden' ? (part.references ?? []) : []));

/** @param name The name of the lens, which the title of a root says. */
function through(rule: LensRule, object: HeapObject, context: Context, name: string | null): HeapObject {
  const { title, rows, fold = [] } = rule;
  const parts = rows
    ? rows.flatMap((row) => partsOf(row, object, { ...context, fold }))
    : object.parts.filter((part) => !isFolded(nameOf(part) ?? '', fold));
  // Another version of the library, or what only the debugger reads.
  if (rows && parts.length === 0) return object;
  const own = title === undefined ? null : titleFrom(title, object, context.objects);
  const plain = object.className ? object.className.head + object.className.tail : '';
  const shown = name === null ? own : `${own ?? plain} (${name})`;
  return { ...object, parts, ...(shown === null ? {} : { className: excerpt(shown) }) };
}

const isFolded = (name: string, fold: readonly string[]): boolean =>
  fold.some((folded) => (folded.endsWith('*') ? name.startsWith(folded.slice(0, -1)) : name === folded));

/** A title with the words of its paths. Where a word is missing, there is `?`. */
const titleFrom = (title: string, object: HeapObject, objects: Objects): string =>
  title
    .replace(/\{([^{}]*)\}/g, (_, paths: string) => {
      const words = paths.split('|').map((path) => {
        const [, literal] = /^'(.*)'$/.exec(path) ?? [];
        return literal ?? wordOf(objects, valueAt(objects, object, path));
      });
      return words.find((word) => word !== null && word !== '') ?? (words.includes('') ? '' : '?');
    })
    .trim();

function partsOf(row: LensRow, object: HeapObject, context: Context): readonly Part[] {
  if (typeof row === 'string') return one({ path: row }, object, object, context, '');
  if ('path' in row) return one(row, object, object, context, '');
  if ('each' in row) return each(row, object, object, context, '');
  return chain(row, object, context);
}

/** @param earlier The object in which `before` is looked up. */
function one(
  { path, as, before, onlyRoot = false }: OneRow,
  object: HeapObject,
  earlier: HeapObject | null,
  { objects, isRoot }: Context,
  prefix: string,
): readonly Part[] {
  if (onlyRoot && !isRoot) return [];
  const value = valueAt(objects, object, path);
  if (!value) return [];
  const name = prefix + (as ?? path.split('.').at(-1) ?? path);
  const was = before === undefined || !earlier ? null : valueAt(objects, earlier, before);
  return beside(name, value, was, objects);
}

function each(
  { each: path, as = '', before, value: inner = '', unlessShared, live }: EachRow,
  object: HeapObject,
  earlier: HeapObject | null,
  { objects, incoming, fold = [] }: Context,
  prefix: string,
): readonly Part[] {
  const found = valueAt(objects, object, path);
  const holder = seenThrough(objects, objectOf(objects, found));
  if (!found || !holder) return [];
  if (holder.cut !== null || (unlessShared !== undefined && (incoming.get(holder.id) ?? 0) > 1))
    return [property(prefix + (unlessShared ?? (as || path)), found)];
  const old = before === undefined || !earlier ? null : objectOf(objects, valueAt(objects, earlier, before));
  const now = live === undefined ? null : objectOf(objects, valueAt(objects, object, live));
  const through = (value: Value): Value => {
    const target = inner === '' ? null : objectOf(objects, value);
    return target ? (valueAt(objects, target, inner) ?? value) : value;
  };
  const named = (name: string, value: Value): readonly Part[] =>
    beside(`${prefix}${as}${name}`, value, old && fieldOf(old, name), objects);
  const own = holder.parts.flatMap((part) => {
    const name = nameOf(part);
    if (part.type === 'hidden') return [part];
    if (name === null || !('value' in part) || isFolded(name, fold)) return [];
    const current = now && fieldOf(now, name);
    return named(name, current ? through(current) : now ? part.value : through(part.value));
  });
  const names = new Set(holder.parts.map(nameOf));
  const added = (now?.parts ?? []).flatMap((part) => {
    const name = nameOf(part);
    if (name === null || !('value' in part) || names.has(name) || isFolded(name, fold)) return [];
    return named(name, through(part.value));
  });
  return [...own, ...added];
}

/** The target of a proxy, as far as it was read; anything else is itself. */
const seenThrough = (objects: Objects, holder: HeapObject | null): HeapObject | null =>
  holder?.kind === 'proxy' ? (objectOf(objects, fieldOf(holder, '[[Target]]')) ?? holder) : holder;

function chain(row: ChainRow, object: HeapObject, context: Context): readonly Part[] {
  const { objects } = context;
  const { next, value: inner = '', as, before, cases = [] } = row;
  const links = linksFrom(valueAt(objects, object, row.chain), next, objects);
  const earlier = before === undefined ? [] : linksFrom(valueAt(objects, object, before), next, objects);
  return links.flatMap((link, number) => {
    const value = valueAt(objects, link, inner);
    if (!value) return [];
    const old = earlier[number];
    const was = old ? valueAt(objects, old, inner) : null;
    const target = objectOf(objects, value);
    const found = target && cases.find(({ match }) => fits(match, target, objects));
    const prefix = `${found?.as ?? as} ${number + 1}`;
    if (!target || !found) return beside(prefix, value, was, objects);
    const oldTarget = objectOf(objects, was);
    return found.rows.flatMap((each_) =>
      'path' in each_
        ? one(each_, target, oldTarget, context, `${prefix} `)
        : each(each_, target, oldTarget, context, `${prefix} `),
    );
  });
}

function linksFrom(first: Value | null, next: string, objects: Objects): readonly HeapObject[] {
  const links: HeapObject[] = [];
  for (let link = objectOf(objects, first); link && links.length < mostLinks; ) {
    if (links.includes(link)) break;
    links.push(link);
    link = objectOf(objects, valueAt(objects, link, next));
  }
  return links;
}

/** A value, and behind it the earlier one with how they differ. */
function beside(name: string, value: Value, was: Value | null, objects: Objects): readonly Part[] {
  const own = property(name, value);
  return was ? [own, property(say('lens_was', { difference: differenceOf(value, was, objects) }), was)] : [own];
}

const excerpt = (text: string): Excerpt => ({ head: text, tail: '', length: text.length });

const property = (name: string, value: Value): Part => ({
  type: 'property',
  key: { type: 'name', name: excerpt(name) },
  enumerable: true,
  value,
});
