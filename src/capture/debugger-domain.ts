/**
 * The Debugger domain of one session, for all who use it: those who follow pauses, and captures that want to know where a
 * function stands. Must make no difference to DevTools, which debugs the same page: what is enabled only to be told of the
 * scripts takes part in no pause, and is disabled as soon as they are told.
 */
import type { Outcome, RequestOptions } from './connection.ts';
import type { ProtocolSession } from './protocol.ts';

export interface ScriptFacts {
  /** Empty for a script without a name. */
  readonly url: string;
  readonly sourceMapUrl: string | null;
  /** Line of its file that its source begins in: not 0 for a script within a page. */
  readonly startLine: number;
  readonly startColumn: number;
  /** Runs in a world of its own, as scripts of extensions do. */
  readonly isolated: boolean;
}

export interface DebuggerDomain {
  /** By id: all of the document while pauses are followed, else what was told of it when somebody looked something up. */
  readonly scripts: ReadonlyMap<string, ScriptFacts>;
  /**
   * Sees to it that these scripts are among `scripts`. Nothing but enabling the domain tells of a script, and that tells of
   * all: 17 ms for 100 of them, 0.9 s for 5,000. So each is asked for once.
   */
  lookUp(scriptIds: readonly string[], options: RequestOptions): Promise<Outcome<unknown>>;
  /**
   * From now on the session's events tell of pauses, of the one that stands, too, and of all scripts.
   * @returns What ends that. A heap that only this held goes on then.
   */
  followPauses(options: RequestOptions): Promise<Outcome<() => Promise<void>>>;
}

/** Milliseconds for what V8 answers at once. */
const AT_ONCE = { deadline: 2000 };
/** V8's name for the handles of a pause, which it gives to whoever enables the domain while one stands. */
const PAUSE_GROUP = 'backtrace';
/** Of which V8 does not tell: its own ones. */
const UNTOLD: ScriptFacts = { url: '', sourceMapUrl: null, startLine: 0, startColumn: 0, isolated: false };

const domains = new WeakMap<ProtocolSession, DebuggerDomain>();

/** The same for the same session. */
export function debuggerDomain(session: ProtocolSession): DebuggerDomain {
  const known = domains.get(session);
  if (known) return known;
  const domain = createDomain(session);
  domains.set(session, domain);
  return domain;
}

function createDomain(session: ProtocolSession): DebuggerDomain {
  const scripts = new Map<string, ScriptFacts>();
  let documents = 0;
  let following = 0;
  let lookingUp = 0;

  session.on(
    'Debugger.scriptParsed',
    ({ scriptId, url, sourceMapURL, startLine, startColumn, executionContextAuxData }) => {
      const isolated = executionContextAuxData?.type === 'isolated';
      scripts.set(scriptId, { url, sourceMapUrl: sourceMapURL || null, startLine, startColumn, isolated });
    },
  );
  // Another process counts its scripts anew.
  const forget = (): void => {
    documents += 1;
    scripts.clear();
  };
  session.on('Runtime.executionContextsCleared', forget);
  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId === undefined) forget();
  });

  /** Commands keep their order, so none waits for the one before it. What is set before it is enabled holds from then on. */
  function enable(pauses: boolean, options: RequestOptions): Promise<Outcome<unknown>> {
    // Nobody else's breakpoints are to be heeded in Node, and its `debugger` statements only stop where they are active.
    const alone = session.inNode === true && pauses;
    void session.send('Debugger.setSkipAllPauses', { skip: !pauses }, options);
    // Breakpoints act as long as any session wants them: when DevTools deactivated them, they must not act for this one.
    void session.send('Debugger.setBreakpointsActive', { active: alone }, options);
    // Stepping ignores code that every session ignores: as this ignores all, DevTools' own list decides.
    const ignored = alone ? { patterns: [] } : { patterns: ['.*'], skipAnonymous: true };
    void session.send('Debugger.setBlackboxPatterns', ignored, options);
    return session.send('Debugger.enable', {}, options);
  }

  async function disable(): Promise<void> {
    await Promise.all([
      session.send('Debugger.disable', undefined, AT_ONCE),
      session.send('Runtime.releaseObjectGroup', { objectGroup: PAUSE_GROUP }, AT_ONCE),
    ]);
  }

  return {
    scripts,
    async lookUp(scriptIds, options) {
      const unknown = scriptIds.filter((id) => !scripts.has(id));
      if (unknown.length === 0) return { ok: true, value: null };
      const document = documents;
      lookingUp += 1;
      // While pauses are followed this answers when all scripts are told.
      const told = await (following > 0 ? session.send('Debugger.enable', {}, options) : enable(false, options));
      lookingUp -= 1;
      if (following === 0 && lookingUp === 0) void disable();
      if (told.ok && document === documents) for (const id of unknown) if (!scripts.has(id)) scripts.set(id, UNTOLD);
      return told;
    },
    async followPauses(options) {
      // V8 tells what stands only to who enables the domain.
      if (following > 0 || lookingUp > 0) void disable();
      following += 1;
      const enabled = await enable(true, options);
      const stop = async (): Promise<void> => {
        following -= 1;
        if (following === 0) await disable();
      };
      if (enabled.ok) return { ok: true, value: stop };
      await stop();
      return enabled;
    },
  };
}
