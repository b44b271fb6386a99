/**
 * Finds the agent that a page holds (src/page/hold.ts) through the debugger's protocol. DevTools' `getEventListeners` is
 * not in reach there: sessions of `chrome.debugger` have no command line API (seen in Chromium 156).
 */
import { TOOL_LINES } from './command-line.ts';
import type { Outcome, RequestOptions } from './connection.ts';
import type { ProtocolSession } from './protocol.ts';

/**
 * Answers the remote handle of the agent held under `token` by the window or worker of `contextId` (the session's default
 * context when null) or by the topmost window of its origin; null when there is none.
 */
export async function heldAgent(
  session: ProtocolSession,
  token: string,
  contextId: number | null,
  objectGroup: string,
  options: RequestOptions,
): Promise<Outcome<string | null>> {
  const common = { ...(contextId === null ? {} : { contextId }), silent: true, objectGroup };
  const holder = await session.send('Runtime.evaluate', { ...common, expression: 'globalThis' }, options);
  if (!holder.ok) return holder;
  const { objectId } = holder.value.result;
  if (holder.value.exceptionDetails || objectId === undefined) return { ok: true, value: null };
  const answer = await session.send('DOMDebugger.getEventListeners', { objectId }, options);
  if (!answer.ok && answer.failure.kind !== 'refused') return answer;
  const held = answer.ok ? answer.value.listeners.find(({ type }) => type === token) : undefined;
  if (held?.originalHandler?.objectId) return { ok: true, value: held.originalHandler.objectId };
  if (answer.ok && contextId === null) return { ok: true, value: null };
  // Workers have no such domain. And a handle is of one execution context: listing the topmost window's listeners would give
  // one that takes no objects of this context. The agent answers an event of their own making.
  const expression = answer.ok ? askTop(token) : askWorker(token);
  const asked = await session.send('Runtime.evaluate', { ...common, expression }, options);
  return asked.ok ? { ok: true, value: asked.value.result.objectId ?? null } : asked;
}

function askWorker(token: string): string {
  return `(() => {
    ${TOOL_LINES}
    return held(${JSON.stringify(token)}) ?? null;
  })()`;
}

/** The agent puts itself on the event under the event's own type. */
function askTop(token: string): string {
  return `(() => {
    ${TOOL_LINES}
    try {
      // Unforgeable.
      const { top } = scope;
      const Made = tool('Event');
      if (top === scope || !Made || !isBuiltin(valueOf(top, 'dispatchEvent'), 'dispatchEvent')) return null;
      const event = new Made(${JSON.stringify(token)});
      top.dispatchEvent(event);
      return event[${JSON.stringify(token)}] ?? null;
    } catch {
      return null;
    }
  })()`;
}
