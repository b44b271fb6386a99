/** Turns a pause into a request: the variables of each line of its stack. Pure. */
import type { FrameExtra, FrameRequest, RootRequest, ScopeRequest } from '../capture/capture.ts';
import { contextOf } from '../capture/debugger/remote-objects.ts';
import { say } from '../words/say.ts';
import type { Pause, PausedFrame, ProtocolScope, Receiver, ToldValue } from './pause.ts';
import { calledByBrowser, type StackGroup } from './stack-frames.ts';

export type StackRoot = Extract<RootRequest, { type: 'stack' }>;

/** Scopes whose variables are shown in the frame. Variables of scripts are shown once, outside of all functions. */
const ofFrames: ReadonlySet<ProtocolScope['type']> = new Set([
  'local',
  'block',
  'catch',
  'with',
  'eval',
  'closure',
  'module',
  'wasm-expression-stack',
]);

/** Pieces of code in a function; those of other functions are closed over. */
const pieces: ReadonlySet<ProtocolScope['type']> = new Set(['block', 'catch', 'with', 'eval']);

/** The number of variables of scripts up to which all are shown, whether a function uses them or not. */
const FEW_GLOBALS = 40;

/**
 * The request for these lines of the stack, in their order. The labels only distinguish the frames; naming.ts names them after
 * they were read.
 * @param globals Handle of an object with the variables that scripts declared with `var`, null for none. By default they are read of
 *   the frames' global objects. They and the variables of the script scope are read once, in the outermost line.
 * @param used The names that each frame's function uses; an empty list when they are not known. Only these are read of the scopes
 *   outside of the function. Null means that all are read.
 */
export function stackRequest(
  pause: Pause,
  groups: readonly StackGroup[],
  globals: string | null | undefined,
  used: readonly (readonly string[])[] | null = null,
): StackRoot {
  const shared = sharedScopes(pause.frames[0], globals, used);
  const innermost = pause.frames.length - 1;
  const frames = groups.map((group, line): FrameRequest => {
    const label = String(line);
    const frame = group.type === 'frame' ? pause.frames[group.index] : undefined;
    if (group.type === 'globals') return { label, scopes: shared, extras: [] };
    if (group.type !== 'frame' || !frame) return { label, scopes: [], extras: [] };
    const names = used?.[group.index] ?? null;
    const sources = createSources(pause, group.index);
    const scopes = [
      ...frameScopes(frame).map((scope) => scopeRequest(scope, frame, names, sources)),
      ...otherScripts(frame, pause, names),
    ];
    return {
      label,
      scopes: group.index === 0 && !calledByBrowser(pause) ? [...scopes, ...shared] : scopes,
      extras: extrasOf(frame, group.index === innermost ? pause : null),
    };
  });
  return { type: 'stack', label: 'Call stack', frames };
}

/** The scopes of a frame whose variables are read, innermost first. */
function frameScopes({ scopes, functionLocation }: PausedFrame): readonly ProtocolScope[] {
  const read = scopes.filter(({ type, object }) => ofFrames.has(type) && object.objectId !== undefined);
  if (functionLocation !== null) return read;
  // Code in `eval` can use the scopes of the frame that called it. That frame shows them.
  const evaluated = read.findIndex(({ type }) => type === 'eval');
  const foreign = read.findIndex((scope) => scope.type === 'closure' || isElsewhere(scope));
  const end = evaluated === -1 ? foreign : evaluated + 1;
  return end === -1 ? read : read.slice(0, end);
}

/** V8 searches the scopes of the calling frame in the text of `eval`, and does not find them there. */
const isElsewhere = (scope: ProtocolScope): boolean => scope.startLocation !== undefined && !isPlaced(scope);

/** Whether V8 says where the scope is: of blocks around a function it does not. */
function isPlaced({ startLocation: start, endLocation: end }: ProtocolScope): boolean {
  if (!start || !end || (start.columnNumber ?? 0) < 0 || (end.columnNumber ?? 0) < 0) return false;
  return start.lineNumber !== end.lineNumber || start.columnNumber !== end.columnNumber;
}

