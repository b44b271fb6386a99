import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../diagram/settings.ts';
import { openPage } from '../page/page.test-helper.ts';
import type { ReadOptions } from '../snapshot/read-options.ts';
import { type Compact, compactOf, types } from './compact.ts';
import { overviewDiagram } from './diagram.ts';
import { dominatorsOf } from './dominators.ts';
import { type Grouping, groupObjects, type Opened } from './groups.ts';

const whole: Partial<ReadOptions> = {
  slices: { begin: 1e6, middle: 0, end: 0 },
  depth: 1e6,
  objects: 1e6,
};

const store = `
class User { constructor(id) { this.id = id; this.name = 'user ' + id; this.friends = []; } }
class Post { constructor(id, author) { this.id = id; this.text = 'text ' + id; this.author = author; this.tags = ['a', 'b']; this.likes = []; } }
globalThis.makeStore = (users, posts) => {
  const store = { users: new Map(), posts: [], ui: { selected: null, open: true }, cache: new Map() };
  for (let i = 0; i < users; i++) store.users.set(i, new User(i));
  for (let i = 0; i < users; i++) store.users.get(i).friends.push(store.users.get((i + 1) % users), store.users.get((i + 2) % users));
  for (let i = 0; i < posts; i++) {
    const post = new Post(i, store.users.get(i % users));
    for (let k = 0; k < 3; k++) post.likes.push(store.users.get((i * 7 + k) % users));
    store.posts.push(post);
    if (i < posts / 15) store.cache.set(i, post);
  }
  store.ui.selected = store.posts[0];
  return store;
};`;

const nothing: Opened = { groups: [], taken: [] };

function groupsOf(expression: string, script = '', opened: Opened = nothing) {
  const snapshot = openPage(script).capture([expression], whole);
  const { compact, ids } = compactOf(snapshot);
  const grouping = groupObjects(compact, opened);
  return { snapshot, compact, ids, grouping, text: textOf(compact, grouping) };
}

/** Each group in a line: its title, and its rows. */
function textOf({ shapes }: Compact, { groups }: Grouping): readonly string[] {
  const named = groups.map(({ shape, count, note }) => {
    const title = count === 1 ? shapes[shape]?.title : `${shapes[shape]?.title} × ${count}`;
    return note === '' ? title : `${title} (${note})`;
  });
  return groups.map(({ rows }, number) => {
    const texts = rows.map((row) => {
      if (row.type === 'references') return `${row.field} ${row.count} → ${row.distinct} ${named[row.target]}`;
      return row.type === 'values' ? `${row.field} ${row.text}` : `${row.field} … ${row.count}`;
    });
    return `${named[number]}: ${texts.join(', ')}`;
  });
}

