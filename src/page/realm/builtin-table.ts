/**
 * The builtins that the agent needs, by their holders, each named once. The table is total: when a realm lacks one, or the page
 * replaced it, a stand-in answers that nothing is known, so that no caller has to test for it.
 */
import { type FindBuiltins, Holder, type HolderTools } from './find-builtins.ts';
import { bare, isFunction, type Judge } from './judge.ts';
import type { List } from './lists.ts';
import type { Reflection } from './reflection.ts';

/** A stand-in that knows nothing. */
export const unknown = (): undefined => undefined;
/** A stand-in for builtins that accept only objects of one class and throw for all others. */
const refuses = (): never => {
  throw refusal;
};
const refusal = 'no builtin tells';
const no = (): boolean => false;
const yes = (): boolean => true;
const noNames = (): string[] => [];

export function createHolders(tools: HolderTools): Finding['holder'] {
  return (name, target) => new Holder(tools, name, target);
}

/** What finds the builtins of all groups. */
export interface Finding {
  readonly scope: typeof globalThis;
  readonly judge: Judge;
  readonly find: FindBuiltins;
  readonly holder: <H extends object>(name: string, target: H | undefined) => Holder<H>;
  readonly reflection: Reflection;
}

/** Builtins that list and define properties. */
export function propertyBuiltins({ judge, find, holder, reflection }: Finding) {
  const { object, apply, objectPrototype } = reflection;
  const { reflect } = judge;
  const reflectHolder = holder('Reflect', reflect);
  const objectHolder = holder('Object', object);
  const prototype = holder('Object.prototype', objectPrototype);
  const keys = find.serves(objectHolder.method('keys'), 'Object.keys', (keys) => keys(bare).length === 0);
  const ownNames = reflection.ownNames;
  const ownSymbols = objectHolder.method('getOwnPropertySymbols');
  const ownKeys = reflectHolder.method('ownKeys');
  const isEnumerable = prototype.method('propertyIsEnumerable');
  const define: ((target: object, key: PropertyKey, descriptor: object) => boolean) | undefined =
    reflectHolder.method('defineProperty');
  const listAll: (target: object) => readonly (string | symbol)[] = ownNames ?? ownKeys ?? noNames;
  const tag = find.serves(
    prototype.method('toString'),
    'Object.prototype.toString',
    // Array.prototype.toString would call the latter.
    (tag) => apply(tag, { __proto__: null, join: () => '' }, []) === '[object Object]',
  );
  return {
    has: objectHolder.method('hasOwn') ?? judge.has,
    /** The enumerable names, if `listsEnumerable`; else all. */
    enumerableNames: keys ?? listAll,
    listsEnumerable: keys !== undefined,
    /** The names, without symbols if these can be listed separately. */
    allNames: listAll,
    /** The symbols; none when only Reflect.ownKeys lists them. */
    ownNames: ownNames ?? noNames,
    /** The symbols, with names if `listsSymbols` is false. */
    ownSymbols: ownSymbols ?? ownKeys ?? noNames,
    listsSymbols: ownSymbols !== undefined,
    /** Names and symbols in one list, or in two; null when they cannot be listed. */
    keyLists:
      ownKeys !== undefined
        ? { names: ownKeys, symbols: noNames }
        : ownNames !== undefined && ownSymbols !== undefined
          ? { names: ownNames, symbols: ownSymbols }
          : null,
    isEnumerable:
      isEnumerable === undefined
        ? (target: object, key: PropertyKey): boolean =>
            // Even the descriptor of a stack runs Error.prepareStackTrace in older engines.
            key !== 'stack' && judge.descriptorOf(target, key)?.enumerable === true
        : (target: object, key: PropertyKey): boolean => apply(isEnumerable, target, [key]),
    isFrozen: objectHolder.method('isFrozen') ?? no,
    isExtensible: objectHolder.method('isExtensible') ?? yes,
    defineProperty: define ?? no,
    /** Whether it does anything. */
    defines: define !== undefined,
    /** `[object …]`, by the slots that Object.prototype.toString reads. */
    objectToString: tag ?? unknown,
  };
}

