/** Gives what is recorded the names and places of the original source, where a script has a source map. Without one nothing changes. */
import type { MapDecoder } from '../source-maps/decoder.ts';
import { loadMap } from '../source-maps/load-map.ts';
import type { Original } from '../source-maps/originals.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import type { PlannedPlace, RecordedFunction } from './plan.ts';
import type { RecordedScript } from './recording.ts';

export interface Planned<P extends PlannedPlace> {
  readonly functions: readonly RecordedFunction[];
  readonly places: readonly P[];
  readonly scripts: readonly RecordedScript[];
}

/** A script with the address of its map. */
export interface MappedScript {
  readonly script: RecordedScript;
  readonly sourceMapUrl: string | null;
}

/** @param isLibrary Whether nothing of an original source is recorded, by its address. */
export async function withOriginals<P extends PlannedPlace>(
  session: ProtocolSession,
  decoder: MapDecoder,
  planned: Planned<P>,
  mapped: readonly MappedScript[],
  isLibrary: (url: string) => boolean,
): Promise<Planned<P>> {
  let current = planned;
  for (const [index, { script, sourceMapUrl }] of mapped.entries()) {
    const url = sourceMapUrl === null ? null : absolute(sourceMapUrl, script.url);
    const map = url === null ? null : await loadMap(session, url);
    if (url === null || map === null) continue;
    const number = await decoder.add(script.source, map, url.startsWith('data:') ? script.url : url);
    if (number === null) continue;
    const own = current.places.flatMap(({ place }, at) => (place.script === index ? [at] : []));
    const asked = own.map((at) => {
      const { line = 0, column = 0 } = current.places[at]?.place ?? {};
      return { script: number, place: { line, column } };
    });
    const [originals, sources] = await Promise.all([decoder.look(asked), decoder.sources(number)]);
    decoder.forget(number);
    current = translated(current, new Map(own.map((at, turn) => [at, originals[turn] ?? null])), sources, isLibrary);
  }
  return current;
}

function translated<P extends PlannedPlace>(
  { functions, places, scripts }: Planned<P>,
  originals: ReadonlyMap<number, Original | null>,
  sources: ReadonlyMap<string, string>,
  isLibrary: (url: string) => boolean,
): Planned<P> {
  const all = [...scripts];
  const numbers = new Map<string, number>();
  const numberOf = (url: string): number => {
    const known = numbers.get(url);
    if (known !== undefined) return known;
    numbers.set(url, all.length);
    all.push({ url, source: sources.get(url) ?? '', startLine: 0 });
    return all.length - 1;
  };
  const names = new Map<number, string>();
  const variables = new Map<number, Map<string, string>>();
  const kept = places.filter((_, at) => {
    const original = originals.get(at);
    return !original || !(original.ignored || isLibrary(original.url));
  });
  const moved = new Map<P, P>();
  for (const [at, original] of originals) {
    const planned = places[at];
    if (!planned || !original || !kept.includes(planned)) continue;
    const { place } = planned;
    if (original.functionName !== null) names.set(place.function, original.functionName);
    const known = variables.get(place.function) ?? new Map<string, string>();
    variables.set(place.function, known);
    for (const [name, shown] of original.variables) known.set(name, shown);
    const { line, column, url } = original;
    if (!sources.has(url)) continue;
    moved.set(planned, { ...planned, place: { ...place, script: numberOf(url), line, column } });
  }
  return {
    scripts: all,
    functions: functions.map((one, index) => renamed(one, names.get(index) ?? null, variables.get(index))),
    places: kept.map((one) => moved.get(one) ?? one),
  };
}

function renamed(
  own: RecordedFunction,
  name: string | null,
  variables: ReadonlyMap<string, string> | undefined,
): RecordedFunction {
  const shownOf = (variable: string): string => variables?.get(variable) ?? variable;
  const rooted = (path: string): string => path.replace(/^[^.]+/, shownOf);
  return {
    ...own,
    shown: name ?? own.shown,
    parameters: own.parameters.map(shownOf),
    variables: own.variables.map((one) => ({ ...one, shown: shownOf(one.name) })),
    pairs: own.pairs.map(({ array, index }) => ({ array: rooted(array), index: shownOf(index) })),
  };
}

function absolute(url: string, base: string): string | null {
  try {
    return new URL(url, base).href;
  } catch {
    return null;
  }
}
