/** Turns a pause into a question (its frames and watches), and names what was read. */
import { HAS_SIDE_EFFECTS, type RootRequest } from '../../src/capture/capture.ts';
import type { StandingHeap } from '../../src/pause/follow-heaps.ts';
import { named, stackLines } from '../../src/pause/naming.ts';
import { type OriginalNames, type PauseOriginals, withOriginals } from '../../src/pause/original-names.ts';
import type { Pause, PausedFrame } from '../../src/pause/pause.ts';
import { type StackGroup, type StackOptions, stackGroups } from '../../src/pause/stack-frames.ts';
import { stackRequest } from '../../src/pause/stack-request.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { sentence } from '../../src/transport/failure.ts';
import type { Failure } from '../../src/transport/outcome.ts';
import { say } from '../../src/words/say.ts';
import { errorMessage, type Message } from '../reading/messages.ts';
import type { Question } from '../reading/reading.ts';
import type { PauseEntry, Watch } from './stack-state.ts';

export const SUBJECT = say('subject_pause');

/** A paused target, and its state in the view. */
export interface PausedTarget {
  readonly paused: StandingHeap;
  /** When it paused, as `performance.now()`. */
  readonly since: number;
  /** The number of its entry in the history; null before it is drawn. */
  entry: number | null;
  /** Index of the line that the user chose; null for the innermost. */
  chosen: number | null;
  /** How often it was read again because the page had not answered in time. */
  again: number;
  /** It could not be drawn, not even its frames alone. */
  undrawn: boolean;
}

export interface PauseOptions {
  readonly options: StackOptions;
  readonly watches: readonly Watch[];
  /** A watch with side effects that the user wants to evaluate once. */
  readonly run: string | null;
  readonly isLibrary: (frame: PausedFrame) => boolean;
}

/** With more frames than this the stack is nearly full, if V8 itself fails. */
const DEEP = 100;

/** What is known about a pause after it was read. */
export interface PauseDetails extends Pick<PauseEntry, 'lines' | 'chosen' | 'where' | 'source' | 'read'> {
  /** When it paused, or when it was asked to be read again, as `performance.now()`. */
  readonly began: number;
  /** The watches that were evaluated, by expression. */
  readonly outcomes: ReadonlyMap<string, Watch>;
  /** What was known of its source maps. */
  readonly maps: ReturnType<OriginalNames['progress']>;
}

/** Milliseconds from a pause for which its picture waits for source maps, so that no names are drawn that are replaced at once. */
const MAP_PATIENCE = 1000;
/** Milliseconds for what the maps say that are there: the worker that knows it may be busy with another map. */
const LOOK_PATIENCE = 1000;

/**
 * @param onRead Called before the pause is drawn, with what is known about it.
 * @param unread Says why only the frames were read; null when their variables were.
 */
export async function pauseQuestion(
  { paused, since, entry, ...target }: PausedTarget,
  { options, watches, run, isLibrary }: PauseOptions,
  onRead: (details: PauseDetails) => void,
  unread: () => string | null,
): Promise<Question> {
  const { pause, follower } = paused;
  const began = entry === null ? since : performance.now();
  await inTime(follower.originals.load(pause), since + MAP_PATIENCE - performance.now());
  const maps = follower.originals.progress(pause);
  const originals = (await inTime(follower.originals.known(pause), LOOK_PATIENCE)) ?? unnamed(pause);
  const groups = stackGroups(withOriginals(pause, originals), options, isLibrary);
  const shown = new Set(groups.flatMap(framesOf));
  const isShown = (index: number): boolean => shown.has(index);
  const qualifying = follower.qualified(pause, isShown);
  const used = await follower.usedNames(pause, isShown);
  const root = stackRequest(pause, groups, undefined, used);
  const chosen = target.chosen ?? groups.length - 1;
  const frame = stackLines(pause, groups)[chosen]?.callFrameId ?? null;
  const reading = lineOf(paused, originals);
  return {
    subject: SUBJECT,
    roots: [root, ...watchRoots(watches, frame, run)],
    since: began,
    async finish(captured) {
      const [qualified, source] = await Promise.all([qualifying, reading]);
      const { snapshot, outcomes } = afterWatches(captured);
      const final = withOriginals(qualified, originals);
      const lines = stackLines(final, groups);
      const where = final.frames.at(-1)?.location ?? null;
      const read = { snapshot, pause: qualified, root, groups };
      onRead({ lines, chosen, where, source, read, began, outcomes, maps });
      const reason = unread();
      const pending: Message | null = maps.loads ? { kind: 'other', text: say('stack_mapsPending') } : null;
      return { snapshot: named(snapshot, lines), message: reason === null ? pending : errorMessage(reason) };
    },
  };
}

