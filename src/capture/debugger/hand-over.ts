/**
 * Takes the agent from one execution context into another one of the same origin while the page is paused, when no event is
 * heard. A handle belongs to one context, but DOM nodes have handles in all of them: a node that is in no document carries the
 * agent across. It is made in an isolated world, and written to without setters, so that nothing of the page runs.
 */

import { commandLineScript } from '../command-line.ts';
import { type AgentCall, agentCall, Handed } from '../scripts/agent-call.ts';
import { contextOf } from './remote-objects.ts';
import type { TimedSession } from './timed-session.ts';

const WORLD = 'Memory Graph';

/** Called on the node. */
const TAKE = 'function() { return this.agent; }';

/**
 * The handle of the agent in another context; null where that context cannot reach the topmost window. Throws Failed.
 * @param agent Its handle in the topmost window's context.
 * @param group Of the new handle.
 */
export async function handedOver(
  timed: TimedSession,
  agent: string,
  context: number,
  group: string,
): Promise<string | null> {
  const home = contextOf({ objectId: agent });
  if (home === null || home === context) return null;
  const reaches = await timed.send('Runtime.evaluate', {
    contextId: context,
    expression: commandLineScript('reachesTopmost'),
    silent: true,
  });
  if (reaches.result.value !== true) return null;
  const { frameTree } = await timed.send('Page.getFrameTree', undefined);
  const world = await timed.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: WORLD });
  const made = await timed.send('Runtime.evaluate', {
    contextId: world.executionContextId,
    expression: `document.createTextNode('')`,
    silent: true,
    objectGroup: timed.group,
  });
  const { node } = await timed.send('DOM.describeNode', { objectId: made.result.objectId ?? '' });
  const inContext = async (executionContextId: number): Promise<string> => {
    const { backendNodeId } = node;
    const resolved = await timed.send('DOM.resolveNode', {
      backendNodeId,
      executionContextId,
      objectGroup: timed.group,
    });
    return resolved.object.objectId ?? '';
  };
  const call = async (objectId: string, called: Pick<AgentCall<unknown>, 'functionDeclaration' | 'arguments'>) =>
    timed.send('Runtime.callFunctionOn', { objectId, ...called, silent: true, objectGroup: group });
  const { functionDeclaration, arguments: carried } = agentCall(
    'attachTo',
    new Handed({ objectId: await inContext(home) }),
  );
  await call(agent, { functionDeclaration, arguments: carried });
  const taken = await call(await inContext(context), { functionDeclaration: TAKE, arguments: [] });
  return taken.result.objectId ?? null;
}
