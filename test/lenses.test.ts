/** Lenses against the libraries themselves, two major versions where there are two, read as the debugger reads them. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { installPackages } from '../scripts/lib/apps.mjs';
import { projectRoot } from '../scripts/lib/run.mjs';
import { applyLens } from '../src/lenses/apply.ts';
import type { Lens } from '../src/lenses/lens.ts';
import { nameOf } from '../src/lenses/paths.ts';
import { lensesFor } from '../src/lenses/recognize.ts';
import { shippedLenses } from '../src/lenses/shipped.ts';
import { readValues } from '../src/node/read-values.ts';
import { defaultReadOptions } from '../src/snapshot/read-options.ts';
import type { HeapObject, Snapshot, Value } from '../src/snapshot/snapshot.ts';

const packages = createRequire(`${projectRoot}/test/apps/package.json`);
// biome-ignore lint/suspicious/noExplicitAny: packages without types.
const load = (name: string): any => packages(name);
// What functions close over leads to all of a library.
vi.setConfig({ testTimeout: 120_000 });
beforeAll(installPackages, 300_000);

const options = {
  ...defaultReadOptions,
  nonEnumerable: true,
  slices: { begin: 80, middle: 5, end: 15 },
  time: 20_000,
  objects: 3_000,
};

function brief(value: Value, { objects }: Snapshot): string {
  switch (value.type) {
    case 'reference': {
      const object = objects.get(value.id);
      return object ? `→ ${titleOf(object)}` : '→ ?';
    }
    case 'string':
      return JSON.stringify(value.text.head);
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'unreadable':
      return `unreadable: ${value.reason}`;
    default:
      return value.type;
  }
}

const titleOf = ({ kind, className }: HeapObject): string => className?.head ?? kind;

const lines = (object: HeapObject, snapshot: Snapshot): string =>
  `${titleOf(object)}: ${object.parts.flatMap((part) => ('value' in part ? [`${nameOf(part)} ${brief(part.value, snapshot)}`] : [])).join(', ')}`;

interface Seen {
  readonly lens: string | undefined;
  /** The root through the lens. */
  readonly root: string;
  readonly snapshot: Snapshot;
  /** The first object with this title. */
  titled(title: string): string;
}

async function seen(value: unknown, closures = false): Promise<Seen> {
  const read = closures ? { ...options, scopes: true, functions: true } : options;
  const plain = await readValues([{ label: 'value', value }], read);
  const [lens] = lensesFor(plain, shippedLenses);
  const snapshot = lens ? applyLens(lens, plain) : plain;
  const [root] = snapshot.objects.values();
  if (!root) throw new Error('Nothing was read.');
  const titled = (title: string): string => {
    const found = [...snapshot.objects.values()].find((object) => titleOf(object) === title);
    return found ? lines(found, snapshot) : 'none';
  };
  return { lens: lens?.name, root: lines(root, snapshot), snapshot, titled };
}

describe('stores', () => {
  const reducer = (state = { n: 1, list: [1] }) => state;
  test.each(['redux-4', 'redux'])('%s', async (name) => {
    const create = load(name).legacy_createStore ?? load(name).createStore;
    const { lens, root, titled } = await seen(create(reducer), true);
    expect(lens).toBe('Store');
    expect(root).toBe('Redux store (Store): state → Object');
    expect(titled('Object')).toBe('Object: n 1, list → Array');
  });
  test.each(['rtk-1', '@reduxjs/toolkit'])('Redux Toolkit: %s', async (name) => {
    const { configureStore } = load(name);
    const { root } = await seen(configureStore({ reducer, devTools: false }), true);
    expect(root).toMatch(/^Redux store \(Store\): state → Object/);
  });
  test.each(['zustand-4/vanilla', 'zustand/vanilla'])('%s', async (name) => {
    const store = load(name).createStore(() => ({ n: 0, inc() {} }));
    const { root } = await seen(store, true);
    expect(root).toBe('Zustand store (Store): state → Object, listeners → Set');
  });
});

