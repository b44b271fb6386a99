/** Says in words what a script threw. Even describing it may throw. */
import { types } from 'node:util';

/** A clause that says what the script threw and where. `shown` is the file as the user wrote it. */
export function describeThrown(thrown: unknown, file: string, shown: string): string {
  const text = (read: () => unknown): string => {
    try {
      const found = read();
      return typeof found === 'string' ? found : '';
    } catch {
      return '';
    }
  };
  if (!isError(thrown)) {
    const what = typeof thrown === 'object' && thrown !== null ? 'an object' : firstLine(String(thrown));
    return `${shown} threw ${typeof thrown === 'function' ? 'a function' : what}`;
  }
  const at = text(() => thrown.stack)
    .split(file, 2)[1]
    ?.match(/^:(\d+)/)?.[1];
  const what = [text(() => thrown.name), text(() => thrown.message)].filter(Boolean).join(': ') || 'an error';
  return `${shown}${at ? `:${at}` : ''} threw ${firstLine(what)}`;
}

/** `structuredClone` and other functions throw these. */
const { DOMException: OwnDOMException } = globalThis;

function isError(thrown: unknown): thrown is Error {
  return types.isNativeError(thrown) || (!types.isProxy(thrown) && thrown instanceof OwnDOMException);
}

function firstLine(text: string): string {
  return text.split('\n', 1).join('');
}
