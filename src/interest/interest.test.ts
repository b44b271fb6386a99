import { describe, expect, test } from 'vitest';
import { choose } from '../diagram/choices.ts';
import { seedStructures } from '../diagram/seed.test-helper.ts';
import { type DiagramSettings, defaultSettings, type ViewSize } from '../diagram/settings.ts';
import { textForm } from '../diagram/text-form.test-helper.ts';
import { layoutInProcess } from '../layout/in-process.ts';
import { tableMeasure } from '../layout/measure.ts';
import { openPage } from '../page/page.test-helper.ts';
import type { HeapObject, ObjectId, Part, ScopeKind, Snapshot, Value } from '../snapshot/snapshot.ts';
import { interestGraph } from './graph.ts';
import { orderOfInterest, pathsTo } from './order.ts';
import { type Readable, type ReadableRequest, readable } from './readable.ts';
import { chooseRows } from './rows.ts';
import { isWritten } from './written.ts';

const emptyScope: HeapObject = {
  id: -3,
  kind: 'scope',
  className: null,
  size: null,
  primitive: null,
  frozen: false,
  cut: null,
  parts: [],
};

const capture = (expression: string, script = ''): Snapshot => openPage(script).capture([expression]);

/** Names of objects by their field `n`, or `#1` where they have none. */
function namesIn(snapshot: Snapshot): (id: ObjectId) => string {
  return (id) => {
    for (const part of snapshot.objects.get(id)?.parts ?? []) {
      if (part.type !== 'property' || part.key.type !== 'name' || part.key.name.head !== 'n') continue;
      if (part.value.type === 'string') return part.value.text.head;
    }
    return `#${id}`;
  };
}

describe('the order of interest', () => {
  const rows: readonly (readonly [name: string, expression: string, order: string])[] = [
    ['nearest first', `{ n: 'r', a: { n: 'a', deep: { n: 'deep' } }, b: { n: 'b' } }`, 'r a b deep'],
    [
      'what is shared comes with a path from each side',
      `(() => { const s = { n: 's' }; return { n: 'r', a: { n: 'a' }, b: { n: 'b' }, c: { n: 'c', s }, d: { n: 'd', s } } })()`,
      'r c d s a b',
    ],
    [
      'a parent that its children know is not shared',
      `(() => { const r = { n: 'r', a: { n: 'a' }, b: { n: 'b' } }; r.a.up = r; r.b.up = r; return r })()`,
      'r a b',
    ],
    ['internals come last', `{ n: 'r', _a: { n: 'a' }, $$b: { n: 'b' }, c: { n: 'c', d: { n: 'd' } } }`, 'r c d a b'],
    [
      'of many alike the first few come before what is deeper',
      `{ n: 'r', l: [..."abcdefgh"].map((n) => ({ n })), x: { n: 'x', y: { n: 'y', z: { n: 'z' } } } }`,
      'r #2 x a y b c d z e f g h',
    ],
  ];
  test.each(rows)('%s', (_, expression, expected) => {
    const snapshot = capture(`(${expression})`);
    const order = orderOfInterest(interestGraph(choose(snapshot, defaultSettings)));
    expect(order.map(({ id }) => namesIn(snapshot)(id)).join(' ')).toBe(expected);
  });

  test('the path to what was asked for', () => {
    const snapshot = capture(`({ n: 'r', a: { n: 'a' }, b: { n: 'b', c: { n: 'c', d: { n: 'd' } } } })`);
    const name = namesIn(snapshot);
    const d = [...snapshot.objects.keys()].filter((id) => name(id) === 'd');
    const path = pathsTo(interestGraph(choose(snapshot, defaultSettings)), d);
    expect(path.map(name).join(' ')).toBe('r b c d');
  });
});

