/**
 * Tells which calls an earlier pause already had. V8 gives calls no identity: after the page ran on, the next call of a function looks
 * like the one before. Between pauses with nothing but a step it is known, because V8 stops wherever a call that it steps in ends. Must
 * never count two calls as one: what is not known is a call of its own.
 */
import type { ObjectId } from '../snapshot/snapshot.ts';
import { FIRST_FRAME } from './naming.ts';
import { functionOf, type Pause, type PausedFrame } from './pause.ts';
import { calledByBrowser, type StackGroup } from './stack-frames.ts';

export interface Calls {
  /** The pause with the numbers of its calls, at once where nothing has to be asked. Must be called for every pause, in their order. */
  numbered(pause: Pause): Promise<Pause> | Pause;
  /** Forgets all: the page navigated. */
  clear(): void;
}

let last = 0;

/**
 * @param isAtEntry Whether the frame is where its function begins, and has not gone back there in a loop.
 * @param mayWait Whether the statement in which the frame is has an `await` or `yield`.
 */
export function createCalls(
  isAtEntry: (frame: PausedFrame) => Promise<boolean>,
  mayWait: (frame: PausedFrame) => Promise<boolean>,
): Calls {
  /** The code outside of functions runs once for each script, so it is the same call whenever it is seen. */
  const scripts = new Map<string, number>();
  /**
   * By function, where a step may have begun that is still under way, because another pause came in between: over an `await`. It ends
   * in its own call, whatever has paused since.
   */
  const interrupted = new Map<string, PausedFrame>();
  let before: Promise<Pause> | Pause | null = null;

  function callOf(frame: PausedFrame): number {
    if (!runsOnce(frame)) return ++last;
    const { scriptId } = frame.location;
    const known = scripts.get(scriptId) ?? ++last;
    scripts.set(scriptId, known);
    return known;
  }

  const withCalls = (pause: Pause, earlier: Pause | null, kept: readonly number[]): Pause => ({
    ...pause,
    calls: pause.frames.map((frame, index) => {
      const same = kept[index];
      return (same === undefined ? undefined : earlier?.calls[same]) ?? callOf(frame);
    }),
  });

  function follow(earlier: Pause | null, now: Pause): Promise<Pause> | Pause {
    if (earlier && now.reason !== 'step') for (const frame of earlier.frames) interrupted.set(functionOf(frame), frame);
    const kept = earlier && now.reason === 'step' ? afterStep(earlier, now) : null;
    const innermost = now.frames.at(-1);
    if (kept === null || !innermost) return withCalls(now, null, []);
    const older = now.frames.length === 1 ? interrupted.get(functionOf(innermost)) : undefined;
    if (!older) return checked(earlier, now, kept, innermost);
    return mayWait(older).then((mayEnd) => {
      if (!mayEnd) return checked(earlier, now, kept, innermost);
      interrupted.delete(functionOf(innermost));
      return withCalls(now, null, []);
    });
  }

  function checked(
    earlier: Pause | null,
    now: Pause,
    kept: readonly number[],
    innermost: PausedFrame,
  ): Promise<Pause> | Pause {
    if (now.frames.length > kept.length) return withCalls(now, earlier, kept);
    // A step can end in another task, at the beginning of a call.
    return isAtEntry(innermost).then((isNew) => withCalls(now, isNew ? null : earlier, isNew ? [] : kept));
  }

  return {
    numbered(pause) {
      const next: Promise<Pause> | Pause =
        before instanceof Promise ? before.then((earlier) => follow(earlier, pause)) : follow(before, pause);
      before = next;
      return next;
    },
    clear() {
      before = null;
      scripts.clear();
      interrupted.clear();
    },
  };
}

/** Code of `eval` and of strings that are run can be the same script each time. */
const runsOnce = ({ functionLocation, location: { url }, scopes }: PausedFrame): boolean =>
  functionLocation === null &&
  url !== '' &&
  !url.startsWith('wasm://') &&
  !scopes.some(({ type }) => type === 'eval' || type === 'closure');

/**
 * For the outermost frames of a pause after a step, the indices of the same calls in the pause before it; the frames after those are
 * new. Null when that is not known. Whether the innermost of them has just begun must be found out besides.
 */
function afterStep(before: Pause, now: Pause): readonly number[] | null {
  const [inner, left] = [now.frames.at(-1), before.frames.at(-1)];
  if (!inner || !left) return null;
  const [length, lengthBefore] = [now.frames.length, before.frames.length];
  const returns = left.returnValue !== null;
  const same = sameFrames(before, now);
  const first = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
  if (length > lengthBefore) return !returns && same === lengthBefore ? first(lengthBefore) : null;
  const goesOn = !returns && functionOf(inner) === functionOf(left);
  if (length === 1 && goesOn && isAwaitedByItself(before, left)) return null;
  if (same === length) {
    // The innermost call goes on, or it ended and its caller goes on.
    if (length === lengthBefore) return returns ? null : first(length);
    return length === 1 && goesOn ? null : first(length);
  }
  // After an `await` a function goes on without its callers.
  return length === 1 && goesOn ? [lengthBefore - 1] : null;
}

