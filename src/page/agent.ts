/**
 * The agent: runs inside a page, gives each object a number, walks from roots and writes what it finds as a compact
 * text (src/snapshot/format.ts). Must never run the page's code, write to its objects, or fail as a whole because one
 * object does.
 *
 * How: builtins come from builtins.ts alone; page values are only handed to those, tested with `typeof` and `===`, or,
 * where they are strings and numbers, joined and compared. What is kept is kept in local variables, own properties of
 * literals, Maps, and lists without a prototype (lists.ts).
 */
import type { Reply } from '../snapshot/format.ts';
import type { View } from '../snapshot/snapshot.ts';
import { captureBuiltins } from './builtins.ts';
import { createIdentities } from './identities.ts';
import { failedReply, walk } from './walk.ts';

export interface CaptureRequest {
  readonly view: View;
}

export interface Agent {
  /**
   * Evaluates each of `thunks` (one that throws makes a failed root), walks from what they return, and writes it all
   * down. Never throws. Objects keep their numbers as long as the agent lives.
   */
  capture(request: CaptureRequest, thunks: ArrayLike<() => unknown>): Reply;
}

/**
 * @param firstId The number of the first object, 1 unless an earlier agent gave numbers in the same heap: then one that
 * it has not used.
 */
export function createAgent(firstId = 1): Agent {
  const builtins = captureBuiltins();
  const identities = createIdentities(builtins, firstId);
  return {
    capture(request, thunks) {
      if (!builtins.usable)
        return failedReply(builtins, thunks.length, 'The page replaced the functions that read objects.');
      identities.begin();
      try {
        return walk(builtins, identities, request.view, thunks);
      } catch {
        // The page calls from so deep in the stack that there is no room left.
        return failedReply(builtins, thunks.length, 'The objects could not be read: the page has used up its stack.');
      }
    },
  };
}
