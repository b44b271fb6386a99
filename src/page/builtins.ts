/**
 * Takes the builtins that the agent needs from a realm that may have been tampered with, once, before anything else
 * runs. Nothing here, and nothing made of it, may call a function of the page: a builtin that has evidently been
 * replaced is reported and not used, its stand-in takes over, or what needs it stays unread.
 *
 * A builtin is known by its text, `function name() { [native code] }`, which no function of the page has: neither a method
 * of that name nor a bound function nor a Proxy. The first builtins of all, among them the one that tells texts, are
 * judged by the message of an error (`isQuotedAs`). Its limit: there a Proxy around the builtin says what the builtin
 * would. Where neither tells the text, traits that no builtin method has are the evidence. Another builtin of the same name
 * in its place, which may call the page's code, is found out by what it does with objects of ours (`serves`).
 */
import { wellKnownSymbols } from '../snapshot/format.ts';
import type { List } from './lists.ts';

type Callable = (this: unknown, ...args: never[]) => unknown;
type Descriptor = PropertyDescriptor | undefined;
export type Method = (...args: readonly unknown[]) => unknown;

/**
 * Reflect.apply in syntax alone, for a page that replaced it: a base class constructor that returns `self` makes it the
 * `this` of the derived one, and `super.method(…)` calls with that `this` whatever stands on the base's prototype.
 * Only for objects as `self` and at most two arguments.
 */
function applyBySyntax<A extends readonly unknown[], R>(
  target: (this: never, ...args: A) => R,
  self: unknown,
  args: A,
): R;
function applyBySyntax(target: Callable, self: unknown, args: readonly unknown[]): unknown;
function applyBySyntax(target: Callable, self: unknown, args: readonly unknown[]): unknown {
  const passesForBase = (value: unknown): value is Base => typeof value === 'object' || typeof value === 'function';
  class Base {
    constructor() {
      // biome-ignore lint/correctness/noConstructorReturn: returning another object is what makes it `this`.
      if (passesForBase(self)) return self;
    }
    method(_first: unknown, _second: unknown): unknown {
      return undefined;
    }
  }
  let result: unknown;
  class Derived extends Base {
    constructor() {
      super();
      // Beyond its end an array shows what the page has put on its prototypes.
      const first = args.length > 0 ? args[0] : undefined;
      result = super.method(first, args.length > 1 ? args[1] : undefined);
    }
  }
  const slots: { method: unknown } = Base.prototype;
  slots.method = target;
  new Derived();
  return result;
}

/**
 * Whether V8 quotes `text` for a value in the message of an error, where it writes a function's text: by syntax alone, so
 * that no builtin needs to be trusted, and without calling anything of the value. Undefined where messages quote nothing.
 */
function isQuotedAs(value: unknown, text: string): boolean | undefined {
  const wanted = complaint(text, 1);
  return wanted === complaint('', 1) ? undefined : complaint(value, 1) === wanted;
}

/** What `in` says where there is neither a key nor an object. */
function complaint(key: unknown, holder: unknown): string {
  const passesForKey = (value: unknown): value is PropertyKey => value === key;
  const passesForObject = (value: unknown): value is object => value === holder;
  try {
    return passesForKey(key) && passesForObject(holder) && key in holder ? 'has' : 'has not';
  } catch (error) {
    const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : '';
    return typeof message === 'string' ? message : '';
  }
}

/** No builtin finds anything of the page's in it: those of a class throw, the others run nothing. */
const bare: object = { __proto__: null };

/** Whether a test passes, which for the wrong builtin may throw. */
function passes(test: () => boolean): boolean {
  try {
    return test();
  } catch {
    return false;
  }
}

