/**
 * Follows the pauses of one heap over the debugger's protocol, whoever causes them: breakpoints, steps and exceptions of
 * DevTools, `debugger` in the page, or this. Must never hold the page longer than the person wants: it asks, and lets go
 * when it is closed.
 */
import type { Outcome, RequestOptions } from '../capture/connection.ts';
import { debuggerDomain } from '../capture/debugger-domain.ts';
import type { ProtocolSession } from '../capture/protocol.ts';
import type { MapDecoder } from '../source-maps/decoder.ts';
import { createDeclaredGlobals } from './declared-globals.ts';
import { createMethodNames } from './method-names.ts';
import { createOriginalNames, type OriginalNames } from './original-names.ts';
import { type Pause, readPause, type SourceLocation } from './pause.ts';

export type Step = 'resume' | 'over' | 'into' | 'out' | 'pause';

export interface PauseListener {
  /** Called for the pause that stands when following begins, too. */
  paused(pause: Pause): void;
  /** The page goes on: all handles of the last pause are void. */
  resumed(): void;
  /** The page went to another document, from a pause or not. */
  left(): void;
}

export interface PauseFollower {
  /** The same pause with the class in front of each method's name. */
  qualified(pause: Pause): Promise<Pause>;
  /** What the source maps say of it. */
  readonly originals: OriginalNames;
  step(step: Step): Promise<Outcome<unknown>>;
  /** The handle of an object with the variables that scripts declared with `var`, good until the page goes on. */
  globals(): Promise<string | null>;
  /** The text of the line, without its indentation; null where the script or the line is not to be had. */
  sourceLine(location: SourceLocation): Promise<string | null>;
  /** Whether pauses come with the calls that scheduled what runs. */
  setAsync(on: boolean): Promise<void>;
  /** Stops following. A page that DevTools holds stays held; one that only this held goes on. */
  close(): Promise<void>;
}

/** Milliseconds for a command that V8 answers at once, also while paused. */
const DEADLINE = 2000;
const options: RequestOptions = { deadline: DEADLINE };
/** As deep as DevTools itself looks back. */
const ASYNC_DEPTH = 32;
/** Characters of a script that are kept to show lines of it; a bundle of more is read again each time. */
const SOURCE_LIMIT = 5_000_000;
const LINE_LIMIT = 200;

export async function followPauses(
  session: ProtocolSession,
  decoder: MapDecoder,
  listener: PauseListener,
): Promise<Outcome<PauseFollower>> {
  const domain = debuggerDomain(session);
  const { scripts } = domain;
  const sources = new Map<string, readonly string[]>();
  const methodNames = createMethodNames(session);
  const globals = createDeclaredGlobals(session);
  const originals = createOriginalNames(session, scripts, decoder);
  const stop = [
    session.on('Debugger.scriptParsed', ({ scriptId, hash }) => {
      if (!scripts.get(scriptId)?.isolated) globals.scriptCame(hash);
    }),
    session.on('Debugger.paused', (event) => listener.paused(readPause(event, scripts))),
    session.on('Debugger.resumed', () => {
      globals.release();
      listener.resumed();
    }),
    session.on('Inspector.targetCrashed', () => listener.resumed()),
    // A document that is left while it is paused never tells that it goes on.
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      originals.clear();
      sources.clear();
      methodNames.clear();
      globals.clear();
      listener.left();
    }),
  ];
  const unsubscribe = (): void => {
    for (const each of stop) each();
    originals.clear();
  };

  // Workers have no pages: that they refuse it does no harm.
  void session.send('Page.enable', {}, options);
  const following = await domain.followPauses(options);
  if (!following.ok) {
    unsubscribe();
    return following;
  }

  async function lines({ scriptId }: SourceLocation): Promise<readonly string[] | null> {
    const known = sources.get(scriptId);
    if (known) return known;
    const source = await session.send('Debugger.getScriptSource', { scriptId }, options);
    if (!source.ok) return null;
    const split = source.value.scriptSource.split(/\r\n|[\n\r\u2028\u2029]/);
    if (source.value.scriptSource.length <= SOURCE_LIMIT) sources.set(scriptId, split);
    return split;
  }

  const follower: PauseFollower = {
    qualified: methodNames.qualify,
    originals,
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
    globals: globals.read,
    async sourceLine(location) {
      const line = (await lines(location))?.[location.line - (scripts.get(location.scriptId)?.startLine ?? 0)];
      return line?.trim().slice(0, LINE_LIMIT) ?? null;
    },
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
