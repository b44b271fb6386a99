/** Watches as roots of a capture, and what became of them. Pure. */
import { HAS_SIDE_EFFECTS, type RootRequest } from '../../src/capture/capture.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import type { Watch } from './stack-state.ts';

/**
 * @param frame Handle of the frame that they are evaluated in; without it there are none.
 * @param run The one that may have side effects, because the person asked for it.
 */
export function watchRoots(
  watches: readonly Watch[],
  frame: string | null,
  run: string | null,
): readonly RootRequest[] {
  if (frame === null) return [];
  return watches.map(({ expression }) => ({ type: 'expression', expression, frame, pure: expression !== run }));
}

/**
 * Takes out of what was read those that wait to be asked for.
 * @param snapshot its first root is the stack, the others are watches
 * @returns what is drawn, and the watches that were evaluated, by expression
 */
export function afterWatches(snapshot: Snapshot): {
  readonly snapshot: Snapshot;
  readonly outcomes: ReadonlyMap<string, Watch>;
} {
  const outcomes = new Map<string, Watch>();
  const roots = snapshot.roots.filter(({ label, result }, index) => {
    if (index === 0) return true;
    const waits = !result.ok && result.reason === HAS_SIDE_EFFECTS;
    outcomes.set(label, { expression: label, waits, error: result.ok || waits ? null : result.reason });
    return !waits;
  });
  return { snapshot: { ...snapshot, roots }, outcomes };
}
