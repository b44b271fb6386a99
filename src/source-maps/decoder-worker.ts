/** Reads source maps in a worker, because the panel must not wait for one: a bundle's map takes a second. */
import type { DecoderAnswer, DecoderRequest } from './decoder.ts';
import { type MappedScript, mappedScript } from './originals.ts';
import { usedNames } from './used-names.ts';

const scripts = new Map<number, MappedScript>();

addEventListener('message', ({ data }: MessageEvent<DecoderRequest>) => {
  const answer = (value: DecoderAnswer): void => postMessage(value);
  switch (data.type) {
    case 'add':
      try {
        scripts.set(data.script, mappedScript(data.text, data.map, data.url));
        answer({ question: data.question, type: 'added', ok: true });
      } catch {
        answer({ question: data.question, type: 'added', ok: false });
      }
      return;
    case 'look': {
      const originals = data.places.map(({ script, place }) => scripts.get(script)?.original(place) ?? null);
      answer({ question: data.question, type: 'found', originals });
      return;
    }
    case 'sources':
      return answer({
        question: data.question,
        type: 'sourced',
        sources: scripts.get(data.script)?.sources() ?? new Map(),
      });
    case 'around': {
      const { script, place } = data.place;
      const variables = scripts.get(script)?.declaredAround(place, data.names) ?? [];
      return answer({ question: data.question, type: 'declared', variables });
    }
    case 'names':
      return answer({ question: data.question, type: 'named', names: usedNames(data.text) });
    case 'forget':
      scripts.delete(data.script);
  }
});
