/**
 * Decides which lines the stack of a pause has: one for each frame that is shown, and one for each run of folded frames. This is
 * decided once, before the stack is read; the lines are named later, whenever a name becomes known. Pure.
 */
import { functionOf, type Pause, type PausedFrame } from './pause.ts';

export interface StackOptions {
  /** Also show frames of libraries. */
  readonly libraries: boolean;
  /** Also show the calls that have ended but scheduled the running code. */
  readonly asynchronous: boolean;
  /** The maximum number of lines, 100 by default. Of more lines, those in the middle are left out. */
  readonly frames?: number;
  /** Also show every call of a recursion. */
  readonly unfolded?: true;
}

/** A line of the stack. Indices are those of `Pause.frames` and `Pause.asyncFrames`; `from` and `to` belong to it. */
export type StackGroup =
  /** The browser called a handler, so no frame is the top level. What the scripts declared is in a line of its own. */
  | { readonly type: 'globals' }
  | { readonly type: 'async'; readonly index: number }
  | { readonly type: 'frame'; readonly index: number }
  | { readonly type: 'library'; readonly from: number; readonly to: number }
  /** The middle of a recursion. `functions` has one frame for each of its functions. */
  | {
      readonly type: 'recursion';
      readonly from: number;
      readonly to: number;
      readonly functions: readonly number[];
    }
  | { readonly type: 'omitted'; readonly count: number };

/** More frames than this are not read, because a thousand boxes in a row show nothing. */
const FRAME_LIMIT = 100;
/** Of too many frames, this many of the outermost are shown; the rest are the innermost. */
const OUTERMOST_KEPT = 10;

/**
 * The lines of a pause's stack, outermost first.
 * @param isLibrary Whether a frame belongs to a library, and is folded.
 */
export function stackGroups(
  pause: Pause,
  { libraries, asynchronous, unfolded, frames: limit = FRAME_LIMIT }: StackOptions,
  isLibrary: (frame: PausedFrame) => boolean = () => false,
): readonly StackGroup[] {
  const { frames, asyncFrames } = pause;
  const groups: StackGroup[] = calledByBrowser(pause) ? [{ type: 'globals' }] : [];
  if (asynchronous) asyncFrames.forEach((_, index) => void groups.push({ type: 'async', index }));
  // The innermost frame is always shown, because after a step into a library the picture must change.
  const innermost = frames.length - 1;
  frames.forEach((frame, index) => {
    const last = groups.at(-1);
    if (libraries || index === innermost || !isLibrary(frame)) groups.push({ type: 'frame', index });
    else if (last?.type === 'library') groups[groups.length - 1] = { ...last, to: index };
    else groups.push({ type: 'library', from: index, to: index });
  });
  return capped(unfolded ? groups : withoutMiddles(groups, pause), limit);
}

/** How many lines of a stack, from the outermost, are of the same functions in a later pause. */
export function sameLines(groups: readonly StackGroup[], before: Pause, now: Pause): number {
  const changed = before.frames.findIndex((frame, index) => {
    const later = now.frames[index];
    return !later || functionOf(frame) !== functionOf(later);
  });
  const first = changed === -1 ? before.frames.length : changed;
  const line = groups.findIndex((group) => group.type === 'frame' && group.index >= first);
  return line === -1 ? groups.length : line;
}

/** Whether the outermost frame is a function's, so that what the scripts declared belongs to no frame. */
export const calledByBrowser = ({ frames }: Pause): boolean => frames[0]?.functionLocation != null;

/** The number of lines that stay at the start and the end of a recursion: users look at how it began and where it is. */
const RECURSION_BEGIN = 2;
const RECURSION_END = 5;
/** A function that is on the stack this many times calls itself, directly or not. */
const RECURSIVE = 3;

/** Folds the middle of each run of functions that call themselves or each other, including folded libraries in between. */
function withoutMiddles(groups: readonly StackGroup[], { frames }: Pause): readonly StackGroup[] {
  const nameOf = (group: StackGroup): string | null => {
    const frame = group.type === 'frame' ? frames[group.index] : undefined;
    return frame?.functionLocation ? functionOf(frame) : null;
  };
  const counts = new Map<string, number>();
  for (const group of groups) {
    const name = nameOf(group);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const isRecursive = (group: StackGroup): boolean => (counts.get(nameOf(group) ?? '') ?? 0) >= RECURSIVE;
  const folded: StackGroup[] = [];
  for (let start = 0; start < groups.length; ) {
    let end = start;
    const functions = new Map<string, number>();
    for (let group = groups[end]; group && (isRecursive(group) || (end > start && group.type === 'library')); ) {
      const name = nameOf(group);
      if (name !== null && group.type === 'frame' && !functions.has(name)) functions.set(name, group.index);
      group = groups[++end];
    }
    const begin = start + Math.max(RECURSION_BEGIN, functions.size);
    const rest = end - Math.max(RECURSION_END, functions.size);
    const [first, last] = [groups[begin], groups[rest - 1]];
    if (first && last && rest - begin >= 2) {
      folded.push(...groups.slice(start, begin));
      folded.push({
        type: 'recursion',
        from: spanOf(first).from,
        to: spanOf(last).to,
        functions: [...functions.values()],
      });
      folded.push(...groups.slice(rest, end));
    } else folded.push(...groups.slice(start, Math.max(end, start + 1)));
    start = Math.max(end, start + 1);
  }
  return folded;
}

/** The frames of a line. */
function spanOf(group: StackGroup): { readonly from: number; readonly to: number } {
  switch (group.type) {
    case 'frame':
      return { from: group.index, to: group.index };
    case 'library':
    case 'recursion':
      return group;
    case 'globals':
    case 'async':
    case 'omitted':
      return { from: 0, to: 0 };
  }
}

function capped(groups: readonly StackGroup[], limit: number): readonly StackGroup[] {
  if (groups.length <= limit) return groups;
  const count = groups.length - limit;
  return [...groups.slice(0, OUTERMOST_KEPT), { type: 'omitted', count }, ...groups.slice(OUTERMOST_KEPT + count)];
}
