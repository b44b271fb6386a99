/**
 * Takes the builtins that the agent needs from a realm that may have been tampered with, once, before anything else
 * runs. Nothing here, and nothing made of it, may call a function of the page: a builtin that has evidently been
 * replaced (judge.ts) is reported and not used. Its stand-in takes over (builtin-table.ts), or what needs it stays unread.
 */
import { wellKnownSymbols } from '../../wire/format.ts';
import {
  binaryBuiltins,
  browserBuiltins,
  collectionBuiltins,
  createHolders,
  type Finding,
  propertyBuiltins,
  valueBuiltins,
} from './builtin-table.ts';
import { createErrorBuiltins } from './errors.ts';
import { createFindBuiltins } from './find-builtins.ts';
import { type Checked, createJudge, createTextJudge, isFunction, isHolder, type Method } from './judge.ts';
import { createArrays, type List } from './lists.ts';
import { createReflection, type Reflection } from './reflection.ts';

export type Builtins = ReturnType<typeof captureBuiltins>;

/**
 * @param scope The global object, whatever the page calls by that name.
 * @param inNode Whether the realm is Node's, which writes in JavaScript what in a page is a builtin of the browser.
 * @param checked Builtins that the debugger has checked, in a page that hardened its prototypes.
 */
export function captureBuiltins(scope: typeof globalThis, inNode = false, checked?: Checked) {
  /** Names of what looked replaced. */
  const replaced: List<string> = { __proto__: null };
  let replacedCount = 0;
  const textJudge = createTextJudge({
    checked,
    readsUnseen: true,
    report: (name) => {
      replaced[replacedCount] = name;
      replacedCount += 1;
    },
  });
  const judge = createJudge(textJudge, scope, inNode, checked);
  const { usable, descriptorOf, data, looksNative } = judge;
  const find = createFindBuiltins(textJudge, judge, scope);
  const reflection = createReflection(textJudge, judge, find);
  const { apply, asSelf, getPrototypeOf, functionText, objectPrototype, functionPrototype, arrayPrototype } =
    reflection;
  const holder = createHolders({ find, apply, ownNames: reflection.ownNames ?? (() => []) });
  const finding: Finding = { scope, judge, find, holder, reflection };
  const properties = propertyBuiltins(finding);
  const collections = collectionBuiltins(finding);
  const values = valueBuiltins(finding);
  const binaries = binaryBuiltins(finding, values.toStringTag);
  const browser = browserBuiltins(finding, inNode);
  const performance = performanceOf(finding);
  const errors = createErrorBuiltins(scope, judge, find, reflection);
  const arrays = createArrays(reflection, properties.defineProperty);
  const { symbolConstructor, toStringTag } = values;

  return {
    properties,
    collections,
    values,
    binaries,
    browser,
    has: properties.has,
    defineProperty: properties.defineProperty,
    /** Whether it does anything. */
    defines: properties.defines,
    maps: collections.maps,
    weakMaps: collections.weakMaps,
    arrayOf: arrays.arrayOf,
    listed: arrays.listed,
    isError: errors.isError,
    errorPrototype: errors.errorPrototype,
    errorConstructor: errors.errorConstructor,
    proxyConstructor: errors.proxyConstructor,
    hasStackHook: errors.hasStackHook,
    hasLaterStackHook: errors.hasLaterStackHook,
    replaced,
    /** The number of names in `replaced`. */
    replacedCount: () => replacedCount,
    judges: [0, textJudge.getterOf, functionText, descriptorOf, getPrototypeOf, apply] as const,
    /** Whether own properties can be read at all without running the page's code. */
    usable: usable && reflection.readsPrototypes,
    apply,
    appliesToPrimitives: reflection.appliesToPrimitives,
    asSelf,
    descriptorOf,
    getPrototypeOf,
    data,
    /** Whether reading an own property runs no code of the page; undefined when there is none. */
    dataOrNative: (target: object, key: string) => isDataOrNative(judge, target, key),
    looksNative,
    clock: clockOf(finding, performance, values.dateConstructor, browser.performanceNow),
    /** The page's own, which hears events in a browser; undefined where it was replaced. */
    performance,
    globalObject: scope,
    isArray: holder('Array', find.constructorOf('Array')).method('isArray') ?? (() => false),
    /** Whether the page made accessors of the properties of its prototypes. */
    hardened: checked !== undefined,
    /** V8 has `Error.isError` since Chromium 134, and the feature that this checks since 135. */
    lacksIsError: !errors.tellsErrors && binaries.hasHalfFloats,
    /** Whether it has a `Symbol.toStringTag`, or that is unknown. */
    hasTag: (target: object): boolean => toStringTag === undefined || judge.has(target, toStringTag),
    /** Its own `Symbol.toStringTag`, when that is not an accessor. */
    tagOf: (target: object): unknown => (toStringTag === undefined ? undefined : data(target, toStringTag)),
    /** Undefined for a symbol without one. */
    descriptionOf(symbol: symbol): string | undefined {
      const text = apply(values.description, asSelf(symbol), []);
      return typeof text === 'string' ? text : undefined;
    },
    /** Well-known symbols by code, 0 … wellKnownCount - 1; undefined when V8 does not have it yet. */
    wellKnownSymbols: knownSymbols(judge, symbolConstructor),
    wellKnownCount: wellKnownSymbols.length,
    functionText: functionText ?? (() => undefined),
    /** Whether it returns the texts of functions. */
    tellsTexts: functionText !== undefined,
    arrayPrototype,
    functionPrototype,
    objectPrototype,
    /** The prototypes of most objects of this realm. */
    intrinsics: { __proto__: null, 0: objectPrototype, 1: arrayPrototype, 2: functionPrototype } as List<
      object | undefined
    >,
    intrinsicCount: 3,
    prototypes: {
      object: objectPrototype,
      map: collections.mapPrototype,
      set: collections.setPrototype,
      weakMap: collections.weakMapPrototype,
      weakSet: collections.weakSetPrototype,
      weakRef: collections.weakRefPrototype,
      mapIterator: collections.mapIteratorPrototype,
      setIterator: collections.setIteratorPrototype,
      arrayIterator: arrayIteratorPrototype(finding),
      generator: prototypeAbove(reflection, (function* () {})()),
      asyncGenerator: prototypeAbove(reflection, (async function* () {})()),
      date: values.datePrototype,
      regexp: values.regexpPrototype,
      symbol: values.symbolPrototype,
      bigint: values.bigintPrototype,
      arrayBuffer: binaries.arrayBufferPrototype,
      sharedBuffer: binaries.sharedBufferPrototype,
      promise: find.constructorOf('Promise')?.prototype,
      wasmTable: wasmPrototype(finding, 'Table'),
      wasmInstance: wasmPrototype(finding, 'Instance'),
      node: browser.nodePrototype,
    },
  };
}