describe('Vue', () => {
  test('a ref, a computed value, and a reactive object', async () => {
    const { computed, reactive, ref } = load('vue');
    const count = ref(2);
    const double = computed(() => count.value * 2);
    void double.value;
    expect((await seen(count)).root).toBe('ref (Vue): value 2');
    expect((await seen(double)).root).toBe('computed (Vue): value 4');
    const { lens, root } = await seen(reactive({ a: 1, b: 'x' }));
    expect([lens, root]).toEqual(['Vue', 'reactive (Vue): a 1, b "x"']);
  });
  test('where the raw object is referred to as well, both are there', async () => {
    const { reactive, ref } = load('vue');
    const raw = { a: 1 };
    const { root, titled } = await seen(ref({ raw: { held: raw, proxy: reactive(raw) } }));
    expect(root).toMatch(/^ref \(Vue\): value → reactive/);
    expect(titled('reactive')).toContain('raw → ');
  });
});

describe('MobX', () => {
  test.each(['mobx', 'mobx-7'])('%s: a class, an observable object and array', async (name) => {
    const { configure, makeAutoObservable, observable } = load(name);
    configure({ isolateGlobalState: true });
    class Cart {
      items = [{ n: 1 }];
      total = 0;
      constructor() {
        makeAutoObservable(this);
      }
    }
    const { lens, root } = await seen(new Cart());
    expect(lens).toBe('MobX');
    expect(root).toMatch(/^Cart \(MobX\): items → .*, total 0/);
    expect((await seen(observable({ a: 1 }))).root).toBe('observable (MobX): a 1');
    expect((await seen(observable([1, 2]))).root).toMatch(/^observable \(MobX\): 0 1, 1 2/);
  });
});

describe('RxJS', () => {
  test.each(['rxjs-6', 'rxjs'])('%s', async (name) => {
    const { BehaviorSubject } = load(name);
    const subject = new BehaviorSubject({ a: 1 });
    subject.subscribe(() => {});
    const { lens, root } = await seen(subject);
    expect(lens).toBe('RxJS');
    expect(root).toMatch(/^BehaviorSubject \(RxJS\): value → Object, observers → Array, closed false/);
  });
});

describe('signals', () => {
  test('Preact', async () => {
    const { computed, effect, signal } = load('@preact/signals-core');
    const count = signal(3);
    const double = computed(() => count.value * 2);
    effect(() => double.value);
    expect((await seen(count)).root).toMatch(/^signal \(Signals\): value 3, subscriber 1 → computed/);
    expect((await seen(double)).root).toMatch(/^computed \(Signals\): value 6, subscriber 1 → effect/);
  });
  test('Solid', async () => {
    const { createEffect, createMemo, createRoot, createSignal, getOwner } = load('solid-js/dist/solid.cjs');
    const made = createRoot((dispose: () => void) => {
      const [count, setCount] = createSignal(2);
      const double = createMemo(() => count() * 2);
      createEffect(() => double());
      return { count, double, setCount, dispose, owner: getOwner() };
    });
    made.setCount(3);
    const { lens, root, titled } = await seen(made.count);
    expect([lens, root]).toEqual(['Signals', 'signal (Signals): value 3, subscriber 0 → memo']);
    expect(titled('memo')).toMatch(/^memo: value 6, source 0 → signal, subscriber 0 → effect/);
    expect((await seen(made.double)).root).toMatch(
      /^memo \(Signals\): value 6, source 0 → signal, subscriber 0 → effect/,
    );
    expect((await seen(made.owner)).root).toMatch(/^root \(Signals\): owned 0 → memo, owned 1 → effect/);
  });
  test('Solid: the state of a store, as the debugger sees it', async () => {
    const { createStore, unwrap } = load('solid-js/store/dist/store.cjs');
    const [store] = createStore({ user: { name: 'Ann' }, n: 1 });
    expect((await seen(store)).root).toBe('store (Signals): user → Object, n 1');
    expect((await seen({ raw: unwrap(store) })).lens).toBeUndefined();
  });
  test('Svelte 5', async () => {
    const svelte = await import(pathToFileURL(packages.resolve('svelte/internal/client')).href);
    const count = svelte.state(2);
    const double = svelte.derived(() => svelte.get(count) * 2);
    expect(svelte.get(double)).toBe(4);
    expect((await seen(count)).root).toMatch(/^state \(Svelte\): value 2/);
    expect((await seen(double)).root).toMatch(/^derived \(Svelte\): value 4/);
    const todos = svelte.proxy([{ text: 'milk', done: false }]);
    todos[0].done = true;
    todos.push({ text: 'bread', done: false });
    const { lens, root, titled } = await seen(todos, true);
    expect([lens, root]).toEqual(['Svelte', 'state (Svelte): 0 → state, 1 → state']);
    expect(titled('state')).toBe('state: text "milk", done true');
  });
});

