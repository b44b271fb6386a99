// @ts-check
/**
 * How stable a picture is while its data changes: of the boxes that are the same before and after a step, how many moved by
 * more than their own size. Prints one line for each structure; asserts nothing.
 */

/** The values that fill the gallery's structures. */
const VALUES = [
  49, 97, 53, 5, 33, 65, 62, 51, 38, 61, 45, 74, 27, 64, 17, 36, 17, 96, 12, 79, 32, 68, 90, 77, 18, 39, 12, 93, 9, 87,
  42, 60, 71, 12, 45, 55, 40, 78, 81, 26, 70, 61, 56, 66, 33, 7, 70, 1, 11, 92, 51, 90, 85, 80, 0, 78, 63, 42, 31, 93,
  41, 90, 8, 24, 72, 28, 30, 18, 69, 57, 11, 10, 40, 65, 62, 13, 38, 70, 37, 90, 15, 70, 42, 69, 26, 77, 70, 75, 36, 56,
  11, 76, 49, 40, 73, 30, 37, 23, 24, 23,
];

/** For each structure, a generator that changes `subject` step by step. */
export const STRUCTURES = {
  'linked list, 100 insertions': `function* () {
    const list = globalThis.subject = { head: null, tail: null };
    for (const value of ${JSON.stringify(VALUES)}) {
      const node = { prev: null, value, next: list.head };
      if (list.head) list.head.prev = node; else list.tail = node;
      list.head = node;
      yield;
    }
  }`,
  'binary tree, 100 insertions': `function* () {
    const tree = globalThis.subject = { root: null };
    for (const value of ${JSON.stringify(VALUES)}) {
      const added = { smaller: null, value, larger: null };
      let node = tree.root;
      if (!node) tree.root = added;
      while (node) {
        const side = value < node.value ? 'smaller' : 'larger';
        if (!node[side]) { node[side] = added; break; }
        node = node[side];
      }
      yield;
    }
  }`,
  'hash set, 100 insertions': `function* () {
    const set = globalThis.subject = { buckets: new Array(20).fill(null) };
    for (const value of ${JSON.stringify(VALUES)}) {
      const index = value % 20;
      if (set.buckets[index]) set.buckets[index].push(value); else set.buckets[index] = [value];
      yield;
    }
  }`,
  'power set of 3, its frames': `function* () {
    const stack = globalThis.subject = {};
    function* powerSet(remaining, subset, result) {
      const name = Object.keys(stack).length + ': powerSet';
      const frame = stack[name] = { remaining, subset, result };
      yield;
      if (remaining.length === 0) {
        result.push([...subset]);
        yield;
      } else {
        frame.value = remaining[0];
        frame.rest = remaining.slice(1);
        yield* powerSet(frame.rest, subset, result);
        subset.push(frame.value);
        yield;
        yield* powerSet(frame.rest, subset, result);
        subset.pop();
        yield;
      }
      delete stack[name];
      yield;
    }
    yield* powerSet([1, 2, 3], [], []);
  }`,
};

/** The whole structure is drawn, however large. */
const WHOLE = {
  amount: /** @type {const} */ ('all'),
  slices: { begin: 1e6, middle: 0, end: 0 },
  depth: 1e6,
  objects: 1e6,
};

/** Runs in the panel: the position, size and content of each box. */
function boxesOfPicture() {
  return Array.from(document.querySelectorAll('.canvas .mg-boxes > [data-box]'), (box) => {
    const [x = 0, y = 0] = (box.getAttribute('transform') ?? '').match(/-?[\d.]+/g)?.map(Number) ?? [];
    const frame = box.querySelector('.mg-frame');
    const size = (/** @type {string} */ name) => Number(frame?.getAttribute(name));
    const targets = Array.from(box.querySelectorAll('[data-target]'), (cell) => cell.getAttribute('data-target'));
    const content = `${box.textContent} ${targets}`;
    return { key: box.getAttribute('data-box'), x, y, width: size('width'), height: size('height'), content };
  });
}

/** @param {import('puppeteer-core').Page} page @param {import('puppeteer-core').Frame} panel the Memory Graph tab */
export async function stability(page, panel) {
  console.log('\nUnchanged boxes that a step moved by more than their own size');
  let allMoved = 0;
  let allKept = 0;
  for (const [name, source] of Object.entries(STRUCTURES)) {
    await page.evaluate(`globalThis.steps = (${source})()`);
    /** @type {Map<string | null, ReturnType<typeof boxesOfPicture>[number]>} */
    let before = new Map();
    let moved = 0;
    let kept = 0;
    for (;;) {
      if (await page.evaluate('globalThis.steps.next().done')) break;
      await panel.evaluate(async (view) => {
        globalThis.memoryGraph.view(view);
        await globalThis.memoryGraph.draw('subject');
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      }, WHOLE);
      const boxes = await panel.evaluate(boxesOfPicture);
      for (const box of boxes) {
        const was = before.get(box.key);
        if (!was || was.content !== box.content) continue;
        kept += 1;
        if (Math.abs(box.x - was.x) > box.width || Math.abs(box.y - was.y) > box.height) moved += 1;
      }
      before = new Map(boxes.map((box) => [box.key, box]));
    }
    allMoved += moved;
    allKept += kept;
    console.log(`${name.padEnd(32)}${((100 * moved) / kept).toFixed(1).padStart(6)} %  (${moved} of ${kept})`);
  }
  console.log(`${'all'.padEnd(32)}${((100 * allMoved) / allKept).toFixed(1).padStart(6)} %`);
}
