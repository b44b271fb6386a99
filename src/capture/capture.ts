/**
 * The requests to a heap, which are the same for both transports: `eval-capture.ts` uses DevTools' own session,
 * `protocol-capture.ts` the debugger's protocol.
 */

import type { Protocol } from 'devtools-protocol';
import type { ProgramText } from '../expression/program.ts';
import type { ReadOptions } from '../snapshot/read-options.ts';
import type { ObjectId, ScopeKind, Snapshot } from '../snapshot/snapshot.ts';
import type { Outcome, RequestOptions } from '../transport/outcome.ts';
import type { ComponentPlace, NamesByDistance } from '../wire/requests.ts';
import { say } from '../words/say.ts';
import type { Assignable, Assigned } from './assignable.ts';
import type { Done, ObjectAction } from './scripts/object-action.ts';

/** One scope of a call frame, from `Debugger.paused`, which lists inner scopes before outer ones. */
export interface ScopeRequest {
  readonly kind: ScopeKind;
  /** The handle of V8's object with the variables, or the function that has the scope, which is then read anew. */
  readonly objectId: string | ClosureScope;
  /** Without it, the whole scope is read. */
  readonly limit?: ScopeLimit;
  /** True for a WebAssembly frame, where V8 wraps each value in an object that also has the type. */
  readonly wrapped?: true;
  /** True for a global object, of which only the variables are read that scripts declared with `var`. */
  readonly declared?: true;
}

/** A scope that a function closes over: the handle of the function, and the position in V8's list of its scopes. */
export interface ClosureScope {
  readonly function: string;
  readonly level: number;
}

/** How much is read of a scope that several frames may share. */
export interface ScopeLimit {
  /** The pieces of source to which it may belong, the likeliest first. Equal for scopes of the same piece. */
  readonly sources: readonly string[];
  /** It belongs to the call itself: it is read whole, and is not repeated in frames that can see it. */
  readonly own: boolean;
  /** Any other scope with at most this many variables is read whole. */
  readonly whole: number;
  /** Of a larger scope, these variables are read, except functions and classes. The others are counted. */
  readonly used: readonly string[];
}

/** The variables of one call frame, drawn as one object, those of inner scopes first. */
export interface FrameRequest {
  /** The text in the picture, such as `1: add_one`. */
  readonly label: string;
  readonly scopes: readonly ScopeRequest[];
  /** What the frame has in addition to its variables: `this`, the returned value, the exception. */
  readonly extras: readonly FrameExtra[];
}

export type FrameExtra = { readonly name: string } & (
  | { readonly form: 'value'; readonly value: Protocol.Runtime.RemoteObject }
  /** The value is the only element of the list with this handle. */
  | { readonly form: 'boxed'; readonly objectId: string }
  /** It has no value yet, like `this` before `super()`. */
  | { readonly form: 'notYet' }
  /** It is not read; the reason is a clause. */
  | { readonly form: 'unread'; readonly reason: string }
);

/** One thing that the user wants to see. All types except `expression` and `program` need the debugger. */
export type RootRequest =
  /**
   * `frame`: the `callFrameId` of the paused frame whose variables the expression can use; by default the global scope.
   * `pure`: the expression changes nothing in the page; if it would, it becomes a failed root with `HAS_SIDE_EFFECTS`.
   * Without the debugger nobody knows, so that only an object of `again` is read.
   * `again`: the object that it evaluated to before. While that object exists, it is the root, and nothing is evaluated.
   * Otherwise an expression could make a new object each time, without the objects that the user clicked on.
   */
  | {
      readonly type: 'expression';
      readonly expression: string;
      readonly frame?: string;
      readonly pure?: boolean;
      readonly again?: ObjectId;
      readonly label?: string;
    }
  /**
   * Statements, which run once, in the global scope, so that their declarations stay. The root is their completion value.
   * When they await something, the capture waits for it.
   */
  | ({ readonly type: 'program'; readonly label: string } & ProgramText)
  /** An object from an event of the protocol, such as a logged console value. */
  | { readonly type: 'object'; readonly label: string; readonly objectId: string }
  /** The root is an object of kind `stack` with the frames' labels as properties. `frames` begins with the outermost. */
  | { readonly type: 'stack'; readonly label: string; readonly frames: readonly FrameRequest[] }
  /** The variables of one frame without a stack: an object of kind `scope`. `depth` is 0 for the outermost frame. */
  | { readonly type: 'scope'; readonly frame: FrameRequest; readonly depth: number }
  /** A variable that a function closes over, as it is now. */
  | { readonly type: 'variable'; readonly label: string; readonly scope: ClosureScope; readonly name: string }
  /** All objects that inherit from the `prototype` of the class that the expression evaluates to. */
  /** `fresh`: the user asked for it just now. */
  | { readonly type: 'instances'; readonly expression: string; readonly fresh?: boolean };

