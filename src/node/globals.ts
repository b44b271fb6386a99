/**
 * Which properties of the global object are a script's own variables, in Node: those that were not there before it ran, and
 * those that hold another value since. `var` and `function` make such properties; so does an assignment to a name that
 * nobody declared.
 */

/**
 * Evaluates to a function that gives an object with these variables as they are then, or null when there are none. Must
 * be evaluated before the script is, so that nothing which the script replaces matters; leaves nothing behind.
 */
export const globalsScript = `(() => {
  const { ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const { is } = Object;
  const before = { __proto__: null };
  const valueOf = ({ value = before }) => value;
  for (const key of ownKeys(globalThis)) {
    if (typeof key === 'string') before[key] = valueOf(getOwnPropertyDescriptor(globalThis, key));
  }
  return () => {
    let holder = null;
    const keys = ownKeys(globalThis);
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index];
      if (typeof key !== 'string') continue;
      const descriptor = getOwnPropertyDescriptor(globalThis, key);
      // Node replaces accessors of its own by values when they are first used.
      if (key in before && (before[key] === before || is(before[key], valueOf(descriptor)))) continue;
      // A builtin that the script replaced is as much its variable as any other.
      if (key in before) descriptor.enumerable = true;
      holder ??= { __proto__: null };
      defineProperty(holder, key, descriptor);
    }
    return holder;
  };
})()`;
