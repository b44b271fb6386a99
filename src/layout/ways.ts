/**
 * Which references go along the picture's direction and which against it. Decided here rather than by Graphviz, because
 * a reference that goes back needs another way out of its box and into its target than one that goes on.
 */
import type { Box, BoxKey, Cell, Diagram } from '../diagram/diagram.ts';
import { defaultSettings } from '../diagram/settings.ts';
import type { LayoutTier } from './placed.ts';

/** A side of a box as it stands in the picture, whatever the direction. */
export type Side = 'left' | 'right' | 'above' | 'below';

export type Way =
  /** To a later rank: leaves its cell and arrives at the frame's near side. */
  | { readonly kind: 'on' }
  /** To an earlier or the same rank: leaves and arrives at `side`. */
  | { readonly kind: 'back'; readonly side: Side; readonly ranked: boolean }
  | { readonly kind: 'self' };

/** The ways of `diagram.references`, in their order. `ranked` of a way back: it takes part in finding the ranks. */
export function waysOf(diagram: Diagram, tier: LayoutTier): readonly Way[] {
  const numbers = new Map<BoxKey, number>(diagram.boxes.map((box, number) => [box.key, number]));
  const ends = diagram.references.map(({ from, to }) => ({ tail: numbers.get(from) ?? 0, head: numbers.get(to) ?? 0 }));
  const targets: number[][] = diagram.boxes.map(() => []);
  for (const { tail, head } of ends) targets[tail]?.push(head);
  const leadsOn = tier === 'full' ? depthFirst(targets) : byDistance(targets);
  const sides = diagram.boxes.map((box) => backSides(box, diagram.direction));
  const openAbove = diagram.boxes.map((box) => diagram.direction === 'down' || leavesOnlyRight(box));
  return diagram.references.map(({ port }, i): Way => {
    const { tail, head } = ends[i] ?? { tail: 0, head: 0 };
    if (tail === head) return { kind: 'self' };
    if (leadsOn(tail, head)) return { kind: 'on' };
    const side = sides[tail]?.get(port) ?? 'right';
    const free = side !== 'above' || openAbove[head] === true;
    return { kind: 'back', side: free ? side : 'below', ranked: tier === 'full' };
  });
}

/** The ports of the references that leave from a cell. */
export function portsOf({ port, hiddenPorts = [] }: Cell): readonly number[] {
  return port === null ? hiddenPorts : [port, ...hiddenPorts];
}

/** On which side of its cell each reference leaves: down from a horizontal box, outwards from a vertical one. */
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

/** Lines come back from above only to boxes that they get behind: over others stands the title. */
function leavesOnlyRight(box: Box): boolean {
  for (const side of cellSides(box).values()) if (side !== 'right') return false;
  return true;
}

/** Where a reference that goes back leaves its box: on the side that its cell is nearer to. */
function backSides(box: Box, direction: Diagram['direction']): ReadonlyMap<number, Side> {
  const sides = new Map(cellSides(box));
  const open = leavesOnlyRight(box);
  for (const [r, row] of box.rows.entries()) {
    row.forEach((cell, column) => {
      if (!cell) return;
      for (const port of portsOf(cell)) {
        if (direction === 'right') sides.set(port, open && r < box.rows.length / 2 - 0.5 ? 'above' : 'below');
        else if (box.orientation === 'horizontal') sides.set(port, column < row.length / 2 ? 'left' : 'right');
      }
    });
  }
  return sides;
}

/** Boxes to which so many references lead on that they meet in a circle before it. */
export function joinedBoxes({ references, style }: Diagram, ways: readonly Way[]): ReadonlySet<BoxKey> {
  const { fromReferences } = style?.joins ?? defaultSettings.joins;
  const counts = new Map<BoxKey, number>();
  if (fromReferences < 2) return new Set();
  references.forEach(({ to }, i) => {
    if (ways[i]?.kind === 'on') counts.set(to, (counts.get(to) ?? 0) + 1);
  });
  return new Set([...counts].flatMap(([key, count]) => (count >= fromReferences ? [key] : [])));
}

/** A reference leads on unless its target is an ancestor in the depth-first tree: what is left has no cycle. */
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

/** A reference leads on when its target is exactly one reference further from the roots. */
function byDistance(targets: readonly (readonly number[])[]): (tail: number, head: number) => boolean {
  const ranks = targets.map(() => -1);
  // Boxes stand depth-first from the roots, so that the first one without a rank is the root of what is left.
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