/** The failure of a root that had to be pure. */
export const HAS_SIDE_EFFECTS = say('hasSideEffects');

/** The name of a root in the snapshot. */
export function labelOf(root: RootRequest): string {
  switch (root.type) {
    case 'expression':
      return root.label ?? root.expression;
    case 'program':
    case 'object':
    case 'stack':
    case 'variable':
      return root.label;
    case 'scope':
      return root.frame.label;
    case 'instances':
      return say('label_instances', { name: root.expression });
  }
}

export interface Capture {
  /** `debugger` reads all that V8 knows and runs no code of the page. `eval` reads what a script of the page could. */
  readonly transport: 'eval' | 'debugger';
  /**
   * Reads what the roots reach. A root that does not parse, throws or cannot be read through this transport becomes a
   * failed root, and the others are still read. Fails as a whole only when the page could not be asked. Requests of one
   * capture wait for each other.
   */
  capture(roots: readonly RootRequest[], view: ReadOptions, options: RequestOptions): Promise<Outcome<Snapshot>>;
  /**
   * Searches everything that the roots reach for references to the object `target`, for at most `view.time`
   * milliseconds in the page. The other limits of `view` do not apply to the search. The snapshot has only the shortest
   * paths from a root to the target and to each retainer that was found, at most `view.slices.begin` of them. `cuts` says
   * when the search was not finished.
   */
  retainers(
    target: ObjectId,
    roots: readonly RootRequest[],
    view: ReadOptions,
    options: RequestOptions,
  ): Promise<Outcome<Snapshot>>;
  /** Makes DevTools do something with an object that was captured before. */
  act(target: ObjectId, action: ObjectAction, options: RequestOptions): Promise<Outcome<Done>>;
  /**
   * Lights up a DOM node in the page, which was captured before, or ends that (null). Only the debugger does it.
   * Resolves to whether it was done.
   */
  lightUp(target: ObjectId | null, options: RequestOptions): Promise<Outcome<boolean>>;
  /**
   * Gives a writable own data property or a variable the value of an expression. No setter and no trap runs.
   * @param frame The `callFrameId` of the paused frame whose variables the expression can use; by default the global scope.
   */
  assign(place: Assignable, expression: string, options: RequestOptions, frame?: string): Promise<Outcome<Assigned>>;
  /** Takes a change back, or makes it again. The page keeps no replaced object alive for it. */
  reassign(change: number, options: RequestOptions): Promise<Outcome<Assigned>>;
  /** The whole text that a property or variable has; null when it is no text. */
  textOf(place: Assignable, options: RequestOptions): Promise<Outcome<string | null>>;
  /**
   * The names that can complete an expression: those of the object that `path` leads to, from the global scope. No code
   * of the page runs, except traps of proxies without the debugger. There are no names behind an accessor.
   */
  names(path: readonly string[], options: RequestOptions): Promise<Outcome<NamesByDistance>>;
  /** Where frameworks hold their trees in the document. No code of the page runs. */
  components(options: RequestOptions): Promise<Outcome<readonly ComponentPlace[]>>;
  /** Makes the page forget all that this capture left in it. Never fails. */
  close(): Promise<void>;
}
