/**
 * The Debugger domain of one session, shared by those who follow pauses and by captures that look up the file of a function.
 * Must make no difference to DevTools, which debugs the same page: a domain that is enabled only to list the scripts takes
 * part in no pause, and is disabled as soon as they are listed.
 */
import type { Outcome, RequestOptions } from './outcome.ts';
import type { EventParameters, ProtocolSession } from './protocol.ts';
import { mayMakeObjects } from './wasm-types.ts';

export interface ScriptFacts {
  /** Empty for a script without a name. */
  readonly url: string;
  readonly sourceMapUrl: string | null;
  /** The line of its file in which its source begins: not 0 for a script inside a page. */
  readonly startLine: number;
  readonly startColumn: number;
  /** Runs in an isolated world, as scripts of extensions do. */
  readonly isolated: boolean;
  readonly isModule: boolean;
  /** The execution context that it runs in. */
  readonly context: number;
  /** The frame of that context; null in a worker and in Node. */
  readonly frame: string | null;
}

export interface DebuggerDomain {
  /** By id: all scripts of the document while pauses are followed; otherwise those known from earlier lookups. */
  readonly scripts: ReadonlyMap<string, ScriptFacts>;
  /**
   * Makes sure that these scripts are among `scripts`. Only enabling the domain reports a script, and that reports all of
   * them: 17 ms for 100, 0.9 s for 5,000. So each is looked up once.
   */
  lookUp(scriptIds: readonly string[], options: RequestOptions): Promise<Outcome<unknown>>;
  /** The text of a script. */
  sourceOf(scriptId: string, options: RequestOptions): Promise<Outcome<string>>;
  /** Whether the page is paused, by whomever. */
  isPaused(options: RequestOptions): Promise<Outcome<boolean>>;
  /** Has all scripts of the document reported, so that they are among `scripts`. */
  listAll(options: RequestOptions): Promise<Outcome<unknown>>;
  /**
   * Whether the document's WebAssembly, or one of its scripts, may make structs, arrays, tables, or globals of functions. Chromium 156
   * crashes with the page when it is asked for all objects of a kind while one exists.
   */
  mayHaveWasmObjects(options: RequestOptions): Promise<Outcome<boolean>>;
  /**
   * From now on the session's events report pauses (a current one too) and all scripts.
   * @returns A function that ends that. A heap that was paused only for this session then goes on.
   */
  followPauses(options: RequestOptions): Promise<Outcome<() => Promise<void>>>;
  /**
   * The same for whoever sets breakpoints of its own. They stay, also when others begin or end to follow pauses.
   * @returns A function that ends that.
   */
  record(options: RequestOptions): Promise<Outcome<() => Promise<void>>>;
  /** Lets all breakpoints act, also those of others that the user deactivated, or only while DevTools wants that. */
  activate(active: boolean, options: RequestOptions): Promise<Outcome<unknown>>;
}

/** Milliseconds for what V8 answers at once. */
const AT_ONCE = { deadline: 2000 };
/** V8's name for the group of a pause's handles, which it gives to whoever enables the domain during a pause. */
const PAUSE_GROUP = 'backtrace';
/** A script that V8 does not report: one of its own. */
const UNTOLD: ScriptFacts = {
  url: '',
  sourceMapUrl: null,
  startLine: 0,
  startColumn: 0,
  isolated: false,
  isModule: false,
  context: 0,
  frame: null,
};

/** Bytes of a module that is read to see its types; of a larger one the worst is assumed. */
const MODULE_LIMIT = 16_000_000;

const domains = new WeakMap<ProtocolSession, DebuggerDomain>();

/** Returns the same domain for the same session. */
export function debuggerDomain(session: ProtocolSession): DebuggerDomain {
  const known = domains.get(session);
  if (known) return known;
  const domain = createDomain(session);
  domains.set(session, domain);
  return domain;
}

