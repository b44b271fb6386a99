/** What a user can give another value, and how that ended. Plain data. */
import type { ObjectId } from '../snapshot/snapshot.ts';
import type { AssignAnswer } from '../wire/requests.ts';
import { say } from '../words/say.ts';

export type Assignable =
  /** An own property of an object that was captured. `key` is its name, or the number of its symbol. */
  | { readonly type: 'property'; readonly object: ObjectId; readonly key: string | number }
  /** A variable of the global scope. */
  | { readonly type: 'variable'; readonly name: string }
  /**
   * A variable of a paused frame, which only the debugger reaches.
   * @param frame Its `callFrameId`.
   * @param scope The position of its scope in V8's list, from the innermost.
   * @param copies The handles of V8's copies of that scope, its own first.
   */
  | {
      readonly type: 'frame';
      readonly frame: string;
      readonly scope: number;
      readonly copies: readonly [own: string, ...others: string[]];
      readonly name: string;
    }
  /**
   * A variable that a function closes over.
   * @param level The position of its scope in V8's list of the function's scopes.
   * @param frames The variables of this name in paused frames, one of which may be the same.
   */
  | {
      readonly type: 'closure';
      readonly function: ObjectId;
      readonly level: number;
      readonly name: string;
      readonly frames: readonly FrameVariable[];
    };

export type FrameVariable = Extract<Assignable, { type: 'frame' }>;
export type ClosureVariable = Extract<Assignable, { type: 'closure' }>;
/** What a script in the page can reach. */
export type Reachable = Exclude<Assignable, FrameVariable | ClosureVariable>;

/** Whether an expression is only the name of a variable. */
export const isVariableName = (text: string): boolean =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(text) && !words.has(text);

/** What looks like a name and is none. */
const words: ReadonlySet<string> = new Set([
  'this',
  'null',
  'true',
  'false',
  'undefined',
  'NaN',
  'Infinity',
  '$0',
  '$_',
]);

export type Assigned =
  /** `change` is the number by which it can be taken back. */
  | { readonly type: 'assigned'; readonly change: number }
  /** Nothing was changed; `reason` is one sentence for the user. */
  | { readonly type: 'refused'; readonly reason: string };

/** Reads an answer, which should be an `AssignAnswer`. */
export function readAssigned(answer: unknown): Assigned {
  const [kind, what]: readonly unknown[] = Array.isArray(answer) ? answer : [];
  switch (kind as AssignAnswer[0]) {
    case 'assigned':
      return typeof what === 'number' ? { type: 'assigned', change: what } : refused(say('assign_gone'));
    case 'thrown':
      return refused(say('failure_thrown', { message: String(what) }));
    default:
      return refused(refusals.get(String(what)) ?? say('assign_gone'));
  }
}

export const refused = (reason: string): Assigned => ({ type: 'refused', reason });

const refusals: ReadonlyMap<string, string> = new Map([
  ['gone', say('assign_gone')],
  ['missing', say('assign_missing')],
  ['accessor', say('assign_accessor')],
  ['readonly', say('assign_readonly')],
  ['proxy', say('assign_proxy')],
  ['browser', say('assign_browser')],
  ['value', say('assign_value')],
]);
