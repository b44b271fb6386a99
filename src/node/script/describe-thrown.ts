/** Says in words what a script threw. Even describing it may throw. */
import { types } from 'node:util';
import { say } from '../../words/say.ts';

/** Where the script threw, and what. */
export interface Thrown {
  readonly place: string;
  readonly what: string;
}

/** @param shown The file as the user wrote it. */
export function describeThrown(thrown: unknown, file: string, shown: string): Thrown {
  const text = (read: () => unknown): string => {
    try {
      const found = read();
      return typeof found === 'string' ? found : '';
    } catch {
      return '';
    }
  };
  if (!isError(thrown)) {
    if (typeof thrown === 'function') return { place: shown, what: say('node_aFunction') };
    const isAnObject = typeof thrown === 'object' && thrown !== null;
    return { place: shown, what: isAnObject ? say('node_anObject') : firstLine(String(thrown)) };
  }
  const at = text(() => thrown.stack)
    .split(file, 2)[1]
    ?.match(/^:(\d+)/)?.[1];
  const what = [text(() => thrown.name), text(() => thrown.message)].filter(Boolean).join(': ');
  return { place: at ? `${shown}:${at}` : shown, what: firstLine(what) || say('node_anError') };
}

/** `structuredClone` and other functions throw these. */
const { DOMException: OwnDOMException } = globalThis;

function isError(thrown: unknown): thrown is Error {
  return types.isNativeError(thrown) || (!types.isProxy(thrown) && thrown instanceof OwnDOMException);
}

function firstLine(text: string): string {
  return text.split('\n', 1).join('');
}