describe('rows', () => {
  const few = { variables: 40, innermost: null };
  const rows: readonly (readonly [name: string, expression: string, limit: number, shown: string])[] = [
    ['all of few', '{ a: 1, b: 2, c: 3 }', 2, 'all'],
    [
      'names that tell apart, then references, in their own order',
      '{ a: 1, b: {}, c: 2, id: 3, d: {} }',
      3,
      'b id d …2',
    ],
    ['functions and nothing after other values', '{ a() {}, b: null, c: 1, d: undefined, e: 2 }', 2, 'c e …3'],
    ['internals last', '{ _a: 1, $$b: 2, c: null, d: null, e: null }', 2, 'c d …3'],
    ['elements from the beginning', '[1, 2, 3, 4, 5]', 3, '0 1 2 …2'],
  ];
  test.each(rows)('%s', (_, expression, limit, expected) => {
    const snapshot = capture(`(${expression})`);
    const choices = choose(snapshot, defaultSettings);
    const [object] = snapshot.objects.values();
    if (!object) throw new Error('Nothing was captured.');
    const isFunction = (id: ObjectId): boolean => snapshot.objects.get(id)?.kind === 'function';
    const shown = chooseRows(object, choices.shownParts(object), { ...few, limit, isDrawn: () => false, isFunction });
    const names = shown?.map(({ part }) => {
      if (part.type === 'hidden') return `…${part.count}`;
      return part.type === 'property' && part.key.type === 'name'
        ? part.key.name.head
        : String('index' in part && part.index);
    });
    expect(names?.join(' ') ?? 'all').toBe(expected);
  });

  test('what leads to something drawn comes first', () => {
    const snapshot = capture('({ a: 1, b: 2, c: 3, d: 4, e: { f: 5 } })');
    const choices = choose(snapshot, defaultSettings);
    const [object, child] = snapshot.objects.values();
    if (!object || !child) throw new Error('Nothing was captured.');
    const isDrawn = (id: ObjectId): boolean => id === child.id;
    const shown = chooseRows(object, choices.shownParts(object), {
      ...few,
      limit: 1,
      isDrawn,
      isFunction: () => false,
    });
    expect(shown?.map(({ part, behind }) => `${part.type} ${behind.length}`)).toEqual(['property 0', 'hidden 4']);
  });
});

describe('variables of a frame', () => {
  const variable = (name: string, scope: ScopeKind): Part => ({
    type: 'property',
    key: { type: 'name', name: { head: name, tail: '', length: name.length } },
    enumerable: true,
    value: { type: 'number', value: 1 },
    scope,
  });
  const many = (count: number, scope: ScopeKind): readonly Part[] =>
    Array.from({ length: count }, (_, i) => variable(`${scope[0]}${i}`, scope));
  const unused: Part = { type: 'hidden', of: 'property', index: 3, count: 848, scope: 'closure' };

  function shown(parts: readonly Part[], variables: number, isInnermost: boolean): string {
    const object = { ...emptyScope, parts };
    const rows = chooseRows(
      object,
      parts.map((part) => ({ part, behind: [] })),
      { limit: 8, variables, innermost: isInnermost ? object.id : null, isDrawn: () => false, isFunction: () => false },
    );
    const counts = new Map<string, number>();
    for (const { part } of rows ?? parts.map((part) => ({ part }))) {
      const name =
        part.type === 'hidden'
          ? part.scope
            ? `${part.scope} (${part.count})`
            : `…${part.count}`
          : `${'scope' in part && part.scope}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts].map(([name, count]) => (count === 1 ? name : `${count} ${name}`)).join(', ');
  }

  test.each<[string, readonly Part[], number, boolean, string]>([
    ['all of 40', [...many(40, 'local'), unused], 40, true, '40 local, closure (848)'],
    ['the first 40 of 60', [...many(60, 'local'), unused], 40, true, '40 local, …20, closure (848)'],
    ['as many as a low view has rows', [...many(30, 'local'), unused], 12, true, '12 local, …18, closure (848)'],
    [
      'those that it uses of others, after its own',
      [...many(9, 'closure'), ...many(9, 'local'), unused],
      12,
      true,
      '3 closure, 9 local, …6, closure (848)',
    ],
    [
      'what scripts declared, where the page stands',
      [...many(2, 'block'), ...many(20, 'script')],
      40,
      true,
      '2 block, 20 script',
    ],
    [
      'a few of what scripts declared, elsewhere',
      [...many(2, 'block'), ...many(20, 'script')],
      40,
      false,
      '2 block, 5 script, …15',
    ],
  ])('%s', (_, parts, variables, isInnermost, expected) => {
    expect(shown(parts, variables, isInnermost)).toBe(expected);
  });
});

describe('what is written into a cell', () => {
  const rows: readonly (readonly [name: string, expression: string, written: string])[] = [
    ['small objects that nothing else refers to', '{ a: { x: 1, y: 2 }, b: [1, 2], c: {} }', '#2 #3 #4'],
    ['nothing that two refer to', '(() => { const a = { x: 1 }; return { a, b: a } })()', ''],
    ['nothing that leads on', '{ a: { x: { y: 1 } } }', '#3'],
    ['nothing with many values', '{ a: { a: 1, b: 2, c: 3, d: 4, e: 5 } }', ''],
    [
      'nothing that is a chart',
      '{ few: Uint8Array.of(1, 2), many: Float32Array.from({ length: 30 }, Math.sin) }',
      '#2 #4 #5',
    ],
  ];
  test.each(rows)('%s', (_, expression, expected) => {
    const snapshot = capture(`(${expression})`);
    const choices = choose(snapshot, defaultSettings);
    const graph = interestGraph(choices);
    const written = [...snapshot.objects.keys()].filter((id) => {
      const node = graph.node(id);
      return node && !graph.roots.includes(id) && isWritten(node, choices);
    });
    expect(written.map((id) => `#${id}`).join(' ')).toBe(expected);
  });
});

