/**
 * The scripts that take a page's own calls (demo/memory-graph.js): they look whether the page may call at all, and have the
 * agent listen (src/page/calls.ts) while the panel asks. A page that does not call is left alone.
 */
import { TOOL_LINES } from './command-line.ts';
import { type AgentRequest, agentLines } from './page-script.ts';

/** The event that a page's script listens to, to be found, and dispatches, to call. */
export const PAGE_CALL = 'memory-graph-call';
/** What the page answers for one call: its names, and what the agent sent for their values. */
export interface PageCall {
  readonly names: readonly string[];
  readonly reply: unknown;
}

/**
 * Answers the latest call since the last question, or null; null, too, from a page that does not call, and `ABSENT` when
 * there is no agent to listen yet. With `install` there is, and from then on it does.
 */
export function pageCallScript(
  token: string,
  request: AgentRequest,
  install: { readonly firstId: number } | null,
): string {
  return `((request) => {
  ${TOOL_LINES}
  if (!callsPanel('${PAGE_CALL}')) return null;
  ${agentLines(token, install)}
  const call = agent.calls.fetch('${PAGE_CALL}', request);
  return call && { names: call.names, reply: agent.send(call.reply) };
})(${JSON.stringify(request)})`;
}

/** Stops listening. */
export function endPageCallsScript(token: string): string {
  return `(() => {
  ${TOOL_LINES}
  const agent = held(${JSON.stringify(token)});
  if (agent) agent.calls.end();
})()`;
}

/** The call in an answer; null for what is none. */
export function readPageCall(answer: unknown): PageCall | null {
  if (typeof answer !== 'object' || answer === null || !('names' in answer) || !('reply' in answer)) return null;
  const { names, reply } = answer;
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? { names, reply } : null;
}
