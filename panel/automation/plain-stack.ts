/** The part of the stack view that the automation handle returns, as plain data (docs/automation.md). */

import type { Change } from '../../src/diagram/compare.ts';
import type { Diagram, DiagramStats } from '../../src/diagram/diagram.ts';
import { current } from '../stack/history.ts';
import type { StackSession } from '../stack/stack-session.ts';
import type { StackState } from '../stack/stack-state.ts';
import { type PlainSnapshot, plainSnapshot } from './plain-snapshot.ts';

export interface PlainPause {
  readonly number: number;
  /** `worker.js`, a frame's address, '' for the page. */
  readonly heap: string;
  readonly reason: string;
  readonly url: string;
  /** From 1, as editors count. */
  readonly line: number;
  readonly source: string | null;
  /** Labels of the frames, outermost first. */
  readonly frames: readonly string[];
  readonly milliseconds: number;
}

export interface PlainStack {
  readonly following: StackState['following'];
  readonly pauses: readonly PlainPause[];
  /** Index of the pause that is shown; -1 for none. */
  readonly place: number;
  /** The picture of that pause; null when there is none. */
  readonly picture: {
    readonly snapshot: PlainSnapshot;
    readonly diagram: Diagram;
    readonly stats: DiagramStats;
    /** The position of each box by its key, in points from the picture's corner. */
    readonly places: readonly { readonly key: string; readonly x: number; readonly y: number }[];
  } | null;
  /** The differences from the pause that it is compared with, by the key of the box; null when there is no other pause. */
  readonly marks: {
    readonly boxes: Readonly<
      Record<string, { readonly change: Change; readonly cells: Readonly<Record<string, Change>> }>
    >;
    readonly counts: Readonly<Record<Change, number>>;
    /** The number of frames that are not marked, because nobody knows whether they are the calls of the other pause. */
    readonly uncompared: number;
  } | null;
  readonly watches: StackState['watches'];
  readonly trouble: string | null;
}

export function plainStack(stack: StackSession): PlainStack {
  const { following, history, marks, watches, message } = stack.state.value;
  const shown = current(history);
  return {
    following,
    pauses: history.entries.map(({ number, heap, reason, where, source, lines, milliseconds }) => ({
      number,
      heap: heap.name,
      reason,
      url: where?.url ?? '',
      line: (where?.line ?? 0) + 1,
      source,
      frames: lines.map(({ label }) => label),
      milliseconds,
    })),
    place: history.index,
    picture: shown && {
      snapshot: plainSnapshot(shown.reading.picture.snapshot),
      diagram: shown.reading.picture.diagram,
      stats: shown.reading.picture.stats,
      places: shown.reading.picture.placed.boxes.map(({ box, frame }) => ({ key: box.key, x: frame.x, y: frame.y })),
    },
    marks: marks && {
      boxes: Object.fromEntries(
        [...marks.boxes].map(([key, { change, cells }]) => [key, { change, cells: Object.fromEntries(cells) }]),
      ),
      counts: marks.counts,
      uncompared: marks.uncompared,
    },
    watches,
    trouble: message?.text ?? null,
  };
}
