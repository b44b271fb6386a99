/**
 * Finds the agent that a page holds (src/page/hold.ts) through the debugger's protocol. Must run none of the page's code: to
 * list listeners reads `handleEvent` of each, so it is asked by an event of its name, and listing is for pages that have
 * events of their own, or stand still.
 */
import { TOOL_LINES } from './command-line.ts';
import type { Outcome, RequestOptions } from './connection.ts';
import type { ProtocolSession } from './protocol.ts';

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
  const common = { ...(contextId === null ? {} : { contextId }), silent: true, objectGroup };
  // A handle is of one execution context: listing the topmost window's listeners would give one that takes no objects of
  // this context, where an event of the frame's own making is answered in it.
  const asked = await session.send('Runtime.evaluate', { ...common, expression: askScript(token) }, options);
  if (!asked.ok) return asked;
  if (asked.value.result.type !== 'undefined') return { ok: true, value: asked.value.result.objectId ?? null };
  const holder = await session.send('Runtime.evaluate', { ...common, expression: 'this' }, options);
  if (!holder.ok) return holder;
  const { objectId } = holder.value.result;
  if (holder.value.exceptionDetails || objectId === undefined) return { ok: true, value: null };
  const answer = await session.send('DOMDebugger.getEventListeners', { objectId }, options);
  // Workers and Node have no such domain.
  if (!answer.ok && answer.failure.kind !== 'refused') return answer;
  const held = answer.ok ? answer.value.listeners.find(({ type }) => type === token) : undefined;
  return { ok: true, value: held?.originalHandler?.objectId ?? null };
}

/** The agent puts itself on the event under the event's own type. Answers undefined where it cannot be asked. */
function askScript(token: string): string {
  return `(() => {
    ${TOOL_LINES}
    const own = answerOf(scope, ${JSON.stringify(token)});
    if (own) return own;
    if (!hears()) return undefined;
    try {
      // Unforgeable.
      const { top } = scope;
      return top && top !== scope ? (answerOf(top, ${JSON.stringify(token)}) ?? own) : own;
    } catch {
      // It is of another origin.
      return own;
    }
  })()`;
}
