/** From a person's accessors to the functions that run in the page. One that does not parse says so where it would have read. */
import type { AccessorSource } from '../snapshot/snapshot.ts';
import { accessorsText } from './page-script.ts';

export type AccessorCompiler = (
  accessors: readonly AccessorSource[],
  /** Parses a source in the page without running it: null, or what is wrong with it. */
  parse: (source: string) => Promise<string | null>,
) => Promise<string>;

/** What was parsed once is not parsed again. */
export function createAccessorCompiler(): AccessorCompiler {
  const known = new Map<string, string | null>();
  return async (accessors, parse) => {
    const failures = new Map<string, string>();
    for (const source of accessors.flatMap(({ accepts, read }) => (accepts === null ? [read] : [accepts, read]))) {
      const failure = known.has(source) ? (known.get(source) ?? null) : await parse(source);
      known.set(source, failure);
      if (failure !== null) failures.set(source, failure);
    }
    return accessorsText(accessors, failures);
  };
}
