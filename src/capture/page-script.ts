/**
 * The scripts that are evaluated in the page to reach the agent. They must leave nothing that the page can see, and
 * must not let the names they use be seen by a person's expression.
 *
 * An agent has to outlive the evaluation, because it holds the identity numbers, and `inspectedWindow.eval` offers no
 * remote handles. So it hangs on an event listener of `window` under a random name: page code cannot list listeners,
 * DevTools' `getEventListeners` can. A lease ends it when the panel no longer renews it, so nothing outlives the panel
 * even when DevTools is closed in the middle.
 */
import agentSource from 'virtual:agent';
import type { View } from '../snapshot/snapshot.ts';

/** Milliseconds. Timers stand still while the page is paused, so a long stop at a breakpoint does not end a lease. */
const LEASE = 60_000;
/** Milliseconds between renewals: two may be lost before the lease ends. */
export const RENEW_EVERY = 20_000;

/** What a script answers when the page holds no agent (first use, after navigation, after a lost lease). */
export const ABSENT = 'absent';

/**
 * Finds the held agent in the page. `token` names the listener; `getEventListeners` is DevTools' command line API, in
 * scope of every evaluation by an extension. Typed code that never runs here: only its text goes to the page.
 */
function held(token: string): string {
  return `const listeners = getEventListeners(globalThis)[${JSON.stringify(token)}];
  let holder = listeners ? listeners[0].listener : null;`;
}

/**
 * Captures the roots. Roots are functions *outside* of the script's own scope, so an expression sees the page's names
 * and nothing else. Without `install` it answers `ABSENT` when no agent is held.
 */
export function captureScript(
  token: string,
  expressions: readonly string[],
  view: View,
  install: { readonly firstId: number } | null,
): string {
  const roots = expressions.map(thunk).join(',');
  const make = install
    ? `if (!holder) {
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const { setTimeout, clearTimeout } = globalThis;
    const apply = Reflect.apply;
    const agent = (${agentSource})(${install.firstId});
    let timer = 0;
    holder = {
      __proto__: null,
      handleEvent() {},
      agent,
      renew() {
        apply(clearTimeout, globalThis, [timer]);
        timer = apply(setTimeout, globalThis, [holder.release, ${LEASE}]);
      },
      release() {
        apply(clearTimeout, globalThis, [timer]);
        apply(removeEventListener, globalThis, [${JSON.stringify(token)}, holder]);
      },
    };
    apply(addEventListener, globalThis, [${JSON.stringify(token)}, holder]);
  }`
    : `if (!holder) return '${ABSENT}';`;
  return `((request, roots) => {
  ${held(token)}
  ${make}
  holder.renew();
  return holder.agent.capture(request, roots);
})(${JSON.stringify({ view })}, [${roots}])`;
}

/** Keeps the agent alive for another lease. */
export function renewScript(token: string): string {
  return `(() => { ${held(token)} if (holder) holder.renew(); })()`;
}

/** Lets the page forget the agent and all identity numbers at once. */
export function releaseScript(token: string): string {
  return `(() => { ${held(token)} if (holder) holder.release(); })()`;
}

/** Parses an expression without running it: answers `true`, or fails with the syntax error. */
export function parseScript(expression: string): string {
  return `(${thunk(expression)}, true)`;
}

/** The line breaks let an expression end in a comment; the parentheses make `{a: 1}` an object. */
function thunk(expression: string): string {
  return `() => (\n${expression.replace(/[\s;]+$/, '')}\n)`;
}