/** Builtins of Map, Set and the weak collections. */
export function collectionBuiltins({ find, holder, reflection }: Finding) {
  const { apply, intrinsicPrototype } = reflection;
  const mapConstructor = find.constructorOf('Map');
  const setConstructor = find.constructorOf('Set');
  const weakMapConstructor = find.constructorOf('WeakMap');
  const weakSetConstructor = find.constructorOf('WeakSet');
  const weakRefConstructor = find.constructorOf('WeakRef');
  const map = mapConstructor && new mapConstructor<unknown, unknown>();
  const set = setConstructor && new setConstructor<unknown>();
  const weakMap = weakMapConstructor && new weakMapConstructor<object, unknown>();
  const weakSet = weakSetConstructor && new weakSetConstructor();
  const mapHolder = holder('Map.prototype', mapConstructor?.prototype);
  const setHolder = holder('Set.prototype', setConstructor?.prototype);
  const weakMapHolder = holder('WeakMap.prototype', weakMapConstructor?.prototype);
  const weakSetHolder = holder('WeakSet.prototype', weakSetConstructor?.prototype);
  const weakRefHolder = holder('WeakRef.prototype', weakRefConstructor?.prototype);
  const mapKeys = mapHolder.ofClass('keys', mapHolder.method('keys'), map);
  const setValues = setHolder.ofClass('values', setHolder.method('values'), set);
  const mapIterator = map && mapKeys ? apply(mapKeys, map, []) : undefined;
  const setIterator = set && setValues ? apply(setValues, set, []) : undefined;
  const mapIterators = holder('%MapIteratorPrototype%', prototypeOf(mapIterator));
  const setIterators = holder('%SetIteratorPrototype%', prototypeOf(setIterator));
  const mapGet = mapHolder.ofClass('get', mapHolder.method('get'), map, bare);
  const mapSet = mapHolder.ofClass('set', mapHolder.method('set'), map, bare, bare);
  const mapNext = mapIterators.methodOf(mapIterator, 'next');
  const setNext = setIterators.methodOf(setIterator, 'next');
  const weakMapGet = weakMapHolder.ofClass('get', weakMapHolder.method('get'), weakMap, bare);
  const weakMapSet = weakMapHolder.ofClass('set', weakMapHolder.method('set'), weakMap, bare, bare);
  const deref = weakRefHolder.untyped('deref');
  /** A Map is read with all three, or not at all. */
  const readsMaps = mapKeys !== undefined && mapNext !== undefined && mapGet !== undefined;

  function prototypeOf(value: unknown): object | undefined {
    return typeof value === 'object' && value !== null ? intrinsicPrototype(value) : undefined;
  }

  return {
    maps: mapConstructor && mapGet && mapSet ? { make: mapConstructor, get: mapGet, set: mapSet } : null,
    weakMaps:
      weakMapConstructor && weakMapGet && weakMapSet
        ? { make: weakMapConstructor, get: weakMapGet, set: weakMapSet }
        : null,
    mapKeys: readsMaps ? mapKeys : unknown,
    mapNext: mapNext ?? unknown,
    mapGet: mapGet ?? unknown,
    mapSize: mapHolder.getterOf(map, 'size') ?? refuses,
    setValues: setNext === undefined ? unknown : (setValues ?? unknown),
    setNext: setNext ?? unknown,
    setSize: setHolder.getterOf(set, 'size') ?? refuses,
    weakMapHas: weakMapHolder.methodOf(weakMap, 'has', bare) ?? refuses,
    weakSetHas: weakSetHolder.methodOf(weakSet, 'has', bare) ?? refuses,
    deref: deref ?? refuses,
    /** A weak reference; undefined when none can be made or read. */
    weakRef:
      weakRefConstructor === undefined || deref === undefined
        ? unknown
        : (target: object): object => new weakRefConstructor(target),
    mapPrototype: mapHolder.target,
    setPrototype: setHolder.target,
    weakMapPrototype: weakMapHolder.target,
    weakSetPrototype: weakSetHolder.target,
    weakRefPrototype: weakRefHolder.target,
    mapIteratorPrototype: mapIterators.target,
    setIteratorPrototype: setIterators.target,
  };
}

