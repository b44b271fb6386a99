/** The one way in which every request to a page ends. */
import type { Failure, Outcome, RequestOptions } from './connection.ts';

/**
 * Settles a request once: by its answer, its deadline, its abort signal, or whatever `interrupted` reports. An answer that comes
 * after that is dropped, because after a crash some commands never settle.
 */
export function race<T>(
  { deadline, signal }: RequestOptions,
  interrupted: (fail: (failure: Failure) => void) => () => void,
  start: (settle: (outcome: Outcome<T>) => void) => void,
): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    const fail = (failure: Failure) => settle({ ok: false, failure });
    const abort = () => fail({ kind: 'aborted' });
    const timer = setTimeout(() => fail({ kind: 'timeout', milliseconds: deadline }), deadline);
    const unsubscribe = interrupted(fail);
    signal?.addEventListener('abort', abort);
    const settle = (outcome: Outcome<T>) => {
      clearTimeout(timer);
      unsubscribe();
      signal?.removeEventListener('abort', abort);
      resolve(outcome);
    };
    if (signal?.aborted) abort();
    else start(settle);
  });
}
