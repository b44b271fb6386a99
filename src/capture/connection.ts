/**
 * The one way to ask a page. Implementations: `devtools-eval.ts` (DevTools' own session), later `chrome.debugger` and
 * Node's inspector. Every request has a deadline and can be aborted; failures are values, never exceptions.
 */

/** Why a request came to nothing, as data; `sentence` in failure.ts puts it in words. */
export type Failure =
  /** The script does not parse; `message` as V8 puts it. */
  | { readonly kind: 'syntax'; readonly message: string }
  /** The script threw; `message` as V8 puts it. */
  | { readonly kind: 'thrown'; readonly message: string }
  /** The browser does not let an extension read this page. */
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'timeout'; readonly milliseconds: number }
  | { readonly kind: 'navigated' }
  | { readonly kind: 'aborted' }
  /** The connection itself is gone (the extension was reloaded, the debugger detached, the page crashed). */
  | { readonly kind: 'disconnected'; readonly message: string }
  /** The page answered something that is no snapshot. */
  | { readonly kind: 'corrupt'; readonly message: string };

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until the request is given up. */
  readonly deadline: number;
}

export interface Connection {
  readonly name: 'devtools-eval';
  /** Evaluates a script in the page's global scope; the value crosses as JSON. */
  evaluate(script: string, options: RequestOptions): Promise<Outcome<unknown>>;
  /** Calls back whenever the page has gone to another document. Returns the unsubscriber. */
  onNavigated(listener: (url: string) => void): () => void;
}