/** Builtins of buffers and their views. */
export function binaryBuiltins({ scope, judge, find, holder, reflection }: Finding, toStringTag: symbol | undefined) {
  const { apply, intrinsicPrototype } = reflection;
  const bufferConstructor = find.constructorOf('ArrayBuffer');
  const viewConstructor = find.constructorOf('DataView');
  const bytes = find.constructorOf('Uint8Array');
  const buffer = bufferConstructor && new bufferConstructor(0);
  const view = viewConstructor && buffer && new viewConstructor(buffer);
  const byteArray = bytes && new bytes(0);
  const buffers = holder('ArrayBuffer.prototype', bufferConstructor?.prototype);
  const sharedBuffers = holder('SharedArrayBuffer.prototype', find.constructorOf('SharedArrayBuffer')?.prototype);
  const views = holder('DataView.prototype', viewConstructor?.prototype);
  const typedArrays = holder('%TypedArray%.prototype', bytes && intrinsicPrototype(bytes.prototype));
  const viewByteLength = views.getterOf(view, 'byteLength') ?? refuses;
  const length = typedArrays.getterOf(byteArray, 'length');
  const tag =
    toStringTag === undefined
      ? undefined
      : find.serves(
          typedArrays.getter(toStringTag, '[Symbol.toStringTag]'),
          '%TypedArray%.prototype[Symbol.toStringTag]',
          (tag) => apply(tag, bare, []) === undefined && apply(tag, byteArray, []) === 'Uint8Array',
        );
  const halfFloats = judge.data(scope, 'Float16Array');

  /** Builtins of a view of a buffer. */
  function isTypedArray(target: object): boolean {
    if (tag !== undefined) return apply(tag, target, []) !== undefined;
    try {
      apply(viewByteLength, target, []);
      return false;
    } catch {
      return true;
    }
  }

  return {
    isView: holder('ArrayBuffer', bufferConstructor).method('isView') ?? no,
    byteLength: buffers.getterOf(buffer, 'byteLength') ?? refuses,
    sharedByteLength: sharedBuffers.getter('byteLength') ?? refuses,
    viewByteLength,
    viewBuffer: views.getterOf(view, 'buffer') ?? refuses,
    viewOffset: views.getterOf(view, 'byteOffset') ?? refuses,
    isTypedArray,
    typedArrayLength: length ?? refuses,
    /** Whether `typedArrayLength` works. */
    measuresTypedArrays: length !== undefined,
    typedArrayBuffer: typedArrays.getterOf(byteArray, 'buffer') ?? refuses,
    typedArrayOffset: typedArrays.getterOf(byteArray, 'byteOffset') ?? refuses,
    typedArrayByteLength: typedArrays.getterOf(byteArray, 'byteLength') ?? refuses,
    /** In V8 since Chromium 135. */
    hasHalfFloats: isFunction(halfFloats) && judge.looksNative(halfFloats, 'Float16Array'),
    arrayBufferPrototype: buffers.target,
    sharedBufferPrototype: sharedBuffers.target,
  };
}

