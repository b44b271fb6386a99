/**
 * Records a program without pausing it, by breakpoints whose conditions never hold: they hand the variables of their frame to a
 * recorder in the page. Must leave nothing behind: the breakpoints end with the session, and the recorder deletes itself.
 */
import recorderSource from 'virtual:recorder';
import { defaultReadOptions, type ReadOptions } from '../snapshot/read-options.ts';
import type { MapDecoder } from '../source-maps/decoder.ts';
import { debuggerDomain } from '../transport/debugger-domain.ts';
import type { Failure, Outcome } from '../transport/outcome.ts';
import type { BreakLocation as PossibleBreakpoint } from '../transport/possible-breakpoints.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import { itself, type RecorderBudget, type RecorderOptions } from '../wire/recorder-exchange.ts';
import { say } from '../words/say.ts';
import { type ActiveRecording, AT_ONCE, BUSY, createActive, GROUP } from './active.ts';
import { analyze } from './analysis.ts';
import { createRecordingBuilder } from './builder.ts';
import { locationsIn, releaseUnrecorded } from './locations.ts';
import { type MappedScript, withOriginals } from './originals.ts';
import { type BreakLocation, conditionOf, type PlannedPlace, planOf, type RecordedFunction } from './plan.ts';
import type { RecordedScript } from './recording.ts';

/** A part of a script: all of it, or the function around a position. */
export interface RecordTarget {
  readonly scriptId: string;
  readonly url: string;
  /** Where the script begins in its file. */
  readonly startLine: number;
  readonly startColumn: number;
  readonly sourceMapUrl: string | null;
  /** Offsets in its text. Null: all of it. */
  readonly range: { readonly start: number; readonly end: number } | null;
}

export interface RecordRequest {
  readonly title: string;
  /** Scripts of one context. */
  readonly targets: readonly RecordTarget[];
  /** The context; null for the main one. */
  readonly context: number | null;
  readonly budget: RecorderBudget;
  readonly view: ReadOptions;
  /** Nothing is recorded before a click, a key press or another input. */
  readonly awaitsInput?: boolean;
  /** The page is loaded again, and recorded from its first line on. */
  readonly fromLoad?: boolean;
  /** Breakpoints act meanwhile, also if the user deactivated all of them. */
  readonly activates?: boolean;
  /** Reads source maps; without it names and lines are those of the scripts. */
  readonly decoder?: MapDecoder;
  /** Whether nothing of an original source is recorded, by its address. */
  isLibrary?(url: string): boolean;
}

/** 10,000 stops and 50 MB; ten seconds of the page. */
export const defaultBudget: RecorderBudget = { stops: 10_000, milliseconds: 10_000, characters: 40_000_000 };
/** What is read at each stop. */
export const recordedView: ReadOptions = {
  ...defaultReadOptions,
  slices: { begin: 60, middle: 0, end: 20 },
  objects: 1000,
  time: 50,
  text: 400,
  series: false,
  images: false,
};

/** Milliseconds after which a recorder that nobody asks ends. */
const LEASE = 15_000;
/** Milliseconds in which V8 sets a breakpoint, when many others are being set. */
const SETTING = { deadline: 60_000 };
/** Milliseconds in which a page that is loaded again has its first context. */
const LOADING = 20_000;
/** More places take V8 seconds to set. */
const MOST_PLACES = 20_000;

export async function startRecording(
  session: ProtocolSession,
  request: RecordRequest,
): Promise<Outcome<ActiveRecording>> {
  const domain = debuggerDomain(session);
  const enabled = await domain.record(AT_ONCE);
  if (!enabled.ok) return enabled;
  if (request.activates) await domain.activate(true, AT_ONCE);
  const finish = async (): Promise<void> => {
    if (request.activates) await domain.activate(false, AT_ONCE);
    await enabled.value();
  };
  const started = await start(session, request, finish);
  if (!started.ok) await finish();
  return started;
}