describe('groups', () => {
  test('a store of 10,005 objects is 13, and says what is shared', () => {
    const { text, snapshot, grouping } = groupsOf('makeStore(500, 3000)', store);
    expect(snapshot.objects.size).toBe(10_005);
    expect(grouping.count).toBe(10_005);
    expect(text.toSorted()).toEqual(
      [
        'Object: users 1 → 1 Map, posts 1 → 1 Array, ui 1 → 1 Object, cache 1 → 1 Map',
        'Map: key 0 … 499, value 500 → 500 User × 500',
        'Array: [ ] 200 → 200 Post × 200, [ ] 2800 → 2800 Post × 2800',
        'Object: selected 1 → 1 Post × 200, open true',
        'Map: key 0 … 199, value 200 → 200 Post × 200',
        'User × 500: id 0 … 499, name string (500), friends 500 → 500 Array × 500',
        'Array × 500: [ ] 1000 → 500 User × 500',
        'Post × 200: id 0 … 199, text string (200), author 200 → 200 User × 500, tags 200 → 200 Array × 200, likes 200 → 200 Array × 200',
        'Array × 200: [ ] "a" | "b"',
        'Array × 200: [ ] 600 → 486 User × 500',
        'Post × 2800: id 200 … 2999, text string (2,800), author 2800 → 500 User × 500, tags 2800 → 2800 Array × 2800, likes 2800 → 2800 Array × 2800',
        'Array × 2800: [ ] "a" | "b"',
        'Array × 2800: [ ] 8400 → 500 User × 500',
      ].toSorted(),
    );
  });

  test.each<[name: string, expression: string, groups: readonly string[]]>([
    [
      'a list is one group that refers to itself',
      `(() => { let first = null; for (let i = 0; i < 400; i++) first = { value: i, next: first }; return { first }; })()`,
      ['Object: first 1 → 1 Object × 400', 'Object × 400: value 0 … 399, next 399 → 399 Object × 400, next null'],
    ],
    [
      'a tree of a class, whatever each has',
      `(() => { class Node { constructor(depth) { this.left = depth ? new Node(depth - 1) : null; this.right = depth ? new Node(depth - 1) : null; } } return [new Node(7)]; })()`,
      [
        'Array: [ ] 1 → 1 Node × 255',
        'Node × 255: left 127 → 127 Node × 255, right 127 → 127 Node × 255, left null, right null',
      ],
    ],
    [
      'names of a table of alike things are one field',
      `({ byId: Object.fromEntries(Array.from({ length: 40 }, (_, i) => ['id' + i, { i, on: i % 2 === 0 }])) })`,
      ['Object: byId 1 → 1 Object', 'Object: [name] 40 → 40 Object × 40', 'Object × 40: i 0 … 39, on true | false'],
    ],
    [
      'other names, another group',
      `[{ a: 1 }, { a: 2 }, { b: 3 }]`,
      ['Array: [ ] 2 → 2 Object × 2, [ ] 1 → 1 Object', 'Object × 2: a 1 … 2', 'Object: b 3'],
    ],
    [
      'values of several types',
      `[{ x: 1.5 }, { x: 'a' }, { x: null }, { x: undefined }, { x: () => 1 }]`,
      ['Array: [ ] 5 → 5 Object × 5', 'Object × 5: x 1.5 | "a" | null | undefined | f x'],
    ],
  ])('%s', (_, expression, expected) => {
    const { text } = groupsOf(expression);
    // Rows of one field are in the order in which they are found.
    const sorted = (line: string): string => line.split(', ').toSorted().join(', ');
    expect(text.map(sorted).toSorted()).toEqual(expected.map(sorted).toSorted());
  });

  test('keys stay when there is more of the same, and when it is read again', () => {
    const keys = (posts: number) => groupsOf(`makeStore(20, ${posts})`, store).grouping.groups.map(({ key }) => key);
    expect(new Set(keys(30)).size).toBe(13);
    expect(keys(60).toSorted()).toEqual(keys(30).toSorted());
  });
});

describe('opening', () => {
  const keyOf = (title: RegExp, opened: Opened = nothing, expression = 'makeStore(20, 30)'): string => {
    const { grouping, text } = groupsOf(expression, store, opened);
    return grouping.groups[text.findIndex((line) => title.test(line))]?.key ?? '';
  };
  const lines = (opened: Opened, expression = 'makeStore(20, 30)') => groupsOf(expression, store, opened).text;

  test('a group opens by what refers to its objects', () => {
    const key = keyOf(/^Post × 2:/);
    expect(lines({ groups: [key], taken: [] }).filter((line) => line.startsWith('Post'))).toEqual([
      expect.stringMatching(/^Post × 28: id 2 … 29/),
      expect.stringMatching(/^Post \(in \[ \], selected, and value\): id 0/),
      expect.stringMatching(/^Post \(in \[ \] and value\): id 1/),
    ]);
  });
  test('a list opens from its beginning', () => {
    const list = `(() => { let first = null; for (let i = 0; i < 30; i++) first = { value: 30 - i, next: first }; return { first }; })()`;
    const key = keyOf(/^Object × 30/, nothing, list);
    expect(lines({ groups: [key], taken: [] }, list)).toEqual([
      'Object: first 1 → 1 Object',
      'Object: value 1, next 1 → 1 Object × 29',
      expect.stringMatching(/^Object × 29: value 2 … 30, next 28 → 28 Object × 29/),
    ]);
  });
  test('by a value that says of which kind each is', () => {
    const kinds = `Array.from({ length: 30 }, (_, i) => ({ type: ['a', 'b', 'c'][i % 3], i }))`;
    const key = keyOf(/^Object × 30/, nothing, kinds);
    expect(lines({ groups: [key], taken: [] }, kinds).slice(1)).toEqual([
      'Object × 10 (type: "a"): type "a", i 0 … 27',
      'Object × 10 (type: "b"): type "b", i 1 … 28',
      'Object × 10 (type: "c"): type "c", i 2 … 29',
    ]);
  });
  test('or else into the first ones and the rest, and further', () => {
    const alike = 'Array.from({ length: 30 }, (_, i) => ({ i }))';
    const key = keyOf(/^Object × 30/, nothing, alike);
    const parts = lines({ groups: [key], taken: [] }, alike);
    expect(parts.slice(1, 3)).toEqual(['Object (0): i 0', 'Object (1): i 1']);
    expect(parts.at(-1)).toBe('Object × 22 (from 8): i 8 … 29');
    const rest = keyOf(/^Object × 22/, { groups: [key], taken: [] }, alike);
    expect(lines({ groups: [key, rest], taken: [] }, alike).at(-1)).toMatch(/^Object × 14/);
  });
  test('one object stands beside its group', () => {
    const { ids, grouping } = groupsOf('makeStore(20, 30)', store);
    const post = grouping.groups.find(({ count }) => count === 28)?.first ?? 0;
    expect(ids[post]).toBeTypeOf('number');
    const text = lines({ groups: [], taken: [post] });
    expect(text).toContainEqual(expect.stringMatching(/^Post: id 2, /));
    expect(text).toContainEqual(expect.stringMatching(/^Post × 27: id 3 … 29/));
  });
});

