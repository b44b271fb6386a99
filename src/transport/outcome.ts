/**
 * How every request to a page ends, over any transport: within a deadline, abortable, with failures as values and never as
 * exceptions.
 */

/** Why a request failed, as data. `sentence` in failure.ts puts it into words. */
export type Failure =
  /** The script does not parse; `message` is V8's. */
  | { readonly kind: 'syntax'; readonly message: string }
  /** The script threw; `message` is V8's. */
  | { readonly kind: 'thrown'; readonly message: string }
  /** An expression did not end in time and was stopped. */
  | { readonly kind: 'stopped'; readonly milliseconds: number }
  /** The browser does not let an extension read this page. */
  | { readonly kind: 'forbidden' }
  /** A policy of the browser's administrator refuses it; `message` is Chrome's. */
  | { readonly kind: 'managed'; readonly message: string }
  /** The page waits until the user answers a dialog of it. */
  | { readonly kind: 'dialog' }
  | { readonly kind: 'timeout'; readonly milliseconds: number }
  | { readonly kind: 'navigated' }
  | { readonly kind: 'aborted' }
  /** The page's process is gone. */
  | { readonly kind: 'crashed' }
  /** The user ended debugging in Chrome's bar. Nothing may attach again until the user asks for it. */
  | { readonly kind: 'cancelled' }
  /** Another client has the debugger; `message` is Chrome's. */
  | { readonly kind: 'occupied'; readonly message: string }
  /** The tab, frame or worker no longer exists. */
  | { readonly kind: 'closed' }
  /** The protocol refused a command. */
  | { readonly kind: 'refused'; readonly method: string; readonly message: string }
  /** The debugger was detached, but not by the user: it can be attached again. */
  | { readonly kind: 'detached' }
  /** The page replaced `what`, through which DevTools finds the agent. */
  | { readonly kind: 'unreachable'; readonly what: string }
  /** The page made accessors of what every object inherits, so reading it without the debugger would run them. */
  | { readonly kind: 'hardened' }
  /** The page replaced `what`, which every reading needs, by code that would run. */
  | { readonly kind: 'rigged'; readonly what: string }
  /** The connection itself is gone (the extension was reloaded). */
  | { readonly kind: 'disconnected'; readonly message: string }
  /** The page's answer is not a valid reply. */
  | { readonly kind: 'corrupt'; readonly message: string };

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until the request fails. */
  readonly deadline: number;
  /** Called from time to time while a page is read in pieces, with the number of new objects so far. */
  readonly onProgress?: (objects: number) => void;
}
