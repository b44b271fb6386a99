/**
 * What runs on the main thread beside the script that is drawn, as texts: it is evaluated before that script, so that
 * nothing which the script replaces matters. It must leave nothing on the global object.
 */

/** One variable: where its value is, and its name there. */
export interface VariablePlace {
  /** Index of one of the sources that are passed along; -1 for the global object. */
  readonly source: number;
  readonly name: string;
}

/** Evaluates to an object of these functions, to be held by a handle. */
export const variablesScript = `(() => {
  const { ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const before = { __proto__: null };
  for (const key of ownKeys(globalThis)) if (typeof key === 'string') before[key] = true;
  return {
    __proto__: null,
    /** Names of the global object that were not there before the script. */
    globalNames() {
      const names = [];
      const keys = ownKeys(globalThis);
      for (let index = 0; index < keys.length; index += 1) {
        const key = keys[index];
        if (typeof key === 'string' && before[key] !== true) names[names.length] = key;
      }
      return names;
    },
    /** The names of an object that V8 made of a scope. */
    namesOf(scope) {
      return ownKeys(scope);
    },
    /** An object with these variables. Those that cannot be read are left out. */
    scope(places, ...sources) {
      const holder = { __proto__: null };
      for (let index = 0; index < places.length; index += 1) {
        const { source, name } = places[index];
        try {
          const descriptor = getOwnPropertyDescriptor(source < 0 ? globalThis : sources[source], name);
          if (descriptor) defineProperty(holder, name, { __proto__: null, ...descriptor, configurable: true, enumerable: true });
        } catch {}
      }
      return holder;
    },
    /** A call stack of such objects, outermost first. */
    stack(labels, ...scopes) {
      const holder = { __proto__: null };
      for (let index = 0; index < labels.length; index += 1) holder[labels[index]] = scopes[index];
      return holder;
    },
  };
})()`;
