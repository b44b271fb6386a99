/** Finds what a part of the stack's picture is in the page: a location in a source, or a variable of a frame. */
import type { Assignable, FrameVariable } from '../../src/capture/assignable.ts';
import type { FrameRequest, ScopeRequest } from '../../src/capture/capture.ts';
import { FIRST_FRAME } from '../../src/pause/naming.ts';
import type { SourceLocation } from '../../src/pause/pause.ts';
import type { HeapObject, Part } from '../../src/snapshot/snapshot.ts';
import { placeInObject } from '../picture/menu/cell-parts.ts';
import type { PauseEntry } from './stack-state.ts';

/**
 * The line of the stack whose cell or box was clicked. `box` is the key of the box, `target` the object to which the clicked cell
 * refers. Null for everything that is not a frame.
 */
export function lineOf(box: string, target: number | null): number | null {
  const own = Number(box.slice(1));
  const line = FIRST_FRAME - (target !== null && target <= FIRST_FRAME ? target : own);
  return line >= 0 ? line : null;
}

/** The source location of that frame. */
export function locationOf(entry: PauseEntry, box: string, target: number | null): SourceLocation | null {
  return entry.lines[lineOf(box, target) ?? -1]?.location ?? null;
}

/** Kinds of scope whose variables V8 lets a debugger set. */
const settable: ReadonlySet<string> = new Set(['local', 'closure', 'catch', 'block', 'script', 'eval', 'module']);

/** Null for what cannot be set. */
export function placeAtPause({ read, reading }: PauseEntry, owner: HeapObject, part: Part): Assignable | null {
  const line = FIRST_FRAME - owner.id;
  const frame = read.root.frames[line];
  if (owner.id >= 0 || !frame) {
    const place = placeInObject(owner, part);
    return place?.type === 'closure' ? { ...place, frames: framesWith(place.name, read) } : place;
  }
  // The picture names variables as the sources do; their own names are in what was read.
  const index = reading.picture.snapshot.objects.get(owner.id)?.parts.indexOf(part) ?? -1;
  const own = read.snapshot.objects.get(owner.id)?.parts[index];
  if (own?.type !== 'property' || own.key.type !== 'name' || own.scope === undefined || own.level === undefined)
    return null;
  const name = own.key.name.head;
  if (own.scope === 'global') return { type: 'variable', name };
  const scope = frame.scopes[frame.scopes.length - 1 - own.level];
  // What is read of a function that closes over it has no place in V8's list of scopes.
  const handle = scope?.objectId;
  if (!scope || typeof handle !== 'string' || scope.wrapped || !settable.has(own.scope)) return null;
  const others = copiesOf(scope, read.root.frames);
  for (const { callFrameId, scopes } of read.pause.frames) {
    const at = scopes.findIndex(({ object }) => object.objectId === handle);
    if (at >= 0) return { type: 'frame', frame: callFrameId, scope: at, copies: [handle, ...others], name };
  }
  return null;
}

/** The variables of this name that paused frames may have. */
function framesWith(name: string, { pause, root }: PauseEntry['read']): readonly FrameVariable[] {
  const requested = root.frames.flatMap(({ scopes }) => scopes);
  return pause.frames.flatMap(({ callFrameId, scopes }) =>
    scopes.flatMap(({ type, object: { objectId } }, scope): readonly FrameVariable[] => {
      if (objectId === undefined || !settable.has(type)) return [];
      const request = requested.find((one) => one.objectId === objectId);
      const others = request ? copiesOf(request, root.frames) : [];
      return [{ type: 'frame', frame: callFrameId, scope, copies: [objectId, ...others], name }];
    }),
  );
}

/** The handles under which other frames have the same scope: none where a recursion has several of one source. */
function copiesOf({ objectId, limit }: ScopeRequest, frames: readonly FrameRequest[]): readonly string[] {
  if (!limit) return [];
  const alike = frames.flatMap(({ scopes }) => scopes.filter((scope) => scope.limit?.sources[0] === limit.sources[0]));
  if (alike.filter((scope) => scope.limit?.own === true).length > 1) return [];
  return alike.flatMap((scope) =>
    typeof scope.objectId !== 'string' || scope.objectId === objectId ? [] : [scope.objectId],
  );
}
