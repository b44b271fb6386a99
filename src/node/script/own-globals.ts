/**
 * Finds which properties of the global object are a script's own variables, in Node: those that did not exist before it ran,
 * and those with another value since. `var` and `function` make such properties, and so does an assignment to an undeclared
 * name. Runs on the main thread, as the text of a bundle.
 */

/** A value that no variable has: the property was an accessor. */
const accessor = {};

/**
 * Must be called before the script runs, so that what the script replaces does not matter. Leaves nothing behind.
 * @returns a function that returns an object with the current values of these variables, or null when there are none
 */
export function createOwnGlobals(scope: typeof globalThis): () => object | null {
  const { ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const { is } = Object;
  const before: { __proto__: null; [name: string]: unknown } = { __proto__: null };
  const heldBy = (found: PropertyDescriptor | undefined): unknown =>
    found !== undefined && 'value' in found ? found.value : accessor;
  const names = ownKeys(scope);
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index];
    if (typeof name === 'string') before[name] = heldBy(getOwnPropertyDescriptor(scope, name));
  }
  return () => {
    let holder: object | null = null;
    const keys = ownKeys(scope);
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index];
      if (typeof key !== 'string') continue;
      const descriptor = getOwnPropertyDescriptor(scope, key);
      if (descriptor === undefined) continue;
      // Node replaces its own accessors by values on first use.
      if (key in before && (before[key] === accessor || is(before[key], heldBy(descriptor)))) continue;
      // A builtin that the script replaced counts as a variable of the script.
      if (key in before) descriptor.enumerable = true;
      holder ??= { __proto__: null };
      defineProperty(holder, key, descriptor);
    }
    return holder;
  };
}
