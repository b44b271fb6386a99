/** The lenses that the extension has. Names of fields are those of the libraries' own builds, also where these are minified. */
import type { ChainCase, Lens, LensRow } from './lens.ts';

const fiber = ['tag', 'key', 'elementType', 'type', 'stateNode', 'return', 'child', 'sibling', 'ref'];

/** An effect, a memoized value, a ref; anything else is state. */
const hooks: readonly ChainCase[] = [
  {
    match: { has: ['create', 'deps'] },
    as: 'effect',
    rows: [{ path: 'create' }, { each: 'deps', as: 'dependency ', before: 'deps' }],
  },
  {
    match: { kind: 'array', has: ['0', '1'], hasNot: ['2'] },
    as: 'memo',
    rows: [
      { path: '0', as: 'value', before: '0' },
      { each: '1', as: 'dependency ', before: '1' },
    ],
  },
  { match: { has: ['current'], hasNot: ['next'] }, as: 'ref', rows: [{ path: 'current', before: 'current' }] },
];

const children: readonly LensRow[] = [
  { chain: 'child', next: 'sibling', as: 'child' },
  { path: 'return', as: 'parent', onlyRoot: true },
];

const react: Lens = {
  name: 'React',
  reads: { whole: true },
  rules: [
    {
      // Function components, memo, forwardRef.
      match: { has: fiber, where: { tag: [0, 2, 11, 14, 15] } },
      title: "<{type.name|type|type.render|type.type|elementType.name|elementType|'Anonymous'}>",
      internal: true,
      rows: [
        { path: 'key' },
        { each: 'memoizedProps', as: 'prop ', before: 'alternate.memoizedProps' },
        {
          chain: 'memoizedState',
          next: 'next',
          value: 'memoizedState',
          as: 'state',
          before: 'alternate.memoizedState',
          cases: hooks,
        },
        {
          chain: 'dependencies.firstContext',
          next: 'next',
          value: 'memoizedValue',
          as: 'context',
          before: 'alternate.dependencies.firstContext',
        },
        ...children,
      ],
    },
    {
      // Class components.
      match: { has: fiber, where: { tag: [1] } },
      title: "<{type.name|type|'Anonymous'}>",
      internal: true,
      rows: [
        { path: 'key' },
        { each: 'memoizedProps', as: 'prop ', before: 'alternate.memoizedProps' },
        { each: 'memoizedState', as: 'state ', before: 'alternate.memoizedState' },
        { path: 'stateNode', as: 'instance' },
        ...children,
      ],
    },
    {
      // Elements of the page.
      match: { has: fiber, where: { tag: [5, 26, 27] } },
      title: '<{type}>',
      internal: true,
      rows: [{ path: 'key' }, { path: 'stateNode', as: 'element' }, ...children],
    },
    {
      match: { has: fiber, where: { tag: [6] } },
      title: 'text',
      internal: true,
      rows: [{ path: 'memoizedProps', as: 'text', before: 'alternate.memoizedProps' }],
    },
    {
      match: { has: fiber, where: { tag: [3] } },
      title: 'Root',
      internal: true,
      rows: [...children, { path: 'stateNode', as: 'root', onlyRoot: true }],
    },
    {
      match: { has: fiber, where: { tag: [10] } },
      title: 'Provider',
      internal: true,
      rows: [{ path: 'memoizedProps.value', as: 'value', before: 'alternate.memoizedProps.value' }, ...children],
    },
    { match: { has: fiber }, title: 'Fiber', internal: true, rows: [{ path: 'key' }, ...children] },
    {
      match: { has: ['containerInfo', 'current', 'pendingLanes'] },
      title: 'React root',
      internal: true,
      rows: ['current', 'containerInfo'],
    },
    {
      match: { has: ['_internalRoot'] },
      title: 'React root',
      rows: [{ path: '_internalRoot.current', as: 'current' }],
    },
  ],
};

