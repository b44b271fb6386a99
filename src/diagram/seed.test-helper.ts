/** The three data structures that the original's examples build, with the numbers that Python's `random.seed(0)` gives. */

const values = [
  49, 97, 53, 5, 33, 65, 62, 51, 38, 61, 45, 74, 27, 64, 17, 36, 17, 96, 12, 79, 32, 68, 90, 77, 18, 39, 12, 93, 9, 87,
  42, 60, 71, 12, 45, 55, 40, 78, 81, 26, 70, 61, 56, 66, 33, 7, 70, 1, 11, 92, 51, 90, 85, 80, 0, 78, 63, 42, 31, 93,
  41, 90, 8, 24, 72, 28, 30, 18, 69, 57, 11, 10, 40, 65, 62, 13, 38, 70, 37, 90, 15, 70, 42, 69, 26, 77, 70, 75, 36, 56,
  11, 76, 49, 40, 73, 30, 37, 23, 24, 23,
];

/** A script that leaves `linkedList`, `tree`, `treeWithParents` and `hashSet` in its scope. */
export const seedStructures = `
class ListNode { prev = null; next = null; constructor(value) { this.value = value } }
class LinkedList {
  head = null; tail = null;
  add(value) {
    const node = new ListNode(value);
    node.prev = this.tail;
    if (this.tail) this.tail.next = node; else this.head = node;
    this.tail = node;
  }
}
class TreeNode { smaller = null; larger = null; constructor(value) { this.value = value } }
class Tree {
  root = null;
  constructor(parents) { Object.defineProperty(this, 'parents', { value: parents }) }
  add(value) {
    const node = new TreeNode(value);
    if (!this.root) { this.root = node; return }
    for (let at = this.root; ;) {
      const side = value < at.value ? 'smaller' : 'larger';
      if (at[side]) { at = at[side]; continue }
      at[side] = node;
      if (this.parents) node.parent = at;
      return;
    }
  }
}
class HashSet {
  buckets = new Array(20).fill(null);
  add(value) { (this.buckets[value % 20] ??= []).push(value) }
}
const linkedList = new LinkedList(), tree = new Tree(false), treeWithParents = new Tree(true), hashSet = new HashSet();
for (const value of ${JSON.stringify(values)}) for (const to of [linkedList, tree, treeWithParents, hashSet]) to.add(value);
`;
