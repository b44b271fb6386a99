/** Lists for code that runs in a page. */

/**
 * Values by index. The null prototype is the point: storing to a new index of an array looks for setters on
 * Array.prototype and Object.prototype first, where the page may have put some.
 */
export interface List<T> {
  __proto__: null;
  [index: number]: T;
}

/** The positions from `start` to before `end`, then those of `next`. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly next: Range | null;
}

/**
 * Which of `count` positions are read: the first, some around the middle, the last. A lone hidden one between two
 * ranges is read as well, for `…` would take its place.
 */
export function slicesOf(
  count: number,
  slices: { readonly begin: number; readonly middle: number; readonly end: number },
): Range | null {
  if (count <= 0) return null;
  const { begin, middle, end } = slices;
  if (begin + middle + end >= count) return { start: 0, end: count, next: null };
  const half = (count - (count % 2)) / 2;
  const middleStart = half - (middle - (middle % 2)) / 2;
  let ranges: Range | null = end > 0 ? { start: count - end, end: count, next: null } : null;
  if (middle > 0) ranges = before(middleStart, middleStart + middle, ranges);
  if (begin > 0) ranges = before(0, begin, ranges);
  return ranges;
}

/** Puts a range in front of `next`, or joins both. */
function before(start: number, end: number, next: Range | null): Range {
  if (next === null || next.start > end + 1) return { start, end, next };
  const from = next.start < start ? next : { start };
  const to = next.end > end ? next : { end };
  return { start: from.start, end: to.end, next: next.next };
}

/** `ranges` together with another one, cut to `count` positions, in order and without overlaps. */
export function united(
  ranges: Range | null,
  extra: { readonly start: number; readonly end: number },
  count: number,
): Range | null {
  const start = extra.start > 0 ? extra.start : 0;
  const end = extra.end < count ? extra.end : count;
  if (end <= start) return ranges;
  if (ranges === null) return { start, end, next: null };
  if (ranges.start > end) return { start, end, next: ranges };
  if (ranges.end < start) return { start: ranges.start, end: ranges.end, next: united(ranges.next, extra, count) };
  const joined = {
    start: ranges.start < start ? ranges.start : start,
    end: ranges.end > end ? ranges.end : end,
  };
  return united(ranges.next, joined, count);
}