/** The pieces of source to which a scope may belong. */
type SourcesOf = (scope: ProtocolScope) => readonly string[];

function scopeRequest(
  scope: ProtocolScope,
  frame: PausedFrame,
  used: readonly string[] | null,
  sourcesOf: SourcesOf,
): ScopeRequest {
  const { type, object } = scope;
  const isWasm = type !== 'module' && isWasmFrame(frame);
  const own = isOwn(scope, frame);
  // For a function, a block around it is like any other code that it closes over.
  const kind = !own && pieces.has(type) ? 'closure' : type;
  const request = { kind, objectId: object.objectId ?? '', ...(isWasm ? ({ wrapped: true } as const) : {}) };
  return used === null ? request : { ...request, limit: { sources: sourcesOf(scope), own, whole: 0, used } };
}

/** Tells the pieces of source of the scopes of a frame, which frames of one stack have in common. */
function createSources({ frames }: Pause, index: number): SourcesOf {
  const frame = frames[index];
  let around: readonly string[] | null = null;
  return (scope) => {
    if (!frame) return [];
    const certain = sourceOf(scope, frame);
    if (isOwn(scope, frame)) return certain === null ? [] : [certain];
    const isCertain = certain !== null && frame.location.url !== '' && !pieces.has(scope.type);
    if (isCertain) return [certain];
    around ??= sourcesAround(frames, index);
    return [certain ?? `${frame.location.scriptId} ${scope.type}`, ...around];
  };
}

/**
 * The sources of the scopes of other frames in which a frame's function stands: V8 does not say where the blocks around a function
 * are, nor anything that is around the code of an `eval`.
 */
function sourcesAround(frames: readonly PausedFrame[], index: number): readonly string[] {
  const frame = frames[index];
  if (!frame) return [];
  const { scriptId } = frame.location;
  const sources = frames.flatMap((other) => {
    if (other === frame || other.location.scriptId !== scriptId) return [];
    return other.scopes.flatMap((scope) =>
      isOwn(scope, other) && contains(scope, frame.functionLocation) ? (sourceOf(scope, other) ?? []) : [],
    );
  });
  const evaluated = frames.findIndex(
    (other, at) => other.functionLocation === null && other.location.scriptId === scriptId && at <= index,
  );
  const caller = frames[evaluated - 1];
  if (!caller || caller.location.scriptId === scriptId) return sources;
  const beyond = caller.scopes.flatMap((scope) => sourceOf(scope, caller) ?? []);
  return [...sources, ...beyond, ...sourcesAround(frames, evaluated - 1)];
}

function contains(scope: ProtocolScope, place: PausedFrame['functionLocation']): boolean {
  const { startLocation: start, endLocation: end } = scope;
  if (!place || !start || !end || !isPlaced(scope)) return false;
  const isAfter =
    place.line > start.lineNumber || (place.line === start.lineNumber && place.column >= (start.columnNumber ?? 0));
  return (
    isAfter &&
    (place.line < end.lineNumber || (place.line === end.lineNumber && place.column < (end.columnNumber ?? 0)))
  );
}

/** The text of the scope's function, block or module; null when V8 does not say. */
function sourceOf(scope: ProtocolScope, { location }: PausedFrame): string | null {
  const { type, startLocation: start, endLocation: end } = scope;
  if (type === 'module') return `module ${location.scriptId}`;
  if (!start || !end || !isPlaced(scope)) return null;
  const { scriptId, lineNumber, columnNumber = 0 } = start;
  return `${scriptId} ${lineNumber}:${columnNumber} ${end.lineNumber}:${end.columnNumber ?? 0}`;
}

/** Only they have a stack of their own. */
const isWasmFrame = ({ scopes }: PausedFrame): boolean => scopes.some(({ type }) => type === 'wasm-expression-stack');

