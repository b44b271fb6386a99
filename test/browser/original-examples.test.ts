/**
 * The rows of the original's examples that need no debugger, drawn in real DevTools: what must come out, exactly.
 * Counts are nodes / edges / shared nodes, as docs/automation.md counts.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Cell } from '../../src/diagram/diagram.ts';
import { memoryGraphPage } from './memory-graph-page.ts';

/** What Python's `random.seed(0)` gives for 100 times `randrange(100)`. */
const RANDOM = [
  49, 97, 53, 5, 33, 65, 62, 51, 38, 61, 45, 74, 27, 64, 17, 36, 17, 96, 12, 79, 32, 68, 90, 77, 18, 39, 12, 93, 9, 87,
  42, 60, 71, 12, 45, 55, 40, 78, 81, 26, 70, 61, 56, 66, 33, 7, 70, 1, 11, 92, 51, 90, 85, 80, 0, 78, 63, 42, 31, 93,
  41, 90, 8, 24, 72, 28, 30, 18, 69, 57, 11, 10, 40, 65, 62, 13, 38, 70, 37, 90, 15, 70, 42, 69, 26, 77, 70, 75, 36, 56,
  11, 76, 49, 40, 73, 30, 37, 23, 24, 23,
];

const STRUCTURES = `
  class ListNode { constructor(value) { this.prev = null; this.value = value; this.next = null; } }
  class LinkedList {
    head = null; tail = null;
    addFront(value) {
      const node = new ListNode(value);
      if (this.head === null) { this.head = node; this.tail = node; }
      else { node.next = this.head; this.head.prev = node; this.head = node; }
    }
  }
  class TreeNode { constructor(value) { this.smaller = null; this.value = value; this.larger = null; } }
  class BinTree {
    root = null;
    add(value) {
      if (this.root === null) { this.root = new TreeNode(value); return; }
      let node = this.root;
      for (;;) {
        const side = value < node.value ? 'smaller' : 'larger';
        if (node[side] === null) { node[side] = new TreeNode(value); return; }
        node = node[side];
      }
    }
  }
  class HashSet {
    buckets = new Array(20).fill(null);
    add(value) {
      const index = value % 20;
      if (this.buckets[index] === null) this.buckets[index] = [value]; else this.buckets[index].push(value);
    }
  }
  var linkedList = new LinkedList(), tree = new BinTree(), hashSet = new HashSet();
  for (const value of ${JSON.stringify(RANDOM)}) { linkedList.addFront(value); tree.add(value); hashSet.add(value); }
`;

const tab = memoryGraphPage({ url: 'index.html' });
beforeAll(async () => {
  await run(STRUCTURES);
});

/** Runs a classic script in the page, as a script element would. */
async function run(script: string): Promise<void> {
  await tab.page.evaluate((text) => {
    const element = document.createElement('script');
    element.textContent = text;
    document.head.append(element);
  }, script);
}

const cells = (rows: readonly (readonly (Cell | null)[])[]): Cell[] => rows.flat().filter((cell) => cell !== null);

describe('containers', () => {
  beforeAll(() => run("var data = [[1, 2], [3, 4], new Set([5, 6]), new Map([[7, 'seven'], [8, 'eight']])]"));

  test('counts', async () => {
    expect(await tab.count('data')).toBe('5 / 4 / 0');
  });
  test('the root is thick and horizontal with four empty reference cells, its children vertical', async () => {
    await tab.draw('data');
    const [root, ...children] = (await tab.diagram()).boxes;
    expect(root).toMatchObject({ root: true, orientation: 'horizontal' });
    expect(
      cells(root?.rows ?? [])
        .filter((cell) => cell.kind === 'reference')
        .map((cell) => cell.text),
    ).toEqual(['', '', '', '']);
    expect(children.map(({ root, orientation }) => ({ root, orientation }))).toEqual(
      Array(4).fill({ root: false, orientation: 'vertical' }),
    );
  });
  test('a Set has no indices', async () => {
    await tab.draw('data');
    const set = (await tab.diagram()).boxes.find((box) => box.category === 'set');
    expect(cells(set?.rows ?? []).map((cell) => [cell.kind, cell.text])).toEqual([
      ['value', '5'],
      ['value', '6'],
    ]);
  });
  test('a Map has its keys', async () => {
    await tab.draw('data');
    const map = (await tab.diagram()).boxes.find((box) => box.category === 'map');
    expect(map?.rows.map((row) => row.map((cell) => cell?.text))).toEqual([
      ['7', '"seven"'],
      ['8', '"eight"'],
    ]);
  });
});

