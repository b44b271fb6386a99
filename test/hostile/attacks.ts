/** What pages do to whoever reads them, for the page of hostile values (page/values.js). */

/** What a page may have done to the builtins before it is read. */
export const attacks: readonly (readonly [name: string, script: string])[] = [
  ['nothing', ''],
  ['Array.prototype', replaced('Array.prototype')],
  ['Function.prototype', replaced('Function.prototype')],
  ['Map.prototype and Set.prototype', `${replaced('Map.prototype')} ${replaced('Set.prototype')}`],
  ['Reflect, Set.prototype, timers and events by methods of the same name', byMethods()],
  ['JSON', replaced('JSON')],
  ['Reflect', replaced('Reflect')],
  ['Object but its descriptors', replaced('Object', "key !== 'getOwnPropertyDescriptor' && key !== 'prototype'")],
  ['Object.prototype', replaced('Object.prototype', "key !== '__proto__' && key !== 'constructor'")],
  ['String.prototype', replaced('String.prototype')],
  ['Symbol.prototype and BigInt.prototype', `${replaced('Symbol.prototype')} ${replaced('BigInt.prototype')}`],
  ['Promise.prototype', replaced('Promise.prototype')],
  ['EventTarget.prototype', replaced('EventTarget.prototype')],
  ['Node.prototype and Element.prototype', `${replaced('Node.prototype')} ${replaced('Element.prototype')}`],
  ['timers', "for (const key of ['setTimeout', 'clearTimeout', 'queueMicrotask']) globalThis[key] = wire(key);"],
  ['clocks', "Date.now = wire('now', 0); Performance.prototype.now = wire('performance.now', 0);"],
  ['WeakMap', "globalThis.WeakMap = wire('WeakMap'); globalThis.WeakRef = wire('WeakRef');"],
  ['Error', "globalThis.Error = wire('Error');"],
  ['Error.isError', "Error.isError = wire('isError');"],
  ['no Error.isError', 'delete Error.isError;'],
  ['Error.prepareStackTrace', "Error.prepareStackTrace = wire('prepareStackTrace', '');"],
  [
    'what Error inherits',
    `${quietErrors()} Function.prototype.prepareStackTrace = wire('inherited prepareStackTrace', '');`,
  ],
  [
    'what Error inherits from',
    `${quietErrors()} Object.setPrototypeOf(Error, { __proto__: Function.prototype, prepareStackTrace: wire('inserted prepareStackTrace', '') });`,
  ],
  [
    'Error.prototype',
    "for (const key of ['name', 'message', 'toString']) Object.defineProperty(Error.prototype, key, { get: wire(key) });",
  ],
  [
    'setters for indices',
    "for (const holder of [Array.prototype, Object.prototype]) for (let index = 0; index < 9; index += 1) Object.defineProperty(holder, index, { get: wire('index'), set: wire('set index'), configurable: true });",
  ],
  [
    // For objects whose properties the browser itself answers for, V8 reads descriptors that inherit from the page's
    // Object.prototype, however they are asked for: without those.
    'descriptors',
    "for (const key of ['foreign', 'documentAll', 'form', 'answered', 'storage', 'namedElements', 'callable']) delete cases[key]; for (const key of ['get', 'set', 'value', 'enumerable', 'writable', 'configurable']) Object.defineProperty(Object.prototype, key, { __proto__: null, get: wire(key), set: wire(key), configurable: true });",
  ],
  [
    'names of our own',
    "for (const key of ['at', 'frames', 'roots', 'view', 'type', 'scopes', 'sought', 'agent', 'length', 'next', 'first', 'token']) if (!(key in Object.prototype)) Object.defineProperty(Object.prototype, key, { __proto__: null, get: wire(key), set: wire(key), configurable: true });",
  ],
  [
    'enumerable names',
    "for (const holder of [Object.prototype, Error.prototype]) for (const key of ['0', '1', 'a', 'type', 'listener', 'click', 'memory-graph-call']) Object.defineProperty(holder, key, { __proto__: null, get: wire(key), set: wire(key), enumerable: true, configurable: true });",
  ],
  ['the names of the command line', 'for (const key of commandLine) globalThis[key] = wire(key, () => ({}));'],
  [
    'the names of the command line by getters',
    'for (const key of commandLine) Object.defineProperty(globalThis, key, { get: wire(key), set: wire(key), configurable: true });',
  ],
  [
    'the names of the command line above the window',
    'for (const key of commandLine) Object.defineProperty(Object.prototype, key, { get: wire(key), set: wire(key), configurable: true });',
  ],
  [
    'globals by getters',
    "for (const key of ['Reflect', 'Object', 'globalThis', 'Map', 'Array', 'Error', 'Event', 'CustomEvent']) { const value = globalThis[key]; Object.defineProperty(globalThis, key, { get: wire('global ' + key, () => value), configurable: true }); }",
  ],
  [
    'EventTarget and other classes of the browser by proxies',
    "for (const name of ['EventTarget', 'Node', 'Element', 'Performance', 'CustomEvent', 'DOMException', 'Promise']) globalThis[name] = wired('class ' + name, globalThis[name]);",
  ],
  ['Reflect and others by builtins of their name', byNamesakes()],
  [
    'Function.prototype.toString by its namesake of arrays',
    "Function.prototype.toString = Array.prototype.toString; for (const key of ['join', Symbol.toStringTag]) Object.defineProperty(Function.prototype, key, getter('of functions ' + String(key)));",
  ],
  [
    'Function.prototype.toString by its namesake of objects',
    "Function.prototype.toString = Object.prototype.toString; Object.defineProperty(Function.prototype, Symbol.toStringTag, getter('tag of functions'));",
  ],
  ['no Reflect', 'delete globalThis.Reflect; globalThis.globalThis = { Object: wire("Object of another global") };'],
  ['no Object', 'globalThis.Object = null; delete globalThis.globalThis;'],
  ['nothing, and no error whose description runs code', 'for (const name of fighting) delete cases[name];'],
  [
    'well-known symbols',
    "{ const { defineProperty, ownKeys } = Reflect; const holders = [Object.prototype, Function.prototype, Array.prototype, Error.prototype]; const keys = ownKeys(Symbol); for (let at = 0; at < keys.length; at += 1) for (let on = 0; on < 4; on += 1) if (typeof Symbol[keys[at]] === 'symbol') defineProperty(holders[on], Symbol[keys[at]], { get: wire(keys[at]), set: wire(keys[at]), configurable: true }); }",
  ],
  [
    '__proto__ and what errors are told by',
    "Object.defineProperty(Object.prototype, '__proto__', { get: wire('__proto__'), set: wire('__proto__') }); for (const key of ['stackTraceLimit', 'captureStackTrace']) Object.defineProperty(Error, key, { get: wire(key), set: wire(key) }); for (const key of ['cause', 'errors', 'stack']) Object.defineProperty(Object.prototype, key, { get: wire(key), set: wire(key), configurable: true });",
  ],
  [
    'everything by what is frozen',
    "for (const key of ['type', 'next', 'value', 'id', 'visit', 'names', 'text', 'method']) Object.defineProperty(Object.prototype, key, { __proto__: null, value: null, writable: false }); for (const holder of [Object, Array, Function, Map, Set, WeakMap, WeakRef, String, Error, Promise, Symbol]) { Object.freeze(holder); Object.freeze(holder.prototype); } Object.freeze(Reflect);",
  ],
  [
    'listeners of all that can be heard',
    "for (const type of ['error', 'unhandledrejection', 'rejectionhandled', 'securitypolicyviolation', 'message', 'DOMNodeInserted']) addEventListener(type, wire(type), true); new MutationObserver(wire('mutation')).observe(document, { subtree: true, childList: true, attributes: true, characterData: true }); globalThis.onerror = wire('onerror'); globalThis.addEventListener = wire('addEventListener'); globalThis.dispatchEvent = wire('dispatchEvent');",
  ],
  [
    'listeners by objects whose handleEvent is code',
    "addEventListener('a', Object.defineProperty({}, 'handleEvent', getter('handleEvent'))); addEventListener('b', wired('listener'));",
  ],
  [
    'everything that may be missing',
    "for (const holder of [Object.prototype, Array.prototype]) for (const key of ['0', '1', 'length', 'index', 'then', 'next', 'done', 'toJSON', 'prototype', 'name', 'message', 'stack', 'listener', 'detail', 'at']) if (!Reflect.getOwnPropertyDescriptor(holder, key)) Object.defineProperty(holder, key, { __proto__: null, get: wire('missing ' + key), set: wire('set missing ' + key), configurable: true });",
  ],
  [
    'iterators',
    "for (const holder of [Array, Map, Set, String]) holder.prototype[Symbol.iterator] = wire('iterator');",
  ],
];

