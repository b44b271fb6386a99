/**
 * Judges whether a function is a builtin or the page's own. It is the only module that does, for a realm that may have been tampered
 * with. Nothing here may call a function of the page.
 *
 * A builtin is recognized by its text, `function name() { [native code] }`. No method of that name, bound function or Proxy has it.
 * The first builtins, among them the one that returns texts, are judged by the message of an error (`isQuotedAs`), in which a Proxy
 * around the builtin looks like the builtin. When neither works, traits that no builtin method has are the evidence. Another builtin
 * with the same name in its place, which may call the page's code, is detected by what it does with objects of ours (`serves`).
 */

export type Callable = (this: unknown, ...args: never[]) => unknown;
export type Descriptor = PropertyDescriptor | undefined;
export type Method = (...args: readonly unknown[]) => unknown;

/**
 * Reflect.apply by syntax alone, for a page that replaced it: a base class constructor that returns `self` makes it the
 * `this` of the derived one, and `super.method(…)` calls the method of the base's prototype with that `this`.
 * Only for objects as `self` and at most two arguments.
 */
export function applyBySyntax<A extends readonly unknown[], R>(
  target: (this: never, ...args: A) => R,
  self: unknown,
  args: A,
): R;
export function applyBySyntax(target: Callable, self: unknown, args: readonly unknown[]): unknown;
export function applyBySyntax(target: Callable, self: unknown, args: readonly unknown[]): unknown {
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
      // Reading beyond the end of an array would read its prototypes, which the page may have changed.
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
 * Whether V8 quotes `text` for a value in an error message, in which it writes the text of a function. Uses syntax alone, so that no
 * builtin needs to be trusted, and calls nothing of the value. Undefined when messages quote nothing.
 */
function isQuotedAs(value: unknown, text: string): boolean | undefined {
  const wanted = complaint(text, 1);
  return wanted === complaint('', 1) ? undefined : complaint(value, 1) === wanted;
}

/**
 * Whether an object is an error, or a proxy around one, by the way in which V8 quotes it: the name and message of an error, `#<Class>` or
 * `[object Class]` for all others. Calls nothing of it. An error whose name is data that looks like the latter is not told.
 */
export function isQuotedAsError(value: object): boolean {
  if (typeof value === 'function') return false;
  const quoted = complaint(value, 1);
  const empty = complaint('', 1);
  let start = 0;
  while (start < empty.length && start < quoted.length && empty[start] === quoted[start]) start += 1;
  if (start + 1 >= quoted.length) return true;
  const first = quoted[start];
  const second = quoted[start + 1];
  return !((first === '#' && second === '<') || (first === '[' && second === 'o'));
}

/** The error message of `in` without a key and an object. */
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

/** An object in which no builtin finds anything of the page: builtins of a class throw, others run nothing. */
export const bare: object = { __proto__: null };

/** Whether a test passes. For a wrong builtin it may throw. */
export function passes(test: () => boolean): boolean {
  try {
    return test();
  } catch {
    return false;
  }
}

export function isHolder(value: unknown): value is { readonly [key: string]: unknown } {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

export const isFunction = (value: unknown): value is Callable => typeof value === 'function';
export const isMethod = (value: unknown): value is Method => typeof value === 'function';

const nativeText = (name: string): string => `function ${name}() { [native code] }`;

/** `Object.prototype.__lookupGetter__`, which finds accessors before they are read; undefined when it looks replaced. */
export function lookupGetter(): Method | undefined {
  const plain: { readonly __lookupGetter__?: unknown } = {};
  const value = plain.__lookupGetter__;
  if (!isMethod(value)) return undefined;
  // `in` sees an inherited property too; no builtin has one.
  return (isQuotedAs(value, nativeText('__lookupGetter__')) ?? !('prototype' in value)) ? value : undefined;
}

/**
 * Builtins that the debugger has checked: they are in their places, and neither accessors nor proxies. For a page that hardened its
 * prototypes, as SES does: each property is an accessor, whose getter has the original as its own `originalValue`.
 */
export interface Checked {
  readonly getOwnPropertyDescriptor: (target: object, key: PropertyKey) => Descriptor;
  readonly getPrototypeOf: (target: object) => object | null;
}

/** The value of a data property, or the original behind an accessor that hardens it. */
function originalOf({ getOwnPropertyDescriptor }: Checked, found: PropertyDescriptor): unknown {
  if (getOwnPropertyDescriptor(found, 'value') !== undefined) return found.value;
  const getter = found.get;
  if (typeof getter !== 'function') return undefined;
  const original = getOwnPropertyDescriptor(getter, 'originalValue');
  return original !== undefined && getOwnPropertyDescriptor(original, 'value') !== undefined
    ? original.value
    : undefined;
}

export interface JudgeOptions {
  readonly checked?: Checked | undefined;
  /**
   * Whether to read Function.prototype.toString although the page replaced what detects accessors. If so, an accessor in its place
   * runs, and Proxies around builtins are found. If not, neither happens.
   */
  readonly readsUnseen?: boolean;
  /** Called with the name of each builtin that looks replaced. */
  readonly report?: (name: string) => void;
}

export type TextJudge = ReturnType<typeof createTextJudge>;

/** Judges by texts alone, as the first builtins must be judged. */
export function createTextJudge({ readsUnseen = false, report = () => {}, checked }: JudgeOptions = {}) {
  /** The builtin that returns the texts of functions, once it is known. */
  let functionText: Method | undefined;
  /** Uses syntax, until a builtin is known that takes a tenth of the time. */
  let apply: typeof applyBySyntax = applyBySyntax;

  /** Touches nothing of `value`, which may be a Proxy. Undefined when its text is unknown. */
  function hasNativeText(value: Callable, name: string): boolean | undefined {
    const text = nativeText(name);
    return functionText === undefined ? isQuotedAs(value, text) : apply(functionText, value, []) === text;
  }

  // The first of all cannot be checked by descriptors yet. `in` sees an inherited property too; no builtin has one.
  const first = (value: unknown, name: string): value is Method =>
    isMethod(value) && (hasNativeText(value, name) ?? !('prototype' in value));

  // Reading it would run its accessor.
  const getterOf = checked === undefined ? lookupGetter() : undefined;

  /** The own or inherited value in `holder`; undefined, and reported, when reading it would run an accessor. */
  function plainValue(holder: unknown, key: string, name: string): unknown {
    if (!isHolder(holder)) return undefined;
    if (checked !== undefined) {
      for (let hop: object | null = holder; hop !== null; hop = checked.getPrototypeOf(hop)) {
        const found = checked.getOwnPropertyDescriptor(hop, key);
        if (found !== undefined) return originalOf(checked, found);
      }
      return undefined;
    }
    if (getterOf === undefined || applyBySyntax(getterOf, holder, [key]) === undefined) return holder[key];
    report(name);
    return undefined;
  }

  /** From here on this returns the texts of functions, if it works. Many builtins have its name, but only it throws for other objects. */
  function learnTexts(text: Method | undefined): void {
    const tells = (value: object): boolean => typeof applyBySyntax(text ?? first, value, []) === 'string';
    functionText = text !== undefined && !passes(() => tells(bare)) && passes(() => tells(first)) ? text : undefined;
  }

  // With it a Proxy can be distinguished from the builtin that is its target.
  if (getterOf !== undefined || readsUnseen) {
    const text = plainValue(createTextJudge, 'toString', 'Function.prototype.toString');
    if (first(text, 'toString')) learnTexts(text);
  }
  return {
    getterOf,
    functionText: () => functionText,
    learnTexts,
    /** From here on this calls the builtin that returns texts. */
    useApply(judged: typeof applyBySyntax): void {
      apply = judged;
    },
    hasNativeText,
    first,
    plainValue,
    report,
  };
}

export type Judge = ReturnType<typeof createJudge>;

/**
 * Also judges by descriptors.
 * @param scope The global object, whatever the page calls by that name.
 * @param inNode Whether the realm is Node's, which writes in JavaScript what in a page is a builtin of the browser.
 */
export function createJudge(
  { first, plainValue, hasNativeText, report }: TextJudge,
  scope: typeof globalThis,
  inNode = false,
  checked?: Checked,
) {
  // The page may have replaced these objects, so each of their functions is judged.
  const isReflect = (value: unknown): value is typeof Reflect => isHolder(value);
  const isObjectConstructor = (value: unknown): value is ObjectConstructor => isHolder(value);
  const roots: { readonly constructor: unknown } = {};
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

  // A descriptor inherits from Object.prototype, to which the page may have added a `value` or a `get`. So only its own fields
  // count. A descriptor of a descriptor's field is always complete.
  const hasValue = (descriptor: PropertyDescriptor): boolean => descriptorOf(descriptor, 'value') !== undefined;

  /** The value of a data property, in a hardened page also the original behind an accessor; anything else is undefined. */
  const valueIn = (descriptor: PropertyDescriptor): unknown => {
    if (checked !== undefined) return originalOf(checked, descriptor);
    return hasValue(descriptor) ? descriptor.value : undefined;
  };

  /** The same of an own property. */
  const data = (holder: object | undefined, key: PropertyKey): unknown => {
    if (holder === undefined || !usable) return undefined;
    const descriptor = descriptorOf(holder, key);
    return descriptor === undefined ? undefined : valueIn(descriptor);
  };

  const has = (target: object, key: PropertyKey): boolean => descriptorOf(target, key) !== undefined;

  /** Without what `function` makes, and named so: arrows, bound functions and wrappers are not. */
  const hasTraits = (value: Callable, name: string): boolean =>
    !has(value, 'prototype') && !has(value, 'arguments') && !has(value, 'caller') && data(value, 'name') === name;

  const looksNative = (value: Callable, name: string): boolean => hasNativeText(value, name) ?? hasTraits(value, name);

  return {
    reflect,
    object,
    /** Whether own properties can be read at all without running the page's code. */
    usable,
    descriptorOf,
    hasValue,
    valueIn,
    data,
    has,
    looksNative,
    /** The same for functions of the browser or of Node. */
    looksHosted: (value: Callable, name: string): boolean =>
      looksNative(value, name) || (inNode && hasTraits(value, name)),
  };
}
