/** Where in the sources a part of the stack's picture belongs. */
import type { SourceLocation } from '../../src/pause/pause.ts';
import type { PauseEntry } from './stack-session.ts';

/** The identity of the variables of frame k, counted from the outermost, is −2 − k (src/snapshot/snapshot.ts). */
const FIRST_FRAME = -2;

/**
 * The place where the frame stands whose cell or box was picked: `box` is the key of the box, `target` the object that
 * the picked cell leads to. Null for everything that is no frame.
 */
export function placeOf(entry: PauseEntry, box: string, target: number | null): SourceLocation | null {
  const own = Number(box.slice(1));
  const frame = target !== null && target <= FIRST_FRAME ? target : own;
  return entry.lines[FIRST_FRAME - frame]?.location ?? null;
}