const tab = { width: 1280, height: 700 };

type Request = Partial<ReadableRequest & Pick<DiagramSettings, 'amount' | 'asked'>>;

async function read(
  expression: string,
  script: string,
  { amount, asked, ...request }: Request = {},
): Promise<Readable> {
  const snapshot = capture(expression, script);
  const settings = { ...defaultSettings, ...(amount && { amount }), ...(asked && { asked }) };
  const found = await readable({ snapshot, settings, view: tab, previous: null, ...request }, async (diagram) => {
    const outcome = await layoutInProcess(diagram, tableMeasure);
    return outcome.ok ? outcome.placed : null;
  });
  if (!found) throw new Error('There is no picture.');
  return found;
}

/** Pixels of the text when all of it is in sight. */
const textOf = ({ placed: { width, height } }: Readable, view = tab): number =>
  12 * Math.min(1, (view.width - 24) / width, (view.height - 24) / height);

const many = `
  class Item { constructor(i, owner) { this.id = i; this.owner = owner; this.tags = ['a', 'b', i]; this.size = { w: i, h: 1 }; } }
  const owner = { name: 'Ann', address: { street: 'Main', city: 'Ulm' } };
  const store = { items: Array.from({ length: 20 }, (_, i) => new Item(i, owner)), byId: new Map(), owner };
  for (const item of store.items) store.byId.set(item.id, item);`;

/** Five calls of a function, each with the calls before it. */
const calls = `(() => {
  const frames = {};
  let path = [];
  for (let n = 0; n < 5; n++) {
    const here = { n, path };
    frames[n] = { n, path, here };
    path = [...path, here];
  }
  return frames;
})()`;

/** An object of objects as a stack with the variables of its frames. */
function stackOf(expression: string): Snapshot {
  const snapshot = capture('frames', `const frames = ${expression};`);
  const { result } = snapshot.roots[0] ?? {};
  const top = result?.ok && result.value.type === 'reference' ? snapshot.objects.get(result.value.id) : undefined;
  if (!top) throw new Error('There are no frames.');
  const numbers = new Map<ObjectId, ObjectId>([[top.id, -1]]);
  const numbered = (value: Value): Value =>
    value.type === 'reference' ? { ...value, id: numbers.get(value.id) ?? value.id } : value;
  top.parts.forEach((part, frame) => {
    if ('value' in part && part.value.type === 'reference') numbers.set(part.value.id, -2 - frame);
  });
  const objects = [...snapshot.objects.values()].map((object): HeapObject => {
    const id = numbers.get(object.id) ?? object.id;
    const scope = id < -1 ? ({ scope: 'local' } as const) : {};
    const parts = object.parts.map(
      (part): Part =>
        part.type === 'property'
          ? { ...part, ...scope, value: numbered(part.value) }
          : 'value' in part
            ? { ...part, value: numbered(part.value) }
            : part,
    );
    return { ...object, id, parts, kind: id === -1 ? 'stack' : id < -1 ? 'scope' : object.kind };
  });
  return {
    ...snapshot,
    roots: [{ label: 'Call stack', result: { ok: true, value: { type: 'reference', id: -1 } } }],
    objects: new Map(objects.map((object) => [object.id, object])),
  };
}

async function readStack(expression: string, view: ViewSize): Promise<Readable> {
  const request = { snapshot: stackOf(expression), settings: defaultSettings, view, previous: null };
  const found = await readable(request, async (diagram) => {
    const outcome = await layoutInProcess(diagram, tableMeasure);
    return outcome.ok ? outcome.placed : null;
  });
  if (!found) throw new Error('There is no picture.');
  return found;
}

