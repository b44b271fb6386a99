/**
 * Finds the agent of a page (src/page/lease.ts) through the debugger's protocol. Must run none of the page's code. Listing
 * listeners reads `handleEvent` of each, so the agent is asked by an event of its name. Listing is only for pages that replaced
 * events, or are paused.
 */

import type { Outcome, RequestOptions } from '../../transport/outcome.ts';
import type { ProtocolSession } from '../../transport/protocol.ts';
import { commandLineScript } from '../command-line.ts';

/**
 * Resolves to the remote handle of the agent with the name `token`, in the window of `contextId` (the session's default context when
 * null) or in the topmost window of its origin; null when there is no agent, or no window.
 */
export async function findAgent(
  session: ProtocolSession,
  token: string,
  contextId: number | null,
  objectGroup: string,
  options: RequestOptions,
): Promise<Outcome<string | null>> {
  const common = { ...(contextId === null ? {} : { contextId }), silent: true, objectGroup };
  // A handle belongs to one execution context. Listing the topmost window's listeners would return one that accepts no objects
  // of this context, but an event that the frame made is answered in the frame's context.
  const asked = await session.send(
    'Runtime.evaluate',
    { ...common, expression: commandLineScript('findByEvent', token) },
    options,
  );
  if (!asked.ok) return asked;
  if (asked.value.result.type !== 'undefined') return { ok: true, value: asked.value.result.objectId ?? null };
  const holder = await session.send('Runtime.evaluate', { ...common, expression: 'this' }, options);
  if (!holder.ok) return holder;
  const { objectId } = holder.value.result;
  if (holder.value.exceptionDetails || objectId === undefined) return { ok: true, value: null };
  const answer = await session.send('DOMDebugger.getEventListeners', { objectId }, options);
  // Workers and Node do not have this domain.
  if (!answer.ok && answer.failure.kind !== 'refused') return answer;
  const found = answer.ok ? answer.value.listeners.find(({ type }) => type === token) : undefined;
  return { ok: true, value: found?.originalHandler?.objectId ?? null };
}
