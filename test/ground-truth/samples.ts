/** Values of every kind that JavaScript has, and data structures of packages that people use. */
import { fromJS, Map as ImmutableMap, Record as ImmutableRecord, List, OrderedSet } from 'immutable';
import { computed, observable, reaction } from 'mobx';
import { BoxGeometry, DirectionalLight, Group, Mesh, MeshStandardMaterial, PerspectiveCamera, Scene } from 'three';
import { applyUpdate, Doc, encodeStateAsUpdate, Array as SharedArray, Map as SharedMap } from 'yjs';

class Point {
  static origin = { x: 0 };
  #secret = { hidden: true };
  static #count = [1];
  shown = { x: 1 };
  get reveal() {
    return this.#secret;
  }
  static get count() {
    return Point.#count;
  }
}
class Point3 extends Point {
  #deeper = [this.shown];
  depth = () => this.#deeper;
}

function* walk(start: object) {
  const inner = { start };
  yield inner;
  yield inner;
}

function* retry(start: object) {
  for (const attempt of [{ start }, { start }]) {
    try {
      throw { attempt };
    } catch (thrown) {
      const kept = [thrown];
      yield kept;
    }
  }
}

const held = { weakly: true };

function containers() {
  const key = { key: 1 };
  const shared = [key];
  const withHole = [shared, key, shared];
  delete withHole[1];
  const sparse: unknown[] = [shared];
  sparse[100_000] = { far: true };
  return {
    plain: { shared, again: shared, deep: { deeper: { deepest: shared } } },
    array: [[1, 2], withHole, [key, shared]],
    sparse,
    doubles: [1.5, 2.5, Number.NaN],
    mixed: [1.5, { among: 'numbers' }],
    map: new Map<unknown, unknown>([
      [key, shared],
      ['name', key],
      [shared, 1],
    ]),
    set: new Set<unknown>([key, 1, shared, 'x']),
    manyKeys: Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`key${index}`, { index }])),
    nothing: Object.assign(Object.create(null), { inside: key }),
    frozen: Object.freeze([Object.freeze({ key })]),
    [Symbol('described')]: { by: 'symbol' },
    [Symbol.iterator]: { by: 'well-known symbol' },
    'a b': { odd: 'name' },
    '': { no: 'name' },
    7: { index: 'on an object' },
    hidden: Object.defineProperty({}, 'notEnumerable', { value: { seen: 'on request' } }),
  };
}

const keyed = Symbol('keyed');

/** Under symbols V8 files the functions of accessors as if they were values. */
class BySymbols extends Map<unknown, unknown> {
  static override get [Symbol.species]() {
    return Map;
  }
  static readonly [keyed] = () => {};
  static get [Symbol('read')]() {
    return 1;
  }
  static set [Symbol('written')](_: unknown) {}
}

function accessors() {
  const own = Object.defineProperty({ [keyed]: [1] }, Symbol('both'), {
    get: () => 1,
    set: () => {},
    enumerable: true,
  });
  return { BySymbols, own, builtins: [Map, Set, Promise, RegExp], filled: new BySymbols([[{}, own]]) };
}

function cycles() {
  const self: unknown[] = [];
  self.push(self);
  const a: { other?: object } = {};
  const b = { other: a };
  a.other = b;
  const map = new Map<unknown, unknown>();
  map.set(map, map);
  const set = new Set<unknown>();
  set.add(set);
  return { self, a, map, set };
}

function instances() {
  return { point: new Point(), point3: new Point3(), made: Object.create({ inherited: true }), Point, Point3 };
}

class Wrong extends Error {
  #why = { because: true };
  get why() {
    return this.#why;
  }
}

