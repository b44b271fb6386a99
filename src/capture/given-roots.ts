/**
 * Gives the agent its roots: evaluates what a person asked for, and hands in the values through the agent's handle in each
 * value's own execution context. A root that cannot be had must not keep the others from being read.
 */
import type { FrameSpec, RootSpec } from '../snapshot/exchange.ts';
import { scopeKinds } from '../snapshot/format.ts';
import type { ObjectId } from '../snapshot/snapshot.ts';
import { type Agents, callAgent, handleFrom } from './agents.ts';
import type { Asker } from './asker.ts';
import type { FrameRequest, RootRequest } from './capture.ts';
import type { Connection } from './connection.ts';
import type { Expressions } from './expressions.ts';
import { sentence } from './failure.ts';
import { putScript } from './page-script.ts';
import { argumentOf, type CallArgument, contextOf, readStep } from './remote-objects.ts';

/** What the agent is given as roots. */
export interface Given {
  readonly specs: readonly RootSpec[];
  /** The values that they speak of. */
  readonly values: readonly CallArgument[];
  /** Roots that DevTools' own session evaluates, by position among the values. */
  readonly console: readonly { readonly at: number; readonly expression: string; readonly root: number }[];
}

export interface Placed {
  readonly at: number;
  readonly value: CallArgument;
}

/** What is still to be handed in, with the request itself: a question less. */
export interface Rest {
  readonly specs: readonly RootSpec[];
  readonly values: readonly Placed[];
}

export interface GivenRootsOptions {
  /** Where expressions are evaluated; null is the session's default. */
  readonly context: number | null;
  /** Where the page holds the agent. */
  readonly token: string;
  /** DevTools' own session, which answers for `$0` and `$_`. */
  readonly console: Connection | undefined;
}

export interface GivenRoots {
  evaluated(ask: Asker, roots: readonly RootRequest[]): Promise<Given>;
  /**
   * Hands in the values of other execution contexts than the home one, through the agent's handles there, and those that
   * the console evaluates.
   * @param handle The agent's in `home`.
   */
  handedIn(ask: Asker, given: Given, home: number | null, handle: string): Promise<Rest>;
}

/** What only DevTools' own session knows: the selected elements, the last result, and what `graph(…)` was given. */
const CONSOLE_NAMES = /(?<![\w$.])(?:\$[0-4_](?![\w$])|graph\[\d+\])/;

/** Puts the arguments after a list of places at those: a statement in a function that is called on the agent. */
export const putArguments = (places: number): string =>
  `for (let i = 0; i < arguments[${places}].length; i += 1) this.put(arguments[${places}][i], [arguments[i + ${places + 1}]], 0);`;

/** Called on the agent. */
const FIND_BOXED = `function(id) {
  const object = this.find(id);
  return object === undefined ? undefined : [0, object];
}`;

/** Called on a list, for its elements' types without a description. */
const ITSELF = 'function() { return this; }';
/** Called on the agent. */
const PROTOTYPE = 'function(boxed) { return this.prototypeOf(boxed); }';