const vue: Lens = {
  name: 'Vue',
  reads: { whole: true },
  rules: [
    {
      match: { has: ['uid', 'vnode', 'type', 'parent', 'appContext', 'root', 'subTree'] },
      title: "<{type.name|type.__name|type.__file|'Anonymous'}>",
      internal: true,
      rows: [
        { each: 'props', as: 'prop ' },
        { each: 'setupState', value: '_value' },
        { each: 'data', as: 'data ' },
        { path: 'parent', onlyRoot: true },
      ],
    },
    {
      match: { has: ['_uid', '_component', '_props', '_container', '_instance'] },
      title: 'App',
      rows: [
        { path: '_instance', as: 'component' },
        { path: '_props', as: 'props' },
      ],
    },
    {
      // What a component calls `this`: in a build for production its target has the component.
      match: { kind: 'proxy', at: { '[[Target]]._': { has: ['uid', 'vnode', 'type', 'parent', 'appContext'] } } },
      title: "<{[[Target]]._.type.name|[[Target]]._.type.__name|'Anonymous'}>",
      rows: [
        { each: '[[Target]]._.props', as: 'prop ' },
        { each: '[[Target]]._.setupState', value: '_value' },
        { each: '[[Target]]._.data', as: 'data ' },
      ],
    },
    // Computed values of 3.5, then of 3.4 and before; then refs.
    { match: { has: ['fn', '_value', '__v_isRef'] }, title: 'computed', rows: [{ path: '_value', as: 'value' }] },
    {
      match: { has: ['effect', '_value', '__v_isRef', '_setter'] },
      title: 'computed',
      rows: [{ path: '_value', as: 'value' }],
    },
    { match: { has: ['_value', '_rawValue'] }, title: 'ref', rows: [{ path: '_value', as: 'value' }] },
    {
      // A proxy is seen through, but where its raw object is referred to as well, both are there.
      match: { kind: 'proxy', has: ['[[Target]]', '[[Handler]]'], where: { '[[Handler]]._isReadonly': [false] } },
      title: 'reactive',
      rows: [{ each: '[[Target]]', unlessShared: 'raw' }],
    },
    {
      match: { kind: 'proxy', has: ['[[Target]]', '[[Handler]]'], where: { '[[Handler]]._isReadonly': [true] } },
      title: 'readonly',
      rows: [{ each: '[[Target]]', unlessShared: 'raw' }],
    },
  ],
};

const stores: Lens = {
  name: 'Store',
  reads: { closures: true },
  rules: [
    {
      match: { has: ['dispatch', 'subscribe', 'getState', 'replaceReducer'] },
      title: 'Redux store',
      rows: [{ path: 'getState.~currentState', as: 'state' }],
    },
    {
      match: { has: ['setState', 'getState', 'getInitialState', 'subscribe'] },
      title: 'Zustand store',
      rows: [
        { path: 'getState.~state', as: 'state' },
        { path: 'subscribe.~listeners', as: 'listeners' },
      ],
    },
    {
      match: { has: ['setState', 'getState', 'subscribe', 'destroy'] },
      title: 'Zustand store',
      rows: [
        { path: 'getState.~state', as: 'state' },
        { path: 'subscribe.~listeners', as: 'listeners' },
      ],
    },
  ],
};

/** Fields of Solid's signals. */
const solidSignal = ['value', 'observers', 'observerSlots', 'comparator'];

