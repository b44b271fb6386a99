// @ts-nocheck Values that no type describes are the point.
/** What a page can hold, by name. `cases` is what is drawn. */
const forEver = () => {
  for (;;);
};
const getter = (name, result) => ({
  get: wire(`get ${name}`, result),
  set: wire(`set ${name}`),
  enumerable: true,
  configurable: true,
});
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
const rejected = (reason) => {
  const promise = Promise.reject(reason);
  Promise.prototype.catch.call(promise, () => {});
  return promise;
};

class Private {
  #field = wired('in private field');
  #plain = 1;
  get #getter() {
    return wire('private getter')();
  }
  #method() {}
  static #count = 2;
  static make() {
    return [new Private(), Private.#count];
  }
  uses() {
    return [this.#getter, this.#method(), this.#plain, this.#field];
  }
}

class Loud {
  get getter() {
    return wire('class getter')();
  }
  get [Symbol.toStringTag]() {
    return wire('class toStringTag', 'Loud')();
  }
  static get name() {
    return wire('class name', 'Loud')();
  }
  static [Symbol.hasInstance]() {
    return wire('hasInstance')();
  }
  toString() {
    return wire('class toString')();
  }
}

class LoudMap extends Map {
  get size() {
    return wire('size')();
  }
  static get [Symbol.species]() {
    return wire('species')();
  }
}
for (const key of ['get', 'set', 'has', 'keys', 'values', 'entries', 'forEach', Symbol.iterator])
  LoudMap.prototype[key] = wire(`LoudMap ${String(key)}`);

class LoudError extends Error {}
for (const key of ['name', 'message', 'stack', 'toString', 'constructor'])
  Object.defineProperty(LoudError.prototype, key, getter(`LoudError ${key}`));

class LoudElement extends HTMLElement {
  static observedAttributes = ['title'];
}
for (const key of [
  'id',
  'className',
  'localName',
  'nodeName',
  'nodeType',
  'attributes',
  'childNodes',
  'firstChild',
  'title',
])
  Object.defineProperty(LoudElement.prototype, key, getter(`LoudElement ${key}`));
LoudElement.prototype.getAttribute = wire('LoudElement getAttribute');
LoudElement.prototype.attributeChangedCallback = wire('LoudElement attributeChanged');
customElements.define('loud-element', LoudElement);

const generator = (function* running(argument) {
  const local = wired('generator local');
  yield local;
  yield argument;
})(wired('generator argument'));
generator.next();
generator.next = wire('next');
generator[Symbol.iterator] = wire('generator iterator');

const closure = (() => {
  const captured = wired('closure variable');
  let count = 0;
  return () => [captured, (count += 1)];
})();

/** A variable that its scope never comes to: reading it throws. */
const deadZone = (() => {
  const reads = () => never;
  if (reads) return reads;
  const never = 1;
})();

const longList = { next: null };
for (let index = 0, last = longList; index < 5000; index += 1) last = last.next = { next: null };

const hugeMap = new Map();
for (let index = 0; index < 100_000; index += 1) hugeMap.set(index, index);

/** Subclasses whose every accessor and method counts. */
const overridden = (Base, ...parameters) => {
  class Overridden extends Base {}
  for (let from = Base.prototype; from && from !== Object.prototype; from = Object.getPrototypeOf(from))
    for (const key of Reflect.ownKeys(from))
      if (key !== 'constructor') Object.defineProperty(Overridden.prototype, key, getter(`overridden ${String(key)}`));
  Object.defineProperty(Overridden, Symbol.species, getter('overridden species'));
  return Object.setPrototypeOf(Reflect.construct(Base, parameters), Overridden.prototype);
};

/** The lowest of so many prototypes, of which the topmost inherits from `above`. */
const below = (count, above, properties) => {
  let lowest = Object.create(above, properties);
  for (let hop = 1; hop < count; hop += 1) lowest = Object.create(lowest);
  return lowest;
};

const shrunk = () => {
  const buffer = new ArrayBuffer(16, { maxByteLength: 16 });
  const views = [new Uint8Array(buffer, 8), new Uint8Array(buffer), new DataView(buffer, 8)];
  buffer.resize(4);
  return [buffer, ...views];
};

const detached = () => {
  const buffer = new ArrayBuffer(8);
  const view = new Uint8Array(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  return [buffer, view];
};

const lies = Array.from({ length: 10_000 }, (_, index) => `key${index}`);
const self = { name: 'self' };
self.self = self;
const list = { next: null };
for (let index = 0, last = list; index < 60; index += 1) last = last.next = { index, next: null };

var cases = {
  primitives: [undefined, null, true, -0, NaN, 10n ** 30n, Symbol('s'), Symbol(), 'x'.repeat(100_000_000)],
  texts: [
    '"\'`\\',
    '\u0000\n',
    '<img src=x onerror=alert(1)>',
    '\u202eabc',
    '\ud800',
    'javascript:alert(1)',
    'zero\u200bwidth\ufeff',
    '\ufffe\uffff',
    '&',
    '\u{1f600}',
  ],
  keys: {
    ['__proto__']: 1,
    constructor: 2,
    '': 3,
    ['k'.repeat(100_000)]: 4,
    '<b>': 5,
    [Symbol('s')]: 6,
    [Symbol()]: 7,
  },
  revoked: [revoked({}), revoked([]), revoked(() => {})],
  proxies: [wired('plain'), wired('array', []), wired('callable', () => {}), wired('of proxy', wired('inner'))],
  forEver: new Proxy(
    {},
    traps(
      'for ever',
      () =>
        new Proxy(
          {},
          traps('for ever', () => []),
        ),
    ),
  ),
  liar: new Proxy(
    {},
    traps('liar', () => lies),
  ),
  aboveAnObject: Object.create(wired('prototype')),
  aboveAnArray: Object.setPrototypeOf([1, 2], wired('prototype of array')),
  aboveAMap: Object.setPrototypeOf(new Map([[1, 2]]), wired('prototype of map')),
  aboveAFunction: Object.setPrototypeOf(function below() {}, wired('prototype of function')),
  aboveADate: Object.setPrototypeOf(new Date(5), wired('prototype of date')),
  aboveAPromise: Object.setPrototypeOf(Promise.resolve(1), wired('prototype of promise')),
  aboveAnError: Object.setPrototypeOf(new Error('below'), wired('prototype of error')),
  aboveABuffer: Object.setPrototypeOf(new Uint8Array(3), wired('prototype of bytes')),
  constructedByAProxy: Object.create({ constructor: wired('constructor', function Made() {}) }),
  inMap: new Map([[wired('key'), wired('value')]]),
  inSet: new Set([wired('member')]),
  inWeakMap: new WeakMap([[self, wired('weak value')]]),
  inWeakSet: new WeakSet([self]),
  inWeakRef: new WeakRef(self),
  inPromise: Promise.resolve([wired('result')]),
  inPrivateFields: Private.make(),
  inAClosure: closure,
  inBound: (() => {}).bind(wired('bound this'), wired('bound argument')),
  generator,
  iterators: [[wired('iterated')].values(), new Map([[1, wired('iterated value')]]).entries(), new Set([1]).values()],
  getters: Object.defineProperties(
    {},
    {
      counts: getter('counts'),
      throws: getter('throws', () => {
        throw 1;
      }),
      hangs: getter('hangs', forEver),
    },
  ),
  indexGetter: Object.defineProperty([1, 2], 0, getter('index')),
  lengthy: {
    length: 5,
    get 0() {
      return wire('get 0')();
    },
  },
  methods: {
    toString: wire('toString'),
    valueOf: wire('valueOf'),
    toJSON: wire('toJSON'),
    then: wire('then'),
    inspect: wire('inspect'),
    [Symbol.toPrimitive]: wire('toPrimitive'),
    [Symbol.iterator]: wire('iterator'),
    [Symbol.asyncIterator]: wire('asyncIterator'),
    [Symbol.for('nodejs.util.inspect.custom')]: wire('custom inspect'),
  },
  tagged: Object.defineProperty({}, Symbol.toStringTag, getter('toStringTag')),
  constructed: Object.create(Object.defineProperty({}, 'constructor', getter('constructor'))),
  named: Object.create({ constructor: Object.defineProperty(() => {}, 'name', getter('name')) }),
  misnamed: Object.create({
    constructor: Object.defineProperty(() => {}, 'name', { value: { toString: wire('name toString') } }),
  }),
  loud: [Loud, new Loud()],
  loudMap: new LoudMap(),
  nullPrototype: Object.assign(Object.create(null), { a: 1 }),
  prototypes: [Map.prototype, Date.prototype, RegExp.prototype, Promise.prototype, Loud.prototype],
  likeADate: { __proto__: Date.prototype, [Symbol.toStringTag]: 'Date' },
  likeAPromise: { __proto__: Promise.prototype },
  likeAGenerator: Object.create(Object.getPrototypeOf(generator)),
  date: Object.assign(new Date(5), { getTime: wire('getTime'), toISOString: wire('toISOString') }),
  regexp: Object.defineProperties(/a/g, { flags: getter('flags'), source: getter('source'), exec: getter('exec') }),
  boxes: [Object(1), Object('ab'), Object(Symbol('s')), Object.assign(Object(2n), { valueOf: wire('bigint valueOf') })],
  errors: [
    new TypeError('plain'),
    Object.defineProperty(new Error('own'), 'stack', getter('own stack')),
    new LoudError('loud'),
  ],
  holdsErrors: [
    rejected(new LoudError('rejected')),
    new WeakMap([[self, new LoudError('weak')]]),
    { cause: new LoudError('cause') },
  ],
  riggedTargets: [
    new Proxy(new LoudError('target'), {}),
    new Proxy({}, new LoudError('handler')),
    new Proxy(function target() {}, new LoudError('handler of a function')),
    new Proxy(new Proxy(new LoudError('inner target'), {}), {}),
  ],
  riggedBound: [
    function bound() {}.bind(new LoudError('this'), new LoudError('argument')),
    Object.defineProperty((() => {}).bind(new LoudError('this')), 'name', { value: 'no such name' }),
  ],
  riggedReceiver: [
    function* () {}.call(new LoudError('receiver')),
    async function* () {}.call(new LoudError('receiver')),
  ],
  riggedPrototypes: [
    Object.setPrototypeOf(() => {}, new LoudError('above a function')),
    Object.setPrototypeOf(new WeakMap(), new LoudError('above a weak map')),
    Object.setPrototypeOf([1].values(), new LoudError('above an iterator')),
    Object.setPrototypeOf(Promise.resolve(1), new LoudError('above a promise')),
    Object.setPrototypeOf(new Private(), new LoudError('above private fields')),
  ],
  riggedOwn: [
    class {
      static error = new LoudError('static');
    },
    Object.assign(() => {}, { error: new LoudError('of a function') }),
    Object.assign(new Private(), { error: new LoudError('beside private fields') }),
  ],
  riggedPrivate: new (class extends LoudError {
    #cause = new LoudError('private');
    uses() {
      return this.#cause;
    }
  })(),
  withProxy: Function('scope', 'with (scope) return () => inScope')(wired('with', { inScope: 1 })),
  withError: Function('scope', 'with (scope) return () => inScope')(new LoudError('with')),
  storage: (() => {
    localStorage.setItem('toString', 'text');
    localStorage.setItem('length', 'long');
    return localStorage;
  })(),
  namedElements: Object.assign(document.createElement('form'), {
    innerHTML: '<input name=constructor><input name=__proto__>',
  }),
  frozenClass: Object.freeze(class Frozen {}),
  hugeNumber: [1n << 100_000n, -(1n << 100_000n)],
  hugeNames: [Symbol('s'.repeat(1_000_000)), { ['f'.repeat(1_000_000)]() {} }],
  hugeExpression: new RegExp('a'.repeat(100_000)),
  manyKeys: Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`key${index}`, index])),
  callable: document.createElement('object'),
  markup: new { ['<img src=x onerror=alert(1)>']: class {} }['<img src=x onerror=alert(1)>'](),
  deadZone,
  longList,
  hugeMap,
  hugeBytes: new Uint8Array(50_000_000),
  hugeArray: (() => {
    const array = [];
    array[0] = 1;
    array[7] = 2;
    array[2 ** 32 - 2] = 3;
    return array;
  })(),
  extras: Object.assign([1, , 3], { extra: 1, [Symbol('s')]: 2 }),
  foreign: [frames[0], frames[0].location],
  own: [window, document, location],
  removedFrame: (() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const removed = [
      frame.contentWindow,
      frame.contentDocument,
      frame.contentWindow.Map,
      new frame.contentWindow.Map([[1, {}]]),
    ];
    frame.remove();
    return removed;
  })(),
  documentAll: document.all,
  answered: [document.styleSheets, getComputedStyle(document.body)],
  element: Object.assign(document.getElementById('element'), { expando: wired('expando') }),
  form: document.getElementById('form'),
  loudElement: Object.defineProperty(document.createElement('loud-element'), 'own', getter('element own')),
  views: (() => {
    const buffer = new ArrayBuffer(8);
    return [new Uint8Array(buffer), new DataView(buffer), buffer];
  })(),
  arguments: (function () {
    return arguments;
  })(wired('argument')),
  classes: [
    class A {
      static n = wired('static');
      static get s() {
        return wire('static getter')();
      }
    },
  ],
  functions: [Object.assign(function f() {}, { toString: wire('function toString') }), async () => {}, Math.max],
  shared: [self, self],
  overridden: [
    overridden(Array, 1, 2),
    overridden(Map, [[1, 2]]),
    overridden(Set, [1]),
    overridden(WeakMap),
    overridden(Date, 5),
    overridden(RegExp, 'a', 'g'),
    overridden(Uint8Array, 3),
    overridden(ArrayBuffer, 3),
    overridden(DataView, new ArrayBuffer(3)),
    overridden(Promise, () => {}),
    overridden(Number, 1),
    overridden(String, 'ab'),
    overridden(WeakRef, self),
    overridden(URL, 'https://a.example/'),
    overridden(Event, 'e'),
    overridden(AbortController),
  ],
  buffers: [shrunk(), detached(), new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer],
  aggregate: Object.defineProperty(new AggregateError([wired('aggregated')], 'several'), 'cause', getter('cause')),
  lastIndex: Object.assign(/a/g, { lastIndex: { valueOf: wire('lastIndex valueOf') } }),
  invalidDate: new Date(NaN),
  registry: new FinalizationRegistry(wire('finalized')),
  helpers: [[1].values().map(wire('mapped')), Iterator.from({ next: wire('iterator next') })],
  asyncGenerator: (async function* () {
    yield wired('async generator');
  })(),
  international: [new Intl.NumberFormat('en'), new Intl.Locale('en')],
  proxyOfElement: new Proxy(document.body, traps('element')),
  proxyOfWindow: new Proxy(window, traps('window')),
  proxyOfClass: wired('class', class {}),
  weakProxy: new WeakRef(wired('weak target')),
  trappedHandler: new Proxy({}, new Proxy({}, traps('handler'))),
  boundProxy: Function.prototype.bind.call(new Proxy(function target() {}, {}), wired('this of a bound proxy')),
  frozen: Object.freeze([
    wired('in frozen'),
    Object.freeze({
      get a() {
        return wire('frozen getter')();
      },
    }),
  ]),
  unnamed: (() => {
    const unnamed = () => {};
    delete unnamed.name;
    delete unnamed.length;
    return Object.setPrototypeOf(unnamed, null);
  })(),
  manyPrototypes: below(150, null, {}),
  farTag: below(150, null, { [Symbol.toStringTag]: getter('far toStringTag') }),
  stacklessError: rejected(
    (() => {
      const error = new Error();
      delete error.stack;
      return Object.setPrototypeOf(error, Object.create(Error.prototype, { stack: getter('stack above') }));
    })(),
  ),
  farError: rejected(
    Object.setPrototypeOf(
      new Error(),
      below(150, Error.prototype, { name: getter('far name'), message: getter('far message') }),
    ),
  ),
  tree: (() => {
    const shadow = document.createElement('div').attachShadow({ mode: 'closed' });
    shadow.append(document.createElement('b'), document.createComment('--><img>'), document.createTextNode('<b>'));
    return [shadow, document.createAttribute('x'), document.createRange()];
  })(),
  list,
  boundGetters: (() => {
    const bound = (name) => ({ get: wire(`bound ${name}`).bind(null), enumerable: true, configurable: true });
    class Secret {
      #secret = { name: 'Ada' };
      static #count = { of: 1 };
      static reads = (secret) => [secret.#secret, Secret.#count];
    }
    const on = (target, name) => Object.defineProperty(target, 'x', bound(name));
    const proxied = { get: new Proxy(wire('proxied getter'), traps('getter')), enumerable: true, configurable: true };
    const map = new Map([[1, 2]]);
    return [
      on(new Secret(), 'of private'),
      on(Secret, 'of statics'),
      on(Promise.resolve(1), 'of promise'),
      on(new WeakMap([[map, {}]]), 'of weak map'),
      on(map.entries(), 'of iterator'),
      on(function* () {}.call(), 'of generator'),
      on(function bound() {}.bind({}), 'of bound'),
      Object.defineProperty(new Secret(), 'x', proxied),
      Object.defineProperty(new Secret(), Symbol('s'), bound('under a symbol')),
      Object.defineProperty(new Secret(), 'x', { ...bound('builtin'), get: Array.prototype.join }),
    ];
  })(),
};

/** The names of `cases` that hold errors whose description runs code. */
var fighting = Object.keys(cases).filter((name) => /^rigged|[eE]rror/.test(name));

/** What scripts look at to know whether they run in Node or its like: whoever looks at a page has no reason to. */
const nodeLike = {
  getBuiltinModule: wire('getBuiltinModule', () => nodeLike),
  binding: wire('binding'),
  types: wired('types'),
};
for (const name of [
  'process',
  'require',
  'module',
  'exports',
  'global',
  'Buffer',
  '__filename',
  '__dirname',
  'Deno',
  'Bun',
])
  Object.defineProperty(
    globalThis,
    name,
    getter(`global ${name}`, () => nodeLike),
  );
