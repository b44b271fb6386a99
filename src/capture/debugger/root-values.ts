/**
 * Gives the agent its roots: evaluates what the user asked for, and passes each value through the agent's handle in the
 * value's own execution context. A failed root does not prevent the others from being read.
 */

import type { ObjectId } from '../../snapshot/snapshot.ts';
import type { DebuggerDomain } from '../../transport/debugger-domain.ts';
import type { Connection } from '../../transport/devtools-session.ts';
import { sentence } from '../../transport/failure.ts';
import type { RootSpec } from '../../wire/debugger-exchange.ts';
import type { Boxed } from '../../wire/requests.ts';
import { say } from '../../words/say.ts';
import { HAS_SIDE_EFFECTS, type RootRequest } from '../capture.ts';
import { type AgentCall, agentCall, Handed, HandedList } from '../scripts/agent-call.ts';
import { putScript } from '../scripts/page-script.ts';
import { type Agents, callAgent, handleFrom } from './agent-handles.ts';
import type { Expressions } from './expressions.ts';
import { createClosures, createFrameSpecs } from './frame-specs.ts';
import { argumentOf, type CallArgument, contextOf, readList } from './remote-objects.ts';
import type { TimedSession } from './timed-session.ts';

/** The roots for the agent. */
export interface Given {
  readonly specs: readonly RootSpec[];
  /** The values that the specs refer to. */
  readonly values: readonly CallArgument[];
  /** Roots that DevTools' own session evaluates, by position among the values. */
  readonly console: readonly { readonly at: number; readonly expression: string; readonly root: number }[];
}

export interface Placed {
  readonly at: number;
  readonly value: CallArgument;
}

/** The values that are passed with the request itself, which saves one question. */
export interface Rest {
  readonly specs: readonly RootSpec[];
  readonly values: readonly Placed[];
}

const WASM_REFUSAL = say('wasmRefusal');

export interface GivenRootsOptions {
  readonly domain: DebuggerDomain;
  /** Where expressions are evaluated; null is the session's default. */
  readonly context: number | null;
  /** Where the page holds the agent. */
  readonly token: string;
  /** DevTools' own session, which knows `$0` and `$_`. */
  readonly console: Connection | undefined;
}

export interface GivenRoots {
  evaluated(timed: TimedSession, roots: readonly RootRequest[]): Promise<Given>;
  /**
   * Passes the values of execution contexts other than the home one, through the agent's handles there, and those that
   * the console evaluates.
   * @param handle The agent's in `home`.
   */
  handedIn(timed: TimedSession, given: Given, home: number | null, handle: string): Promise<Rest>;
}

/**
 * What only DevTools' own session knows: the selected elements, the last result, what `graph(…)` was given, and the functions
 * of its command line.
 */
