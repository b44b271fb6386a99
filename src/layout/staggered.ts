/**
 * Decides which references are longer than one rank, so that the many leaves of one box are in several ranks instead of one that is
 * wider than the window. Decides only lengths; Graphviz decides positions.
 */
import type { BoxKey, Diagram } from '../diagram/diagram.ts';
import type { EdgeDirection } from './edge-directions.ts';

/** The number of ranks over which the leaves of a box are spread, and the number of leaves that stay in one rank. */
const mostRanks = 4;
const oneRank = 3;

/** The number of ranks of each reference, by its number; missing for one rank. Empty when the style does not ask for it. */
export function staggeredLengths(
  { references, style }: Diagram,
  edges: readonly EdgeDirection[],
): ReadonlyMap<number, number> {
  const lengths = new Map<number, number>();
  if (!style?.staggered) return lengths;
  const incoming = new Map<BoxKey, number>();
  const leading = new Set<BoxKey>();
  for (const { from, to } of references) {
    if (from !== to) leading.add(from);
    incoming.set(to, (incoming.get(to) ?? 0) + 1);
  }
  const leaves = new Map<BoxKey, number[]>();
  references.forEach(({ from, to }, id) => {
    if (edges[id]?.kind !== 'forward' || leading.has(to) || incoming.get(to) !== 1) return;
    leaves.set(from, [...(leaves.get(from) ?? []), id]);
  });
  for (const ids of leaves.values()) {
    const ranks = Math.min(mostRanks, Math.ceil(ids.length / oneRank));
    if (ranks < 2) continue;
    ids.forEach((id, turn) => {
      if (turn % ranks > 0) lengths.set(id, 1 + (turn % ranks));
    });
  }
  return lengths;
}