test.each([
  ['0.180', packages],
  ['0.187', createRequire(import.meta.url)],
])('three.js %s', async (version, require) => {
  const three = require('three');
  expect(Number(three.REVISION)).toBe(Number(version.slice(2)));
  const scene = new three.Scene();
  const mesh = new three.Mesh(new three.BoxGeometry(1, 1, 1), new three.MeshBasicMaterial());
  mesh.name = 'cube';
  scene.add(mesh);
  const { lens, root, titled } = await seen(scene);
  expect(lens).toBe('three.js');
  expect(root).toMatch(
    /^Scene \(three\.js\): visible true, position → Vector3, rotation → Euler, scale → Vector3, children → Array/,
  );
  expect(titled('Mesh cube')).toMatch(/geometry → BoxGeometry, material → MeshBasicMaterial, children/);
  expect(titled('Euler')).toBe('Euler: x 0, y 0, z 0');
});

describe('a lens', () => {
  const own: Lens = {
    name: 'Mine',
    rules: [
      {
        match: { has: ['id', 'now'] },
        title: 'Point {id}',
        rows: [
          { path: 'now.x', as: 'x', before: 'earlier.x' },
          { each: 'now.tags', as: 'tag ', before: 'earlier.tags' },
        ],
      },
    ],
  };
  const through = async (value: unknown) => {
    const snapshot = applyLens(own, await readValues([{ label: 'value', value }], options));
    const [root] = snapshot.objects.values();
    return root ? lines(root, snapshot) : '';
  };
  test('shows each value beside the earlier one', async () => {
    const kept = { k: 1 };
    const value = {
      id: 7,
      now: { x: 1, tags: [kept, { a: 1 }, { b: 2 }, []] },
      earlier: { x: 2, tags: [kept, { a: 1 }, { b: 3 }, {}] },
    };
    expect(await through(value)).toBe(
      [
        'Point 7 (Mine): x 1, was: other 2',
        'tag 0 → Object, was: same → Object',
        'tag 1 → Object, was: equal copy → Object',
        'tag 2 → Object, was: changed inside → Object',
        'tag 3 → Array, was: other → Object',
      ].join(', '),
    );
  });
  test('takes the living values of what holds old ones, and sees through proxies', async () => {
    const live: Lens = {
      name: 'Live',
      rules: [
        {
          match: { at: { now: { kind: 'map' } }, where: { version: [1, null] } },
          title: "{label|'No label'}",
          rows: [{ each: 'old', live: 'now', value: 'v' }, { each: 'proxy' }],
          fold: ['hidden*'],
        },
      ],
    };
    const now = new Map([
      ['a', { v: 2 }],
      ['c', { v: 3 }],
    ]);
    const value = { version: 1, old: { a: 1, b: 1, hiddenToo: 1 }, now, proxy: new Proxy({ p: 4 }, {}) };
    const snapshot = applyLens(live, await readValues([{ label: 'value', value }], options));
    const [root] = snapshot.objects.values();
    expect(root && lines(root, snapshot)).toBe('No label (Live): a 2, b 1, c 3, p 4');
  });
  test('leaves another shape as it is', async () => {
    expect(await through({ id: 1 })).toBe('Object: id 1');
    // Its rows lead to nothing.
    expect(await through({ id: 1, now: null })).toBe('Object: id 1, now null');
  });
});