function isHolder(value: unknown): value is { readonly [key: string]: unknown } {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

export type Builtins = ReturnType<typeof captureBuiltins>;

/**
 * @param scope The global object, whatever the page calls by that name.
 * @param inNode Whether the realm is Node's, which writes in JavaScript what in a page is a builtin of the browser.
 */
export function captureBuiltins(scope: typeof globalThis, inNode = false) {
  let replacedCount = 0;
  /** Names of what looked replaced, 0 … replacedCount - 1. */
  const replaced: { __proto__: null; [index: number]: string } = { __proto__: null };
  const report = (name: string): void => {
    replaced[replacedCount] = name;
    replacedCount += 1;
  };

  const isFunction = (value: unknown): value is Callable => typeof value === 'function';
  const isMethod = (value: unknown): value is Method => typeof value === 'function';

  const nativeText = (name: string): string => `function ${name}() { [native code] }`;

  /** What tells the texts of functions, once it is known. */
  let functionText: Method | undefined;

  /** Touches nothing of `value`, which may be a Proxy. Undefined where its text cannot be told. */
  function hasNativeText(value: Callable, name: string): boolean | undefined {
    const text = nativeText(name);
    return functionText === undefined ? isQuotedAs(value, text) : applyBySyntax(functionText, value, []) === text;
  }

  // The first of all cannot be checked by descriptors yet. `in` sees an inherited property too; no builtin has one.
  const first = (value: unknown, name: string): value is Method =>
    isMethod(value) && (hasNativeText(value, name) ?? !('prototype' in value));

  // What stands in the place of these is judged function by function.
  const isReflect = (value: unknown): value is typeof Reflect => isHolder(value);
  const isObjectConstructor = (value: unknown): value is ObjectConstructor => isHolder(value);

  const roots: { readonly __lookupGetter__?: unknown; readonly constructor: unknown } = {};
  const getterOf = first(roots.__lookupGetter__, '__lookupGetter__') ? roots.__lookupGetter__ : undefined;

  /** What `holder` has or inherits; undefined, and reported, where to read it would run an accessor. */
  function plainValue(holder: unknown, key: string, name: string): unknown {
    if (!isHolder(holder)) return undefined;
    if (getterOf === undefined || applyBySyntax(getterOf, holder, [key]) === undefined) return holder[key];
    report(name);
    return undefined;
  }

  /** Many builtins have the name of the one that throws for all but functions. */
  function tellsTexts(text: Method): boolean {
    const tells = (value: object): boolean => typeof applyBySyntax(text, value, []) === 'string';
    return !passes(() => tells(bare)) && passes(() => tells(first));
  }

  // Who knows it tells a Proxy from the builtin that it stands for.
  const text = plainValue(captureBuiltins, 'toString', 'Function.prototype.toString');
  if (first(text, 'toString') && tellsTexts(text)) functionText = text;
  const reflectValue = plainValue(scope, 'Reflect', 'Reflect');
  const reflect = isReflect(reflectValue) ? reflectValue : undefined;
  const objectValue =
    plainValue(scope, 'Object', 'Object') ?? plainValue(roots, 'constructor', 'Object.prototype.constructor');
  const object = isObjectConstructor(objectValue) ? objectValue : undefined;
  const reflectDescriptor = plainValue(reflect, 'getOwnPropertyDescriptor', 'Reflect.getOwnPropertyDescriptor');
  const objectDescriptor = plainValue(object, 'getOwnPropertyDescriptor', 'Object.getOwnPropertyDescriptor');
  const isDescriptorOf = (value: unknown): value is (target: object, key: PropertyKey) => Descriptor =>
    first(value, 'getOwnPropertyDescriptor');
  const plain = isDescriptorOf(reflectDescriptor);
  if (!isDescriptorOf(objectDescriptor)) report('Object.getOwnPropertyDescriptor');
  if (!plain) report('Reflect.getOwnPropertyDescriptor');
  const usable = plain || isDescriptorOf(objectDescriptor);
  const descriptorOf: (target: object, key: PropertyKey) => Descriptor = plain
    ? reflectDescriptor
    : isDescriptorOf(objectDescriptor)
      ? objectDescriptor
      : () => undefined;

  // A descriptor inherits from an Object.prototype that the page may have given a `value` or a `get`: only what it has
  // itself counts. The fields of a complete descriptor of a descriptor cannot be missing.
  const hasValue = (descriptor: PropertyDescriptor): boolean => descriptorOf(descriptor, 'value') !== undefined;

  /** The value of an own data property, anything else is undefined. */
  const data = (holder: object | undefined, key: PropertyKey): unknown => {
    if (holder === undefined || !usable) return undefined;
    const descriptor = descriptorOf(holder, key);
    return descriptor !== undefined && hasValue(descriptor) ? descriptor.value : undefined;
  };

  const has = (target: object, key: PropertyKey): boolean => descriptorOf(target, key) !== undefined;

  /** Without what `function` makes, and named so: arrows, bound functions and wrappers are not. */
  const hasTraits = (value: Callable, name: string): boolean =>
    !has(value, 'prototype') && !has(value, 'arguments') && !has(value, 'caller') && data(value, 'name') === name;

  const looksNative = (value: Callable, name: string): boolean => hasNativeText(value, name) ?? hasTraits(value, name);

  /** The same of what belongs to the browser or to Node. */
  const looksHosted = (value: Callable, name: string): boolean =>
    looksNative(value, name) || (inNode && hasTraits(value, name));

  /** The builtin `holder.key`, or undefined where it does not exist or was evidently replaced. */
  function method<H extends object, K extends keyof H & string>(
    holder: H | undefined,
    key: K,
    holderName: string,
    name: string = key,
  ): H[K] | undefined {
    if (holder === undefined || !usable) return undefined;
    const descriptor = descriptorOf(holder, key);
    if (descriptor === undefined) return undefined;
    const value: unknown = hasValue(descriptor) ? descriptor.value : undefined;
    if (isFunction(value) && looksNative(value, name)) return descriptor.value;
    report(`${holderName}.${key}`);
    return undefined;
  }

  /** The getter of the builtin accessor `holder.key`. */
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

  /** Whether reading an own property runs none of the page's code; undefined where there is none. */
  function dataOrNative(holder: object, key: string): boolean | undefined {
    const descriptor = descriptorOf(holder, key);
    if (descriptor === undefined) return undefined;
    return hasValue(descriptor) || (isFunction(descriptor.get) && looksNative(descriptor.get, `get ${key}`));
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

  const prototypeIn = (holder: object | undefined): object | undefined => {
    const value = data(holder, 'prototype');
    return typeof value === 'object' && value !== null ? value : undefined;
  };

  /** Like `method`, for what lib.dom and lib.es do not type alike in all realms. */
  function untyped(holder: object | undefined, key: string, holderName: string): Method | undefined {
    if (holder === undefined || !usable) return undefined;
    const descriptor = descriptorOf(holder, key);
    if (descriptor === undefined) return undefined;
    const value: unknown = hasValue(descriptor) ? descriptor.value : undefined;
    if (isFunction(value) && looksHosted(value, key)) return descriptor.value;
    report(`${holderName}.${key}`);
    return undefined;
  }

  /** Like `untyped`, but a library that replaced the builtin may have kept it under another name (zone.js does). */
  function keptBeside(holder: object | undefined, key: string, holderName: string): Method | undefined {
    if (holder === undefined || !usable || descriptorOf(holder, key) === undefined) return undefined;
    const value = data(holder, key);
    if (isMethod(value) && looksHosted(value, key)) return value;
    const names = ownNames?.(holder) ?? [];
    for (let index = 0; index < names.length; index += 1) {
      const other = data(holder, names[index] ?? '');
      if (isMethod(other) && looksHosted(other, key)) return other;
    }
    report(`${holderName}.${key}`);
    return undefined;
  }

  const objectConstructor = constructorOf('Object');
  const prototypeGetter = getter(objectConstructor?.prototype, '__proto__', 'Object.prototype', '__proto__');
  const getPrototypeOf: ((target: object) => object | null) | undefined =
    method(reflect, 'getPrototypeOf', 'Reflect') ??
    method(object, 'getPrototypeOf', 'Object') ??
    (prototypeGetter === undefined
      ? undefined
      : (target) => {
          const value = applyBySyntax(prototypeGetter, target, []);
          return typeof value === 'object' ? value : null;
        });
  const intrinsicPrototype = (value: object): object | undefined =>
    (getPrototypeOf === undefined ? null : getPrototypeOf(value)) ?? undefined;
  const isPrototype = (value: unknown): value is ObjectConstructor['prototype'] => isHolder(value);
  const plainPrototype = intrinsicPrototype({});
  const objectPrototype: ObjectConstructor['prototype'] = isPrototype(plainPrototype) ? plainPrototype : {};
  const functionPrototype = intrinsicPrototype(captureBuiltins);
  const laterText = untyped(functionPrototype, 'toString', 'Function.prototype');
  functionText = laterText !== undefined && tellsTexts(laterText) ? laterText : undefined;
  const ownNames = method(object, 'getOwnPropertyNames', 'Object');
  const applies = (value: typeof applyBySyntax): boolean => value(() => bare, undefined, []) === bare;
  const apply: typeof applyBySyntax =
    serves(method(reflect, 'apply', 'Reflect'), 'Reflect.apply', applies) ??
    serves(boundApply(), 'Function.prototype.apply', applies) ??
    applyBySyntax;

  /** What was found, unless it does not do what the one of this name does. */
  function serves<M>(found: M | undefined, name: string, test: (found: M) => boolean): M | undefined {
    if (found === undefined || passes(() => test(found))) return found;
    report(name);
    return undefined;
  }

  /**
   * A method or getter that takes objects like `own` alone, each with `first` and `second`. One of many classes would read
   * what the page has put on an object.
   */
  function ofClass<M extends Callable>(
    found: M | undefined,
    name: string,
    own: unknown,
    first?: object,
    second?: object,
  ): M | undefined {
    return serves(found, name, (method) => {
      const takes = (self: unknown): boolean => {
        apply(method, self, [first, second]);
        return true;
      };
      return !passes(() => takes(bare)) && (own === undefined || takes(own));
    });
  }

  const mapConstructor = constructorOf('Map');
  const setConstructor = constructorOf('Set');
  const weakMapConstructor = constructorOf('WeakMap');
  const mapPrototype = mapConstructor?.prototype;
  const setPrototype = setConstructor?.prototype;
  const weakMapPrototype = weakMapConstructor?.prototype;
  const weakSetConstructor = constructorOf('WeakSet');
  const weakSetPrototype = weakSetConstructor?.prototype;
  const weakRefConstructor = constructorOf('WeakRef');
  const weakRefPrototype = weakRefConstructor?.prototype;
  const promisePrototype = constructorOf('Promise')?.prototype;
  const dateConstructor = constructorOf('Date');
  const datePrototype = dateConstructor?.prototype;
  const arrayBufferConstructor = constructorOf('ArrayBuffer');
  const arrayBufferPrototype = arrayBufferConstructor?.prototype;
  const sharedBufferPrototype = constructorOf('SharedArrayBuffer')?.prototype;
  const dataViewConstructor = constructorOf('DataView');
  const dataViewPrototype = dataViewConstructor?.prototype;
  const numberPrototype = constructorOf('Number')?.prototype;
  const stringPrototype = constructorOf('String')?.prototype;
  const booleanPrototype = constructorOf('Boolean')?.prototype;
  const symbolConstructor = constructorOf('Symbol');
  const symbolPrototype = symbolConstructor?.prototype;
  const bigintPrototype = constructorOf('BigInt')?.prototype;
  const regexpPrototype = intrinsicPrototype(/x/);
  const bytes = constructorOf('Uint8Array');
  const typedArrayPrototype = bytes === undefined ? undefined : intrinsicPrototype(bytes.prototype);
  const knownSymbols: { __proto__: null; [index: number]: unknown } = { __proto__: null };
  for (let code = 0; code < wellKnownSymbols.length; code += 1)
    knownSymbols[code] = data(symbolConstructor, wellKnownSymbols[code] ?? '');
  const toStringTag: unknown = data(symbolConstructor, 'toStringTag');

  const map = mapConstructor && new mapConstructor<unknown, unknown>();
  const set = setConstructor && new setConstructor<unknown>();
  const weakMap = weakMapConstructor && new weakMapConstructor<object, unknown>();
  const buffer = arrayBufferConstructor && new arrayBufferConstructor(0);
  const dataView = dataViewConstructor && buffer && new dataViewConstructor(buffer);
  const byteArray = bytes && new bytes(0);
  const boxed = (value: unknown): unknown => objectConstructor?.(value);
  const mapKeys = ofClass(method(mapPrototype, 'keys', 'Map.prototype'), 'Map.prototype.keys', map);
  const setValues = ofClass(method(setPrototype, 'values', 'Set.prototype'), 'Set.prototype.values', set);
  const mapIterator = map && mapKeys ? apply(mapKeys, map, []) : undefined;
  const setIterator = set && setValues ? apply(setValues, set, []) : undefined;
  const mapIteratorPrototype = mapIterator && intrinsicPrototype(mapIterator);
  const setIteratorPrototype = setIterator && intrinsicPrototype(setIterator);
  const arrayValues = serves(
    method(intrinsicPrototype([]) as readonly unknown[] | undefined, 'values', 'Array.prototype'),
    'Array.prototype.values',
    (values) => isHolder(apply(values, [], [])),
  );
  const generator = (function* () {})();
  const asyncGenerator = (async function* () {})();
  const twoUp = (value: object): object | undefined => {
    const first = intrinsicPrototype(value);
    return first && intrinsicPrototype(first);
  };

  const generatorPrototype = twoUp(generator);
  const asyncGeneratorPrototype = twoUp(asyncGenerator);

  const nodePrototype = prototypeIn(browserClass('Node'));
  const elementPrototype = prototypeIn(browserClass('Element'));
  const windowDescriptor = usable ? descriptorOf(scope, 'window') : undefined;

  const eventTargetPrototype = prototypeIn(browserClass('EventTarget'));
  const error = intrinsicError();
  const firstHook = error === undefined ? undefined : data(error, 'prepareStackTrace');
  const isError = untyped(error, 'isError', 'Error');
  const halfFloats = data(scope, 'Float16Array');
  const hasHalfFloats = isFunction(halfFloats) && looksNative(halfFloats, 'Float16Array');
  const arrayPrototype = intrinsicPrototype([]);
  const intrinsics: List<object | undefined> = {
    __proto__: null,
    0: objectPrototype,
    1: arrayPrototype,
    2: functionPrototype,
  };
  const defineProperty: ((target: object, key: PropertyKey, descriptor: object) => boolean) | undefined = method(
    reflect,
    'defineProperty',
    'Reflect',
  );

  /** `f.apply(self, args)` as a function of `f`, `self` and `args`: some hundred times faster than by syntax. */
  function boundApply(): typeof applyBySyntax | undefined {
    const bind = untyped(functionPrototype, 'bind', 'Function.prototype');
    const call = untyped(functionPrototype, 'call', 'Function.prototype');
    const callee = untyped(functionPrototype, 'apply', 'Function.prototype');
    if (bind === undefined || call === undefined || callee === undefined) return undefined;
    // `bind.apply(call, [callee])`: by syntax alone there would be a second argument, which `bind` binds, too.
    return applyBySyntax(callee as (this: unknown, self: unknown, args: unknown) => typeof applyBySyntax, bind, [
      call,
      [callee],
    ]);
  }

  /** %Error% itself; where the page wrapped it (zone.js does), what the other errors inherit from. */
  function intrinsicError(): object | undefined {
    const own = constructorOf('Error');
    if (own !== undefined) return own;
    const heir = constructorOf('TypeError') ?? constructorOf('RangeError');
    return heir === undefined ? undefined : intrinsicPrototype(heir);
  }

  /** What V8 finds and calls to write the stack of an error that is described, null where that cannot be told. */
  function stackHook(): Descriptor | null {
    if (error === undefined || !usable) return undefined;
    const own = descriptorOf(error, 'prepareStackTrace');
    if (own !== undefined) return own;
    if (getPrototypeOf === undefined || functionPrototype === undefined) return null;
    if (getPrototypeOf(error) !== functionPrototype) return null;
    const inherited = descriptorOf(functionPrototype, 'prepareStackTrace');
    if (inherited !== undefined) return inherited;
    return getPrototypeOf(functionPrototype) === objectPrototype
      ? descriptorOf(objectPrototype, 'prepareStackTrace')
      : null;
  }

  /** Whether describing an error runs the page's code. */
  function hasStackHook(): boolean {
    const hook = stackHook();
    return hook === null || (hook !== undefined && (!hasValue(hook) || typeof hook.value === 'function'));
  }

  /** A class of the browser; Node and some workers have none. The page's own may have the browser's prototype. */
  function browserClass(name: string): object | undefined {
    const value = data(scope, name);
    if (!isFunction(value)) return undefined;
    // Without a name in its text it is a Proxy, if it is not bound.
    if (hasNativeText(value, '') !== true) return value;
    report(name);
    return undefined;
  }

  /** `[head, …list]` as an array. */
  function listed(head: unknown, list: { readonly [index: number]: unknown }, count: number): readonly unknown[] {
    return arrayOf(count + 1, (index) => (index === 0 ? head : list[index - 1]));
  }

  /** An array whatever setters the page has put on its prototypes; shorter where that cannot be. */
  function arrayOf<T>(count: number, valueAt: (index: number) => T): T[] {
    const array: T[] = [];
    // Where nothing stands above, storing by index is what defines an element, and ten times as fast.
    const plain = hasNoIndices(arrayPrototype) && hasNoIndices(objectPrototype);
    for (let index = 0; index < count; index += 1) {
      const value = valueAt(index);
      if (plain) array[index] = value;
      else
        defineProperty?.(array, index, {
          __proto__: null,
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        });
    }
    return array;
  }

  /** Names come in order, indices first. */
  function hasNoIndices(holder: object | undefined): boolean {
    if (holder === undefined || ownNames === undefined) return false;
    const first = ownNames(holder)[0];
    return (holder === objectPrototype || getPrototypeOf?.(holder) === objectPrototype) && !isDigit(first);
  }

  function isDigit(name: string | undefined): boolean {
    const initial = name === undefined ? '' : name[0];
    return initial !== undefined && initial >= '0' && initial <= '9';
  }

  const asSelf = (value: symbol | bigint): unknown => (apply === applyBySyntax ? objectConstructor?.(value) : value);
  const description = ofClass(
    getter(symbolPrototype, 'description', 'Symbol.prototype', 'description'),
    'Symbol.prototype.description',
    boxed(toStringTag),
  );

  function descriptionOf(symbol: symbol): string | undefined {
    const text = description === undefined ? undefined : apply(description, asSelf(symbol), []);
    return typeof text === 'string' ? text : undefined;
  }

  function clock(): () => unknown {
    const performanceNow = untyped(prototypeIn(browserClass('Performance')), 'now', 'Performance.prototype');
    // Node's own is made otherwise, and Date.now does as well: nothing to report.
    const descriptor = usable ? descriptorOf(scope, 'performance') : undefined;
    const readPerformance = descriptor && !hasValue(descriptor) ? descriptor.get : undefined;
    if (performanceNow && isFunction(readPerformance) && looksNative(readPerformance, 'get performance')) {
      const performance = apply(readPerformance, scope, []);
      return () => apply(performanceNow, performance, []);
    }
    return method(dateConstructor, 'now', 'Date') ?? (() => 0);
  }

  return {
    replaced,
    /** How many names `replaced` holds. */
    replacedCount: () => replacedCount,
    judges: [0, getterOf, functionText, descriptorOf, getPrototypeOf, apply],
    /** Whether own properties can be read at all without running the page's code. */
    usable: usable && getPrototypeOf !== undefined,
    apply,
    /** Whether `apply` takes primitives as `self`: its stand-in does not. */
    appliesToPrimitives: apply !== applyBySyntax,
    /** A symbol or BigInt as what `apply` takes for `self`. */
    asSelf,
    descriptorOf,
    getPrototypeOf: getPrototypeOf ?? ((): null => null),
    has: method(object, 'hasOwn', 'Object') ?? has,
    data,
    clock: clock(),
    globalObject: scope,
    enumerableNames: serves(method(object, 'keys', 'Object'), 'Object.keys', (keys) => keys(bare).length === 0),
    ownNames,
    ownSymbols: method(object, 'getOwnPropertySymbols', 'Object'),
    ownKeys: method(reflect, 'ownKeys', 'Reflect'),
    propertyIsEnumerable: method(objectPrototype, 'propertyIsEnumerable', 'Object.prototype'),
    isFrozen: method(object, 'isFrozen', 'Object'),
    isExtensible: method(object, 'isExtensible', 'Object'),
    isArray: method(constructorOf('Array'), 'isArray', 'Array'),
    isView: method(arrayBufferConstructor, 'isView', 'ArrayBuffer'),
    isError,
    /** V8 has `Error.isError` since Chromium 134, and what this goes by since 135. */
    lacksIsError: isError === undefined && hasHalfFloats,
    objectToString: serves(
      method(objectPrototype, 'toString', 'Object.prototype'),
      'Object.prototype.toString',
      // Array.prototype.toString would call the latter.
      (tag) => apply(tag, { __proto__: null, join: () => '' }, []) === '[object Object]',
    ),
    toStringTag: typeof toStringTag === 'symbol' ? toStringTag : undefined,
    slice: serves(
      method(stringPrototype, 'slice', 'String.prototype'),
      'String.prototype.slice',
      (slice) => apply === applyBySyntax || apply(slice, 'ab', [0, 1]) === 'a',
    ),
    fromCharCode: method(constructorOf('String'), 'fromCharCode', 'String'),
    isWellFormed: untyped(stringPrototype, 'isWellFormed', 'String.prototype'),
    /** Undefined for a symbol without one. */
    descriptionOf,
    keyFor: method(symbolConstructor, 'keyFor', 'Symbol'),
    /** By code, 0 … wellKnownCount - 1; undefined where V8 has none of the name yet. */
    wellKnownSymbols: knownSymbols,
    wellKnownCount: wellKnownSymbols.length,
    bigintText: ofClass(
      method(bigintPrototype, 'toString', 'BigInt.prototype'),
      'BigInt.prototype.toString',
      boxed(0n),
    ),
    mapConstructor,
    mapGet: ofClass(method(mapPrototype, 'get', 'Map.prototype'), 'Map.prototype.get', map, bare),
    mapSet: ofClass(method(mapPrototype, 'set', 'Map.prototype'), 'Map.prototype.set', map, bare, bare),
    weakMapConstructor,
    weakMapGet: ofClass(method(weakMapPrototype, 'get', 'WeakMap.prototype'), 'WeakMap.prototype.get', weakMap, bare),
    weakMapSet: ofClass(
      method(weakMapPrototype, 'set', 'WeakMap.prototype'),
      'WeakMap.prototype.set',
      weakMap,
      bare,
      bare,
    ),
    weakRefConstructor,
    mapKeys,
    mapNext: ofClass(
      untyped(mapIteratorPrototype, 'next', '%MapIteratorPrototype%'),
      '%MapIteratorPrototype%.next',
      mapIterator,
    ),
    mapSize: ofClass(getter(mapPrototype, 'size', 'Map.prototype', 'size'), 'Map.prototype.size', map),
    setValues,
    setNext: ofClass(
      untyped(setIteratorPrototype, 'next', '%SetIteratorPrototype%'),
      '%SetIteratorPrototype%.next',
      setIterator,
    ),
    setSize: ofClass(getter(setPrototype, 'size', 'Set.prototype', 'size'), 'Set.prototype.size', set),
    weakMapHas: ofClass(untyped(weakMapPrototype, 'has', 'WeakMap.prototype'), 'WeakMap.prototype.has', weakMap, bare),
    weakSetHas: ofClass(
      untyped(weakSetPrototype, 'has', 'WeakSet.prototype'),
      'WeakSet.prototype.has',
      weakSetConstructor && new weakSetConstructor(),
      bare,
    ),
    deref: untyped(weakRefPrototype, 'deref', 'WeakRef.prototype'),
    getTime: untyped(datePrototype, 'getTime', 'Date.prototype'),
    byteLength: ofClass(
      getter(arrayBufferPrototype, 'byteLength', 'ArrayBuffer.prototype', 'byteLength'),
      'ArrayBuffer.prototype.byteLength',
      buffer,
    ),
    sharedByteLength: getter(sharedBufferPrototype, 'byteLength', 'SharedArrayBuffer.prototype', 'byteLength'),
    viewByteLength: ofClass(
      getter(dataViewPrototype, 'byteLength', 'DataView.prototype', 'byteLength'),
      'DataView.prototype.byteLength',
      dataView,
    ),
    viewBuffer: ofClass(
      getter(dataViewPrototype, 'buffer', 'DataView.prototype', 'buffer'),
      'DataView.prototype.buffer',
      dataView,
    ),
    typedArrayTag:
      typeof toStringTag === 'symbol'
        ? serves(
            getter(typedArrayPrototype, toStringTag, '%TypedArray%.prototype', '[Symbol.toStringTag]'),
            '%TypedArray%.prototype[Symbol.toStringTag]',
            (tag) => apply(tag, bare, []) === undefined && apply(tag, byteArray, []) === 'Uint8Array',
          )
        : undefined,
    typedArrayLength: ofClass(
      getter(typedArrayPrototype, 'length', '%TypedArray%.prototype', 'length'),
      '%TypedArray%.prototype.length',
      byteArray,
    ),
    typedArrayBuffer: ofClass(
      getter(typedArrayPrototype, 'buffer', '%TypedArray%.prototype', 'buffer'),
      '%TypedArray%.prototype.buffer',
      byteArray,
    ),
    numberValue: ofClass(untyped(numberPrototype, 'valueOf', 'Number.prototype'), 'Number.prototype.valueOf', boxed(0)),
    stringValue: ofClass(
      untyped(stringPrototype, 'valueOf', 'String.prototype'),
      'String.prototype.valueOf',
      boxed(''),
    ),
    booleanValue: ofClass(
      untyped(booleanPrototype, 'valueOf', 'Boolean.prototype'),
      'Boolean.prototype.valueOf',
      boxed(false),
    ),
    symbolValue: ofClass(
      untyped(symbolPrototype, 'valueOf', 'Symbol.prototype'),
      'Symbol.prototype.valueOf',
      boxed(toStringTag),
    ),
    bigintValue: ofClass(
      untyped(bigintPrototype, 'valueOf', 'BigInt.prototype'),
      'BigInt.prototype.valueOf',
      boxed(0n),
    ),
    regexpSource: getter(regexpPrototype, 'source', 'RegExp.prototype', 'source'),
    hasIndices: getter(regexpPrototype, 'hasIndices', 'RegExp.prototype', 'hasIndices'),
    global: getter(regexpPrototype, 'global', 'RegExp.prototype', 'global'),
    ignoreCase: getter(regexpPrototype, 'ignoreCase', 'RegExp.prototype', 'ignoreCase'),
    multiline: getter(regexpPrototype, 'multiline', 'RegExp.prototype', 'multiline'),
    dotAll: getter(regexpPrototype, 'dotAll', 'RegExp.prototype', 'dotAll'),
    unicode: getter(regexpPrototype, 'unicode', 'RegExp.prototype', 'unicode'),
    unicodeSets: getter(regexpPrototype, 'unicodeSets', 'RegExp.prototype', 'unicodeSets'),
    sticky: getter(regexpPrototype, 'sticky', 'RegExp.prototype', 'sticky'),
    nodeType: getter(nodePrototype, 'nodeType', 'Node.prototype', 'nodeType'),
    isConnected: getter(nodePrototype, 'isConnected', 'Node.prototype', 'isConnected'),
    nodeName: getter(nodePrototype, 'nodeName', 'Node.prototype', 'nodeName'),
    nodeValue: getter(nodePrototype, 'nodeValue', 'Node.prototype', 'nodeValue'),
    localName: getter(elementPrototype, 'localName', 'Element.prototype', 'localName'),
    getAttribute: untyped(elementPrototype, 'getAttribute', 'Element.prototype'),
    exceptionMessage: getter(prototypeIn(browserClass('DOMException')), 'message', 'DOMException.prototype', 'message'),
    firstChild: getter(nodePrototype, 'firstChild', 'Node.prototype', 'firstChild'),
    nextSibling: getter(nodePrototype, 'nextSibling', 'Node.prototype', 'nextSibling'),
    attributeNames: untyped(elementPrototype, 'getAttributeNames', 'Element.prototype'),
    functionText,
    eventDetail: getter(prototypeIn(browserClass('CustomEvent')), 'detail', 'CustomEvent.prototype', 'detail'),
    includes: method(stringPrototype, 'includes', 'String.prototype'),
    listed,
    arrayOf,
    defineProperty,
    dataOrNative,
    looksNative,
    errorPrototype: prototypeIn(error) ?? objectPrototype,
    addEventListener: keptBeside(eventTargetPrototype, 'addEventListener', 'EventTarget.prototype'),
    removeEventListener: keptBeside(eventTargetPrototype, 'removeEventListener', 'EventTarget.prototype'),
    // For an agent that a page holds. Those of Node are functions like any other, and would pass for replaced.
    setTimeout: inNode ? undefined : keptBeside(scope, 'setTimeout', 'window'),
    clearTimeout: inNode ? undefined : keptBeside(scope, 'clearTimeout', 'window'),
    hasStackHook,
    /** The same in Node, where one that was there when the agent came is Node's own, or that of whoever brought the agent. */
    hasLaterStackHook(): boolean {
      // Node asks the global Error, whatever it is by then.
      if (error !== undefined && data(scope, 'Error') !== error) return true;
      const hook = stackHook();
      return hasStackHook() && !(hook && hasValue(hook) && hook.value === firstHook);
    },
    arrayPrototype,
    functionPrototype,
    /** What most prototype chains of this realm are made of. */
    intrinsics,
    intrinsicCount: 3,
    objectPrototype,
    /** Gives undefined for all but windows, and throws for nothing: the standard has it so of this one (`LegacyLenientThis`). */
    lenientGetter: serves(
      getter(scope, 'onmouseenter', 'window', 'onmouseenter'),
      'window.onmouseenter',
      (getter) => apply(getter, scope, []) !== undefined && apply(getter, bare, []) === undefined,
    ),
    /** Unforgeable: a page cannot replace it. */
    windowGetter: windowDescriptor !== undefined && isFunction(windowDescriptor.get) ? windowDescriptor.get : undefined,
    prototypes: {
      object: objectPrototype,
      map: mapPrototype,
      set: setPrototype,
      weakMap: weakMapPrototype,
      weakSet: weakSetPrototype,
      weakRef: weakRefPrototype,
      promise: promisePrototype,
      date: datePrototype,
      regexp: regexpPrototype,
      arrayBuffer: arrayBufferPrototype,
      sharedBuffer: sharedBufferPrototype,
      symbol: symbolPrototype,
      bigint: bigintPrototype,
      node: nodePrototype,
      generator: generatorPrototype,
      asyncGenerator: asyncGeneratorPrototype,
      mapIterator: mapIteratorPrototype,
      setIterator: setIteratorPrototype,
      arrayIterator: arrayValues && intrinsicPrototype(apply(arrayValues, [], [])),
    },
  };
}
