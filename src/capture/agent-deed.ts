/**
 * What is done with one object where DevTools' own session does not reach: in workers, and in frames of other origins. The
 * agent finds it by its number; nothing must be called there that is not a builtin.
 */
import type { ObjectId } from '../snapshot/snapshot.ts';
import { callAgent, handleFrom } from './agents.ts';
import type { Asker } from './asker.ts';
import type { DebuggerDomain } from './debugger-domain.ts';
import { type Deed, type Done, readDone } from './deed.ts';
import { locationOf, readStep } from './remote-objects.ts';

/** Called on the agent. */
const ACT = `function(id, deed) {
  const object = this.find(id);
  if (object === undefined) return ['gone'];
  if (deed === 'store') return ['stored', this.tools.store(object)];
  if (deed === 'log') return this.tools.log('#' + id, object) ? ['done'] : ['taken', 'console.log'];
  return ['elsewhere'];
}`;
const FIND_FUNCTION = `function(id) {
  const found = this.find(id);
  return typeof found === 'function' ? found : undefined;
}`;

/**
 * Throws Failed.
 * @param handle The agent's.
 */
export async function doThroughAgent(
  ask: Asker,
  handle: string,
  target: ObjectId,
  deed: Deed,
  domain: DebuggerDomain,
): Promise<Done> {
  if (deed === 'definition') return definitionOf(ask, handle, target, domain);
  const answer = await callAgent(ask, handle, ACT, [{ value: target }, { value: deed }]);
  const { code, fields } = await readStep(ask, answer);
  return readDone([code, ...fields]);
}

async function definitionOf(ask: Asker, handle: string, target: ObjectId, domain: DebuggerDomain): Promise<Done> {
  // A function, or nothing: of an error the protocol would tell more than is asked for.
  const objectId = await handleFrom(ask, handle, FIND_FUNCTION, [{ value: target }]);
  if (objectId === undefined) return readDone(['gone']);
  const { internalProperties = [] } = await ask.send('Runtime.getProperties', { objectId, ownProperties: true });
  const location = locationOf(internalProperties.find(({ name }) => name === '[[FunctionLocation]]')?.value);
  if (location === null) return readDone(['sourceless']);
  const { scriptId, lineNumber, columnNumber = 0 } = location;
  await ask.inTime((left) => domain.lookUp([scriptId], left));
  const url = domain.scripts.get(scriptId)?.url ?? '';
  return { type: 'found', place: { scriptId, url, line: lineNumber, column: columnNumber } };
}
