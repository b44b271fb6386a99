/**
 * Performs an action on one object of the page: finds the object in the page by its number, and hands it to DevTools' own functions
 * there. Must leave nothing behind except what the user asked for.
 */

import type { ObjectId } from '../../snapshot/snapshot.ts';
import type { Connection } from '../../transport/devtools-session.ts';
import type { Outcome, RequestOptions } from '../../transport/outcome.ts';
import type { ActionAnswer, ObjectAction } from '../../wire/requests.ts';
import { say } from '../../words/say.ts';
import { actionScript } from './page-script.ts';

export type { ObjectAction } from '../../wire/requests.ts';

export type Done =
  | { readonly type: 'done' }
  | { readonly type: 'stored'; readonly name: string }
  /** The location of the source to show. Lines and columns count from 0; `url` is empty when it is unknown. */
  | { readonly type: 'found'; readonly place: Place }
  /** Nothing was done; `reason` is one sentence for the user. */
  | { readonly type: 'refused'; readonly reason: string };

export interface Place {
  readonly scriptId: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

const GONE = say('act_gone');

/** Uses DevTools' own session. `token` names the agent in the page. */
export async function doThroughDevTools(
  connection: Connection,
  token: string,
  id: ObjectId,
  action: ObjectAction,
  options: RequestOptions,
): Promise<Outcome<Done>> {
  const answer = await connection.evaluate(actionScript(token, id, action), options);
  return answer.ok ? { ok: true, value: readDone(answer.value) } : answer;
}

/** Reads an answer, which should be an `ActionAnswer`. */
export function readDone(answer: unknown): Done {
  const [kind, name]: readonly unknown[] = Array.isArray(answer) ? answer : [];
  switch (kind as ActionAnswer[0]) {
    case 'done':
      return { type: 'done' };
    case 'stored':
      return typeof name === 'string' ? { type: 'stored', name } : refused(say('act_noGlobals'));
    case 'replaced':
      return refused(say('act_replaced', { name: String(name) }));
    case 'detached':
      return refused(say('act_detached'));
    case 'elsewhere':
      return refused(say('act_elsewhere'));
    case 'sourceless':
      return refused(say('act_native'));
    default:
      return refused(GONE);
  }
}

const refused = (reason: string): Done => ({ type: 'refused', reason });
