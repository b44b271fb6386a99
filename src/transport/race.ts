/** Ends every request to a page, once. */
import type { Failure, Outcome, RequestOptions } from './outcome.ts';

/**
 * Settles a request once: by its answer, its deadline, its abort signal, or what `interrupted` reports. A later answer is
 * dropped. After a crash some commands never settle, so nothing may wait for them.
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