function builtins() {
  const buffer = new ArrayBuffer(16);
  const error = new Error('outer', { cause: new TypeError('inner', { cause: { data: 1 } }) });
  return {
    date: Object.assign(new Date(0), { own: {} }),
    regexp: Object.assign(/a+/g, { own: {} }),
    error,
    several: new AggregateError([error, { any: 'thing' }], 'several'),
    bytes: new Uint8Array(buffer),
    words: new Uint32Array(buffer, 4, 2),
    view: new DataView(buffer),
    buffer,
    sharedBuffer: new Int32Array(new SharedArrayBuffer(8)),
    wrong: new Wrong('with a private field'),
    node: Buffer.from('text'),
    string: Object.assign(Object('text'), { own: {} }),
    number: Object.assign(Object(1), { own: {} }),
    bigint: Object(1n),
    symbol: Object(Symbol('boxed')),
    url: new URLSearchParams('a=1').size,
  };
}

function internals() {
  const target = { target: true };
  const start = { argument: true };
  const generator = walk(start);
  const inner = generator.next().value;
  const inBlocks = retry(start);
  const kept = inBlocks.next().value;
  const revoked = Proxy.revocable({ gone: true }, {});
  revoked.revoke();
  return {
    proxy: new Proxy(target, { handler: true } as object),
    twice: new Proxy(new Proxy(target, {}), {}),
    callable: new Proxy(function called() {}, {}),
    revoked: revoked.proxy,
    fulfilled: Promise.resolve({ result: true }),
    rejected: silently(Promise.reject({ reason: true })),
    pending: new Promise(() => {}),
    weakRef: new WeakRef(held),
    weakMap: new WeakMap([[held, { value: held }]]),
    weakSet: new WeakSet([held]),
    held,
    bound: containers.bind({ receiver: true }, ...([{ argument: 1 }, { argument: 2 }] as unknown as [])),
    generator,
    inBlocks,
    kept,
    start,
    inner,
    arguments: (function sloppy(..._: unknown[]) {
      // biome-ignore lint/complexity/noArguments: the object itself is the sample
      return arguments;
    })({ first: 1 }, { second: 2 }),
    advanced: [
      advanced(
        new Map([
          [{ k: 1 }, { v: 1 }],
          [{ k: 2 }, { v: 2 }],
        ]).entries(),
      ),
      advanced(new Set([{ s: 1 }, { s: 2 }, { s: 3 }]).values()),
    ],
    mapIterator: new Map([[{ k: 1 }, { v: 1 }]])[Symbol.iterator](),
    setIterator: new Set([{ s: 1 }]).values(),
    listIterator: [{ l: 1 }].values(),
  };
}

async function* follow(this: object, start: object) {
  const inner = { start, of: this };
  yield inner;
  yield inner;
}

/** Its calls in the test's own order: one that was never asked, one that waits after its first value, one that is finished. */
async function asynchronous() {
  const start = { argument: true };
  const receiver = { receiver: true };
  const fresh = follow.call(receiver, start);
  const waiting = follow.call(receiver, start);
  const { value: inner } = await waiting.next();
  const finished = follow.call(receiver, start);
  for await (const _ of finished);
  const cleanup = (what: object) => what;
  const registry = new FinalizationRegistry(cleanup);
  const watched = { watched: true };
  registry.register(watched, { holding: true }, start);
  return {
    fresh,
    waiting,
    finished,
    start,
    receiver,
    inner,
    cleanup,
    registry,
    watched,
    own: Object.assign(registry, { own: {} }),
  };
}

/** After its first value. */
function advanced<T>(iterator: Iterator<T>): Iterator<T> {
  iterator.next();
  return iterator;
}

function silently<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

function immutable() {
  const Person = ImmutableRecord({ name: '', address: ImmutableMap<string, unknown>() });
  let map = ImmutableMap<string, unknown>();
  for (let index = 0; index < 200; index += 1) map = map.set(`key${index}`, { index });
  return {
    map,
    changed: map.set('key7', { changed: true }),
    list: List(Array.from({ length: 100 }, (_, index) => ({ index }))),
    set: OrderedSet([{ a: 1 }, { b: 2 }]),
    record: Person({ name: 'Ada', address: ImmutableMap({ city: { name: 'London' } }) }),
    nested: fromJS({ deep: [{ deeper: [1, { deepest: true }] }] }),
  };
}

