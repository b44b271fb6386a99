/**
 * Finds what holds objects: the paths to them from the names of a page. Paths that differ only in a position or a key are one, with the
 * number of objects that it leads to.
 */
import type { RootRequest } from '../capture/capture.ts';
import type { HeapAccess, ProtocolCapture } from '../capture/debugger/protocol-capture.ts';
import { inContext } from '../capture/debugger/remote-objects.ts';
import { pathTo, type Step, shortestPaths, stepsFrom } from '../snapshot/paths.ts';
import { defaultReadOptions, type ReadOptions } from '../snapshot/read-options.ts';
import type { ObjectId, Snapshot } from '../snapshot/snapshot.ts';
import type { Outcome, RequestOptions } from '../transport/outcome.ts';
import type { FoundVariable } from './variables.ts';

export interface Path {
  /** `app.cache[…]` */
  readonly text: string;
  /** Objects that it leads to. */
  readonly count: number;
}

export interface Holders {
  /** Those that lead to most objects come first. */
  readonly paths: readonly Path[];
  /** Objects that were searched, and those that there are. */
  readonly searched: number;
  readonly total: number;
}

/** Objects that are searched, each in a search of its own. Who does something seven times has seven. */
const MOST = 10;
const MOST_PATHS = 12;
/** Paths that differ in one name are one path when there are so many. */
const MANY_NAMES = 3;
const GLOBAL = 'globalThis';

const listing: ReadOptions = {
  ...defaultReadOptions,
  depth: 0,
  slices: { begin: MOST, middle: 0, end: 0 },
};

/**
 * Never fails as a whole because one search does: then fewer objects were searched.
 * @param list The handle of a list of the objects.
 */
export async function findHolders(
  capture: ProtocolCapture,
  list: string,
  variables: readonly FoundVariable[],
  options: RequestOptions,
): Promise<Outcome<Holders>> {
  const read = await capture.capture([{ type: 'object', label: '', objectId: list }], listing, options);
  if (!read.ok) return read;
  const names = await capture.inHeap(lexicalNames, options);
  if (!names.ok) return names;
  const roots: readonly RootRequest[] = [
    ...[GLOBAL, ...names.value].map((expression) => ({ type: 'expression', expression }) as const),
    ...variables.map(({ name, ownName, scope }) => ({ type: 'variable', label: name, scope, name: ownName }) as const),
  ];
  const { ids, total } = elementsOf(read.value);
  const found: (readonly (readonly string[])[])[] = [];
  for (const id of ids) {
    const search = await capture.retainers(id, roots, defaultReadOptions, options);
    if (search.ok) found.push(pathsTo(id, search.value));
  }
  return { ok: true, value: { paths: mergedPaths(found).slice(0, MOST_PATHS), searched: found.length, total } };
}

async function lexicalNames({ timed, context }: HeapAccess): Promise<readonly string[]> {
  const scope = inContext(context);
  const { names } = await timed.send(
    'Runtime.globalLexicalScopeNames',
    scope.contextId === undefined ? {} : { executionContextId: scope.contextId },
  );
  return names;
}

/** The elements of the list that was read, and how many it has. */
function elementsOf({ roots, objects }: Snapshot): { readonly ids: readonly ObjectId[]; readonly total: number } {
  const value = roots[0]?.result.ok ? roots[0].result.value : null;
  const list = value?.type === 'reference' ? objects.get(value.id) : undefined;
  const ids = (list?.parts ?? []).flatMap((part) =>
    part.type === 'element' && part.value.type === 'reference' ? [part.value.id] : [],
  );
  return { ids, total: Math.max(list?.size ?? 0, ids.length) };
}

/** The shortest path by each object that refers to the target: the name of a root, and what follows it. */
export function pathsTo(target: ObjectId, snapshot: Snapshot): readonly (readonly string[])[] {
  const paths: (readonly string[])[] = [];
  const known = new Set<string>();
  for (const { label, result } of snapshot.roots) {
    if (!result.ok || result.value.type !== 'reference') continue;
    if (result.value.id === target) paths.push([label]);
    const shortest = shortestPaths(snapshot, result.value.id, (id) => id === target);
    for (const object of snapshot.objects.values()) {
      const before = object.id === target ? null : pathTo(shortest, object.id);
      if (before === null) continue;
      for (const step of stepsFrom(object)) {
        // The first of the roots that reaches a holder names it.
        if (step.to !== target || known.has(`${object.id} ${step.text}`)) continue;
        known.add(`${object.id} ${step.text}`);
        paths.push(textsOf(label, [...before, step]));
      }
    }
  }
  return paths;
}

function textsOf(label: string, steps: readonly Step[]): readonly string[] {
  const texts: string[] = [];
  for (const step of steps) {
    const text = anyPosition(step.text);
    // The next of the next is as good as the next.
    if (text === texts.at(-1) || `${text}…` === texts.at(-1)) texts[texts.length - 1] = `${text.replace(/…$/, '')}…`;
    else texts.push(text);
  }
  const [first = '', ...rest] = texts;
  return label === GLOBAL && first.startsWith('.') ? [first.slice(1), ...rest] : [label, ...texts];
}

const anyPosition = (text: string): string =>
  text.replace(/\[\d+\](?=$|\.key$|\.value$)/, '[…]').replace(/^\.get\(.*\)$/s, '.get(…)');

interface Merged {
  readonly texts: readonly string[];
  readonly objects: ReadonlySet<number>;
}

/** @param found The paths to each object. */
export function mergedPaths(found: readonly (readonly (readonly string[])[])[]): readonly Path[] {
  const all = found.flatMap((paths, object) => paths.map((texts) => ({ texts, objects: new Set([object]) })));
  let paths = united(all, ({ texts }) => texts);
  const longest = Math.max(0, ...paths.map(({ texts }) => texts.length));
  // Keys of an object that is used like a map.
  for (let position = longest - 1; position > 0; position -= 1) paths = withoutName(paths, position);
  return paths
    .map(({ texts, objects }) => ({ text: texts.join(''), count: objects.size }))
    .toSorted((a, b) => b.count - a.count || a.text.length - b.text.length);
}

function united(paths: readonly Merged[], textsOf: (path: Merged) => readonly string[]): readonly Merged[] {
  const groups = new Map<string, Merged>();
  for (const path of paths) {
    const texts = textsOf(path);
    const key = JSON.stringify(texts);
    const before = groups.get(key)?.objects ?? [];
    groups.set(key, { texts, objects: new Set([...before, ...path.objects]) });
  }
  return [...groups.values()];
}

function withoutName(paths: readonly Merged[], position: number): readonly Merged[] {
  const masked = ({ texts }: Merged): readonly string[] => texts.map((text, at) => (at === position ? '[…]' : text));
  const isName = ({ texts }: Merged): boolean => /^\.[^[(]|^\["/.test(texts[position] ?? '');
  const names = new Map<string, Set<string>>();
  for (const path of paths.filter(isName)) {
    const key = JSON.stringify(masked(path));
    names.set(key, (names.get(key) ?? new Set()).add(path.texts[position] ?? ''));
  }
  const isMany = (path: Merged): boolean =>
    isName(path) && (names.get(JSON.stringify(masked(path)))?.size ?? 0) >= MANY_NAMES;
  return united(paths, (path) => (isMany(path) ? masked(path) : path.texts));
}
