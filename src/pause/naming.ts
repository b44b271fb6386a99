/**
 * Names the lines of a stack, and the frames and variables that were read. Names become known at any time (source maps, classes of
 * methods), so this happens after the stack was read, and again when more names are known. Pure.
 */

import type { Excerpt, HeapObject, ObjectId, Part, Snapshot } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';
import type { Pause, SourceLocation } from './pause.ts';
import { calledByBrowser, type StackGroup } from './stack-frames.ts';

/** The name of a frame, and the names of its variables by their names in the page. */
export interface FrameNames {
  readonly label: string;
  readonly variables: ReadonlyMap<string, string>;
}

/** A line of the stack, as the picture and the list of frames show it. */
export interface StackLine extends FrameNames {
  /** Null for lines without a frame, such as the line that counts the frames left out. */
  readonly location: SourceLocation | null;
  /** Handle for evaluation, valid until the page goes on; null where the variables cannot be read. */
  readonly callFrameId: string | null;
}

/** Identities of the stack and of the variables of its outermost frame (src/snapshot/snapshot.ts). */
const STACK: ObjectId = -1;
export const FIRST_FRAME: ObjectId = -2;
/** The last identity that the variables of a frame can have. */
export const LAST_FRAME: ObjectId = -131_071;

const without: StackLine = { label: '', location: null, callFrameId: null, variables: new Map() };
/** The maximum number of functions that are named in one line. */
const MOST_NAMES = 3;
const nothing = { name: '', location: null, cause: null };

/** The lines of a stack with the names that the pause has now. */
export const stackLines = (pause: Pause, groups: readonly StackGroup[]): readonly StackLine[] =>
  groups.map((group) => lineOf(group, pause));

function lineOf(group: StackGroup, pause: Pause): StackLine {
  const { frames, asyncFrames } = pause;
  const number = (index: number): number => index + (calledByBrowser(pause) ? 1 : 0);
  switch (group.type) {
    case 'globals':
      return { ...without, label: say('frame_topLevel') };
    case 'async': {
      const { name, location, cause } = asyncFrames[group.index] ?? nothing;
      return { ...without, label: `${cause === null ? '' : `${cause} ⟵ `}${name}`, location };
    }
    case 'frame': {
      const frame = frames[group.index];
      if (!frame) return without;
      const { name, location, callFrameId, original } = frame;
      return {
        label: `${number(group.index)}: ${name}`,
        location,
        callFrameId,
        variables: original?.variables ?? without.variables,
      };
    }
    case 'library': {
      const { from, to } = group;
      const span = from === to ? `${number(from)}` : `${number(from)}–${number(to)}`;
      return { ...without, label: say('frame_library', { span }), location: frames[from]?.location ?? null };
    }
    case 'recursion': {
      const { from, to, functions } = group;
      const names = functions.map((index) => frames[index]?.name ?? '');
      const shown = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), '…'] : names;
      const label = say('frame_recursion', { count: to - from + 1, names: shown.join(', ') });
      return { ...without, label, location: frames[from]?.location ?? null };
    }
    case 'omitted':
      return { ...without, label: say('frame_omitted', { count: group.count }) };
  }
}

/** The snapshot with its frames and variables named. @param frames Outermost first, as many as were read. */
export function named(snapshot: Snapshot, frames: readonly FrameNames[]): Snapshot {
  const stack = snapshot.objects.get(STACK);
  if (!stack) return snapshot;
  const objects = new Map(snapshot.objects);
  let turn = 0;
  objects.set(STACK, {
    ...stack,
    parts: stack.parts.map((part) => {
      const frame = part.type === 'property' ? frames[turn++] : undefined;
      return frame ? withName(part, frame.label) : part;
    }),
  });
  for (const [index, frame] of frames.entries()) {
    const scope = objects.get(FIRST_FRAME - index);
    if (scope) objects.set(scope.id, renamedScope(scope, frame));
  }
  return { ...snapshot, objects };
}

/** Renames a scope's variables. Of several variables with one name in the page, the source map's name is certain only for the innermost. */
function renamedScope(scope: HeapObject, { label, variables }: FrameNames): HeapObject {
  const seen = new Set<string>();
  const taken = new Set<string>();
  const parts = scope.parts.map((part) => {
    // `this`, the return value and the exception have no scope.
    if (part.type !== 'property' || part.key.type !== 'name' || !part.scope) return part;
    const name = part.key.name.head;
    const original = seen.has(name) ? undefined : variables.get(name);
    seen.add(name);
    if (original === undefined) return part;
    // A bundle has variables of many files. Of two variables with one name in the sources, the outer one shows both of its names.
    const shown = taken.has(original) ? `${original} (${name})` : original;
    taken.add(original);
    return withName(part, shown);
  });
  return { ...scope, className: whole(label), parts };
}

function withName(part: Part, name: string): Part {
  return part.type === 'property' ? { ...part, key: { type: 'name', name: whole(name) } } : part;
}

const whole = (text: string): Excerpt => ({ head: text, tail: '', length: text.length });