function store() {
  const todos = observable([
    { title: 'one', done: false, tags: observable.set(['a']) },
    { title: 'two', done: true, tags: observable.set(['b']) },
  ]);
  const state = observable({ todos, filter: 'all', byTitle: observable.map<string, object>({ one: { n: 1 } }) });
  const open = computed(() => todos.filter(({ done }) => !done).length);
  const stop = reaction(
    () => open.get(),
    () => {},
  );
  return { state, open, stop };
}

function document() {
  const mine = new Doc({ guid: 'mine' });
  const list = mine.getArray('list');
  list.push([new SharedMap<unknown>(Object.entries({ title: 'first', place: [1, 2] })), new SharedArray()]);
  mine.getText('text').insert(0, 'Hello');
  mine.getText('text').insert(5, ', world', { bold: true });
  const theirs = new Doc({ guid: 'theirs' });
  applyUpdate(theirs, encodeStateAsUpdate(mine));
  return { mine, theirs };
}

function scene() {
  const world = new Scene();
  const group = new Group();
  const material = new MeshStandardMaterial({ color: 0xff8800 });
  const geometry = new BoxGeometry(1, 2, 3);
  for (let index = 0; index < 5; index += 1) {
    const mesh = new Mesh(geometry, material);
    mesh.position.x = index;
    group.add(mesh);
  }
  const light = new DirectionalLight(0xffffff, 1);
  light.target = group;
  world.add(group, light);
  const camera = new PerspectiveCamera();
  return { world, camera };
}

/** Of a script of its own, so that what closes over the variables ends there, and not at this module's. */
function closures(): object {
  return indirectEval(`(() => {
    const outer = { outer: true }, alone = { alone: true };
    let count = 1;
    class Counter { static made = [outer]; add() { return [count, alone]; } }
    const callbacks = [], seen = [];
    for (let i = 0; i < 3; i++) { const each = { i }; seen.push(each); callbacks.push(() => [each, outer]); }
    try { throw { thrown: true }; } catch (error) { seen.push(error); callbacks.push(() => error); }
    return { callbacks, seen, Counter, counter: new Counter(), bound: callbacks[0].bind(outer), named: function self() { return self; } };
  })()`);
}

// biome-ignore lint/security/noGlobalEval: called by another name it evaluates globally, which is the point
const indirectEval = eval;

function prototypes() {
  class Base {
    static inherited = { statics: true };
    method() {}
    get size() {
      return 0;
    }
  }
  class Derived extends Base {
    own = [new Base()];
  }
  const parent = { parent: { deep: true } };
  return {
    derived: new Derived(),
    child: Object.create(Object.create(parent), { own: { value: parent, enumerable: true } }),
    list: Object.setPrototypeOf([1], parent),
    nothing: Object.create(null),
    map: new Map([[{}, new Set()]]),
  };
}

export interface Sample {
  /** Makes a fresh value; nothing else refers to it. */
  readonly make: () => object | Promise<object>;
  /** What is asked for in addition to the objects' own content. */
  readonly asked?: 'scopes' | 'prototypes';
}

const own: Readonly<Record<string, Sample['make']>> = {
  containers,
  accessors,
  cycles,
  instances,
  builtins,
  internals,
  'async generators and a finalization registry': asynchronous,
  'an immutable map (immutable)': immutable,
  'an observable store (mobx)': store,
  'a shared document (yjs)': document,
  'a 3D scene (three)': scene,
};

export const samples: ReadonlyMap<string, Sample> = new Map<string, Sample>([
  ...Object.entries(own).map(([name, make]) => [name, { make }] as const),
  ['closures, with their variables', { make: closures, asked: 'scopes' }],
  ['classes and objects, with what they inherit from', { make: prototypes, asked: 'prototypes' }],
]);
