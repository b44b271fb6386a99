/**
 * Finds, from a script and its source map, where a position is in the original source, and the original names of the function
 * and the variables there. Pure.
 */

import { AnyMap, isIgnored, originalPositionFor, traceSegment } from '@jridgewell/trace-mapping';
import { lineStarts } from './line-starts.ts';
import { type Declared, type ScriptScope, scopesAt, scriptScopes } from './script-scopes.ts';

/** Lines and columns count from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Original {
  /** Address of the original source. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
  /** The text of the line; null when the map does not include the source's text. */
  readonly text: string | null;
  /** `add`, `BinTree.add`; for a function without a name what is called with it, `items.map`; null where neither is known. */
  readonly functionName: string | null;
  /** The function has no name of its own, and `functionName` is what is called with it. */
  readonly isArgument: boolean;
  /** The line of the source in which the function begins; null for code outside of functions. */
  readonly functionLine: number | null;
  /** The class whose fields or static block begin to be there, by its names in the page and in the source; null elsewhere. */
  readonly initialized: { readonly name: string; readonly original: string } | null;
  /** Original names by names in the page, of the variables for which they differ. */
  readonly variables: ReadonlyMap<string, string>;
  /** The map lists the source as third-party code (`ignoreList`). */
  readonly ignored: boolean;
}

/** A variable that is declared around a position. */
export interface DeclaredVariable {
  /** Its name in the page. */
  readonly name: string;
  /** Its name in the source. */
  readonly original: string;
  readonly url: string;
  readonly line: number;
  /** The map lists the source as third-party code. */
  readonly ignored: boolean;
}

export interface MappedScript {
  /** Variables that are declared in the scopes around a position, by their names in the page, as far as the map knows them. */
  declaredAround(place: Place, names: readonly string[]): readonly DeclaredVariable[];
  /** Null where the map says nothing about the position. */
  original(place: Place): Original | null;
  /** The texts of the original sources by their addresses, as far as the map has them. */
  sources(): ReadonlyMap<string, string>;
}

/** Words that can be in the source where the script has a name, but are not names. */
const reserved: ReadonlySet<string> = new Set(
  'async await class const default export extends for function get if import in let new of return set static super switch this try typeof var void while with yield'.split(
    ' ',
  ),
);
/** Characters. The scopes of a longer script are not searched, so its variables keep their names. */
const SCOPES_LIMIT = 5_000_000;

/**
 * @param script Its text.
 * @param map The source map, as JSON.
 * @param url Address of the map; addresses in the map are relative to it.
 * @throws when it is not a source map
 */
export function mappedScript(script: string, map: string, url: string): MappedScript {
  const trace = AnyMap(map.replace(/^\)\]\}'?[^\n]*\n/, ''), url);
  const starts = lineStarts(script);
  let scopes: ScriptScope | null | undefined;
  const sources = new Map<number, readonly string[]>();

  function placeOf(offset: number): Place {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: offset - (starts[low] ?? 0) };
  }

  /** The original name of what begins at an offset; null where the map does not say. */
  function nameAt(offset: number): string | null {
    const { line, column } = placeOf(offset);
    const segment = traceSegment(trace, line, column);
    // A segment that began earlier belongs to something else.
    if (!segment || segment[0] !== column || segment.length === 1) return null;
    const [, source, originalLine, originalColumn, name] = segment;
    if (name !== undefined) return trace.names[name] ?? null;
    // Many maps have no names. Then the word at the position in the source is the name.
    const word = wordIn(linesOf(source)?.[originalLine]?.slice(originalColumn) ?? '');
    return word === null || reserved.has(word) ? null : word;
  }

  /** The name in the source, or in the script where the map has no name. */
  function wordAt(offset: number): string | null {
    return nameAt(offset) ?? wordIn(script.slice(offset, offset + 200));
  }

  function functionNameOf({ functionName }: ScriptScope): string | null {
    if (!functionName) return null;
    const { at, classAt } = functionName;
    const own = wordAt(at);
    const owner = classAt === null ? null : wordAt(classAt);
    // Where an import is called, both are the name of what is imported.
    return own !== null && owner !== null && owner !== own ? `${owner}.${own}` : own;
  }

  /** The class around a position that is in none of its methods. */
  function classIn(chain: readonly ScriptScope[]): Original['initialized'] {
    const nearest = chain.find(({ isFunction, className }) => isFunction || className !== null);
    if (nearest?.className == null) return null;
    const name = wordIn(script.slice(nearest.className, nearest.className + 200));
    return name === null ? null : { name, original: nameAt(nearest.className) ?? name };
  }

  function lineAt(offset: number): number | null {
    const { line, column } = placeOf(offset);
    const { source, line: original } = originalPositionFor(trace, { line: line + 1, column });
    return source === null ? null : original - 1;
  }

  function variablesOf(chain: readonly ScriptScope[]): ReadonlyMap<string, string> {
    const variables = new Map<string, string>();
    const seen = new Set<string>();
    for (const { names } of chain) {
      for (const { name, at } of names) {
        if (seen.has(name)) continue;
        seen.add(name);
        const original = nameAt(at);
        if (original !== null && original !== name) variables.set(name, original);
      }
    }
    return variables;
  }

  function linesOf(source: number): readonly string[] | null {
    const known = sources.get(source);
    if (known) return known;
    const content = trace.sourcesContent?.[source];
    if (content == null) return null;
    const lines = content.split(/\r\n|[\n\r\u2028\u2029]/);
    sources.set(source, lines);
    return lines;
  }

  function chainAt({ line, column }: Place): readonly ScriptScope[] {
    scopes ??= script.length > SCOPES_LIMIT ? null : scriptScopes(script);
    return scopes ? scopesAt(scopes, (starts[line] ?? 0) + column) : [];
  }

  function declaredAt({ name, at }: Declared): DeclaredVariable | null {
    const { line, column } = placeOf(at);
    const found = originalPositionFor(trace, { line: line + 1, column });
    if (found.source === null) return null;
    const { source, line: originalLine } = found;
    return {
      name,
      original: nameAt(at) ?? name,
      url: source,
      line: originalLine - 1,
      ignored: isIgnored(trace, source),
    };
  }

  return {
    sources() {
      const texts = new Map<string, string>();
      for (const [index, address] of trace.resolvedSources.entries()) {
        const content = trace.sourcesContent?.[index];
        if (content != null) texts.set(address, content);
      }
      return texts;
    },
    declaredAround(place, wanted) {
      const left = new Set(wanted);
      const found = new Map<string, DeclaredVariable | null>();
      // The innermost scope comes first.
      for (const { names } of chainAt(place))
        for (const declared of names) if (left.delete(declared.name)) found.set(declared.name, declaredAt(declared));
      return [...found.values()].filter((one) => one !== null);
    },
    original({ line, column }) {
      const found = originalPositionFor(trace, { line: line + 1, column });
      if (found.source === null) return null;
      const chain = chainAt({ line, column });
      const around = chain.find((scope) => scope.isFunction && scope !== scopes) ?? null;
      return {
        url: found.source,
        line: found.line - 1,
        column: found.column,
        text: linesOf(trace.resolvedSources.indexOf(found.source))?.[found.line - 1] ?? null,
        functionName: around && functionNameOf(around),
        isArgument: around?.functionName?.isArgument === true,
        functionLine: around && lineAt(around.start),
        initialized: classIn(chain),
        variables: variablesOf(chain),
        ignored: isIgnored(trace, found.source),
      };
    },
  };
}

const wordIn = (text: string): string | null => /^#?[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(text)?.[0] ?? null;
