/** Gives the frames of a stack that was read the names that became known of them since. Pure. */
import type { Excerpt, HeapObject, ObjectId, Part, Snapshot } from '../snapshot/snapshot.ts';

/** What a frame is to be called, and its variables by the names that they have in the page. */
export interface FrameNames {
  readonly label: string;
  readonly variables: ReadonlyMap<string, string>;
}

/** Identities of the stack and of the variables of its outermost frame (src/snapshot/snapshot.ts). */
const STACK: ObjectId = -1;
export const FIRST_FRAME: ObjectId = -2;

/** @param frames Outermost first, as many as the stack was read with. */
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

function renamedScope(scope: HeapObject, { label, variables }: FrameNames): HeapObject {
  const taken = new Set<string>();
  const parts = scope.parts.map((part) => {
    const name = part.type === 'property' && part.key.type === 'name' ? part.key.name.head : null;
    // `this`, the return value and the exception have no scope.
    const original = name !== null && part.type === 'property' && part.scope ? variables.get(name) : undefined;
    // Inner variables come first: one that they hide in the source keeps its name of the page, to be told from them.
    if (original === undefined || taken.has(original)) return part;
    taken.add(original);
    return withName(part, original);
  });
  return { ...scope, className: whole(label), parts };
}

function withName(part: Part, name: string): Part {
  return part.type === 'property' ? { ...part, key: { type: 'name', name: whole(name) } } : part;
}

const whole = (text: string): Excerpt => ({ head: text, tail: '', length: text.length });
