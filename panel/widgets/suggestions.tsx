/** Offered expressions, each drawn by one click, with their origin. */

import type { ReadonlySignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { say } from '../../src/words/say.ts';

interface SuggestionsProps {
  /** Their origin, in a few words. */
  readonly origin: string;
  readonly expressions: readonly string[];
  /** What a click does. */
  readonly title: string;
  readonly onChoose: (expression: string) => void;
  readonly onDismiss: () => void;
}

export function Suggestions({ origin, expressions, title, onChoose, onDismiss }: SuggestionsProps) {
  if (expressions.length === 0) return null;
  return (
    <fieldset class="offers" aria-label={origin}>
      <span class="origin">{origin}</span>
      {expressions.map((expression) => (
        <button
          key={expression}
          type="button"
          class="offer"
          title={say('offer_hint', { action: title, expression })}
          onClick={() => onChoose(expression)}
        >
          {expression}
        </button>
      ))}
      <button type="button" class="tool close" title={say('dismiss')} aria-label={say('dismiss')} onClick={onDismiss}>
        ×
      </button>
    </fieldset>
  );
}

/** The expression that is selected in Sources, until it is dismissed or another one is selected. */
export function useSelectedExpression(selected: ReadonlySignal<string | null> | null): {
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
