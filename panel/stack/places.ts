/** Where in the sources a part of the stack's picture belongs. */
import { FIRST_FRAME } from '../../src/pause/naming.ts';
import type { SourceLocation } from '../../src/pause/pause.ts';
import type { PauseEntry } from './stack-state.ts';

/**
 * The line of the stack whose cell or box was picked: `box` is the key of the box, `target` the object that the picked
 * cell leads to. Null for everything that is no frame.
 */
export function lineOf(box: string, target: number | null): number | null {
  const own = Number(box.slice(1));
  const line = FIRST_FRAME - (target !== null && target <= FIRST_FRAME ? target : own);
  return line >= 0 ? line : null;
}

/** The place where that frame stands. */
export function placeOf(entry: PauseEntry, box: string, target: number | null): SourceLocation | null {
  return entry.lines[lineOf(box, target) ?? -1]?.location ?? null;
}
