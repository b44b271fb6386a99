/**
 * A pause as plain data: the call frames, outermost first, with their locations. Its object handles are valid until the page goes
 * on.
 */

import type { Original } from '../source-maps/originals.ts';
import type { ScriptFacts } from '../transport/debugger-domain.ts';
import type { EventParameters } from '../transport/protocol.ts';
import { say } from '../words/say.ts';
import { readableName } from './readable-names.ts';

type ProtocolPause = EventParameters<'Debugger.paused'>;
type ProtocolFrame = ProtocolPause['callFrames'][number];
export type ProtocolScope = ProtocolFrame['scopeChain'][number];
export type RemoteObject = ProtocolFrame['this'];

/** A value that V8 tells with the pause. */
export type ToldValue = RemoteObject & {
  /** The length of a text of which only the beginning is kept here, because it would have to be sent back to the page whole. */
  readonly longText?: number;
};

/** Lines and columns count from 0. */
export interface SourceLocation {
  readonly scriptId: string;
  /** Empty for a script without a name. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** What `this` is in a frame. */
export type Receiver =
  | { readonly form: 'value'; readonly value: ToldValue }
  /** The only element of the list with this handle. */
  | { readonly form: 'boxed'; readonly objectId: string }
  /** Before `super()` there is none. */
  | { readonly form: 'notYet' };

/** A position in words: the line, counted from 1 as in editors, or the byte of a WebAssembly module, as DevTools has it. */
export const positionWords = ({ url, line, column }: SourceLocation): string =>
  url.startsWith('wasm://') ? `0x${column.toString(16)}` : String(line + 1);

export interface PausedFrame {
  /** Handle for evaluation in this frame, valid until the page goes on. */
  readonly callFrameId: string;
  /** `add_one`, `BinTree.add`, `(top level)`, `(anonymous)`. */
  readonly name: string;
  readonly location: SourceLocation;
  /** The start of its function, the same for every call; null at the top level. */
  readonly functionLocation: SourceLocation | null;
  /** The frame belongs to a script of an extension. */
  readonly isolated: boolean;
  /** What the script's source map says about the location; null where there is no map, or it is not loaded. */
  readonly original: Original | null;
  /** In V8's order, innermost first. */
  readonly scopes: readonly ProtocolScope[];
  readonly receiver: Receiver;
  /** The value that is returned, at a return. */
  readonly returnValue: ToldValue | null;
}

/** A call that has ended, but scheduled the running code. Its variables are gone. */
export interface AsyncFrame {
  readonly name: string;
  readonly location: SourceLocation;
  /** What scheduled the code: `await`, `setTimeout`, …; on the innermost frame of each part of the stack, else null. */
  readonly cause: string | null;
}

export interface Pause {
  /** The protocol's reason: `other`, `exception`, `promiseRejection`, `debugCommand`, `step`, `ambiguous`, … */
  readonly reason: string;
  /** The exception of a pause on exceptions. */
  readonly exception: ToldValue | null;
  /** Outermost first. */
  readonly frames: readonly PausedFrame[];
  /** The number of each frame's call: the same number in another pause means the same call (calls.ts). */
  readonly calls: readonly number[];
  /** Outermost first; all of them are further out than `frames`. */
  readonly asyncFrames: readonly AsyncFrame[];
}

/** Where a frame's function begins, or the script whose code it runs outside of functions. */
export function functionOf({ functionLocation: at, location, name }: PausedFrame): string {
  return at ? `${at.scriptId}:${at.line}:${at.column}` : `${location.scriptId} ${name}`;
}

export const ANONYMOUS = say('frame_anonymous');

/**
 * Code outside of functions. That of `eval` has a scope, or sees variables of functions, or sees those of scripts without being a script
 * that has them. Where nothing tells it from a script that was inserted, it is named as one.
 */
function outerName({ scopeChain }: ProtocolFrame): string {
  const isEvaluated = scopeChain.some(
    ({ type, startLocation }) =>
      type === 'eval' || type === 'closure' || (type === 'script' && startLocation === undefined),
  );
  return isEvaluated ? say('frame_eval') : say('frame_outer');
}

export function readPause(event: ProtocolPause, scripts: ReadonlyMap<string, ScriptFacts>): Pause {
  const locate = ({ scriptId, lineNumber, columnNumber }: ProtocolFrame['location']): SourceLocation => ({
    scriptId,
    url: scripts.get(scriptId)?.url ?? '',
    line: lineNumber,
    column: columnNumber ?? 0,
  });
  const frames = event.callFrames.map((frame): PausedFrame => {
    const location = locate(frame.location);
    // A class's static block is a call, although V8 reports none of its variables.
    const outermost = frame.functionName === '' && !frame.scopeChain.some(({ type }) => type === 'local');
    return {
      callFrameId: frame.callFrameId,
      name: readableName(frame.functionName) || (outermost ? outerName(frame) : ANONYMOUS),
      location,
      functionLocation: frame.functionLocation && !outermost ? locate(frame.functionLocation) : null,
      isolated: scripts.get(location.scriptId)?.isolated ?? false,
      original: null,
      scopes: frame.scopeChain,
      receiver: { form: 'value', value: told(frame.this) },
      returnValue: frame.returnValue ? told(frame.returnValue) : null,
    };
  });
  const asyncFrames: AsyncFrame[] = [];
  for (let trace = event.asyncStackTrace; trace; trace = trace.parent) {
    for (const [index, frame] of trace.callFrames.entries()) {
      const { scriptId, url, lineNumber, columnNumber } = frame;
      asyncFrames.push({
        name: readableName(frame.functionName) || ANONYMOUS,
        location: { scriptId, url, line: lineNumber, column: columnNumber },
        cause: index === 0 ? (trace.description ?? 'async') : null,
      });
    }
  }
  const thrown = event.reason === 'exception' || event.reason === 'promiseRejection';
  return {
    reason: event.reason,
    exception: thrown ? exceptionOf(event.data) : null,
    frames: frames.reverse(),
    calls: [],
    asyncFrames: asyncFrames.reverse(),
  };
}

const LONGEST_THROWN = 100;

/** What was thrown, in words: an error's first line, `threw "text"`, `threw null`. */
export function thrownWords({ type, subtype, value, description, unserializableValue }: RemoteObject): string {
  if (type === 'string') {
    const text = String(value);
    const shown = text.length > LONGEST_THROWN ? `${text.slice(0, LONGEST_THROWN)}…` : text;
    return say('thrown_value', { value: JSON.stringify(shown) });
  }
  // chrome.debugger drops members that are null.
  if (subtype === 'null' || type === 'undefined') return say('thrown_value', { value: subtype ?? type });
  if (type === 'object' || type === 'function')
    return description?.split('\n', 1)[0] ?? say('thrown_value', { value: type });
  return say('thrown_value', { value: description ?? unserializableValue ?? String(value) });
}

/** Characters. A quarter of a gigabyte of them takes V8 half a minute to tell. */
const LONGEST_TEXT = 1_000_000;
/** More than is shown of them. */
const KEPT_OF_TEXT = 200;

function told(value: RemoteObject): ToldValue {
  const { type, value: text } = value;
  if (type !== 'string' || typeof text !== 'string' || text.length <= LONGEST_TEXT) return value;
  // Of a mere slice V8 would keep the whole text.
  return { type, value: [...text.slice(0, KEPT_OF_TEXT)].join(''), longText: text.length };
}

function exceptionOf(data: unknown): ToldValue | null {
  const value = remoteObject(data);
  return value && told(value);
}

/** At exceptions, the event's `data` is a remote object. The protocol's definition leaves it untyped. */
function remoteObject(data: unknown): RemoteObject | null {
  if (typeof data !== 'object' || data === null) return null;
  const type: unknown = Reflect.get(data, 'type');
  return isRemoteObject(data, type) ? data : null;
}

function isRemoteObject(data: object, type: unknown): data is RemoteObject {
  return typeof type === 'string' && (!('objectId' in data) || typeof data.objectId === 'string');
}
