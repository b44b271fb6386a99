/**
 * Positions and lines in the proportions of a window, without Graphviz, in time proportional to the number of boxes: for what would be a
 * strip otherwise, hundreds of boxes wide. Each subtree has a rectangle of its own; lines run between rectangles, so that none
 * meets a box. What several boxes refer to stands below the first of them.
 */
import type { Diagram } from '../../diagram/diagram.ts';
import type { EdgeDirection } from '../edge-directions.ts';
import type { Footprint } from '../footprint.ts';
import type { Gaps } from '../measure.ts';
import type { Places } from '../place.ts';
import type { Point } from '../placed.ts';
import { preorder, spanningForest } from '../tidy.ts';
import { type Access, type Corridor, createRouter } from './route-wrapped.ts';
import {
  asAsked,
  besideBox,
  columnsOf,
  groupsOf,
  type Room,
  rootsShape,
  type Shape,
  type Size,
  shapesOf,
  type Tree,
  wayFor,
} from './shapes.ts';

/** So many boxes with one child each are a chain, which can be broken. */
const shortestChain = 4;

/** @param ratio width over height of the window */
export function wrappedPlaces(
  diagram: Diagram,
  edges: readonly EdgeDirection[],
  footprints: readonly Footprint[],
  gaps: Gaps,
  ratio: number,
): Places {
  const down = diagram.direction === 'down';
  const { branches, roots } = spanningForest(diagram, edges, footprints);
  const children = branches.map((branch) => branch.children);
  const sizes = footprints.map(
    ({ width, height }): Size => (down ? { across: width, along: height } : { across: height, along: width }),
  );
  const tree: Tree = { children, chains: chainsOf(children, roots), sizes };
  const room: Room = { ...gaps, hasOthers: hasOthers(diagram, children) };
  const order = preorder(branches, roots);
  const target = down ? ratio : 1 / ratio;
  const shapes = shapesOf(tree, order, target, room);
  const { starts, access, below } = arrange(tree, roots, shapes, target, room);
  const corners = starts.map(({ across, along }): Point => (down ? { x: across, y: along } : { x: along, y: across }));
  const inChain = new Set([...tree.chains.values()].flat());
  const route = createRouter({ diagram, edges, footprints, starts, sizes, access, below, children, inChain });
  const splines = new Map<number, readonly Point[]>();
  diagram.references.forEach((_, id) => {
    const spline = route(id);
    if (spline) splines.set(id, spline);
  });
  const along = starts.map((start, box) => start.along + (sizes[box]?.along ?? 0) / 2);
  return { corners, along, joins: new Map(), splines };
}

/** Whether a reference leads elsewhere than from a box to its child. */
function hasOthers({ boxes, references }: Diagram, children: readonly (readonly number[])[]): boolean {
  const numbers = new Map(boxes.map(({ key }, number) => [key, number]));
  const parents = new Map(children.flatMap((list, parent) => list.map((child) => [child, parent] as const)));
  return references.some(({ from, to }) => from !== to && parents.get(numbers.get(to) ?? -1) !== numbers.get(from));
}

function chainsOf(children: readonly (readonly number[])[], roots: readonly number[]): Tree['chains'] {
  const chains = new Map<number, readonly number[]>();
  const heads = [...roots];
  for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
    const chain: number[] = [];
    let box = head;
    for (let only = children[box]; only?.length === 1; only = children[box]) {
      chain.push(box);
      box = only[0] ?? box;
    }
    const isEnd = children[box]?.length === 0;
    if (isEnd) chain.push(box);
    if (chain.length >= shortestChain) chains.set(head, chain);
    heads.push(...(children[box] ?? []));
  }
  return chains;
}

interface Waiting {
  readonly box: number;
  readonly shape: Shape;
  readonly at: Size;
  readonly access: Access;
}

