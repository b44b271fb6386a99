/**
 * Evaluates a user's expressions through the protocol, in the global scope or in a paused frame. One that does not parse must never
 * reach the page, whose hooks would describe the error. One that does not end must not block the page.
 */

import type { ProgramText } from '../../expression/program.ts';
import { sentence } from '../../transport/failure.ts';
import type { Result } from '../../transport/protocol.ts';
import type { ComponentPlace, NamesByDistance } from '../../wire/requests.ts';
import { say } from '../../words/say.ts';
import { HAS_SIDE_EFFECTS } from '../capture.ts';
import { readComponents, readNames } from '../names.ts';
import { agentCall, Handed } from '../scripts/agent-call.ts';
import { boxedScript, parseScript } from '../scripts/page-script.ts';
import type { Agents } from './agent-handles.ts';
import { argumentOf, type CallArgument, elementsOf, inContext, thrown } from './remote-objects.ts';
import { Failed, type TimedSession } from './timed-session.ts';

export interface ExpressionsOptions {
  /** The execution context in which they are evaluated; null is the session's default. */
  readonly context: number | null;
  /** The frame whose isolated world parses them; by default the session's topmost frame. */
  readonly frameId: string | undefined;
  /** Milliseconds that an expression may run in a paused frame. */
  readonly frameTime: number;
}

export interface Expressions {
  /** Null when it parses, else a sentence that says why not. No SyntaxError of the page's realm is made, so no hook runs. */
  parseFailure(timed: TimedSession, expression: string): Promise<string | null>;
  /**
   * The handle of `[0, its value]` or `[1, what it threw]`, or a sentence that says why there is none.
   * @param frame The `callFrameId` of the paused frame whose variables it can use; by default the global scope.
   * @param pure Whether it is stopped before it has a side effect.
   */
  evaluate(
    timed: TimedSession,
    expression: string,
    frame?: string,
    pure?: boolean,
  ): Promise<{ readonly objectId: string } | { readonly failure: string }>;
  /**
   * Runs statements in the global scope, as the Console does: a `let` can be declared again. Resolves to their completion value when
   * they have ended, or to why there is none. V8 describes an error that they throw or return by the error's own code.
   */
  run(
    timed: TimedSession,
    program: ProgramText,
  ): Promise<{ readonly value: CallArgument } | { readonly failure: string }>;
  /** Whether the isolated world was made in the current document. */
  isRooted(): boolean;
  /** Forgets it, because the page navigated. */
  forget(): void;
}

/** The name of the isolated world in which expressions are parsed. */
const WORLD = 'Memory Graph';
/**
 * The Console's functions, which are put in scope only for an expression that may name one. To do so, V8 reads descriptors that
 * inherit from the page's Object.prototype.
 */
const CONSOLE_FUNCTIONS = /\$|\b(?:getEventListeners|keys|values)\b/;

export function createExpressions({ context, frameId, frameTime }: ExpressionsOptions): Expressions {
  let world: Promise<number | null> | null = null;
  const parsed = new Set<string>();

  async function parseFailure(timed: TimedSession, expression: string): Promise<string | null> {
    if (parsed.has(expression)) return null;
    const world = await parsingWorld(timed);
    if (world === null) return null;
    const { exceptionDetails } = await timed.send('Runtime.evaluate', {
      contextId: world,
      // A function around it is parsed and not called.
      expression: `() => ${parseScript(expression)}`,
      silent: true,
      returnByValue: true,
    });
    if (exceptionDetails) return sentence(thrown(exceptionDetails));
    parsed.add(expression);
    return null;
  }

  /** Null where there is none. */
  function parsingWorld(timed: TimedSession): Promise<number | null> {
    const making = world ?? makeWorld(timed);
    world = making;
    making.catch(() => {
      if (world === making) world = null;
    });
    return making;
  }

  async function makeWorld(timed: TimedSession): Promise<number | null> {
    try {
      const frame = frameId ?? (await timed.send('Page.getFrameTree', undefined)).frameTree.frame.id;
      return (await timed.send('Page.createIsolatedWorld', { frameId: frame, worldName: WORLD })).executionContextId;
    } catch (error) {
      // Workers and Node have no pages.
      if (error instanceof Failed && error.failure.kind === 'refused') return null;
      throw error;
    }
  }

  return {
    parseFailure,
    async evaluate(timed, expression, frame, pure = false) {
      const failure = await parseFailure(timed, expression);
      if (failure !== null) return { failure };
      const common = {
        expression: boxedScript(expression),
        silent: true,
        includeCommandLineAPI: CONSOLE_FUNCTIONS.test(expression),
        objectGroup: timed.group,
      };
      let answer: Result<'Runtime.evaluate'>;
      // One that does not end would hold the page for ever.
      const timeout = frame === undefined ? Math.round(timed.hurryAfter) : frameTime;
      const started = performance.now();
      try {
        answer =
          frame === undefined
            ? await timed.send('Runtime.evaluate', {
                ...common,
                ...inContext(context),
                timeout,
                throwOnSideEffect: pure,
              })
            : await timed.send('Debugger.evaluateOnCallFrame', {
                ...common,
                callFrameId: frame,
                throwOnSideEffect: pure,
                timeout,
              });
      } catch (error) {
        if (frame !== undefined && error instanceof Failed && error.failure.kind === 'thrown')
          return { failure: say('tookLong', { count: timeout }) };
        return stopped(error, started, timeout);
      }
      const { result, exceptionDetails } = answer;
      if (pure && exceptionDetails?.exception?.description?.startsWith('EvalError: Possible side-effect'))
        return { failure: HAS_SIDE_EFFECTS };
      if (exceptionDetails) return { failure: sentence(thrown(exceptionDetails)) };
      if (result.objectId === undefined) return { failure: say('noAnswer') };
      return { objectId: result.objectId };
    },
    async run(timed, { text, waits }) {
      const timeout = Math.round(timed.hurryAfter);
      const started = performance.now();
      let answer: Result<'Runtime.evaluate'>;
      try {
        answer = await timed.send('Runtime.evaluate', {
          expression: text,
          replMode: true,
          silent: true,
          includeCommandLineAPI: CONSOLE_FUNCTIONS.test(text),
          objectGroup: timed.group,
          ...inContext(context),
          ...(waits ? {} : { timeout }),
        });
      } catch (error) {
        return stopped(error, started, timeout);
      }
      const { result, exceptionDetails } = answer;
      return exceptionDetails ? { failure: sentence(thrown(exceptionDetails)) } : { value: argumentOf(result) };
    },
    isRooted: () => world !== null,
    forget() {
      world = null;
    },
  };
}