describe('a picture that can be read', () => {
  test('what fits is drawn whole, as the settings say', async () => {
    const { form, settings } = await read('a', 'const a = { b: [1, 2], c: { d: 3 } }');
    expect(form).toBeNull();
    expect(settings).toEqual(defaultSettings);
  });

  test.each([
    ['the tab', tab],
    ['docked to the right', { width: 554, height: 660 }],
    ['a low drawer', { width: 1280, height: 260 }],
  ])('text of nine pixels, all in sight: %s', async (_, view) => {
    for (const expression of ['store', 'tree', 'linkedList', 'hashSet']) {
      const found = await read(expression, many + seedStructures, { view });
      expect(textOf(found, view), expression).toBeGreaterThanOrEqual(9);
      expect(found.placed.boxes.length, expression).toBeGreaterThan(1);
    }
  });

  test('in a narrow pane it goes on in one direction only', async () => {
    const view = { width: 224, height: 300 };
    const { placed } = await read('store', many, { view });
    expect(Math.min(placed.width / 200, placed.height / 276)).toBeLessThanOrEqual(12 / 9);
    expect(placed.boxes.length).toBeGreaterThan(3);
  });

  test('in a narrow pane the innermost frame comes first, with what it refers to', async () => {
    const view = { width: 224, height: 300 };
    const { diagram, placed } = await readStack(calls, view);
    expect(12 * Math.max((view.width - 24) / placed.width, (view.height - 24) / placed.height)).toBeGreaterThanOrEqual(
      9,
    );
    const innermost = diagram.boxes.find(({ object }) => object === -6);
    const referred = diagram.references.filter(({ from }) => from === innermost?.key);
    expect(referred.length).toBe(2);
    expect(innermost?.rows.flat().filter((cell) => cell?.kind === 'cut')).toEqual([]);
  });

  test('at a pause what is empty has no box, unless two refer to it', async () => {
    const { form, diagram } = await readStack(
      '(() => { const shared = []; return { 0: {}, 1: { none: {}, list: [], shared }, 2: { shared } }; })()',
      tab,
    );
    expect(form).toBeNull();
    const texts = diagram.boxes.map(({ rows }) =>
      rows
        .flat()
        .flatMap((cell) => cell?.text || [])
        .join(' '),
    );
    expect(texts.toSorted()).toEqual(['', '0 1 2 nothing drawn', 'none list shared {} []', 'shared'].toSorted());
  });

  test('what is shared is in it, with its ways', async () => {
    const { diagram } = await read('store', many);
    const [owner] = diagram.boxes.filter(({ rows }) => rows.flat().some((cell) => cell?.text === '"Ann"'));
    const from = new Set(diagram.references.filter(({ to }) => to === owner?.key).map((reference) => reference.from));
    expect(from.size).toBeGreaterThan(1);
  });

  test('the rest is ✂ and …, each with a hint', async () => {
    const { diagram } = await read('store', many, { view: { width: 500, height: 400 } });
    const cells = diagram.boxes.flatMap(({ rows }) => rows.flat());
    const cut = cells.filter((cell) => cell?.kind === 'cut');
    expect(cut.length).toBeGreaterThan(0);
    for (const cell of cut) expect(cell?.hint).toContain('click to show it');
  });

  test('what is shared is seen to be shared, whatever is drawn of its retainers', async () => {
    const { diagram } = await read('store', many, { amount: 4 });
    const references = new Map<string, number>();
    for (const { to } of diagram.references) references.set(to, (references.get(to) ?? 0) + 1);
    const snapshot = capture('store', many);
    const { incoming } = choose(snapshot, defaultSettings);
    const shared = diagram.boxes.filter(({ object }) => object !== null && incoming(object) > 1);
    expect(shared.length).toBeGreaterThan(1);
    for (const { key, object, undrawn = 0, root } of shared)
      expect((references.get(key) ?? 0) + undrawn + (root ? 1 : 0)).toBe(incoming(object ?? 0));
    const cut = diagram.boxes.flatMap(({ rows }) => rows.flat()).filter((cell) => cell?.kind === 'cut');
    expect(cut.map((cell) => cell?.text)).toContain('✂2');
    for (const cell of cut)
      expect(cell?.text).toBe(incoming(cell?.target ?? 0) > 1 ? `✂${incoming(cell?.target ?? 0)}` : '✂');
  });

  test('the same question has the same answer', async () => {
    const [one, other] = [await read('store', many), await read('store', many)];
    expect(textForm(one.diagram)).toEqual(textForm(other.diagram));
  });

  test('the next picture of the same subject keeps its form', async () => {
    const { form } = await read('store', many);
    const next = await read('store', `${many} store.items.push(new Item(99, null));`, { previous: form });
    expect(next.form).toEqual(form);
  });

  test('so many objects as were asked for', async () => {
    const { placed } = await read('store', many, { amount: 20 });
    expect(placed.boxes.length).toBe(20);
  });

  test('what a person asked for is in it', async () => {
    const snapshot = capture('store', many);
    const item = [...snapshot.objects.values()].filter(({ className }) => className?.head === 'Item').at(-1);
    const { diagram } = await read('store', many, { asked: item ? [item.id] : [] });
    expect(diagram.boxes.map(({ object }) => object)).toContain(item?.id);
  });
});
