/**
 * A stop of the page's code, as plain data: the calls that are under way, outermost first, and where each stands. Object
 * handles in it are good until the page goes on.
 */
import type { ScriptFacts } from '../capture/debugger-domain.ts';
import type { EventParameters } from '../capture/protocol.ts';
import type { Original } from '../source-maps/originals.ts';

type ProtocolPause = EventParameters<'Debugger.paused'>;
type ProtocolFrame = ProtocolPause['callFrames'][number];
export type ProtocolScope = ProtocolFrame['scopeChain'][number];
export type RemoteObject = ProtocolFrame['this'];

/** Lines and columns count from 0. */
export interface SourceLocation {
  readonly scriptId: string;
  /** Empty for a script without a name. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

export interface PausedFrame {
  /** Handle for evaluation in this frame, good until the page goes on. */
  readonly callFrameId: string;
  /** `add_one`, `BinTree.add`, `(top level)`, `(anonymous)`. */
  readonly name: string;
  readonly location: SourceLocation;
  /** Where its function begins, the same in every call of it; null at the top level. */
  readonly functionLocation: SourceLocation | null;
  /** A script of an extension beside the page's. */
  readonly isolated: boolean;
  /** What the script's source map says of the place; null where there is none, or none at hand. */
  readonly original: Original | null;
  /** As V8 gives them, innermost first. */
  readonly scopes: readonly ProtocolScope[];
  readonly receiver: RemoteObject;
  /** At a return: what it returns. */
  readonly returnValue: RemoteObject | null;
}

/** A call that is over, but scheduled what runs now. Its variables are gone. */
export interface AsyncFrame {
  readonly name: string;
  readonly location: SourceLocation;
  /** What scheduled it: `await`, `setTimeout`, …; on the innermost frame of each such piece, else null. */
  readonly cause: string | null;
}

export interface Pause {
  /** V8's word: `other`, `exception`, `promiseRejection`, `debugCommand`, `step`, `ambiguous`, … */
  readonly reason: string;
  /** The exception of a pause on exceptions. */
  readonly exception: RemoteObject | null;
  /** Outermost first. */
  readonly frames: readonly PausedFrame[];
  /** Outermost first; all of them are further out than `frames`. */
  readonly asyncFrames: readonly AsyncFrame[];
}

const topLevel = '(top level)';

export function readPause(event: ProtocolPause, scripts: ReadonlyMap<string, ScriptFacts>): Pause {
  const locate = ({ scriptId, lineNumber, columnNumber }: ProtocolFrame['location']): SourceLocation => ({
    scriptId,
    url: scripts.get(scriptId)?.url ?? '',
    line: lineNumber,
    column: columnNumber ?? 0,
  });
  const frames = event.callFrames.map((frame): PausedFrame => {
    const location = locate(frame.location);
    // V8 gives none of the variables of a class's static block, which is a call all the same.
    const outermost = frame.functionName === '' && !frame.scopeChain.some(({ type }) => type === 'local');
    return {
      callFrameId: frame.callFrameId,
      name: frame.functionName || (outermost ? topLevel : '(anonymous)'),
      location,
      functionLocation: frame.functionLocation && !outermost ? locate(frame.functionLocation) : null,
      isolated: scripts.get(location.scriptId)?.isolated ?? false,
      original: null,
      scopes: frame.scopeChain,
      receiver: frame.this,
      returnValue: frame.returnValue ?? null,
    };
  });
  const asyncFrames: AsyncFrame[] = [];
  for (let trace = event.asyncStackTrace; trace; trace = trace.parent) {
    for (const [index, frame] of trace.callFrames.entries()) {
      const { scriptId, url, lineNumber, columnNumber } = frame;
      asyncFrames.push({
        name: frame.functionName || '(anonymous)',
        location: { scriptId, url, line: lineNumber, column: columnNumber },
        cause: index === 0 ? (trace.description ?? 'async') : null,
      });
    }
  }
  const thrown = event.reason === 'exception' || event.reason === 'promiseRejection';
  return {
    reason: event.reason,
    exception: thrown ? remoteObject(event.data) : null,
    frames: frames.reverse(),
    asyncFrames: asyncFrames.reverse(),
  };
}

/** The event's `data` is a remote object at exceptions, and untyped in the protocol's own description. */
function remoteObject(data: unknown): RemoteObject | null {
  if (typeof data !== 'object' || data === null) return null;
  const type: unknown = Reflect.get(data, 'type');
  return isRemoteObject(data, type) ? data : null;
}

function isRemoteObject(data: object, type: unknown): data is RemoteObject {
  return typeof type === 'string' && (!('objectId' in data) || typeof data.objectId === 'string');
}
