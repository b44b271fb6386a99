/**
 * The scripts for calls from a page's own code (demo/memory-graph.js). They check whether the page has a script that can call, and
 * make the agent listen (src/page/calls.ts) while the panel asks. Other pages are left alone.
 */
import type { CaptureRequest, PageCall } from '../../wire/requests.ts';
import { COMMAND_LINE } from '../command-line.ts';
import { agentCallText } from '../scripts/agent-call.ts';
import { agentLines, type Install } from '../scripts/page-script.ts';

/** The event to which the page's script listens, so that it can be found, and which it dispatches to call. */
export const PAGE_CALL = 'memory-graph-call';
/** A call as the page answers it, before it is read. */
type UnreadCall = PageCall<unknown>;

/**
 * Answers the latest call since the last question, or null; also null from a page that cannot call. Answers `ABSENT` when there is
 * no agent that could listen. With `install` it makes one, which listens from then on.
 */
export function pageCallScript(token: string, request: CaptureRequest, install: Install): string {
  return `(() => {
  const commandLine = ${COMMAND_LINE};
  if (!commandLine.callsPanel('${PAGE_CALL}')) return null;
  ${agentLines(token, install)}
  return ${agentCallText('takePageCall', PAGE_CALL, request)};
})()`;
}

/** The call in an answer; null when there is none. */
export function readPageCall(answer: unknown): UnreadCall | null {
  if (typeof answer !== 'object' || answer === null || !('names' in answer) || !('reply' in answer)) return null;
  const { names, reply } = answer;
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? { names, reply } : null;
}