/** The number of outermost frames that can be the same calls. Those that wait for another call stand where they stood. */
function sameFrames(before: Pause, now: Pause): number {
  const most = Math.min(before.frames.length, now.frames.length);
  for (let index = 0; index < most; index += 1) {
    const [one, other] = [before.frames[index], now.frames[index]];
    if (!one || !other || functionOf(one) !== functionOf(other)) return index;
    const waits = index < most - 1;
    if (waits && (one.location.line !== other.location.line || one.location.column !== other.location.column))
      return index;
  }
  return most;
}

/** Whether a call of the function may wait for this one, so that a step out of this one ends in it. */
function isAwaitedByItself({ frames, asyncFrames }: Pause, frame: PausedFrame): boolean {
  const name = functionOf(frame);
  return (
    frames.filter((other) => functionOf(other) === name).length > 1 ||
    asyncFrames.some(({ name, location }) => location.scriptId === frame.location.scriptId && name === frame.name)
  );
}

/** A stack that was read. */
interface ReadStack {
  readonly pause: Pause;
  readonly groups: readonly StackGroup[];
}

/** What is known of the frames of two pauses, by the identities of their variables. Those that are in none of these have no counterpart. */
export interface ComparedCalls {
  /** The frame of the shown pause for each frame of the other one that is the same call. */
  readonly same: ReadonlyMap<ObjectId, ObjectId>;
  /** Frames that the other pause has where they are not drawn, or may have. */
  readonly unknown: { readonly shown: ReadonlySet<ObjectId>; readonly other: ReadonlySet<ObjectId> };
  /** The number of shown frames of which it is not known whether the other pause has them. */
  readonly doubtful: number;
}

export function compareCalls(other: ReadStack, shown: ReadStack): ComparedCalls {
  const [others, own] = [linesByCall(other), linesByCall(shown)];
  const same = new Map<ObjectId, ObjectId>();
  for (const [call, id] of others) {
    const found = own.get(call);
    if (id !== null && found != null) same.set(id, found);
  }
  const doubts = doubtful(shown, own, other, others);
  const outermost = calledByBrowser(other.pause) === calledByBrowser(shown.pause) ? [] : [FIRST_FRAME];
  return {
    same,
    unknown: {
      shown: new Set([...ofSeveral(shown), ...outermost, ...doubts, ...folded(own, others)]),
      other: new Set([
        ...ofSeveral(other),
        ...outermost,
        ...doubtful(other, others, shown, own),
        ...folded(others, own),
      ]),
    },
    doubtful: doubts.length,
  };
}

/** The line of each call that has one of its own. */
function linesByCall({ pause: { calls }, groups }: ReadStack): ReadonlyMap<number, ObjectId | null> {
  const lines = new Map<number, ObjectId | null>(calls.map((call) => [call, null]));
  groups.forEach((group, line) => {
    const call = group.type === 'frame' ? calls[group.index] : group.type === 'globals' ? GLOBALS : undefined;
    if (call !== undefined) lines.set(call, FIRST_FRAME - line);
  });
  return lines;
}

/** What scripts declared, in a line of its own: like a call, but that the outermost frame may have it in the other pause. */
const GLOBALS = 0;

/** Lines of several calls, or of calls that have ended. */
const ofSeveral = ({ groups }: ReadStack): readonly ObjectId[] =>
  groups.flatMap(({ type }, line) => (type === 'frame' || type === 'globals' ? [] : [FIRST_FRAME - line]));

type Lines = ReadonlyMap<number, ObjectId | null>;

/** Calls that the others have in a line of several. */
const folded = (own: Lines, others: Lines): readonly ObjectId[] =>
  [...own].flatMap(([call, id]) => (id !== null && others.get(call) === null ? [id] : []));

/** Calls that only one pause has, when the other one has such calls of the same function. Calls of different functions are different. */
function doubtful(stack: ReadStack, own: Lines, otherStack: ReadStack, others: Lines): readonly ObjectId[] {
  const functions = new Set(unmatched(otherStack, own).map(([, name]) => name));
  return unmatched(stack, others).flatMap(([call, name]) => {
    const id = own.get(call);
    return id != null && functions.has(name) ? [id] : [];
  });
}

function unmatched({ pause: { calls, frames } }: ReadStack, others: Lines): readonly (readonly [number, string])[] {
  return frames.flatMap((frame, index) => {
    const call = calls[index];
    return call === undefined || others.has(call) ? [] : [[call, functionOf(frame)] as const];
  });
}
