/**
 * How every request to a page ends, whichever way it went: with a deadline, abortable, failures as values, never as
 * exceptions.
 */

/** Why a request came to nothing, as data; `sentence` in failure.ts puts it in words. */
export type Failure =
  /** The script does not parse; `message` as V8 puts it. */
  | { readonly kind: 'syntax'; readonly message: string }
  /** The script threw; `message` as V8 puts it. */
  | { readonly kind: 'thrown'; readonly message: string }
  /** An expression did not come to an end, and was stopped. */
  | { readonly kind: 'stopped'; readonly milliseconds: number }
  /** The browser does not let an extension read this page. */
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'timeout'; readonly milliseconds: number }
  | { readonly kind: 'navigated' }
  | { readonly kind: 'aborted' }
  /** The page's process is gone. */
  | { readonly kind: 'crashed' }
  /** The person ended debugging in Chrome's info bar. Nothing may attach again without being asked to. */
  | { readonly kind: 'cancelled' }
  /** Another client holds the debugger; `message` as Chrome puts it. */
  | { readonly kind: 'occupied'; readonly message: string }
  /** The tab, frame or worker exists no more. */
  | { readonly kind: 'closed' }
  /** The protocol refused a command. */
  | { readonly kind: 'refused'; readonly method: string; readonly message: string }
  /** The debugger was detached without a person's cancel: it can be attached again. */
  | { readonly kind: 'detached' }
  /** The page put its own `what` in the place of what leads DevTools to the objects that it numbers. */
  | { readonly kind: 'unreachable'; readonly what: string }
  /** The page put its own `what`, which would run, in the place of what nothing can be read without. */
  | { readonly kind: 'rigged'; readonly what: string }
  /** The connection itself is gone (the extension was reloaded). */
  | { readonly kind: 'disconnected'; readonly message: string }
  /** The page answered something that is no snapshot. */
  | { readonly kind: 'corrupt'; readonly message: string };

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until the request is given up. */
  readonly deadline: number;
  /** Called now and then while a page is read in pieces, with the number of objects that were new in it so far. */
  readonly onProgress?: (objects: number) => void;
}

/** DevTools' own session with the page, which knows scripts only: no remote handles, no events of the debugger. */
export interface Connection {
  readonly name: 'devtools-eval';
  /** Evaluates a script in the page's global scope; the value crosses as JSON. */
  evaluate(script: string, options: RequestOptions): Promise<Outcome<unknown>>;
  /** Calls back whenever the page has gone to another document. Returns the unsubscriber. */
  onNavigated(listener: (url: string) => void): () => void;
}
