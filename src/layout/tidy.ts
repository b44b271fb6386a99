/**
 * Positions without Graphviz, in time proportional to the number of boxes: ranks by distance from the roots, and in each rank the
 * boxes of a subtree side by side, as close together as their outlines allow. For trees this is the best picture; for anything
 * else it is the last resort. Routes nothing.
 *
 * The outlines ("contours") are those of E. Reingold and J. Tilford, Tidier Drawings of Trees, 1981. The shorter of two outlines
 * is merged into the longer one, so that all merges together take linear time.
 */
import type { BoxKey, Diagram } from '../diagram/diagram.ts';
import type { EdgeDirection } from './edge-directions.ts';
import type { Footprint } from './footprint.ts';
import type { Point } from './placed.ts';

export interface TidyPlaces {
  /** Top left corner of each box's footprint, in the diagram's order. Whole points. */
  readonly corners: readonly Point[];
  /** Middle of each box's rank, along the picture's direction. */
  readonly along: readonly number[];
}

/** A chain of so many boxes is one straight line; shorter ones lean to the side that their references leave from. */
const longChain = 6;

/** True when no reference goes back and no box has two incoming references, so that there is nothing to decide. */
export function isForest({ boxes, references }: Diagram, edges: readonly EdgeDirection[]): boolean {
  const origins = new Map<BoxKey, BoxKey>();
  for (const [i, { from, to }] of references.entries()) {
    const kind = edges[i]?.kind;
    if (kind === 'self') continue;
    if (kind !== 'forward' || (origins.get(to) ?? from) !== from) return false;
    origins.set(to, from);
  }
  return boxes.length > 0;
}

export interface Branch {
  readonly children: number[];
  /** Middle of the cells that refer to the children, and middle of where references arrive: across, relative to the footprint. */
  departures: number;
  arrivals: number;
  depth: number;
  chain: number;
}

/** How far a subtree reaches to each side, one value per rank, the deepest rank first. Each value is too small by `shift`. */
interface Contour {
  starts: number[];
  startShift: number;
  ends: number[];
  endShift: number;
}

/**
 * Places every box of `diagram`. `gaps`: points between boxes of a rank, and between ranks. A box that several references
 * lead to is placed below the first of them that is one rank before it.
 */
export function tidyPlaces(
  diagram: Diagram,
  edges: readonly EdgeDirection[],
  footprints: readonly Footprint[],
  gaps: { readonly boxes: number; readonly ranks: number },
): TidyPlaces {
  const down = diagram.direction === 'down';
  const { branches, roots } = spanningForest(diagram, edges, footprints);
  const count = footprints.length;
  const breadth = footprints.map(({ width, height }) => (down ? width : height));

  /** Relative to the parent's start, then absolute. */
  const across: number[] = new Array(count).fill(0);
  const contours: (Contour | null)[] = new Array(count).fill(null);
  const order = preorder(branches, roots);
  for (let i = order.length - 1; i >= 0; i--) {
    const number = order[i] ?? 0;
    const branch = branches[number];
    if (!branch) continue;
    const merged = mergeChildren(branch.children, contours, across, gaps.boxes);
    const size = breadth[number] ?? 0;
    if (!merged) {
      contours[number] = { starts: [0], startShift: 0, ends: [size], endShift: 0 };
      continue;
    }
    const shift = Math.round(parentStart(number, branch, branches, breadth, across));
    for (const child of branch.children) across[child] = (across[child] ?? 0) - shift;
    merged.startShift -= shift;
    merged.endShift -= shift;
    merged.starts.push(-merged.startShift);
    merged.ends.push(size - merged.endShift);
    contours[number] = merged;
  }
  mergeChildren(roots, contours, across, gaps.boxes);
  for (const number of order) {
    for (const child of branches[number]?.children ?? []) {
      across[child] = (across[child] ?? 0) + (across[number] ?? 0);
    }
  }

  const thickness: number[] = [];
  footprints.forEach(({ width, height }, number) => {
    const depth = branches[number]?.depth ?? 0;
    thickness[depth] = Math.max(thickness[depth] ?? 0, down ? height : width);
  });
  const starts: number[] = [];
  let next = 0;
  for (const size of thickness) {
    starts.push(next);
    next += (size ?? 0) + gaps.ranks;
  }
  const along = branches.map(({ depth }) => (starts[depth] ?? 0) + (thickness[depth] ?? 0) / 2);
  const corners = branches.map(({ depth }, number): Point => {
    const start = starts[depth] ?? 0;
    const side = across[number] ?? 0;
    return down ? { x: side, y: start } : { x: start, y: side };
  });
  return { corners, along };
}

