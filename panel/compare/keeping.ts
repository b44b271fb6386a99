/**
 * The picture that a user keeps, to compare others with it. Without one, a picture is compared with the one before it of the same
 * expressions. Knows no DOM.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { Reading } from '../reading/reading.ts';
import { type Comparison, compareReadings } from './comparison.ts';

export interface Keeping {
  /** Null when none is kept. */
  readonly kept: ReadonlySignal<Reading | null>;
  /** Whether the kept picture is shown beside the current one. */
  readonly beside: Signal<boolean>;
  keep(reading: Reading): void;
  stop(): void;
  /** How a later reading differs from the kept one; null when none is kept, or it is that one. */
  against(reading: Reading | null): Comparison | null;
}

export function createKeeping(): Keeping {
  const kept = signal<Reading | null>(null);
  const beside = signal(false);
  let last: { readonly other: Reading; readonly shown: Reading; readonly comparison: Comparison } | null = null;
  return {
    kept,
    beside,
    keep(reading) {
      kept.value = reading;
    },
    stop() {
      kept.value = null;
      beside.value = false;
    },
    against(shown) {
      const other = kept.value;
      if (!other || !shown || other.picture.snapshot === shown.picture.snapshot) return null;
      if (last?.other !== other || last.shown !== shown)
        last = { other, shown, comparison: compareReadings(other, shown) };
      return last.comparison;
    },
  };
}

/** In a larger picture the marks of a redrawing would take longer than the redrawing. */
const mostObjects = 2000;

/** How the current reading differs from the one before it of the same subject; null when there is none. */
export function createRedrawing(reading: ReadonlySignal<Reading | null>): ReadonlySignal<Comparison | null> {
  const pair = signal<{ readonly before: Reading | null; readonly shown: Reading } | null>(null);
  effect(() => {
    const shown = reading.value;
    untracked(() => {
      const known = pair.value?.shown ?? null;
      if (!shown || shown === known) return;
      // Another drawing of what was read before.
      if (known && shown.picture.snapshot === known.picture.snapshot)
        pair.value = { before: pair.value?.before ?? null, shown };
      else pair.value = { before: known && isSequel(known, shown) ? known : null, shown };
    });
  });
  return computed(() => {
    if (!pair.value?.before || pair.value.shown !== reading.value) return null;
    const { before, shown } = pair.value;
    const size = before.picture.snapshot.objects.size + shown.picture.snapshot.objects.size;
    return size > 2 * mostObjects || before.picture.lens !== shown.picture.lens ? null : compareReadings(before, shown);
  });
}

const isSequel = (before: Reading, shown: Reading): boolean =>
  before.heap === shown.heap &&
  before.transport === shown.transport &&
  before.picture.subject === shown.picture.subject &&
  shown.transport !== 'none';
