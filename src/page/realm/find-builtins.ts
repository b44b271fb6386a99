/**
 * Finds builtins in their holders. A builtin that a realm lacks is not reported. One that was clearly replaced is reported and not
 * used. Must call nothing of the page.
 */
import {
  type applyBySyntax,
  bare,
  type Callable,
  isFunction,
  isMethod,
  type Judge,
  type Method,
  passes,
  type TextJudge,
} from './judge.ts';

export type FindBuiltins = ReturnType<typeof createFindBuiltins>;

export function createFindBuiltins(
  { hasNativeText, report }: TextJudge,
  { usable, descriptorOf, hasValue, valueIn, data, looksNative, looksHosted }: Judge,
  scope: typeof globalThis,
) {
  /** The builtin `holder.key`. */
  function method<H extends object, K extends keyof H & string>(
    holder: H | undefined,
    key: K,
    holderName: string,
  ): H[K] | undefined {
    if (holder === undefined || !usable) return undefined;
    const descriptor = descriptorOf(holder, key);
    if (descriptor === undefined) return undefined;
    const value = valueIn(descriptor);
    const isOurs = (found: unknown): found is H[K] => isFunction(found) && looksNative(found, key);
    if (isOurs(value)) return value;
    report(`${holderName}.${key}`);
    return undefined;
  }

  function untyped(holder: object | undefined, key: string, holderName: string): Method | undefined {
    if (holder === undefined || !usable) return undefined;
    const descriptor = descriptorOf(holder, key);
    if (descriptor === undefined) return undefined;
    const value = valueIn(descriptor);
    if (isMethod(value) && looksHosted(value, key)) return value;
    report(`${holderName}.${key}`);
    return undefined;
  }

  function getter(
    holder: object | undefined,
    key: PropertyKey,
    holderName: string,
    name: string,
  ): (() => unknown) | undefined {
    if (holder === undefined || !usable) return undefined;
    const descriptor = descriptorOf(holder, key);
    if (descriptor === undefined) return undefined;
    if (!hasValue(descriptor) && isFunction(descriptor.get) && looksHosted(descriptor.get, `get ${name}`))
      return descriptor.get;
    report(`${holderName}.${name}`);
    return undefined;
  }

  function kept(
    holder: object | undefined,
    key: string,
    holderName: string,
    ownNames: (target: object) => readonly string[],
  ): Method | undefined {
    if (holder === undefined || !usable || descriptorOf(holder, key) === undefined) return undefined;
    const value = data(holder, key);
    if (isMethod(value) && looksHosted(value, key)) return value;
    const names = ownNames(holder);
    for (let index = 0; index < names.length; index += 1) {
      const other = data(holder, names[index] ?? '');
      if (isMethod(other) && looksHosted(other, key)) return other;
    }
    report(`${holderName}.${key}`);
    return undefined;
  }

  /** The `prototype` of a builtin constructor can be neither written nor redefined. */
  function isFixed(value: object): boolean {
    const prototype = descriptorOf(value, 'prototype');
    return prototype === undefined || (hasValue(prototype) && prototype.writable === false);
  }

  /** A constructor of the global scope. */
  function constructorOf<K extends keyof typeof globalThis & string>(key: K): (typeof globalThis)[K] | undefined {
    if (!usable) return undefined;
    const descriptor = descriptorOf(scope, key);
    if (descriptor === undefined) return undefined;
    const value: unknown = hasValue(descriptor) ? descriptor.value : undefined;
    if (isFunction(value)) {
      if (hasNativeText(value, key) ?? (isFixed(value) && data(value, 'name') === key)) return descriptor.value;
    }
    report(key);
    return undefined;
  }

  function prototypeIn(holder: object | undefined): object | undefined {
    const value = data(holder, 'prototype');
    return typeof value === 'object' && value !== null ? value : undefined;
  }

  /** A class of the browser, which Node and some workers lack. A class of the page may have the browser's prototype. */
  function browserClass(name: string): object | undefined {
    const value = data(scope, name);
    if (!isFunction(value)) return undefined;
    // A function without a name in its text is a Proxy, unless it is bound.
    if (hasNativeText(value, '') !== true) return value;
    report(name);
    return undefined;
  }

  /** The builtin, unless it does not behave like the one of this name. */
  function serves<M>(found: M | undefined, name: string, test: (found: M) => boolean): M | undefined {
    if (found === undefined || passes(() => test(found))) return found;
    report(name);
    return undefined;
  }

  return { method, untyped, getter, kept, constructorOf, prototypeIn, browserClass, serves };
}

/** What `Holder` uses to find and try builtins. */
export interface HolderTools {
  readonly find: FindBuiltins;
  readonly apply: typeof applyBySyntax;
  readonly ownNames: (target: object) => readonly string[];
}

/**
 * An object that has builtins, named once for all of them. Each answer is undefined when there is none, or it was replaced.
 */
export class Holder<H extends object> {
  readonly target: H | undefined;
  private readonly tools: HolderTools;
  private readonly name: string;

  constructor(tools: HolderTools, name: string, target: H | undefined) {
    this.tools = tools;
    this.name = name;
    this.target = target;
  }

  method<K extends keyof H & string>(key: K): H[K] | undefined {
    return this.tools.find.method(this.target, key, this.name);
  }

  /** A method whose type in lib.dom and lib.es differs between realms. */
  untyped(key: string): Method | undefined {
    return this.tools.find.untyped(this.target, key, this.name);
  }

  /** The getter of an accessor. `name` is for a symbol. */
  getter(key: PropertyKey, name = typeof key === 'string' ? key : ''): Method | undefined {
    return this.tools.find.getter(this.target, key, this.name, name);
  }

  /** Like `untyped`, but a library that replaced the builtin may have kept it under another name (zone.js does). */
  kept(key: string): Method | undefined {
    return this.tools.find.kept(this.target, key, this.name, this.tools.ownNames);
  }

  /**
   * `found`, a method or getter of this name, if it accepts only objects like `own`, called with `first` and `second`. Another builtin
   * of the name would read what the page put on an object.
   */
  ofClass<M extends Callable>(
    key: string,
    found: M | undefined,
    own: unknown,
    first?: object,
    second?: object,
  ): M | undefined {
    const { find, apply } = this.tools;
    return find.serves(found, `${this.name}.${key}`, (method) => {
      const takes = (self: unknown): boolean => {
        apply(method, self, [first, second]);
        return true;
      };
      return !passes(() => takes(bare)) && (own === undefined || takes(own));
    });
  }

  /** A method of the class. */
  methodOf(own: unknown, key: string, first?: object, second?: object): Method | undefined {
    return this.ofClass(key, this.untyped(key), own, first, second);
  }

  /** A getter of the class. */
  getterOf(own: unknown, key: string): Method | undefined {
    return this.ofClass(key, this.getter(key), own);
  }
}