/** Those whose traps run without the debugger, which alone can see that an object is a proxy. */
export const proxyAttacks: typeof attacks = [
  [
    'what is above the prototypes by proxies',
    "for (const name of fighting) delete cases[name]; for (const holder of [Array, Map, Set, WeakMap, WeakSet, WeakRef, Promise, Error, Date, RegExp, String, Number, Symbol, ArrayBuffer, DataView]) Object.setPrototypeOf(holder.prototype, wired('above ' + holder.name)); Object.setPrototypeOf(Function.prototype, wired('above Function'));",
  ],
  [
    'descriptors by proxies',
    "for (const [holder, key] of [[Reflect, 'getOwnPropertyDescriptor'], [Object, 'getOwnPropertyDescriptor'], [Reflect, 'getPrototypeOf'], [Reflect, 'apply']]) { const value = holder[key]; if (holder !== Object) holder[key] = new Proxy(value, traps(key, function (target, self, list) { return target.apply(self, list); })); }",
  ],
];

/** Leaves only errors whose description runs no code of their own, in what has to be asked for. */
function quietErrors(): string {
  return "for (const name of fighting) delete cases[name]; cases.quiet = [new Proxy(new TypeError('target'), {}), Promise.resolve(new TypeError('result'))];";
}

/** What a running page goes on doing between two questions of the debugger. */
export const changes: typeof attacks = [
  ['a proxy comes above it', changing('setPrototypeOf(Link.prototype, on ? above : Object.prototype)')],
  [
    'it gets a tag',
    changing(
      'on ? defineProperty(Link.prototype, Symbol.toStringTag, tag) : delete Link.prototype[Symbol.toStringTag]',
    ),
  ],
];

