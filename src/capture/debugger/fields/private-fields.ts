/**
 * Reads private fields in the page: V8 lets a statement of the debugger name them, so nothing is described, and no text crosses.
 * The objects are in `$_`, the latest result of this session, which nobody else sees. An extension's session has no such name in
 * scope (Chromium 156); there the global object has a property of a random name while the statement runs. An accessor must not be
 * named, because it would run.
 */
import { type AgentCall, agentCall } from '../../scripts/agent-call.ts';
import { contextOf, inContext } from '../remote-objects.ts';
import type { TimedSession } from '../timed-session.ts';

/** V8 makes the latest result of this group `$_`. */
const RESULT_GROUP = 'console';
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
/** The name of the latest result. */
const LATEST = '$_';
const NOTHING: AgentCall<void> = { functionDeclaration: 'function() {}', arguments: [] };

/**
 * Has the fields of all objects in the agent's boxes put into them, up to the first object without its fields. Throws Failed.
 * @param boxes The names of each box, with a comma before each.
 * @returns Whether that can be done in this page.
 */
export async function readPrivateFields(
  timed: TimedSession,
  agent: string,
  boxes: readonly string[],
): Promise<boolean> {
  const context = contextOf({ objectId: agent });
  const scope = context === null ? {} : { executionContextId: context };
  // A variable of the page of this name would be read instead.
  const { names } = await timed.send('Runtime.globalLexicalScopeNames', scope);
  if (names.includes(LATEST) || boxes.some((text) => loopOf(text, 0, LATEST) === null)) return false;
  // The answer of a paused page comes after the handles of this request were released, and would hold the last fields.
  const loops = (holder: string): string =>
    [...boxes.map((text, index) => loopOf(text, index, holder)), 'undefined;'].join('\n');
  /** A paused page runs the statements, but answers only when it goes on. */
  const run = (holder: string): void => {
    timed
      .send('Runtime.evaluate', {
        ...inContext(context),
        expression: loops(holder),
        replMode: true,
        silent: true,
        includeCommandLineAPI: holder === LATEST,
        objectGroup: timed.group,
      })
      .catch(() => {});
  };
  const boxed = await latestResult(timed, agent, agentCall('getFieldBoxes'));
  const { result } = await timed.send('Runtime.evaluate', {
    ...inContext(context),
    expression: `typeof ${LATEST}`,
    silent: true,
    includeCommandLineAPI: true,
    returnByValue: true,
  });
  const isInScope = result.value !== 'undefined';
  if (isInScope) run(LATEST);
  await latestResult(timed, agent, NOTHING);
  if (boxed !== undefined) await timed.send('Runtime.releaseObject', { objectId: boxed });
  if (isInScope) return true;
  const name = `_${crypto.randomUUID().replaceAll('-', '')}`;
  if ((await asked(timed, agent, agentCall('nameFieldBoxes', name))) !== true) return false;
  run(name);
  await asked(timed, agent, agentCall('unnameFieldBoxes', name));
  return true;
}

async function asked(timed: TimedSession, agent: string, call: AgentCall<unknown>): Promise<unknown> {
  const { result } = await timed.send('Runtime.callFunctionOn', {
    objectId: agent,
    functionDeclaration: call.functionDeclaration,
    arguments: [...call.arguments],
    silent: true,
    returnByValue: true,
  });
  return result.value;
}

async function latestResult(timed: TimedSession, agent: string, call: AgentCall<unknown>): Promise<string | undefined> {
  const { result } = await timed.send('Runtime.callFunctionOn', {
    objectId: agent,
    functionDeclaration: call.functionDeclaration,
    silent: true,
    objectGroup: RESULT_GROUP,
  });
  return result.objectId;
}

/** A loop that stands by itself, because V8 knows the fields only there. Null when a name is none. */
function loopOf(text: string, index: number, holder: string): string | null {
  const names = text.split(',').slice(1);
  if (!names.every((name) => NAME.test(name))) return null;
  const box = `${holder}[${index}]`;
  const values = names.map((name) => `${box}.l[${box}.i].#${name}`);
  return `for (; ${box}.i < ${box}.n; ${box}.i += 1) ${box}.x[${box}.i] = [${values.join(', ')}];`;
}