test('primitives are cells, before and after a change', async () => {
  await run('var p = 10, q = p');
  expect(await tab.count('p', 'q')).toBe('1 / 0 / 0');
  await run('p += 1');
  expect(await tab.count('p', 'q')).toBe('1 / 0 / 0');
  expect(cells((await tab.diagram()).boxes[0]?.rows ?? []).map((cell) => cell.text)).toEqual(['p', '11', 'q', '10']);
});

test('with primitives as nodes, two names share one value until one of them changes', async () => {
  await run('var u = 10, v = u');
  await tab.settings({ drawing: { primitives: { asBoxes: true } } });
  expect(await tab.count('u', 'v')).toBe('2 / 2 / 1');
  await run('u += 1');
  expect(await tab.count('u', 'v')).toBe('3 / 2 / 0');
  await tab.settings();
  expect(await tab.count('u', 'v')).toBe('1 / 0 / 0');
});

test('an array under two names is one, and keeps its number when it changes', async () => {
  await run('var m = [4, 3, 2], n = m');
  expect(await tab.count('m', 'n')).toBe('2 / 2 / 1');
  const before = (await tab.diagram()).boxes[1]?.object;
  await run('m.push(1)');
  expect(await tab.count('m', 'n')).toBe('2 / 2 / 1');
  expect((await tab.diagram()).boxes[1]?.object).toBe(before);
  expect(typeof before).toBe('number');
});

test('assignment shares all, a shallow copy what is inside, a deep copy nothing', async () => {
  await run("var a = [[1, 2], ['a', 'b']], c1 = a, c2 = [...a], c3 = structuredClone(a)");
  expect(await tab.count('a', 'c1', 'c2', 'c3')).toBe('8 / 10 / 3');
});

test('the squares of the d() example, at the end', async () => {
  await run(`var my_squares = [], my_squares_ref = my_squares, i, my_squares_copy;
    for (i = 0; i < 5; i++) my_squares.push(i ** 2);
    i = 4; my_squares_copy = [...my_squares]`);
  expect(await tab.count('my_squares', 'my_squares_ref', 'i', 'my_squares_copy')).toBe('3 / 3 / 1');
});

describe('data structures of the 100 values', () => {
  beforeAll(() => tab.settings({ drawing: { amount: 'all' } }));
  test('doubly linked list', async () => {
    expect(await tab.count('linkedList')).toBe('101 / 200 / 100');
  });
  test('binary tree, 13 high', async () => {
    expect(await tab.count('tree')).toBe('101 / 100 / 0');
    const { boxes, references } = await tab.diagram();
    const level = new Map([[boxes[0]?.key, 0]]);
    for (const box of boxes) {
      for (const { from, to } of references) if (from === box.key) level.set(to, (level.get(from) ?? 0) + 1);
    }
    expect(Math.max(...level.values())).toBe(13);
  });
  test('hash set', async () => {
    expect(await tab.count('hashSet')).toBe('22 / 21 / 0');
  });
});

test('an array that holds itself has a visible reference to itself', async () => {
  await run('var l = [1]; l.push(l)');
  expect(await tab.count('({ l })')).toBe('2 / 2 / 1');
  const { references } = await tab.diagram();
  expect(references.filter(({ from, to }) => from === to)).toHaveLength(1);
  const drawn = await tab.panel.evaluate(() => document.querySelectorAll('[data-reference]').length);
  expect(drawn).toBe(2);
});

test('a hole is a hole, not undefined', async () => {
  await tab.draw('[1,,3]');
  const texts = cells((await tab.diagram()).boxes[0]?.rows ?? []).map((cell) => `${cell.kind} ${cell.text}`);
  expect(texts.filter((text) => text.includes('undefined'))).toEqual([]);
  expect(texts.some((text) => text.startsWith('holes'))).toBe(true);
});

test('a getter is shown as (…) and never runs', async () => {
  await run('var ran = 0; var guarded = { get g() { ran += 1; return 1; }, y: 1 }');
  await tab.draw('guarded');
  const texts = cells((await tab.diagram()).boxes[0]?.rows ?? []).map((cell) => cell.text);
  expect(texts).toEqual(['g', '(…)', 'y', '1']);
  expect(await tab.page.evaluate('ran')).toBe(0);
});
