/** The examples of the original as scripts, with what must come out of each: nodes / edges / shared nodes, a picture each. */

export interface ExampleScript {
  readonly name: string;
  readonly script: string;
  readonly options: readonly string[];
  readonly counts: readonly string[];
}

/** What Python's `random.seed(0)` gives for 100 times `randrange(100)`. */
const random = `
  49 97 53 5 33 65 62 51 38 61 45 74 27 64 17 36 17 96 12 79 32 68 90 77 18 39 12 93 9 87 42 60 71 12 45 55 40 78 81 26
  70 61 56 66 33 7 70 1 11 92 51 90 85 80 0 78 63 42 31 93 41 90 8 24 72 28 30 18 69 57 11 10 40 65 62 13 38 70 37 90 15
  70 42 69 26 77 70 75 36 56 11 76 49 40 73 30 37 23 24 23`
  .trim()
  .split(/\s+/)
  .join(', ');

const linkedList = (count: number): string => `
  class Node { prev = null; next = null; constructor(value) { this.value = value; } }
  class LinkedList {
    head = null; tail = null;
    addFront(value) {
      const node = new Node(value);
      if (this.head === null) { this.head = node; this.tail = node; return; }
      node.next = this.head;
      this.head.prev = node;
      this.head = node;
    }
  }
  const list = new LinkedList();
  for (const value of [${random}].slice(0, ${count})) list.addFront(value);
`;

const binaryTree = `
  class Node {
    smaller = null; larger = null;
    constructor(value) { this.value = value; }
    add(value) {
      const side = value < this.value ? 'smaller' : 'larger';
      if (this[side] === null) this[side] = new Node(value);
      else this[side].add(value);
    }
  }
  class BinTree {
    root = null;
    add(value) { if (this.root === null) this.root = new Node(value); else this.root.add(value); }
  }
  const tree = new BinTree();
  for (const value of [${random}]) tree.add(value);
`;

const hashSet = `
  class HashSet {
    buckets = new Array(20).fill(null);
    add(value) {
      const index = value % 20;
      if (this.buckets[index] === null) this.buckets[index] = [value]; else this.buckets[index].push(value);
    }
  }
  let set = new HashSet();
  for (const value of [${random}]) set.add(value);
`;

export const exampleScripts: readonly ExampleScript[] = [
  {
    name: 'nested containers',
    script: "let data = [[1, 2], [3, 4], new Set([5, 6]), new Map([[7, 'seven'], [8, 'eight']])];",
    options: ['--root', 'data'],
    counts: ['5 / 4 / 0'],
  },
  { name: 'primitives', script: 'let a = 10, b = a;', options: [], counts: ['1 / 0 / 0'] },
  {
    name: 'primitives, one changed',
    script: 'let a = 10, b = a; a += 1;',
    options: ['--scope'],
    counts: ['1 / 0 / 0'],
  },
  {
    name: 'primitives as nodes',
    script: 'let a = 10; let b = a;',
    options: ['--scope', '--set', 'drawing.primitives.asBoxes=true'],
    counts: ['2 / 2 / 1'],
  },
  {
    name: 'primitives as nodes, one changed',
    script: 'let a = 10; let b = a; a += 1;',
    options: ['--scope', '--set', 'drawing.primitives.asBoxes=true'],
    counts: ['3 / 2 / 0'],
  },
  { name: 'a shared array', script: 'let a = [4, 3, 2]; const b = a;', options: ['--scope'], counts: ['2 / 2 / 1'] },
  {
    name: 'a shared array, changed',
    script: 'var a = [4, 3, 2]; var b = a; a.push(1);',
    options: ['--scope'],
    counts: ['2 / 2 / 1'],
  },
  {
    name: 'assignment, shallow and deep copy, as names',
    script: "const a = [[1, 2], ['a', 'b']]; const c1 = a, c2 = [...a], c3 = structuredClone(a);",
    options: ['--root', 'a', '--root', 'c1', '--root', 'c2', '--root', 'c3'],
    counts: ['8 / 10 / 3'],
  },
  {
    name: 'assignment, shallow and deep copy, as the scope',
    script: "let a = [[1, 2], ['a', 'b']]; let c1 = a, c2 = [...a], c3 = structuredClone(a);",
    options: ['--scope'],
    counts: ['8 / 10 / 3'],
  },
  {
    name: 'squares, at the end',
    script: `
      const my_squares = [];
      const my_squares_ref = my_squares;
      for (var i = 0; i < 5; i++) my_squares.push(i ** 2);
      const my_squares_copy = [...my_squares];
    `,
    options: ['--scope'],
    counts: ['3 / 3 / 1'],
  },
  {
    name: 'squares, stopped at each step',
    script: `
      const my_squares = [];
      const my_squares_ref = my_squares;
      for (let i = 0; i < 5; i++) {
        my_squares.push(i ** 2);
        debugger;
      }
      const my_squares_copy = [...my_squares];
      debugger;
    `,
    options: ['--stack'],
    // The stack and its one frame are nodes.
    counts: ['3 / 3 / 1', '3 / 3 / 1', '3 / 3 / 1', '3 / 3 / 1', '3 / 3 / 1', '4 / 4 / 1'],
  },
  {
    name: 'add_one, paused after its three changes',
    script: `
      function add_one(a, b, c) {
        a += 1;
        b.push(1);
        c.push(1);
        debugger;
      }
      let a = 10;
      let b = [4, 3, 2];
      let c = [4, 3, 2];
      add_one(a, b, [...c]);
    `,
    options: ['--stack'],
    counts: ['6 / 6 / 1'],
  },
  {
    name: 'add_one with variables of the global object',
    script: `
      var a = 10, b = [4, 3, 2], c = [4, 3, 2];
      const add_one = (a, b, c) => { a += 1; b.push(1); c.push(1); debugger; };
      add_one(a, b, [...c]);
    `,
    options: ['--stack'],
    counts: ['6 / 6 / 1'],
  },
  {
    name: 'factorial, paused in each call before and after the recursive one',
    script: `
      function factorial(n) {
        if (n === 0) return 1;
        debugger;
        const result = n * factorial(n - 1);
        debugger;
        return result;
      }
      factorial(3);
    `,
    options: ['--stack'],
    counts: ['3 / 2 / 0', '4 / 3 / 0', '5 / 4 / 0', '5 / 4 / 0', '4 / 3 / 0', '3 / 2 / 0'],
  },
  ...[1, 7, 100].map((count) => ({
    name: `doubly linked list of ${count}`,
    script: linkedList(count),
    options: ['--root', 'list'],
    counts: [`${count + 1} / ${2 * count} / ${count}`],
  })),
  { name: 'binary tree', script: binaryTree, options: ['--root', 'tree'], counts: ['101 / 100 / 0'] },
  { name: 'hash set', script: hashSet, options: ['--root', 'set'], counts: ['22 / 21 / 0'] },
  { name: 'a list in itself', script: 'let l = [1]; l.push(l);', options: ['--scope'], counts: ['2 / 2 / 1'] },
];
