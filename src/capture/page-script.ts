/**
 * The scripts that are evaluated in the page to reach the agent. They must leave nothing that the page can see, call
 * nothing that the page may have replaced, and not let the names they use be seen by a person's expression.
 *
 * An agent has to outlive the evaluation, because it holds the identity numbers, and `inspectedWindow.eval` offers no
 * remote handles. So it hangs on an event listener of `window` under a random name (src/page/hold.ts), and answers events of
 * that name (command-line.ts). A lease ends it when the panel no longer renews it, so nothing outlives the panel even when
 * DevTools is closed in the middle.
 */
import agentSource from 'virtual:agent';
import type { AccessorSource, ObjectId, View } from '../snapshot/snapshot.ts';
import { TOOL_LINES, UNREACHABLE } from './command-line.ts';
import type { Deed } from './deed.ts';
import { LEASE } from './heartbeat.ts';

/** What a script answers when the page holds no agent (first use, after navigation, after a lost lease). */
export const ABSENT = 'absent';

/** What the agent is asked for; see CaptureRequest in src/page/agent.ts. */
export interface AgentRequest {
  readonly view: View;
  /** The object whose referrers are searched, or null. */
  readonly sought: ObjectId | null;
  readonly next: ObjectId;
}

/** Binds `agent` to the one that the page holds; through the debugger see held-agent.ts. */
function held(token: string): string {
  return `${TOOL_LINES}
  ${heldAgent(token)}`;
}

function heldAgent(token: string): string {
  return `let agent = held(${JSON.stringify(token)});`;
}

/**
 * Makes an agent whose first object gets the number `firstId`, and hangs it on `token` if there is one. In an arrow function
 * at the top of a script, where `this` is the global object.
 */
function made(firstId: number, token: string | null, inNode = false): string {
  return `agent = (${agentSource})(this, ${firstId}, ${inNode});
  ${token === null ? '' : `agent.hold(${JSON.stringify(token)}, ${LEASE});`}`;
}

/**
 * Lines after TOOL_LINES that bind `agent` to the one that the page holds, with `install` to a new one; without one they
 * answer `ABSENT`, or `UNREACHABLE` where nobody can tell.
 */
export function agentLines(token: string, install: { readonly firstId: number } | null): string {
  return `${heldAgent(token)}
  if (agent === undefined) return '${UNREACHABLE}';
  if (!agent) { ${install ? made(install.firstId, token) : `return '${ABSENT}';`} }
  agent.renew();`;
}

export interface AskedExpression {
  readonly expression: string;
  /** The object that is taken in place of its value while it is there. */
  readonly again: ObjectId | null;
}

/**
 * Captures the roots. Roots are functions *outside* of the script's own scope, so an expression sees the page's names
 * and nothing else. Without `install` it answers `ABSENT` when no agent is held.
 */
export function captureScript(
  token: string,
  asked: readonly AskedExpression[],
  request: AgentRequest,
  install: { readonly firstId: number } | null,
  accessors: string,
): string {
  const roots = asked.map(({ expression }) => thunk(expression)).join(',');
  const again = asked.flatMap(({ again }, index) => (again === null ? [] : [[index, again] as const]));
  return `((request, roots, accessors) => {
  ${TOOL_LINES}
  ${agentLines(token, install)}
  agent.useAccessors(accessors);
  ${again.map(takeAgain).join('\n  ')}
  return agent.send(agent.capture(request, roots));
})(${JSON.stringify(request)}, [${roots}], ${accessors})`;
}

function takeAgain([index, id]: readonly [number, ObjectId]): string {
  return `{ const object = agent.find(${id}); if (object !== undefined) roots[${index}] = () => object; }`;
}

/**
 * The accessors as the text of a list of functions. `failures` has what is wrong with the sources that do not parse: in
 * their place stand functions that throw it.
 */
