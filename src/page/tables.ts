/** Maps for code that runs in a page. */
import type { Builtins } from './builtins.ts';

export interface Table<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** Without a Map in the page: nothing is ever found in it. */
const nothing: Table<unknown, never> = { get: () => undefined, set: () => undefined };

/** Null where the page has replaced Map. */
export function createTable<K, V>(builtins: Builtins): Table<K, V> | null {
  const { mapConstructor, mapGet, mapSet } = builtins;
  if (!mapConstructor || !mapGet || !mapSet) return null;
  return withOwn(builtins, new mapConstructor<K, V>(), mapGet, mapSet);
}

/** By object or symbol, without keeping it alive; where the page replaced WeakMap, keeping it alive is the lesser evil. */
export function createWeakTable<V>(builtins: Builtins): Table<WeakKey, V> {
  const { weakMapConstructor, weakMapGet, weakMapSet } = builtins;
  if (!weakMapConstructor || !weakMapGet || !weakMapSet) return createTable<WeakKey, V>(builtins) ?? nothing;
  return withOwn(builtins, new weakMapConstructor<WeakKey, V>(), weakMapGet, weakMapSet);
}

/**
 * Gives a map its methods for its own, so that what the page puts on its prototype is never met: to call them then takes two
 * thirds of the time that it takes through Reflect.apply, which wants the key in an array.
 */
function withOwn<K, V>(
  { apply, defineProperty }: Builtins,
  map: Table<K, V>,
  get: (key: K) => V | undefined,
  set: (key: K, value: V) => unknown,
): Table<K, V> {
  const own = (name: string, value: unknown): boolean =>
    defineProperty?.(map, name, { __proto__: null, value }) === true;
  if (own('get', get) && own('set', set)) return map;
  return {
    get: (key) => apply(get, map, [key]),
    set: (key, value) => apply(set, map, [key, value]),
  };
}
