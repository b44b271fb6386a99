/**
 * The shapes that subtrees can have, so that a whole forest gets the proportions of a window: the subtrees of a box stand in one or more
 * shelves below it, and a chain of boxes is broken into columns. Knows sizes only, along the picture's direction and across it.
 */

/** Points: across the direction, and along it. */
export interface Size {
  readonly across: number;
  readonly along: number;
}

/** How the subtrees of a box stand. */
export interface Shape extends Size {
  /** Which of its shapes each subtree has. */
  readonly inner: number;
  /** Nothing is put behind this in a shelf, or in a column of a chain. */
  readonly limit: number;
}

/** A tree of a spanning forest, as boxes by number. */
export interface Tree {
  readonly children: readonly (readonly number[])[];
  /** By the first box of a chain: its boxes, each with one child; the last one's child, which is none of them, has its own subtree. */
  readonly chains: ReadonlyMap<number, readonly number[]>;
  readonly sizes: readonly Size[];
}

export interface Room {
  /** Between boxes of a shelf, and between shelves. */
  readonly boxes: number;
  readonly ranks: number;
  /** Lines other than those from a box to its children need ways past boxes. */
  readonly hasOthers: boolean;
}

/** A subtree may be wider or longer than the window by so much, because several stand side by side in it. */
const proportions = [1 / 9, 1 / 3, 1, 3, 9];
/** The shape of the proportions that were asked for. */
export const asAsked = proportions.indexOf(1);

/** Numbers of shelves or columns that are tried. */
const counts = [1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 26, 32, 40, 52, 64, 80, 100];

/** One shelf looks more like a tree than two of nearly the same size. */
const severalCost = 1.06;

/** Points kept free on both sides of a column of boxes: lines run in the middle of it. */
export const besideBox = 8;

/** The width of the way past the subtrees of a box, for so many lines. */
export const wayFor = (lines: number, { hasOthers }: Room): number =>
  lines === 0 && !hasOthers ? 0 : 8 + Math.min(48, 3 * lines) + (hasOthers ? 8 : 0);

/** Groups of neighbors, each with at least one, of which none is longer than `limit`. */
export function groupsOf(sizes: readonly number[], gap: number, limit: number): readonly (readonly number[])[] {
  const groups: number[][] = [];
  let length = 0;
  sizes.forEach((size, i) => {
    const group = groups.at(-1);
    if (group && length + gap + size <= limit) {
      group.push(i);
      length += gap + size;
    } else {
      groups.push([i]);
      length = size;
    }
  });
  return groups;
}

/** Limits for the numbers of groups that are worth trying. */
function limitsFor(sizes: readonly number[], gap: number): readonly number[] {
  const total = sizes.reduce((sum, size) => sum + size + gap, 0);
  const largest = Math.max(...sizes);
  return counts.filter((count) => count <= sizes.length).map((count) => Math.max(largest, Math.ceil(total / count)));
}

/** The shapes of every subtree, by box and proportion. `order` has each box before what is below it. */
export function shapesOf(
  tree: Tree,
  order: readonly number[],
  ratio: number,
  room: Room,
): readonly (readonly Shape[])[] {
  const shapes: (readonly Shape[])[] = tree.sizes.map(() => []);
  const targets = proportions.map((proportion) => ratio * proportion);
  for (let i = order.length - 1; i >= 0; i--) {
    const box = order[i] ?? 0;
    const chain = tree.chains.get(box);
    const own = tree.sizes[box] ?? nothing;
    const below = tree.children[box] ?? [];
    const tried = chain ? chainShapes(chain, tree, shapes, room) : shelvesShapes(below, shapes, room, own);
    const leaf: Shape = { ...own, inner: asAsked, limit: 0 };
    shapes[box] = targets.map((target) => bestOf(tried, target) ?? leaf);
  }
  return shapes;
}

const nothing: Size = { across: 0, along: 0 };

interface Tried extends Shape {
  readonly isOne: boolean;
}

/** The one that is largest in a window of these proportions. */
function bestOf(tried: readonly Tried[], target: number): Shape | null {
  let best: Shape | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const shape of tried) {
    const score = Math.max(shape.across / target, shape.along) * (shape.isOne ? 1 : severalCost);
    if (score >= least) continue;
    best = shape;
    least = score;
  }
  return best;
}

/** Of all ways to put the roots side by side, the best one; null where there are none. */
export const rootsShape = (
  roots: readonly number[],
  shapes: readonly (readonly Shape[])[],
  target: number,
  room: Room,
): Shape | null => bestOf(shelvesShapes(roots, shapes, room, nothing), target);

/** The ways to put subtrees into shelves below a box. */
function shelvesShapes(
  children: readonly number[],
  shapes: readonly (readonly Shape[])[],
  room: Room,
  above: Size,
): readonly Tried[] {
  const tried: Tried[] = [];
  if (children.length === 0) return tried;
  const hasShapes = children.some((child) => (shapes[child]?.[0]?.limit ?? 0) > 0);
  for (let inner = 0; inner < (hasShapes ? proportions.length : 1); inner++) {
    const items = children.map((child) => shapes[child]?.[inner] ?? nothing);
    const breadths = items.map(({ across }) => across);
    for (const limit of limitsFor(breadths, room.boxes)) {
      const shelves = groupsOf(breadths, room.boxes, limit);
      let [across, along] = [above.across, above.along];
      for (const shelf of shelves) {
        let [breadth, longest] = [(shelf.length - 1) * room.boxes, 0];
        for (const i of shelf) {
          const item = items[i] ?? nothing;
          breadth += item.across;
          longest = Math.max(longest, item.along);
        }
        across = Math.max(across, breadth);
        along += room.ranks + longest;
      }
      across += wayFor(children.length - (shelves[0]?.length ?? 0), room);
      tried.push({ across, along, inner, limit, isOne: shelves.length === 1 });
    }
  }
  return tried;
}

function chainShapes(
  chain: readonly number[],
  { children, sizes }: Tree,
  shapes: readonly (readonly Shape[])[],
  room: Room,
): readonly Tried[] {
  const lengths = chain.map((box) => sizes[box]?.along ?? 0);
  const [tail] = children[chain.at(-1) ?? 0] ?? [];
  return limitsFor(lengths, room.ranks).flatMap((limit) => {
    const columns = columnsOf(chain, sizes, limit, room);
    return (tail === undefined ? [asAsked] : proportions.map((_, inner) => inner)).map((inner) => {
      const end = tail === undefined ? nothing : (shapes[tail]?.[inner] ?? nothing);
      const across = Math.max(columns.across, end.across);
      return { across, along: columns.along + end.along, inner, limit, isOne: columns.groups.length === 1 };
    });
  });
}

/** A chain in columns, with a way beside each one, and room below them for lines to the next one. */
export function columnsOf(chain: readonly number[], sizes: readonly Size[], limit: number, room: Room) {
  const items = chain.map((box) => sizes[box] ?? { across: 0, along: 0 });
  const groups = groupsOf(
    items.map(({ along }) => along),
    room.ranks,
    limit,
  );
  const way = groups.length > 1 ? Math.max(12, wayFor(1, room)) + 2 * besideBox : wayFor(0, room);
  let [across, along] = [0, 0];
  const breadths = groups.map((group) => {
    const own = group.map((i) => items[i] ?? { across: 0, along: 0 });
    along = Math.max(
      along,
      own.reduce((sum, item) => sum + item.along, (group.length - 1) * room.ranks),
    );
    const breadth = Math.max(...own.map((item) => item.across));
    across += breadth + way;
    return breadth;
  });
  return { groups, breadths, way, across, along: along + room.ranks };
}
