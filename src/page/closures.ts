/**
 * Reads V8's lists of the scopes of functions, which only the debugger has: lists of objects with a `description` and an `object`
 * that has the variables. V8 makes these objects anew each time. Reads own data of them alone.
 */
import type { Builtins } from './realm/builtins.ts';
import type { List } from './realm/lists.ts';
import { isObject } from './realm/safe-read.ts';
import { type Handed, handedAt, handedCount } from './visit/handed.ts';

export interface Closures {
  /**
   * The different scopes of modules and functions in these lists: first a 0, then for each the position of its list, its position
   * in the list, and V8's description.
   */
  differentScopes(lists: Handed): readonly (number | string)[];
  /** The variables of the scope at a position; undefined where there is none. */
  variablesAt(list: unknown, level: number): object | undefined;
  /** `[0, the value of one of them]`. */
  variableAt(list: unknown, level: number, name: string): object | undefined;
}

/** Variables that are compared to find out whether two scopes are the same, for V8 gives scopes no identity. */
const mostCompared = 100;

interface Known {
  readonly description: string;
  readonly names: readonly string[];
  readonly variables: object;
}

export function createClosures(builtins: Builtins): Closures {
  const { data, descriptorOf, has, listed, properties } = builtins;

  function wrapperAt(list: unknown, level: number): object | undefined {
    const wrapper = isObject(list) ? data(list, level) : undefined;
    return isObject(wrapper) ? wrapper : undefined;
  }

  function variablesAt(list: unknown, level: number): object | undefined {
    const wrapper = wrapperAt(list, level);
    const variables = wrapper === undefined ? undefined : data(wrapper, 'object');
    return isObject(variables) ? variables : undefined;
  }

  function startsWith(text: string, start: string): boolean {
    for (let index = 0; index < start.length; index += 1) if (text[index] !== start[index]) return false;
    return true;
  }

  function areSame(one: Known, other: Known): boolean {
    if (one.description !== other.description || one.names.length !== other.names.length) return false;
    for (let index = 0; index < one.names.length && index < mostCompared; index += 1) {
      const name = one.names[index] ?? '';
      if (name !== other.names[index]) return false;
      const mine = data(one.variables, name);
      const theirs = data(other.variables, name);
      // A NaN is the only value that differs from itself.
      if (mine !== theirs && (typeof mine !== 'number' || typeof theirs !== 'number')) return false;
    }
    return true;
  }

  return {
    variablesAt,
    differentScopes(lists) {
      const known: List<Known> = { __proto__: null };
      let count = 0;
      const answer: List<number | string> = { __proto__: null };
      const length = handedCount(lists);
      for (let position = 0; position < length; position += 1) {
        const list = handedAt(lists, position);
        const scopes = isObject(list) ? data(list, 'length') : 0;
        for (let level = 0; typeof scopes === 'number' && level < scopes; level += 1) {
          const wrapper = wrapperAt(list, level);
          const description = wrapper === undefined ? undefined : data(wrapper, 'description');
          const variables = variablesAt(list, level);
          if (typeof description !== 'string' || variables === undefined) continue;
          if (!startsWith(description, 'Module') && !startsWith(description, 'Closure')) continue;
          const scope: Known = { description, names: properties.ownNames(variables), variables };
          let isNew = scope.names.length > 0;
          for (let index = 0; index < count && isNew; index += 1) {
            const other = known[index];
            if (other !== undefined && areSame(scope, other)) isNew = false;
          }
          if (!isNew) continue;
          known[count] = scope;
          answer[3 * count] = position;
          answer[3 * count + 1] = level;
          answer[3 * count + 2] = description;
          count += 1;
        }
      }
      return listed<number | string, number | string>(0, answer, 3 * count);
    },
    variableAt(list, level, name) {
      const variables = variablesAt(list, level);
      const found = variables === undefined ? undefined : descriptorOf(variables, name);
      // One that is not initialized yet has no value.
      return found !== undefined && has(found, 'value') ? [0, found.value] : undefined;
    },
  };
}
