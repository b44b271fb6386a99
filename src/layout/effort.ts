/**
 * How long Graphviz will work on a diagram, estimated from the diagram alone: so the same diagram gets the same kind of picture, however
 * busy the machine is. Pure.
 */
import type { BoxKey, Diagram } from '../diagram/diagram.ts';
import type { EdgeDirection } from './edge-directions.ts';

/**
 * Milliseconds on the machine that the factors were measured on (Graphviz 12 as WebAssembly, graphs of 50 to 1,000 boxes). What takes
 * long is to order ranks: it grows with the square of what is in them, a point for each rank that a reference passes included, and
 * with the pairs of references between two ranks.
 */
const perBox = 0.2;
const perPlaceSquared = 1.6e-4;
const perPair = 2e-4;

export function effortOf({ boxes, references }: Diagram, edges: readonly EdgeDirection[]): number {
  const numbers = new Map<BoxKey, number>(boxes.map(({ key }, number) => [key, number]));
  const ends: { readonly tail: number; readonly head: number; readonly ranked: boolean }[] = [];
  references.forEach(({ from, to }, i) => {
    const edge = edges[i];
    const [start, end] = [numbers.get(from), numbers.get(to)];
    if (!edge || edge.kind === 'self' || start === undefined || end === undefined) return;
    const [tail, head] = edge.kind === 'back' ? [end, start] : [start, end];
    ends.push({ tail, head, ranked: edge.kind === 'forward' || edge.ranked });
  });
  const ranks = longestPaths(boxes.length, ends);
  const places: number[] = [];
  const passing: number[] = [];
  const add = (list: number[], rank: number): void => {
    list[rank] = (list[rank] ?? 0) + 1;
  };
  for (const rank of ranks) add(places, rank);
  for (const { tail, head } of ends) {
    const [first, last] = [ranks[tail] ?? 0, ranks[head] ?? 0].sort((a, b) => a - b);
    for (let rank = first ?? 0; rank < (last ?? 0); rank++) {
      if (rank !== first) add(places, rank);
      add(passing, rank);
    }
  }
  const total = places.reduce((sum, count) => sum + count, 0);
  const pairs = passing.reduce((sum, count) => sum + count * count, 0);
  return perBox * boxes.length + perPlaceSquared * total ** 2 + perPair * pairs;
}

interface Ends {
  readonly tail: number;
  readonly head: number;
  readonly ranked: boolean;
}

/** The rank of each box: the length of the longest way to it. */
function longestPaths(count: number, ends: readonly Ends[]): readonly number[] {
  const targets: number[][] = Array.from({ length: count }, () => []);
  const waiting: number[] = new Array(count).fill(0);
  for (const { tail, head, ranked } of ends) {
    if (!ranked) continue;
    targets[tail]?.push(head);
    waiting[head] = (waiting[head] ?? 0) + 1;
  }
  const ranks: number[] = new Array(count).fill(0);
  const ready = waiting.flatMap((left, box) => (left === 0 ? [box] : []));
  for (let box = ready.pop(); box !== undefined; box = ready.pop()) {
    for (const head of targets[box] ?? []) {
      ranks[head] = Math.max(ranks[head] ?? 0, (ranks[box] ?? 0) + 1);
      waiting[head] = (waiting[head] ?? 0) - 1;
      if (waiting[head] === 0) ready.push(head);
    }
  }
  return ranks;
}
