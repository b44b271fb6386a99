/** Reads what the browser tells of its objects by methods instead of getters: `resolvedOptions()`, `WebAssembly.Module.exports()`. */
import { isObject } from '../../realm/safe-read.ts';
import type { WalkContext } from '../../visit/walk-context.ts';
import type { NativeClass, NativeClasses } from './native-classes.ts';

const mostExports = 100;

/** Calls `tell` with each name and value. Answers whether the object has such a method. */
export function tellByMethods(
  { builtins, safe }: WalkContext,
  natives: NativeClasses,
  target: object,
  native: NativeClass,
  tell: (name: string, value: unknown) => void,
): boolean {
  const { call } = natives;

  /** Names and kinds of what a module takes and gives. */
  function tellModule(hop: object): void {
    const maker = safe.data(hop, 'constructor');
    for (let side = 0; side < 2; side += 1) {
      const name = side === 0 ? 'imports' : 'exports';
      const list = isObject(maker) ? call(natives.method(maker, name), undefined, target) : undefined;
      const count = isObject(list) ? safe.lengthOf(list) : 0;
      for (let index = 0; index < count && index < mostExports && isObject(list); index += 1) {
        const entry = safe.data(list, index);
        if (!isObject(entry)) continue;
        const from = safe.data(entry, 'module');
        const own = safe.data(entry, 'name');
        tell(typeof from === 'string' ? `import ${from}.${own}` : `export ${own}`, safe.data(entry, 'kind'));
      }
    }
  }

  function tellOptions(hop: object): boolean {
    const options = call(natives.method(hop, 'resolvedOptions'), target);
    if (!isObject(options)) return false;
    const names = builtins.properties.ownNames(options);
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index];
      const value = typeof name === 'string' ? safe.data(options, name) : undefined;
      // Each call makes the objects anew.
      if (typeof name === 'string' && !isObject(value)) tell(name, value);
    }
    return true;
  }

  for (let index = 0; index < native.tagCount; index += 1) {
    const hop = native.hops[index];
    if (hop === undefined) continue;
    if (native.tags[index] === 'WebAssembly.Module') {
      tellModule(hop);
      return true;
    }
    if (tellOptions(hop)) return true;
  }
  return false;
}