const signals: Lens = {
  name: 'Signals',
  rules: [
    // Preact mangles the names of its fields.
    {
      match: { has: ['v', 'i', 'n', 't', 'x', 's', 'g', 'f'] },
      title: 'computed',
      rows: [
        { path: 'v', as: 'value' },
        { chain: 't', next: 'x', value: 't', as: 'subscriber' },
      ],
    },
    {
      match: { has: ['v', 'i', 'n', 't'], hasNot: ['x'] },
      title: 'signal',
      rows: [
        { path: 'v', as: 'value' },
        { chain: 't', next: 'x', value: 't', as: 'subscriber' },
      ],
    },
    {
      match: { has: ['x', 'j', 's', 'u', 'f'], hasNot: ['v'], kind: 'instance' },
      title: 'effect',
      rows: [
        { path: 'x', as: 'callback' },
        { chain: 's', next: 'n', value: 'S', as: 'source' },
      ],
      internal: true,
    },
    // Solid. What reads a signal is bound to it.
    {
      match: { kind: 'function', at: { '[[BoundThis]]': { has: [...solidSignal, 'fn'] } } },
      title: 'memo',
      rows: [
        { path: '[[BoundThis]].value', as: 'value' },
        { each: '[[BoundThis]].sources', as: 'source ' },
        { each: '[[BoundThis]].observers', as: 'subscriber ' },
      ],
    },
    {
      match: { kind: 'function', at: { '[[BoundThis]]': { has: solidSignal } } },
      title: 'signal',
      rows: [
        { path: '[[BoundThis]].value', as: 'value' },
        { each: '[[BoundThis]].observers', as: 'subscriber ' },
      ],
    },
    {
      match: {
        kind: 'proxy',
        at: {
          '[[Handler]]': {
            has: ['get', 'has', 'set', 'deleteProperty', 'ownKeys', 'getOwnPropertyDescriptor'],
            hasNot: ['defineProperty', 'setPrototypeOf', 'getPrototypeOf', 'apply'],
          },
        },
      },
      title: 'store',
      rows: [{ each: '[[Target]]', unlessShared: 'raw' }],
      fold: ['Symbol(solid-proxy)', 'Symbol(store-node)', 'Symbol(store-has)'],
    },
    {
      match: { has: ['owned', 'cleanups', 'context', 'owner'], hasNot: ['fn'] },
      title: 'root',
      rows: [{ each: 'owned', as: 'owned ' }, 'context'],
    },
    {
      match: { has: solidSignal, hasNot: ['fn'] },
      title: 'signal',
      rows: ['value', { each: 'observers', as: 'subscriber ' }],
    },
    {
      match: { has: ['fn', 'state', 'value', 'sources', 'observers'] },
      title: 'memo',
      rows: ['value', { each: 'sources', as: 'source ' }, { each: 'observers', as: 'subscriber ' }],
    },
    {
      match: { has: ['fn', 'state', 'value', 'sources', 'owner'] },
      title: 'effect',
      rows: ['value', { each: 'sources', as: 'source ' }],
    },
  ],
};

/** Traps of the proxies of Svelte 5. */
const svelteTraps = [
  'defineProperty',
  'deleteProperty',
  'get',
  'getOwnPropertyDescriptor',
  'has',
  'set',
  'ownKeys',
  'setPrototypeOf',
];

const svelte: Lens = {
  name: 'Svelte',
  // The values of a state are in what the traps of its proxy close over.
  reads: { closures: true },
  rules: [
    {
      match: { kind: 'proxy', at: { '[[Handler]]': { has: svelteTraps } } },
      title: 'state',
      rows: [{ each: '[[Target]]', live: '[[Handler]].get.~sources', value: 'v' }],
      fold: ['length', 'Symbol($state)'],
    },
    {
      match: { has: ['v', 'reactions', 'equals', 'deps', 'fn'] },
      title: 'derived',
      rows: [
        { path: 'v', as: 'value' },
        { each: 'reactions', as: 'subscriber ' },
      ],
    },
    {
      match: { has: ['v', 'reactions', 'equals'] },
      title: 'state',
      rows: [
        { path: 'v', as: 'value' },
        { each: 'reactions', as: 'subscriber ' },
      ],
    },
  ],
};

