/**
 * Follows the pauses of one heap over the debugger's protocol, whatever causes them: breakpoints, steps and exceptions of
 * DevTools, `debugger` in the page, or this. Must never keep the page paused longer than the user wants: it asks, and stops when
 * it is closed.
 */

import type { MapDecoder } from '../source-maps/decoder.ts';
import { debuggerDomain } from '../transport/debugger-domain.ts';
import type { Outcome, RequestOptions } from '../transport/outcome.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import { createCalls } from './calls.ts';
import { createMethodNames } from './method-names.ts';
import { createOriginalNames, type OriginalNames } from './original-names.ts';
import { type Pause, readPause, type SourceLocation } from './pause.ts';
import { createPauseHandles } from './pause-handles.ts';
import { createReceivers } from './receivers.ts';
import { createSources } from './sources.ts';
import { createUsedNames } from './used-names.ts';

export type Step = 'resume' | 'over' | 'into' | 'out' | 'pause';

export interface PauseListener {
  /** Called for each pause, also for a current one when following starts. */
  paused(pause: Pause): void;
  /** The page goes on. All handles of the last pause are void. */
  resumed(): void;
  /** The page navigated, from a pause or not. */
  left(): void;
}

export interface PauseFollower {
  /** The same pause with the class in front of each method's name, of the frames that are shown. */
  qualified(pause: Pause, isShown?: (index: number) => boolean): Promise<Pause>;
  /** What the source maps say about pauses. */
  readonly originals: OriginalNames;
  /** For each frame that is shown, the names that its function uses. */
  usedNames(pause: Pause, isShown: (index: number) => boolean): Promise<readonly (readonly string[])[]>;
  /** Resolves to whether the page answers, when it does or is gone. Runs none of its code. */
  answers(signal?: AbortSignal): Promise<boolean>;
  step(step: Step): Promise<Outcome<unknown>>;
  /** The text of the line without its indentation; null when the script or the line is not available. */
  sourceLine(location: SourceLocation): Promise<string | null>;
  /** Whether pauses include the calls that scheduled the running code. */
  setAsync(on: boolean): Promise<void>;
  /** Stops following. A page that DevTools paused stays paused; one that was paused only for this goes on. */
  close(): Promise<void>;
}

/** Milliseconds for a command that V8 answers at once, also while paused. */
const DEADLINE = 2000;
const options: RequestOptions = { deadline: DEADLINE };
/** The longest that a timer of the browser can be set for, milliseconds. */
const FOREVER = 2 ** 31 - 1;
/** The depth that DevTools itself uses. */
const ASYNC_DEPTH = 32;

/** Asks for nothing that would run code, also of a page that is busy or a worker that waits. Resolves to whether it is still there. */
export async function answers(session: ProtocolSession, signal?: AbortSignal): Promise<boolean> {
  const waiting: RequestOptions = { deadline: FOREVER, ...(signal ? { signal } : {}) };
  return (await session.send('Runtime.getHeapUsage', undefined, waiting)).ok;
}

export async function followPauses(
  session: ProtocolSession,
  decoder: MapDecoder,
  listener: PauseListener,
): Promise<Outcome<PauseFollower>> {
  const domain = debuggerDomain(session);
  const { scripts } = domain;
  const sources = createSources(session, scripts, options);
  const handles = createPauseHandles(session);
  const methodNames = createMethodNames(sources);
  const originals = createOriginalNames(session, scripts, decoder);
  const receivers = createReceivers(session, handles.add);
  const used = createUsedNames(decoder, sources.text);
  const calls = createCalls(sources.isAtEntry, sources.mayWait);
  /** The current pause, as V8 reported it. */
  let latest: Pause | null = null;
  const stop = [
    session.on('Debugger.paused', (event) => {
      handles.take(event);
      void paused(readPause(event, scripts));
    }),
    session.on('Debugger.resumed', () => {
      latest = null;
      handles.release();
      listener.resumed();
    }),
    session.on('Inspector.targetCrashed', () => listener.resumed()),
    // A document that is left while it is paused never reports that it goes on.
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      originals.clear();
      sources.clear();
      methodNames.clear();
      receivers.clear();
      used.clear();
      calls.clear();
      latest = null;
      listener.left();
    }),
  ];
  async function paused(pause: Pause): Promise<void> {
    latest = pause;
    const numbered = calls.numbered(pause);
    const completed = receivers.complete(pause);
    const whole = completed instanceof Promise ? await completed : completed;
    const { calls: numbers } = numbered instanceof Promise ? await numbered : numbered;
    if (latest === pause) listener.paused({ ...whole, calls: numbers });
  }

  const unsubscribe = (): void => {
    for (const each of stop) each();
    originals.clear();
  };

  // Workers have no pages and refuse this, which does no harm.
  void session.send('Page.enable', {}, options);
  const following = await domain.followPauses(options);
  if (!following.ok) {
    unsubscribe();
    return following;
  }

  const follower: PauseFollower = {
    qualified: methodNames.qualify,
    originals,
    usedNames: used.of,
    answers: (signal) => answers(session, signal),
    step(step) {
      switch (step) {
        case 'resume':
          return session.send('Debugger.resume', {}, options);
        case 'over':
          return session.send('Debugger.stepOver', {}, options);
        case 'into':
          return session.send('Debugger.stepInto', {}, options);
        case 'out':
          return session.send('Debugger.stepOut', undefined, options);
        case 'pause':
          return session.send('Debugger.pause', undefined, options);
      }
    },
    sourceLine: sources.line,
    async setAsync(on) {
      await session.send('Debugger.setAsyncCallStackDepth', { maxDepth: on ? ASYNC_DEPTH : 0 }, options);
    },
    async close() {
      unsubscribe();
      await following.value();
    },
  };
  return { ok: true, value: follower };
}
