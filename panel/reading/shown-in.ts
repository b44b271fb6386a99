/**
 * The size of a session's view, and how much the user wants to see in it. A new size counts after a short rest, so that a
 * picture is not drawn for each pixel while the view is resized.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Amount, ViewSize } from '../../src/diagram/settings.ts';

export interface ShownIn {
  /** Null until the view was measured. */
  readonly size: ReadonlySignal<ViewSize | null>;
  resize(size: ViewSize): void;
  /** What the user chose for a subject, or else for all; null when the settings decide. Signals track it. */
  amountOf(subject: string): Amount | null;
  /** `subject` null: for every subject without a choice of its own. `amount` null: the settings decide. */
  choose(subject: string | null, amount: Amount | null): void;
  close(): void;
}

/** Milliseconds without a change after which a size counts. */
const REST = 250;
/** CSS pixels by which a view can become larger without a new picture. In a smaller one, its text may be too small. */
const SLACK = 8;

export function createShownIn(): ShownIn {
  const size = signal<ViewSize | null>(null);
  const amounts = signal<ReadonlyMap<string | null, Amount>>(new Map());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const differs = (next: ViewSize): boolean => {
    const now = size.peek();
    const isOther = (was: number, is: number): boolean => is < was - 1 || is > was + SLACK;
    return now === null || isOther(now.width, next.width) || isOther(now.height, next.height);
  };
  return {
    size,
    resize(next) {
      // A view that is hidden has no size; what it had is right again when it comes back. Another one may have taken its place.
      if (next.width === 0 || next.height === 0) return;
      clearTimeout(timer);
      if (!differs(next)) return;
      if (size.peek() === null) size.value = next;
      else
        timer = setTimeout(() => {
          size.value = next;
        }, REST);
    },
    amountOf: (subject) => amounts.value.get(subject) ?? amounts.value.get(null) ?? null,
    choose(subject, amount) {
      const next = new Map(amounts.peek());
      if (amount === null) next.delete(subject);
      else next.set(subject, amount);
      amounts.value = next;
    },
    close: () => clearTimeout(timer),
  };
}
