/**
 * What the source maps of a page say of its pauses. A pause never waits for a map: it is told what the maps at hand say,
 * and whether there are more to be fetched.
 */
import type { RequestOptions } from '../capture/connection.ts';
import type { ScriptFacts } from '../capture/debugger-domain.ts';
import type { ProtocolSession } from '../capture/protocol.ts';
import type { MapDecoder, PlaceInScript } from '../source-maps/decoder.ts';
import { loadMap } from '../source-maps/load-map.ts';
import type { Original } from '../source-maps/originals.ts';
import type { Pause, SourceLocation } from './pause.ts';

export interface PauseOriginals {
  /** One for each frame; null where no map at hand tells. */
  readonly frames: readonly (Original | null)[];
  readonly asyncFrames: readonly (Original | null)[];
}

export interface OriginalNames {
  known(pause: Pause): Promise<PauseOriginals>;
  /** Fetches the maps of the pause's scripts that were not asked for yet. Resolves to whether one came. */
  load(pause: Pause): Promise<boolean>;
  /** The scripts are gone. */
  clear(): void;
}

const options: RequestOptions = { deadline: 5000 };

export function createOriginalNames(
  session: ProtocolSession,
  scripts: ReadonlyMap<string, ScriptFacts>,
  decoder: MapDecoder,
): OriginalNames {
  /** By script: the number of its map, null while it comes or when there is none. */
  const maps = new Map<string, number | null>();

  function placeOf({ scriptId, line, column }: SourceLocation): PlaceInScript | null {
    const script = maps.get(scriptId);
    const facts = scripts.get(scriptId);
    if (script == null || !facts) return null;
    const first = line === facts.startLine;
    return { script, place: { line: line - facts.startLine, column: column - (first ? facts.startColumn : 0) } };
  }

  async function add(scriptId: string): Promise<boolean> {
    const facts = scripts.get(scriptId);
    if (!facts?.sourceMapUrl || maps.has(scriptId)) return false;
    maps.set(scriptId, null);
    const url = absolute(facts.sourceMapUrl, facts.url);
    if (url === null) return false;
    const [map, source] = await Promise.all([
      loadMap(session, url),
      session.send('Debugger.getScriptSource', { scriptId }, options),
    ]);
    if (map === null || !source.ok) return false;
    const base = url.startsWith('data:') ? facts.url : url;
    const script = await decoder.add(source.value.scriptSource, map, base);
    if (script === null) return false;
    if (!maps.has(scriptId)) {
      decoder.forget(script);
      return false;
    }
    maps.set(scriptId, script);
    return true;
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
    async load({ frames, asyncFrames }) {
      const ids = new Set([...frames, ...asyncFrames].map(({ location }) => location.scriptId));
      const came = await Promise.all([...ids].map(add));
      return came.includes(true);
    },
    clear() {
      for (const script of maps.values()) if (script !== null) decoder.forget(script);
      maps.clear();
    },
  };
}

function absolute(url: string, base: string): string | null {
  try {
    return new URL(url, base).href;
  } catch {
    return null;
  }
}

/** The pause in the words of the source that a person wrote. Pure. */
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

/** V8 may know more of a name than the text does: whose method it is. */
function nameOf(name: string, { functionName }: Original): string {
  return functionName === null || name.endsWith(`.${functionName}`) ? name : functionName;
}

function located({ scriptId }: SourceLocation, { url, line, column }: Original): SourceLocation {
  return { scriptId, url, line, column };
}