export function createGivenRoots(agents: Agents, expressions: Expressions, options: GivenRootsOptions): GivenRoots {
  const { context, token, console } = options;

  async function boxedAgain(ask: Asker, id: ObjectId): Promise<CallArgument | null> {
    const handle = await agents.in(ask, context);
    const { objectId } = await callAgent(ask, handle, FIND_BOXED, [{ value: id }]);
    return objectId === undefined ? null : { objectId };
  }

  async function evaluated(ask: Asker, roots: readonly RootRequest[]): Promise<Given> {
    const values: CallArgument[] = [];
    const inConsole: Given['console'][number][] = [];

    function add(value: CallArgument): number {
      values.push(value);
      return values.length - 1;
    }

    function frameSpec(frame: FrameRequest): FrameSpec {
      return {
        label: frame.label,
        scopes: frame.scopes.map(({ kind, objectId }) => ({ kind: scopeKinds.indexOf(kind), at: add({ objectId }) })),
        extras: frame.extras.map(({ name, value }) => ({ name, at: add(argumentOf(value)) })),
      };
    }

    /** @param position Of the root among all. */
    async function spec(root: RootRequest, position: number): Promise<RootSpec> {
      switch (root.type) {
        case 'object':
          return { type: 'object', at: add({ objectId: root.objectId }) };
        case 'stack':
          return { type: 'stack', frames: root.frames.map(frameSpec) };
        case 'scope':
          return { type: 'scope', frame: frameSpec(root.frame), depth: root.depth };
        case 'expression': {
          const again = root.again === undefined ? null : await boxedAgain(ask, root.again);
          if (again) return { type: 'boxed', at: add(again) };
          if (console && root.frame === undefined && CONSOLE_NAMES.test(root.expression)) {
            const at = add({});
            inConsole.push({ at, expression: root.expression, root: position });
            return { type: 'boxed', at };
          }
          const answer = await expressions.evaluate(ask, root.expression, root.frame, root.pure);
          if ('failure' in answer) return { type: 'failed', reason: answer.failure };
          return { type: 'boxed', at: add(answer) };
        }
        case 'instances':
          return instancesSpec(root.expression);
      }
    }

    async function instancesSpec(expression: string): Promise<RootSpec> {
      const noClass: RootSpec = {
        type: 'failed',
        reason: `${expression} is no class: give the name of a class or constructor.`,
      };
      const answer = await expressions.evaluate(ask, expression);
      if ('failure' in answer) return { type: 'failed', reason: answer.failure };
      const { code, types } = await readStep(ask, await callAgent(ask, answer.objectId, ITSELF, []));
      // What was thrown says more.
      if (code !== 0) return { type: 'boxed', at: add(answer) };
      if (types[0] === 'proxy') return noClass;
      const handle = await agents.in(ask, contextOf({ objectId: answer.objectId }) ?? context);
      const prototype = await handleFrom(ask, handle, PROTOTYPE, [{ objectId: answer.objectId }]);
      if (prototype === undefined) return noClass;
      const parameters = { prototypeObjectId: prototype, objectGroup: ask.group };
      const { objects } = await ask.send('Runtime.queryObjects', parameters);
      return {
        type: 'instances',
        prototype: add({ objectId: prototype }),
        list: add(argumentOf(objects)),
        name: expression,
      };
    }

    const specs = await Promise.all(roots.map(spec));
    return { specs, values, console: inConsole };
  }

  /** Null: it is there. A sentence: why not. */
  async function putByConsole(ask: Asker, expression: string, at: number): Promise<string | null> {
    const put = await console?.evaluate(putScript(token, expression, at), ask.options);
    if (!put?.ok) return sentence(put?.failure ?? { kind: 'disconnected', message: 'no console' });
    if (put.value === true) return null;
    return 'The console’s own names cannot be read while the page replaces its event listeners: store the value as a global variable.';
  }

  return {
    evaluated,
    async handedIn(ask, given, home, handle) {
      const groups = new Map<number | null, Placed[]>();
      for (const [at, value] of given.values.entries()) {
        const context = contextOf(value) ?? home;
        const group = groups.get(context) ?? [];
        groups.set(context, group);
        group.push({ at, value });
      }
      const own: Placed[] = [];
      for (const [context, group] of groups) {
        const there = await agents.in(ask, context);
        if (there === handle) own.push(...group);
        else
          await callAgent(ask, there, `function() { ${putArguments(0)} }`, [
            { value: group.map(({ at }) => at) },
            ...group.map(({ value }) => value),
          ]);
      }
      const specs = [...given.specs];
      for (const { at, expression, root } of given.console) {
        const reason = await putByConsole(ask, expression, at);
        if (reason !== null) specs[root] = { type: 'failed', reason };
      }
      const byConsole = new Set(given.console.map(({ at }) => at));
      return { specs, values: own.filter(({ at }) => !byConsole.has(at)) };
    },
  };
}
