/** The state of the stack view as plain data, and what can be derived from it alone. */

import { copies } from '../../src/compare/counterparts.ts';
import { comparePictures, type Marks } from '../../src/diagram/compare.ts';
import type { Amount, BoxOverride } from '../../src/diagram/settings.ts';
import { compareCalls } from '../../src/pause/calls.ts';
import type { StackLine } from '../../src/pause/naming.ts';
import { type Pause, type SourceLocation, thrownWords } from '../../src/pause/pause.ts';
import type { StackGroup, StackOptions } from '../../src/pause/stack-frames.ts';
import type { StackRoot } from '../../src/pause/stack-request.ts';
import type { ObjectId, Snapshot } from '../../src/snapshot/snapshot.ts';
import { say } from '../../src/words/say.ts';
import type { Message } from '../reading/messages.ts';
import type { Picture } from '../reading/picture.ts';
import type { Reading } from '../reading/reading.ts';
import { current, type History } from './history.ts';

/** A paused heap, for the user to choose. */
export interface PausedHeap {
  readonly id: string;
  readonly kind: 'page' | 'frame' | 'worker';
  /** `worker.js`, a frame's address, '' for the page. */
  readonly name: string;
}

/** One pause that was drawn. */
export interface PauseEntry {
  /** Counts from 1, the first pause that was followed. Never reused. */
  readonly number: number;
  readonly heap: PausedHeap;
  /** A number for each document and worker. The numbers of objects are valid within one of them. */
  readonly document: number;
  /** Why the page paused, in words. */
  readonly reason: string;
  /** Outermost first. */
  readonly lines: readonly StackLine[];
  /** Index of the line whose frame the watches were evaluated in. */
  readonly chosen: number;
  /** The location of the pause, and its text where that is available. */
  readonly where: SourceLocation | null;
  readonly source: string | null;
  readonly reading: Reading;
  /** Milliseconds from the pause event until the picture was laid out. */
  readonly milliseconds: number;
  /** What was read of which pause, to draw it again with other settings and names. */
  readonly read: {
    readonly snapshot: Snapshot;
    readonly pause: Pause;
    readonly root: StackRoot;
    readonly groups: readonly StackGroup[];
  };
  /** How often names had become known when the picture was drawn. */
  readonly names: number;
}

export type Following =
  | { readonly type: 'off' }
  /** Waiting for the page to pause. */
  | { readonly type: 'running' }
  | {
      readonly type: 'paused';
      /** The number of the pause's entry; null while it is being read, and when it could not be drawn. */
      readonly entry: number | null;
      /** The names of its frames, outermost first, while there is no entry. */
      readonly frames: readonly string[];
      /** It could not be drawn, so there will be no entry unless it is read again. */
      readonly undrawn: boolean;
      /** The heap of `entry`. */
      readonly heap: PausedHeap;
      /** All paused heaps, in the order of their pauses. */
      readonly heaps: readonly PausedHeap[];
    };

export interface Watch {
  readonly expression: string;
  /** It has side effects, so it is evaluated only when the user asks for it. */
  readonly waits: boolean;
  /** One sentence when it could not be evaluated. */
  readonly error: string | null;
}

export interface PauseMarks extends Marks {
  /** The number of frames that are not marked, because nobody knows whether they are the calls of the other pause. */
  readonly uncompared: number;
}

export interface StackState {
  readonly following: Following;
  readonly history: History<PauseEntry>;
  /** The number of the pause with which the shown one is compared; null for the one before it. */
  readonly comparedWith: number | null;
  /** The differences between the shown pause and the one that it is compared with; null when there is no other. */
  readonly marks: PauseMarks | null;
  readonly options: StackOptions;
  readonly watches: readonly Watch[];
  /** How single objects of the shown pause are drawn. */
  readonly overrides: ReadonlyMap<ObjectId, BoxOverride>;
  /** What went wrong. */
  readonly message: Message | null;
  /** The result of the last action on an object. */
  readonly outcome: Message | null;
  /** A button of this view ended the last pause. V8 releases DevTools' handles of a pause only when DevTools ends one. */
  readonly heldByDevTools: boolean;
  /** The number of pauses that were over before they could be drawn. */
  readonly missed: number;
  /** Documents that are gone, by their numbers. */
  readonly bygone: readonly number[];
  /** The retainers of an object, shown instead of the pause until the user goes back. */
  readonly retainers: { readonly picture: Picture; readonly message: Message | null } | null;
  /** How much of a pause is drawn. */
  readonly amount: Amount;
}

/** A sentence that says why the objects of a pause cannot be asked for; null when they can. */
export function refusalOf({ bygone }: Pick<StackState, 'bygone'>, { document }: PauseEntry): string | null {
  return bygone.includes(document) ? say('stack_documentGone') : null;
}

/** Whether the page is still at this pause. */
export function isLive({ following }: Pick<StackState, 'following'>, { number }: PauseEntry): boolean {
  return following.type === 'paused' && following.entry === number;
}

/** The pauses with which a pause can be compared: those of the same document, because numbers are valid only within one. */
export function comparable(history: History<PauseEntry>, entry: PauseEntry): readonly PauseEntry[] {
  return history.entries.filter((other) => other !== entry && other.document === entry.document);
}

/** The pause with which the shown one is compared. */
export function comparedEntry({ history, comparedWith }: Pick<StackState, 'history' | 'comparedWith'>) {
  const shown = current(history);
  if (!shown) return null;
  const others = comparable(history, shown);
  return comparedWith === null
    ? (others.findLast(({ number }) => number < shown.number) ?? null)
    : (others.find(({ number }) => number === comparedWith) ?? null);
}

export function marksOf(state: Pick<StackState, 'history' | 'comparedWith'>): PauseMarks | null {
  const shown = current(state.history);
  const other = comparedEntry(state);
  // Pictures with other settings or names differ in more than the changes of the page.
  if (!shown || !other || other.names !== shown.names) return null;
  if (other.reading.paintedWith !== shown.reading.paintedWith) return null;
  const calls = compareCalls(other.read, shown.read);
  const marks = comparePictures(
    other.reading.picture.diagram,
    shown.reading.picture.diagram,
    other.number < shown.number ? 'later' : 'earlier',
    other.number < shown.number ? copies(other.reading.picture.snapshot, shown.reading.picture.snapshot) : undefined,
    calls,
  );
  return { ...marks, uncompared: calls.doubtful };
}

export function reasonOf({ reason, exception }: Pause): string {
  switch (reason) {
    case 'exception':
    case 'promiseRejection':
      return exception ? thrownWords(exception) : say('reason_exception');
    case 'debugCommand':
      return say('reason_debugger');
    case 'other':
    case 'step':
    case 'ambiguous':
      return '';
    default:
      return reason;
  }
}
