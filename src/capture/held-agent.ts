/**
 * Finds the agent that a page holds (src/page/hold.ts) through the debugger's protocol. DevTools' `getEventListeners` is
 * not in reach there: sessions of `chrome.debugger` have no command line API (seen in Chromium 156).
 */
import type { Outcome, RequestOptions } from './connection.ts';
import type { ProtocolSession } from './protocol.ts';

/** Frames of one origin share the agent of the topmost one. */
const HOLDERS = ['globalThis', 'top'] as const;

/**
 * Answers the remote handle of the agent held under `token` by the window of `contextId` (the session's default context
 * when null) or by the topmost one of its origin; null when there is none, or no window at all.
 */
export async function heldAgent(
  session: ProtocolSession,
  token: string,
  contextId: number | null,
  objectGroup: string,
  options: RequestOptions,
): Promise<Outcome<string | null>> {
  for (const expression of HOLDERS) {
    const place = contextId === null ? {} : { contextId };
    const holder = await session.send('Runtime.evaluate', { ...place, expression, silent: true, objectGroup }, options);
    if (!holder.ok) return holder;
    const { objectId } = holder.value.result;
    if (holder.value.exceptionDetails || objectId === undefined) continue;
    const answer = await session.send('DOMDebugger.getEventListeners', { objectId }, options);
    // Workers and Node have no such domain, and a window of another origin does not tell.
    if (!answer.ok && answer.failure.kind !== 'refused') return answer;
    const held = answer.ok ? answer.value.listeners.find(({ type }) => type === token) : undefined;
    if (held?.originalHandler?.objectId) return { ok: true, value: held.originalHandler.objectId };
  }
  return { ok: true, value: null };
}
