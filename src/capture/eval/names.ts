/** Finds the names that an expression can go on with, and the trees of frameworks, through DevTools' own session. */
import type { ObjectId } from '../../snapshot/snapshot.ts';
import type { Connection } from '../../transport/devtools-session.ts';
import type { Outcome, RequestOptions } from '../../transport/outcome.ts';
import type { ComponentPlace, NamesByDistance } from '../../wire/requests.ts';
import { readComponents, readNames } from '../names.ts';
import { ABSENT, componentsScript, namesScript } from '../scripts/page-script.ts';

/** @param firstId The first number of an agent, if the page holds none yet. */
export async function askNames(
  connection: Connection,
  token: string,
  firstId: ObjectId,
  path: readonly string[],
  options: RequestOptions,
): Promise<Outcome<NamesByDistance>> {
  let answer = await connection.evaluate(namesScript(token, path, null), options);
  if (answer.ok && answer.value === ABSENT)
    answer = await connection.evaluate(namesScript(token, path, { firstId }), options);
  return answer.ok ? { ok: true, value: readNames(answer.value) } : answer;
}

export async function askComponents(
  connection: Connection,
  token: string,
  firstId: ObjectId,
  options: RequestOptions,
): Promise<Outcome<readonly ComponentPlace[]>> {
  let answer = await connection.evaluate(componentsScript(token, null), options);
  if (answer.ok && answer.value === ABSENT)
    answer = await connection.evaluate(componentsScript(token, { firstId }), options);
  return answer.ok ? { ok: true, value: readComponents(answer.value) } : answer;
}
