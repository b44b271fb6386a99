/**
 * Which references go along the picture's direction and which against it. Decided here rather than by Graphviz, because
 * a reference that goes back needs another path out of its box and into its target than one that goes forward.
 */
import type { Box, BoxKey, Cell, Diagram } from '../diagram/diagram.ts';
import { defaultSettings } from '../diagram/settings.ts';

/** A side of a box in the picture, whatever the picture's direction. */
export type Side = 'left' | 'right' | 'above' | 'below';

export type EdgeDirection =
  /** To a later rank: leaves its cell and arrives at the frame's near side. */
  | { readonly kind: 'forward' }
  /** To an earlier or the same rank: leaves and arrives at `side`. `ranked`: it takes part in finding the ranks. */
  | { readonly kind: 'back'; readonly side: Side; readonly ranked: boolean }
  | { readonly kind: 'self' };

/** Which edges go forward: those that do not lead to an ancestor, or those that lead to the next distance from the roots. */
export type EdgeOrder = 'depthFirst' | 'distance';

/** The directions of `diagram.references`, in their order. */
export function edgeDirections(diagram: Diagram, order: EdgeOrder): readonly EdgeDirection[] {
  const numbers = new Map<BoxKey, number>(diagram.boxes.map((box, number) => [box.key, number]));
  const ends = diagram.references.map(({ from, to }) => ({ tail: numbers.get(from) ?? 0, head: numbers.get(to) ?? 0 }));
  const targets: number[][] = diagram.boxes.map(() => []);
  for (const { tail, head } of ends) targets[tail]?.push(head);
  const leadsForward = order === 'depthFirst' ? depthFirst(targets) : byDistance(targets);
  const sides = diagram.boxes.map((box) => backSides(box, diagram.direction));
  return diagram.references.map(({ port }, i): EdgeDirection => {
    const { tail, head } = ends[i] ?? { tail: 0, head: 0 };
    if (tail === head) return { kind: 'self' };
    if (leadsForward(tail, head)) return { kind: 'forward' };
    const side = sides[tail]?.of.get(port) ?? 'right';
    const free = side !== 'above' || sides[head]?.openAbove === true;
    return { kind: 'back', side: free ? side : 'below', ranked: order === 'depthFirst' };
  });
}

/** The ports of the references that leave from a cell. */
export function portsOf({ port, hiddenPorts = [] }: Cell): readonly number[] {
  return port === null ? hiddenPorts : [port, ...hiddenPorts];
}

/** The side of its cell on which each reference leaves: the lower side in a horizontal box, the outer side in a vertical one. */
export function cellSides({ rows, orientation }: Box): ReadonlyMap<number, Side> {
  const sides = new Map<number, Side>();
  for (const row of rows) {
    row.forEach((cell, column) => {
      if (!cell) return;
      const side = orientation === 'horizontal' ? 'below' : column === row.length - 1 ? 'right' : 'left';
      for (const port of portsOf(cell)) sides.set(port, side);
    });
  }
  return sides;
}

interface BackSides {
  /** Sides by port. */
  readonly of: ReadonlyMap<number, Side>;
  /** Lines may come back from above only to boxes whose title is not above them. */
  readonly openAbove: boolean;
}

/** The sides on which references that go back leave their box: the nearer side of each cell. */
function backSides(box: Box, direction: Diagram['direction']): BackSides {
  const of = new Map(cellSides(box));
  const openAbove = [...of.values()].every((side) => side === 'right');
  for (const [r, row] of box.rows.entries()) {
    row.forEach((cell, column) => {
      if (!cell) return;
      for (const port of portsOf(cell)) {
        if (direction === 'right') of.set(port, openAbove && r < box.rows.length / 2 - 0.5 ? 'above' : 'below');
        else if (box.orientation === 'horizontal') of.set(port, column < row.length / 2 ? 'left' : 'right');
      }
    });
  }
  return { of, openAbove };
}

/** Boxes to which so many references go forward that these meet in a circle before the box. */
export function joinedBoxes({ references, style }: Diagram, edges: readonly EdgeDirection[]): ReadonlySet<BoxKey> {
  const { fromReferences } = style?.joins ?? defaultSettings.joins;
  const counts = new Map<BoxKey, number>();
  if (fromReferences < 2) return new Set();
  references.forEach(({ to }, i) => {
    if (edges[i]?.kind === 'forward') counts.set(to, (counts.get(to) ?? 0) + 1);
  });
  return new Set([...counts].flatMap(([key, count]) => (count >= fromReferences ? [key] : [])));
}

/** A reference goes forward unless its target is an ancestor in the depth-first tree. So these edges form no cycle. */
function depthFirst(targets: readonly (readonly number[])[]): (tail: number, head: number) => boolean {
  const entered = targets.map(() => -1);
  const left = targets.map(() => -1);
  let time = 0;
  for (let root = 0; root < targets.length; root++) {
    if (entered[root] !== -1) continue;
    entered[root] = time++;
    const path = [{ box: root, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = targets[top.box]?.[top.next];
      top.next += 1;
      if (target === undefined) {
        left[top.box] = time++;
        path.pop();
      } else if (entered[target] === -1) {
        entered[target] = time++;
        path.push({ box: target, next: 0 });
      }
    }
  }
  const at = (times: readonly number[], box: number): number => times[box] ?? 0;
  return (tail, head) => !(at(entered, head) <= at(entered, tail) && at(left, tail) <= at(left, head));
}

/** A reference goes forward when its target is exactly one reference further from the roots. */
function byDistance(targets: readonly (readonly number[])[]): (tail: number, head: number) => boolean {
  const ranks = targets.map(() => -1);
  // Boxes are in depth-first order from the roots, so the first one without a rank is the root of the rest.
  for (let root = 0; root < targets.length; root++) {
    if (ranks[root] !== -1) continue;
    ranks[root] = 0;
    const queue = [root];
    for (let i = 0; i < queue.length; i++) {
      const tail = queue[i] ?? root;
      for (const head of targets[tail] ?? []) {
        if (ranks[head] !== -1) continue;
        ranks[head] = (ranks[tail] ?? 0) + 1;
        queue.push(head);
      }
    }
  }
  return (tail, head) => (ranks[head] ?? 0) === (ranks[tail] ?? 0) + 1;
}
