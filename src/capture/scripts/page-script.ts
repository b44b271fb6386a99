/**
 * The scripts that are evaluated in the page to reach the agent. They must leave nothing that the page can see, call nothing that
 * the page may have replaced, and hide their own names from a user's expression.
 *
 * An agent has to outlive the evaluation, because it has the identity numbers, and `inspectedWindow.eval` returns no remote handles.
 * So it is an event listener of `window` for a random name (src/page/lease.ts), and answers events of that name
 * (src/page/devtools/command-line.ts). Its lease ends when the panel no longer renews it, so nothing outlives the panel, even when DevTools
 * is closed in the middle.
 */
import agentSource from 'virtual:agent';
import { completingScript, type ProgramText, waitingScript } from '../../expression/program.ts';
import type { AccessorSource } from '../../snapshot/read-options.ts';
import type { ObjectId } from '../../snapshot/snapshot.ts';
import { LEASE } from '../../transport/heartbeat.ts';
import type { CaptureRequest, ObjectAction } from '../../wire/requests.ts';
import { isVariableName, type Reachable } from '../assignable.ts';
import { COMMAND_LINE, commandLineScript, HARDENED, UNREACHABLE } from '../command-line.ts';
import { agentCallText, Source } from './agent-call.ts';

/** The answer of a script when the page has no agent (first use, after a navigation, after a lost lease). */
export const ABSENT = 'absent';

/** The first number of a new agent; null when none is made. */
export type Install = { readonly firstId: number } | null;

/** An expression that makes an agent, in a script where `this` is the global object. */
function made(firstId: number, inNode: boolean, hardened = false): string {
  return `(${agentSource})(this, ${firstId}, ${inNode}${hardened ? ', this.Reflect' : ''})`;
}

/** A script in which the page's agent answers `call`; it answers `absent` when there is no agent. */
function agentScript(token: string, call: string, absent: string): string {
  return `(() => { const agent = ${COMMAND_LINE}.find(${JSON.stringify(token)}); return agent ? ${call} : ${absent}; })()`;
}

/**
 * Lines that bind `agent` to the agent that `commandLine` finds, or with `install` to a new one. When there is none they answer
 * `ABSENT`, or `UNREACHABLE` when it cannot be found out. In a hardened page they make none, and answer `HARDENED`.
 */
export function agentLines(token: string, install: Install): string {
  const attach = agentCallText('attach', token, LEASE);
  const make = install && `agent = ${made(install.firstId, false)}; ${attach};`;
  return `let agent = commandLine.find(${JSON.stringify(token)});
  if (agent === undefined) return '${UNREACHABLE}';
  if (!agent && commandLine.isHardened()) return '${HARDENED}';
  if (!agent) { ${make ?? `return '${ABSENT}';`} }
  ${agentCallText('renew')};`;
}

export interface AskedExpression {
  readonly expression: string;
  /** The object that replaces its value while the object exists. */
  readonly again: ObjectId | null;
  /** The key under which a program's value is kept: the expression is not evaluated. */
  readonly kept: number | null;
}

/**
 * Captures the roots. Roots are functions *outside* of the script's own scope, so an expression sees only the page's names. Without
 * `install` it answers `ABSENT` when the page has no agent.
 */
export function captureScript(
  token: string,
  asked: readonly AskedExpression[],
  request: CaptureRequest,
  install: Install,
  accessors: string,
): string {
  const roots = asked.map(({ expression }) => thunk(expression)).join(',');
  const again = asked.flatMap(({ again }, index) => (again === null ? [] : [[index, again] as const]));
  const kept = asked.flatMap(({ kept }, index) => (kept === null ? [] : [[index, kept] as const]));
  return `((roots, accessors) => {
  const commandLine = ${COMMAND_LINE};
  ${agentLines(token, install)}
  return ${agentCallText('read', request, new Source('roots'), again, kept, new Source('accessors'))};
})([${roots}], ${accessors})`;
}

/**
 * The accessors as the text of a list of functions. `failures` says what is wrong with sources that do not parse. Functions that
 * throw it replace them.
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

/** Answers a piece of a waiting reply. */
export function pieceScript(token: string, delivery: number, index: number): string {
  return agentScript(token, agentCallText('fetch', delivery, index), 'null');
}

/** Drops the pieces that still wait. */
export function dropPiecesScript(token: string, delivery: number): string {
  return agentScript(token, agentCallText('drop', delivery), 'undefined');
}

/** Keeps the agent alive for another lease. `readRenewed` reads the answer. */
export function renewScript(token: string): string {
  return commandLineScript('renew', token);
}

/** Whether the page has the agent, and whether finding it has run an accessor of the page, as it will again. */
export function readRenewed(answer: unknown): { readonly held: boolean; readonly hardened: boolean } {
  const [held, hardened]: readonly unknown[] = Array.isArray(answer) ? answer : [];
  return { held: held === true, hardened: hardened === true };
}

/** Makes the page forget the agent and all identity numbers at once. */
export function releaseScript(token: string): string {
  return agentScript(token, agentCallText('release'), 'undefined');
}

/** The agent stops listening to calls of the page's own code. */
export function endPageCallsScript(token: string): string {
  return agentScript(token, agentCallText('endPageCalls'), 'undefined');
}

/**
 * Runs a program in the global scope. The agent keeps its completion value under `key`. The script does not answer the value,
 * because a program that waits may end later (`isKeptScript`). The page must have an agent.
 */