/** Puts each box below the first box of the rank before that refers to it. Boxes without incoming references are roots. */
export function spanningForest(
  { boxes, references, direction }: Diagram,
  edges: readonly EdgeDirection[],
  footprints: readonly Footprint[],
): { readonly branches: readonly Branch[]; readonly roots: readonly number[] } {
  const numbers = new Map<BoxKey, number>(boxes.map(({ key }, number) => [key, number]));
  const targets: { readonly port: number; readonly head: number }[][] = boxes.map(() => []);
  references.forEach(({ from, port, to }, i) => {
    const tail = numbers.get(from);
    const head = numbers.get(to);
    if (edges[i]?.kind === 'forward' && tail !== undefined && head !== undefined) targets[tail]?.push({ port, head });
  });
  const branches = boxes.map((): Branch => ({ children: [], departures: 0, arrivals: 0, depth: -1, chain: 0 }));
  const roots: number[] = [];
  const side = ({ x, y }: Point): number => (direction === 'down' ? x : y);
  const entered = new Set<number>();
  for (const list of targets) for (const { head } of list) entered.add(head);
  const visit = (root: number): void => {
    const first = branches[root];
    if (!first || first.depth !== -1) return;
    first.depth = 0;
    roots.push(root);
    const queue = [root];
    for (let i = 0; i < queue.length; i++) {
      const tail = queue[i] ?? root;
      const branch = branches[tail];
      if (!branch) continue;
      const leaves: number[] = [];
      for (const { port, head } of targets[tail] ?? []) {
        const child = branches[head];
        if (!child || child.depth !== -1) continue;
        child.depth = branch.depth + 1;
        branch.children.push(head);
        queue.push(head);
        const path = footprints[tail]?.departures.get(port)?.path;
        const start = path?.at(-1);
        if (start) leaves.push(side(start));
      }
      branch.departures = mean(leaves);
      const arrival = footprints[tail]?.arrivals.get('forward')?.path[0];
      branch.arrivals = arrival ? side(arrival) : 0;
      branch.chain = branch.children.length === 1 ? 1 : 0;
    }
  };
  boxes.forEach((_, number) => {
    if (!entered.has(number)) visit(number);
  });
  boxes.forEach((_, number) => {
    visit(number);
  });
  // The whole length of each chain, at each of its boxes.
  const order = preorder(branches, roots);
  for (let i = order.length - 1; i >= 0; i--) {
    const branch = branches[order[i] ?? 0];
    const [only] = branch?.children ?? [];
    if (branch && branch.chain > 0 && only !== undefined) branch.chain += branches[only]?.chain ?? 0;
  }
  for (const number of order) {
    const branch = branches[number];
    const [only] = branch?.children ?? [];
    const child = only === undefined ? undefined : branches[only];
    if (branch && branch.chain > 0 && child && child.chain > 0) child.chain = branch.chain;
  }
  return { branches, roots };
}

export function preorder(branches: readonly Branch[], roots: readonly number[]): readonly number[] {
  const order: number[] = [];
  const waiting = roots.toReversed();
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    order.push(number);
    const children = branches[number]?.children ?? [];
    for (let i = children.length - 1; i >= 0; i--) waiting.push(children[i] ?? 0);
  }
  return order;
}

/** The start of a box relative to its children, which start at 0. */
function parentStart(
  number: number,
  branch: Branch,
  branches: readonly Branch[],
  breadth: readonly number[],
  across: readonly number[],
): number {
  const [only] = branch.children;
  if (branch.chain >= longChain && only !== undefined) {
    return (across[only] ?? 0) + (breadth[only] ?? 0) / 2 - (breadth[number] ?? 0) / 2;
  }
  return (
    mean(branch.children.map((child) => (across[child] ?? 0) + (branches[child]?.arrivals ?? 0))) - branch.departures
  );
}

/** Puts subtrees side by side, sets the start of each, and returns their common contour; null when there are none. */
function mergeChildren(
  children: readonly number[],
  contours: (Contour | null)[],
  across: number[],
  gap: number,
): Contour | null {
  let merged: Contour | null = null;
  for (const child of children) {
    const contour: Contour | null = contours[child] ?? null;
    // A merged contour was changed and must not be read again.
    contours[child] = null;
    if (!contour) continue;
    if (!merged) {
      merged = contour;
      continue;
    }
    const common = Math.min(merged.ends.length, contour.starts.length);
    let shift = Number.NEGATIVE_INFINITY;
    for (let rank = 1; rank <= common; rank++) {
      const end = (merged.ends.at(-rank) ?? 0) + merged.endShift;
      const start = (contour.starts.at(-rank) ?? 0) + contour.startShift;
      shift = Math.max(shift, end + gap - start);
    }
    across[child] = shift;
    contour.startShift += shift;
    contour.endShift += shift;
    const deeper = contour.starts.length > merged.starts.length;
    const kept: Contour = {
      starts: deeper ? contour.starts : merged.starts,
      startShift: deeper ? contour.startShift : merged.startShift,
      ends: deeper ? contour.ends : merged.ends,
      endShift: deeper ? contour.endShift : merged.endShift,
    };
    for (let rank = 1; rank <= common; rank++) {
      if (deeper) {
        kept.starts[kept.starts.length - rank] = (merged.starts.at(-rank) ?? 0) + merged.startShift - kept.startShift;
      } else kept.ends[kept.ends.length - rank] = (contour.ends.at(-rank) ?? 0) + contour.endShift - kept.endShift;
    }
    merged = kept;
  }
  return merged;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
