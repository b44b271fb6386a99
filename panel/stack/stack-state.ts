/** What the stack view shows, as plain data, and what follows from it alone. */
import type { BoxOverride } from '../../src/diagram/settings.ts';
import { comparePictures, type Marks } from '../../src/history/compare.ts';
import { current, type History } from '../../src/history/history.ts';
import type { Pause, SourceLocation } from '../../src/pause/pause.ts';
import type { StackLine, StackOptions } from '../../src/pause/stack-request.ts';
import type { ObjectId, Snapshot, View } from '../../src/snapshot/snapshot.ts';
import type { Said } from '../deeds/deeds.ts';
import type { Picture } from '../painter.ts';

/** A heap that stands still, for a person to choose. */
export interface PausedHeap {
  readonly id: string;
  readonly kind: 'page' | 'frame' | 'worker';
  /** `worker.js`, a frame's address, '' for the page. */
  readonly name: string;
}

/** One pause that was drawn. */
export interface PauseEntry {
  /** Counts from 1, never reused: 1 is the first pause that was followed. */
  readonly number: number;
  readonly heap: PausedHeap;
  /** Another one for each document and worker: numbers of objects mean the same objects within one. */
  readonly document: number;
  /** Why the page stood still, in words. */
  readonly reason: string;
  /** Outermost first. */
  readonly lines: readonly StackLine[];
  /** Index of the line whose frame the watches were evaluated in. */
  readonly chosen: number;
  /** Where it stood, and the text there where it could be had. */
  readonly where: SourceLocation | null;
  readonly source: string | null;
  readonly picture: Picture;
  /** Milliseconds from the pause event to the places of the picture. */
  readonly milliseconds: number;
  /** What was read, and of which pause, to be drawn again in other ways. */
  readonly read: {
    readonly snapshot: Snapshot;
    readonly view: View;
    readonly pause: Pause;
    readonly options: StackOptions;
  };
  /** The way of drawing that the picture was made in; pictures of different ways are not compared. */
  readonly way: number;
}

export type Following =
  | { readonly type: 'off' }
  /** Waiting for the page to pause. */
  | { readonly type: 'running' }
  | {
      readonly type: 'paused';
      /** The number of the pause's entry, null while it is being read. */
      readonly entry: number | null;
      /** What stands still where `entry` is of. */
      readonly heap: PausedHeap;
      /** All that stand still, the one that paused last at the end. */
      readonly heaps: readonly PausedHeap[];
    };

export interface Watch {
  readonly expression: string;
  /** Has side effects: evaluated only when the person asks for it. */
  readonly waits: boolean;
  /** One sentence when it could not be evaluated. */
  readonly error: string | null;
}

export interface StackState {
  readonly following: Following;
  readonly history: History<PauseEntry>;
  /** Number of the pause that the one looked at is compared with; null for the one before it. */
  readonly comparedWith: number | null;
  /** What differs between the pause looked at and the one it is compared with; null where there is no other. */
  readonly marks: Marks | null;
  readonly options: StackOptions;
  readonly watches: readonly Watch[];
  /** How single objects are drawn, by their numbers in the document that was drawn last. */
  readonly overrides: ReadonlyMap<ObjectId, BoxOverride>;
  /** What is read at a pause. */
  readonly view: View;
  /** One sentence when something went wrong. */
  readonly trouble: string | null;
  /** How it went when an object was handed to DevTools' own tools. */
  readonly said: Said | null;
  /** Documents that are gone, by their numbers. */
  readonly bygone: readonly number[];
  /** What is shown in place of the pause that is looked at, on the person's word. */
  readonly aside: { readonly picture: Picture; readonly text: string } | null;
}

/** Why the objects of a pause cannot be asked for, one sentence; null where they can. */
export function refusalOf({ bygone }: StackState, { document }: PauseEntry): string | null {
  return bygone.includes(document)
    ? 'The page has left the document of this pause, and its objects are gone: pause it again.'
    : null;
}

/** Whether the page stands still where this pause is of. */
export function isLive({ following }: StackState, { number }: PauseEntry): boolean {
  return following.type === 'paused' && following.entry === number;
}

/** The pauses that a pause can be compared with: of the same document, since only there numbers mean the same. */
export function comparable(history: History<PauseEntry>, entry: PauseEntry): readonly PauseEntry[] {
  return history.entries.filter((other) => other !== entry && other.document === entry.document);
}

/** The pause that the one looked at is compared with. */
export function comparedEntry({ history, comparedWith }: Pick<StackState, 'history' | 'comparedWith'>) {
  const shown = current(history);
  if (!shown) return null;
  const others = comparable(history, shown);
  return comparedWith === null
    ? (others.findLast(({ number }) => number < shown.number) ?? null)
    : (others.find(({ number }) => number === comparedWith) ?? null);
}

export function marksOf(state: StackState): Marks | null {
  const shown = current(state.history);
  const other = comparedEntry(state);
  if (!shown || !other || other.way !== shown.way) return null;
  return comparePictures(
    other.picture.diagram,
    shown.picture.diagram,
    other.number < shown.number ? 'later' : 'earlier',
  );
}

export function reasonOf({ reason, exception }: Pause): string {
  switch (reason) {
    case 'exception':
    case 'promiseRejection':
      return exception?.description?.split('\n', 1)[0] ?? 'exception';
    case 'debugCommand':
      return 'debugger command';
    case 'other':
    case 'step':
    case 'ambiguous':
      return '';
    default:
      return reason;
  }
}
