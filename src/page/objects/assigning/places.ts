/**
 * What can be given another value in a page: own data properties of ordinary objects, and global variables. Must run none of the
 * page's code, neither a setter nor a trap, and keep no object alive.
 */
import type { ObjectId } from '../../../snapshot/snapshot.ts';
import type { Refusal } from '../../../wire/requests.ts';
import type { Builtins } from '../../realm/builtins.ts';
import { isMethod } from '../../realm/judge.ts';
import { isObject, longestChain } from '../../realm/safe-read.ts';

/** Reads a variable, or with `writes` gives it the value, which it then answers. */
export type VariableAccess = (writes: boolean, value: unknown) => unknown;

/** What has a value. */
export interface Place {
  readonly __proto__: null;
  /** Why its value cannot be set; null when it can. */
  refusal(): Refusal | null;
  get(): unknown;
  set(value: unknown): boolean;
}

/** Classes of the language, whose objects have ordinary properties. Others of the browser may run code when they are written to. */
const ofTheLanguage: { readonly [name: string]: true | null | undefined } = {
  __proto__: null,
  Object: true,
  Function: true,
  Array: true,
  Map: true,
  Set: true,
  WeakMap: true,
  WeakSet: true,
  WeakRef: true,
  Promise: true,
  Date: true,
  RegExp: true,
  Error: true,
  AggregateError: true,
  EvalError: true,
  RangeError: true,
  ReferenceError: true,
  SyntaxError: true,
  TypeError: true,
  URIError: true,
  String: true,
  Number: true,
  Boolean: true,
  Symbol: true,
  BigInt: true,
  ArrayBuffer: true,
  SharedArrayBuffer: true,
  DataView: true,
  TypedArray: true,
  Int8Array: true,
  Uint8Array: true,
  Uint8ClampedArray: true,
  Int16Array: true,
  Uint16Array: true,
  Int32Array: true,
  Uint32Array: true,
  Float16Array: true,
  Float32Array: true,
  Float64Array: true,
  BigInt64Array: true,
  BigUint64Array: true,
  Iterator: true,
  GeneratorFunction: true,
  AsyncFunction: true,
  AsyncGeneratorFunction: true,
};

/** Finds places by the numbers of objects and the names of variables. */
export interface Places {
  /** @param key The name of a property, or the number of a symbol. */
  property(id: ObjectId, key: string | number): Place | Refusal;
  variable(name: string, access: VariableAccess): Place;
}

export function createPlaces(
  builtins: Builtins,
  find: (id: ObjectId) => object | undefined,
  /** Whether it is proven. */
  isNoProxy: (target: object) => boolean,
  idOfSymbol: (symbol: symbol) => number,
): Places {
  const { apply, data, defineProperty, descriptorOf, getPrototypeOf, globalObject, has, looksNative } = builtins;

  /** Whether its own properties are ordinary ones, as far as its prototypes say. */
  function isOrdinary(target: object): boolean {
    if (target === globalObject) return true;
    let hop: object | null = target;
    for (let hops = 0; hop !== null; hops += 1) {
      if (hops > longestChain || !isNoProxy(hop)) return false;
      const maker = data(hop, 'constructor');
      const name = typeof maker === 'function' && isNoProxy(maker) ? data(maker, 'name') : undefined;
      const native = isMethod(maker) && typeof name === 'string' && looksNative(maker, name);
      if (native && typeof name === 'string' && ofTheLanguage[name] !== true) return false;
      // A tag without a class of the page or the language: of the browser, or an object of the language that is not written to.
      if (hop !== target && builtins.hasTag(hop) && typeof maker !== 'function') return false;
      hop = getPrototypeOf(hop);
    }
    return true;
  }

  function refusalOf(target: object, key: PropertyKey): Refusal | null {
    if (!isNoProxy(target)) return 'proxy';
    const found = descriptorOf(target, key);
    if (found === undefined) return 'missing';
    if (!has(found, 'value')) return 'accessor';
    if (!has(found, 'writable') || found.writable !== true) return 'readonly';
    return isOrdinary(target) ? null : 'browser';
  }

  /** Elements of typed arrays and lengths are made of a number, for which an object would be asked. */
  function takes(target: object, key: PropertyKey, value: unknown): boolean {
    if (!isObject(value)) return true;
    if (apply(builtins.binaries.isView, undefined, [target]) === true) return false;
    return key !== 'length' || apply(builtins.isArray, undefined, [target]) !== true;
  }

  /** The property is looked up again each time, and its object is not kept. */
  function propertyOf(id: ObjectId, key: PropertyKey): Place {
    return {
      __proto__: null,
      refusal() {
        const target = find(id);
        return target === undefined ? 'gone' : refusalOf(target, key);
      },
      get() {
        const target = find(id);
        return target === undefined ? undefined : data(target, key);
      },
      set(value) {
        const target = find(id);
        if (target === undefined || !takes(target, key, value)) return false;
        return defineProperty(target, key, { __proto__: null, value });
      },
    };
  }

  /** A variable of a script, or a property of the global object: whichever it is, nothing of the page runs when this allows it. */
  function variableRefusal(name: string): Refusal | null {
    const own = descriptorOf(globalObject, name);
    if (own !== undefined) {
      if (!has(own, 'value')) return 'accessor';
      return has(own, 'writable') && own.writable === true ? null : 'readonly';
    }
    let hop = getPrototypeOf(globalObject);
    for (let hops = 0; hop !== null && hops < longestChain; hops += 1) {
      if (descriptorOf(hop, name) !== undefined) return 'accessor';
      hop = getPrototypeOf(hop);
    }
    return null;
  }

  function variableOf(name: string, access: VariableAccess): Place {
    return {
      __proto__: null,
      refusal: () => variableRefusal(name),
      get: () => access(false, undefined),
      set(value) {
        access(true, value);
        return true;
      },
    };
  }

  function keyOf(id: ObjectId, key: string | number): PropertyKey | undefined {
    if (typeof key === 'string') return key;
    const target = find(id);
    if (target === undefined || !isNoProxy(target)) return undefined;
    const symbols = builtins.properties.ownSymbols(target);
    for (let index = 0; index < symbols.length; index += 1) {
      const symbol: unknown = symbols[index];
      if (typeof symbol === 'symbol' && idOfSymbol(symbol) === key) return symbol;
    }
    return undefined;
  }

  return {
    property(id, key) {
      if (find(id) === undefined) return 'gone';
      const found = keyOf(id, key);
      return found === undefined ? 'missing' : propertyOf(id, found);
    },
    variable: variableOf,
  };
}