/** Builtins of primitives, dates and regular expressions. */
export function valueBuiltins({ judge, find, holder, reflection }: Finding) {
  const { apply, appliesToPrimitives, boxed, intrinsicPrototype } = reflection;
  const stringConstructor = find.constructorOf('String');
  const strings = holder('String.prototype', stringConstructor?.prototype);
  const numbers = holder('Number.prototype', find.constructorOf('Number')?.prototype);
  const booleans = holder('Boolean.prototype', find.constructorOf('Boolean')?.prototype);
  const symbolConstructor = find.constructorOf('Symbol');
  const symbols = holder('Symbol.prototype', symbolConstructor?.prototype);
  const bigints = holder('BigInt.prototype', find.constructorOf('BigInt')?.prototype);
  const dateConstructor = find.constructorOf('Date');
  const dates = holder('Date.prototype', dateConstructor?.prototype);
  const regexps = holder('RegExp.prototype', intrinsicPrototype(/x/));
  const toStringTag: unknown = judge.data(symbolConstructor, 'toStringTag');
  const stringValue = strings.methodOf(boxed(''), 'valueOf');
  const slice = find.serves(
    strings.method('slice'),
    'String.prototype.slice',
    (slice) => !appliesToPrimitives || apply(slice, 'ab', [0, 1]) === 'a',
  );
  const fromCharCode = holder('String', stringConstructor).method('fromCharCode');
  return {
    slice: appliesToPrimitives ? slice : undefined,
    isWellFormed: appliesToPrimitives ? strings.untyped('isWellFormed') : undefined,
    includes: appliesToPrimitives ? strings.method('includes') : undefined,
    /** The code of one character; a stand-in answers a code beyond all others. */
    fromCharCode: fromCharCode ?? (() => '\uffff'),
    /** Whether many codes can become a text at once. */
    joinsCodes: fromCharCode !== undefined && appliesToPrimitives,
    symbolConstructor,
    toStringTag: typeof toStringTag === 'symbol' ? toStringTag : undefined,
    description: symbols.getterOf(boxed(toStringTag), 'description') ?? unknown,
    keyFor: holder('Symbol', symbolConstructor).method('keyFor') ?? unknown,
    bigintText: bigints.ofClass('toString', bigints.method('toString'), boxed(0n)) ?? unknown,
    dateConstructor,
    getTime: dates.untyped('getTime') ?? refuses,
    numberValue: numbers.methodOf(boxed(0), 'valueOf') ?? refuses,
    stringValue: stringValue ?? refuses,
    /** Whether `stringValue` works. */
    knowsStrings: stringValue !== undefined,
    booleanValue: booleans.methodOf(boxed(false), 'valueOf') ?? refuses,
    symbolValue: symbols.methodOf(boxed(toStringTag), 'valueOf') ?? refuses,
    bigintValue: bigints.methodOf(boxed(0n), 'valueOf') ?? refuses,
    regexpSource: regexps.getter('source') ?? refuses,
    hasIndices: regexps.getter('hasIndices') ?? refuses,
    global: regexps.getter('global') ?? refuses,
    ignoreCase: regexps.getter('ignoreCase') ?? refuses,
    multiline: regexps.getter('multiline') ?? refuses,
    dotAll: regexps.getter('dotAll') ?? refuses,
    unicode: regexps.getter('unicode') ?? refuses,
    unicodeSets: regexps.getter('unicodeSets') ?? refuses,
    sticky: regexps.getter('sticky') ?? refuses,
    datePrototype: dates.target,
    regexpPrototype: regexps.target,
    symbolPrototype: symbols.target,
    bigintPrototype: bigints.target,
  };
}