function createDomain(session: ProtocolSession): DebuggerDomain {
  const scripts = new Map<string, ScriptFacts>();
  /** Modules of WebAssembly by their scripts: whether they may make objects, or how long they are. */
  const modules = new Map<string, boolean | number>();
  /** Whether a script makes tables or globals of WebAssembly, as far as it was asked. */
  const makers = new Map<string, boolean>();
  let documents = 0;
  let following = 0;
  let recording = 0;
  let lookingUp = 0;
  /** Known while the domain is enabled. */
  let paused = false;

  session.on('Debugger.scriptParsed', (event) => {
    const { scriptId, scriptLanguage, endColumn } = event;
    if (scriptLanguage === 'WebAssembly' && !modules.has(scriptId)) modules.set(scriptId, endColumn);
    scripts.set(scriptId, factsOf(event));
  });
  session.on('Debugger.paused', () => {
    paused = true;
  });
  session.on('Debugger.resumed', () => {
    paused = false;
  });
  // Another process numbers its scripts from the beginning.
  const forget = (): void => {
    documents += 1;
    scripts.clear();
    modules.clear();
    makers.clear();
  };
  session.on('Runtime.executionContextsCleared', forget);
  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId === undefined) forget();
  });

  /** Commands keep their order, so none waits for the one before it. Settings made before `enable` apply as soon as it is enabled. */
  function enable(pauses: boolean, options: RequestOptions): Promise<Outcome<unknown>> {
    // In Node nobody else sets breakpoints, and `debugger` statements stop only while breakpoints are active.
    const alone = session.inNode === true && pauses;
    void session.send('Debugger.setSkipAllPauses', { skip: !pauses }, options);
    // Breakpoints act while any session wants them. When DevTools deactivated them, they must not act for this one.
    void session.send('Debugger.setBreakpointsActive', { active: alone }, options);
    // Stepping skips only code that every session ignores. This one ignores all code, so DevTools' ignore list decides.
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

  /** Has all scripts reported, and works while the domain is enabled. */
  async function whileEnabled<T>(options: RequestOptions, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    lookingUp += 1;
    // While pauses are followed, this answers after all scripts were reported.
    const enabled = await (following > 0 ? session.send('Debugger.enable', {}, options) : enable(false, options));
    const result = enabled.ok ? await work() : enabled;
    lookingUp -= 1;
    if (following === 0 && lookingUp === 0) void disable();
    return result;
  }

  const domain: DebuggerDomain = {
    scripts,
    mayHaveWasmObjects: (options) =>
      whileEnabled(options, async () => {
        for (const [scriptId, known] of modules) {
          if (known === false) continue;
          const judged =
            known === true
              ? ({ ok: true, value: true } as const)
              : await judgeModule(session, scriptId, known, options);
          if (!judged.ok) return judged;
          modules.set(scriptId, judged.value);
          if (judged.value) return judged;
        }
        // Node does not crash, and libraries that make such objects are in many programs.
        return session.inNode ? { ok: true, value: false } : searchScripts(session, scripts, makers, options);
      }),
    sourceOf: (scriptId, options) =>
      whileEnabled(options, async () => {
        const source = await session.send('Debugger.getScriptSource', { scriptId }, options);
        return source.ok ? { ok: true, value: source.value.scriptSource } : source;
      }),
    isPaused: (options) => {
      // V8 reports a current pause to whoever enables the domain.
      if (following === 0 && lookingUp === 0) paused = false;
      return whileEnabled(options, async () => ({ ok: true, value: paused }));
    },
    listAll: (options) => whileEnabled(options, async () => ({ ok: true, value: null })),
    async lookUp(scriptIds, options) {
      const unknown = scriptIds.filter((id) => !scripts.has(id));
      if (unknown.length === 0) return { ok: true, value: null };
      const document = documents;
      const enabled = await whileEnabled(options, async () => ({ ok: true, value: null }));
      if (enabled.ok && document === documents) for (const id of unknown) if (!scripts.has(id)) scripts.set(id, UNTOLD);
      return enabled;
    },
    async followPauses(options) {
      // V8 reports a current pause only to a session that enables the domain.
      if (recording === 0 && (following > 0 || lookingUp > 0)) void disable();
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
    async record(options) {
      const followed = await domain.followPauses(options);
      if (!followed.ok) return followed;
      recording += 1;
      let ended = false;
      const stop = async (): Promise<void> => {
        if (ended) return;
        ended = true;
        recording -= 1;
        await followed.value();
      };
      return { ok: true, value: stop };
    },
    activate: (active, options) => session.send('Debugger.setBreakpointsActive', { active }, options),
  };
  return domain;
}

function factsOf({
  url,
  sourceMapURL,
  startLine,
  startColumn,
  isModule,
  executionContextId,
  executionContextAuxData,
}: EventParameters<'Debugger.scriptParsed'>): ScriptFacts {
  return {
    url,
    sourceMapUrl: sourceMapURL || null,
    startLine,
    startColumn,
    isolated: executionContextAuxData?.type === 'isolated',
    isModule: isModule === true,
    context: executionContextId,
    frame: typeof executionContextAuxData?.frameId === 'string' ? executionContextAuxData.frameId : null,
  };
}

/** What a script makes without a module. V8 answers with whole lines, so a name that stands anywhere would bring much. */
const MAKES_PLACES = String.raw`new\s+WebAssembly\s*\.\s*(?:Table|Global)\b`;

/** Whether a script of the page makes tables or globals. Each is asked about once. */
async function searchScripts(
  session: ProtocolSession,
  scripts: ReadonlyMap<string, ScriptFacts>,
  makers: Map<string, boolean>,
  options: RequestOptions,
): Promise<Outcome<boolean>> {
  const unknown = [...scripts].filter(([id, facts]) => !makers.has(id) && facts !== UNTOLD && !facts.isolated);
  await Promise.all(
    unknown.map(async ([scriptId]) => {
      const asked = { scriptId, query: MAKES_PLACES, isRegex: true, caseSensitive: true };
      const found = await session.send('Debugger.searchInContent', asked, options);
      // A script may have been collected since it was reported.
      if (found.ok) makers.set(scriptId, found.value.result.length > 0);
    }),
  );
  return { ok: true, value: [...makers.values()].includes(true) };
}

/** Whether a module of WebAssembly may make objects. */
async function judgeModule(
  session: ProtocolSession,
  scriptId: string,
  length: number,
  options: RequestOptions,
): Promise<Outcome<boolean>> {
  if (length > MODULE_LIMIT) return { ok: true, value: true };
  const source = await session.send('Debugger.getScriptSource', { scriptId }, options);
  return source.ok ? { ok: true, value: mayMakeObjects(source.value.bytecode ?? '') } : source;
}
