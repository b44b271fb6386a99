/**
 * What the source maps of a page say about its pauses. A pause gets what the loaded maps say; whether it waits for others is not
 * decided here.
 */

import type { MapDecoder, PlaceInScript } from '../source-maps/decoder.ts';
import { loadMap } from '../source-maps/load-map.ts';
import type { Original } from '../source-maps/originals.ts';
import type { ScriptFacts } from '../transport/debugger-domain.ts';
import type { RequestOptions } from '../transport/outcome.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import { ANONYMOUS, type Pause, type SourceLocation } from './pause.ts';
import { anonymousAt, callbackOf, initializerOf, isInitializer } from './readable-names.ts';

export interface PauseOriginals {
  /** One for each frame; null where no loaded map says anything. */
  readonly frames: readonly (Original | null)[];
  readonly asyncFrames: readonly (Original | null)[];
}

export interface OriginalNames {
  known(pause: Pause): Promise<PauseOriginals>;
  /** Fetches the maps of the pause's scripts, each once. Resolves when all are there or cannot be had. */
  load(pause: Pause): Promise<void>;
  /** The number of the pause's scripts whose maps are there, and whether others are still being fetched. */
  progress(pause: Pause): { readonly maps: number; readonly loads: boolean };
  /** Forgets all: the scripts are gone. */
  clear(): void;
}

const options: RequestOptions = { deadline: 5000 };

export function createOriginalNames(
  session: ProtocolSession,
  scripts: ReadonlyMap<string, ScriptFacts>,
  decoder: MapDecoder,
): OriginalNames {
  /** The number of each script's map; null while it is loading or when there is none. */
  const maps = new Map<string, number | null>();
  /** The requests for maps, also those that have ended. */
  const requests = new Map<string, Promise<void>>();
  const loading = new Set<string>();

  const scriptsOf = ({ frames, asyncFrames }: Pause): readonly string[] => [
    ...new Set([...frames, ...asyncFrames].map(({ location }) => location.scriptId)),
  ];

  function placeOf({ scriptId, line, column }: SourceLocation): PlaceInScript | null {
    const script = maps.get(scriptId);
    const facts = scripts.get(scriptId);
    if (script == null || !facts) return null;
    const first = line === facts.startLine;
    return { script, place: { line: line - facts.startLine, column: column - (first ? facts.startColumn : 0) } };
  }

  async function add(scriptId: string): Promise<void> {
    const facts = scripts.get(scriptId);
    if (!facts?.sourceMapUrl) return;
    maps.set(scriptId, null);
    const url = absolute(facts.sourceMapUrl, facts.url);
    if (url === null) return;
    const [map, source] = await Promise.all([
      loadMap(session, url),
      session.send('Debugger.getScriptSource', { scriptId }, options),
    ]);
    if (map === null || !source.ok) return;
    const base = url.startsWith('data:') ? facts.url : url;
    const script = await decoder.add(source.value.scriptSource, map, base);
    if (script === null) return;
    if (maps.has(scriptId)) maps.set(scriptId, script);
    else decoder.forget(script);
  }

  function request(scriptId: string): Promise<void> {
    const known = requests.get(scriptId);
    if (known) return known;
    loading.add(scriptId);
    const made = add(scriptId).finally(() => loading.delete(scriptId));
    requests.set(scriptId, made);
    return made;
  }

  return {
    async known({ frames, asyncFrames }) {
      const places = [...frames, ...asyncFrames].map(({ location }) => placeOf(location));
      const asked = places.filter((place) => place !== null);
      const answers = await decoder.look(asked);
      let turn = 0;
      const originals = places.map((place) => (place === null ? null : (answers[turn++] ?? null)));
      return { frames: originals.slice(0, frames.length), asyncFrames: originals.slice(frames.length) };
    },
    async load(pause) {
      await Promise.all(scriptsOf(pause).map(request));
    },
    progress(pause) {
      const ids = scriptsOf(pause);
      return { maps: ids.filter((id) => maps.get(id) != null).length, loads: ids.some((id) => loading.has(id)) };
    },
    clear() {
      for (const script of maps.values()) if (script !== null) decoder.forget(script);
      maps.clear();
      requests.clear();
      loading.clear();
    },
  };
}

function absolute(url: string, base: string): string | null {
  try {
    return (base === '' ? new URL(url) : new URL(url, base)).href;
  } catch {
    return null;
  }
}

/** The pause with the names and locations of the original source. Pure. */
export function withOriginals(pause: Pause, { frames, asyncFrames }: PauseOriginals): Pause {
  if (![...frames, ...asyncFrames].some((original) => original !== null)) return pause;
  return {
    ...pause,
    frames: pause.frames.map((frame, index) => {
      const original = frames[index];
      if (!original) return frame;
      return { ...frame, original, name: nameOf(frame.name, original), location: located(frame.location, original) };
    }),
    asyncFrames: pause.asyncFrames.map((frame, index) => {
      const original = asyncFrames[index];
      if (!original) return frame;
      return { ...frame, name: nameOf(frame.name, original), location: located(frame.location, original) };
    }),
  };
}

type NamedOriginal = Pick<Original, 'functionName' | 'isArgument' | 'functionLine' | 'initialized'>;

/** V8's name may say more than the source map: the class of a method, and that it is an accessor. */
export function nameOf(name: string, original: NamedOriginal): string {
  const { functionName, isArgument, functionLine, initialized } = original;
  // V8 has frames for code of a class that is in no function.
  if (initialized && isInitializer(name, initialized.name)) return initializerOf(name, initialized.original);
  if (isInitializer(name, null)) return name;
  if (name === ANONYMOUS && functionName === null && functionLine !== null) return anonymousAt(functionLine);
  if (isArgument) return name === ANONYMOUS && functionName !== null ? callbackOf(functionName) : name;
  if (functionName === null || name.endsWith(`.${functionName}`)) return name;
  const kind = /(?:^|\.)((?:get|set) )/.exec(name)?.[1] ?? '';
  const dot = functionName.lastIndexOf('.') + 1;
  const accessor = `${functionName.slice(0, dot)}${kind}${functionName.slice(dot)}`;
  return name.endsWith(`.${accessor}`) ? name : accessor;
}

function located({ scriptId }: SourceLocation, { url, line, column }: Original): SourceLocation {
  return { scriptId, url, line, column };
}
