/**
 * From a pause to what is to be read of it: which frames stand in the picture, in which order, under which labels, with
 * which variables. Pure.
 */
import type { FrameRequest, RootRequest, ScopeRequest } from '../capture/capture.ts';
import type { Pause, PausedFrame, ProtocolScope, SourceLocation } from './pause.ts';

export interface StackOptions {
  /** Also frames of scripts that the person did not write. */
  readonly libraries: boolean;
  /** Also the calls that are over but scheduled what runs. */
  readonly asynchronous: boolean;
  /** How many frames are read at most, 100 unless given: of more, those in the middle are left out. */
  readonly frames?: number;
}

/** A line of the stack, as the picture and the list of frames show it. */
export interface StackLine {
  readonly label: string;
  /** Null for lines that stand for several frames. */
  readonly location: SourceLocation | null;
  /** Handle for evaluation, good until the page goes on; null where the variables are not to be had. */
  readonly callFrameId: string | null;
  /** Its variables that have another name in the source that a person wrote, by their names in the page. */
  readonly variables: ReadonlyMap<string, string>;
}

export interface StackRequest {
  readonly root: Extract<RootRequest, { type: 'stack' }>;
  /** One for each frame of `root`, in the same order. */
  readonly lines: readonly StackLine[];
}

/** More frames than this are not read: a thousand boxes side by side show nothing. */
const FRAME_LIMIT = 100;
/** Of too many, how many of the outermost stay; the rest of the room goes to the innermost, where the page stands. */
const OUTERMOST_KEPT = 10;

const own: ReadonlySet<ProtocolScope['type']> = new Set([
  'local',
  'block',
  'catch',
  'with',
  'eval',
  'closure',
  'module',
]);

const none: ReadonlyMap<string, string> = new Map();

interface Entry extends StackLine {
  readonly scopes: readonly ScopeRequest[];
  readonly extras: FrameRequest['extras'];
}

/**
 * @param globals Handle of an object with the variables that scripts declared with `var`, null for none. They and the
 *   variables of the script scope stand once, in the outermost frame.
 * @param isLibrary Says of a frame whether the person did not write its code: such are folded.
 */
export function stackRequest(
  pause: Pause,
  globals: string | null,
  { libraries, asynchronous, frames = FRAME_LIMIT }: StackOptions,
  isLibrary: (frame: PausedFrame) => boolean = () => false,
): StackRequest {
  const entries: Entry[] = [];
  const add = (label: string, rest: Partial<Entry> = {}): void => {
    entries.push({ label, location: null, callFrameId: null, variables: none, scopes: [], extras: [], ...rest });
  };

  const [outermost] = pause.frames;
  const shared = sharedScopes(outermost, globals);
  // A handler is called by the browser: what the scripts declared is then nobody's frame, and stands outside of all.
  const calledFromOutside = outermost?.functionLocation != null;
  if (calledFromOutside) add('0: (top level)', { scopes: shared });
  if (asynchronous) {
    for (const { name, location, cause } of pause.asyncFrames)
      add(`${cause === null ? '' : `${cause} ⟵ `}${name}`, { location });
  }
  const shift = calledFromOutside ? 1 : 0;
  /** Modules whose variables stand already: once, in the outermost frame of each. */
  const modules = new Set<string>();
  const innermost = pause.frames.length - 1;
  const isFolded = (index: number): boolean => {
    const frame = pause.frames[index];
    return frame !== undefined && isLibrary(frame);
  };
  for (let index = 0; index < pause.frames.length; index++) {
    const frame = pause.frames[index];
    if (!frame) break;
    let folded = index;
    // The frame where the page stands is shown wherever it is: stepping into a library must not look like standing still.
    while (!libraries && folded < innermost && isFolded(folded)) folded++;
    if (folded > index) {
      add(`${span(index + shift, folded - 1 + shift)}: library`, { location: frame.location });
      index = folded - 1;
      continue;
    }
    const { scriptId } = frame.location;
    const scopes = frame.scopes.filter(({ type }) => type !== 'module' || !modules.has(scriptId)).flatMap(ownScope);
    modules.add(scriptId);
    add(`${index + shift}: ${frame.name}`, {
      location: frame.location,
      callFrameId: frame.callFrameId,
      variables: frame.original?.variables ?? none,
      scopes: index === 0 && !calledFromOutside ? [...scopes, ...shared] : scopes,
      extras: extrasOf(frame, index === innermost ? pause : null),
    });
  }
  const shown = capped(entries, frames);
  return {
    root: {
      type: 'stack',
      label: 'Call stack',
      frames: shown.map(({ label, scopes, extras }) => ({ label, scopes, extras })),
    },
    lines: shown.map(({ label, location, callFrameId, variables }) => ({ label, location, callFrameId, variables })),
  };
}

const span = (from: number, to: number): string => (from === to ? String(from) : `${from}–${to}`);

function ownScope({ type, object }: ProtocolScope): readonly ScopeRequest[] {
  return own.has(type) && object.objectId ? [{ kind: type, objectId: object.objectId }] : [];
}

function sharedScopes(frame: PausedFrame | undefined, globals: string | null): readonly ScopeRequest[] {
  const script = frame?.scopes.find(({ type }) => type === 'script')?.object.objectId;
  return [
    ...(script ? [{ kind: 'script', objectId: script } as const] : []),
    ...(globals ? [{ kind: 'global', objectId: globals } as const] : []),
  ];
}

/** @param pause The pause for the innermost frame, null for the others. */
function extrasOf(
  { receiver, returnValue, functionLocation }: PausedFrame,
  pause: Pause | null,
): FrameRequest['extras'] {
  const extras: { readonly name: string; readonly value: PausedFrame['receiver'] }[] = [];
  // `this` of the top level, of plain calls and of modules says nothing.
  const telling = functionLocation !== null && receiver.type !== 'undefined' && receiver.className !== 'Window';
  if (telling && receiver.className !== 'global' && receiver.className !== 'DedicatedWorkerGlobalScope')
    extras.push({ name: 'this', value: receiver });
  // Only where the page stands: V8 tells it of the frame that returns.
  if (pause && returnValue) extras.push({ name: 'return value', value: returnValue });
  if (pause?.exception) extras.push({ name: 'exception', value: pause.exception });
  return extras;
}

function capped(entries: readonly Entry[], limit: number): readonly Entry[] {
  if (entries.length <= limit) return entries;
  const left = entries.length - limit;
  return [
    ...entries.slice(0, OUTERMOST_KEPT),
    { label: `… ${left} more`, location: null, callFrameId: null, variables: none, scopes: [], extras: [] },
    ...entries.slice(OUTERMOST_KEPT + left),
  ];
}