const mobx: Lens = {
  name: 'MobX',
  reads: { nonEnumerable: true },
  rules: [
    {
      match: { has: ['Symbol(mobx administration)'], kind: 'instance' },
      rows: [{ each: 'Symbol(mobx administration).values_', value: 'value_' }],
    },
    {
      match: { has: ['Symbol(mobx administration)'], kind: 'object' },
      rows: [{ each: 'Symbol(mobx administration).values_', value: 'value_' }],
    },
    // A proxy, which only the debugger sees.
    {
      match: {
        kind: 'proxy',
        has: ['[[Target]]'],
        at: {
          '[[Handler]]': {
            has: ['has', 'get', 'set', 'deleteProperty', 'defineProperty', 'ownKeys', 'preventExtensions'],
            hasNot: ['getOwnPropertyDescriptor'],
          },
        },
      },
      title: 'observable',
      rows: [{ each: '[[Target]].Symbol(mobx administration).values_', value: 'value_' }],
    },
    {
      match: { has: ['Symbol(mobx administration)'], kind: 'array' },
      title: 'observable',
      rows: [{ each: 'Symbol(mobx administration).values_' }],
    },
    {
      match: {
        kind: 'proxy',
        has: ['[[Target]]'],
        at: {
          '[[Target]]': { kind: 'array' },
          '[[Handler]]': { has: ['get', 'set', 'preventExtensions'], hasNot: ['has', 'deleteProperty'] },
        },
      },
      title: 'observable',
      rows: [{ each: '[[Target]].Symbol(mobx administration).values_' }],
    },
    {
      match: { has: ['data_', 'hasMap_', 'keysAtom_'] },
      title: 'observable Map',
      rows: [{ each: 'data_', value: 'value_' }],
    },
    {
      match: { has: ['value_', 'observers_', 'enhancer'] },
      title: 'observable',
      rows: [{ path: 'value_', as: 'value' }],
    },
  ],
};

const place: readonly LensRow[] = [
  { path: '_x', as: 'x' },
  { path: '_y', as: 'y' },
  { path: '_z', as: 'z' },
  { path: '_w', as: 'w' },
];

const three: Lens = {
  name: 'three.js',
  reads: { whole: true },
  rules: [
    {
      match: { has: ['isObject3D', 'uuid', 'children', 'layers'] },
      title: '{type} {name}',
      rows: [
        'visible',
        'position',
        'rotation',
        'scale',
        'geometry',
        'material',
        'color',
        'intensity',
        'target',
        'children',
        { path: 'parent', onlyRoot: true },
      ],
    },
    {
      match: { has: ['uuid', 'attributes', 'morphAttributes', 'groups'] },
      title: '{type}',
      rows: ['parameters', 'attributes', 'index'],
    },
    { match: { has: ['array', 'itemSize', 'count', 'normalized'] }, rows: ['itemSize', 'count', 'array'] },
    {
      match: { has: ['isMaterial', 'uuid', 'blending', 'side'] },
      title: '{type}',
      rows: ['color', 'emissive', 'map', 'opacity', 'transparent', 'wireframe', 'roughness', 'metalness'],
    },
    { match: { has: ['_x', '_y', '_z', '_onChangeCallback'] }, rows: place },
  ],
};

const rxjs: Lens = {
  name: 'RxJS',
  rules: [
    {
      match: { has: ['observers', 'isStopped', 'hasError', '_value'] },
      rows: [{ path: '_value', as: 'value' }, 'observers', 'closed'],
    },
    {
      match: { has: ['observers', 'isStopped', 'hasError', '_buffer'] },
      rows: [{ path: '_buffer', as: 'buffer' }, 'observers', 'closed'],
    },
    {
      match: { has: ['observers', 'isStopped', 'hasError', 'thrownError'] },
      rows: ['observers', 'closed', 'thrownError'],
    },
    {
      match: { has: ['source', 'operator'] },
      title: 'Observable',
      rows: ['source', { path: 'operator.project', as: 'operator' }, 'operator'],
    },
    { match: { has: ['isStopped', 'destination', '_finalizers'] }, internal: true, rows: ['destination', 'closed'] },
    { match: { has: ['isStopped', 'destination', '_subscriptions'] }, internal: true, rows: ['destination', 'closed'] },
  ],
};

const dom: Lens = {
  name: 'DOM',
  rules: [
    {
      match: { kind: 'node' },
      fold: [
        '__react*',
        '__vue*',
        '__vnode',
        '_vnode',
        '_vei',
        '__k',
        '_reactListening*',
        '__svelte*',
        '__attributes',
        '__e',
        '__click*',
      ],
    },
  ],
};

const modules: Lens = {
  name: 'ES module',
  rules: [{ match: { kind: 'module' }, title: 'exports', fold: ['Symbol.toStringTag'] }],
};

/** In the order in which they are offered. */
export const shippedLenses: readonly Lens[] = [react, vue, stores, mobx, three, rxjs, signals, svelte, dom, modules];
