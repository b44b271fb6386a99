/** Turns a user's accessors into functions that run in the page. One that does not parse says so where it would have read. */
import type { AccessorSource } from '../../snapshot/read-options.ts';
import { accessorsText } from './page-script.ts';

export type AccessorCompiler = (
  accessors: readonly AccessorSource[],
  /** Parses a source in the page without running it. Resolves to null, or to what is wrong with it; undefined without an answer. */
  parse: (source: string) => Promise<string | null | undefined>,
) => Promise<string>;

/** Parses each source only once. */
export function createAccessorCompiler(): AccessorCompiler {
  const known = new Map<string, string | null>();
  return async (accessors, parse) => {
    const failures = new Map<string, string>();
    for (const source of accessors.flatMap(({ accepts, read }) => (accepts === null ? [read] : [accepts, read]))) {
      const failure = known.has(source) ? known.get(source) : await parse(source);
      if (failure === undefined) continue;
      known.set(source, failure);
      if (failure !== null) failures.set(source, failure);
    }
    return accessorsText(accessors, failures);
  };
}