/** Whether it is a scope of the call itself. */
function isOwn(scope: ProtocolScope, frame: PausedFrame): boolean {
  const { type } = scope;
  if (type === 'closure') return false;
  if (type === 'module') return frame.functionLocation === null && !isWasmFrame(frame);
  if (!pieces.has(type) || frame.functionLocation === null) return true;
  // Those of the function stand before its parameters, those around it after them.
  const local = frame.scopes.findIndex((other) => other.type === 'local');
  return local === -1 || frame.scopes.indexOf(scope) < local;
}

/** How much is read of a scope of this source. */
type Limit = (source: string) => Pick<ScopeRequest, 'limit'>;

function sharedScopes(
  frame: PausedFrame | undefined,
  globals: string | null | undefined,
  used: readonly (readonly string[])[] | null,
): readonly ScopeRequest[] {
  const limit: Limit = (source) =>
    used === null
      ? {}
      : { limit: { sources: [source], own: false, whole: FEW_GLOBALS, used: [...new Set(used.flat())] } };
  if (globals === undefined) return ofScripts(frame, '', limit);
  const declared: ScopeRequest[] = globals === null ? [] : [{ kind: 'global', objectId: globals, ...limit('globals') }];
  return [...ofScripts(frame, '', limit).filter(({ kind }) => kind === 'script'), ...declared];
}

/** What the scripts of a frame's window declared. @param window Distinguishes it from others. */
function ofScripts(frame: PausedFrame | undefined, window: string, limit: Limit): readonly ScopeRequest[] {
  const script = handleOf(frame, 'script');
  const global = handleOf(frame, 'global');
  return [
    ...(script ? [{ kind: 'script', objectId: script, ...limit(`scripts ${window}`) } as const] : []),
    ...(global ? [{ kind: 'global', objectId: global, declared: true, ...limit(`globals ${window}`) } as const] : []),
  ];
}

/** The handle of a frame's scope of this kind, null for none. */
const handleOf = (frame: PausedFrame | undefined, kind: 'script' | 'global'): string | null =>
  frame?.scopes.find(({ type }) => type === kind)?.object.objectId ?? null;

/** What the scripts of another window declared, for a frame that runs there: of the outermost frame's they are shown once. */
function otherScripts(
  frame: PausedFrame,
  { frames: [outermost] }: Pause,
  used: readonly string[] | null,
): readonly ScopeRequest[] {
  const window = windowOf(frame);
  if (window === null || window === windowOf(outermost)) return [];
  return ofScripts(frame, String(window), (source) =>
    used === null ? {} : { limit: { sources: [source], own: false, whole: 0, used } },
  );
}

/** The execution context in which a frame runs. */
function windowOf(frame: PausedFrame | undefined): number | null {
  const objectId = handleOf(frame, 'script') ?? handleOf(frame, 'global');
  return objectId === null ? null : contextOf({ objectId });
}

const globalObjects: ReadonlySet<string> = new Set(['Window', 'global', 'DedicatedWorkerGlobalScope']);

/** `this` of the top level, of plain calls and of modules says nothing. */
const isTelling = (receiver: Receiver): boolean =>
  receiver.form !== 'value' ||
  (receiver.value.type !== 'undefined' && !globalObjects.has(receiver.value.className ?? ''));

/** @param pause The pause for the innermost frame, null for the others. */
function extrasOf(
  { receiver, returnValue, functionLocation }: PausedFrame,
  pause: Pause | null,
): FrameRequest['extras'] {
  const extras: FrameExtra[] = [];
  if (functionLocation !== null && isTelling(receiver))
    extras.push(receiver.form === 'value' ? valueExtra('this', receiver.value) : { name: 'this', ...receiver });
  // Only of the innermost frame: V8 gives it for the one that returns.
  if (pause && returnValue) extras.push(valueExtra(say('stack_returnValue'), returnValue));
  if (pause?.exception) extras.push(valueExtra('exception', pause.exception));
  return extras;
}

function valueExtra(name: string, value: ToldValue): FrameExtra {
  if (value.longText === undefined) return { name, form: 'value', value };
  return { name, form: 'unread', reason: say('stack_longText', { count: value.longText }) };
}
