/** Sends requests to the worker that reads source maps (decoder-worker.ts). Starts it with the first map. */
import type { DeclaredVariable, Original, Place } from './originals.ts';

export interface PlaceInScript {
  readonly script: number;
  readonly place: Place;
}

export type DecoderRequest =
  | {
      readonly type: 'add';
      readonly question: number;
      readonly script: number;
      readonly text: string;
      readonly map: string;
      readonly url: string;
    }
  | { readonly type: 'look'; readonly question: number; readonly places: readonly PlaceInScript[] }
  | { readonly type: 'sources'; readonly question: number; readonly script: number }
  | {
      readonly type: 'around';
      readonly question: number;
      readonly place: PlaceInScript;
      readonly names: readonly string[];
    }
  /** `text`: of a function. */
  | { readonly type: 'names'; readonly question: number; readonly text: string }
  | { readonly type: 'forget'; readonly script: number };

export type DecoderAnswer =
  | { readonly type: 'added'; readonly question: number; readonly ok: boolean }
  | { readonly type: 'found'; readonly question: number; readonly originals: readonly (Original | null)[] }
  | { readonly type: 'sourced'; readonly question: number; readonly sources: ReadonlyMap<string, string> }
  | { readonly type: 'declared'; readonly question: number; readonly variables: readonly DeclaredVariable[] }
  | { readonly type: 'named'; readonly question: number; readonly names: readonly string[] };

export interface MapDecoder {
  /**
   * @param text The text of the script.
   * @param map The source map, as JSON; addresses in it are relative to `url`.
   * @returns the number that identifies it in later requests; null when it is not a source map
   */
  add(text: string, map: string, url: string): Promise<number | null>;
  /** What the maps say about these positions, in the same order. */
  look(places: readonly PlaceInScript[]): Promise<readonly (Original | null)[]>;
  /** The texts of the original sources of a script by their addresses, as far as its map has them. */
  sources(script: number): Promise<ReadonlyMap<string, string>>;
  /** Variables that are declared around a position, by their names in the page. */
  declaredAround(place: PlaceInScript, names: readonly string[]): Promise<readonly DeclaredVariable[]>;
  /** The names that a function uses and does not declare; none when its text cannot be read. */
  usedNames(text: string): Promise<readonly string[]>;
  forget(script: number): void;
  close(): void;
}

export function createMapDecoder(start: () => Worker): MapDecoder {
  let worker: Worker | null = null;
  let scripts = 0;
  let questions = 0;
  const waiting = new Map<number, (answer: DecoderAnswer | null) => void>();

  function post(request: DecoderRequest): void {
    if (!worker) {
      worker = start();
      worker.addEventListener('message', ({ data }: MessageEvent<DecoderAnswer>) => {
        waiting.get(data.question)?.(data);
        waiting.delete(data.question);
      });
      // For example out of memory, when a map is too large. The page's names stay.
      worker.addEventListener('error', () => {
        for (const resolve of waiting.values()) resolve(null);
        waiting.clear();
        worker?.terminate();
        worker = null;
      });
    }
    worker.postMessage(request);
  }

  function ask(request: (question: number) => DecoderRequest): Promise<DecoderAnswer | null> {
    questions += 1;
    const question = questions;
    return new Promise((resolve) => {
      waiting.set(question, resolve);
      post(request(question));
    });
  }

  return {
    async add(text, map, url) {
      scripts += 1;
      const script = scripts;
      const answer = await ask((question) => ({ type: 'add', question, script, text, map, url }));
      return answer?.type === 'added' && answer.ok ? script : null;
    },
    async look(places) {
      if (places.length === 0) return [];
      const answer = await ask((question) => ({ type: 'look', question, places }));
      return answer?.type === 'found' ? answer.originals : places.map(() => null);
    },
    async sources(script) {
      const answer = await ask((question) => ({ type: 'sources', question, script }));
      return answer?.type === 'sourced' ? answer.sources : new Map();
    },
    async declaredAround(place, names) {
      const answer = await ask((question) => ({ type: 'around', question, place, names }));
      return answer?.type === 'declared' ? answer.variables : [];
    },
    // A worker that was started again knows no scripts.
    async usedNames(text) {
      const answer = await ask((question) => ({ type: 'names', question, text }));
      return answer?.type === 'named' ? answer.names : [];
    },
    forget: (script) => worker?.postMessage({ type: 'forget', script } satisfies DecoderRequest),
    close: () => worker?.terminate(),
  };
}
