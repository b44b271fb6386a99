/**
 * What DevTools does with one object of the page at a person's word: the object is found by its number, in the page, and
 * handed to DevTools' own functions there. Must leave nothing behind but what was asked for.
 */
import type { ObjectId } from '../snapshot/snapshot.ts';
import type { Connection, Outcome, RequestOptions } from './connection.ts';
import { deedScript } from './page-script.ts';

/**
 * - `log`: it stands in the console.
 * - `store`: it is a global variable, `temp1`, `temp2`, …
 * - `element`: a DOM node is selected in Elements.
 * - `definition`: a function's or class's source is shown.
 */
export type Deed = 'log' | 'store' | 'element' | 'definition';

export type Done =
  | { readonly type: 'done' }
  | { readonly type: 'stored'; readonly name: string }
  /** Where the source is that is to be shown. Lines and columns count from 0; `url` is empty where it is not known. */
  | { readonly type: 'found'; readonly place: Place }
  /** Nothing was done; `reason` is one sentence for the person. */
  | { readonly type: 'refused'; readonly reason: string };

export interface Place {
  readonly scriptId: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

const GONE = 'This object is gone: the page let go of it since it was drawn, or went elsewhere; draw again.';

/** Through DevTools' own session. `token` names the agent that the page holds. */
export async function doThroughDevTools(
  connection: Connection,
  token: string,
  id: ObjectId,
  deed: Deed,
  options: RequestOptions,
): Promise<Outcome<Done>> {
  const answer = await connection.evaluate(deedScript(token, id, deed), options);
  return answer.ok ? { ok: true, value: readDone(answer.value) } : answer;
}

/** What the page answers: the kind of outcome, and a name. */
export function readDone(answer: unknown): Done {
  const [kind, name]: readonly unknown[] = Array.isArray(answer) ? answer : [];
  switch (kind) {
    case 'done':
      return { type: 'done' };
    case 'stored':
      return typeof name === 'string'
        ? { type: 'stored', name }
        : refused('The page lets no more global variables be stored: log the object in the console instead.');
    case 'taken':
      return refused(
        `The page has replaced ${name}, which DevTools would do this with: store the object and go on from there.`,
      );
    case 'detached':
      return refused(
        'This node is not in the document, and Elements shows only what is: log it in the console instead.',
      );
    case 'elsewhere':
      return refused(
        'Elements is brought to nodes of the page’s own origin only: log this one in the console instead.',
      );
    case 'sourceless':
      return refused('This function is the browser’s own: it has no source to show.');
    default:
      return refused(GONE);
  }
}

const refused = (reason: string): Done => ({ type: 'refused', reason });