/** Builtins of the browser. Node and some workers lack most of them. */
export function browserBuiltins({ scope, judge, find, holder, reflection }: Finding, inNode: boolean) {
  const { apply } = reflection;
  const prototypeOf = (name: string): object | undefined => find.prototypeIn(find.browserClass(name));
  const nodes = holder('Node.prototype', prototypeOf('Node'));
  const elements = holder('Element.prototype', prototypeOf('Element'));
  const eventTargets = holder('EventTarget.prototype', prototypeOf('EventTarget'));
  const window = holder('window', scope);
  const getAttribute = elements.untyped('getAttribute');
  const attributeNames = elements.untyped('getAttributeNames');
  const addEventListener = eventTargets.kept('addEventListener');
  const removeEventListener = eventTargets.kept('removeEventListener');
  const hangs = addEventListener !== undefined && removeEventListener !== undefined;
  // Those of Node are ordinary functions, which would look replaced.
  const setTimeout = inNode ? undefined : window.kept('setTimeout');
  const clearTimeout = inNode ? undefined : window.kept('clearTimeout');
  // The page cannot replace it.
  const ownWindow = judge.usable ? judge.descriptorOf(scope, 'window') : undefined;
  const windowGetter = ownWindow === undefined || judge.hasValue(ownWindow) ? undefined : ownWindow.get;
  const lenientGetter = find.serves(
    window.getter('onmouseenter'),
    'window.onmouseenter',
    (getter) => apply(getter, scope, []) !== undefined && apply(getter, bare, []) === undefined,
  );
  return {
    nodeType: nodes.getter('nodeType') ?? refuses,
    isConnected: nodes.getter('isConnected') ?? refuses,
    nodeName: nodes.getter('nodeName') ?? refuses,
    nodeValue: nodes.getter('nodeValue') ?? refuses,
    firstChild: nodes.getter('firstChild') ?? refuses,
    nextSibling: nodes.getter('nextSibling') ?? refuses,
    localName: elements.getter('localName') ?? refuses,
    getAttribute: getAttribute ?? unknown,
    attributeNames: getAttribute === undefined ? unknown : (attributeNames ?? unknown),
    exceptionMessage: holder('DOMException.prototype', prototypeOf('DOMException')).getter('message') ?? refuses,
    eventDetail: holder('CustomEvent.prototype', prototypeOf('CustomEvent')).getter('detail') ?? refuses,
    // A listener that never ends would be worse than none.
    addEventListener: hangs ? addEventListener : refuses,
    removeEventListener: hangs ? removeEventListener : refuses,
    setTimeout: setTimeout ?? unknown,
    clearTimeout: clearTimeout ?? unknown,
    /** Whether a listener can be kept for a time. */
    holdsListeners: hangs && setTimeout !== undefined,
    performanceNow: holder('Performance.prototype', prototypeOf('Performance')).untyped('now'),
    hasWindows: typeof windowGetter === 'function',
    inBrowser: typeof windowGetter === 'function' || prototypeOf('WorkerGlobalScope') !== undefined,
    windowGetter: typeof windowGetter === 'function' ? windowGetter : refuses,
    /**
     * Answers undefined for everything except windows, and never throws, as the standard says (`LegacyLenientThis`). Its stand-in
     * leaves the decision to `windowGetter`.
     */
    lenientGetter: lenientGetter ?? (typeof windowGetter === 'function' ? () => null : unknown),
    nodePrototype: nodes.target,
    images: imageBuiltins({ scope, judge, find, holder, reflection }),
  };
}

/** What tells the size of one sort of image. */
export interface ImageSort {
  /** The name of its class, which says only what to try. */
  readonly name: string;
  /** Throw for anything else. */
  readonly width: () => unknown;
  readonly height: () => unknown;
}

/** The builtins that measure images and read their pixels. Node and some workers lack them. */
function imageBuiltins({ find, holder, reflection }: Finding) {
  const { apply } = reflection;
  const prototypeOf = (name: string): object | undefined => find.prototypeIn(find.browserClass(name));
  const sort = (name: string, width: string, height: string): ImageSort => {
    const own = holder(`${name}.prototype`, prototypeOf(name));
    return { name, width: own.getter(width) ?? refuses, height: own.getter(height) ?? refuses };
  };
  const canvasConstructor = find.constructorOf('OffscreenCanvas');
  const canvases = holder('OffscreenCanvas.prototype', prototypeOf('OffscreenCanvas'));
  const contexts = holder(
    'OffscreenCanvasRenderingContext2D.prototype',
    prototypeOf('OffscreenCanvasRenderingContext2D'),
  );
  const getContext = canvases.untyped('getContext');
  const drawImage = contexts.untyped('drawImage');
  const getImageData = contexts.untyped('getImageData');
  const imageData = holder('ImageData.prototype', prototypeOf('ImageData'));
  const drawn: List<ImageSort> = {
    __proto__: null,
    0: sort('HTMLCanvasElement', 'width', 'height'),
    1: sort('OffscreenCanvas', 'width', 'height'),
    2: sort('ImageBitmap', 'width', 'height'),
    3: sort('HTMLImageElement', 'naturalWidth', 'naturalHeight'),
  };
  return {
    imageData: sort('ImageData', 'width', 'height'),
    /** What has to be drawn before its pixels can be read. */
    drawn,
    drawnCount: 4,
    /** The bytes of an ImageData. */
    dataOf: imageData.getter('data') ?? unknown,
    /** A canvas that nobody else has, with its context; null when there is none. */
    makeContext:
      canvasConstructor && getContext
        ? (width: number, height: number): unknown =>
            apply(getContext, new canvasConstructor(width, height), [
              '2d',
              { __proto__: null, willReadFrequently: true },
            ])
        : null,
    drawImage: drawImage ?? unknown,
    getImageData: getImageData ?? unknown,
  };
}
