/**
 * Evaluates a person's expressions through the protocol, in the global scope or in a paused frame. One that does not parse
 * must never reach the page, whose hooks would describe the error; one that does not end must not hold the page.
 */
import { type Asker, Failed } from './asker.ts';
import { HAS_SIDE_EFFECTS } from './capture.ts';
import { sentence } from './failure.ts';
import { boxedScript, parseScript } from './page-script.ts';
import type { Result } from './protocol.ts';
import { inContext, thrown } from './remote-objects.ts';

export interface ExpressionsOptions {
  /** Where they are evaluated; null is the session's default. */
  readonly context: number | null;
  /** Whose page has the world in which they are parsed; without it, the session's topmost frame. */
  readonly frameId: string | undefined;
  /** Milliseconds that one may run in a paused frame. */
  readonly frameTime: number;
}

export interface Expressions {
  /** Null: it parses. A sentence: why it does not. Without running a SyntaxError of the page's realm by its hooks. */
  parseFailure(ask: Asker, expression: string): Promise<string | null>;
  /**
   * The handle of `[0, its value]` or `[1, what it threw]`, or why there is none, in a sentence.
   * @param frame The `callFrameId` of the paused frame whose variables it sees; without it, the global scope.
   * @param pure Whether it is given up instead of changing anything.
   */
  evaluate(
    ask: Asker,
    expression: string,
    frame?: string,
    pure?: boolean,
  ): Promise<{ readonly objectId: string } | { readonly failure: string }>;
  /** Whether anything was made in the document that is there. */
  isRooted(): boolean;
  /** The document is another one. */
  forget(): void;
}

/** The world in which expressions are parsed. */
const WORLD = 'Memory Graph';
/**
 * The console's functions. Only for an expression that may name one: to put them in scope, V8 reads descriptors that
 * inherit from the page's Object.prototype.
 */
const CONSOLE_FUNCTIONS = /\$|\b(?:getEventListeners|keys|values)\b/;

export function createExpressions({ context, frameId, frameTime }: ExpressionsOptions): Expressions {
  let world: Promise<number | null> | null = null;
  const parsed = new Set<string>();

  async function parseFailure(ask: Asker, expression: string): Promise<string | null> {
    if (parsed.has(expression)) return null;
    const world = await parsingWorld(ask);
    if (world === null) return null;
    const { exceptionDetails } = await ask.send('Runtime.evaluate', {
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
  function parsingWorld(ask: Asker): Promise<number | null> {
    const making = world ?? makeWorld(ask);
    world = making;
    making.catch(() => {
      if (world === making) world = null;
    });
    return making;
  }

  async function makeWorld(ask: Asker): Promise<number | null> {
    try {
      const frame = frameId ?? (await ask.send('Page.getFrameTree', undefined)).frameTree.frame.id;
      return (await ask.send('Page.createIsolatedWorld', { frameId: frame, worldName: WORLD })).executionContextId;
    } catch (error) {
      // Workers and Node have no pages.
      if (error instanceof Failed && error.failure.kind === 'refused') return null;
      throw error;
    }
  }

  return {
    parseFailure,
    async evaluate(ask, expression, frame, pure = false) {
      const failure = await parseFailure(ask, expression);
      if (failure !== null) return { failure };
      const common = {
        expression: boxedScript(expression),
        silent: true,
        includeCommandLineAPI: CONSOLE_FUNCTIONS.test(expression),
        objectGroup: ask.group,
      };
      let answer: Result<'Runtime.evaluate'>;
      // One that does not end would hold the page for ever.
      const timeout = frame === undefined ? Math.round(ask.hurryAfter) : frameTime;
      const started = performance.now();
      try {
        answer =
          frame === undefined
            ? await ask.send('Runtime.evaluate', { ...common, ...inContext(context), timeout })
            : await ask.send('Debugger.evaluateOnCallFrame', {
                ...common,
                callFrameId: frame,
                throwOnSideEffect: pure,
                timeout,
              });
      } catch (error) {
        if (!(error instanceof Failed) || error.failure.kind !== 'thrown') throw error;
        if (frame !== undefined) return { failure: `It took longer than ${timeout} ms: make it simpler.` };
        if (performance.now() - started < timeout) throw error;
        return { failure: sentence({ kind: 'stopped', milliseconds: timeout }) };
      }
      const { result, exceptionDetails } = answer;
      if (pure && exceptionDetails?.exception?.description?.startsWith('EvalError: Possible side-effect'))
        return { failure: HAS_SIDE_EFFECTS };
      if (exceptionDetails) return { failure: sentence(thrown(exceptionDetails)) };
      if (result.objectId === undefined) return { failure: 'The page gave no answer for it: draw again.' };
      return { objectId: result.objectId };
    },
    isRooted: () => world !== null,
    forget() {
      world = null;
    },
  };
}