export function programScript(token: string, { text, waits }: ProgramText, key: number): string {
  const keeper = (thrown: 0 | 1): string => agentScript(token, agentCallText('keeper', key, thrown), '() => {}');
  const script = waits ? waitingScript(text, keeper(0), keeper(1)) : completingScript(text, keeper(0));
  return `${script}\n;0`;
}

/** Tells the agent that a value is to come under this key. */
export function expectKeptScript(token: string, key: number): string {
  return agentScript(token, agentCallText('expectKept', key), 'null');
}

/** Tells the agent that nobody waits for it any more. */
export function dropKeptScript(token: string, key: number): string {
  return agentScript(token, agentCallText('dropKept', key), 'null');
}

/** Answers whether the program has ended. */
export function isKeptScript(token: string, key: number): string {
  return agentScript(token, agentCallText('isKept', key), 'null');
}

/**
 * Answers the names along a path. The first name can be a variable of a script, which is not a property of the global
 * object. The function that reads it is outside of this script's own scope, whose names would hide the variable.
 */
export function namesScript(token: string, path: readonly string[], install: Install): string {
  const [first = 'undefined'] = path;
  return `((lexical) => {
  const commandLine = ${COMMAND_LINE};
  ${agentLines(token, install)}
  return ${agentCallText('namesAlong', path, new Source('lexical'))};
})(() => typeof ${first} === 'undefined' ? undefined : ${first})`;
}

/** Answers where frameworks hold their trees. */
export function componentsScript(token: string, install: Install): string {
  return `(() => {
  const commandLine = ${COMMAND_LINE};
  ${agentLines(token, install)}
  return ${agentCallText('components')};
})()`;
}

/** Parses an expression without running it: answers `true`, or fails with the syntax error. */
export function parseScript(expression: string): string {
  return `(${thunk(expression)}, true)`;
}

/**
 * Answers a new agent, which the page keeps under `token`, or only the answer's remote handle keeps.
 * @param hardened Whether the page made accessors of the properties of its prototypes. The debugger must have checked `Reflect`.
 */
export function newAgentScript(firstId: number, token: string | null, inNode: boolean, hardened: boolean): string {
  const attach = token === null ? '' : `${agentCallText('attach', token, LEASE)};`;
  return `(() => { const agent = ${made(firstId, inNode, hardened)}; ${attach} return agent; })()`;
}

/**
 * For DevTools' own session, because only it has `$0` and `$_`: evaluates an expression, and the page's agent keeps `[0, its value]`
 * or `[1, what it threw]` as the root at this position. Answers whether there is an agent.
 */
export function putScript(token: string, expression: string, position: number): string {
  const put = agentCallText('put', [position], new Source('{ __proto__: null, list: boxes, from: 0 }'));
  return `((boxes) => ${agentScript(token, `(${put}, true)`, 'false')})([${boxedScript(expression)}])`;
}

/**
 * Evaluates an expression and answers `[0, its value]` or `[1, what it threw]`. It is in an array, because the debugger runs code of
 * the page to describe an error that is itself the answer.
 */
export function boxedScript(expression: string): string {
  return `(() => { try { return [0, (\n${trimmed(expression)}\n)]; } catch (error) { return [1, error]; } })()`;
}

/**
 * Performs an action on the object with this number, in DevTools' own session, because only it has the functions `dirxml` and
 * `inspect`. `readDone` of object-action.ts reads the answer.
 */
export function actionScript(token: string, id: ObjectId, action: ObjectAction): string {
  return agentScript(token, agentCallText('act', id, action, true), `['gone']`);
}

/** The text of a function that reads a variable, or with `true` writes it. Throws where it is not declared. */
export function variableAccess(name: string): string {
  if (!isVariableName(name)) throw new RangeError(`${name} is no name of a variable`);
  const [writes, value] = name === 'writes' || name === 'value' ? ['writes_', 'value_'] : ['writes', 'value'];
  return `((${writes}, ${value}) => { 'use strict'; return ${writes} ? (${name} = ${value}) : ${name}; })`;
}

/** Gives a property or a global variable the value of an expression. `readAssigned` of assign.ts reads the answer. */
export function assignScript(token: string, place: Reachable, expression: string): string {
  const boxed = new Source('boxed');
  const call =
    place.type === 'property'
      ? agentCallText('assign', place.object, place.key, boxed)
      : agentCallText('assignVariable', place.name, boxed, new Source('access'));
  const access = place.type === 'variable' ? variableAccess(place.name) : 'null';
  return `((boxed, access) => ${agentScript(token, call, `['refused', 'gone']`)})(${boxedScript(expression)}, ${access})`;
}

export function reassignScript(token: string, change: number): string {
  return agentScript(token, agentCallText('reassign', change), `['refused', 'gone']`);
}

/** Answers the whole text of a property or a global variable; null when it is none. */
export function textScript(token: string, place: Reachable): string {
  const call =
    place.type === 'property'
      ? agentCallText('textAt', place.object, place.key)
      : agentCallText('textOfVariable', place.name, new Source('access'));
  const access = place.type === 'variable' ? variableAccess(place.name) : 'null';
  return `((access) => ${agentScript(token, call, 'null')} ?? null)(${access})`;
}

/** The line breaks allow an expression to end in a comment. The parentheses make `{a: 1}` an object. */
function thunk(expression: string): string {
  return `() => (\n${trimmed(expression)}\n)`;
}

function trimmed(expression: string): string {
  return expression.replace(/[\s;]+$/, '');
}
