/** What of the stack view the handle for automation gives, as plain data (docs/automation.md). */
import type { Diagram, DiagramStats } from '../../src/diagram/diagram.ts';
import type { Change } from '../../src/history/compare.ts';
import { current } from '../../src/history/history.ts';
import { type PlainSnapshot, plainSnapshot } from '../plain-snapshot.ts';
import type { StackSession } from './stack-session.ts';
import type { StackState } from './stack-state.ts';

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
  /** Index of the pause that is looked at; -1 for none. */
  readonly place: number;
  /** The picture of that pause; null when there is none. */
  readonly picture: {
    readonly snapshot: PlainSnapshot;
    readonly diagram: Diagram;
    readonly stats: DiagramStats;
    /** Where each box stands: key, and points from the picture's corner. */
    readonly places: readonly { readonly key: string; readonly x: number; readonly y: number }[];
  } | null;
  /** What differs from the pause that it is compared with, by key of the box; null where there is no other. */
  readonly marks: {
    readonly boxes: Readonly<
      Record<string, { readonly change: Change; readonly cells: Readonly<Record<string, Change>> }>
    >;
    readonly counts: Readonly<Record<Change, number>>;
  } | null;
  readonly watches: StackState['watches'];
  readonly trouble: string | null;
}

export function plainStack(stack: StackSession): PlainStack {
  const { following, history, marks, watches, trouble } = stack.state.value;
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
    place: history.place,
    picture: shown && {
      snapshot: plainSnapshot(shown.picture.snapshot),
      diagram: shown.picture.diagram,
      stats: shown.picture.stats,
      places: shown.picture.placed.boxes.map(({ box, frame }) => ({ key: box.key, x: frame.x, y: frame.y })),
    },
    marks: marks && {
      boxes: Object.fromEntries(
        [...marks.boxes].map(([key, { change, cells }]) => [key, { change, cells: Object.fromEntries(cells) }]),
      ),
      counts: marks.counts,
    },
    watches,
    trouble,
  };
}
