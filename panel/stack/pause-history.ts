/**
 * The drawn pauses, one of which is shown and compared with another one. Redraws the pictures of these two when they are out of
 * date. All others stay as they are until they are shown.
 */
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Reading } from '../reading/reading.ts';
import { added, current, emptyHistory, type History, moved, replaced } from './history.ts';
import { comparedEntry, marksOf, type PauseEntry, type StackState } from './stack-state.ts';

/** The number of pauses that are kept. A picture of 1,000 objects takes about 2 MB, so the worst case is below the limit of a tab. */
const BOUND = 100;

type PausesState = Pick<StackState, 'history' | 'comparedWith' | 'marks'>;

export interface PauseHistory {
  readonly state: ReadonlySignal<PausesState>;
  /** The pause that is shown. */
  readonly current: ReadonlySignal<PauseEntry | null>;
  /** Adds a pause, or replaces the one with the same number, and shows it compared with the one before it. */
  add(entry: PauseEntry): void;
  /** Replaces a pause when more is known about it, unless it was replaced already. */
  replace(entry: PauseEntry, next: PauseEntry): void;
  /** Shows the pause at this index, or the first or last one when it is out of range. */
  goTo(index: number): void;
  /** Compares with the pause of this number; null means the one before. */
  compareWith(number: number | null): void;
  /** Ends the current repaint, because its pause is being read again. When that fails, what is out of date is repainted. */
  waitFor(reading: Promise<Reading | null>): Promise<void>;
}

/** Keeps the pictures of pauses up to date. */
export interface Repainting {
  /** A computed signal that calls it depends on what it reads. */
  isUpToDate(entry: PauseEntry): boolean;
  /** The same pause with an up-to-date picture; null when that failed or was ended. */
  repaint(entry: PauseEntry, signal: AbortSignal): Promise<PauseEntry | null>;
}

export function createPauseHistory({ isUpToDate, repaint }: Repainting): PauseHistory {
  const shown = signal<Pick<PausesState, 'history' | 'comparedWith'>>({
    history: emptyHistory<PauseEntry>(BOUND),
    comparedWith: null,
  });
  let repainting: AbortController | null = null;
  /** Counts readings that failed. */
  const failures = signal(0);

  const change = (history: History<PauseEntry>, comparedWith = shown.peek().comparedWith): void => {
    shown.value = { history, comparedWith };
  };

  async function update(entry: PauseEntry): Promise<void> {
    repainting?.abort();
    const controller = new AbortController();
    repainting = controller;
    const next = await repaint(entry, controller.signal);
    if (next && !controller.signal.aborted) replace(entry, next);
  }

  function replace(entry: PauseEntry, next: PauseEntry): void {
    change(replaced(shown.peek().history, (one) => one === entry, next));
  }

  effect(() => {
    const { history } = shown.value;
    // A reading that failed has ended a repaint for nothing.
    failures.value;
    const outdated = [current(history), comparedEntry(shown.value)].find((entry) => entry && !isUpToDate(entry));
    if (outdated) untracked(() => void update(outdated));
  });

  return {
    state: computed(() => ({ ...shown.value, marks: marksOf(shown.value) })),
    current: computed(() => current(shown.value.history)),
    add(entry) {
      const { history } = shown.peek();
      const isSame = ({ number }: PauseEntry): boolean => number === entry.number;
      change(history.entries.some(isSame) ? replaced(history, isSame, entry) : added(history, entry), null);
    },
    replace,
    goTo: (index) => change(moved(shown.peek().history, index)),
    compareWith: (number) => change(shown.peek().history, number),
    async waitFor(reading) {
      repainting?.abort();
      if ((await reading) === null) failures.value += 1;
    },
  };
}
