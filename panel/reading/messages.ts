/** Messages to the user about a picture or an action: one sentence each, shown in the message bar. */

import { sentence } from '../../src/transport/failure.ts';
import type { Failure } from '../../src/transport/outcome.ts';
import { say } from '../../src/words/say.ts';

export interface Message {
  /**
   * - `error`: something failed.
   * - `done`: the result of an action that the picture does not show.
   * - `stale`: the picture shows an earlier state.
   * - `other`: at the user's request, the picture shows something other than the expressions.
   * - `called`: the same, at the request of the page's own code.
   */
  readonly kind: 'error' | 'done' | 'stale' | 'other' | 'called';
  /** One sentence: what happened and what to do. */
  readonly text: string;
}

export const errorMessage = (text: string): Message => ({ kind: 'error', text });

export const failureMessage = (failure: Failure): Message => errorMessage(sentence(failure));

/** What happened to the page, frame or worker that was read. */
export const staleMessage = (text: string): Message => ({ kind: 'stale', text });

export const pageLeft: Message = staleMessage(say('pageNavigated'));

/** Why nothing more can be read of a picture whose objects are not those of the page. */
export const notOfThePage = say('notOfThePage');
