/**
 * Actions on objects that DevTools' own session cannot reach: those of workers and of frames of other origins. The agent finds the
 * object by its number. Only builtins may be called there.
 */
import type { ObjectId } from '../../../snapshot/snapshot.ts';
import type { DebuggerDomain } from '../../../transport/debugger-domain.ts';
import type { ObjectAction } from '../../../wire/requests.ts';
import { agentCall } from '../../scripts/agent-call.ts';
import { type Done, readDone } from '../../scripts/object-action.ts';
import { type Agents, callAgent, handleFrom } from '../agent-handles.ts';
import { callOn, locationOf, readList } from '../remote-objects.ts';
import type { TimedSession } from '../timed-session.ts';

/**
 * Throws Failed.
 * @param handle The agent's remote handle.
 */
export async function doThroughAgent(
  timed: TimedSession,
  handle: string,
  target: ObjectId,
  action: ObjectAction,
  domain: DebuggerDomain,
): Promise<Done> {
  if (action === 'definition') return definitionOf(timed, handle, target, domain);
  const { fields } = await readList(timed, await callAgent(timed, handle, agentCall('act', target, action, false)));
  return readDone(fields);
}

async function definitionOf(
  timed: TimedSession,
  handle: string,
  target: ObjectId,
  domain: DebuggerDomain,
): Promise<Done> {
  // The agent returns a function or nothing, because the protocol would describe an error.
  const objectId = await handleFrom(timed, handle, agentCall('findFunction', target));
  if (objectId === undefined) return readDone(['gone']);
  const { internalProperties = [] } = await timed.send('Runtime.getProperties', { objectId, ownProperties: true });
  const location = locationOf(internalProperties.find(({ name }) => name === '[[FunctionLocation]]')?.value);
  if (location === null) return readDone(['sourceless']);
  const { scriptId, lineNumber, columnNumber = 0 } = location;
  await timed.inTime((left) => domain.lookUp([scriptId], left));
  const url = domain.scripts.get(scriptId)?.url ?? '';
  return { type: 'found', place: { scriptId, url, line: lineNumber, column: columnNumber } };
}

/** The colors of DevTools' own highlight. */
const highlight = {
  showInfo: true,
  contentColor: { r: 111, g: 168, b: 220, a: 0.66 },
  paddingColor: { r: 147, g: 196, b: 125, a: 0.55 },
  borderColor: { r: 255, g: 229, b: 153, a: 0.66 },
  marginColor: { r: 246, g: 178, b: 107, a: 0.66 },
};

/** Lights up a node of the page, or ends that. Throws Failed. */
export async function lightUp(
  timed: TimedSession,
  agents: Agents,
  context: number | null,
  target: ObjectId | null,
): Promise<boolean> {
  if (target === null) {
    await timed.send('Overlay.hideHighlight', undefined);
    return true;
  }
  const boxed = await handleFrom(timed, await agents.in(timed, context), agentCall('findBoxed', target));
  if (boxed === undefined) return false;
  const element = { functionDeclaration: 'function() { return this[1]; }', arguments: [] };
  const { objectId } = await callOn(timed, boxed, element, false);
  if (objectId === undefined) return false;
  await timed.send('DOM.enable', {});
  await timed.send('Overlay.enable', undefined);
  await timed.send('Overlay.highlightNode', { objectId, highlightConfig: highlight });
  return true;
}
