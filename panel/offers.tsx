/** Expressions that are offered at one click, and where they come from. */
import type { ReadonlySignal } from '@preact/signals';
import { useState } from 'preact/hooks';

interface OffersProps {
  /** Where they come from, in a few words. */
  readonly origin: string;
  readonly expressions: readonly string[];
  /** What a click does. */
  readonly title: string;
  readonly onChoose: (expression: string) => void;
  readonly onDismiss: () => void;
}

export function Offers({ origin, expressions, title, onChoose, onDismiss }: OffersProps) {
  if (expressions.length === 0) return null;
  return (
    <fieldset class="offers" aria-label={origin}>
      <span class="origin">{origin}</span>
      {expressions.map((expression) => (
        <button
          key={expression}
          type="button"
          class="offer"
          title={`${title}: ${expression}`}
          onClick={() => onChoose(expression)}
        >
          {expression}
        </button>
      ))}
      <button type="button" class="tool close" title="Dismiss" aria-label="Dismiss" onClick={onDismiss}>
        ×
      </button>
    </fieldset>
  );
}

/** The expression that is selected in Sources, or none: until it is dismissed or another one is selected. */
export function useSelection(selected: ReadonlySignal<string | null> | null): {
  readonly expressions: readonly string[];
  readonly dismiss: () => void;
} {
  const [dismissed, setDismissed] = useState<string | null>(null);
  const expression = selected?.value ?? null;
  return {
    expressions: expression === null || expression === dismissed ? [] : [expression],
    dismiss: () => setDismissed(expression),
  };
}