/** What to say where V8 stopped it after so many milliseconds; throws again what is something else. */
function stopped(error: unknown, started: number, timeout: number): { readonly failure: string } {
  const isStopped = error instanceof Failed && error.failure.kind === 'thrown';
  if (!isStopped || performance.now() - started < timeout) throw error;
  return { failure: sentence({ kind: 'stopped', milliseconds: timeout }) };
}

/**
 * Finds the names that can complete an expression. V8 stops before any code of the page would run. It also recognizes
 * proxies, and nothing behind a proxy is read.
 * @param context The execution context; null is the session's default.
 */
export async function namesThroughDebugger(
  timed: TimedSession,
  context: number | null,
  agents: Agents,
  path: readonly string[],
): Promise<NamesByDistance> {
  const [lexical, objects] = await Promise.all([
    path.length > 0 ? { names: [] } : timed.send('Runtime.globalLexicalScopeNames', executionContext(context)),
    timed.send('Runtime.evaluate', {
      expression: `[${path.length === 0 ? 'globalThis' : path.map((_, index) => textOf(path.slice(0, index + 1))).join(',')}]`,
      throwOnSideEffect: true,
      silent: true,
      objectGroup: timed.group,
      ...inContext(context),
    }),
  ]);
  const { objectId } = objects.result;
  if (objects.exceptionDetails || objectId === undefined) return [];
  const elements = await elementsOf(timed, objectId);
  const last = elements.at(-1);
  if (last === undefined || elements.some(({ subtype }) => subtype === 'proxy')) return [];
  const call = agentCall('namesOf', new Handed(argumentOf(last)));
  const names = readNames(await answerOf(timed, context, agents, call));
  const [keys = [], ...byDistance] = names;
  return lexical.names.length > 0 ? [keys, lexical.names, ...byDistance] : names;
}

export async function componentsThroughDebugger(
  timed: TimedSession,
  context: number | null,
  agents: Agents,
): Promise<readonly ComponentPlace[]> {
  return readComponents(await answerOf(timed, context, agents, agentCall('components')));
}

/** What the agent of a context answers. */
async function answerOf(
  timed: TimedSession,
  context: number | null,
  agents: Agents,
  { functionDeclaration, arguments: handed }: ReturnType<typeof agentCall>,
): Promise<unknown> {
  const { result } = await timed.send('Runtime.callFunctionOn', {
    objectId: await agents.in(timed, context),
    functionDeclaration,
    arguments: handed,
    silent: true,
    returnByValue: true,
  });
  return result.value;
}

/** Neither a name that does not exist nor a value without properties may throw, for V8 would describe the error. */
function textOf([first = '', ...others]: readonly string[]): string {
  const root = `(typeof ${first} === 'undefined' ? undefined : ${first})`;
  return root + others.map((name) => `?.[${JSON.stringify(name)}]`).join('');
}

const executionContext = (context: number | null): { executionContextId?: number } =>
  context === null ? {} : { executionContextId: context };
