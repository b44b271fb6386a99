/**
 * The connection to a page through DevTools' own session. Every request has a deadline and can be aborted; failures are
 * values, never exceptions.
 */
import type { Outcome, RequestOptions } from './outcome.ts';

/** DevTools' own session with the page. It evaluates scripts only: no remote handles, no events of the debugger. */
export interface Connection {
  readonly name: 'devtools-eval';
  /** Evaluates a script in the page's global scope. The value returns as JSON. */
  evaluate(script: string, options: RequestOptions): Promise<Outcome<unknown>>;
  /** Calls back whenever the page navigated to another document. Returns the unsubscriber. */
  onNavigated(listener: (url: string) => void): () => void;
}