async function start(
  session: ProtocolSession,
  request: RecordRequest,
  finish: () => Promise<void>,
): Promise<Outcome<ActiveRecording>> {
  const planned = await planAll(session, request);
  if (!planned.ok) return planned;
  const plan = planned.value;
  const name = newName();
  const binding = newName();
  const options = optionsOf(name, plan, request);
  const armed = request.fromLoad
    ? await armFromLoad(session, name, plan, options)
    : await arm(session, name, plan, options, request.context);
  if (!armed.ok) return armed;
  const { handle, breakpoints } = armed.value;
  if (breakpoints.length === 0) {
    await session.send('Runtime.releaseObjectGroup', { objectGroup: GROUP }, AT_ONCE);
    return refused(say('record_noBreakpoint'));
  }
  const called = (functionDeclaration: string) =>
    session.send(
      'Runtime.callFunctionOn',
      { objectId: handle, functionDeclaration, returnByValue: true, silent: true },
      BUSY,
    );
  const context = armed.value.context ?? request.context;
  const bound = await session.send(
    'Runtime.addBinding',
    { name: binding, ...(context === null ? {} : { executionContextId: context }) },
    AT_ONCE,
  );
  if (bound.ok) await called(`function(){this.connect('${binding}')}`);
  const knows = await called('function(){return this.exact}');
  const builder = createRecordingBuilder({
    title: request.title,
    scripts: plan.scripts,
    functions: plan.functions,
    places: plan.places.map(({ place }) => place),
    exact: knows.ok && knows.value.result.value === true,
  });
  const left = plan.left + plan.places.length - breakpoints.length;
  return { ok: true, value: createActive(session, { name, handle, breakpoints, binding, builder, left, finish }) };
}

const newName = (): string => `__memoryGraph${crypto.randomUUID().replaceAll('-', '')}`;

const refused = (message: string): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { kind: 'thrown', message },
});

interface Planned {
  readonly functions: readonly RecordedFunction[];
  readonly places: readonly (PlannedPlace & { readonly target: RecordTarget })[];
  readonly scripts: readonly RecordedScript[];
  readonly left: number;
}

type Location = Pick<PossibleBreakpoint, 'scriptId' | 'lineNumber' | 'columnNumber'>;

const keyOf = (
  { scriptId }: Pick<Location, 'scriptId'>,
  { lineNumber, columnNumber = 0 }: Omit<Location, 'scriptId'>,
) => `${scriptId}:${lineNumber}:${columnNumber}`;

async function planAll(session: ProtocolSession, request: RecordRequest): Promise<Outcome<Planned>> {
  const mapped: MappedScript[] = [];
  const functions: RecordedFunction[] = [];
  const places: Planned['places'][number][] = [];
  const asked: ((isRecorded: (location: Location) => boolean) => Promise<void>)[] = [];
  let left = 0;
  for (const target of request.targets) {
    const { scriptId, url, startLine, startColumn, range, sourceMapUrl } = target;
    const text = await session.send('Debugger.getScriptSource', { scriptId }, AT_ONCE);
    // A script may be gone by now.
    const source = text.ok ? text.value.scriptSource : '';
    const analysis = analyze(source);
    if (!analysis) continue;
    const scriptText = { source, startLine, startColumn };
    const found = await locationsIn(session, scriptId, scriptText, analysis, range, AT_ONCE);
    if (!found.ok) continue;
    const locations = found.value.map(
      ({ lineNumber, columnNumber = 0, type }): BreakLocation => ({ lineNumber, columnNumber, type: type ?? null }),
    );
    asked.push((kept) => releaseUnrecorded(session, scriptText, analysis, found.value, kept, AT_ONCE));
    const planned = planOf({
      source,
      analysis,
      locations,
      range,
      startLine,
      startColumn,
      script: mapped.length,
      firstFunction: functions.length,
    });
    mapped.push({ script: { url, source, startLine }, sourceMapUrl });
    functions.push(...planned.functions);
    for (const place of planned.places) places.push({ ...place, target });
    left += planned.left;
  }
  const scripts = mapped.map(({ script }) => script);
  const { decoder, isLibrary = () => false } = request;
  const plan = decoder
    ? await withOriginals(session, decoder, { functions, places, scripts }, mapped, isLibrary)
    : { functions, places, scripts };
  const count = plan.places.length;
  const isPossible = count > 0 && count <= MOST_PLACES;
  const recorded = new Set(isPossible ? plan.places.map(({ target, location }) => keyOf(target, location)) : []);
  await Promise.all(asked.map((release) => release((location) => recorded.has(keyOf(location, location)))));
  if (count === 0) return refused(say('record_nothing'));
  if (!isPossible) return refused(say('record_tooMuch', { count }));
  return { ok: true, value: { ...plan, left } };
}

const optionsOf = (name: string, plan: Planned, request: RecordRequest): RecorderOptions => ({
  ...request.budget,
  name,
  view: request.view,
  functions: plan.places.map(({ place }) => place.function),
  kinds: plan.places.map(({ place }) => place.kind),
  labels: plan.functions.map(({ name }) => name),
  lease: LEASE,
  awaitsInput: request.awaitsInput ?? false,
  findable: request.fromLoad ?? false,
});

