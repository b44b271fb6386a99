// @ts-nocheck the packages are installed only for this test, so their types are not there when the project is checked
/**
 * Data structures of packages that people use, made by their own functions. Nothing here may leave a timer or a live error
 * behind: one runs code of the package between two questions, the other forbids the debugger to describe objects.
 */

/**
 * @typedef {object} PackageSample
 * @property {string} name the packages
 * @property {() => Promise<object>} make a fresh value; nothing else refers to it
 * @property {readonly string[]} [calledByV8] functions that V8 itself calls: to describe an object, that of Node 20 reads its
 *   own `length`, also by an accessor, where the object has a `splice`; the prototypes of some classes are such objects
 * @property {boolean} [proxies] holds proxies, whose traps a script of the page cannot avoid: read by the debugger alone
 */

/** @type {readonly PackageSample[]} */
export const samples = [
  {
    name: 'chess.js',
    async make() {
      const { Chess } = await import('chess.js');
      const game = new Chess();
      for (const move of ['e4', 'e5', 'Nf3', 'Nc6', 'Bb5']) game.move(move);
      return { game, moves: game.moves({ verbose: true }), history: game.history({ verbose: true }) };
    },
  },
  {
    name: 'planck',
    async make() {
      const { World, Vec2, Edge, Box, Circle, RevoluteJoint } = await import('planck');
      const world = new World({ gravity: new Vec2(0, -10) });
      const ground = world.createBody();
      ground.createFixture(new Edge(new Vec2(-40, 0), new Vec2(40, 0)));
      const bodies = [0, 1, 2, 3].map((index) => {
        const body = world.createDynamicBody(new Vec2(index, 4 + index));
        body.createFixture(index % 2 ? new Box(0.5, 0.5) : new Circle(0.5), 1);
        return body;
      });
      world.createJoint(new RevoluteJoint({}, bodies[0], bodies[1], new Vec2(0, 4)));
      for (let step = 0; step < 60; step += 1) world.step(1 / 60);
      return world;
    },
  },
  {
    name: 'yaml',
    async make() {
      const { parseDocument } = await import('yaml');
      const document = parseDocument(
        'base: &base { a: 1, list: [x, y] }\nmore:\n  <<: *base\n  # a comment\n  b: 2\n',
        {
          merge: true,
        },
      );
      return { document, value: document.toJS() };
    },
  },
  {
    name: 'handlebars',
    async make() {
      const { default: Handlebars } = await import('handlebars');
      const own = Handlebars.create();
      own.registerHelper('loud', (text) => text.toUpperCase());
      own.registerPartial('item', '<li>{{loud name}}</li>');
      const template = own.compile('<ul>{{#each items}}{{> item}}{{else}}none{{/each}}</ul>');
      template({ items: [{ name: 'a' }] });
      return { own, ast: own.parse('{{#if a}}{{b.c "text" d=1}}{{/if}}'), template };
    },
  },
  {
    name: 'joi',
    async make() {
      const { default: Joi } = await import('joi');
      return Joi.object({
        name: Joi.string().min(3).required(),
        tags: Joi.array().items(Joi.string(), Joi.number()),
        other: Joi.alternatives().try(Joi.date(), Joi.boolean()).match('one'),
      });
    },
  },
  {
    name: 'yup',
    async make() {
      const { object, string, number, array, lazy } = await import('yup');
      return object({
        name: string().required().trim(),
        age: number().positive().integer(),
        friends: array(lazy(() => object({ name: string() }))),
      });
    },
  },
  {
    name: 'effector',
    async make() {
      const { createEvent, createStore, combine, sample, createEffect, fork, allSettled } = await import('effector');
      const added = createEvent();
      const $items = createStore([]).on(added, (items, item) => [...items, item]);
      const $count = $items.map((items) => items.length);
      const $both = combine({ items: $items, count: $count });
      const save = createEffect(async (items) => items.length);
      sample({ clock: added, source: $items, target: save });
      const scope = fork();
      await allSettled(added, { scope, params: { id: 1 } });
      return { added, $items, $both, save, scope };
    },
  },
  {
    name: '@vue/reactivity',
    proxies: true,
    async make() {
      const { reactive, ref, computed, effect, shallowReactive, toRefs } = await import('@vue/reactivity');
      const state = reactive({ list: [{ n: 1 }], map: new Map([['k', { deep: {} }]]), nested: { count: 1 } });
      const count = ref({ value: 1 });
      const double = computed(() => state.nested.count * 2 + count.value.value);
      const runs = [];
      const stop = effect(() => runs.push(double.value + state.list.length));
      state.nested.count += 1;
      return { state, count, double, runs, stop, shallow: shallowReactive({ a: {} }), refs: toRefs(state) };
    },
  },
  {
    name: 'emittery',
    async make() {
      const { default: Emittery } = await import('emittery');
      const emitter = new Emittery();
      const heard = [];
      emitter.on('a', (data) => heard.push(data));
      emitter.onAny((name, data) => heard.push([name, data]));
      await emitter.emit('a', { one: 1 });
      return { emitter, heard, more: [emitter.events('a'), { again: emitter, first: heard[0] }] };
    },
  },
  {
    name: '@seald-io/nedb',
    async make() {
      const { default: Datastore } = await import('@seald-io/nedb');
      const db = new Datastore();
      await db.ensureIndexAsync({ fieldName: 'name' });
      await db.insertAsync(['c', 'a', 'b'].map((name, index) => ({ name, at: { index } })));
      return { db, found: await db.findAsync({ name: 'a' }) };
    },
  },
  {
    name: 'ohm-js',
    async make() {
      const ohm = await import('ohm-js');
      const grammar = ohm.grammar(
        'Sum { Exp = Exp "+" Term -- plus\n | Term\n Term = "(" Exp ")" -- group\n | digit+ -- number }',
      );
      return { grammar, match: grammar.match('1+(2+3)') };
    },
  },
  {
    name: 'chevrotain',
    async make() {
      const { createToken, Lexer, CstParser } = await import('chevrotain');
      const Digits = createToken({ name: 'Digits', pattern: /\d+/ });
      const Plus = createToken({ name: 'Plus', pattern: /\+/ });
      const lexer = new Lexer([Digits, Plus], { positionTracking: 'onlyOffset' });
      class Sums extends CstParser {
        constructor() {
          super([Digits, Plus]);
          this.RULE('sum', () => {
            this.CONSUME(Digits);
            this.MANY(() => {
              this.CONSUME(Plus);
              this.CONSUME2(Digits);
            });
          });
          this.performSelfAnalysis();
        }
      }
      const parser = new Sums();
      parser.input = lexer.tokenize('1+2+3').tokens;
      return { cst: parser.sum(), tokens: parser.input, parser, lexer };
    },
  },
  {
    name: 'peggy',
    async make() {
      const { default: peggy } = await import('peggy');
      const text = 'sum = first:number rest:("+" number)* { return [first, rest] }\nnumber = digits:$[0-9]+';
      return { ast: peggy.parser.parse(text), parsed: peggy.generate(text).parse('1+22+3') };
    },
  },
  {
    name: 'lunr',
    async make() {
      const { default: lunr } = await import('lunr');
      const index = lunr(function () {
        this.ref('id');
        this.field('text');
        for (const [id, text] of ['the green plant', 'a study in scarlet', 'plants and studies'].entries())
          this.add({ id, text });
      });
      return { index, found: index.search('plant') };
    },
  },
  {
    name: 'minisearch',
    async make() {
      const { default: MiniSearch } = await import('minisearch');
      const search = new MiniSearch({ fields: ['title'], storeFields: ['title'] });
      search.addAll(['zen and the art', 'the art of war', 'artful'].map((title, id) => ({ id, title })));
      return { search, found: search.search('art', { prefix: true }) };
    },
  },
  {
    name: 'fuse.js',
    async make() {
      const { default: Fuse } = await import('fuse.js');
      const list = ['Ada', 'Alan', 'Grace'].map((name) => ({ name, of: { list: [name] } }));
      const fuse = new Fuse(list, { keys: ['name', 'of.list'], includeMatches: true });
      return { fuse, found: fuse.search('al') };
    },
  },
  {
    name: 'mnemonist',
    async make() {
      const all = await import('mnemonist');
      const trie = all.TrieMap.from(new Map(['roman', 'romanesque', 'rome'].map((word) => [word, { word }])));
      const heap = all.Heap.from(
        [3, 1, 2].map((n) => ({ n })),
        (a, b) => a.n - b.n,
      );
      const lru = new all.LRUMap(3);
      for (const key of ['a', 'b', 'c', 'd']) lru.set(key, { key });
      const both = all.BiMap.from(new Map([[{ left: 1 }, { right: 1 }]]));
      const list = all.LinkedList.from([{ first: 1 }, { second: 2 }]);
      const multi = new all.MultiMap(Set);
      multi.set('k', { v: 1 });
      multi.set('k', { v: 2 });
      return {
        trie,
        heap,
        lru,
        both,
        list,
        multi,
        bk: all.BKTree.from(['ab', 'abc'], (a, b) => Math.abs(a.length - b.length)),
      };
    },
  },
  {
    name: 'sorted-btree',
    async make() {
      const { default: module } = await import('sorted-btree');
      const BTree = module.default ?? module;
      const tree = new BTree(Array.from({ length: 200 }, (_, index) => [index, { index }]));
      const copy = tree.clone();
      copy.set(500, { late: true });
      return { tree, copy };
    },
  },
  {
    name: 'denque',
    calledByV8: ['length', 'size'],
    async make() {
      const { default: Denque } = await import('denque');
      const queue = new Denque(Array.from({ length: 20 }, (_, index) => ({ index })));
      queue.shift();
      queue.push({ last: true });
      return queue;
    },
  },
  {
    name: 'ml-matrix',
    async make() {
      const { Matrix, LuDecomposition, SVD, MatrixTransposeView } = await import('ml-matrix');
      const matrix = new Matrix([
        [4, 3, 1],
        [6, 3, 2],
        [1, 1, 9],
      ]);
      return { matrix, lu: new LuDecomposition(matrix), svd: new SVD(matrix), view: new MatrixTransposeView(matrix) };
    },
  },
  {
    name: 'miniplex',
    async make() {
      const { World } = await import('miniplex');
      const world = new World();
      const moving = world.with('position', 'velocity');
      const still = world.without('velocity');
      moving.entities;
      for (let index = 0; index < 5; index += 1)
        world.add({ position: { x: index }, ...(index % 2 ? { velocity: { x: 1 } } : {}) });
      return { world, moving, still };
    },
  },
  {
    name: 'prosemirror-model and prosemirror-state',
    async make() {
      const { Schema } = await import('prosemirror-model');
      const { EditorState, Plugin, PluginKey } = await import('prosemirror-state');
      const schema = new Schema({
        nodes: { doc: { content: 'block+' }, paragraph: { group: 'block', content: 'text*' }, text: {} },
        marks: { strong: {} },
      });
      const count = new Plugin({
        key: new PluginKey('count'),
        state: { init: () => ({ n: 0 }), apply: (_, value) => ({ n: value.n + 1 }) },
      });
      const doc = schema.node('doc', null, [
        schema.node('paragraph', null, [schema.text('Hello', [schema.mark('strong')])]),
      ]);
      const before = EditorState.create({ schema, doc, plugins: [count] });
      return { before, after: before.apply(before.tr.insertText(' you', 6)) };
    },
  },
  {
    name: 'slate',
    async make() {
      const { createEditor, Transforms } = await import('slate');
      const editor = createEditor();
      editor.children = [{ type: 'paragraph', children: [{ text: 'one' }, { text: 'two', bold: true }] }];
      const before = editor.children;
      Transforms.insertText(editor, '!', { at: { path: [0, 0], offset: 3 } });
      return { editor, before };
    },
  },
  {
    name: '@codemirror/state',
    async make() {
      const { EditorState, StateField, StateEffect, RangeSetBuilder, RangeValue } = await import('@codemirror/state');
      const add = StateEffect.define();
      const count = StateField.define({
        create: () => ({ n: 0 }),
        update: (value, { docChanged }) => (docChanged ? { n: value.n + 1 } : value),
      });
      const before = EditorState.create({ doc: 'line 1\nline 2\n'.repeat(50), extensions: [count] });
      const change = before.update({ changes: { from: 3, insert: 'x' }, effects: add.of({ effect: 1 }) });
      const builder = new RangeSetBuilder();
      class Mark extends RangeValue {}
      builder.add(1, 4, new Mark());
      return { before, change, after: change.state, ranges: builder.finish() };
    },
  },
  {
    name: 'unified and remark-parse',
    async make() {
      const { unified } = await import('unified');
      const { default: parse } = await import('remark-parse');
      const processor = unified().use(parse).freeze();
      return {
        processor,
        tree: processor.parse('# Title\n\nSome *text* and a [link][a].\n\n- one\n- two\n\n[a]: https://example.test\n'),
      };
    },
  },
  {
    name: 'koa',
    async make() {
      const { default: Koa } = await import('koa');
      const app = new Koa({ proxy: true });
      app.context.db = { rows: [1] };
      app.use(async (_, next) => next());
      app.use(function respond() {});
      return app;
    },
  },
  {
    name: 'hono',
    async make() {
      const { Hono } = await import('hono');
      const app = new Hono();
      app.get('/users/:id{[0-9]+}', (context) => context.json({ id: context.req.param('id') }));
      app.route(
        '/api',
        new Hono().use('*', async (_, next) => next()).post('/items', (context) => context.text('made')),
      );
      await app.request('/users/1');
      return app;
    },
  },
  {
    name: 'awilix',
    proxies: true,
    async make() {
      const { createContainer, asClass, asValue, asFunction, InjectionMode } = await import('awilix');
      const container = createContainer({ injectionMode: InjectionMode.PROXY });
      class Service {
        constructor({ config }) {
          this.config = config;
        }
      }
      container.register({
        config: asValue({ deep: { er: true } }),
        service: asClass(Service).singleton(),
        make: asFunction(({ config }) => ({ made: config })).scoped(),
      });
      const service = container.resolve('service');
      return { container, scope: container.createScope(), service };
    },
  },
  {
    name: 'bottleneck',
    async make() {
      const { default: Bottleneck } = await import('bottleneck');
      const limiter = new Bottleneck({ maxConcurrent: 1 });
      const done = await limiter.schedule(async () => ({ job: 1 }));
      return { limiter, done };
    },
  },
  {
    name: 'keyv',
    async make() {
      const { default: Keyv } = await import('keyv');
      const store = new Map();
      const keyv = new Keyv({ store, namespace: 'own' });
      await keyv.set('a', { value: [1] });
      return { keyv, store };
    },
  },
  {
    name: 'saxes',
    async make() {
      const { default: saxes } = await import('saxes');
      const parser = new saxes.SaxesParser({ xmlns: true, position: true });
      const seen = [];
      parser.on('opentag', (tag) => seen.push(tag));
      parser.write('<a xmlns:x="urn:x"><x:b c="d"/>');
      return { parser, seen };
    },
  },
  {
    name: 'bson',
    async make() {
      const { BSON, ObjectId, Long, Binary, Decimal128, DBRef } = await import('bson');
      const id = new ObjectId('65f000000000000000000001');
      const bytes = BSON.serialize({
        id,
        long: Long.fromNumber(2 ** 40),
        in: [new Binary(new Uint8Array([1, 2])), { Decimal: new Decimal128('1.5') }],
      });
      return { id, bytes, back: BSON.deserialize(bytes, { promoteLongs: false }), reference: new DBRef('other', id) };
    },
  },
  {
    name: 'react and react-test-renderer',
    async make() {
      const React = await import('react');
      const { create, act } = (await import('react-test-renderer')).default;
      globalThis.IS_REACT_ACT_ENVIRONMENT = true;
      const Theme = React.createContext({ color: 'red' });
      const Item = React.memo(({ item }) =>
        React.createElement('li', { 'data-color': React.useContext(Theme).color }, item.name),
      );
      function List({ items }) {
        const [chosen] = React.useState(() => ({ index: 0 }));
        const seen = React.useRef(new Set());
        seen.current.add(items);
        return React.createElement(
          'ul',
          { chosen },
          items.map((item) => React.createElement(Item, { key: item.name, item })),
        );
      }
      let root;
      const items = [{ name: 'a' }, { name: 'b' }];
      await act(async () => {
        root = create(React.createElement(List, { items }));
      });
      return { tree: root.toTree(), items, json: root.toJSON() };
    },
  },
  {
    name: 'd3-hierarchy',
    async make() {
      const { hierarchy, tree, pack } = await import('d3-hierarchy');
      const data = {
        name: 'root',
        children: [
          { name: 'a', children: [{ name: 'c', size: 2 }] },
          { name: 'b', size: 1 },
        ],
      };
      const root = hierarchy(data).sum(({ size }) => size ?? 0);
      return { laidOut: tree().size([10, 10])(root.copy()), packed: pack()(root), data };
    },
  },
  {
    name: 'rbush',
    async make() {
      const { default: RBush } = await import('rbush');
      const tree = new RBush(4);
      tree.load(
        Array.from({ length: 60 }, (_, index) => ({
          minX: index,
          minY: index % 7,
          maxX: index + 1,
          maxY: (index % 7) + 1,
          of: { index },
        })),
      );
      return { tree, found: tree.search({ minX: 5, minY: 0, maxX: 9, maxY: 9 }) };
    },
  },
  {
    name: 'moment',
    async make() {
      const { default: moment } = await import('moment');
      const start = moment.utc('2024-02-29T12:00:00Z');
      return {
        start,
        later: start.clone().add(1, 'month').locale('en'),
        long: moment.duration({ hours: 26, minutes: 3 }),
      };
    },
  },
  {
    name: '@js-temporal/polyfill',
    async make() {
      const { Temporal } = await import('@js-temporal/polyfill');
      const when = Temporal.ZonedDateTime.from('2024-02-29T12:00[Europe/Berlin]');
      return {
        list: [{ when }, { day: when.toPlainDate() }],
        more: { until: when.until(when.add({ days: 40 })), of: [when, [when]] },
        span: Temporal.Duration.from({ hours: 3 }),
        of: [{}, [], {}],
      };
    },
  },
  {
    name: 'tough-cookie',
    async make() {
      const { CookieJar } = await import('tough-cookie');
      const jar = new CookieJar();
      await jar.setCookie('a=1; Path=/; HttpOnly', 'https://example.test/');
      await jar.setCookie('b=2; Domain=example.test', 'https://www.example.test/deep/er');
      return { jar, found: await jar.getCookies('https://example.test/') };
    },
  },
  {
    name: '@lezer/javascript',
    async make() {
      const { parser } = await import('@lezer/javascript');
      const tree = parser
        .configure({ dialect: 'ts' })
        .parse('class A<T> { #x = [1]; m(): T { return this.#x } }'.repeat(20));
      return { tree, top: tree.topNode, cursor: tree.cursor() };
    },
  },
  {
    name: 'tapable',
    async make() {
      const { SyncHook, AsyncSeriesWaterfallHook, HookMap, MultiHook } = (await import('tapable')).default;
      const hook = new SyncHook(['a', 'b']);
      hook.tap('first', () => {});
      hook.tap({ name: 'second', before: 'first', stage: -1 }, () => {});
      hook.call(1, 2);
      const series = new AsyncSeriesWaterfallHook(['value']);
      series.tapPromise('later', async (value) => value);
      const map = new HookMap(() => new SyncHook(['x']));
      map.for('key').tap('third', () => {});
      return { hook, series, map, several: new MultiHook([hook, series]) };
    },
  },
  {
    name: 'magic-string',
    async make() {
      const { default: MagicString, Bundle } = await import('magic-string');
      const text = new MagicString('const a = 1;\nconst b = 2;\n', { filename: 'a.js' });
      text.overwrite(6, 7, 'answer').prepend('// made\n').move(13, 25, 0);
      const bundle = new Bundle();
      bundle.addSource(text);
      return { text, bundle, map: text.generateDecodedMap() };
    },
  },
  {
    name: 'quill-delta',
    async make() {
      const { default: module } = await import('quill-delta');
      const Delta = module.default ?? module;
      const before = new Delta().insert('Hello', { bold: true }).insert({ image: 'a.png' });
      const change = new Delta().retain(5).delete(1).insert('!', { link: 'b' });
      return { before, change, after: before.compose(change), back: change.invert(before) };
    },
  },
  {
    name: 'bitecs',
    async make() {
      const { createWorld, addEntity, addComponent, query, createRelation, removeEntity } = await import('bitecs');
      const Position = { x: [], y: [] };
      const Health = new Map();
      const world = createWorld({ time: { delta: 0 }, components: { Position, Health } });
      const ChildOf = createRelation({ exclusive: true });
      const [first, second, third] = [addEntity(world), addEntity(world), addEntity(world)];
      addComponent(world, first, Position);
      addComponent(world, second, Position);
      addComponent(world, second, ChildOf(first));
      removeEntity(world, third);
      return { world, found: query(world, [Position]), Position, ChildOf };
    },
  },
];
