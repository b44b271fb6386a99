/**
 * Lists the globals of a page's own: properties of the global object that a fresh realm has not, and variables of scripts. They
 * are read by ordinary captures, so nothing of the page runs and accessors stay accessors.
 */
import type { Capture } from '../capture/capture.ts';
import { ruleFor } from '../lenses/recognize.ts';
import { shippedLenses } from '../lenses/shipped.ts';
import { defaultReadOptions, type ReadOptions } from '../snapshot/read-options.ts';
import type { HeapObject, ObjectId, Snapshot, Value } from '../snapshot/snapshot.ts';
import type { Outcome, RequestOptions } from '../transport/outcome.ts';

/** One thing that can be drawn. */
export interface Found {
  readonly name: string;
  /** What draws it. */
  readonly expression: string;
  /** Its type, such as `Array(3)` or `Store`; rows of one kind can be asked for. */
  readonly kind: string;
  /** The library that it is of, as far as a lens knows; null for none. */
  readonly lens: string | null;
}

/** Globals of workers that a window has not. */
const OF_WORKERS =
  /^(?:importScripts|(?:Dedicated|Shared)?WorkerGlobalScope|Worker(?:Location|Navigator)|FileReaderSync|FileSystemSyncAccessHandle|RTCTransformEvent|RTCRtpScriptTransformer|onrtctransform|onmessageerror)$/;
/** What others put there. */
const NOT_OF_THE_PAGE = /^(?:\d+|graph|\$[_0-4]$|__REACT_DEVTOOLS|__VUE_DEVTOOLS|__REDUX_DEVTOOLS)/;
/** What DevTools adds to the global object while it evaluates, where the page has nothing of that name. */
const COMMAND_LINE =
  /^(?:\$\$?|\$x|clear|copy|debug|dir|dirxml|getAccessible(?:Name|Role)|getEventListeners|inspect|keys|monitor|monitorEvents|profile|profileEnd|queryObjects|table|undebug|unmonitor|unmonitorEvents|values)$/;
const MOST = 500;

const whole: ReadOptions = {
  ...defaultReadOptions,
  depth: 0,
  text: 40,
  nonEnumerable: true,
  slices: { begin: 20_000, middle: 0, end: 0 },
};
const shallow: ReadOptions = { ...defaultReadOptions, depth: 1, text: 40, objects: 2 * MOST, nonEnumerable: true };

/**
 * @param builtin The names of a fresh global object.
 * @param lexical The names of variables of scripts, `let`, `const` and `class`; they come first.
 */
export async function findGlobals(
  capture: Capture,
  builtin: ReadonlySet<string>,
  lexical: readonly string[],
  options: RequestOptions,
): Promise<Outcome<readonly Found[]>> {
  const all = await capture.capture([{ type: 'expression', expression: 'globalThis' }], whole, options);
  if (!all.ok) return all;
  const names = rootParts(all.value).flatMap(([name, value]) =>
    builtin.has(name) || OF_WORKERS.test(name) || NOT_OF_THE_PAGE.test(name) ? [] : [{ name, value }],
  );
  const accessors = names.filter(({ value }) => value.type === 'accessor');
  const asked = [...lexical, ...names.filter(({ value }) => value.type !== 'accessor').map(({ name }) => name)];
  const expressions = [...new Set(asked)].slice(0, MOST).map((name) => ({ name, expression: expressionOf(name) }));
  if (expressions.length === 0 && accessors.length === 0) return { ok: true, value: [] };
  // A variable that is not initialized yet would throw; no list of ours may spoil the others.
  const roots = expressions.map(({ expression }) => ({ type: 'expression', expression }) as const);
  const read = await capture.capture(roots, shallow, options);
  if (!read.ok) return read;
  const found = expressions.flatMap(({ name, expression }, index): readonly Found[] => {
    const result = read.value.roots[index]?.result;
    if (!result?.ok) return [];
    const object = result.value.type === 'reference' ? read.value.objects.get(result.value.id) : undefined;
    if (capture.transport === 'eval' && COMMAND_LINE.test(name) && isNamed(object, name)) return [];
    return [
      {
        name,
        expression,
        kind: kindOf(result.value, object),
        lens: object ? lensOf(object, read.value.objects) : null,
      },
    ];
  });
  const rest = accessors.map(({ name }) => ({ name, expression: expressionOf(name), kind: 'get', lens: null }));
  return { ok: true, value: [...found, ...rest] };
}

/** DevTools' own functions are called what they are stored as, unlike most that a page stores under such a name. */
const isNamed = (object: HeapObject | undefined, name: string): boolean =>
  object === undefined || (object.kind === 'function' && object.className?.head === name);

/** As it is written in a program. */
export function expressionOf(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : `globalThis[${JSON.stringify(name)}]`;
}

function rootParts({ roots, objects }: Snapshot): readonly (readonly [string, Value])[] {
  const result = roots[0]?.result;
  const root = result?.ok && result.value.type === 'reference' ? objects.get(result.value.id) : undefined;
  return (root?.parts ?? []).flatMap((part) =>
    part.type === 'property' && part.key.type === 'name' ? [[part.key.name.head + part.key.name.tail, part.value]] : [],
  );
}

/** `Array(3)`, `Store`, `ƒ`, `"text"`, `12`. */
export function kindOf(value: Value, object: HeapObject | undefined): string {
  if (object) {
    const { kind, className, size } = object;
    if (kind === 'function') return 'ƒ';
    if (kind === 'class') return 'class';
    const name = className?.head ?? 'Object';
    return size === null ? name : `${name}(${size})`;
  }
  switch (value.type) {
    case 'string':
      return 'string';
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'accessor':
      return 'get';
    case 'reference':
      return 'Object';
    default:
      return value.type;
  }
}

/** The methods that tell a store of TanStack Query, Pinia, Nano Stores, … by their names: no lens is for them. */
const STORES: readonly (readonly string[])[] = [
  ['getState', 'subscribe'],
  ['getSnapshot', 'subscribe'],
  ['$state', '$patch'],
  ['getQueryCache'],
  ['_subscribers'],
  ['listen', 'notify', 'set'],
];

/** The lens that is for an object by its shape, or `store` for another store; null for none. */
export function lensOf(object: HeapObject, objects: ReadonlyMap<ObjectId, HeapObject>): string | null {
  const { kind, parts, className } = object;
  // The name of a function is its own, as that of `setStore`.
  if (kind === 'function' || kind === 'class') return null;
  const lens = libraries.find((each) => ruleFor(each, object, objects) !== null);
  if (lens) return lens.name;
  if (/(?:Store|Actor|QueryClient)$/.test(className?.head ?? '')) return STORE;
  const names = new Set(
    parts.flatMap((part) => (part.type === 'property' && part.key.type === 'name' ? [part.key.name.head] : [])),
  );
  return STORES.some((shape) => shape.every((name) => names.has(name))) ? STORE : null;
}

const STORE = 'Store';
/** Every page has elements, and modules are listed as such. */
const libraries = shippedLenses.filter(({ name }) => name !== 'DOM' && name !== 'ES module');
