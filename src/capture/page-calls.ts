/**
 * The scripts that take a page's own calls (demo/memory-graph.js): they look whether the page may call at all, listen
 * while the panel asks, and read what is given at the moment of the call. A page that does not call is left alone.
 */
import type { AgentRequest } from './page-script.ts';
import { ABSENT, agentLines } from './page-script.ts';

/** The event that a page's script listens to, to be found, and dispatches, to call. */
export const PAGE_CALL = 'memory-graph-call';
/** Milliseconds. Who has not asked for two such periods is gone, and its listener with it. */
const LEASE_PERIOD = 5000;

/** What the page answers for one call: its names, and what the agent sent for their values. */
export interface PageCall {
  readonly names: readonly string[];
  readonly reply: unknown;
}

/**
 * Answers the latest call since the last question, or null; null, too, from a page that does not call, and `ABSENT` when
 * nobody listens yet. With `install` it begins to.
 */
export function pageCallScript(
  token: string,
  request: AgentRequest,
  install: { readonly firstId: number } | null,
): string {
  const hook = JSON.stringify(`${token}-calls`);
  return `((request) => {
  // A copy of own properties alone: the page knows this name, and may have put it on Object.prototype.
  if (!{ __proto__: null, ...getEventListeners(globalThis) }['${PAGE_CALL}']) return null;
  ${agentLines(token, install)}
  if (!agent) return '${ABSENT}';
  const hooks = getEventListeners(globalThis)[${hook}];
  let hook = hooks ? hooks[0].listener : null;
  if (!hook) { ${install ? hookLines(hook) : `return '${ABSENT}';`} }
  agent.renew();
  const call = hook.fetch(request);
  return call && { names: call.names, reply: agent.send(call.reply) };
})(${JSON.stringify(request)})`;
}

/** Stops listening. */
export function endPageCallsScript(token: string): string {
  return `(() => {
  const hooks = getEventListeners(globalThis)[${JSON.stringify(`${token}-calls`)}];
  if (hooks) hooks[0].listener.release();
})()`;
}

function hookLines(token: string): string {
  return `
    const { apply } = Reflect;
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const { setInterval, clearInterval } = globalThis;
    const detailOf = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail').get;
    let asked = request;
    let latest = null;
    let questions = 0;
    let seen = -1;
    hook = {
      __proto__: null,
      handleEvent(event) {
        try {
          const detail = apply(detailOf, event, []);
          const { names, values } = detail;
          const shown = [];
          const thunks = [];
          for (let index = 0; index < names.length && index < 1000; index++) {
            const value = values[index];
            shown[index] = '' + names[index];
            thunks[index] = () => value;
          }
          latest = { names: shown, reply: agent.capture(asked, thunks) };
          detail.taken = true;
        } catch {
          // Whatever was dispatched, it is no call.
        }
      },
      fetch(request) {
        asked = request;
        questions += 1;
        const fetched = latest;
        latest = null;
        return fetched;
      },
      release() {
        apply(clearInterval, globalThis, [timer]);
        apply(removeEventListener, globalThis, ['${PAGE_CALL}', hook]);
        apply(removeEventListener, globalThis, [${token}, hook]);
      },
    };
    const timer = apply(setInterval, globalThis, [() => {
      if (seen === questions) hook.release();
      seen = questions;
    }, ${LEASE_PERIOD}]);
    apply(addEventListener, globalThis, ['${PAGE_CALL}', hook]);
    apply(addEventListener, globalThis, [${token}, hook]);`;
}

/** The call in an answer; null for what is none. */
export function readPageCall(answer: unknown): PageCall | null {
  if (typeof answer !== 'object' || answer === null || !('names' in answer) || !('reply' in answer)) return null;
  const { names, reply } = answer;
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? { names, reply } : null;
}
