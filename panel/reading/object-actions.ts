/** Performs an action on an object of a picture, and returns a message about the result. Knows no extension API and no DOM. */

import type { Capture } from '../../src/capture/capture.ts';
import type { ObjectAction } from '../../src/capture/scripts/object-action.ts';
import type { ObjectId } from '../../src/snapshot/snapshot.ts';
import { say } from '../../src/words/say.ts';
import { errorMessage, failureMessage, type Message } from './messages.ts';
import type { OpenSource } from './open-source.ts';

/** Milliseconds in which a page must find one object. */
const DEADLINE = 5000;

/** Returns null when the result can be seen. `openSource` shows a location in Sources. */
export async function performAction(
  capture: Capture,
  object: ObjectId,
  action: ObjectAction,
  openSource: OpenSource,
): Promise<Message | null> {
  const outcome = await capture.act(object, action, { deadline: DEADLINE });
  if (!outcome.ok) return failureMessage(outcome.failure);
  const done = outcome.value;
  switch (done.type) {
    case 'done':
      return action === 'log' ? { kind: 'done', text: say('done_logged', { number: String(object) }) } : null;
    case 'stored':
      return { kind: 'done', text: say('done_stored', { name: done.name }) };
    case 'found': {
      const text = await openSource(done.place);
      return text === null ? null : errorMessage(text);
    }
    case 'refused':
      return errorMessage(done.reason);
  }
}
