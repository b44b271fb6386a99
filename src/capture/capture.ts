/**
 * What can be asked of a heap, whichever way it is asked: `eval-capture.ts` through DevTools' own session,
 * `protocol-capture.ts` through the debugger's protocol.
 */
import type { Protocol } from 'devtools-protocol';
import type { ObjectId, ScopeKind, Snapshot, View } from '../snapshot/snapshot.ts';
import type { Outcome, RequestOptions } from './connection.ts';
import type { Deed, Done } from './deed.ts';

/** One scope of a call frame, as `Debugger.paused` gives it; outer ones after inner ones. */
export interface ScopeRequest {
  readonly kind: ScopeKind;
  readonly objectId: string;
}

/** The variables of one call frame, drawn as one object. A variable of an inner scope hides the outer ones' of its name. */
export interface FrameRequest {
  /** As the picture shows it, such as `1: add_one`. */
  readonly label: string;
  readonly scopes: readonly ScopeRequest[];
  /** `this`, the value that is returned, the exception: whatever the frame has beside its variables. */
  readonly extras: readonly { readonly name: string; readonly value: Protocol.Runtime.RemoteObject }[];
}

/** One thing that a person wants to see. Those but `expression` need the debugger. */
export type RootRequest =
  /**
   * `frame` is the `callFrameId` of a paused frame whose variables the expression sees; without it, the global scope.
   * `pure`: becomes a failed root, with `HAS_SIDE_EFFECTS`, instead of changing anything in the page.
   * `again`: the object that it gave before, which is taken without evaluating it while it is there: an expression can
   * make a new object each time, in which nothing is what a person clicked on.
   */
  | {
      readonly type: 'expression';
      readonly expression: string;
      readonly frame?: string;
      readonly pure?: boolean;
      readonly again?: ObjectId;
      readonly label?: string;
    }
  /** An object that an event of the protocol told of, such as a logged console value. */
  | { readonly type: 'object'; readonly label: string; readonly objectId: string }
  /** A value is an object of kind `stack` with the frames' labels as properties; `frames` has the outermost first. */
  | { readonly type: 'stack'; readonly label: string; readonly frames: readonly FrameRequest[] }
  /** The same variables without a stack around them: an object of kind `scope`. `depth` counts from the outermost, 0. */
  | { readonly type: 'scope'; readonly frame: FrameRequest; readonly depth: number }
  /** All objects that inherit from the `prototype` of the class that the expression evaluates to. */
  | { readonly type: 'instances'; readonly expression: string };

/** Why a root that had to be pure is not there. */
export const HAS_SIDE_EFFECTS = 'It has side effects, so it waits to be asked for.';

/** What a root is called in the snapshot. */
export function labelOf(root: RootRequest): string {
  switch (root.type) {
    case 'expression':
      return root.label ?? root.expression;
    case 'object':
    case 'stack':
      return root.label;
    case 'scope':
      return root.frame.label;
    case 'instances':
      return `instances of ${root.expression}`;
  }
}

export interface Capture {
  /** `debugger` sees all that V8 knows and runs no code of the page; `eval` sees what a script of the page could. */
  readonly way: 'eval' | 'debugger';
  /**
   * Reads what the roots reach. A root that does not parse, throws or cannot be had this way becomes a failed root; the
   * others are read all the same. Fails as a whole only when the page could not be asked. Requests of one capture wait
   * for each other.
   */
  capture(roots: readonly RootRequest[], view: View, options: RequestOptions): Promise<Outcome<Snapshot>>;
  /**
   * Searches everything that the roots reach, whatever `view` would show of it, for references to the object with the
   * number `target`, for at most `view.time` milliseconds in the page. The snapshot holds the shortest way from a root
   * to each referrer that was found (at most `view.slices.begin` of them) and to the target, and nothing else of those
   * objects; `cuts` says when the search was not finished.
   */
  referrers(
    target: ObjectId,
    roots: readonly RootRequest[],
    view: View,
    options: RequestOptions,
  ): Promise<Outcome<Snapshot>>;
  /** Has DevTools do something with the object of this number, which was captured before. */
  act(target: ObjectId, deed: Deed, options: RequestOptions): Promise<Outcome<Done>>;
  /** Lets the page forget all that this capture left in it. Never fails. */
  close(): Promise<void>;
}