const CONSOLE_NAMES =
  /(?<![\w$.])(?:\$[0-4_](?![\w$])|graph\[\d+\]|(?:\$\$?|\$x|clear|copy|debug|dir|dirxml|getEventListeners|inspect|keys|monitor|monitorEvents|profile|profileEnd|table|undebug|unmonitor|unmonitorEvents|values)\()/;

/** Called on a box, for its elements' types without a description. */
const ITSELF: AgentCall<Boxed<Handed>> = { functionDeclaration: 'function() { return this; }', arguments: [] };

export function createGivenRoots(agents: Agents, expressions: Expressions, options: GivenRootsOptions): GivenRoots {
  const { context, token, console } = options;
  const closures = createClosures(agents, context);
  /** Classes whose instances may be looked for when the user asks again. */
  const warned = new Set<string>();

  async function boxedAgain(timed: TimedSession, id: ObjectId): Promise<CallArgument | null> {
    const handle = await agents.in(timed, context);
    const objectId = await handleFrom(timed, handle, agentCall('findBoxed', id));
    return objectId === undefined ? null : { objectId };
  }

  async function evaluated(timed: TimedSession, roots: readonly RootRequest[]): Promise<Given> {
    const values: CallArgument[] = [];
    const inConsole: Given['console'][number][] = [];

    function add(value: CallArgument): number {
      values.push(value);
      return values.length - 1;
    }

    const frameSpec = createFrameSpecs(add);

    /** @param position Of the root among all. */
    async function spec(root: RootRequest, position: number): Promise<RootSpec> {
      switch (root.type) {
        case 'object':
          return { type: 'object', at: add({ objectId: root.objectId }) };
        case 'stack': {
          const frames = await Promise.all(root.frames.map((frame) => closures.read(timed, frame)));
          return { type: 'stack', frames: frames.map(frameSpec) };
        }
        case 'scope':
          return { type: 'scope', frame: frameSpec(await closures.read(timed, root.frame)), depth: root.depth };
        case 'variable': {
          const objectId = await closures.variable(timed, root.scope, root.name);
          if (objectId === undefined) return { type: 'failed', reason: say('noVariable', { name: root.name }) };
          return { type: 'boxed', at: add({ objectId }) };
        }
        case 'program': {
          const answer = await expressions.run(timed, root);
          if ('failure' in answer) return { type: 'failed', reason: answer.failure };
          return { type: 'object', at: add(answer.value) };
        }
        case 'expression': {
          const again = root.again === undefined ? null : await boxedAgain(timed, root.again);
          if (again) return { type: 'boxed', at: add(again) };
          const isConsole = console && root.frame === undefined && CONSOLE_NAMES.test(root.expression);
          if (isConsole && root.pure && !/^\$[0-4_]$/.test(root.expression))
            return { type: 'failed', reason: HAS_SIDE_EFFECTS };
          if (isConsole) {
            const at = add({});
            inConsole.push({ at, expression: root.expression, root: position });
            return { type: 'boxed', at };
          }
          const answer = await expressions.evaluate(timed, root.expression, root.frame, root.pure);
          if ('failure' in answer) return { type: 'failed', reason: answer.failure };
          return { type: 'boxed', at: add(answer) };
        }
        case 'instances':
          return instancesSpec(root.expression, root.fresh === true);
      }
    }

    async function instancesSpec(expression: string, fresh: boolean): Promise<RootSpec> {
      const noClass: RootSpec = {
        type: 'failed',
        reason: say('unread_notClass', { expression }),
      };
      const answer = await expressions.evaluate(timed, expression);
      if ('failure' in answer) return { type: 'failed', reason: answer.failure };
      const { types, fields } = await readList(timed, await callAgent(timed, answer.objectId, ITSELF));
      // What was thrown says more.
      if (fields[0] !== 0) return { type: 'boxed', at: add(answer) };
      if (types[1] === 'proxy') return noClass;
      const handle = await agents.in(timed, contextOf({ objectId: answer.objectId }) ?? context);
      const prototype = await handleFrom(timed, handle, agentCall('prototypeOf', new Handed(answer)));
      if (prototype === undefined) return noClass;
      const mayCrash = await timed.inTime(options.domain.mayHaveWasmObjects);
      if (mayCrash !== false && !(fresh && warned.has(expression))) {
        if (fresh) warned.add(expression);
        return { type: 'failed', reason: mayCrash === null ? say('wasmUnknown') : WASM_REFUSAL };
      }
      const parameters = { prototypeObjectId: prototype, objectGroup: timed.group };
      const { objects } = await timed.send('Runtime.queryObjects', parameters);
      return {
        type: 'instances',
        prototype: add({ objectId: prototype }),
        list: add(argumentOf(objects)),
        name: say('title_instances', { name: expression }),
      };
    }

    const specs = await Promise.all(roots.map(spec));
    return { specs, values, console: inConsole };
  }

  /** Null: it is there. A sentence: why not. */
  async function putByConsole(timed: TimedSession, expression: string, at: number): Promise<string | null> {
    const put = await console?.evaluate(putScript(token, expression, at), timed.options);
    if (!put?.ok) return sentence(put?.failure ?? { kind: 'disconnected', message: 'no console' });
    if (put.value === true) return null;
    return say('noConsoleNames');
  }

  return {
    evaluated,
    async handedIn(timed, given, home, handle) {
      const groups = new Map<number | null, Placed[]>();
      for (const [at, value] of given.values.entries()) {
        const context = contextOf(value) ?? home;
        const group = groups.get(context) ?? [];
        groups.set(context, group);
        group.push({ at, value });
      }
      const own: Placed[] = [];
      for (const [context, group] of groups) {
        const there = await agents.in(timed, context);
        if (there === handle) own.push(...group);
        else
          await callAgent(
            timed,
            there,
            agentCall(
              'put',
              group.map(({ at }) => at),
              new HandedList(group.map(({ value }) => value)),
            ),
          );
      }
      const specs = [...given.specs];
      for (const { at, expression, root } of given.console) {
        const reason = await putByConsole(timed, expression, at);
        if (reason !== null) specs[root] = { type: 'failed', reason };
      }
      const byConsole = new Set(given.console.map(({ at }) => at));
      return { specs, values: own.filter(({ at }) => !byConsole.has(at)) };
    },
  };
}