function isDataOrNative({ descriptorOf, hasValue, looksNative }: Finding['judge'], target: object, key: string) {
  const descriptor = descriptorOf(target, key);
  if (descriptor === undefined) return undefined;
  return hasValue(descriptor) || (isFunction(descriptor.get) && looksNative(descriptor.get, `get ${key}`));
}

function knownSymbols({ data }: Finding['judge'], maker: object | undefined): List<unknown> {
  const symbols: List<unknown> = { __proto__: null };
  for (let code = 0; code < wellKnownSymbols.length; code += 1)
    symbols[code] = data(maker, wellKnownSymbols[code] ?? '');
  return symbols;
}

/** Only the debugger shows the content of a table or an instance of WebAssembly. */
function wasmPrototype({ scope, judge, find }: Finding, name: string): object | undefined {
  const namespace = judge.data(scope, 'WebAssembly');
  const maker = isHolder(namespace) ? judge.data(namespace, name) : undefined;
  return isFunction(maker) ? find.prototypeIn(maker) : undefined;
}

/** What the prototype of an object inherits from. */
function prototypeAbove({ intrinsicPrototype }: Reflection, value: object): object | undefined {
  const first = intrinsicPrototype(value);
  return first && intrinsicPrototype(first);
}

function arrayIteratorPrototype({ find, holder, reflection }: Finding): object | undefined {
  const { apply, intrinsicPrototype } = reflection;
  const arrays = holder('Array.prototype', intrinsicPrototype([]) as readonly unknown[] | undefined);
  const arrayValues = find.serves(arrays.method('values'), 'Array.prototype.values', (values) =>
    isHolder(apply(values, [], [])),
  );
  return arrayValues && intrinsicPrototype(apply(arrayValues, [], []));
}

function performanceOf({ scope, judge, reflection }: Finding): object | undefined {
  const { usable, descriptorOf, hasValue, looksNative } = judge;
  const descriptor = usable ? descriptorOf(scope, 'performance') : undefined;
  const read = descriptor && !hasValue(descriptor) ? descriptor.get : undefined;
  if (!isFunction(read) || !looksNative(read, 'get performance')) return undefined;
  const performance = reflection.apply(read, scope, []);
  return isHolder(performance) ? performance : undefined;
}

/** Milliseconds. */
function clockOf(
  { holder, reflection }: Finding,
  performance: object | undefined,
  dateConstructor: DateConstructor | undefined,
  performanceNow: Method | undefined,
): () => unknown {
  // Node's own clock is not native. Date.now is good enough, so there is nothing to report.
  if (performanceNow && performance) return () => reflection.apply(performanceNow, performance, []);
  return holder('Date', dateConstructor).method('now') ?? (() => 0);
}
