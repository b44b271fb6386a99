/**
 * The agent's remote handles in the execution contexts of one session: finds the agent that the page holds, or makes one.
 * All contexts that can reach the topmost one must have the same agent, so that numbers agree.
 */

import { type Asker, Failed } from './asker.ts';
import type { NumberSource } from './eval-capture.ts';
import { LEASE, REST } from './heartbeat.ts';
import { heldAgent } from './held-agent.ts';
import { newAgentScript } from './page-script.ts';
import type { ProtocolSession } from './protocol.ts';
import { type CallArgument, contextOf, inContext, type RemoteObject, readStep, thrown } from './remote-objects.ts';
import { riggedRoot } from './trust.ts';

export interface Agents {
  /** The agent's handle in an execution context, null for the session's default. Throws Failed. */
  in(ask: Asker, context: number | null): Promise<string>;
  /** The context and the handle that were there first, if any. */
  first(): { readonly context: number | null; readonly handle: string } | null;
  /** Node's own tests of types tell what objects are. */
  usesNativeTypes(): boolean;
  /** For another lease they are held. These four never fail. */
  renew(): Promise<void>;
  /** They are held without renewals for some time. */
  rest(): Promise<void>;
  /** Half of a capture would keep the objects that it has met. */
  abandon(): Promise<void>;
  /** The page lets go of them, and so does this. */
  release(): Promise<void>;
  /** The handles are void. */
  forget(): void;
}

export interface AgentsOptions {
  /** Of the handles, which live as long as this. */
  readonly group: string;
  /** Where the page holds the agent when `shared`; among the frames of one origin for a moment otherwise. */
  readonly token: string;
  /** Others that read the same heap use the agent, too: they see to it that the page lets go in the end. */
  readonly shared: boolean;
  readonly numbers: NumberSource;
}

/** Milliseconds for what needs no answer. */
const LAST_WORD = { deadline: 1000 };

/** Called on the agent. */
const HOLD = `function(token) { this.hold(token, ${LEASE}); this.renew(); }`;
const RENEW = 'function() { this.renew(); }';
const REST_NOW = `function() { this.rest(${REST}); }`;
const RELEASE = 'function() { this.release(); }';
const JUDGES = 'function() { return this.judges; }';
const ABANDON = 'function() { this.abandon(); }';

export function createAgents(session: ProtocolSession, options: AgentsOptions): Agents {
  const { group, token, shared, numbers } = options;
  /** By execution context; null is the session's default. */
  let handles = new Map<number | null, string>();
  let nativeTypes = false;

  async function agentIn(ask: Asker, context: number | null): Promise<string> {
    const known = handles.get(context);
    if (known !== undefined) return known;
    const rigged = await riggedRoot(ask, session, context);
    if (rigged !== null) throw new Failed({ kind: 'rigged', what: rigged });
    const [other] = handles.values();
    // A lease may have ended since.
    if (other !== undefined) await callAgent(ask, other, HOLD, [{ value: token }]);
    // Without need not even that is asked: V8 reads then what inherits from the page's Object.prototype.
    const findable = shared || other !== undefined;
    let handle = findable ? await ask.of((left) => heldAgent(session, token, context, group, left)) : null;
    if (handle !== null) await checkJudges(ask, handle);
    if (other !== undefined && !shared) await callAgent(ask, other, RELEASE, []);
    if (handle === null && handles.size === 0 && context !== null) {
      // Frames of the same origin share the objects, so they share the numbers, which the topmost one keeps.
      keepHandle(null, await newAgent(ask, null));
      return agentIn(ask, context);
    }
    handle ??= await newAgent(ask, context);
    keepHandle(context, handle);
    return handle;
  }

  function keepHandle(context: number | null, handle: string): void {
    handles.set(context, handle);
    // The session's default context has a number too.
    const own = contextOf({ objectId: handle });
    if (own !== null) handles.set(own, handle);
  }

  /** Of an agent that came without the debugger, when nobody could tell. */
  async function checkJudges(ask: Asker, handle: string): Promise<void> {
    const { types } = await readStep(ask, await callAgent(ask, handle, JUDGES, []));
    if (types.includes('proxy')) throw new Failed({ kind: 'rigged', what: 'what reads objects, by a Proxy' });
  }

  async function newAgent(ask: Asker, context: number | null): Promise<string> {
    const { result, exceptionDetails } = await ask.send('Runtime.evaluate', {
      ...inContext(context),
      expression: newAgentScript(numbers.next, shared ? token : null, session.inNode === true),
      silent: true,
      objectGroup: group,
    });
    if (exceptionDetails) throw new Failed(thrown(exceptionDetails));
    const handle = result.objectId;
    if (handle === undefined) throw new Failed({ kind: 'corrupt', message: 'The page gave no agent.' });
    if (session.inNode) await giveNativeTypes(ask, context, handle);
    return handle;
  }

  async function giveNativeTypes(ask: Asker, context: number | null, handle: string): Promise<void> {
    const { result } = await ask.send('Runtime.evaluate', {
      ...inContext(context),
      expression: `process.getBuiltinModule?.('util').types`,
      silent: true,
      objectGroup: ask.group,
    });
    const types = result.objectId === undefined ? null : [{ objectId: result.objectId }];
    nativeTypes = types !== null;
    if (types) await callAgent(ask, handle, 'function(types) { this.useNativeTypes(types); }', types);
  }

  async function tell(functionDeclaration: string): Promise<void> {
    const told = [...new Set(handles.values())].map((objectId) =>
      session.send('Runtime.callFunctionOn', { objectId, functionDeclaration, silent: true }, LAST_WORD),
    );
    await Promise.all(told);
  }

  return {
    in: agentIn,
    first() {
      for (const [context, handle] of handles) return { context, handle };
      return null;
    },
    usesNativeTypes: () => nativeTypes,
    renew: () => tell(RENEW),
    rest: () => tell(REST_NOW),
    abandon: () => tell(ABANDON),
    async release() {
      const told = tell(RELEASE);
      handles = new Map();
      await told;
    },
    forget() {
      handles = new Map();
    },
  };
}

/** What the agent answers, with a look at each element of a list. */
export async function callAgent(
  ask: Asker,
  handle: string,
  functionDeclaration: string,
  parameters: readonly CallArgument[],
): Promise<RemoteObject> {
  const { result, exceptionDetails } = await ask.send('Runtime.callFunctionOn', {
    objectId: handle,
    functionDeclaration,
    arguments: [...parameters],
    silent: true,
    objectGroup: ask.group,
    serializationOptions: { serialization: 'deep', maxDepth: 1 },
  });
  if (exceptionDetails) throw new Failed(thrown(exceptionDetails));
  return result;
}

/** The handle of what the agent gives, without a look into it: deep serialisation runs the getters of a prototype. */
export async function handleFrom(
  ask: Asker,
  handle: string,
  functionDeclaration: string,
  parameters: readonly CallArgument[],
): Promise<string | undefined> {
  const { result, exceptionDetails } = await ask.send('Runtime.callFunctionOn', {
    objectId: handle,
    functionDeclaration,
    arguments: [...parameters],
    silent: true,
    objectGroup: ask.group,
  });
  if (exceptionDetails) throw new Failed(thrown(exceptionDetails));
  return result.objectId;
}
