/**
 * A script, its source map, and what both say of a place: where it is in the source that a person wrote, and what the
 * function and the variables there are called. Pure.
 */
import { AnyMap, isIgnored, originalPositionFor, traceSegment } from '@jridgewell/trace-mapping';
import { type ScriptScope, scopesAt, scriptScopes } from './script-scopes.ts';

/** Lines and columns count from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Original {
  /** Address of the source. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
  /** The text of the line, where the map has the source's text; else null. */
  readonly text: string | null;
  /** `add`, `BinTree.add`; null where the map does not tell. */
  readonly functionName: string | null;
  /** By their names in the page; only those that have another one in the source. */
  readonly variables: ReadonlyMap<string, string>;
  /** The map says that the person did not write it. */
  readonly ignored: boolean;
}

export interface MappedScript {
  /** Null where the map says nothing of the place. */
  original(place: Place): Original | null;
}

/** What can stand in the source where a name stands in the script, and is none. */
const reserved: ReadonlySet<string> = new Set(
  'async await class const default export extends for function get if import in let new of return set static super switch this try typeof var void while with yield'.split(
    ' ',
  ),
);
/** Characters; the scopes of a longer script are not looked for, and so no names of variables. */
const SCOPES_LIMIT = 5_000_000;

/**
 * @param script Its text.
 * @param map The source map, as JSON.
 * @param url Where the map is from: addresses in it are relative to that.
 * @throws when it is no source map
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

  /** What begins at an offset is called so in the source; null where the map does not tell. */
  function nameAt(offset: number): string | null {
    const { line, column } = placeOf(offset);
    const segment = traceSegment(trace, line, column);
    // One that began before is of something else.
    if (!segment || segment[0] !== column || segment.length === 1) return null;
    const [, source, originalLine, originalColumn, name] = segment;
    if (name !== undefined) return trace.names[name] ?? null;
    // Many maps have no names; what stands at the place in the source is one.
    const word = wordIn(linesOf(source)?.[originalLine]?.slice(originalColumn) ?? '');
    return word === null || reserved.has(word) ? null : word;
  }

  /** As the source has it, or as the script has it where the map names nothing. */
  function wordAt(offset: number): string | null {
    return nameAt(offset) ?? wordIn(script.slice(offset, offset + 200));
  }

  function functionNameOf(chain: readonly ScriptScope[]): string | null {
    const scope = chain.find(({ isFunction }) => isFunction);
    if (!scope?.functionName) return null;
    const { at, classAt } = scope.functionName;
    const own = wordAt(at);
    const owner = classAt === null ? null : wordAt(classAt);
    return own !== null && owner !== null ? `${owner}.${own}` : own;
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

  return {
    original({ line, column }) {
      const found = originalPositionFor(trace, { line: line + 1, column });
      if (found.source === null) return null;
      scopes ??= script.length > SCOPES_LIMIT ? null : scriptScopes(script);
      const chain = scopes ? scopesAt(scopes, (starts[line] ?? 0) + column) : [];
      return {
        url: found.source,
        line: found.line - 1,
        column: found.column,
        text: linesOf(trace.resolvedSources.indexOf(found.source))?.[found.line - 1] ?? null,
        functionName: functionNameOf(chain),
        variables: variablesOf(chain),
        ignored: isIgnored(trace, found.source),
      };
    },
  };
}

const wordIn = (text: string): string | null => /^#?[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(text)?.[0] ?? null;

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + end.length);
  return starts;
}
