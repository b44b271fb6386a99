/** Maps for code that runs in a page. */
import type { Builtins } from './builtins.ts';

export interface Table<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

const nothing: Table<unknown, never> = { get: () => undefined, set: () => undefined };

/** When the page replaced Map, nothing is ever found in this one. */
export function createTable<K, V>(builtins: Builtins): Table<K, V> {
  const { maps } = builtins;
  return maps === null ? nothing : withOwn(builtins, new maps.make<K, V>(), maps.get, maps.set);
}

/** A map by object or symbol that does not keep its keys alive. When the page replaced WeakMap, keeping them alive is the lesser evil. */
export function createWeakTable<V>(builtins: Builtins): Table<WeakKey, V> {
  const { weakMaps } = builtins;
  if (weakMaps === null) return createTable<WeakKey, V>(builtins);
  return withOwn(builtins, new weakMaps.make<WeakKey, V>(), weakMaps.get, weakMaps.set);
}

/**
 * Makes a map's methods its own properties, so that methods of the page on its prototype are never used. Calling them takes two thirds
 * of the time of Reflect.apply, which needs the key in an array.
 */
function withOwn<K, V>(
  { apply, defineProperty }: Builtins,
  map: Table<K, V>,
  get: (key: K) => V | undefined,
  set: (key: K, value: V) => unknown,
): Table<K, V> {
  const own = (name: string, value: unknown): boolean => defineProperty(map, name, { __proto__: null, value });
  if (own('get', get) && own('set', set)) return map;
  return {
    get: (key) => apply(get, map, [key]),
    set: (key, value) => apply(set, map, [key, value]),
  };
}