/** Where each box starts, how lines come to it, and the free space below it. */
function arrange(
  tree: Tree,
  roots: readonly number[],
  shapes: readonly (readonly Shape[])[],
  target: number,
  room: Room,
) {
  const { children, sizes } = tree;
  const starts: Size[] = sizes.map(() => ({ across: 0, along: 0 }));
  const access: Access[] = [];
  const below: Corridor[] = [];
  const waiting: Waiting[] = [];
  const sizeOf = (box: number): Size => sizes[box] ?? { across: 0, along: 0 };

  /** Puts subtrees into shelves from `at` on. Answers where the middle of the first shelf is, and where the way past them is. */
  const shelve = (list: readonly number[], shape: Shape, at: Size, up: number | null) => {
    const items = list.map((child) => shapes[child]?.[shape.inner] ?? { ...sizeOf(child), inner: asAsked, limit: 0 });
    const shelves = groupsOf(
      items.map(({ across }) => across),
      room.boxes,
      shape.limit,
    );
    const way = wayFor(list.length - (shelves[0]?.length ?? 0), room);
    const lane: Corridor = { from: at.across + shape.across - way, to: at.across + shape.across };
    let along = at.along;
    let middle = at.across;
    for (const [number, shelf] of shelves.entries()) {
      const gap: Corridor = { from: along, to: along + room.ranks };
      if (number === 0 && up !== null) below[up] = gap;
      let across = at.across;
      let longest = 0;
      for (const i of shelf) {
        const [child, item] = [list[i], items[i]];
        if (child === undefined || !item) continue;
        const place = { across, along: gap.to };
        waiting.push({ box: child, shape: item, at: place, access: { lane, gap, up } });
        across += item.across + room.boxes;
        longest = Math.max(longest, item.along);
      }
      if (number === 0) middle = (at.across + across - room.boxes) / 2;
      along = gap.to + longest;
    }
    return { middle, lane };
  };

  const branch = ({ box, shape, at, access: own }: Waiting): void => {
    const size = sizeOf(box);
    access[box] = own;
    const list = children[box] ?? [];
    if (list.length === 0) {
      starts[box] = at;
      return;
    }
    const { middle, lane } = shelve(list, shape, { across: at.across, along: at.along + size.along }, box);
    const across = Math.round(Math.max(at.across, Math.min(middle - size.across / 2, lane.from - size.across)));
    starts[box] = { across, along: at.along };
  };

  const chain = (boxes: readonly number[], { shape, at, access: own }: Waiting): void => {
    const [head = 0] = boxes;
    const { groups, breadths, way, along: length } = columnsOf(boxes, sizes, shape.limit, room);
    let { across } = at;
    let lane: Corridor = { from: across, to: across };
    groups.forEach((group, column) => {
      const breadth = breadths[column] ?? 0;
      const margin = groups.length > 1 ? besideBox : 0;
      lane = { from: across + breadth + margin, to: across + breadth + way - margin };
      let { along } = at;
      let above: Corridor | null = null;
      for (const i of group) {
        const box = boxes[i] ?? 0;
        const size = sizeOf(box);
        starts[box] = { across: Math.round(across + (breadth - size.across) / 2), along };
        access[box] = box === head ? own : { lane, gap: above ?? own.gap, up: head };
        along += size.along;
        above = { from: along, to: along + room.ranks };
        below[box] = above;
        along = above.to;
      }
      across += breadth + way;
    });
    const [tail] = children[boxes.at(-1) ?? 0] ?? [];
    if (tail === undefined) return;
    const gap = { from: at.along + length - room.ranks, to: at.along + length };
    if (groups.length === 1) below[boxes.at(-1) ?? 0] = gap;
    const end = shapes[tail]?.[shape.inner] ?? { ...sizeOf(tail), inner: asAsked, limit: 0 };
    waiting.push({ box: tail, shape: end, at: { across: at.across, along: gap.to }, access: { lane, gap, up: head } });
  };

  const whole = rootsShape(roots, shapes, target, room);
  if (whole) shelve(roots, whole, { across: 0, along: 0 }, null);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const boxes = tree.chains.get(next.box);
    if (boxes) chain(boxes, next);
    else branch(next);
  }
  return { starts, access, below };
}