/** The frames that a line names. */
function framesOf(group: StackGroup): readonly number[] {
  switch (group.type) {
    case 'frame':
      return [group.index];
    case 'recursion':
      return group.functions;
    default:
      return [];
  }
}

/** What the work comes to; null when the time is over before. */
async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), Math.max(0, milliseconds));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const unnamed = ({ frames, asyncFrames }: Pause): PauseOriginals => ({
  frames: frames.map(() => null),
  asyncFrames: asyncFrames.map(() => null),
});

/** What stands in for a pause that is being read: the names of its frames, innermost last. */
export const frameNames = ({ pause }: StandingHeap, { options, isLibrary }: PauseOptions): readonly string[] =>
  stackLines(pause, stackGroups(pause, options, isLibrary)).map(({ label }) => label);

/** Why nothing may be read at this pause; null when it may. */
export const refusalAt = ({ pause }: StandingHeap): string | null =>
  pause.reason === 'OOM' ? say('stack_outOfMemory') : null;

/** Why only the frames of a pause were read, in words. */
export function framesOnlyWords(failure: Failure, { frames }: Pause): string {
  const overflows = failure.kind === 'thrown' && /call stack size|too much recursion/.test(failure.message);
  // Without stack V8 cannot even say so, least of all before the page has an agent.
  const isUnsaid = failure.kind === 'refused' || (failure.kind === 'thrown' && failure.message === 'Internal error');
  if (overflows || (isUnsaid && frames.length > DEEP)) return say('stack_littleStack');
  return say('stack_framesOnly', { reason: sentence(failure) });
}

/** The original text of the paused line; null when it is not available. */
async function lineOf({ pause, follower }: StandingHeap, { frames }: PauseOriginals): Promise<string | null> {
  const original = frames.at(-1);
  if (original) return original.text?.trim() ?? null;
  const where = pause.frames.at(-1)?.location;
  return where ? follower.sourceLine(where) : null;
}

/** The lines of a pause with the names that are known now. `origin` is the paused heap that knows them. */
export async function namesOf(
  { read, lines, where, source }: PauseEntry,
  origin: StandingHeap | undefined,
): Promise<Pick<PauseEntry, 'lines' | 'where' | 'source'>> {
  const originals = await origin?.follower.originals.known(read.pause);
  // A new map may list other libraries, but the stack stays folded as it was read.
  if (!originals) return { lines, where, source };
  const pause = withOriginals(read.pause, originals);
  return {
    lines: stackLines(pause, read.groups),
    where: pause.frames.at(-1)?.location ?? null,
    source: originals.frames.at(-1)?.text?.trim() ?? source,
  };
}

/**
 * @param frame Handle of the frame in which they are evaluated; null for no watches.
 * @param run The watch that may have side effects, because the user asked for it.
 */
function watchRoots(watches: readonly Watch[], frame: string | null, run: string | null): readonly RootRequest[] {
  if (frame === null) return [];
  return watches.map(({ expression }) => ({ type: 'expression', expression, frame, pure: expression !== run }));
}

/**
 * Removes the watches that wait for the user from what was read.
 * @param snapshot its first root is the stack, the others are watches
 * @returns what to draw, and the evaluated watches by expression
 */
function afterWatches(snapshot: Snapshot): {
  readonly snapshot: Snapshot;
  readonly outcomes: ReadonlyMap<string, Watch>;
} {
  const outcomes = new Map<string, Watch>();
  const roots = snapshot.roots.filter(({ label, result }, index) => {
    if (index === 0) return true;
    const waits = !result.ok && result.reason === HAS_SIDE_EFFECTS;
    outcomes.set(label, { expression: label, waits, error: result.ok || waits ? null : result.reason });
    return !waits;
  });
  return { snapshot: { ...snapshot, roots }, outcomes };
}
