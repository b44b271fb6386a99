/** Stores an object under a global name, as DevTools' *Store as global variable* does. Must run no setter of the page's. */

/**
 * Uses the first free name of `temp1`, `temp2`, ….
 * @param define Defines a property that nothing on the prototype chain has; returns whether it could.
 * @returns The name; null when it cannot be stored.
 */
export function storeGlobal(scope: object, define: (name: string) => boolean): string | null {
  let number = 1;
  // Like DevTools, it treats the ids of the page's elements as used names.
  while (`temp${number}` in scope) number += 1;
  const name = `temp${number}`;
  return define(name) ? name : null;
}