/** A long list of a class to whose prototype `change` is done again and again. */
function changing(change: string): string {
  return `class Link { constructor(next) { this.next = next; } }
    globalThis.changing = null;
    for (let count = 0; count < 40; count += 1) changing = new Link(changing);
    const { defineProperty, setPrototypeOf } = Object;
    const above = wired('a later prototype');
    const tag = { get: wire('a later tag'), configurable: true };
    const { port1, port2 } = new MessageChannel();
    let on = false;
    port1.onmessage = () => {
      on = !on;
      ${change};
      port2.postMessage(0);
    };
    port2.postMessage(0);`;
}

/** After these the debugger could not read without running code of the page: a sentence says so. */
export const refusedAttacks: typeof attacks = [
  [
    '__lookupGetter__ and, by a getter, Reflect',
    "{ const value = Reflect; Object.prototype.__lookupGetter__ = wire('lookup'); Object.defineProperty(globalThis, 'Reflect', getter('Reflect', () => value)); }",
  ],
];

/** Puts a counting function, which does its work all the same, in the place of each method. */
function replaced(holder: string, condition = 'true'): string {
  return `for (const key of Reflect.ownKeys(${holder})) {
    const descriptor = Reflect.getOwnPropertyDescriptor(${holder}, key);
    if (!descriptor.configurable || key === 'constructor' || !(${condition})) continue;
    for (const part of ['value', 'get', 'set'])
      if (typeof descriptor[part] === 'function') descriptor[part] = wire('${holder} ' + String(key), descriptor[part]);
    Reflect.defineProperty(${holder}, key, descriptor);
  }`;
}