test('the diagram has a box for each group, with its share, and leads where its rows say', () => {
  const { grouping, compact, ids } = groupsOf('makeStore(500, 3000)', store);
  const diagram = overviewDiagram(grouping, { shapes: compact.shapes, ids }, defaultSettings);
  expect(diagram.boxes).toHaveLength(13);
  expect(new Set(diagram.boxes.map(({ key }) => key)).size).toBe(13);
  const posts = diagram.boxes.find(({ title }) => title === 'Post × 2,800');
  expect(posts?.group).toEqual({ count: 2800, share: 2800 / 10_005 });
  expect(posts?.object).toBeNull();
  expect(posts?.rows.map((row) => row.map((cell) => cell?.text))).toEqual([
    ['id', '200 … 2999'],
    ['text', 'string (2,800)'],
    ['author × 2,800', '500, shared'],
    ['tags × 2,800', ''],
    ['likes × 2,800', ''],
    [null, '…'].map((text) => text ?? undefined),
  ]);
  const targets = diagram.references.flatMap(({ from, to }) =>
    from === posts?.key ? [diagram.boxes.find(({ key }) => key === to)?.title] : [],
  );
  expect(targets).toEqual(['User × 500', 'Array × 2,800', 'Array × 2,800']);
  expect(diagram.boxes[0]).toMatchObject({ title: 'Object', root: true, object: ids[0] });
});

test('dominators are what every way passes', () => {
  const graph = fc
    .integer({ min: 1, max: 12 })
    .chain((count) => fc.array(fc.array(fc.nat(count - 1), { maxLength: 4 }), { minLength: count, maxLength: count }));
  fc.assert(
    fc.property(graph, (targets) => {
      const { of } = dominatorsOf(compactGraph(targets));
      const reach = (without: number): ReadonlySet<number> => {
        const seen = new Set(without === 0 ? [] : [0]);
        for (const each of seen) for (const to of targets[each] ?? []) if (to !== without) seen.add(to);
        return seen;
      };
      const all = reach(-1);
      for (const object of all) {
        const strict = [...all].filter((other) => other !== object && !reach(other).has(object));
        // The nearest one is passed by every way to it after all the others.
        const nearest = strict.find((one) => strict.every((other) => other === one || !reach(other).has(one)));
        expect(of[object]).toBe(nearest ?? -1);
      }
    }),
  );
});

function compactGraph(targets: readonly (readonly number[])[]): Compact {
  const flat = targets.flat();
  const firstPart = Int32Array.from([0, ...targets.map((_, i) => targets.slice(0, i + 1).flat().length)]);
  return {
    count: targets.length,
    roots: Int32Array.of(0),
    shapeOf: new Int32Array(targets.length),
    shapes: [{ key: '', title: '', category: 'object', joins: false }],
    firstPart,
    fieldOf: new Int32Array(flat.length),
    typeOf: new Uint8Array(flat.length).fill(types.reference),
    values: Float64Array.from(flat),
    fields: ['field'],
    texts: [],
  };
}
