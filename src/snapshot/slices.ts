/**
 * Which positions of a long container are read and shown. The page's agent and the diagram both follow this rule, so that no
 * element is read without being shown. It also runs in the page, so it calls no builtin.
 */
import type { Slices } from './read-options.ts';

/** The positions from `start` up to, not including, `end`; then those of `next`. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly next: Range | null;
}

/**
 * Which of `count` positions are shown: the first, some around the middle, the last. A single hidden position between two
 * ranges is shown too, because a `…` would need the same space.
 */
export function slicesOf(count: number, { begin, middle, end }: Slices): Range | null {
  if (count <= 0) return null;
  if (begin + middle + end >= count) return { start: 0, end: count, next: null };
  const half = (count - (count % 2)) / 2;
  const middleStart = half - (middle - (middle % 2)) / 2;
  let ranges: Range | null = end > 0 ? { start: count - end, end: count, next: null } : null;
  if (middle > 0) ranges = before(middleStart, middleStart + middle, ranges);
  if (begin > 0) ranges = before(0, begin, ranges);
  return ranges;
}

/** Puts a range before `next`, or joins the two. */
function before(start: number, end: number, next: Range | null): Range {
  if (next === null || next.start > end + 1) return { start, end, next };
  const from = next.start < start ? next : { start };
  const to = next.end > end ? next : { end };
  return { start: from.start, end: to.end, next: next.next };
}