interface Armed {
  readonly handle: string;
  readonly breakpoints: readonly string[];
  readonly context: number | null;
}

const inContext = (context: number | null) => (context === null ? {} : { contextId: context });
const NO_RECORDER: Failure = { kind: 'rigged', what: 'Object.defineProperty or Map.prototype' };

/** Puts the recorder into the context, then sets the breakpoints. */
async function arm(
  session: ProtocolSession,
  name: string,
  { places }: Planned,
  options: RecorderOptions,
  context: number | null,
): Promise<Outcome<Armed>> {
  const types = session.inNode ? `,process.getBuiltinModule('util').types` : '';
  const made = await session.send(
    'Runtime.evaluate',
    {
      expression: `(${recorderSource})(globalThis,${JSON.stringify(options)}${types})`,
      objectGroup: GROUP,
      silent: true,
      ...inContext(context),
    },
    BUSY,
  );
  if (!made.ok) return made;
  const handle = made.value.result.objectId;
  if (handle === undefined) return { ok: false, failure: NO_RECORDER };
  const set = await Promise.all(
    places.map((planned, index) => {
      const { lineNumber, columnNumber } = planned.location;
      const location = { scriptId: planned.target.scriptId, lineNumber, columnNumber };
      return session.send(
        'Debugger.setBreakpoint',
        { location, condition: conditionOf(name, index, planned) },
        SETTING,
      );
    }),
  );
  const breakpoints = set.flatMap((one) => (one.ok ? [one.value.breakpointId] : []));
  return { ok: true, value: { handle, breakpoints, context } };
}

/** Has the recorder made in the next document, sets breakpoints by the scripts' addresses, and loads the page again. */
async function armFromLoad(
  session: ProtocolSession,
  name: string,
  { places }: Planned,
  options: RecorderOptions,
): Promise<Outcome<Armed>> {
  const source = `if(top===window)(${recorderSource})(globalThis,${JSON.stringify(options)})`;
  const added = await session.send('Page.addScriptToEvaluateOnNewDocument', { source }, AT_ONCE);
  if (!added.ok) return added;
  const breakpoints: string[] = [];
  const set = await Promise.all(
    places.map((planned, index) => {
      const { lineNumber, columnNumber } = planned.location;
      const { url } = planned.target;
      const condition = conditionOf(name, index, planned);
      return session.send('Debugger.setBreakpointByUrl', { url, lineNumber, columnNumber, condition }, SETTING);
    }),
  );
  for (const one of set) if (one.ok) breakpoints.push(one.value.breakpointId);
  const loaded = nextContext(session);
  const reloaded = await session.send('Page.reload', {}, AT_ONCE);
  const context = reloaded.ok ? await loaded : null;
  const { identifier } = added.value;
  await session.send('Page.removeScriptToEvaluateOnNewDocument', { identifier }, AT_ONCE);
  const found =
    context === null
      ? null
      : await session.send(
          'Runtime.evaluate',
          { expression: `${name}(${itself})`, objectGroup: GROUP, silent: true, contextId: context },
          { deadline: LOADING },
        );
  const handle = found?.ok ? found.value.result.objectId : undefined;
  if (handle !== undefined) return { ok: true, value: { handle, breakpoints, context } };
  for (const breakpointId of breakpoints) void session.send('Debugger.removeBreakpoint', { breakpointId }, AT_ONCE);
  if (!reloaded.ok) return reloaded;
  return found && !found.ok ? found : { ok: false, failure: context === null ? { kind: 'navigated' } : NO_RECORDER };
}

/** The main context of the next document. */
async function nextContext(session: ProtocolSession): Promise<number | null> {
  const tree = await session.send('Page.getFrameTree', undefined, AT_ONCE);
  const frame = tree.ok ? tree.value.frameTree.frame.id : '';
  return new Promise((resolve) => {
    const ends: (() => void)[] = [];
    const end = (context: number | null): void => {
      clearTimeout(timer);
      for (const one of ends) one();
      resolve(context);
    };
    const timer = setTimeout(() => end(null), LOADING);
    ends.push(
      session.on('Runtime.executionContextCreated', ({ context }) => {
        if (context.auxData?.isDefault === true && context.auxData.frameId === frame) end(context.id);
      }),
      session.onClosed(() => end(null)),
    );
  });
}
