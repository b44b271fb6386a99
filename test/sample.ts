/**
 * What `npm test` runs of suites that are too large to be run whole each time. The same cases in every run, so that a
 * failure is no matter of luck; `npm test -- all` runs all of them.
 */

/** Whether this run is to be whole, which `npm test -- all` says. */
export const isWhole = process.env.MEMORY_GRAPH_TESTS === 'all';

/** So many of the cases as `npm test` runs, or all of them where the run is to be whole. */
export function sample<T>(cases: readonly T[], count: number, whole = isWhole): readonly T[] {
  return whole ? cases : evenly(cases, count);
}

/** The first of the cases and others at equal distances, `count` in all, or as many as there are. */
function evenly<T>(cases: readonly T[], count: number): readonly T[] {
  if (count >= cases.length) return cases;
  return cases.filter(
    (_, index) => Math.floor((index * count) / cases.length) !== Math.floor(((index - 1) * count) / cases.length),
  );
}
