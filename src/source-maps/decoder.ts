/** The way to the worker that reads source maps (decoder-worker.ts). Starts it with the first map. */
import type { Original, Place } from './originals.ts';

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
  | { readonly type: 'forget'; readonly script: number };

export type DecoderAnswer =
  | { readonly type: 'added'; readonly question: number; readonly ok: boolean }
  | { readonly type: 'found'; readonly question: number; readonly originals: readonly (Original | null)[] };

export interface MapDecoder {
  /**
   * @param text The script's.
   * @param map The source map, as JSON; addresses in it are relative to `url`.
   * @returns the number to ask for it by; null when it is no source map
   */
  add(text: string, map: string, url: string): Promise<number | null>;
  /** What the maps say of these places, in the same order. */
  look(places: readonly PlaceInScript[]): Promise<readonly (Original | null)[]>;
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
      // Out of memory by a map that is too large, for one: names stay what they are in the page.
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
    // One that was started anew knows of none.
    forget: (script) => worker?.postMessage({ type: 'forget', script } satisfies DecoderRequest),
    close: () => worker?.terminate(),
  };
}
