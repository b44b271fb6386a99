/**
 * The agent's remote handles in the execution contexts of one session: finds the agent that the page holds, or makes one.
 * All contexts that can reach the topmost one must have the same agent, so that numbers agree.
 */

import { LEASE, REST } from '../../transport/heartbeat.ts';
import type { ProtocolSession } from '../../transport/protocol.ts';
import type { Boxed } from '../../wire/requests.ts';
import { say } from '../../words/say.ts';
import type { NumberSource } from '../object-numbers.ts';
import { type AgentCall, agentCall, Handed } from '../scripts/agent-call.ts';
import { newAgentScript } from '../scripts/page-script.ts';
import { findAgent } from './find-agent.ts';
import { handedOver } from './hand-over.ts';
import { type Answer, argumentOf, callOn, contextOf, inContext, readList, thrown } from './remote-objects.ts';
import { tamperingIn } from './tamper-check.ts';
import { Failed, type TimedSession } from './timed-session.ts';

export interface Agents {
  /** The agent's handle in an execution context, null for the session's default. Throws Failed. */
  in(timed: TimedSession, context: number | null): Promise<string>;
  /** The first context with its handle, if any. */
  first(): { readonly context: number | null; readonly handle: string } | null;
  /** Node's own tests of types say what objects are. */
  usesNativeTypes(): boolean;
  /** Renews the leases. These four never fail. */
  renew(): Promise<void>;
  /**
   * Forgets the handles. Keeps the agents for some time without renewals, if others do not renew them. In a hardened page nobody would
   * find them again, so there they are released.
   */
  leave(othersRenew: boolean): Promise<void>;
  /** Abandons a half-finished capture, which would keep its objects alive. */
  abandon(): Promise<void>;
  /** Makes the page forget the agents, and forgets their handles. */
  release(): Promise<void>;
  /** Forgets the handles, which are void. */
  forget(): void;
}

export interface AgentsOptions {
  /** The group of the handles, which live as long as this. */
  readonly group: string;
  /** The name under which the page keeps the agent when `shared`; otherwise it is used only for a moment, among frames of one origin. */
  readonly token: string;
  /** Others that read the same heap use the agent too, and will make the page forget it in the end. */
  readonly shared: boolean;
  readonly numbers: NumberSource;
}

/** Milliseconds for requests that need no answer. */
const LAST_WORD = { deadline: 1000 };

export function createAgents(session: ProtocolSession, options: AgentsOptions): Agents {
  const { group, token, shared, numbers } = options;
  /** Handles by execution context; null is the session's default. */
  let handles = new Map<number | null, string>();
  let nativeTypes = false;

  async function agentIn(timed: TimedSession, context: number | null): Promise<string> {
    const known = handles.get(context);
    if (known !== undefined) return known;
    const { rigged, hardened } = await tamperingIn(timed, session, context);
    if (rigged !== null) throw new Failed({ kind: 'rigged', what: rigged });
    if (context === null) numbers.hardened = hardened;
    const [other] = handles.values();
    // Its lease may have ended.
    if (other !== undefined) await callAgent(timed, other, agentCall('attach', token, LEASE));
    // It is asked only when needed, because V8 then reads properties that inherit from the page's Object.prototype.
    // In a hardened page accessors would run.
    const findable = (shared || other !== undefined) && !hardened;
    let handle = findable ? await timed.of((left) => findAgent(session, token, context, group, left)) : null;
    if (handle !== null) await checkJudges(timed, handle);
    if (other !== undefined && !shared) await callAgent(timed, other, agentCall('release'));
    if (handle === null && handles.size === 0 && context !== null) {
      // Frames of the same origin share objects, so they share numbers, which the agent of the topmost frame has.
      keepHandle(null, await newAgent(timed, null, hardened));
      return agentIn(timed, context);
    }
    // A paused page hears no event.
    if (handle === null && context !== null && findable && session.inNode !== true) {
      const topmost = handles.get(null) ?? (await agentIn(timed, null));
      handle = handles.get(context) ?? (await handedOver(timed, topmost, context, group));
    }
    handle ??= await newAgent(timed, context, hardened);
    keepHandle(context, handle);
    return handle;
  }

  function keepHandle(context: number | null, handle: string): void {
    handles.set(context, handle);
    // The session's default context also has a number.
    const own = contextOf({ objectId: handle });
    if (own !== null) handles.set(own, handle);
  }

  /** Checks the builtins with which an agent judged others, when it was made without the debugger. */
  async function checkJudges(timed: TimedSession, handle: string): Promise<void> {
    const { types } = await readList(timed, await callAgent(timed, handle, agentCall('getJudges')));
    if (types.includes('proxy')) throw new Failed({ kind: 'rigged', what: say('failure_byProxy') });
  }

  async function newAgent(timed: TimedSession, context: number | null, hardened: boolean): Promise<string> {
    const { result, exceptionDetails } = await timed.send('Runtime.evaluate', {
      ...inContext(context),
      expression: newAgentScript(numbers.next, shared ? token : null, session.inNode === true, hardened),
      silent: true,
      objectGroup: group,
    });
    if (exceptionDetails) throw new Failed(thrown(exceptionDetails));
    const handle = result.objectId;
    if (handle === undefined) throw new Failed({ kind: 'corrupt', message: 'The page gave no agent.' });
    if (session.inNode) await giveNativeTypes(timed, context, handle);
    return handle;
  }

  async function giveNativeTypes(timed: TimedSession, context: number | null, handle: string): Promise<void> {
    const { result } = await timed.send('Runtime.evaluate', {
      ...inContext(context),
      expression: `process.getBuiltinModule?.('util').types`,
      silent: true,
      objectGroup: timed.group,
    });
    nativeTypes = result.objectId !== undefined;
    if (nativeTypes) await callAgent(timed, handle, agentCall('useNativeTypes', new Handed(argumentOf(result))));
  }

  async function callAll(call: AgentCall<void>): Promise<void> {
    const { functionDeclaration, arguments: given } = call;
    const parameters = { functionDeclaration, arguments: given, silent: true };
    const calls = [...new Set(handles.values())].map((objectId) =>
      session.send('Runtime.callFunctionOn', { objectId, ...parameters }, LAST_WORD),
    );
    await Promise.all(calls);
  }

  return {
    in: agentIn,
    first() {
      for (const [context, handle] of handles) return { context, handle };
      return null;
    },
    usesNativeTypes: () => nativeTypes,
    renew: () => callAll(agentCall('renew')),
    async leave(othersRenew) {
      const calls = numbers.hardened
        ? callAll(agentCall('release'))
        : othersRenew
          ? null
          : callAll(agentCall('rest', REST));
      handles = new Map();
      await calls;
    },
    abandon: () => callAll(agentCall('abandon')),
    async release() {
      const calls = callAll(agentCall('release'));
      handles = new Map();
      await calls;
    },
    forget() {
      handles = new Map();
    },
  };
}

/** Calls the agent. Its answer includes the type of each element of a list. */
export async function callAgent<A>(timed: TimedSession, handle: string, call: AgentCall<A>): Promise<Answer<A>> {
  return { remote: await callOn(timed, handle, call, true) };
}

/** Calls the agent for the handle of an object, without serializing it: deep serialization runs the getters of a prototype. */
export async function handleFrom(
  timed: TimedSession,
  handle: string,
  call: AgentCall<Handed | Boxed<Handed> | undefined>,
): Promise<string | undefined> {
  return (await callOn(timed, handle, call, false)).objectId;
}