export function accessorsText(accessors: readonly AccessorSource[], failures: ReadonlyMap<string, string>): string {
  const checked = (source: string): string => {
    const failure = failures.get(source);
    return failure === undefined ? `(\n${trimmed(source)}\n)` : `() => { throw ${JSON.stringify(failure)}; }`;
  };
  const items = accessors.map(
    ({ className, accepts, read }) =>
      `{ __proto__: null, className: ${JSON.stringify(className)}, accepts: ${accepts === null ? 'null' : checked(accepts)}, read: ${checked(read)} }`,
  );
  return `[${items.join(',')}]`;
}

/** Answers a piece of a reply that waits, see Agent.fetch in src/page/agent.ts. */
export function pieceScript(token: string, delivery: number, index: number): string {
  return `(() => { ${held(token)} return agent ? agent.fetch(${delivery}, ${index}) : null; })()`;
}

/** Nobody fetches the pieces that still wait. */
export function dropPiecesScript(token: string, delivery: number): string {
  return `(() => { ${held(token)} if (agent) agent.drop(${delivery}); })()`;
}

/** Keeps the agent alive for another lease. */
export function renewScript(token: string): string {
  return `(() => { ${held(token)} if (agent) agent.renew(); })()`;
}

/** Lets the page forget the agent and all identity numbers at once. */
export function releaseScript(token: string): string {
  return `(() => { ${held(token)} if (agent) agent.release(); })()`;
}

/** Parses an expression without running it: answers `true`, or fails with the syntax error. */
export function parseScript(expression: string): string {
  return `(${thunk(expression)}, true)`;
}

/** Answers a new agent, held by the page under `token`, or only by the answer's remote handle. */
export function newAgentScript(firstId: number, token: string | null, inNode: boolean): string {
  return `(() => { let agent; ${made(firstId, token, inNode)} agent.renew(); return agent; })()`;
}

/**
 * For DevTools' own session, whose `$0` and `$_` nobody else sees: evaluates an expression and keeps `[0, its value]` or
 * `[1, what it threw]` in the held agent as the root's value `at`. Answers whether there is one.
 */
export function putScript(token: string, expression: string, at: number): string {
  return `((box) => { ${held(token)} if (agent) agent.put(${at}, [box], 0); return !!agent; })(${boxedScript(expression)})`;
}

/**
 * Evaluates an expression and answers `[0, its value]` or `[1, what it threw]`: in an array, because the debugger runs
 * page code to describe an error that is an answer itself.
 */
export function boxedScript(expression: string): string {
  return `(() => { try { return [0, (\n${trimmed(expression)}\n)]; } catch (error) { return [1, error]; } })()`;
}

/**
 * Has DevTools do something with the object of this number, in DevTools' own session, whose functions `dirxml` and
 * `inspect` nobody else has. Answers as `readDone` of src/capture/deed.ts reads it.
 */
export function deedScript(token: string, id: ObjectId, deed: Deed): string {
  return `(() => {
  ${held(token)}
  const object = agent ? agent.find(${id}) : undefined;
  if (object === undefined) return ['gone'];
  const { tools } = agent;
  ${deedLines(id, deed)}
})()`;
}

function deedLines(id: ObjectId, deed: Deed): string {
  const use = (name: string, value: string): string => `const does = tools.tool('${name}');
  if (!does) return ['taken', '${name}'];
  does(${value});
  return ['done'];`;
  switch (deed) {
    case 'log':
      return use('dirxml', `tools.wrapped('#${id}', object)`);
    case 'store':
      return `return ['stored', tools.store(object)];`;
    case 'element':
      return `if (!tools.isInDocument(object)) return ['detached'];
  ${use('inspect', 'object')}`;
    case 'definition':
      return `if (tools.isSourceless(object)) return ['sourceless'];
  ${use('inspect', 'object')}`;
  }
}

/** The line breaks let an expression end in a comment; the parentheses make `{a: 1}` an object. */
function thunk(expression: string): string {
  return `() => (\n${trimmed(expression)}\n)`;
}

function trimmed(expression: string): string {
  return expression.replace(/[\s;]+$/, '');
}