/** The names of `cases` that lead to no proxy. */
export const tame: readonly string[] = [
  'primitives',
  'texts',
  'keys',
  'inWeakRef',
  'getters',
  'indexGetter',
  'lengthy',
  'methods',
  'tagged',
  'constructed',
  'named',
  'misnamed',
  'loud',
  'loudMap',
  'nullPrototype',
  'prototypes',
  'likeADate',
  'likeAPromise',
  'likeAGenerator',
  'date',
  'regexp',
  'boxes',
  'errors',
  'holdsErrors',
  'hugeMap',
  'hugeBytes',
  'hugeArray',
  'extras',
  'foreign',
  'removedFrame',
  'own',
  'form',
  'loudElement',
  'views',
  'functions',
  'shared',
  'list',
  'longList',
  'deadZone',
  'markup',
  'overridden',
  'buffers',
  'lastIndex',
  'invalidDate',
  'registry',
  'international',
  'unnamed',
  'manyPrototypes',
  'farTag',
  'stacklessError',
  'farError',
  'tree',
  'module',
  'storage',
  'namedElements',
  'frozenClass',
  'hugeNumber',
  'hugeNames',
  'hugeExpression',
  'manyKeys',
  'callable',
  'riggedBound',
  'riggedReceiver',
  'riggedPrototypes',
  'riggedOwn',
  'riggedPrivate',
  'withError',
  'boundGetters',
];

/** The same by methods, which have all that builtins have but for their text. */
function byMethods(): string {
  return `{
    const { apply, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
    for (const holder of [Reflect, Set.prototype, EventTarget.prototype, globalThis])
      for (const key of ownKeys(holder)) {
        const descriptor = getOwnPropertyDescriptor(holder, key);
        if (!descriptor.configurable || key === 'constructor') continue;
        if (holder === globalThis && !['setTimeout', 'clearTimeout', 'performance'].includes(key)) continue;
        for (const part of ['value', 'get', 'set']) {
          const { [part]: builtin } = descriptor;
          if (typeof builtin !== 'function') continue;
          const wired = wire('method ' + String(key));
          const { name } = builtin;
          const method = { [name](...list) { wired(); return apply(builtin, this, list); } };
          descriptor[part] = method[name];
        }
        defineProperty(holder, key, descriptor);
      }
  }`;
}

/** Builtins of the same text in each other's places: some read what the page has put on an object, the others throw. */
function byNamesakes(): string {
  return `{
    const { getOwnPropertyDescriptor, getPrototypeOf, defineProperty } = Object;
    const accessor = (holder, key, from) => defineProperty(holder, key, getOwnPropertyDescriptor(from, key));
    const TypedArray = getPrototypeOf(Uint8Array);
    for (const holder of [Map, Set, Object, BigInt])
      for (const key of ['join', 'length', Symbol.toStringTag])
        if (holder !== Object || key === 'join') defineProperty(holder.prototype, key, getter(holder.name + ' ' + String(key)));
    Array.prototype.join = wire('join');
    String.prototype.slice = Array.prototype.slice;
    BigInt.prototype.toString = Object.prototype.toString;
    Object.prototype.toString = Array.prototype.toString;
    Array.prototype.toString = wire('toString');
    Object.keys = Map.prototype.keys;
    Map.prototype.keys = Array.prototype.keys;
    Set.prototype.values = Array.prototype.values;
    Array.prototype.values = Map.prototype.values;
    getPrototypeOf(new Map().entries()).next = getPrototypeOf([].keys()).next;
    WeakMap.prototype.set = Map.prototype.set;
    WeakMap.prototype.has = Reflect.has;
    for (const holder of [Number, String, Symbol]) holder.prototype.valueOf = Object.prototype.valueOf;
    accessor(Map.prototype, 'size', Set.prototype);
    accessor(Symbol.prototype, 'description', MimeType.prototype);
    accessor(ArrayBuffer.prototype, 'byteLength', DataView.prototype);
    accessor(TypedArray.prototype, 'length', NodeList.prototype);
    accessor(TypedArray.prototype, Symbol.toStringTag, Iterator.prototype);
    Reflect.apply = Function.prototype.apply;
  }`;
}
