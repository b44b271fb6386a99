/** Reads source maps beside the panel, which must not stand still for one: a bundle's takes a second. */
import type { DecoderAnswer, DecoderRequest } from './decoder.ts';
import { type MappedScript, mappedScript } from './originals.ts';

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
    case 'forget':
      scripts.delete(data.script);
  }
});
